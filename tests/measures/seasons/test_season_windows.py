"""The windows of many series at once are those of each series alone."""

import numpy as np
import pytest

from measures.seasons import season_windows as windows
from measures.seasons import seasons


@pytest.mark.parametrize("months", [1, 3, 6])
def test_peaks_lows_and_off_seasons_equal_the_ones_found_one_by_one(months):
    index = np.random.default_rng(months).normal(1, 0.2, (300, 12)).round(2)
    peaks, lows = windows.peak_starts(index, months), windows.low_starts(index, months)
    starts, lengths = windows.off_seasons(index, peaks, months, 0.97)
    for row in range(300):
        peak = seasons.peak_window(index[row], months)
        low = seasons.off_season(index[row], peak, 0.97)
        assert (peaks[row], lows[row]) == (peak.start, seasons.low_window(index[row], months).start)
        assert (starts[row], lengths[row]) == ((low.start, low.months) if low else (0, 0))


def test_a_window_that_wraps_covers_december_and_january():
    inside = windows.months_in(np.array([11, 5]), np.array([4, 0]))
    assert [month for month in range(1, 13) if inside[0, month - 1]] == [1, 2, 11, 12]
    assert not inside[1].any()
