"""With which contact did each account's present run of contacts begin? A run ends where there was silence for longer than the window."""

import numpy as np
import polars as pl

SCHEMA = {"account_key": pl.Int32, "last_contact_on": pl.Date, "run_on": pl.Date, "before_on": pl.Date, "is_own_touch": pl.Boolean}


def contact_runs(contacts: pl.DataFrame, protection_days: int) -> pl.DataFrame:
    """One row per account of queries/pipeline/contact_days.sql.

    last_contact_on; run_on, the contact with which the present run began: before it there was silence for more than `protection_days`, or
    nothing at all; before_on, the contact before that silence; is_own_touch, whether the run began with the customer's own contact.
    """
    account, day, is_own = _days_in_touch(contacts)
    place = np.arange(len(account))
    is_first = np.diff(account, prepend=-1) != 0
    begins = is_first | (np.diff(day, prepend=0) > protection_days)
    last = np.flatnonzero(np.diff(account, append=-1) != 0)
    run = np.maximum.accumulate(np.where(begins, place, 0))[last]
    frame = pl.DataFrame({"account_key": account[last], "last_contact_on": day[last], "run_on": day[run], "before_on": day[run - 1], "is_own_touch": is_own[run]})
    nothing_before = pl.when(pl.Series(is_first[run])).then(None).otherwise(pl.col("before_on")).alias("before_on")
    return frame.with_columns(nothing_before).select(pl.col(name).cast(pl.Int32).cast(kind) for name, kind in SCHEMA.items())


def _days_in_touch(contacts: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Account, day (a whole number) and whether one of the day's contacts was the customer's own: sorted, one element per account and day."""
    account, day, is_own = (contacts[name].to_physical().to_numpy() for name in ("account_key", "happened_on", "is_own"))
    # Written into one whole number they are sorted many times faster than as three columns; the own contact comes last of its day.
    packed = account.astype(np.int64)
    packed <<= 33
    packed += day.astype(np.int64) << 1
    packed += is_own
    packed.sort()
    cell = packed >> 1
    kept = packed[np.diff(cell, append=-1) != 0]
    account = (kept + (1 << 32)) >> 33
    return account, (kept - (account << 33)) >> 1, (kept & 1).astype(bool)
