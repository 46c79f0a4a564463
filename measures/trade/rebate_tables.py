"""Rebates as tables: accounts in schemes, their tiers, the schemes, the whole, and who bought ahead."""

import numpy as np
import polars as pl

from measures.trade.rebate_lines import NEEDS_MORE, ON_THE_WAY, PAYS, REACHED, Lines, push, standing, status, switch
from measures.typed import typed

ACCOUNTS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "region_id": pl.String, "region": pl.String, "scheme_id": pl.String,
    "scheme_kind": pl.String, "measure": pl.String, "is_own": pl.Boolean, "status": pl.String,
    "value_to_date": pl.Float64, "natural_year": pl.Float64, "tier": pl.Float64, "tier_rate": pl.Float64, "next_tier": pl.Float64,
    "next_rate": pl.Float64, "distance": pl.Float64, "distance_cases": pl.Float64, "distance_amount": pl.Float64, "distance_rate": pl.Float64,
    "worth": pl.Float64, "p_reaching": pl.Float64, "paid_so_far": pl.Float64, "natural_rebate": pl.Float64, "expected_rebate": pl.Float64,
    "accrual": pl.Float64, "is_near": pl.Boolean, "push_tier": pl.Float64, "push_rate": pl.Float64, "push_missing": pl.Float64, "push_cases": pl.Float64, "push_missing_rate": pl.Float64,
    "push_worth": pl.Float64, "gain": pl.Float64, "verdict": pl.String, "growth_needed": pl.Float64, "break_even": pl.Float64, "margin_rate": pl.Float64,
    "moved_amount": pl.Float64, "switch_cost": pl.Float64, "switch_discount": pl.Float64, "net_sales": pl.Float64, "returned_amount": pl.Float64,
}  # fmt: skip
TIERS_SCHEMA = {
    "account_id": pl.String, "scheme_id": pl.String, "measure": pl.String, "from_value": pl.Float64, "tier_value": pl.Float64, "rate": pl.Float64,
    "retrospective": pl.Boolean, "is_reached": pl.Boolean, "p_reaching": pl.Float64, "distance": pl.Float64, "distance_cases": pl.Float64,
    "pays": pl.Float64,
}  # fmt: skip
SCHEMES_SCHEMA = {
    "scheme_id": pl.String, "scheme_kind": pl.String, "measure": pl.String, "accounts": pl.Int64, "rate_low": pl.Float64, "rate_high": pl.Float64,
    "net_sales": pl.Float64, "paid_so_far": pl.Float64, "expected_rebate": pl.Float64, "accrual": pl.Float64, "cost_rate": pl.Float64,
    "all_reached": pl.Int64, "on_the_way": pl.Int64, "needs_more": pl.Int64, "near_tier": pl.Int64, "paying": pl.Int64, "paying_gain": pl.Float64,
}  # fmt: skip
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "year_from": pl.Date, "year_to": pl.Date, "months_left": pl.Int64, "schemes": pl.Int64, "accounts": pl.Int64,
    "net_sales": pl.Float64, "paid_so_far": pl.Float64, "expected_rebate": pl.Float64, "accrual": pl.Float64,
    "near_accounts": pl.Int64, "near_worth": pl.Float64, "paying_accounts": pl.Int64, "paying_cases": pl.Float64, "paying_gain": pl.Float64,
    "costing_accounts": pl.Int64, "costing_gain": pl.Float64,
    "switch_cost": pl.Float64, "switch_share": pl.Float64, "usual_error": pl.Float64, "coverage": pl.Float64,
}  # fmt: skip


def account_rows(lines: Lines, names: pl.DataFrame, switch_share: float, push_share: float) -> pl.DataFrame:
    """One row per account and scheme, by ACCOUNTS_SCHEMA: those near a tier first, where pushing pays most.

    `names` [account_id, account, kind, region_id, region]. Near is a tier that the natural year does not reach but that `push_share`
    more of the rest of the year would: a customer can decide to reach it.
    """
    numbers = {**standing(lines), **push(lines), **switch(lines, switch_share), "status": status(lines), "scheme_kind": lines.tiers.kind}
    rows = lines.tiers.lines.with_columns(pl.Series(name, of) for name, of in numbers.items()).with_columns(
        pl.col(pl.Float64).fill_nan(None), pl.col("verdict").replace({"": None})
    )
    sums = lines.so_far.select("account_id", "net_sales", "returned_amount")
    named = rows.join(names, on="account_id").join(sums, on="account_id", how="left")
    judged = named.with_columns(is_near=(pl.col("push_missing_rate") <= push_share).fill_null(False))
    ordered = judged.sort(
        "is_near", "gain", "worth", "account_id", "scheme_id", descending=[True, True, True, False, False], nulls_last=True
    )
    return ordered.select(typed(ACCOUNTS_SCHEMA))


def tier_rows(lines: Lines) -> pl.DataFrame:
    """Every tier of every line, by TIERS_SCHEMA; `pays` is what the scheme pays in all on just reaching it."""
    tiers, value = lines.tiers, lines.value[:, None]
    line, place = np.nonzero(np.isfinite(tiers.start))
    distance = np.where(np.isfinite(tiers.start), np.maximum(tiers.start - value, 0.0), np.nan)
    each = [np.column_stack([of(column) for column in table.T]) for of, table in ((lines.money, _known(tiers.start)), (lines.cases, distance))]
    columns = {
        "from_value": tiers.stated, "tier_value": tiers.start, "rate": tiers.rate, "retrospective": tiers.is_retrospective,
        "is_reached": value >= tiers.start, "p_reaching": lines.chance, "distance": distance, "distance_cases": each[1], "pays": each[0],
    }  # fmt: skip
    told = tiers.lines[line].with_columns(pl.Series(name, of[line, place]) for name, of in columns.items())
    return told.with_columns(pl.col(pl.Float64).fill_nan(None)).select(typed(TIERS_SCHEMA))


def _known(start: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(start), start, np.nan)


def scheme_rows(accounts: pl.DataFrame, tiers: pl.DataFrame) -> pl.DataFrame:
    """One row per scheme, the largest accrual first; `cost_rate` is the accrual as a share of the net sales that it belongs to."""
    rates = tiers.group_by("scheme_id").agg(rate_low=pl.col("rate").min(), rate_high=pl.col("rate").max())
    counted = {code: (pl.col("status") == code).sum() for code in (REACHED, ON_THE_WAY, NEEDS_MORE)}
    pays = pl.col("is_near") & (pl.col("verdict") == PAYS)
    sums = accounts.group_by("scheme_id").agg(
        pl.col("scheme_kind", "measure").first(), pl.col("net_sales", "paid_so_far", "expected_rebate", "accrual").sum(), accounts=pl.len(),
        all_reached=counted[REACHED], on_the_way=counted[ON_THE_WAY], needs_more=counted[NEEDS_MORE],
        near_tier=pl.col("is_near").sum(), paying=pays.sum(), paying_gain=pl.col("gain").filter(pays).sum(),
    )  # fmt: skip
    joined = sums.join(rates, on="scheme_id", how="left").with_columns(
        cost_rate=pl.when(pl.col("net_sales") > 0).then(pl.col("accrual") / pl.col("net_sales"))
    )
    return joined.sort(["accrual", "scheme_id"], descending=[True, False]).select(typed(SCHEMES_SCHEMA))
