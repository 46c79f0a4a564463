"""What contacts cost by the source of the deals that they belong to.

A contact belongs to the account's deals that are open in its month, in equal parts, because none says which deal it was for. Contacts of an
account without an open deal belong to none.
"""

from datetime import date
from math import fsum

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
    cell, count = np.unique(_cells(np.searchsorted(at, first), np.searchsorted(at, end), number, len(at)), return_counts=True)
    of_source, contact = np.divmod(cell, max(len(at), 1))
    bounds = np.searchsorted(of_source, np.arange(len(sources) + 1))
    columns = {name: _sums(contacts[name].to_numpy()[place][contact] / shared[contact] * count, bounds) for name in ("cost", "hours", "contacts")}
    return pl.DataFrame({"source_key": sources, **columns}, schema=SCHEMA).filter(pl.col("contacts").is_not_null())


def _keys(rows: pl.DataFrame, day: str) -> np.ndarray:
    return rows["account_key"].to_numpy().astype(np.int64) * _MONTHS + columns_of(rows[day], _FIRST)


def _spans(deals: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The keys of the month in which each deal was opened, and of that after the one in which it was open last."""
    return _keys(deals, "first_on"), _keys(deals, "last_on") + 1


def _cells(first: np.ndarray, end: np.ndarray, source: np.ndarray, contacts: int) -> np.ndarray:
    """source × `contacts` + contact, of each deal's contacts from `first` up to `end`, one after the other."""
    lengths = end - first
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.repeat(source * contacts + first, lengths) + within


def _sums(values: np.ndarray, bounds: np.ndarray) -> list[float | None]:
    """The exact sum of each source's known values, whatever their order; None where none is known."""
    parts = (values[start:end] for start, end in zip(bounds, bounds[1:], strict=False))
    known = (part[~np.isnan(part)].tolist() for part in parts)
    return [fsum(part) if part else None for part in known]
