"""What was done with an account: the newest activities of it and of those under it, and the sums of all its own."""

import polars as pl

TOTALS_SCHEMA = {
    "account_id": pl.String, "visits_made": pl.Int64, "calls_made": pl.Int64, "events_attended": pl.Int64, "activity_cost": pl.Float64, "last_visit_on": pl.Date,
}  # fmt: skip
_TOLD = [name for name in TOTALS_SCHEMA if name != "account_id"]
_NOTHING = {"visits_made": 0, "calls_made": 0, "events_attended": 0, "activity_cost": None, "last_visit_on": None}


def activities_and_totals(rows: pl.DataFrame, profile: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of queries/accounts/activities without the sums that stand on each of them, and these sums by TOTALS_SCHEMA.

    The sums are one row, of zeros where nothing was done; none for an account that the viewer doesn't see (`profile` is empty).
    """
    told = rows.row(0, named=True) if rows.height else _NOTHING
    totals = [{"account_id": account} | {name: told[name] for name in _TOLD} for account in profile["account_id"]]
    return rows.drop(_TOLD), pl.DataFrame(totals, schema=TOTALS_SCHEMA)
