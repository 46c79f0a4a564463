"""The overview's tables by month, region, category and product."""

from datetime import date

import polars as pl

from measures.attainment import Attained
from measures.periods import months_of
from measures.sales_totals import SUMS, Sales, total
from queries.filters import Filters, end_of_complete_months

COMPARED = ("compared_value", "compared_previous")
SPARKLINES = ("net_sales", "gross_margin", "volume", "quantity", "active_accounts", "orders")


Pair = tuple[pl.DataFrame, pl.DataFrame]
"""Frames of the period and of the earlier one, over complete months only."""


def change(value: str = "net_sales", previous: str = "previous") -> pl.Expr:
    """value ÷ previous − 1; null unless previous is positive."""
    return pl.when(pl.col(previous) > 0).then(pl.col(value) / pl.col(previous) - 1).alias("change_rate")


def with_compared(rows: pl.DataFrame, now: pl.DataFrame, pair: Pair | None, key: list[str]) -> pl.DataFrame:
    """Subjects with the net sales of both periods' complete months: compared_value, compared_previous. `rows` are summed up from `now`."""
    if pair is None:
        return rows.with_columns(pl.lit(None, pl.Float64).alias(name) for name in COMPARED)
    if pair[0] is now:
        return rows.with_columns(compared_value="net_sales", compared_previous="previous")
    first, second = (frame.group_by(key).agg(pl.col("net_sales").sum().alias(name)) for frame, name in zip(pair, COMPARED, strict=True))
    both = first.join(second, on=key, how="full", coalesce=True, nulls_equal=True).with_columns(pl.col(COMPARED).fill_null(0.0))
    return rows.join(both, on=key, how="left", nulls_equal=True)


def monthly(
    now: Sales, before: Sales | None, aims: pl.DataFrame, filters: Filters, years: int, as_of: date, first: date | None
) -> pl.DataFrame:
    """One row per month of the period, a month without sales being 0 and a month after the data null.

    `previous` is the month `years` earlier, in an open period the one a year earlier; null before the data begin. `complete`: the whole month lies in the period
    and in the data.
    """
    sums = now.by_month
    earliest = sums["month"].min() if filters.from_date is None else first
    months = pl.DataFrame({"month": months_of(filters, earliest or first, as_of)}, schema={"month": pl.Date})
    if first is not None and filters.from_date is not None and before is None:
        months = months.filter(pl.col("month") >= first.replace(day=1))
    previous = _earlier(now, before, years).select("month", previous="net_sales")
    aimed = aims.group_by("month").agg(pl.col("target").sum())
    joined = months.join(sums, on="month", how="left").join(previous, on="month", how="left").join(aimed, on="month", how="left")
    begun = pl.col("month") <= as_of
    filled = [pl.when(begun).then(pl.col(name).fill_null(0)).alias(name) for name in ("net_sales", "quantity", "active_accounts", "orders")]
    earlier_month = pl.col("month").dt.offset_by(f"-{years}y")
    reached = earlier_month.is_between(pl.lit(first, pl.Date).dt.month_start(), as_of)
    known = pl.when(reached).then(pl.col("previous").fill_null(0.0)).otherwise(pl.col("previous")).alias("previous")
    complete = _whole(filters) & (pl.col("month") < end_of_complete_months(as_of))
    return joined.with_columns(*filled, known, complete.alias("complete")).select(
        "month", "net_sales", "previous", change(), "target", "complete", "gross_margin", "quantity", "volume", "active_accounts", "orders",
    ).sort("month")  # fmt: skip


def trends(now: Sales, before: Sales | None, months_shown: pl.DataFrame, aimed_units: pl.DataFrame, years: int) -> pl.DataFrame:
    """metric × month of `months_shown` (`monthly`): value, previous, target, complete, each in the metric's own unit; nobody aims at margin."""
    earlier = _earlier(now, before, years).select("month", earlier_margin="gross_margin", earlier_units="quantity")
    aims = aimed_units.group_by("month").agg(pl.col("target").sum().alias("target_units"))
    rows = months_shown.join(earlier, on="month", how="left", maintain_order="left").join(aims, on="month", how="left", maintain_order="left")
    # A month that the data have reached and in which nothing was sold is 0, as in `monthly`.
    units = pl.when(pl.col("previous").is_not_null()).then(pl.col("earlier_units").fill_null(0.0))
    columns = {
        "net_sales": (pl.col("previous"), pl.col("target")), "gross_margin": (pl.col("earlier_margin"), pl.lit(None, pl.Float64)),
        "quantity": (units, pl.col("target_units")),
    }  # fmt: skip
    return pl.concat(
        rows.select(pl.lit(name).alias("metric"), "month", pl.col(name).cast(pl.Float64).alias("value"), previous=previous, target=target.cast(pl.Float64), complete="complete")
        for name, (previous, target) in columns.items()
    )


def _earlier(now: Sales, before: Sales | None, years: int) -> pl.DataFrame:
    """The sums of the months `years` earlier, under the months that they are compared with; of an open period its own."""
    earlier = now.by_month if before is None else before.by_month
    return earlier.with_columns(pl.col("month").dt.offset_by(f"{years}y"))


def _whole(filters: Filters) -> pl.Expr:
    """Whether the period holds the whole month."""
    month = pl.col("month")
    starts = pl.lit(True) if filters.from_date is None else month >= filters.from_date
    if filters.to_date is None:
        return starts
    return starts & (month.dt.offset_by("1mo") <= filters.to_date)


def monthly_metrics(now: Sales, months_shown: pl.DataFrame) -> pl.DataFrame:
    """metric × month × value: the sparklines; attainment of the months of `months_shown` (`monthly`) that are whole and have a target."""
    rates = now.by_month.with_columns(
        pl.col("active_accounts", "orders").cast(pl.Float64),
        pl.when(pl.col("net_sales") > pl.col("returned_amount"))
        .then(pl.col("returned_amount").abs() / (pl.col("net_sales") - pl.col("returned_amount")))
        .alias("return_rate"),
    )
    long = rates.unpivot(on=[*SPARKLINES, "return_rate"], index="month", variable_name="metric", value_name="value")
    aimed = months_shown.filter(pl.col("complete"), pl.col("target") > 0)
    attained = aimed.select(pl.lit("attainment").alias("metric"), "month", (pl.col("net_sales") / pl.col("target")).alias("value"))
    return pl.concat([long.select("metric", "month", "value"), attained]).sort("metric", "month")


def by_region(now: Sales, before: Sales | None, pair: Pair | None, reached: Attained) -> pl.DataFrame:
    """One row per region that sold in either period, the largest first; region_id null holds the accounts of no region.

    attained: the sales of the months that the region's target stands for. active_accounts: of the period.
    """
    key = ["region_id", "region"]
    counts = pl.col("month").is_in(list(reached.months))
    of_target = pl.when(counts.any()).then(pl.col("net_sales").filter(counts).sum()).alias("attained")
    current = now.months.group_by(key).agg(*(total(pl.col(name)).alias(name) for name in SUMS), of_target)
    active = now.accounts.group_by("region_id").agg(pl.col("is_active").sum().cast(pl.Int64).alias("active_accounts"))
    sums = current.join(active, on="region_id", how="left", nulls_equal=True)
    joined = _with_previous(sums, _previous(None if before is None else before.months, key), key)
    aimed = reached.target.group_by("region_id").agg(pl.col("target").sum())
    full = with_compared(joined, now.months, pair, key).join(aimed, on="region_id", how="left", nulls_equal=True)
    attainment = pl.when(pl.col("target") != 0).then(pl.col("attained").fill_null(0) / pl.col("target")).alias("attainment")
    return full.select(
        *key, "net_sales", "previous", change(*COMPARED), _share(), "target", "attained", attainment, *COMPARED,
        "gross_margin", "returned_amount", "quantity", "volume", "active_accounts",
    ).sort("net_sales", "region_id", descending=[True, False])  # fmt: skip


def by_product(now: pl.DataFrame, before: pl.DataFrame | None, pair: Pair | None) -> pl.DataFrame:
    """One row per product that sold in either period, the largest first."""
    return _products(now, before, pair, ["product_id", "product", "category"])


def by_category(now: pl.DataFrame, before: pl.DataFrame | None, pair: Pair | None) -> pl.DataFrame:
    """One row per category that sold in either period, the largest first; null holds the products of no category."""
    return _products(now, before, pair, ["category"])


def _products(now: pl.DataFrame, before: pl.DataFrame | None, pair: Pair | None, key: list[str]) -> pl.DataFrame:
    columns = ("net_sales", "gross_margin", "returned_amount", "quantity", "volume")
    sums = now.group_by(key).agg(total(pl.col(name)).alias(name) for name in columns)
    joined = _with_previous(sums, _previous(before, key), key)
    return with_compared(joined, now, pair, key).select(
        *key, "net_sales", "previous", change(*COMPARED), _share(), *COMPARED,
        "gross_margin", "returned_amount", "quantity", "volume",
    ).sort("net_sales", key[0], descending=[True, False])  # fmt: skip


def _previous(before: pl.DataFrame | None, key: list[str]) -> pl.DataFrame | None:
    return None if before is None else before.group_by(key).agg(pl.col("net_sales").sum().alias("previous"))


def _with_previous(sums: pl.DataFrame, previous: pl.DataFrame | None, key: list[str]) -> pl.DataFrame:
    """Both periods' subjects; who sold in one of them only has 0 in the other. Without an earlier period `previous` is null."""
    if previous is None:
        return sums.with_columns(pl.lit(None, pl.Float64).alias("previous"))
    joined = sums.join(previous, on=key, how="full", coalesce=True, nulls_equal=True)
    return joined.with_columns(pl.col("net_sales", "previous").fill_null(0.0))


def _share() -> pl.Expr:
    # Groups come in any order, and a sum of floats depends on it in its last digit.
    whole = pl.col("net_sales").sort().sum()
    return pl.when(whole > 0).then(pl.col("net_sales") / whole).alias("share")

