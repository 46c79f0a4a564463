"""Columns that nothing reads are named; the usual Spanish headings are read."""

import pytest

from data.contract import TABLES
from data.imports.mapping import Mapping
from data.imports.matching import match_table
from data.imports.run import import_files, preview


def test_a_column_that_nothing_reads_is_named_with_the_nearest_known_one(write, store):
    file = write("accounts.csv", "account_id,account,Chanels,Zzz,Nothing\nA1,Alfa,bar,7,\n")
    said = "accounts.csv: columns not read: “Chanels” (nearest: channel), “Zzz”."
    assert [notice for notice in preview([file], store).notices if notice.startswith(said)]
    assert [notice for notice in import_files([file], store).notices if notice.startswith(said)]


def test_files_whose_columns_are_all_read_say_nothing(load):
    assert not load("1,2026-03-04,A1,P1,2,10.00\n").notices


@pytest.mark.parametrize("codes", [("MXN", "MXN"), ("MXN", "USD")])
def test_a_column_that_told_the_currency_is_read(load, codes):
    lines = "".join(f"{number},2026-03-04,A1,P1,2,10.00,{code}\n" for number, code in enumerate(codes))
    result = load(lines, header="transaction_id,sold_on,account_id,product_id,quantity,net_amount,currency\n")
    assert not [notice for notice in result.notices if "not read" in notice]


def test_a_column_of_codes_told_nothing_where_the_mapping_names_the_currency(load):
    ours = Mapping("ours", currency="USD")
    result = load("1,2026-03-04,A1,P1,2,10.00,MXN\n", header="transaction_id,sold_on,account_id,product_id,quantity,net_amount,Mon.\n", mapping=ours)
    assert (result.currency, [notice.split(". ")[0] for notice in result.notices]) == ("USD", ["transactions.csv: columns not read: “Mon.”"])


def test_columns_that_hold_nothing_are_not_worth_a_word(write, store):
    assert not import_files([write("accounts.csv", "account_id,account,Notas\nA1,Alfa, \n")], store).notices


@pytest.mark.parametrize(
    ("table", "heading", "column"),
    [
        ("products", "Coste unitario", "unit_cost"),
        ("products", "Precio de lista", "list_price"),
        ("products", "Volumen unitario (hl)", "unit_volume"),
        ("products", "Lanzado", "launched_on"),
        ("products", "Fecha de baja", "discontinued_on"),
        ("accounts", "Fecha de alta", "opened_on"),
        ("accounts", "Límite del crédito", "credit_limit"),
        ("opportunities", "Importe esperado", "expected_amount"),
        ("opportunities", "Fecha prevista de cierre", "expected_close_on"),
        ("opportunities", "Fecha de cierre", "closed_on"),
        ("activities", "Fecha prevista", "planned_on"),
        ("receivables", "Fecha de vencimiento", "due_on"),
        ("contacts", "Correo electrónico", "email"),
    ],
)
def test_a_usual_spanish_heading_is_known(table, heading, column):
    assert match_table(TABLES[table], [heading]).columns == {column: heading}
