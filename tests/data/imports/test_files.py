import datetime
import zipfile

import polars as pl
import pytest
import xlsxwriter

from data.errors import ImportRefused
from data.imports import files, workplace
from data.imports.run import import_files
from tests.data.imports.conftest import ACCOUNTS, HEADER, PRODUCTS, counts, rows

LINE = "1,2026-03-04,A1,P1,2,10.50\n"


def amounts(store):
    return rows(store, "select account_id, quantity::double, net_amount::double from transactions order by transaction_id")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + (HEADER + LINE).encode(),
        (HEADER + LINE).replace("\n", "\r\n").encode(),
        (HEADER + LINE).replace(",", ";").encode(),
        (HEADER + LINE).replace(",", "\t").encode(),
        (HEADER + LINE).encode("utf-16"),
        (HEADER + LINE.strip("\n")).encode(),
        ("sep=;\n" + (HEADER + LINE).replace(",", ";")).encode(),
        ("Sales report\n\n" + HEADER + LINE).encode(),
        (HEADER + LINE + "\n\n,,,,,\n").encode(),
        (HEADER + LINE).replace("A1", ' "A1" ').encode(),
        (HEADER + LINE).replace("A1", "A\x001").encode(),
        (HEADER.replace("\n", "\r\n") + LINE).encode(),
    ],
    ids=["bom", "crlf", "semicolon", "tab", "utf-16", "no last line end", "sep", "title", "empty rows", "blanks", "nul", "mixed ends"],
)
def test_a_text_file_is_read_whatever_wrote_it(load, store, content):
    load(content)
    assert amounts(store) == [("A1", 2.0, 10.5)]


def test_western_windows_text_keeps_its_accents(write, store):
    import_files([write("accounts.csv", "account_id,account\nA1,Distribuidora Muñoz e Hijos\nA2,Café Íñigo\n".encode("cp1252"))], store)
    assert rows(store, "select account from accounts order by 1") == [("Café Íñigo",), ("Distribuidora Muñoz e Hijos",)]


def test_quoted_separators_quotes_and_line_ends_belong_to_the_cell(write, store):
    import_files([write("accounts.csv", 'account_id,account\nA1,"Alfa, ""the first""\nof two"\n')], store)
    assert rows(store, "select account from accounts") == [('Alfa, "the first"\nof two',)]


def test_an_open_quote_rejects_the_lines_behind_it_one_by_one(load):
    result = load(LINE + '2,2026-03-04,"A1,P1,2,10.50\n3,2026-03-04,A1,P1,2,10.50\n')
    assert counts(result) == (3, 1, 2)


def test_a_workbook_keeps_days_numbers_and_the_results_of_formulas(load, store, tmp_path, write):
    path = tmp_path / "transactions.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADER.strip().split(","))
    sheet.write_row(1, 0, [1, None, "A1", "P1", 3, None])
    sheet.write_datetime(1, 1, datetime.datetime(2026, 3, 4), day)
    sheet.write_formula(1, 5, "=E2*0.7", None, 2.1)
    sheet.write_row(3, 0, [2, None, "A2", "P1", "x", 1])
    sheet.write_datetime(3, 1, datetime.datetime(2026, 4, 3), day)
    book.close()
    result = import_files([write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), path], store)
    assert counts(result) == (2, 1, 1)
    assert rows(store, "select transaction_id, sold_on::varchar, net_amount::double from transactions") == [("1", "2026-03-04", 2.1)]
    assert rows(store, "select row_number from rejected_rows") == [(4,)]


def test_parquet_keeps_its_types(write, store, tmp_path):
    path = tmp_path / "transactions.parquet"
    pl.DataFrame(
        {
            "transaction_id": [1, 2],
            "sold_on": [datetime.datetime(2026, 3, 4, 10), None],
            "account_id": ["A1", "A1"],
            "product_id": ["P1", "P1"],
            "quantity": [2.0, 1.0],
            "net_amount": [1.234, float("nan")],
            "cost_amount": [0.5, float("nan")],
        }
    ).write_parquet(path)
    result = import_files([write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), path], store)
    assert counts(result) == (2, 1, 1)
    assert rows(store, "select net_amount::double, sold_on::varchar from transactions") == [(1.234, "2026-03-04")]


def test_a_zip_and_a_folder_of_files_are_read_as_one(write, store, tmp_path):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/accounts.csv", ACCOUNTS)
        archive.writestr("a/products.csv", PRODUCTS)
        archive.writestr("a/2025/transactions.csv", HEADER + LINE)
        archive.writestr("a/2026/transactions.csv", HEADER + LINE.replace("1,", "2,", 1))
        archive.writestr("__MACOSX/._accounts.csv", "x")
        archive.writestr("a/read me.pdf", "x")
    result = import_files([path], store)
    assert counts(result) == (2, 2, 0)
    assert any("read me.pdf" in notice for notice in result.notices)


@pytest.mark.parametrize("cell", [{"a": 1, "b": "x"}, [1, 2]])
def test_a_parquet_column_of_lists_or_records_is_no_id(store, tmp_path, cell):
    path = tmp_path / "accounts.parquet"
    pl.DataFrame({"account_id": [cell], "account": ["Alfa"]}).write_parquet(path)
    with pytest.raises(ImportRefused) as refusal:
        import_files([path], store)
    assert (refusal.value.title, refusal.value.message) == (
        "A column holds lists or records", "accounts.parquet, “account_id”: one cell holds several values."
    )
    assert store.current() is None


def test_a_parquet_column_of_records_that_nobody_needs_is_no_hindrance(store, tmp_path):
    path = tmp_path / "accounts.parquet"
    pl.DataFrame({"account_id": ["A1", None], "account": ["Alfa", "Beta"], "extra": [{"a": 1}, {"a": 2}]}).write_parquet(path)
    result = import_files([path], store)
    assert (result.rows_in, result.rows_loaded, result.rows_rejected) == (2, 1, 1)
    assert rows(store, "select account_id, account from accounts") == [("A1", "Alfa")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\n\n  \n"),
        ("picture.csv", bytes(range(256)) * 20),
        ("book.xlsx", b"not a workbook"),
        ("lines.parquet", b"PAR1 broken"),
        ("really.csv", b"PK\x03\x04 a workbook with the wrong ending"),
        ("store.duckdb", b"anything"),
        ("old.xls", b"anything"),
        ("broken.zip", b"PK\x03\x04 broken"),
        ("notes.csv", b"just some words\nand more of them\n"),
        ("transactions.csv", b"transaction_id,sold_on,sold_on,account_id,product_id,quantity,net_amount\n1,2,3,4,5,6,7\n"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_message_and_a_way_out(write, store, name, content):
    with pytest.raises(ImportRefused) as refusal:
        import_files([write(name, content)], store)
    assert name in refusal.value.message + refusal.value.title
    assert refusal.value.hint
    assert store.current() is None


def test_a_file_with_a_header_only_loads_no_rows(load, store):
    assert counts(load("")) == (0, 0, 0)
    assert amounts(store) == []


def test_a_path_that_does_not_exist_is_refused(store, tmp_path):
    with pytest.raises(ImportRefused, match="not found"):
        import_files([tmp_path / "nothing.csv"], store)


def test_a_zip_bomb_is_refused_from_its_directory(store, tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("accounts.csv", b"0" * 20_000_000)
    with pytest.raises(ImportRefused, match="times its size"):
        import_files([path], store)
    assert not list(store.work_folder.glob("import-*"))


@pytest.mark.parametrize("member", ["../accounts.csv", "/etc/accounts.csv", "a/../../accounts.csv", "C:\\accounts.csv"])
def test_a_zip_member_that_leads_outside_is_refused(member):
    assert files.leads_outside(member)


def test_a_workbook_bomb_is_refused_from_its_directory(store, tmp_path):
    path = tmp_path / "accounts.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(ImportRefused, match="unpack"):
        import_files([path], store)


def test_a_folder_of_files_that_are_not_read_names_them_and_says_why(write, store):
    folder = write("broken.zip", b"PK not really", "unread").parent
    write("old.xls", b"\xd0\xcf", "unread")
    write("notes.pdf", b"%PDF", "unread")
    with pytest.raises(ImportRefused) as refusal:
        import_files([folder], store)
    for said in ("broken.zip: it is damaged", "old.xls: an old .xls workbook", "notes.pdf: this kind of file is not read"):
        assert said in refusal.value.message


def test_the_work_database_tells_how_far_a_statement_is_without_printing(store):
    with workplace.folder(store) as folder, workplace.database(folder, store) as con:
        settings = "select current_setting('enable_progress_bar'), current_setting('enable_progress_bar_print')"
        assert con.execute(settings).fetchall() == [(True, False)]
