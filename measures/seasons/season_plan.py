"""The months that a plan speaks of: an off-season, the peak after it, and the last peak to compare with."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from measures.history import History, months_between
from measures.seasons.season_choice import chosen_off_season, chosen_peak
from measures.seasons.seasons import YEAR, Window, seasonal_index
from measures.thresholds import Cuts
from queries.filters import add_months


@dataclass(frozen=True)
class SeasonPlan:
    """Half-open months. `last_peak` is None where the data hold no whole peak.

    The off-season is the first that begins at or after the end of the data, or what is left of the one that runs; the peak is the
    first after it. `running` is what is left of an off-season at the end of the data, None where none runs; `gone` are the planned
    off-season's months that the data have already.
    """

    off_season: History
    peak: History
    last_peak: History | None
    running: History | None = None
    gone: History | None = None


def season_plan(totals: np.ndarray, span: History, cuts: Cuts, *, running: bool = False) -> SeasonPlan | None:
    """The plan's months from the company's monthly units; None where no off-season is found or set.

    With `running` the plan is for the rest of the off-season that the data end in, if they do. Under two years of history only a
    season set by hand has months.
    """
    index = seasonal_index(span.months, np.maximum(totals, 0.0), int(cuts["years"]), str(cuts["method"]))
    if np.isnan(index).any():
        if not all(cuts[name] for name in ("peak_start", "off_season_start", "off_season_months")):
            return None
        index = np.ones(YEAR)
    peak = chosen_peak(index, cuts)
    low = chosen_off_season(index, peak, cuts)
    return _dated(peak, low, span, running=running) if low else None


def _dated(peak: Window, low: Window, span: History, *, running: bool) -> SeasonPlan:
    start = _next(span.end, low.start)
    begun, rest = add_months(start, -YEAR), History(span.end, add_months(start, low.months - YEAR))
    is_rest = running and rest.length > 0
    off_season = rest if is_rest else History(start, add_months(start, low.months))
    next_peak = _next(off_season.end, peak.start)
    last_start = add_months(_next(add_months(span.end, -peak.months + 1), peak.start), -YEAR)
    last = History(last_start, add_months(last_start, peak.months))
    return SeasonPlan(
        off_season, History(next_peak, add_months(next_peak, peak.months)), last if last_start >= span.start else None,
        rest if rest.length else None, History(begun, span.end) if is_rest else None,
    )  # fmt: skip


def _next(day: date, calendar_month: int) -> date:
    """The first month at or after `day` that is this calendar month."""
    return add_months(day, (calendar_month - day.month) % YEAR)


def horizon(plan: SeasonPlan, span: History) -> int:
    """Months to forecast after the data to reach the end of the plan's peak and off-season."""
    return months_between(span.end, max(plan.peak.end, plan.off_season.end))
