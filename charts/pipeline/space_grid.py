"""Two grids of the white space: accounts to reach by region and channel, and proposals by account and category. Totals stand at the edge."""

from collections.abc import Callable, Sequence

import polars as pl

from charts import labels
from charts.chart import Chart
from charts.matrix import matrix
from data.language import _, format_compact, format_money_compact, format_number, format_percent, ngettext

OTHERS, TOTAL = "others", "total"
MOST_ROWS, MOST_COLUMNS = 10, 6


def region_channels(cells: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """What is open in each region and channel of `cells` (measures/white_space), with the penetration under it. "picked": row, column."""
    rows = cells.select(
        pl.col("region_id").fill_null("").alias("row"), pl.col("region").fill_null(_("No region")).alias("row_text"),
        pl.col("channel").fill_null("").alias("column"), pl.col("channel").fill_null(_("No channel")).alias("column_text"),
        pl.col("open_accounts").alias("value"), pl.col("reached_accounts").alias("part"), pl.col("universe").alias("whole"),
    )  # fmt: skip
    titles = (("row_text", _("Region")), ("column_text", _("Channel")), ("text", _("Not reached")), ("note", _("Reached, share")))
    heading = _("Rows: regions · columns: channels · not reached, and the share that is")
    share = pl.when(pl.col("whole") > 0).then(pl.col("part") / pl.col("whole"))
    return _grid(rows, format_number, (share, lambda value: format_percent(value, 0)), heading, titles, theme, finding)


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
    return _grid(rows, format_money_compact, (pl.col("part"), _products), heading, titles, theme, finding)


def _products(count: float | None) -> str:
    return "" if count is None else ngettext("{n} product", "{n} products", int(count)).format(n=format_number(count))


def _grid(
    rows: pl.DataFrame, writer: Callable[[float], str], note: tuple[pl.Expr, Callable[[float], str]], heading: str,
    titles: Sequence[tuple[str, str]], theme: str, finding: str,
) -> Chart:  # fmt: skip
    """The largest rows and columns by `value`, the rest as others, and the totals; darker is more, and sums are not coloured."""
    placed, order = _folded(_folded(rows, "row", MOST_ROWS), "column", MOST_COLUMNS), {}
    for name in ("row", "column"):
        sums = placed.group_by(name).agg(pl.col("value").sum()).sort((pl.col(name) == OTHERS), "value", name, descending=[False, True, False])
        order[name] = [*sums[name], TOTAL]
    cells = pl.concat([_summed(placed, "cell"), *_margins(placed)])
    is_own = (pl.col("part_kind") == "cell") & (pl.col("row") != OTHERS) & (pl.col("column") != OTHERS)
    largest = cells.filter(is_own)["value"].max() or 1.0
    heat = pl.when(is_own & (pl.col("value") > 0)).then(pl.col("value") / largest)
    told = cells.with_columns(heat=heat, said=note[0])
    texts = [("" if value is None else writer(value), "" if said is None else note[1](said)) for value, said in told.select("value", "said").iter_rows()]
    brief = [format_compact(value, 0) for value in told["value"]]
    frame = told.with_columns(pl.Series("text", [text for text, _note in texts]), pl.Series("note", [said for _text, said in texts]), pl.Series("brief", brief))
    return matrix(frame.drop("part_kind", "said"), order=(order["row"], order["column"]), heading=heading, titles=titles, theme=theme, finding=finding)


def _folded(rows: pl.DataFrame, name: str, most: int) -> pl.DataFrame:
    """All but the largest of an axis become others; two of one name are told apart by their ids."""
    ranked = rows.group_by(name, f"{name}_text").agg(pl.col("value").sum()).sort("value", name, descending=[True, False])
    same = labels.told_apart(f"{name}_text", name)
    kept = ranked.with_columns(same.alias("shown")).head(most if ranked.height > most + 1 else ranked.height)
    rest = _("Others ({n})").format(n=format_number(ranked.height - kept.height))
    joined = rows.join(kept.select(name, "shown"), on=name, how="left", maintain_order="left")
    is_kept = pl.col("shown").is_not_null()
    return joined.with_columns(
        pl.when(is_kept).then(name).otherwise(pl.lit(OTHERS)).alias(name), pl.col("shown").fill_null(rest).alias(f"{name}_text")
    ).drop("shown")


def _summed(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    summed = rows.group_by("row", "row_text", "column", "column_text", maintain_order=True).agg(pl.col("value", "part", "whole").sum())
    return summed.with_columns(part_kind=pl.lit(kind), value=pl.col("value").cast(pl.Float64))


def _margins(rows: pl.DataFrame) -> list[pl.DataFrame]:
    whole = {name: {name: pl.lit(TOTAL), f"{name}_text": pl.lit(_("Total"))} for name in ("row", "column")}
    by_row, by_column = rows.with_columns(**whole["column"]), rows.with_columns(**whole["row"])
    return [_summed(made, "margin") for made in (by_row, by_column, by_row.with_columns(**whole["row"]))]
