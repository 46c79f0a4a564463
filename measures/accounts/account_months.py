"""The months of an account and of those under it: own sales beside the tree's, first and last sale, the accounts below rolled up.

Every function takes the rows of account_tree.months: one account's own sales in one month, so that whatever is added up counts
nothing twice.
"""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl

from measures.overview_tables import change
from queries.filters import Filters, add_months

AMOUNTS = ("net_sales", "returned_amount", "quantity")
KNOWN_AMOUNTS = ("gross_margin", "volume")
CHILDREN_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "city": pl.String, "parent_account_id": pl.String, "opened_on": pl.Date,
    "depth": pl.Int64, "net_sales": pl.Float64, "quantity": pl.Float64, "last_month": pl.Date, "previous": pl.Float64,
    "net_sales_with_children": pl.Float64,
}  # fmt: skip
LINES_LOOK_BACK = 12
"""Months that are searched for the last order lines at most: an account that orders rarely must not have years of lines read."""

LINES_MARGIN = 4
"""Orders come unevenly: days that hold four times the lines wanted on average hardly ever hold too few."""


def in_period(ask: Callable[[Filters], pl.DataFrame], filters: Filters, history: pl.DataFrame) -> pl.DataFrame:
    """The rows of the period: cut from those of all months, or what `ask` says of it where the period cuts a month."""
    if filters.is_whole_months:
        months = pl.col("month")
        after = months >= filters.from_date if filters.from_date else pl.lit(True)
        before = months < filters.to_date if filters.to_date else pl.lit(True)
        return history.filter(after & before)
    return ask(filters).filter(pl.col("month").is_not_null())


def by_month(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per month: the account's own amounts, and net sales with the accounts under it."""
    own = pl.col("depth") == 0
    sums = [pl.col(name).filter(own).sum().alias(name) for name in AMOUNTS]
    known = [known_sum(name, own) for name in KNOWN_AMOUNTS]
    lines = [pl.col("line_count").sum(), pl.col("line_count").filter(own).sum().alias("own_lines")]
    with_children = pl.col("net_sales").sum().alias("net_sales_with_children")
    sold = rows.lazy().filter(pl.col("month").is_not_null())
    return sold.group_by("month").agg(*sums, *known, *lines, with_children).sort("month").collect(engine="in-memory")


def known_sum(name: str, where: pl.Expr) -> pl.Expr:
    """The sum of a column where the condition holds; null where nothing of it is known."""
    values = pl.col(name).filter(where)
    return pl.when(values.is_not_null().any()).then(values.sum()).alias(name)


def monthly(history: pl.DataFrame, inside: pl.DataFrame, filters: Filters, as_of: date) -> pl.DataFrame:
    """The period's months from the account's first on, a month without sales being 0; `previous` is a year earlier.

    `history` is `by_month` of all months, `inside` of the period: of a month that the period cuts only its days count, and nothing is
    compared with them.
    """
    end = as_of if filters.to_date is None else min(as_of, filters.to_date - timedelta(days=1))
    whole = _filled(history, end)
    earlier = whole.select(pl.col("month").dt.offset_by("1y"), pl.col("net_sales").alias("previous"))
    since = filters.from_date.replace(day=1) if filters.from_date else date.min
    months = whole.select("month").filter(pl.col("month") >= since)
    rows = _with_zeros(months.join(inside.lazy(), on="month", how="left")).join(earlier, on="month", how="left")
    cut = [day.replace(day=1) for day in (filters.from_date, filters.to_date) if day and day.day > 1]
    compared = rows.with_columns(pl.when(~pl.col("month").is_in(cut)).then(pl.col("previous"))).with_columns(change())
    return compared.select(
        "month", "net_sales", "quantity", pl.col("gross_margin").alias("margin"), "previous", "change_rate", "net_sales_with_children",
        "returned_amount", "volume",
    ).sort("month").collect(engine="in-memory")  # fmt: skip


def _filled(history: pl.DataFrame, end: date) -> pl.LazyFrame:
    if history.is_empty():
        return history.lazy()
    months = pl.date_range(history["month"].min(), end.replace(day=1), "1mo", eager=True).alias("month").to_frame()
    return _with_zeros(months.lazy().join(history.lazy(), on="month", how="left"))


def _with_zeros(months: pl.LazyFrame) -> pl.LazyFrame:
    return months.with_columns(pl.col(name).fill_null(0.0) for name in (*AMOUNTS, "net_sales_with_children"))


def lines_from(history: pl.DataFrame, most: int) -> date | None:
    """The month from which on the newest `most` order lines lie, but LINES_LOOK_BACK months before the last at most; None without any."""
    if history.is_empty():
        return None
    newest_first = history.sort("month", descending=True)
    covered = newest_first.filter((pl.col("line_count").cum_sum() - pl.col("line_count")) < most)
    return max(covered["month"].min(), add_months(newest_first["month"][0], 1 - LINES_LOOK_BACK))


def likely_lines_from(history: pl.DataFrame, start: date, end: date, most: int) -> date:
    """A later day than `start` from which on the newest `most` order lines before `end` probably lie: so many days as hold LINES_MARGIN times as
    many, where the account buys as often on every day of the months since `start`."""
    lines = history.filter(pl.col("month") >= start)["line_count"].sum()
    days = -(-(end - start).days * LINES_MARGIN * most // max(lines, 1))
    return max(start, end - timedelta(days=days))


def children(rows: pl.DataFrame, now: pl.DataFrame, before: pl.DataFrame | None) -> pl.DataFrame:
    """The accounts under the one asked for by CHILDREN_SCHEMA, each with its own sales and those with all under it, the largest tree first.

    `rows` names every account of the tree; `now` and `before` are the periods' rows, `before` None where there is no earlier period.
    """
    named = rows.unique("account_id", keep="first", maintain_order=True).select(
        "account_id", "account", "kind", "city", "parent_account_id", "opened_on", "depth"
    )
    bought = now.group_by("account_id").agg(pl.col("net_sales", "quantity").sum(), pl.col("month").max().alias("last_month"))
    tree = named.join(bought, on="account_id", how="left").with_columns(pl.col("net_sales", "quantity").fill_null(0.0))
    if before is None:
        tree = tree.with_columns(pl.lit(None, pl.Float64).alias("previous"))
    else:
        earlier = before.group_by("account_id").agg(pl.col("net_sales").sum().alias("previous"))
        tree = tree.join(earlier, on="account_id", how="left").with_columns(pl.col("previous").fill_null(0.0))
    return rolled_up(tree).filter(pl.col("depth") > 0).sort("net_sales_with_children", "account_id", descending=[True, False])


def rolled_up(tree: pl.DataFrame) -> pl.DataFrame:
    """The tree with `net_sales_with_children`: an account's own net sales and those of all accounts under it, each once.

    From the deepest level up, every account hands its sum to its parent; `depth` is an account's distance from the top.
    """
    sums = tree.select("account_id", "parent_account_id", "depth", pl.col("net_sales").alias("net_sales_with_children"))
    for depth in range(tree["depth"].max() or 0, 0, -1):
        handed = sums.filter(pl.col("depth") == depth).group_by("parent_account_id").agg(
            pl.col("net_sales_with_children").sum().alias("handed")
        )
        sums = sums.join(handed, left_on="account_id", right_on="parent_account_id", how="left").with_columns(
            pl.col("net_sales_with_children") + pl.col("handed").fill_null(0.0)
        ).drop("handed")
    return tree.join(sums.select("account_id", "net_sales_with_children"), on="account_id", how="left", maintain_order="left")
