"""The seasons' shapes for the tests that every shape must pass."""

from collections.abc import Callable
from datetime import date

import polars as pl

from charts.chart import Chart
from charts.seasons.mix import mix
from charts.seasons.peak import changes, columns, ranges, trials
from charts.trade.varieties import varieties

PEAKS = pl.DataFrame(
    {"month": [date(2024, 12, 1), date(2025, 12, 1)], "units": [100.0, 110.0], "low": [None, 90.0], "high": [None, 130.0], "is_forecast": [False, True], "is_peak": [False, True]}
)  # fmt: skip
LEVELS = pl.DataFrame(
    {"name": [f"Distributor {n}" for n in range(14)], "total": [float(100 - n) for n in range(14)], "low": [80.0] * 13 + [None], "high": [120.0] * 13 + [None],
     "last_peak": [90.0] * 13 + [None], "change_rate": [0.1] * 13 + [None]}
)  # fmt: skip
TRIALS = pl.DataFrame(
    {"forecast_on": [date(2024, 1, 1), date(2024, 7, 1)], "forecast": [100.0, 90.0], "actual": [110.0, 85.0], "low": [80.0, None], "high": [120.0, None],
     "error_rate": [0.1, -0.056]}
)  # fmt: skip
GROUPS = pl.DataFrame(
    {"group": ["none", "more"], "from_work": [0.0, 1.0], "to_work": [0.0, 4.0], "n": [9, 3], "median_change": [0.02, -0.01], "low": [0.0, None], "high": [0.05, None]}
)  # fmt: skip
VARIETIES = pl.DataFrame(
    {"product_id": ["a", "b", "c", "d", "e"], "product": ["Ale", "Bock", "Cider", "Dunkel", "Export"], "category": ["Beer"] * 5,
     "variety": ["strong", "slow", "unwilling", "slow_and_unwilling", "new"], "distribution": [0.9, 0.8, 0.1, 0.2, 0.1], "rate_of_sale": [9.0, 1.0, 8.0, 1.0, 5.0],
     "median_distribution": [0.5] * 5, "median_rate": [4.0] * 5, "net_sales": [90.0, 40.0, 10.0, 5.0, 2.0]}
)  # fmt: skip
MIX = pl.DataFrame(
    {"mix_id": [str(n) for n in range(20)], "mix_name": [f"Beer {n}" for n in range(20)], "retention": [0.5] * 20, "relative_retention": [0.5 + n / 20 for n in range(20)],
     "low": [0.4 + n / 20 for n in range(20)], "high": [0.6 + n / 20 for n in range(20)], "mix_shift": [0.01] * 20, "role": ["suffers"] * 10 + ["stays"] * 10}
)  # fmt: skip

SEASON_SHAPES: dict[str, Callable[[str], Chart]] = {
    "peaks": lambda look: columns(PEAKS, value="units", title="Units", theme=look, finding="It rose"),
    "ranges": lambda look: ranges(LEVELS, theme=look, finding="It rose"),
    "trials": lambda look: trials(TRIALS, theme=look, finding="It rose"),
    "changes": lambda look: changes(GROUPS, theme=look, finding="It rose"),
    "varieties": lambda look: varieties(VARIETIES, theme=look, finding="It rose"),
    "mix": lambda look: mix(MIX, theme=look, finding="It rose"),
}
EMPTY_SEASON_SHAPES = {
    "peaks": lambda: columns(PEAKS.clear(), value="units", title="Units"),
    "ranges": lambda: ranges(LEVELS.clear()),
    "trials": lambda: trials(TRIALS.clear()),
    "changes": lambda: changes(GROUPS.clear()),
    "varieties": lambda: varieties(VARIETIES.clear()),
    "mix": lambda: mix(MIX.clear()),
}
