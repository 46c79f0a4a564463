"""The match of columns: what is suggested, and the mapping that a person's choices make."""

from dataclasses import replace

import pytest

from data.errors import ImportRefused
from data.imports.mapping import Mapping
from data.imports.mapping_parts import Source
from data.intake import blanks, draft
from data.intake.draft import compose, is_simple, lacking, mapping_for, suggest
from data.intake.group import Group

SALES = Group(
    ("ventas_2026-01.csv",),
    ("Fecha", "Cliente", "Nombre cliente", "Artículo", "Unidades", "Precio unitario"),
    (("03/01/2026", "C1", "Bar Uno", "P1", "3", "1,50"),),
)
OWN = Group(("accounts.csv",), ("account_id", "account"), (("A1", "Bar"),))


def test_a_sales_file_brings_accounts_and_products_where_nothing_else_does() -> None:
    found = suggest(SALES, None, ("accounts", "products"))
    assert set(found) == {"accounts", "products", "transactions"}
    assert found["accounts"] == {"account_id": "1", "account": "2"}
    assert found["products"] == {"product_id": "3", "product": "3"}
    assert found["transactions"]["net_amount"] == "4×5"
    assert found["transactions"]["transaction_id"] == "row"


def test_a_sales_file_brings_lines_only_where_the_rest_is_there() -> None:
    assert set(suggest(SALES, None)) == {"transactions"}


def test_a_column_of_texts_is_not_suggested_for_a_number() -> None:
    odd = Group(("sales.csv",), ("date", "client", "product", "unit words", "total"), (("2026-01-01", "C1", "P1", "three", "9"),))
    assert "quantity" not in suggest(odd, None)["transactions"]
    assert ("transactions", "quantity") in lacking(suggest(odd, None))


def test_choices_become_a_mapping_that_reads_next_months_file_too() -> None:
    mapping = compose([SALES], [suggest(SALES, None, ("accounts", "products"))], None, "North", {"Fecha": "DD/MM/YYYY"})
    assert Mapping.from_toml(mapping.to_toml()) == mapping
    assert (mapping.sender, mapping.name, mapping.formats) == ("North", "accounts+products+transactions", {"Fecha": "DD/MM/YYYY"})
    sections = {section.table: section for section in mapping.sections}
    assert [sections[table].distinct for table in ("accounts", "products", "transactions")] == [True, True, False]
    assert sections["transactions"].columns["net_amount"] == Source("multiply", ("Unidades", "Precio unitario"))
    next_month = Group(("ventas_2026-02.csv",), SALES.header)
    assert mapping_for([next_month], [mapping]) == mapping
    assert suggest(next_month, mapping) == suggest(SALES, None, ("accounts", "products"))


def test_a_mapping_that_does_not_read_every_file_is_not_taken() -> None:
    mapping = compose([SALES], [suggest(SALES, None)], None, "", {})
    assert mapping_for([SALES, OWN], [mapping]) is None


def test_files_of_two_tables_keep_to_their_own_names() -> None:
    other = Group(("contacts.csv",), ("account_id", "account", "contact_id", "name"))
    mapping = compose([OWN, other], [suggest(OWN, None), suggest(other, None)], None, "", {})
    assert {section.table: section.file for section in mapping.sections} == {"accounts": "accounts.*", "contacts": "contacts.*"}


def test_no_table_chosen_is_refused() -> None:
    with pytest.raises(ImportRefused):
        compose([OWN], [{}], None, "", {})


def test_a_mapping_with_two_readings_of_a_file_for_one_table_is_more_than_a_match() -> None:
    twice = Mapping.from_toml(
        '[[tables]]\ntable="stage_events"\nfile="p*"\n[tables.columns]\nopportunity_id="o"\nstage={constant="won"}\nentered_on="d"\n'
        '[[tables]]\ntable="stage_events"\nfile="p*"\n[tables.columns]\nopportunity_id="o"\nstage={constant="new"}\nentered_on="e"\n'
    )
    assert not is_simple(twice, [Group(("p.csv",), ("o", "d", "e"))])


ODOO = Group(
    ("sale.order.csv",),
    ("Order", "Date", "Customer", "Salesperson", "Product", "Qty", "Amount"),
    (
        ("S1", "2026-03-04", "Alfa", "Ana", "Lager", "2", "10.50"),
        (None, None, None, None, "Stout", "1", "4.25"),
        (None,) * 7,
        ("S2", "2026-03-05", "Beta", None, "Lager", "1", "5.25"),
        ("", " ", None, None, "Lager", "1", "5.25"),
    ),
)
CODES = {"transactions": {"order_id": "0", "sold_on": "1", "account_id": "2", "salesperson_id": "3", "product_id": "4", "quantity": "5", "net_amount": "6"}}


def test_an_orders_columns_are_offered_to_be_filled_down_and_chosen_already():
    assert blanks.options(ODOO) == ["Order", "Date", "Customer", "Salesperson"]
    assert blanks.suggested(ODOO, CODES, None) == ("Order", "Date", "Customer", "Salesperson")


def test_a_day_on_every_line_is_no_order_above_its_lines():
    dated = replace(ODOO, sample=tuple((row[0], "2026-03-04", *row[2:]) for row in ODOO.sample))
    assert blanks.suggested(dated, CODES, None) == ()


def test_what_a_mapping_says_of_blank_cells_is_kept_and_shown_again():
    made = draft.compose([ODOO], [CODES], None, "North", {}, [("Order",)])
    assert [section.fill_down for section in made.sections] == [("Order",)]
    assert blanks.suggested(ODOO, CODES, made) == ("Order",)
    nothing = draft.compose([ODOO], [CODES], None, "North", {}, [()])
    assert blanks.suggested(ODOO, CODES, nothing) == ()


def test_a_bare_code_in_a_lists_own_file_is_its_key_on_the_page_too():
    group = Group(("Productos.xlsx",), ("Código", "Descripción"), (("P1", "Lager"),))
    assert suggest(group, None) == {"products": {"product_id": "0", "product": "1"}}


def test_a_senders_next_file_is_known_by_its_columns_whatever_it_is_called():
    lines = Group(("sales.csv",), ("No", "Date", "Cust", "Item", "Qty", "Net"), ())
    masters = Group(("customers.csv",), ("Cust", "Name"), ())
    codes = {"transaction_id": "0", "sold_on": "1", "account_id": "2", "product_id": "3", "quantity": "4", "net_amount": "5"}
    chosen = [{"transactions": codes}, {"accounts": {"account_id": "0", "account": "1"}}]
    saved = draft.compose([lines, masters], chosen, None, "North", {"Date": "MM/DD/YYYY"})
    march = replace(lines, files=("March report.csv",))
    assert mapping_for([march], [saved]) == saved
    assert suggest(march, saved) == {"transactions": codes}
    again = draft.compose([march], [suggest(march, saved)], saved, "North", {})
    assert (again.formats, again.sections[0].file) == ({"Date": "MM/DD/YYYY"}, "March report.*")
    assert mapping_for([replace(march, header=march.header[1:])], [saved]) is None


POLISH = ("Pozycja", "Nr dokumentu", "Data sprzedaży", "Kod kontrahenta", "Kod towaru", "Ilość", "Wartość netto")


def test_headings_in_a_language_that_we_do_not_know_are_told_by_what_stands_below_them():
    lines = Group(("sprzedaz.csv",), POLISH, (("1", "FV/1", "04.03.2026", "K1", "T1", "12", "1 205,50 zł"), ("2", "FV/1", "04.03.2026", "K1", "T2", "3", "9,00 zł")))
    found = suggest(lines, None)
    assert list(found) == ["transactions"]
    assert (found["transactions"]["transaction_id"], found["transactions"]["sold_on"]) == ("0", "2")
    customers = Group(("kontrahenci.csv",), ("Kod kontrahenta", "Nazwa", "Miasto"), (("K1", "Żubr", "Łódź"), ("K2", "Gąska", "")))
    goods = Group(("towary.csv",), ("Kod towaru", "Nazwa", "Cena"), (("T1", "Piwo", "3,49"), ("T2", "Woda", "1,89")))
    assert [suggest(group, None) for group in (customers, goods)] == [{"accounts": {"account_id": "0"}}, {"products": {"product_id": "0"}}]


def test_of_two_columns_of_days_none_is_taken_and_a_first_column_that_repeats_is_no_number_of_lines():
    lines = Group(("sales.csv",), ("Doc", "Booked", "Shipped", "Net"), (("F1", "2026-03-04", "2026-03-05", "5.50"), ("F1", "2026-03-04", "2026-03-05", "7.50")))
    found = suggest(lines, None)["transactions"]
    assert (found["transaction_id"], found.get("sold_on")) == ("row", None)
