"""On which side of the stability cut an account stands, given the way it came (methods.md section 1, hysteresis).

A stable account turns unstable only above cut × (1 + dead band), an unstable one stable only below cut × (1 − dead band). Within the
band the side is that of the month ends before: each is what the answer would have said at that date, with the season of today. The first
month end that is known takes the side of the cut itself. A dead band of 0 leaves the cut alone.
"""

import numpy as np

from measures.customers.quadrant_book import Book
from measures.customers.stability import Rules, hysteresis, variations_of
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts

PATH_MONTHS = 60
"""Month ends that are looked back on: who has stood within the band for five years has no side that anybody remembers."""

AT_ONCE = (6, 6, 12, 36)
"""Month ends judged in one go: most accounts come from beyond the band within half a year, and the few that do not are looked up in long steps."""


def are_stable(book: Book, rows: np.ndarray, ends: np.ndarray, cv: np.ndarray, cuts: Cuts) -> np.ndarray:
    """Whether each of the book's `rows`, with the variation `cv` at its month end, counts as stable; false where it has none.

    `ends` are as `windows` takes them. Only those within the band need their way, and only back to where they last stood beyond it: that
    step decides.
    """
    cut, band = float(cuts["stability_cut"]), float(cuts["hysteresis"])
    found = cv < cut
    left = np.flatnonzero((cv >= cut * (1 - band)) & (cv <= cut * (1 + band))) if band else np.empty(0, int)
    back, dates = 1, min(PATH_MONTHS, ends.max(initial=0))
    for step in AT_ONCE:
        step = min(step, dates - back)
        if step <= 0 or not len(left):
            break
        path = variations(book, rows[left], ends[left] - back, step, cuts)
        known = ~np.isnan(path).all(axis=1)
        found[left[known]] = hysteresis(path[known], cut, band, _first_side(path[known], cut))[:, -1]
        left = left[~((path < cut * (1 - band)) | (path > cut * (1 + band))).any(axis=1)]
        back += step
    return found


def variations(book: Book, rows: np.ndarray, ends: np.ndarray, dates: int, cuts: Cuts) -> np.ndarray:
    """The variation of each of the book's `rows` at the last `dates` month ends up to its own of `ends`, (rows, dates): all judged in one go."""
    volumes, expected = windows(book, rows, ends, dates, int(cuts["stability_months"]))
    return variations_of(volumes, expected, Rules.of(cuts)).reshape(len(rows), dates)


def windows(book: Book, rows: np.ndarray, ends: np.ndarray, dates: int, length: int) -> tuple[np.ndarray, np.ndarray]:
    """The volumes of the `length` months before each date, (rows × dates, length), and the season of these months, (dates, length).

    `ends` (rows,) say how many months of the book's span each row's last date has behind it: whole years apart, so that the same months
    of the calendar lie before them, else ValueError. What lies before the span does not count (NaN).
    """
    last = int(ends[0]) if len(ends) else length
    if ((ends - last) % YEAR).any():
        raise ValueError("the month ends must lie whole years apart")
    first = np.arange(1 - dates, 1) - length
    # A row's windows overlap: its months are looked up once, and a step along them is the next date's window.
    column = ends[:, None] + np.arange(first[0], 0)
    lines = book.volumes[rows[:, None], np.maximum(column, 0)]
    if (column < 0).any():
        lines[column < 0] = np.nan
    # Each month of the windows together in memory, as the variation wants them.
    volumes = np.lib.stride_tricks.sliding_window_view(lines.T, dates, axis=0).reshape(length, -1)
    calendar = (book.span.start.month - 1 + last + first[:, None] + np.arange(length)) % YEAR
    return volumes.T, book.season[calendar]


def _first_side(path: np.ndarray, cut: float) -> np.ndarray:
    """The side of the cut on which each row's first known variation lies."""
    first = np.argmax(~np.isnan(path), axis=1)
    return path[np.arange(len(path)), first] < cut
