"""What needs attention: the subjects behind the change on last year and the gap to target, ranked by money.

Rows carry codes and names, no sentences. `kind` is one of

    region_change, product_change, account_change   sales moved by the threshold or more against last year
    account_new, account_lost                       bought in one of the two periods only; accounts_new, accounts_lost: all of them
    region_gap                                      sales are off the target by the threshold or more
    returns_rising                                  a region's return rate rose by the threshold or more
    receivable_overdue                              invoices past due on the last day of the data; receivables_overdue: all of them
"""

import polars as pl

from measures.sales_totals import Sales

MOST_PER_KIND = 5
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


def attention(
    pair: tuple[Sales, Sales] | None, regions: pl.DataFrame, products: pl.DataFrame, overdue: pl.DataFrame, cut: float
) -> pl.DataFrame:
    """The rows of every kind, at most five each, the most money first.

    `pair` holds the sales of now and before over complete months, None without an earlier period; `regions` and `products` are the
    overview's tables, `overdue` is queries/overview/overdue.sql.
    """
    # Lazy until the end: a dozen small parts cost more to run one by one than to compute.
    parts = [pl.LazyFrame(schema=SCHEMA), _gaps(regions.lazy(), cut), *_overdue(overdue.lazy())]
    if pair is not None:
        now, before = pair
        change = float(now.months["net_sales"].sum() - before.months["net_sales"].sum())
        parts += [_with_share(part, change) for part in _changes(now, before, regions.lazy(), products.lazy(), cut)]
        parts.append(_returns(now, before, cut))
    rows = pl.concat(parts, how="diagonal_relaxed").select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
    ranked = rows.sort(pl.col("difference").abs(), "kind", "subject_id", descending=[True, False, False])
    return ranked.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("rank")).collect()


def _with_share(rows: pl.LazyFrame, change: float) -> pl.LazyFrame:
    share = pl.col("difference") / change if change else pl.lit(None, pl.Float64)
    return rows.with_columns(share.alias("share"))


def _changes(now: Sales, before: Sales, regions: pl.LazyFrame, products: pl.LazyFrame, cut: float) -> list[pl.LazyFrame]:
    accounts = _accounts(now, before)
    lasting = accounts.filter(pl.col("is_active") & pl.col("was_active"))
    new = accounts.filter(pl.col("is_active") & ~pl.col("was_active"))
    lost = accounts.filter(~pl.col("is_active") & pl.col("was_active"))
    return [
        _moved(_of_complete_months(regions), "region", cut),
        _moved(_of_complete_months(products), "product", cut),
        _moved(lasting, "account", cut),
        *_came_and_went(new, "account_new", "accounts_new"),
        *_came_and_went(lost, "account_lost", "accounts_lost"),
    ]


def _of_complete_months(rows: pl.LazyFrame) -> pl.LazyFrame:
    known = rows.filter(pl.col("compared_value").is_not_null())
    return known.with_columns(pl.col("compared_value").alias("net_sales"), pl.col("compared_previous").alias("previous"))


def _accounts(now: Sales, before: Sales) -> pl.LazyFrame:
    was = before.accounts.lazy().select(
        "account_id", "account", pl.col("net_sales").alias("previous"), pl.col("is_active").alias("was_active")
    )
    joined = now.accounts.lazy().select("account_id", "account", "net_sales", "is_active").join(
        was, on=["account_id", "account"], how="full", coalesce=True
    )
    return joined.with_columns(
        pl.col("net_sales", "previous").fill_null(0.0), pl.col("is_active", "was_active").fill_null(False)
    )


def _compared(rows: pl.LazyFrame, subject: str, kind: str) -> pl.LazyFrame:
    return rows.select(
        pl.lit(kind).alias("kind"), pl.lit(subject).alias("subject_kind"),
        pl.col(f"{subject}_id").alias("subject_id"), pl.col(subject).alias("subject"),
        pl.col("net_sales").alias("value"), pl.col("previous").alias("comparison"),
        (pl.col("net_sales") - pl.col("previous")).alias("difference"),
        (pl.col("net_sales") > pl.col("previous")).alias("is_better"),
    )  # fmt: skip


def _largest(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.sort(pl.col("difference").abs(), "subject_id", descending=[True, False]).head(MOST_PER_KIND)


def _moved(rows: pl.LazyFrame, subject: str, cut: float) -> pl.LazyFrame:
    compared = _compared(rows, subject, f"{subject}_change")
    noticed = (pl.col("difference") != 0) & (pl.col("difference").abs() >= cut * pl.col("comparison").abs())
    return _largest(compared.filter(noticed))


def _came_and_went(rows: pl.LazyFrame, one: str, all_of_them: str) -> list[pl.LazyFrame]:
    compared = _compared(rows, "account", one)
    together = compared.select(
        pl.lit(all_of_them).alias("kind"), pl.lit("account").alias("subject_kind"), pl.col("value", "comparison", "difference").sum(),
        pl.len().alias("count"), pl.lit(all_of_them == "accounts_new").alias("is_better"),
    )  # fmt: skip
    # One account has its own row already.
    return [_largest(compared), together.filter(pl.col("count") > 1)]


def _gaps(regions: pl.LazyFrame, cut: float) -> pl.LazyFrame:
    off = regions.filter((pl.col("target") > 0) & ((pl.col("attainment") - 1).abs() >= cut))
    return _largest(
        off.select(
            pl.lit("region_gap").alias("kind"), pl.lit("region").alias("subject_kind"),
            pl.col("region_id").alias("subject_id"), pl.col("region").alias("subject"),
            pl.col("attained").fill_null(0.0).alias("value"), pl.col("target").alias("comparison"),
            (pl.col("attained").fill_null(0.0) - pl.col("target")).alias("difference"),
            (pl.col("attainment") > 1).alias("is_better"),
        )
    )  # fmt: skip


def _returns(now: Sales, before: Sales, cut: float) -> pl.LazyFrame:
    """Regions whose return rate rose; the money is the rise times the gross sales of now."""
    joined = _return_rates(now).join(_return_rates(before), on="region_id", how="inner", suffix="_before", nulls_equal=True)
    rise = pl.col("rate") - pl.col("rate_before")
    risen = joined.filter((rise > 0) & (rise >= cut * pl.col("rate_before")))
    return _largest(
        risen.select(
            pl.lit("returns_rising").alias("kind"), pl.lit("region").alias("subject_kind"),
            pl.col("region_id").alias("subject_id"), pl.col("region").alias("subject"),
            pl.col("rate").alias("value"), pl.col("rate_before").alias("comparison"), (-rise * pl.col("gross")).alias("difference"),
            pl.lit(False).alias("is_better"),
        )
    )  # fmt: skip


def _return_rates(sales: Sales) -> pl.LazyFrame:
    sums = sales.months.lazy().group_by("region_id", "region").agg(pl.col("net_sales", "returned_amount").sum())
    gross = sums.with_columns((pl.col("net_sales") - pl.col("returned_amount")).alias("gross")).filter(pl.col("gross") > 0)
    return gross.with_columns((pl.col("returned_amount").abs() / pl.col("gross")).alias("rate"))


def _overdue(overdue: pl.LazyFrame) -> list[pl.LazyFrame]:
    rows = overdue.select(
        pl.lit("receivable_overdue").alias("kind"), pl.lit("account").alias("subject_kind"),
        pl.col("account_id").alias("subject_id"), pl.col("account").alias("subject"),
        pl.col("overdue").alias("value"), pl.lit(0.0).alias("comparison"), (-pl.col("overdue")).alias("difference"),
        pl.col("invoices").alias("count"), pl.lit(False).alias("is_better"),
    )  # fmt: skip
    together = rows.select(
        pl.lit("receivables_overdue").alias("kind"), pl.lit("account").alias("subject_kind"),
        pl.col("value", "comparison", "difference").sum(), pl.len().alias("count"), pl.lit(False).alias("is_better"),
    )  # fmt: skip
    return [_largest(rows), together.filter(pl.col("count") > 1)]
