"""The development plans of a period with what belongs to each: visits, new accounts, how many of these still buy, and at how many nobody looked."""

from datetime import date

import polars as pl

from measures.pipeline.sales_model import words
from measures.team.plan_matches import matched
from measures.team.plan_tables import ALIVE, NOT_SEEN, developments
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

COUNTED = ("developments", "kept", "not_seen")


def plans_done(ask: Ask, scope: Filters, cuts: Cuts, end: date) -> pl.DataFrame:
    """Each row of the plans [salesperson_id, salesperson, region_id, region, month, area, kind, planned_visits, planned_developments] with its
    `visits`, `developments`, `kept` and `not_seen`; new accounts are looked at until `end`.
    """
    plans = ask("team/plans", scope).with_row_index("plan_id")
    rows = matched(plans, ask("team/visits", scope), "visits")
    return matched(rows, _new_accounts(ask, scope, cuts, end), *COUNTED)


def _new_accounts(ask: Ask, scope: Filters, cuts: Cuts, end: date) -> pl.DataFrame:
    """The new accounts by the month in which they were opened, each with ones for what it counts as."""
    days, window = int(cuts["alive_days"]), int(cuts["alive_window"])
    opened = ask("team/developments", scope, alive_days=days, alive_window=window, ordered_words=words(cuts["ordered_outcomes"]))
    status = [(pl.col("life_status") == code).cast(pl.Int64).alias(name) for code, name in ((ALIVE, "kept"), (NOT_SEEN, "not_seen"))]
    return developments(opened, end, days + window).with_columns(pl.col("opened_on").dt.truncate("1mo").alias("month"), *status, developments=pl.lit(1))
