"""Rows of totals: under a list they are no member of it, between lines they bring no customer; NUL bytes are taken out and said."""

import pytest

from data.imports.run import import_files
from tests.data.imports.conftest import HEADER, PRODUCTS, counts, reasons, rows

LINE = "1,2026-03-04,A1,P1,2,10.50\n"
NAMES = "select account_id, account from accounts order by 1"


@pytest.mark.parametrize(
    "row",
    [
        "Total,", "TOTAL,2", "Total:,2 customers", "Gesamtsumme,Gesamt", "Summe (2),", "Total general,Total general", "Totale complessivo,2",
        "Suma końcowa,2", "Subtotal North,2", "Zwischensumme:,", "Razem,2 klientów", "Łącznie,",
    ],
)  # fmt: skip
def test_a_total_under_a_list_is_rejected_as_one(write, store, row):
    result = import_files([write("accounts.csv", f"account_id,account\nA1,Alfa\nA2,Beta\n{row}\n")], store)
    assert counts(result, "accounts") == (3, 2, 1)
    assert reasons(result, "accounts")["totals_row"] == 1
    assert rows(store, NAMES) == [("A1", "Alfa"), ("A2", "Beta")]


@pytest.mark.parametrize("row", ["C7,Total", "TOTAL,TotalEnergies SE", "Total Wine,Total Wine & More", "Sumatra,Sumatra", "Summerhill,9", "TOT,Total 3"])
def test_a_customer_who_is_called_so_is_one(write, store, row):
    result = import_files([write("accounts.csv", f"account_id,account\nA1,Alfa\n{row}\n")], store)
    assert counts(result, "accounts") == (2, 2, 0)


def test_a_total_under_the_products_is_rejected_as_one_too(write, store):
    result = import_files([write("products.csv", f"{PRODUCTS}Total,2\n")], store)
    assert reasons(result, "products") == {"totals_row": 1}


def test_subtotals_between_lines_alone_bring_no_customer(write, store):
    lines = f"{HEADER}{LINE},,Alfa total,,2,10.50\n2,2026-03-05,A2,P2,1,5.25\n,,Subtotal,,1,5.25\nTotal,,Grand total,,3,15.75\n"
    result = import_files([write("sales.csv", lines)], store)
    assert counts(result) == (5, 2, 3)
    assert rows(store, NAMES) == [("A1", "A1"), ("A2", "A2")]


def test_a_mended_line_still_brings_its_customer(write, store):
    import_files([write("sales.csv", f"{HEADER}{LINE}2,2026-03-05,A2,P2,one,5.25\n")], store)
    assert [account for account, _name in rows(store, NAMES)] == ["A1", "A2"]


def test_nul_bytes_are_left_out_and_said(load, store):
    result = load("1,2026-03-04,A1,P1,2,10.50\0\0\n\0\0\0\n2,2026-03-05,A2,P\x002,1,5.25\n")
    assert counts(result) == (2, 2, 0)
    assert rows(store, "select sum(net_amount)::double from order_lines") == [(15.75,)]
    assert result.notices == ("transactions.csv: 6 NUL bytes were left out. They hold nothing, but look whether a value beside them is cut.",)


def test_a_row_below_a_line_of_nul_bytes_keeps_its_number(load, store):
    load("1,2026-03-04,A1,P1,2,10.50\n\0\0\n2,2026-03-05,A9,P2,1,5.25\n")
    assert rows(store, "select row_number from rejected_rows") == [(4,)]
