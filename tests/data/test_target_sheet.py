"""A target board's workbook out and back: every change is found, and whatever cannot be taken is named with its row and what to do."""

from io import BytesIO

import pytest
import xlsxwriter

from data.errors import ImportRefused
from data.target_sheet import Change, Returned, read
from reports.target_workbook import sheet_rows, target_workbook
from tests.measures.seasons.test_edited_board import a_board

BOARD = a_board([[100, 50], [100, 50]])
KNOWN = frozenset({(f"A{account}", f"P{product}") for account in (0, 1) for product in (0, 1)})
MONTHS = ("2027-04", "2027-05")


def workbook(*rows: tuple, heading: tuple = ("account_id", "product_id", *MONTHS), board: str = BOARD.key) -> bytes:
    """A workbook as a person hands it back: these rows on the first sheet, the board as it is on the hidden one."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, hidden = book.add_worksheet("Targets"), book.add_worksheet("cartera")
        for at, row in enumerate([heading, *rows]):
            sheet.write_row(at, 0, row)
        hidden.write_row(0, 0, ["account_id", "product_id", *MONTHS, "board"])
        for at, (key, units) in enumerate(BOARD.rows().items(), start=1):
            hidden.write_row(at, 0, [*key, *units, board])
    return out.getvalue()


def back(content: bytes) -> Returned:
    return read(content, "mine.xlsx", BOARD.key, BOARD.rows(), KNOWN)


def problems(*rows: tuple) -> list[tuple]:
    found = back(workbook(*rows))
    assert found.problems
    return [(problem.row, problem.column, problem.found) for problem in found.problems]


def test_the_workbook_as_it_was_taken_changes_nothing() -> None:
    assert back(target_workbook(BOARD, [("Region", "North")])) == Returned((), ())


def test_the_workbook_holds_every_row_with_its_months() -> None:
    rows = sheet_rows(BOARD)
    assert rows.columns == ["account_id", "account", "product_id", "product", "natural", *MONTHS]
    assert rows.select("account_id", "product_id", *MONTHS).rows() == [("A0", "P0", 110, 0), ("A0", "P1", 55, 0), ("A1", "P0", 110, 0), ("A1", "P1", 55, 0)]


def test_changed_cells_are_listed_with_what_was_what_is_and_what_is_wanted() -> None:
    found = back(workbook(("A0", "P0", 120, 0), ("A1", "P1", 55, 3.0)))
    assert found.problems == ()
    assert found.changes == (Change(2, "A0", "P0", "2027-04", 110, 110, 120), Change(3, "A1", "P1", "2027-05", 0, 0, 3))


def test_rows_that_were_taken_out_or_moved_do_not_matter() -> None:
    assert back(workbook(("A1", "P1", 55, 0), ("A0", "P0", 110, 1))).changes == (Change(3, "A0", "P0", "2027-05", 0, 0, 1),)


def test_what_others_changed_since_is_told_from_what_the_file_changes() -> None:
    now = BOARD.rows() | {("A0", "P0"): (130, 0)}
    content = workbook(("A0", "P0", 120, 0), ("A0", "P1", 55, 0))
    assert read(content, "mine.xlsx", BOARD.key, now, KNOWN).changes == (Change(2, "A0", "P0", "2027-04", 110, 130, 120),)
    done = BOARD.rows() | {("A0", "P0"): (120, 0)}
    assert read(content, "mine.xlsx", BOARD.key, done, KNOWN).changes == ()
    untouched = workbook(("A0", "P0", 110, 0))
    assert read(untouched, "mine.xlsx", BOARD.key, now, KNOWN).changes == ()


@pytest.mark.parametrize(
    ("cell", "told"),
    [("a few", "“a few” is not a number"), (-3, "-3 is negative"), (1.5, "1.5 is not a whole number of cases"), ("", "the cell is empty"), (1e12, "“1e+12” is not a possible figure")],
)
def test_a_cell_that_is_no_whole_number_of_cases_is_named(cell: object, told: str) -> None:
    assert problems(("A0", "P0", 110, 0), ("A0", "P1", cell, 0)) == [(3, "2027-04", told)]


def test_figures_written_as_text_are_figures() -> None:
    assert [change.wanted for change in back(workbook(("A0", "P0", " 1 200 ", 0))).changes] == [1200]


def test_a_formula_counts_with_its_value_and_without_one_is_named() -> None:
    def with_formula(value: object) -> bytes:
        out = BytesIO()
        with xlsxwriter.Workbook(out) as book:
            sheet, hidden = book.add_worksheet("Targets"), book.add_worksheet("cartera")
            sheet.write_row(0, 0, ["account_id", "product_id", *MONTHS])
            sheet.write_row(1, 0, ["A0", "P0"])
            sheet.write_formula(1, 2, "=100+25", None, value)
            sheet.write_number(1, 3, 0)
            hidden.write_row(0, 0, ["account_id", "product_id", *MONTHS, "board"])
            hidden.write_row(1, 0, ["A0", "P0", 110, 0, BOARD.key])
        return out.getvalue()

    assert [change.wanted for change in back(with_formula(125)).changes] == [125]
    assert [problem.found for problem in back(with_formula("")).problems] == ["the cell is empty"]


def test_strange_and_double_rows_are_named_and_nothing_is_taken() -> None:
    assert problems(("A9", "P0", 1, 0), ("A0", "P0", 5, 0), ("A0", "P0", 6, 0)) == [
        (2, "account_id", "A9 with P0 is not on this board"), (4, "account_id", "A0 and P0 come twice"),
    ]  # fmt: skip


def test_empty_rows_are_no_rows() -> None:
    assert back(workbook(("A0", "P0", 111, 0), (None, None, None, None), ("A0", "P1", 54, 0))).problems == ()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"account_id;product_id", "not a workbook"), (workbook(("A0", "P0", 1), heading=("account_id", "product_id", "2027-04")), "2027-05 are missing"),
        (workbook(("A0", "P0", 1, 0), board="2026-04\\+6"), "made for the board"),
    ],
)  # fmt: skip
def test_another_file_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        back(content)
