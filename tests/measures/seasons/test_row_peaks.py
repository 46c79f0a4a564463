"""The peaks of many rows: each row has its region's, and months, units and beginnings are told by it."""

from datetime import date

import numpy as np

from measures.history import History
from measures.seasons.row_peaks import RowPeaks, began_since, row_peaks, sold_in_peaks

SPAN = History(date(2024, 1, 1), date(2026, 1, 1))
SUMMER, AUTUMN = History(date(2026, 2, 1), date(2026, 4, 1)), History(date(2026, 4, 1), date(2026, 5, 1))
PEAKS = row_peaks(["S", "N", None], {"S": SUMMER, "N": AUTUMN, None: SUMMER})
UNITS = np.arange(72.0).reshape(3, 24)


def test_each_row_has_the_peak_of_its_key_and_equal_peaks_are_one() -> None:
    assert PEAKS.distinct == (SUMMER, AUTUMN)
    assert PEAKS.number.tolist() == [0, 1, 0]
    assert PEAKS.starts.tolist() == [date(2026, 2, 1), date(2026, 4, 1), date(2026, 2, 1)]
    assert PEAKS.lengths.tolist() == [2, 1, 2]


def test_some_rows_keep_their_peaks() -> None:
    assert PEAKS.of(np.array([1, 1, 2])).starts.tolist() == [date(2026, 4, 1), date(2026, 4, 1), date(2026, 2, 1)]


def test_the_months_of_a_forecast_that_lie_in_each_peak() -> None:
    assert PEAKS.ahead(SPAN, 5).astype(int).tolist() == [[0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 1, 1, 0, 0]]


def test_units_in_the_last_peak_the_one_before_and_one_that_the_history_does_not_hold() -> None:
    assert sold_in_peaks(UNITS, PEAKS, SPAN).tolist() == [13 + 14, 24 + 15, 48 + 13 + 48 + 14]
    assert sold_in_peaks(UNITS, PEAKS, SPAN, back=2).tolist() == [1 + 2, 24 + 3, 48 + 1 + 48 + 2]
    assert np.isnan(sold_in_peaks(UNITS, PEAKS, SPAN, back=3)).all()


def test_who_first_bought_after_the_last_peak_had_begun_is_new_who_never_bought_is_not() -> None:
    sales = np.zeros((3, 24))
    sales[0, 14:] = 1
    sales[1, 15:] = 1
    assert began_since(sales, PEAKS, SPAN).tolist() == [True, False, False]


def test_no_rows_have_no_peaks() -> None:
    assert row_peaks([], {}).ahead(SPAN, 3).shape == (0, 3)
    assert isinstance(row_peaks([], {}), RowPeaks)
