"""On which side of the stability cut an account stands, given the way it came (methods.md section 1, hysteresis).

A stable account turns unstable only above cut × (1 + dead band), an unstable one stable only below cut × (1 − dead band). Within the
band the side is that of the month ends before: each is what the answer would have said at that date, with the season of today. The first
month end that is known takes the side of the cut itself. A dead band of 0 leaves the cut alone.
"""

import numpy as np

from measures.customers.quadrant_book import Book
from measures.customers.stability import Rules, hysteresis, variations_of
from measures.history import History, months_between
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from queries.filters import add_months

PATH_MONTHS = 60
"""Month ends that are looked back on: who has stood within the band for five years has no side that anybody remembers."""

AT_ONCE = 6
"""Month ends judged in one go: most accounts come from beyond the band within half a year."""


def is_stable(book: Book, rows: np.ndarray, end: History, cv: np.ndarray, cuts: Cuts) -> np.ndarray:
    """Whether each of the book's `rows`, with the variation `cv` at `end`, counts as stable; false where it has none.

    Only those within the band need their way, and only back to where they last stood beyond it: that step decides.
    """
    cut, band = float(cuts["stability_cut"]), float(cuts["hysteresis"])
    found = cv < cut
    left = np.flatnonzero((cv >= cut * (1 - band)) & (cv <= cut * (1 + band))) if band else np.empty(0, int)
    dates = min(PATH_MONTHS, months_between(book.span.start, end.end))
    for back in range(1, dates, AT_ONCE):
        if not len(left):
            break
        then = History(end.start, add_months(end.end, -back))
        path = variations(book, rows[left], then, min(AT_ONCE, dates - back), cuts)
        known = ~np.isnan(path).all(axis=1)
        found[left[known]] = hysteresis(path[known], cut, band, _first_side(path[known], cut))[:, -1]
        left = left[~((path < cut * (1 - band)) | (path > cut * (1 + band))).any(axis=1)]
    return found


def variations(book: Book, rows: np.ndarray, end: History, dates: int, cuts: Cuts) -> np.ndarray:
    """The variation of each of the book's `rows` at the last `dates` month ends of `end`, (rows, dates): all windows judged in one go."""
    length = int(cuts["stability_months"])
    seen = book.volumes[rows, : months_between(book.span.start, end.end)]
    calendar = (end.end.month - 1 - np.arange(length + dates - 1, 0, -1)) % YEAR
    expected = np.lib.stride_tricks.sliding_window_view(book.season[calendar], length)
    # Each month of the windows together in memory, as `variations_of` wants them.
    cut_out = last_windows(seen, length, dates, np.nan).transpose(2, 0, 1).reshape(length, -1).T
    return variations_of(cut_out, expected, Rules.of(cuts)).reshape(len(rows), dates)


def last_windows(grid: np.ndarray, length: int, dates: int, before: float) -> np.ndarray:
    """The last `dates` windows of `length` months, (rows, dates, length); months before the grid are filled with `before`."""
    missing = max(0, length + dates - 1 - grid.shape[1])
    padded = np.pad(grid, ((0, 0), (missing, 0)), constant_values=before)
    return np.lib.stride_tricks.sliding_window_view(padded, length, axis=1)[:, -dates:]


def _first_side(path: np.ndarray, cut: float) -> np.ndarray:
    """The side of the cut on which each row's first known variation lies."""
    first = np.argmax(~np.isnan(path), axis=1)
    return path[np.arange(len(path)), first] < cut
