"""What needs attention: the subjects behind the change on last year and the gap to target, ranked by money.

Rows carry codes and names, no sentences. `kind` is one of

    region_change, product_change, account_change   sales moved by the threshold or more against last year
    account_new, account_lost                       bought in one of the two periods only; accounts_new, accounts_lost: all of them
    region_gap                                      sales are off the target by the threshold or more
    returns_rising                                  a region's return rate rose by the threshold or more
    receivable_overdue                              invoices past due on the last day of the data; receivables_overdue: all of them
"""

import polars as pl

from measures.sales_totals import Sales, total

MOST_PER_KIND = 5
"""Of one kind of findings: the list is read at a glance, and no kind may push the others out."""
SCHEMA = {
    "rank": pl.Int64,
    "kind": pl.String,
    "subject_kind": pl.String,
    "subject_id": pl.String,
    "subject": pl.String,
    "value": pl.Float64,
    "comparison": pl.Float64,
    "difference": pl.Float64,
    "share": pl.Float64,
    "count": pl.Int64,
    "is_better": pl.Boolean,
}
"""value − comparison = difference, money of the store's currency; for returns the rates are in value and comparison, the money they
cost in difference. share: the difference's part of the company's change. count: accounts or invoices."""


CHANGES = ("region_change", "product_change", "account_change")
TOGETHER = {"account_new": "accounts_new", "account_lost": "accounts_lost", "receivable_overdue": "receivables_overdue"}
"""Kinds of accounts that have a row of all of them as well, and its kind."""


def attention(
    pair: tuple[Sales, Sales] | None, regions: pl.DataFrame, products: pl.DataFrame, overdue: pl.DataFrame, cut: float
) -> pl.DataFrame:
    """The rows of every kind, at most five each, the most money first.

    `pair` holds the sales of now and before over complete months, None without an earlier period; `regions` and `products` are the
    overview's tables, `overdue` is queries/overview/overdue.sql.
    """
    parts = [pl.DataFrame(schema=SCHEMA), _gaps(regions, cut), _overdue(overdue)]
    if pair is not None:
        parts += [_changes(*pair, regions, products, cut), _returns(*pair, cut)]
    found = pl.concat(parts, how="diagonal_relaxed")
    ranked = pl.concat([found, _together(found)], how="diagonal_relaxed").sort(
        pl.col("difference").abs(), "kind", "subject_id", descending=[True, False, False]
    )
    shown = ranked.filter(pl.int_range(pl.len()).over("kind") < MOST_PER_KIND)
    ranks = {"rank": pl.int_range(1, pl.len() + 1)}
    return shown.select(ranks.get(name, pl.col(name)).cast(kind).alias(name) for name, kind in SCHEMA.items())


def _together(found: pl.DataFrame) -> pl.DataFrame:
    """One row for all accounts of a kind; one account alone has its own row already."""
    sums = found.filter(pl.col("kind").is_in(list(TOGETHER))).group_by("kind", "subject_kind", "is_better").agg(
        pl.col("value", "comparison", "difference").sum(), total(pl.col("share")), pl.len().alias("count")
    )
    return sums.filter(pl.col("count") > 1).with_columns(pl.col("kind").replace(TOGETHER))


def _changes(now: Sales, before: Sales, regions: pl.DataFrame, products: pl.DataFrame, cut: float) -> pl.DataFrame:
    """Regions, products and accounts that moved by the cut or more, and all accounts that bought in one of the periods only."""
    change = float(now.months["net_sales"].sum() - before.months["net_sales"].sum())
    moved = pl.concat([_compared(regions, "region"), _compared(products, "product"), _accounts(now, before)], how="diagonal_relaxed")
    difference = pl.col("value") - pl.col("comparison")
    noticed = (difference != 0) & (difference.abs() >= cut * pl.col("comparison").abs())
    return moved.filter(noticed | ~pl.col("kind").is_in(CHANGES)).with_columns(
        difference=difference, share=difference / change if change else pl.lit(None, pl.Float64),
        is_better=pl.col("value") > pl.col("comparison"),
    )  # fmt: skip


def _compared(rows: pl.DataFrame, subject: str) -> pl.DataFrame:
    return rows.filter(pl.col("compared_value").is_not_null()).select(
        **_of(f"{subject}_change", subject), value=pl.col("compared_value"), comparison=pl.col("compared_previous")
    )


def _accounts(now: Sales, before: Sales) -> pl.DataFrame:
    """Accounts that bought in both periods, in the later or in the earlier one; returns alone are no purchase."""
    joined = now.accounts.join(before.accounts, on=["account_id", "account"], how="full", coalesce=True, suffix="_before")
    is_active, was_active = (pl.col(name).fill_null(False) for name in ("is_active", "is_active_before"))
    kind = pl.when(is_active & was_active).then(pl.lit("account_change")).when(is_active).then(pl.lit("account_new"))
    return joined.filter(is_active | was_active).select(
        **_of(kind.otherwise(pl.lit("account_lost")), "account"),
        value=pl.col("net_sales").fill_null(0.0), comparison=pl.col("net_sales_before").fill_null(0.0),
    )  # fmt: skip


def _of(kind: str | pl.Expr, subject: str) -> dict[str, pl.Expr]:
    """The columns that say what a row is about."""
    return {
        "kind": pl.lit(kind) if isinstance(kind, str) else kind, "subject_kind": pl.lit(subject),
        "subject_id": pl.col(f"{subject}_id"), "subject": pl.col(subject),
    }  # fmt: skip


def _gaps(regions: pl.DataFrame, cut: float) -> pl.DataFrame:
    off = regions.filter((pl.col("target") > 0) & ((pl.col("attainment") - 1).abs() >= cut))
    attained = pl.col("attained").fill_null(0.0)
    return off.select(
        **_of("region_gap", "region"), value=attained, comparison=pl.col("target"), difference=attained - pl.col("target"),
        is_better=pl.col("attainment") > 1,
    )  # fmt: skip


def _returns(now: Sales, before: Sales, cut: float) -> pl.DataFrame:
    """Regions whose return rate rose; the money is the rise times the gross sales of now."""
    joined = _return_rates(now).join(_return_rates(before), on="region_id", how="inner", suffix="_before", nulls_equal=True)
    rise = pl.col("rate") - pl.col("rate_before")
    return joined.filter((rise > 0) & (rise >= cut * pl.col("rate_before"))).select(
        **_of("returns_rising", "region"), value=pl.col("rate"), comparison=pl.col("rate_before"), difference=-rise * pl.col("gross"),
        is_better=pl.lit(False),
    )  # fmt: skip


def _return_rates(sales: Sales) -> pl.DataFrame:
    returned = pl.col("returned_amount").sum()
    gross = pl.col("net_sales").sum() - returned
    return sales.months.group_by("region_id", "region").agg(gross=gross, rate=returned.abs() / gross).filter(pl.col("gross") > 0)


def _overdue(overdue: pl.DataFrame) -> pl.DataFrame:
    return overdue.select(
        **_of("receivable_overdue", "account"), value=pl.col("overdue"), comparison=pl.lit(0.0), difference=-pl.col("overdue"),
        count=pl.col("invoices"), is_better=pl.lit(False),
    )  # fmt: skip
