"""What stands only on a group's first row: an order's number, day and customer above its lines, and merged cells."""

from pathlib import Path

import pytest
import xlsxwriter

from data.errors import ImportRefused
from data.imports.mapping import Mapping
from data.imports.run import import_files
from tests.data.imports.conftest import ACCOUNTS, PRODUCTS, counts, reasons, rows

HEADER = "transaction_id,order_id,sold_on,account_id,salesperson_id,product_id,quantity,net_amount\n"
ORDERS = (
    "1,S1,2026-03-04,A1,V1,P1,2,10.50\n"
    "2,,,,,P2,1,4.25\n"
    "3,,,,,P1,3,15.75\n"
    "4,S2,2026-03-05,A2,,P1,1,5.25\n"
    "5,,,,,P2,2,8.50\n"
)
SAID = "transactions.csv, “order_id”, “sold_on”, “account_id”, “salesperson_id”: blank cells take the value above (3 rows). A mapping's fill_down can say otherwise."
LINES = "select transaction_id, order_id, sold_on::varchar, account_id, salesperson_id from transactions order by transaction_id"


def test_an_orders_values_count_for_the_lines_below_its_first_and_the_import_says_so(load, store):
    result = load(ORDERS, HEADER)
    assert counts(result) == (5, 5, 0)
    assert SAID in result.notices
    assert rows(store, LINES) == [
        ("1", "S1", "2026-03-04", "A1", "V1"),
        ("2", "S1", "2026-03-04", "A1", "V1"),
        ("3", "S1", "2026-03-04", "A1", "V1"),
        ("4", "S2", "2026-03-05", "A2", None),
        ("5", "S2", "2026-03-05", "A2", None),
    ]
    assert rows(store, "select account_id, sum(net_amount)::double from transactions group by all order by all") == [("A1", 30.5), ("A2", 13.75)]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("1,S1,2026-03-04,A1,,P1,2,10\n2,,2026-03-04,,,P1,1,5\n3,,2026-03-05,,,P1,1,5\n", "each line has its day: lines without a customer"),
        ("1,S1,2026-03-04,A1,,P1,2,10\n2,,,,,P1,1,5\n3,S1,2026-03-04,A1,,P1,1,5\n", "a number comes twice: a gap"),
        ("1,,,,,P1,2,10\n2,S1,2026-03-04,A1,,P1,1,5\n3,,,,,P1,1,5\n", "nothing stands above the first row"),
        ("1,S1,2026-03-04,A1,,P1,2,10\n2,,,,,,3,15\n3,S2,2026-03-05,A1,,P1,1,5\n4,,,,,,1,5\n", "lines without a product: subtotals"),
        ("".join(f"{n},S{n},2026-03-04,A1,,P1,1,5\n" for n in range(11, 31)) + "31,,,,,P1,1,5\n", "one row in twenty: a gap"),
    ],
)
def test_what_may_mean_something_else_is_not_filled(load, lines, why):
    result = load(lines, HEADER)
    assert reasons(result)["missing_value"] > 0, why
    assert not any("take the value above" in notice for notice in result.notices)


def test_what_only_may_be_meant_so_is_asked_about(load):
    lines = "1,S1,2026-03-04,A1,,P1,2,10\n2,,2026-03-04,,,P1,1,5\n"
    assert any(notice.startswith("transactions.csv, “order_id”: blank on 1 of 2 rows.") for notice in load(lines, HEADER).notices)


def test_a_mappings_word_decides(load, store):
    lines = "1,S1,2026-03-04,A1,,P1,2,10\n2,,2026-03-05,,,P1,1,5\n"
    load(lines, HEADER, mapping=Mapping.from_toml('fill_down = ["order_id", "account_id"]'))
    assert rows(store, LINES) == [("1", "S1", "2026-03-04", "A1", None), ("2", "S1", "2026-03-05", "A1", None)]


def test_a_mapping_that_fills_nothing_down_is_heeded(load):
    result = load(ORDERS, HEADER, mapping=Mapping.from_toml("fill_down = []"))
    assert (counts(result), reasons(result)) == ((5, 2, 3), {"missing_value": 3})


def test_an_outline_is_filled_level_by_level(load, store):
    lines = "1,S1,2026-03-04,A1,,P1,2,10\n2,,,,,P1,1,5\n3,,2026-03-05,A2,,P1,1,5\n4,,,,,P1,1,5\n"
    load(lines, HEADER, mapping=Mapping.from_toml('fill_down = ["order_id", "sold_on", "account_id"]'))
    assert [row[1:4] for row in rows(store, LINES)] == [("S1", "2026-03-04", "A1")] * 2 + [("S1", "2026-03-05", "A2")] * 2


def test_blank_lines_stay_blank_and_no_value_reaches_another_file(store, write):
    masters = [write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS)]
    lines = ORDERS.replace("4,S2", ",,,,,,,\n4,S2")
    other = "6,,,,,P1,1,5\n7,S3,2026-03-06,A1,,P1,1,5\n"
    said = Mapping.from_toml('fill_down = ["order_id", "sold_on", "account_id"]')
    paths = [*masters, write("sales_1.csv", HEADER + lines), write("sales_2.csv", HEADER + other)]
    result = import_files(paths, store, said)
    assert counts(result) == (7, 6, 1)
    assert rows(store, "select file_name, row_number from rejected_rows") == [("sales_2.csv", 2)]


def test_a_column_to_fill_that_the_file_lacks_is_named(load):
    toml = '[[tables]]\ntable = "accounts"\nfile = "accounts.csv"\nfill_down = ["City"]\n[tables.columns]\naccount_id = "account_id"\naccount = "account"\n'
    with pytest.raises(ImportRefused, match="no .* column “City”"):
        load(ORDERS, HEADER, mapping=Mapping.from_toml(toml))


def test_fill_down_survives_the_way_to_toml_and_back():
    for said in ('fill_down = []\n', 'fill_down = ["A"]\n', ""):
        toml = said + '[[tables]]\ntable = "accounts"\n' + said + '[tables.columns]\naccount_id = "A"\naccount = "B"\n'
        mapping = Mapping.from_toml(toml)
        assert Mapping.from_toml(mapping.to_toml()) == mapping


@pytest.fixture
def merged_book(tmp_path: Path) -> Path:
    """Below a title and away from the edge: an order's cells are merged over its two lines, and so is its amount."""
    path = tmp_path / "transactions.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Lines & more")
        sheet.write(2, 1, "Sales of March")
        sheet.write_row(4, 1, HEADER.strip().split(","))
        sheet.write_column(5, 1, ["1", "2", "3"])
        for column, value in ((2, "S1"), (3, "2026-03-04"), (4, "A1"), (8, 10.5)):
            sheet.merge_range(5, column, 6, column, value)
        sheet.write_row(7, 2, ["S2", "2026-03-05", "A2"])
        sheet.write_column(5, 6, ["P1", "P2", "P1"])
        sheet.write_column(5, 7, [2, 1, 3])
        sheet.write(7, 8, 4.5)
    return path


def test_a_merged_cell_counts_for_all_its_rows_and_a_number_in_it_once(merged_book, store, write):
    result = import_files([write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), merged_book], store)
    assert result.notices[:2] == (
        "transactions.xlsx, “order_id”, “sold_on”, “account_id”: a merged cell counts for all its rows (3 cells filled). A mapping's fill_down can say otherwise.",
        "transactions.xlsx, “net_amount”: a number in a merged cell counts once, on its first row; the rows below it have none.",
    )
    assert counts(result) == (3, 2, 1)
    assert rows(store, "select row_number, reasons, detail from rejected_rows") == [(7, ["missing_value"], "net_amount: –")]
    assert rows(store, "select sum(net_amount)::double from transactions") == [(15.0,)]


def test_merged_cells_stay_as_they_are_where_a_mapping_says_so(merged_book, store, write):
    paths = [write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), merged_book]
    result = import_files(paths, store, Mapping.from_toml("fill_down = []"))
    assert rows(store, "select detail from rejected_rows") == [("sold_on: –; account_id: –; net_amount: –",)]
    assert not any("merged" in notice for notice in result.notices)
