"""Two grids of the white space: accounts to reach by region and channel, and proposals by account and category. Totals stand at the edge.

A grid has a hundred cells at most. Once the rows are summed by row and column, its few figures are laid out in plain Python: of so few, a
data frame takes a hundred times as long a step.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import polars as pl

from charts.chart import Chart
from charts.matrix import matrix
from data.language import _, format_compact, format_money_compact, format_number, format_percent, ngettext

OTHERS, TOTAL = "others", "total"
MOST_ROWS, MOST_COLUMNS = 10, 6
FRAME = {
    "row": pl.String, "column": pl.String, "row_text": pl.String, "column_text": pl.String, "heat": pl.Float64, "text": pl.String, "note": pl.String,
    "brief": pl.String,
}  # fmt: skip

Shown = Mapping[str, tuple[str, str]]
"""By the code of a row or column which one shows it, and what that one is called."""


def region_channels(cells: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """What is open in each region and channel of `cells` (measures/white_space), with the penetration under it. "picked": row, column."""
    rows = cells.select(
        pl.col("region_id").fill_null("").alias("row"), pl.col("region").fill_null(_("No region")).alias("row_text"),
        pl.col("channel").fill_null("").alias("column"), pl.col("channel").fill_null(_("No channel")).alias("column_text"),
        pl.col("open_accounts").alias("value"), pl.col("reached_accounts").alias("part"), pl.col("universe").alias("whole"),
    )  # fmt: skip
    titles = (("row_text", _("Region")), ("column_text", _("Channel")), ("text", _("Not reached")), ("note", _("Reached, share")))
    heading = _("Rows: regions · columns: channels · not reached, and the share that is")
    return _grid(rows, (format_number, _share), heading, titles, theme, finding)


def account_categories(white_space: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """What the proposals of each account and category are worth a year; by product where there is one category only.

    "picked" carries row (account_id) and column.
    """
    by_category = white_space["category"].n_unique() > 1
    column = pl.col("category").fill_null("") if by_category else pl.col("product_id")
    shown = pl.col("category").fill_null(_("Not known")) if by_category else pl.col("product")
    rows = white_space.select(
        pl.col("account_id").alias("row"), pl.col("account").alias("row_text"), column.alias("column"), shown.alias("column_text"), pl.col("expected_sales").fill_null(0.0).alias("value"),
        pl.lit(1, pl.Int64).alias("part"), pl.lit(1, pl.Int64).alias("whole"),
    )  # fmt: skip
    titles = (("row_text", _("Account")), ("column_text", _("Category") if by_category else _("Product")), ("text", _("Expected net sales a year")), ("note", _("Proposals")))
    categories, products = _("Rows: accounts · columns: categories · expected net sales a year"), _("Rows: accounts · columns: products · expected net sales a year")
    heading = categories if by_category else products
    return _grid(rows, (format_money_compact, _products), heading, titles, theme, finding)


def _share(part: float, whole: float) -> str:
    return format_percent(part / whole, 0) if whole > 0 else ""


def _products(count: float, _whole: float) -> str:
    return ngettext("{n} product", "{n} products", int(count)).format(n=format_number(count))


def _grid(
    rows: pl.DataFrame, writers: tuple[Callable[[float], str], Callable[[float, float], str]], heading: str, titles: Sequence[tuple[str, str]],
    theme: str, finding: str,
) -> Chart:  # fmt: skip
    """The largest rows and columns by `value`, the rest as others, and the totals; darker is more, and sums are not coloured.

    `writers` say a value, and what is noted under it of its part and its whole.
    """
    figures = rows.group_by("row", "column", maintain_order=True).agg(pl.col("value", "part", "whole").sum()).rows()
    shown = (_shown(rows, figures, "row", MOST_ROWS), _shown(rows, figures, "column", MOST_COLUMNS))
    cells = _summed(figures, shown)
    order = tuple(_ordered(cells, axis) for axis in (0, 1))
    texts = [dict(of.values()) | {TOTAL: _("Total")} for of in shown]
    largest = max((value for codes, (value, _part, _whole) in cells.items() if _is_own(codes)), default=0.0) or 1.0
    laid = [
        (*codes, *(text[code] for text, code in zip(texts, codes, strict=True)), value / largest if value > 0 and _is_own(codes) else None,
         writers[0](value), writers[1](part, whole), format_compact(value, 0))
        for codes, (value, part, whole) in cells.items()
    ]  # fmt: skip
    return matrix(pl.DataFrame(laid, schema=FRAME, orient="row"), order=order, heading=heading, titles=titles, theme=theme, finding=finding)


def _shown(rows: pl.DataFrame, figures: Iterable[tuple], name: str, most: int) -> Shown:
    """All but the largest of an axis become others; two of one name are told apart by their ids."""
    texts, sums = dict(rows.select(name, f"{name}_text").iter_rows()), {}
    for figure in figures:
        code = figure[0 if name == "row" else 1]
        sums[code] = sums.get(code, 0) + figure[2]
    ranked, all_texts = sorted(sums, key=lambda code: (-sums[code], code)), list(texts.values())
    kept = ranked[: most if len(ranked) > most + 1 else None]
    rest = (OTHERS, _("Others ({n})").format(n=format_number(len(ranked) - len(kept))))
    return dict.fromkeys(ranked, rest) | {
        code: (code, f"{texts[code]} ({code})" if all_texts.count(texts[code]) > 1 else texts[code]) for code in kept
    }  # fmt: skip


def _summed(figures: Iterable[tuple], shown: tuple[Shown, Shown]) -> dict[tuple[str, str], list[float]]:
    """Value, part and whole of each row and column that is shown, and of the totals; cells first, then what they add up to."""
    rows, columns = ({code: one for code, (one, _text) in of.items()} for of in shown)
    cells = _added(((rows[row], columns[column]), figure) for row, column, *figure in figures)
    return cells | _added((sums, figure) for (row, column), figure in cells.items() for sums in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)))


def _added(figures: Iterable[tuple[tuple[str, str], Sequence[float]]]) -> dict[tuple[str, str], list[float]]:
    sums = {}
    for codes, (value, part, whole) in figures:
        mine = sums.setdefault(codes, [0.0, 0, 0])
        mine[0] += value
        mine[1] += part
        mine[2] += whole
    return sums


def _ordered(cells: Mapping[tuple[str, str], Sequence[float]], axis: int) -> list[str]:
    """The codes of an axis, the largest first, others and the total last."""
    sums = {codes[axis]: figures[0] for codes, figures in cells.items() if codes[1 - axis] == TOTAL and codes[axis] != TOTAL}
    return [*sorted(sums, key=lambda code: (code == OTHERS, -sums[code], code)), TOTAL]


def _is_own(codes: tuple[str, str]) -> bool:
    """Whether a cell is of one row and one column, no sum of several."""
    return not {OTHERS, TOTAL} & set(codes)
