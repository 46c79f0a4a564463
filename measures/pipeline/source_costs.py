"""What contacts cost by the source of the deals that they belong to.

A contact belongs to the account's deals that are open in its month, in equal parts, because none says which deal it was for. Contacts of an
account without an open deal belong to none.
"""

from datetime import date

import numpy as np
import polars as pl

from measures.month_grid import columns_of

SCHEMA = {"source_key": pl.Int32, "cost": pl.Float64, "hours": pl.Float64, "contacts": pl.Float64}
_MONTHS, _FIRST = 1_000_000, date(1, 1, 1)
"""More than there are numbers of months from the first: a key is an account's × _MONTHS + the month's."""


def source_costs(deals: pl.DataFrame, contacts: pl.DataFrame) -> pl.DataFrame:
    """By SCHEMA, the sources of which a deal had a contact: `cost` and `hours` are null where nobody wrote any.

    `deals` is queries/pipeline/source_deals.sql, `contacts` contact_costs.sql.
    """
    of_period = deals["source_key"].is_not_null()
    chosen, sharing = deals.filter(of_period), deals.filter(~of_period)
    at, (begin, after), (first, end) = _keys(contacts, "month"), _spans(sharing), _spans(chosen)
    place, order = np.argsort(at), np.argsort(first)
    # Looked for in order, each is found beside the one before.
    at, first, end = at[place], first[order], end[order]
    # All deals of an account begin and end within its keys: those that have begun less those that have ended are open.
    shared = np.searchsorted(np.sort(begin), at, side="right") - np.searchsorted(np.sort(after), at, side="right")
    sources, number = np.unique(chosen["source_key"].to_numpy()[order], return_inverse=True)
    # One deal's part; where no deal is open there is none to take it.
    parts = {name: contacts[name].to_numpy()[place] / np.maximum(shared, 1) for name in ("cost", "hours", "contacts")}
    start, stop = np.searchsorted(at, first), np.searchsorted(at, end)
    rows = [_of_source(start[number == of], stop[number == of], parts) for of in range(len(sources))]
    columns = {name: [row[name] for row in rows] for name in parts}
    return pl.DataFrame({"source_key": sources, **columns}, schema=SCHEMA).filter(pl.col("contacts").is_not_null())


def _of_source(start: np.ndarray, stop: np.ndarray, parts: dict[str, np.ndarray]) -> dict[str, float | None]:
    """The sums of a source's parts in the contacts: its deals were open from the contact at `start` up to that at `stop`."""
    ends = len(parts["contacts"]) + 1
    own = np.cumsum(np.bincount(start, minlength=ends) - np.bincount(stop, minlength=ends))[:-1]
    at = np.flatnonzero(own)
    return {name: _sum(of[at] * own[at]) for name, of in parts.items()}


def _keys(rows: pl.DataFrame, day: str) -> np.ndarray:
    return rows["account_key"].to_numpy().astype(np.int64) * _MONTHS + columns_of(rows[day], _FIRST)


def _spans(deals: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The keys of the month in which each deal was opened, and of that after the one in which it was open last."""
    return _keys(deals, "first_on"), _keys(deals, "last_on") + 1


def _sum(values: np.ndarray) -> float | None:
    """The sum of the known values, which come in the order of their accounts and months; None where none is known."""
    known = values[~np.isnan(values)]
    return float(known.sum()) if len(known) else None
