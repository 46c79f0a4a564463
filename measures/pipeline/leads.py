"""Protection of leads (source 002): the owner keeps an open deal while the customer is in touch; silence cools it down.

protected   the last two-way contact, or the deal's creation, is at most the window ago
cooled      longer: no more pushing; others may take it up, or the customer comes back
reawakened  it had cooled, and the customer's own contact began the present run of contacts
"""

from datetime import date

import polars as pl

from measures.pipeline.contact_runs import contact_runs

STATUSES = ("protected", "cooled", "reawakened")
FIRST = ("opportunity_id", "account", "stage", "value")
LAST = ("salesperson", "region", "account_id", "salesperson_id", "region_id")
SUMMARY_SCHEMA = {"lead_status": pl.String, "deals": pl.Int64, "value": pl.Float64}


def watched(open_deals: pl.DataFrame, contacts: pl.DataFrame, until: date | None, protection_days: int) -> pl.DataFrame:
    """Open deals with lead_status, silent_days, last_contact_on and protected_until beside them, in their order.

    `open_deals` are rows of queries/pipeline/open_values.sql, `contacts` of contact_days.sql. A deal's creation counts
    as a contact: somebody brought it.
    """
    found = open_deals.join(contact_runs(contacts, protection_days), on="account_key", how="left", maintain_order="left")
    window, day = pl.duration(days=protection_days), pl.lit(until, pl.Date)
    last = pl.max_horizontal("created_on", "last_contact_on")
    quiet = pl.max_horizontal("created_on", "before_on")
    woke = pl.col("is_own_touch").fill_null(False) & (pl.col("run_on") > quiet + window)
    status = pl.when(last + window < day).then(pl.lit("cooled")).when(woke).then(pl.lit("reawakened")).otherwise(pl.lit("protected"))
    return found.with_columns(
        status.alias("lead_status"), (day - last).dt.total_days().alias("silent_days"), last.alias("last_contact_on"),
        (last + window).cast(pl.Date).alias("protected_until"),
    )  # fmt: skip


def leads(found: pl.DataFrame) -> pl.DataFrame:
    """`watched` deals with their names as they are shown, one by one, the largest first."""
    shown = found.select(*FIRST, "lead_status", "silent_days", "last_contact_on", "protected_until", *LAST)
    return shown.sort("value", "opportunity_id", descending=[True, False], nulls_last=True)


def lead_totals(found: pl.DataFrame) -> pl.DataFrame:
    """Open deals and their value by status: protected, cooled, reawakened."""
    parts = {status: found.filter(pl.col("lead_status") == status)["value"] for status in STATUSES}
    rows = [(status, len(values), float(values.sum())) for status, values in parts.items()]
    return pl.DataFrame(rows, schema=SUMMARY_SCHEMA, orient="row")
