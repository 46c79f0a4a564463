"""People needed by class of account, and by the calls that the accounts ask for (methods.md section 8)."""

from math import ceil

import polars as pl

from measures.customers.ranking import ABC_CLASSES
from measures.thresholds import Cuts
from measures.typed import typed

WITHOUT_SALES, TOTAL = "none", "total"

SUMMARY_SCHEMA = {
    "abc": pl.String, "accounts": pl.Int64, "net_sales": pl.Float64, "people_low": pl.Float64, "people_high": pl.Float64,
    "people_needed": pl.Int64, "people_now": pl.Int64, "people_gap": pl.Int64,
}  # fmt: skip
REGIONS_SCHEMA = {
    "region_id": pl.String, "region": pl.String, "accounts_a": pl.Int64, "accounts_b": pl.Int64, "accounts_c": pl.Int64,
    "people_low": pl.Float64, "people_high": pl.Float64, "people_needed": pl.Int64, "people_now": pl.Int64, "people_gap": pl.Int64,
    "calls_needed": pl.Float64, "workload_people": pl.Float64,
}  # fmt: skip
WORKLOAD_SCHEMA = {
    "abc": pl.String, "accounts": pl.Int64, "calls_per_account": pl.Float64, "calls_needed": pl.Float64, "calls_made": pl.Float64,
    "workload_people": pl.Float64, "people_now": pl.Int64,
}  # fmt: skip
_CALLS = {"A": "calls_a", "B": "calls_b", "C": "calls_c", WITHOUT_SALES: "calls_other"}


def _per_person(cuts: Cuts) -> tuple[dict[str, float], dict[str, float]]:
    """By class the accounts that one person looks after, where that needs the fewest people and where the most; the ends of C in any order."""
    a, b, *of_c = (float(cuts[name]) for name in ("coverage_a", "coverage_b", "coverage_c_low", "coverage_c_high"))
    return {"A": a, "B": b, "C": max(of_c)}, {"A": a, "B": b, "C": min(of_c)}


def whole_people(need: float) -> int:
    """The need in whole persons, a float's last digit aside."""
    return ceil(round(need, 9))


def calls_per_account(cuts: Cuts) -> pl.Expr:
    """Calls a month that an account of the column `abc` asks for."""
    calls = {code: float(cuts[name]) for code, name in _CALLS.items()}
    return pl.col("abc").replace_strict(calls, return_dtype=pl.Float64)


def summary(accounts: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """Rows A, B, C and total of `accounts` [abc, net_sales, salesperson_id], by SUMMARY_SCHEMA.

    People there are the owners of at least one account of the class; a person with accounts of two classes stands in both rows and
    once in the total. They are null where no account has an owner. Whole persons are given for the total only.
    """
    classed = accounts.filter(pl.col("abc").is_in(ABC_CLASSES))
    sums = classed.group_by("abc", maintain_order=True).agg(pl.len().alias("accounts"), pl.col("net_sales").sum(), pl.col("salesperson_id").drop_nulls().n_unique().alias("people_now"))
    rows = pl.DataFrame({"abc": ABC_CLASSES}).join(sums, on="abc", how="left", maintain_order="left")
    needed = _with_people(rows.with_columns(pl.col("accounts", "net_sales", "people_now").fill_null(0)), cuts)
    total = needed.select(
        pl.lit(TOTAL).alias("abc"), pl.col("accounts", "net_sales", "people_low", "people_high").sum(),
        pl.lit(classed["salesperson_id"].drop_nulls().n_unique()).alias("people_now"),
    )  # fmt: skip
    total = total.with_columns(pl.Series("people_needed", [whole_people(total["people_high"].item())]))
    both = pl.concat([needed, total], how="diagonal_relaxed")
    return _known_people(both, classed, SUMMARY_SCHEMA)


def regions(accounts: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """People needed and there by region, the largest gap first, by REGIONS_SCHEMA; `accounts` [abc, calls_needed, region, …]."""
    classed = accounts.filter(pl.col("abc").is_in(ABC_CLASSES))
    counts = [(pl.col("abc") == code).sum().alias(f"accounts_{code.lower()}") for code in ABC_CLASSES]
    owners = pl.col("salesperson_id").filter(pl.col("abc").is_in(ABC_CLASSES)).drop_nulls().n_unique().alias("people_now")
    sums = accounts.group_by("region_id", "region", maintain_order=True).agg(*counts, owners, pl.col("calls_needed").sum())
    low, high = (sum(pl.col(f"accounts_{code.lower()}") / per for code, per in ratios.items()) for ratios in _per_person(cuts))
    needed = sums.with_columns(low.alias("people_low"), high.alias("people_high")).filter(pl.col("people_high") > 0)
    whole = needed.with_columns(
        pl.col("people_high").round(9).ceil().cast(pl.Int64).alias("people_needed"),
        (pl.col("calls_needed") / float(cuts["calls_per_person"])).alias("workload_people"),
    )
    return _known_people(whole, classed, REGIONS_SCHEMA).sort(["people_needed", "region_id"], descending=[True, False])


def workload(accounts: pl.DataFrame, cuts: Cuts, months: int) -> pl.DataFrame:
    """Calls a month asked for and made, by class and in total; `accounts` [abc, calls_needed, calls, …] over so many months."""
    sums = accounts.group_by("abc", maintain_order=True).agg(
        pl.len().alias("accounts"), pl.col("calls_needed").sum(), (pl.col("calls").sum() / months).alias("calls_made"),
        pl.col("salesperson_id").drop_nulls().n_unique().alias("people_now"),
    )  # fmt: skip
    rows = pl.DataFrame({"abc": list(_CALLS)}).join(sums, on="abc", how="left", maintain_order="left").with_columns(pl.exclude("abc").fill_null(0))
    total = rows.select(
        pl.lit(TOTAL).alias("abc"), pl.col("accounts", "calls_needed", "calls_made").sum(),
        pl.lit(accounts["salesperson_id"].drop_nulls().n_unique()).alias("people_now"),
    )  # fmt: skip
    each = rows.with_columns(calls_per_account(cuts).alias("calls_per_account"))
    both = pl.concat([each, total], how="diagonal_relaxed")
    staffed = both.with_columns((pl.col("calls_needed") / float(cuts["calls_per_person"])).alias("workload_people"))
    return _known_people(staffed, accounts, WORKLOAD_SCHEMA)


def _with_people(rows: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """People per class: the accounts by the accounts that one person looks after."""
    return rows.with_columns(
        (pl.col("accounts") / pl.col("abc").replace_strict(ratios)).alias(column)
        for column, ratios in zip(("people_low", "people_high"), _per_person(cuts), strict=True)
    )


def _known_people(rows: pl.DataFrame, accounts: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """The rows by their schema; people there, and the gap to the need, null where no account has an owner at all."""
    known = accounts["salesperson_id"].count() > 0
    people_now = pl.col("people_now") if known else pl.lit(None, pl.Int64)
    staffed = rows.with_columns(people_now.alias("people_now"))
    if "people_gap" in schema:
        staffed = staffed.with_columns((pl.col("people_now").cast(pl.Int64) - pl.col("people_needed").cast(pl.Int64)).alias("people_gap"))
    return staffed.select(typed(schema))
