"""With which contact did each account's present run of contacts begin? A run ends where there was silence for longer than the window."""

import numpy as np
import polars as pl

from measures.typed import typed

SCHEMA = {"account_key": pl.Int32, "last_contact_on": pl.Date, "run_on": pl.Date, "before_on": pl.Date, "is_own_touch": pl.Boolean}


def contact_runs(contacts: pl.DataFrame, protection_days: int) -> pl.DataFrame:
    """One row per account of queries/pipeline/contact_days.sql.

    last_contact_on; run_on, the contact with which the present run began: before it there was silence for more than `protection_days`, or
    nothing at all; before_on, the contact before that silence; is_own_touch, whether the run began with the customer's own contact.
    """
    if contacts.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    packed, stride, first_day = _packed(contacts, protection_days)
    cell = packed >> 1
    begin = np.r_[0, np.flatnonzero(np.diff(cell) > protection_days) + 1]
    account = cell[begin] // stride
    run = np.flatnonzero(np.diff(account, append=-1))
    start, last = begin[run], np.r_[begin[1:], len(cell)][run] - 1
    # The customer's own contact comes last of its day.
    is_own = packed[np.searchsorted(cell, cell[start], side="right") - 1] & 1 == 1
    days = {name: (cell[at] % stride).astype(np.int32) + first_day for name, at in (("last_contact_on", last), ("run_on", start), ("before_on", start - 1))}
    frame = pl.DataFrame({"account_key": account[run], **days, "is_own_touch": is_own})
    nothing_before = pl.Series(np.diff(account, prepend=-1)[run] != 0)
    return frame.with_columns(pl.when(~nothing_before).then("before_on").alias("before_on")).select(typed(SCHEMA))


def _packed(contacts: pl.DataFrame, protection_days: int) -> tuple[np.ndarray, int, int]:
    """Each contact as one whole number, sorted: (account × stride + day after the first one) × 2 + whether it was the customer's own.

    The stride leaves more than `protection_days` between accounts, so that one comparison tells where a run begins. Written as short as the
    numbers allow, contacts are sorted many times faster than as three columns.
    """
    account, day, is_own = (contacts[name].to_physical().to_numpy() for name in ("account_key", "happened_on", "is_own"))
    first_day = int(day.min())
    stride = int(day.max()) - first_day + protection_days + 1
    packed = account.astype(np.min_scalar_type(-2 * stride * (int(account.max()) + 1)))
    packed *= stride
    packed += day - first_day
    packed <<= 1
    packed += is_own
    packed.sort()
    return packed, stride, first_day
