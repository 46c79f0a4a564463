"""The next peak of each of many rows, accounts or their cells: there are few peaks, and each is looked at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from measures.history import History, months_between
from measures.seasons.peak_windows import months_ahead
from measures.seasons.seasons import YEAR


@dataclass(frozen=True)
class RowPeaks:
    """`distinct` are the peaks, each once, `number` (rows,) which of them is each row's."""

    distinct: tuple[History, ...]
    number: np.ndarray

    def of(self, rows: np.ndarray) -> "RowPeaks":
        """The peaks of some of the rows, any of them as often as it is named."""
        return RowPeaks(self.distinct, self.number[rows])

    @property
    def starts(self) -> np.ndarray:
        """The first day of each row's peak, (rows,)."""
        return np.array([peak.start for peak in self.distinct], "datetime64[D]")[self.number]

    @property
    def lengths(self) -> np.ndarray:
        """How many months each row's peak has, (rows,)."""
        return np.array([peak.length for peak in self.distinct], int)[self.number]

    def ahead(self, span: History, horizon: int) -> np.ndarray:
        """Which months of a forecast that begins at the history's end lie in each row's peak, (rows, horizon)."""
        first, after = np.array([months_ahead(peak, span) for peak in self.distinct], int).reshape(-1, 2).T
        steps = np.arange(horizon)
        return ((steps >= first[:, None]) & (steps < after[:, None]))[self.number]


def row_peaks(keys: Sequence[str | None], peaks: Mapping[str | None, History]) -> RowPeaks:
    """The peaks of rows that say by their key (a region, say) which is theirs."""
    distinct = tuple(dict.fromkeys(peaks.values()))
    place = {key: distinct.index(peak) for key, peak in peaks.items()}
    return RowPeaks(distinct, np.array([place[key] for key in keys], int))


def sold_in_peaks(units: np.ndarray, peaks: RowPeaks, span: History, back: int = 1) -> np.ndarray:
    """Each row's units (rows, months) in its peak of `back` years before; NaN where the history does not hold it."""
    found = np.full(len(units), np.nan)
    for place, peak in enumerate(peaks.distinct):
        at, rows = peak_before(peak, span, back), np.flatnonzero(peaks.number == place)
        if at is not None:
            found[rows] = units[rows, at].sum(axis=1)
    return found


def began_since(sales: np.ndarray, peaks: RowPeaks, span: History) -> np.ndarray:
    """Which rows of `sales` (rows, months) first bought after their last peak had begun: what they bought in it is no whole peak's."""
    starts = [at.start if at else -1 for at in (peak_before(peak, span) for peak in peaks.distinct)]
    sold = sales > 0
    return (np.argmax(sold, axis=1) > np.array(starts, int)[peaks.number]) & sold.any(axis=1)


def peak_before(peak: History, span: History, back: int = 1) -> slice | None:
    """Where the peak of `back` years before lies in the history: the last whole one for 1; None where the data don't hold it."""
    columns = [months_between(span.start, month) for month in (peak.start, peak.end)]
    late = max(0, -(-(columns[1] - span.length) // YEAR)) * YEAR
    start, end = (column - late - YEAR * (back - 1) for column in columns)
    return slice(start, end) if start >= 0 else None
