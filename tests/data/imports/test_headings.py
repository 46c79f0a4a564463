"""Exports of other houses and tongues: usual headings are known, a code alone is a list's key, and what is not known is said."""

from datetime import date

import pytest

from data.contract import TABLES
from data.errors import ImportRefused
from data.imports import matching
from data.imports.run import import_files
from tests.data.imports.conftest import counts, rows

PORTUGUESE = "Linha;Nota fiscal;Data da venda;Código do cliente;Código do produto;Quantidade;Valor líquido"
GERMAN = "Position;Belegnummer;Belegdatum;Kundennummer;Artikelnummer;Menge;Nettobetrag"


@pytest.mark.parametrize("header", [PORTUGUESE, GERMAN])
def test_portuguese_and_german_order_lines_are_known(header):
    names = header.split(";")
    found = matching.match_table(TABLES["transactions"], names).columns
    assert found == dict(zip(("order_id", "sold_on", "account_id", "product_id", "quantity", "net_amount"), names[1:], strict=True))


@pytest.mark.parametrize(
    ("file", "table"), [("vendas 2025.csv", "transactions"), ("Kunden.txt", "accounts"), ("produtos.csv", "products"), ("Belege.csv", "transactions")]
)
def test_portuguese_and_german_file_names_tell_the_table(file, table):
    assert matching.table_of_name(file) == table


def test_of_two_german_headings_the_one_with_a_number_is_the_id():
    found = matching.match_table(TABLES["accounts"], ["Kunde", "Kundennummer"]).columns
    assert found == {"account_id": "Kundennummer", "account": "Kunde"}


def test_a_bare_code_is_the_key_of_the_list_that_the_file_is_named_after(write, store):
    import_files([write("Clientes.csv", "Código;Nombre\n007;Bodega Sol\n")], store)
    assert rows(store, "select account_id, account from accounts") == [("007", "Bodega Sol")]


def test_two_bare_codes_are_asked_about(write, store):
    with pytest.raises(ImportRefused, match="account_id"):
        import_files([write("Clientes.csv", "Código;Nº;Nombre\n007;1;Bodega Sol\n")], store)


def test_a_file_of_which_no_heading_is_known_says_so(write, store):
    with pytest.raises(ImportRefused, match="export.csv: none of its headings is known: Tuote, Hinta"):
        import_files([write("export.csv", "Tuote,Hinta\n1,2\n")], store)


def test_lines_without_a_number_are_numbered_where_the_sender_says_so(write, store):
    paths = [
        write("Kunden.csv", "Kundennummer;Kunde\n0815;Müller\n"),
        write("Artikel.csv", "Artikelnummer;Bezeichnung\n1001;Helles\n"),
        write("Belege.csv", f"{GERMAN}\n1;7;3. März 2026;0815;1001;2;1'234.50\n2;7;15. Mai 2026;0815;1001;1;12.25-\n"),
    ]
    with pytest.raises(ImportRefused, match="--answer transaction_id=row_id"):
        import_files(paths, store)
    result = import_files(paths, store, answers={"transaction_id": "row_id"})
    assert counts(result) == (2, 2, 0)
    assert rows(store, "select transaction_id, sold_on, net_amount::double from transactions order by 1") == [
        ("Belege:2", date(2026, 3, 3), 1234.5),
        ("Belege:3", date(2026, 5, 15), -12.25),
    ]


@pytest.mark.parametrize(("text", "month"), [("fev", 2), ("março", 3), ("mai", 5), ("set", 9), ("out", 10), ("dez", 12), ("Mär", 3), ("Okt", 10)])
def test_portuguese_and_german_months_are_read(load, store, text, month):
    load(f"1,4 {text} 2026,A1,P1,2,10.50\n")
    assert rows(store, "select sold_on from transactions") == [(date(2026, month, 4),)]


def test_columns_of_an_orders_lines_are_known_by_their_last_word():
    header = ("Order Reference", "Order Date", "Customer", "Order Lines/Product", "Order Lines/Quantity", "Order Lines/Subtotal", "Price/Units")
    assert matching.match_table(TABLES["transactions"], header).columns == {
        "order_id": "Order Reference",
        "sold_on": "Order Date",
        "account_id": "Customer",
        "product_id": "Order Lines/Product",
        "quantity": "Order Lines/Quantity",
        "net_amount": "Order Lines/Subtotal",
    }
    assert matching.table_of_name("sale.order.csv") == "transactions"


@pytest.mark.parametrize(
    ("file", "header", "columns"),
    [
        ("Productos.csv", ("Código", "Producto"), {"product_id": "Código", "product": "Producto"}),
        ("book.xlsx › Clientes", ("Cliente", "Código", "Ciudad"), {"account_id": "Código", "account": "Cliente", "city": "Ciudad"}),
        ("products.csv", ("No.", "Item", "Description"), {"product_id": "No.", "product": "Description"}),
        ("products.csv", ("Product ID", "Code", "Name"), {"product_id": "Product ID", "product": "Name"}),
    ],
)
def test_a_bare_code_in_a_lists_own_file_is_its_key_and_leaves_the_name_free(file, header, columns):
    section = matching.section_for(file, header)
    assert {column: source.columns[0] for column, source in section.columns.items()} == columns
