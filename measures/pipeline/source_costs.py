"""What contacts cost by the source of the deals that they belong to.

A contact belongs to the account's deals that are open in its month, in equal parts, because none says which deal it was for. Contacts of an
account without an open deal belong to none.
"""

from datetime import date

import numpy as np
import polars as pl

from measures.month_grid import columns_of
from measures.sorting import order_by

SCHEMA = {"source_key": pl.Int32, "cost": pl.Float64, "hours": pl.Float64, "contacts": pl.Float64}
VALUES = ("cost", "hours", "contacts")


def source_costs(deals: pl.DataFrame, contacts: pl.DataFrame) -> pl.DataFrame:
    """By SCHEMA, the sources of which a deal had a contact: `cost` and `hours` are null where nobody wrote any.

    `deals` is queries/pipeline/source_deals.sql, `contacts` contact_costs.sql.
    """
    if contacts.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    line, order = _Line(contacts), order_by(contacts["account_key"].to_numpy(), columns_of(contacts["month"], contacts["month"].min()))
    theirs = deals.filter(pl.Series(line.knows(deals)))
    shared = _open_at(*line.reach(theirs), len(order))
    # One deal's part; where no deal is open there is none to take it.
    parts = [contacts[name].to_numpy()[order] / np.maximum(shared, 1) for name in VALUES]
    rows = [(source, *_of_source(_open_at(start, stop, len(order)), parts)) for source, start, stop in _by_source(theirs.drop_nulls("source_key"), line)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").filter(pl.col("contacts").is_not_null())


class _Line:
    """The contacts in the order of their accounts and months, and how many of them come before each month of each account.

    Months run from the first contact's to the one after the last's: what lies before or after finds the same contacts as these two.
    """

    def __init__(self, contacts: pl.DataFrame) -> None:
        self._first: date = contacts["month"].min()
        keys, column = contacts["account_key"].to_numpy(), columns_of(contacts["month"], self._first)
        self._after = int(column.max()) + 1
        known = np.zeros(keys.max() + 1, bool)
        known[keys] = True
        self._begin = np.where(known, (known.cumsum() - 1) * (self._after + 1), -1)
        self._before = np.cumsum(np.bincount(self._begin[keys] + column + 1, minlength=int(known.sum()) * (self._after + 1) + 1))

    def knows(self, deals: pl.DataFrame) -> np.ndarray:
        """Whose account has a contact at all."""
        keys = deals["account_key"].to_numpy()
        return (keys < len(self._begin)) & (self._begin[np.minimum(keys, len(self._begin) - 1)] >= 0)

    def reach(self, deals: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """The first contact in a month in which each deal was open, and the one after the last such; the line knows all their accounts."""
        begin = self._begin[deals["account_key"].to_numpy()]
        first, after = columns_of(deals["first_on"], self._first), columns_of(deals["last_on"], self._first) + 1
        return tuple(self._before[begin + np.clip(column, 0, self._after)] for column in (first, after))


def _open_at(start: np.ndarray, stop: np.ndarray, contacts: int) -> np.ndarray:
    """How many deals are open at each contact: those that have begun less those that have ended."""
    return np.cumsum(np.bincount(start, minlength=contacts + 1) - np.bincount(stop, minlength=contacts + 1))[:-1]


def _by_source(deals: pl.DataFrame, line: _Line) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """Each source's key, and what its deals reach."""
    order = order_by(deals["source_key"].to_numpy())
    keys = deals["source_key"].to_numpy()[order]
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    start, stop = (np.split(of[order], begins[1:]) for of in line.reach(deals))
    return list(zip(keys[begins].tolist(), start, stop, strict=False))


def _of_source(own: np.ndarray, parts: list[np.ndarray]) -> list[float | None]:
    """The sums of a source's parts, of whose deals so many were `own` at each contact; None where no value is known."""
    at = np.flatnonzero(own)
    return [_sum(of[at] * own[at]) for of in parts]


def _sum(values: np.ndarray) -> float | None:
    """The sum of the known values, which come in the order of their accounts and months; None where none is known."""
    known = values[~np.isnan(values)]
    return float(known.sum()) if len(known) else None
