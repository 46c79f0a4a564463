"""What an import says instead of taking it in silence: totals among rows, NUL bytes, columns without end, files that are none, files that are known."""

import pytest

from data.errors import ImportRefused
from data.imports.run import import_files, preview
from data.imports.sheets import COMPOUND_FILE, ENCRYPTED
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


def test_more_columns_than_anybody_reads_are_counted(load):
    header = HEADER.strip() + "".join(f",x{number}" for number in range(35))
    (notice,) = load(f"{LINE.strip()}{',1' * 35}\n", header=f"{header}\n").notices
    assert "“x29”, 5 more. Map them" in notice


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (COMPOUND_FILE + b"\0" * 504 + ENCRYPTED, "it is protected by a password"),
        (COMPOUND_FILE + b"\0" * 504 + "Workbook".encode("utf-16-le"), "it is an old .xls workbook under a new name"),
        (b"PK damaged", "it is not a workbook, or it is damaged"),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_name(write, store, content, why):
    with pytest.raises(ImportRefused) as refused:
        import_files([write("sales.xlsx", content)], store)
    assert refused.value.message == f"sales.xlsx: {why}."


def test_a_check_of_files_that_are_loaded_says_so(load, write, store):
    load("1,2026-03-04,A1,P1,2,10.50\n2,2026-03-04,A9,P1,1,5.25\n")
    again = preview([write("transactions.csv", f"{HEADER}1,2026-03-04,A1,P1,2,10.50\n2,2026-03-04,A9,P1,1,5.25\n")], store)
    assert [(file.table, file.rows_loaded, file.status) for file in again.files] == [("transactions", 1, "already_loaded")]
    other = preview([write("transactions.csv", f"{HEADER}1,2026-03-04,A1,P1,2,11.50\n")], store)
    assert [file.status for file in other.files] == ["loaded"]


def said_of_circles(result) -> list[str]:
    return [notice for notice in result.notices if "under itself" in notice or "under themselves" in notice]


def test_an_account_that_is_its_own_parent_is_named(write, store):
    result = import_files([write("accounts.csv", "account_id,account,parent_account_id\nA1,Alfa,A1\nA2,Beta,A1\n")], store)
    assert said_of_circles(result) == ["1 account stands under itself, by its own parents: what lies under it can't be told. Mend its parent_account_id: A1"]


def test_a_circle_of_parents_is_named_without_what_only_hangs_from_it(write, store):
    listed = "account_id,account,parent_account_id\nA1,Alfa,A3\nA2,Beta,A1\nA3,Gamma,A2\nA4,Delta,A3\nA5,Epsilon,\n"
    result = import_files([write("accounts.csv", listed)], store)
    assert said_of_circles(result) == [
        "3 accounts stand under themselves, by their own parents: what lies under them can't be told. Mend their parent_account_id: A1, A2, A3"
    ]


def test_a_chain_of_parents_is_no_circle(write, store):
    result = import_files([write("accounts.csv", "account_id,account,parent_account_id\nA1,Alfa,\nA2,Beta,A1\nA3,Gamma,A2\n")], store)
    assert said_of_circles(result) == []
