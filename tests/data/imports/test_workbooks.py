"""Workbooks of several tables, files beside a mapping, and the days of instants: nothing that a sender gave is left unread in silence."""

import datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from data.errors import ImportRefused
from data.imports.mapping import Mapping
from data.imports.run import import_files, preview
from data.intake import draft
from data.intake.worker import look
from tests.data.imports.conftest import ACCOUNTS, HEADER, PRODUCTS, counts, rows

MASTERS = {"Accounts": [["account_id", "account"], ["A1", "Alfa"], [7, "Seven"]], "Products": [["product_id", "product"], ["P1", "Lager"]]}
LINES = [HEADER.strip().split(","), [1, "2026-03-04", "A1", "P1", 2, 10.5], [2, "2026-03-05", "7", "P1", 1, 4]]


@pytest.fixture
def book(tmp_path: Path):
    """book(sheets) writes a workbook of sheet → rows and gives its path."""

    def write(sheets: dict[str, list[list]], name: str = "book.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as workbook:
            for title, lines in sheets.items():
                sheet = workbook.add_worksheet(title)
                for place, line in enumerate(lines):
                    sheet.write_row(place, 0, line)
        return path

    return write


def test_every_sheet_that_is_a_table_is_read(book, store):
    result = import_files([book(MASTERS | {"Transactions": LINES})], store)
    assert [(file.file, file.table, file.rows_loaded) for file in result.files] == [
        ("book.xlsx › Accounts", "accounts", 2),
        ("book.xlsx › Products", "products", 1),
        ("book.xlsx › Transactions", "transactions", 2),
    ]
    assert rows(store, "select sum(net_amount)::double from transactions") == [(14.5,)]


def test_the_same_workbook_again_changes_nothing_and_a_corrected_one_replaces_its_rows(book, store):
    path = book(MASTERS | {"Transactions": LINES})
    import_files([path], store)
    assert import_files([path], store).outcome == "already_loaded"
    import_files([book(MASTERS | {"Transactions": LINES[:2]})], store)
    assert rows(store, "select sum(net_amount)::double from transactions") == [(10.5,)]


def test_two_sheets_of_one_table_are_both_read(book, store, write):
    path = book({"Sales 2025": LINES[:2], "Sales 2026": [LINES[0], LINES[2]]})
    result = import_files([write("accounts.csv", ACCOUNTS + "7,Seven\n"), write("products.csv", PRODUCTS), path], store)
    assert counts(result) == (2, 2, 0)


def test_a_sheet_that_is_no_table_is_named(book, store):
    notes = [["Who", "What"], ["Ana", "checked"]]
    result = import_files([book({"Notes": notes} | MASTERS)], store)
    assert [file.table for file in result.files] == ["accounts", "products"]
    assert "1 file was passed over: book.xlsx › Notes" in result.notices


def test_a_sheet_with_a_tables_name_and_unclear_headings_is_asked_about(book, store):
    with pytest.raises(ImportRefused, match="book.xlsx › Transactions looks most like"):
        import_files([book(MASTERS | {"Transactions": [["when", "who"], ["2026-03-04", "A1"]]})], store)


def test_the_page_matches_each_sheet_and_its_mapping_reads_them(book, store):
    path = book(MASTERS | {"Transactions": LINES})
    groups = look((str(path),), store, lambda fraction, message: None)
    chosen = [draft.suggest(group, None) for group in groups]
    mapping = draft.compose(groups, chosen, None, "North", {})
    assert [file.rows_loaded for file in preview([path], store, mapping).files] == [2, 1, 2]
    assert {section.file for section in mapping.sections} == {"book.* › Accounts", "book.* › Products", "book.* › Transactions"}


def test_files_that_a_mapping_leaves_out_are_read_where_they_speak_for_themselves(write, store):
    lines = write("export.csv", "Doc,When,Who,What,Much,Paid\n1,2026-03-04,A1,P1,2,10.50\n")
    masters = [write("clientes.csv", "Código cliente,Nombre\nA1,Alfa\n"), write("articulos.csv", "Artículo,Descripción\nP1,Lager\n")]
    columns = dict(zip(HEADER.strip().split(","), ("Doc", "When", "Who", "What", "Much", "Paid"), strict=True))
    toml = '[[tables]]\ntable = "transactions"\n[tables.columns]\n' + "".join(f'{name} = "{heading}"\n' for name, heading in columns.items())
    result = import_files([lines, *masters], store, Mapping.from_toml(toml))
    assert [(file.file, file.rows_loaded) for file in result.files] == [("export.csv", 1), ("clientes.csv", 1), ("articulos.csv", 1)]


def test_an_instants_day_is_the_day_where_its_clock_stood(load, store, write, tmp_path):
    evening = pl.Series([datetime.datetime(2025, 12, 31, 23, 30)]).dt.replace_time_zone("America/Mexico_City")
    frame = pl.DataFrame({"transaction_id": [1], "sold_on": evening, "account_id": ["A1"], "product_id": ["P1"], "quantity": [1], "net_amount": [2.5]})
    path = tmp_path / "transactions.parquet"
    frame.write_parquet(path)
    result = import_files([write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), path], store)
    assert rows(store, "select sold_on from transactions") == [(datetime.date(2025, 12, 31),)]
    assert "transactions.parquet, “sold_on”: the days are those of the time zone America/Mexico_City." in result.notices


def test_a_title_below_empty_rows_is_no_heading_and_rows_are_counted_from_the_sheets_top(book, store, write):
    lines = [[], [], ["Sales"], [], LINES[0], LINES[1], [2, "2026-03-05", "A9", "P1", 1, 4]]
    import_files([write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), book({"Sales": lines})], store)
    assert rows(store, "select row_number, reasons from rejected_rows") == [(7, ["unknown_account"])]
