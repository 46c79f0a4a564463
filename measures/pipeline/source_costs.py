"""What contacts cost by the source of the deals that they belong to.

A contact belongs to the account's deals that are open in its month, in equal parts, because none says which deal it was for. Contacts of an
account without an open deal belong to none.
"""

from datetime import date

import numpy as np
import polars as pl

from measures.month_grid import columns_of
from measures.pipeline.stage_order import StageOrder
from measures.sorting import order_by
from measures.typed import filled

SCHEMA = {"source_key": pl.Int32, "cost": pl.Float64, "hours": pl.Float64, "contacts": pl.Float64}
VALUES = ("cost", "hours", "contacts")


def source_costs(deals: pl.DataFrame, contacts: pl.DataFrame, order: StageOrder, as_of: date | None) -> pl.DataFrame:
    """By SCHEMA, the sources of which a deal had a contact: `cost` and `hours` are null where nobody wrote any.

    `deals` is queries/pipeline/source_deals.sql, `contacts` contact_costs.sql; what has not closed is open up to `as_of`, the last day of the
    data (None in a store without any).
    """
    if contacts.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    line, place = _Line(contacts), order_by(contacts["account_key"].to_numpy(), columns_of(contacts["month"], contacts["month"].min()))
    closed = pl.col("last_number").is_in(order.closed_numbers)
    theirs = deals.filter(pl.Series(line.knows(deals))).with_columns(open_until=pl.when(closed).then("since_on").otherwise(pl.lit(as_of)))
    start, stop = line.reach(theirs)
    shared = _open_at(start, stop, len(place))
    # One deal's part; where no deal is open there is none to take it.
    parts = [contacts[name].to_numpy()[place] / np.maximum(shared, 1) for name in VALUES]
    own = _by_source(theirs["source_key"], start, stop)
    rows = [(source, *_of_source(_open_at(*reach, len(place)), parts)) for source, *reach in own]
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
        self._begin = np.where(known, (known.cumsum() - 1) * (self._after + 1), -1).astype(np.int32)
        self._before = np.cumsum(np.bincount(self._begin[keys] + column + 1, minlength=int(known.sum()) * (self._after + 1) + 1), dtype=np.int32)

    def knows(self, deals: pl.DataFrame) -> np.ndarray:
        """Whose account has a contact at all."""
        keys = deals["account_key"].to_numpy()
        return (keys < len(self._begin)) & (self._begin[np.minimum(keys, len(self._begin) - 1)] >= 0)

    def reach(self, deals: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """The first contact in a month in which each deal was open, and the one after the last such; the line knows all their accounts."""
        begin = self._begin[deals["account_key"].to_numpy()]
        first, after = columns_of(deals["created_on"], self._first), columns_of(deals["open_until"], self._first) + 1
        return tuple(self._before[begin + np.clip(column, 0, self._after).astype(np.int32)] for column in (first, after))


def _open_at(start: np.ndarray, stop: np.ndarray, contacts: int) -> np.ndarray:
    """How many deals are open at each contact: those that have begun less those that have ended."""
    return np.cumsum(np.bincount(start, minlength=contacts + 1) - np.bincount(stop, minlength=contacts + 1))[:-1]


def _by_source(source: pl.Series, start: np.ndarray, stop: np.ndarray) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """Each source's key, and what its deals reach; deals that merely share have none."""
    keys = filled(source, -1).to_numpy()
    order = order_by(keys + 1)
    sorted_keys = keys[order]
    begins = np.flatnonzero(np.diff(sorted_keys, prepend=-1))
    first = begins[0] if len(begins) else len(keys)
    parts = (np.split(of[order[first:]], begins[1:] - first) for of in (start, stop))
    return list(zip(sorted_keys[begins].tolist(), *parts, strict=False))


def _of_source(own: np.ndarray, parts: list[np.ndarray]) -> list[float | None]:
    """The sums of a source's parts, of whose deals so many were `own` at each contact; None where no value is known."""
    at = np.flatnonzero(own)
    return [_sum(of[at] * own[at]) for of in parts]


def _sum(values: np.ndarray) -> float | None:
    """The sum of the known values, which come in the order of their accounts and months; None where none is known."""
    known = values[~np.isnan(values)]
    return float(known.sum()) if len(known) else None
