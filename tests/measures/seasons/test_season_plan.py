"""The plan's months: the next off-season, the peak after it, the last whole peak."""

from datetime import date

import numpy as np
import pytest

from measures.history import History
from measures.seasons.off_season_targets import THRESHOLDS
from measures.seasons.season_plan import SeasonPlan, horizon, season_plan
from measures.thresholds import cuts
from tests.measures.seasons.test_seasons import MEAN

SI = np.array(MEAN)


def plan(start: date, end: date, *, running: bool = False, **overrides) -> SeasonPlan | None:
    span = History(start, end)
    totals = 100 * SI[[month.month - 1 for month in span.months]]
    return season_plan(totals, span, cuts(THRESHOLDS, overrides=overrides), running=running)


@pytest.mark.parametrize(
    ("end", "off_season", "peak", "last_peak"),
    [
        (date(2026, 1, 1), date(2026, 4, 1), date(2026, 10, 1), date(2025, 10, 1)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 10, 1), date(2025, 10, 1)),
        (date(2026, 5, 1), date(2027, 4, 1), date(2027, 10, 1), date(2025, 10, 1)),
        (date(2026, 12, 1), date(2027, 4, 1), date(2027, 10, 1), date(2025, 10, 1)),
    ],
)
def test_the_next_off_season_begins_at_or_after_the_data_and_the_peak_follows_it(end, off_season, peak, last_peak):
    found = plan(date(2021, 1, 1), end)
    assert (found.off_season.start, found.off_season.length) == (off_season, 6)
    assert (found.peak.start, found.peak.length) == (peak, 3)
    assert found.last_peak.start == last_peak


def test_the_forecast_reaches_the_end_of_the_peak():
    span = History(date(2021, 1, 1), date(2026, 1, 1))
    assert horizon(plan(span.start, span.end), span) == 12


def test_under_two_years_only_a_season_set_by_hand_has_months():
    start, end = date(2025, 1, 1), date(2025, 9, 1)
    assert plan(start, end) is None
    assert plan(start, end, peak_start=10) is None
    found = plan(start, end, peak_start=10, off_season_start=2, off_season_months=3)
    assert (found.off_season.start, found.peak.start, found.last_peak) == (date(2026, 2, 1), date(2026, 10, 1), None)


def test_a_flat_year_has_no_off_season():
    span = History(date(2021, 1, 1), date(2026, 1, 1))
    assert season_plan(np.full(60, 5.0), span, cuts(THRESHOLDS)) is None


def test_what_is_left_of_a_running_off_season_can_be_planned():
    """April to September; the data end with June."""
    found = plan(date(2021, 1, 1), date(2026, 7, 1), running=True)
    assert (found.off_season, found.running) == (History(date(2026, 7, 1), date(2026, 10, 1)),) * 2
    assert found.gone == History(date(2026, 4, 1), date(2026, 7, 1))
    assert found.peak.start == date(2026, 10, 1)


def test_a_running_off_season_is_said_while_the_next_one_is_planned():
    found = plan(date(2021, 1, 1), date(2026, 7, 1))
    assert (found.running, found.gone, found.off_season.start) == (History(date(2026, 7, 1), date(2026, 10, 1)), None, date(2027, 4, 1))


@pytest.mark.parametrize("end", [date(2026, 4, 1), date(2026, 10, 1), date(2026, 2, 1)])
def test_between_off_seasons_none_runs(end):
    found = plan(date(2021, 1, 1), end, running=True)
    assert (found.running, found.gone) == (None, None)
    assert found.off_season.start == date(2027 if end.month == 10 else 2026, 4, 1)
