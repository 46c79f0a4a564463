"""The target board as a workbook to be changed in a spreadsheet program and handed back (data/target_sheet.py reads it).

The first sheet holds a row for each account and product and a column for each month. A hidden sheet keeps what was handed out, so that
what a person changed is told from what others changed meanwhile.
"""

from io import BytesIO

import polars as pl
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from charts.columns import column_label
from data.language import _
from data.target_sheet import HIDDEN, IDS
from measures.seasons.edited_board import EditedBoard

SHOWN = ("account", "product", "natural")
# Writing a workbook keeps all of it in memory: formulas, links and infinities never come from data.
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True, "nan_inf_to_errors": True}


def sheet_rows(board: EditedBoard) -> pl.DataFrame:
    """account_id, account, product_id, product, natural, one column (YYYY-MM) for each month: every row that has natural sales or a target."""
    of, season = board.ground.board, board.ground.board.plan.off_season
    names = [f"{month:%Y-%m}" for month in season.months]
    accounts = of.accounts[of.account].select("account_id", "account")
    products = of.products[of.product].select("product_id", "product")
    cells = pl.DataFrame(board.state.whole, schema=names, orient="row")
    rows = accounts.hstack(products).with_columns(natural=pl.Series(of.natural.sum(axis=1)).round(1)).hstack(cells)
    kept = rows.filter((pl.col("natural") > 0) | (pl.sum_horizontal(names) > 0))
    return kept.sort("account_id", "product_id")


def target_workbook(board: EditedBoard, stated: list[tuple[str, str]]) -> bytes:
    """The workbook: targets, what it is and how to hand it back (`stated` says of which filters), and what was handed out."""
    rows = sheet_rows(board)
    months = rows.columns[5:]
    out = BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        _targets(book, rows, months)
        _about(book, stated)
        _handed_out(book, rows.select(*IDS, *months), board.key)
    return out.getvalue()


def _targets(book: xlsxwriter.Workbook, rows: pl.DataFrame, months: list[str]) -> None:
    sheet = book.add_worksheet(_("Targets"))
    heading, given = book.add_format({"bold": True, "bottom": 1}), book.add_format({"font_color": "#666666"})
    open_cell = book.add_format({"num_format": "0", "bg_color": "#EAF3FB"})
    columns = ["account_id", "account", "product_id", "product", "natural", *months]
    titles = [name if name in IDS or name in months else column_label(name) for name in columns]
    sheet.write_row(0, 0, [*titles, _("Total")], heading)
    first, last = (xl_col_to_name(at) for at in (5, 4 + len(months)))
    for at, values in enumerate(rows.iter_rows(), start=1):
        sheet.write_row(at, 0, values[:5], given)
        sheet.write_row(at, 5, values[5:], open_cell)
        sheet.write_formula(at, 5 + len(months), f"=SUM({first}{at + 1}:{last}{at + 1})", None, sum(values[5:]))
    sheet.freeze_panes(1, 5)
    sheet.autofilter(0, 0, max(rows.height, 1), 4)
    sheet.autofit()


def _about(book: xlsxwriter.Workbook, stated: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(_("How to"))
    lines = [
        (_("Change"), _("The blue cells: whole cases by month. Rows that you take out stay as they are on the board.")),
        (_("Hand back"), _("On the page “Off-season targets”, view “Excel”. Every change is listed before it is taken.")),
        (_("The total"), _("It holds: what you add the rest of the board pays.")),
    ]
    for at, pair in enumerate([*lines, *stated]):
        sheet.write_row(at, 0, pair)
    sheet.autofit()


def _handed_out(book: xlsxwriter.Workbook, rows: pl.DataFrame, key: str) -> None:
    sheet = book.add_worksheet(HIDDEN)
    sheet.write_row(0, 0, [*rows.columns, "board"])
    for at, values in enumerate(rows.iter_rows(), start=1):
        sheet.write_row(at, 0, [*values, key])
    sheet.hide()
