"""The life cycle of accounts, from deals and orders together (methods.md section 4, source 000):

    future        known, nothing has happened yet               marketing
    prospect      contacted or rated, or had a deal once        marketing
    opportunity   has an open deal, has not bought              sales
    first_order   bought once                                   sales
    repurchase    bought the second time, in time               service
    active        buys on, within its own rhythm                service
    at_risk       silent longer than its own rhythm explains    service
    lost          silent longer than the window                 sales
    reactivated   buys again after having been lost             sales

In time is within the 80th percentile of the months from first to second order of the accounts that began in the same year (of all
where fewer than ten of them repurchased). At risk is section 11's chance of still buying, (1 + silent ÷ (span + a0))^−(x + 2) with
a0 = twice the mean gap, under the cut; an account with fewer than four months of orders is at risk once the time to repurchase is over.
Orders are known by the month, so all spans are months. Who owns a stage, after source 000, is ours where it is silent. An account that
another one supplies or owns, without orders of its own or an open deal, has no stage: its orders go to the other.
"""

from dataclasses import dataclass
from datetime import date
from math import ceil

import polars as pl

from measures.typed import typed

STAGES = ("future", "prospect", "opportunity", "first_order", "repurchase", "active", "at_risk", "lost", "reactivated")
OWNERS = ("marketing", "marketing", "sales", "sales", "service", "service", "service", "sales", "sales")
PERCENTILE, LEAST_REPEATS, LEAST_MONTHS, RECENT_MONTHS = 0.80, 10, 4, 2
"""By methods.md section 4: repurchase is a second order within P80 of the cohort's gaps, of ten gaps or more, else of all cohorts'. A rhythm takes
four months with an order; who came back is reactivated until the third such month."""
ROUNDING = 1e-9
"""A share that falls short of the percentile by the last digit reaches it."""
UNKNOWN_WINDOW = 3
"""Months to repurchase while nobody has repurchased yet."""

SCHEMA = {
    "life_stage": pl.String, "position": pl.Int64, "owner": pl.String, "accounts": pl.Int64, "share": pl.Float64,
    "net_sales": pl.Float64, "open_value": pl.Float64, "accounts_before": pl.Int64,
}  # fmt: skip
SHOWN = (
    "life_stage", "account_id", "account", "region", "salesperson", "orders", "first_month", "last_month", "silent", "net_sales", "open_value",
)  # fmt: skip
REPURCHASE_SCHEMA = {
    "cohort": pl.Date, "first_orders": pl.Int64, "repurchased": pl.Int64, "repurchase_rate": pl.Float64, "window_months": pl.Int64,
    "mature": pl.Boolean,
}  # fmt: skip


@dataclass(frozen=True)
class Rules:
    """Where the life cycle is cut: the last day looked at, months of silence until lost, chance of still buying under which at risk."""

    until: date
    lost_months: int
    alive_cut: float


def counted(accounts: pl.DataFrame, before: pl.DataFrame | None = None) -> pl.DataFrame:
    """One row per stage: accounts, net sales of 12 months, value of open deals; `accounts` and `before` are `placed`.

    accounts_before are those of `before`, at an earlier date; null without it.
    """
    sums = accounts.group_by("life_stage").agg(pl.len().alias("accounts"), pl.col("net_sales", "open_value").sum())
    stages = pl.DataFrame({"life_stage": STAGES, "position": range(1, len(STAGES) + 1), "owner": OWNERS})
    filled = stages.join(sums, on="life_stage", how="left", maintain_order="left").fill_null(0)
    known = filled.with_columns(accounts_before=None) if before is None else filled.join(
        before.group_by("life_stage").agg(pl.len().alias("accounts_before")), on="life_stage", how="left", maintain_order="left"
    ).with_columns(pl.col("accounts_before").fill_null(0))
    total = filled["accounts"].sum()
    share = pl.col("accounts") / total if total else pl.lit(None)
    return known.with_columns(share.alias("share")).select(typed(SCHEMA))


def without_deals(stages: pl.DataFrame) -> pl.DataFrame:
    """Rows of `counted` where no deal was ever imported: who is an opportunity and what is open is not known, and a 0 would say that it is none."""
    return stages.filter(pl.col("life_stage") != "opportunity").with_columns(pl.lit(None, pl.Float64).alias("open_value"))


def placed(found: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Rows of measures/pipeline/account_stages.py (`standing`) with their life_stage, `silent` months and `window_months` to repurchase."""
    now = _with_windows(found).lazy().with_columns(
        _months("last_month", pl.lit(rules.until, pl.Date)).alias("silent"), _months("run_month", pl.col("last_month")).alias("span")
    )
    repeats = (pl.col("run_months") - 1).cast(pl.Float64)
    gap = pl.col("span") / repeats
    alive = (1 + pl.col("silent") / (pl.col("span") + 2 * gap)) ** -(repeats + 2)
    rhythm = (pl.col("run_months") >= LEAST_MONTHS) & (pl.col("span") > 0)
    at_risk = pl.when(rhythm).then(alive < rules.alive_cut).otherwise(pl.col("silent") > pl.col("window_months"))
    in_time = _months("first_month", pl.col("second_month")) <= pl.col("window_months")
    is_back = (pl.col("run_month") > pl.col("first_month")) & (pl.col("run_months") <= RECENT_MONTHS)
    stage = (
        pl.when(pl.col("orders").is_null() & pl.col("has_open_deal")).then(pl.lit("opportunity"))
        .when(pl.col("orders").is_null() & pl.col("has_parent")).then(None)
        .when(pl.col("orders").is_null() & (pl.col("has_touch") | pl.col("has_deal"))).then(pl.lit("prospect"))
        .when(pl.col("orders").is_null()).then(pl.lit("future"))
        .when(pl.col("silent") > rules.lost_months).then(pl.lit("lost"))
        .when(at_risk).then(pl.lit("at_risk"))
        .when(is_back).then(pl.lit("reactivated"))
        .when(pl.col("orders") == 1).then(pl.lit("first_order"))
        .when((pl.col("orders") == 2) & in_time).then(pl.lit("repurchase"))
        .otherwise(pl.lit("active"))
    )  # fmt: skip
    return now.with_columns(stage.alias("life_stage")).collect(engine="in-memory")


def waits_for_others(found: pl.DataFrame) -> bool:
    """Whether a stage of these rows depends on how soon the other accounts repurchased: too young for a rhythm, or at its second order."""
    young = (pl.col("run_months") < LEAST_MONTHS) | (_months("run_month", pl.col("last_month")) <= 0)
    return not found.filter(pl.col("orders").is_not_null(), young | (pl.col("orders") == 2)).is_empty()


def repurchase(accounts: pl.DataFrame, until: date | None) -> pl.DataFrame:
    """One row per quarter of the first order: accounts, and those that ordered again within their window; `mature` once all could."""
    bought = accounts.filter(pl.col("first_month").is_not_null())
    in_time = _months("first_month", pl.col("second_month")) <= pl.col("window_months")
    rows = bought.group_by(pl.col("first_month").dt.truncate("1q").alias("cohort")).agg(
        pl.len().alias("first_orders"), in_time.sum().alias("repurchased"), pl.col("window_months").max(),
    )  # fmt: skip
    youngest = pl.col("cohort").dt.offset_by("2mo")
    mature = _between(youngest, pl.lit(until, pl.Date)) > pl.col("window_months")
    return rows.with_columns(
        (pl.col("repurchased") / pl.col("first_orders")).alias("repurchase_rate"), mature.alias("mature")
    ).select(typed(REPURCHASE_SCHEMA)).sort("cohort")  # fmt: skip


def _with_windows(found: pl.DataFrame) -> pl.DataFrame:
    """`found` with window_months: the 80th percentile of the months to the second order, by the year of the first."""
    repeats = found.lazy().filter(pl.col("second_month").is_not_null()).select(
        pl.col("first_month").dt.year().alias("year"), _months("first_month", pl.col("second_month")).alias("gap")
    ).collect(engine="in-memory")  # fmt: skip
    whole = _percentile(repeats)
    parts = repeats.group_by("year") if repeats.height >= LEAST_REPEATS else ()
    own = {year: _percentile(part) for (year,), part in parts if part.height >= LEAST_REPEATS}
    window = pl.col("first_month").dt.year().replace_strict(own, default=whole, return_dtype=pl.Int64) if own else pl.lit(whole)
    return found.with_columns(window.cast(pl.Int64).alias("window_months"))


def _percentile(gaps: pl.DataFrame) -> int:
    """The smallest gap within which four of five came back, at least one month."""
    if gaps.is_empty():
        return UNKNOWN_WINDOW
    ordered = gaps["gap"].sort()
    return max(1, int(ordered[ceil(PERCENTILE * len(ordered) - ROUNDING) - 1]))


def _months(start: str, end: pl.Expr) -> pl.Expr:
    return _between(pl.col(start), end)


def _between(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    return (end.dt.year() - start.dt.year()).cast(pl.Int64) * 12 + end.dt.month().cast(pl.Int64) - start.dt.month().cast(pl.Int64)
