"""Protection of leads (source 002): the owner keeps an open deal while the customer is in touch; silence cools it down.

protected   the last two-way contact, or the deal's creation, is at most the window ago
cooled      longer: no more pushing; others may take it up, or the customer comes back
reawakened  it had cooled, and the customer's own contact began the present run of contacts
"""

from datetime import date

import polars as pl

STATUSES = ("protected", "cooled", "reawakened")
FIRST = ("opportunity_id", "account", "stage", "value")
LAST = ("salesperson", "region", "account_id", "salesperson_id", "region_id")
SUMMARY_SCHEMA = {"lead_status": pl.String, "deals": pl.Int64, "value": pl.Float64}


def leads(open_deals: pl.DataFrame, runs: pl.DataFrame, until: date | None, protection_days: int) -> pl.DataFrame:
    """One row per open deal with lead_status, last_contact_on, silent_days and protected_until; the largest first.

    `open_deals` and `runs` are queries/pipeline/open_deals.sql and contact_runs.sql. A deal's creation counts as a contact: somebody
    brought it.
    """
    found = open_deals.join(runs, on="account_id", how="left", maintain_order="left")
    window, day = pl.duration(days=protection_days), pl.lit(until, pl.Date)
    last = pl.max_horizontal("created_on", "last_contact_on")
    quiet = pl.max_horizontal("created_on", "before_on")
    woke = pl.col("is_own_touch").fill_null(False) & (pl.col("run_on") > quiet + window)
    status = pl.when(last + window < day).then(pl.lit("cooled")).when(woke).then(pl.lit("reawakened")).otherwise(pl.lit("protected"))
    return found.select(
        *FIRST, status.alias("lead_status"), (day - last).dt.total_days().alias("silent_days"), last.alias("last_contact_on"),
        (last + window).cast(pl.Date).alias("protected_until"), *LAST,
    ).sort("value", "opportunity_id", descending=[True, False], nulls_last=True)  # fmt: skip


def lead_totals(found: pl.DataFrame) -> pl.DataFrame:
    """One row per status: deals and value."""
    counted = found.group_by("lead_status").agg(pl.len().alias("deals"), pl.col("value").sum())
    order = pl.DataFrame({"lead_status": STATUSES})
    filled = order.join(counted, on="lead_status", how="left", maintain_order="left").with_columns(pl.col("deals", "value").fill_null(0))
    return filled.select(pl.col(name).cast(kind) for name, kind in SUMMARY_SCHEMA.items())
