"""Small frames for the shapes of the pipeline's pages."""

from datetime import date

import polars as pl

from charts.pipeline.cohorts import cohorts
from charts.pipeline.forecast import forecast, turned_out
from charts.pipeline.funnel import funnel
from charts.pipeline.life_cycle import life_cycle
from charts.pipeline.repurchase import repurchase
from charts.pipeline.survival import survival
from charts.pipeline.win_rates import win_rates
from tests.charts.space_shapes import EMPTY_SPACE, SPACE_SHAPES

STAGES = pl.DataFrame(
    {"stage": ["Contact", "Offer", "won"], "position": [1, 2, 3], "entered": [10, 6, 3], "reached_next": [6, 3, None],
     "conversion_rate": [0.6, 0.5, None], "value_conversion_rate": [0.7, 0.4, None], "median_days": [12.0, None, None], "value": [1000.0, 600.0, 300.0],
     "open": [1, 2, 0], "lost_here": [3, 1, 0], "returned": [None, None, None], "dropped": [4, 3, None], "dropped_value": [400.0, 300.0, None],
     "mature_entered": [10, 6, 3], "mature_value": [1000.0, 600.0, 300.0], "mature_conversion_rate": [0.6, 0.5, None]},
    schema_overrides={"returned": pl.Int64},
)  # fmt: skip
YOUNG = STAGES.with_columns(mature_entered=pl.Series([7, 4, 2]), mature_value=pl.Series([800.0, 500.0, 200.0]))
CURVE = pl.DataFrame(
    {"stage": ["Contact"] * 3 + ["Offer"], "day": [1, 5, 9, 4], "survival": [0.8, 0.5, 0.05, 0.5], "at_risk": [20, 15, 10, 6]}
)  # fmt: skip
MONTHS = pl.DataFrame(
    {"month": [date(2026, 11, 1), date(2026, 12, 1)], "weighted": [230.0, 100.0], "p10": [100.0, 0.0], "p90": [400.0, 200.0], "target": [500.0, 500.0],
     "target_cover": [0.46, 0.2], "adjusted": [184.0, 80.0], "n": [3, 1]}
)  # fmt: skip
BARE = MONTHS.with_columns(pl.lit(None, pl.Float64).alias(name) for name in ("target", "target_cover", "adjusted"))
FAR_TARGET = MONTHS.with_columns(target=pl.lit(5000.0), target_cover=pl.Series([0.046, 0.02]))
RECORD = pl.DataFrame(
    {"quarter": [date(2026, 4, 1), date(2026, 7, 1)], "weighted": [100.0, 0.0], "p10": [50.0, 0.0], "p90": [150.0, 0.0], "actual_of_open": [80.0, 0.0],
     "forecast_error": [-0.2, None]}
)  # fmt: skip
COHORTS = pl.DataFrame(
    {"cohort": [date(2026, 1, 1), date(2026, 1, 1), date(2026, 2, 1)], "stage": ["Contact", "Offer", "Contact"], "entered": [4, 2, 5], "reached": [2, 1, 1],
     "conversion_rate": [0.5, 0.5, 0.2], "mature": [True, True, False]}
)  # fmt: skip
LIFE = pl.DataFrame(
    {"life_stage": ["prospect", "active", "lost"], "position": [2, 6, 8], "owner": ["marketing", "service", "sales"], "accounts": [3, 5, 1],
     "share": [3 / 9, 5 / 9, 1 / 9], "net_sales": [0.0, 900.0, 0.0], "open_value": [50.0, 0.0, 0.0], "accounts_before": [2, 6, 0]}
)  # fmt: skip
UNKNOWN_BEFORE = LIFE.with_columns(accounts_before=pl.lit(None, pl.Int64))
QUARTERS = pl.DataFrame(
    {"cohort": [date(2026, 1, 1), date(2026, 4, 1)], "first_orders": [4, 2], "repurchased": [3, 1], "repurchase_rate": [0.75, 0.5], "mature": [True, False]}
)  # fmt: skip
RATES = pl.DataFrame(
    {"region": ["North", "South", None], "won": [8, 0, 1], "lost": [2, 5, 0], "win_rate": [0.8, 0.0, 1.0], "win_rate_lo": [0.49, 0.0, 0.2],
     "win_rate_hi": [0.94, 0.43, 1.0]}
)  # fmt: skip

PIPELINE_SHAPES = {
    "funnel": lambda look: funnel(STAGES, theme=look, finding="It rose"),
    "young funnel": lambda look: funnel(YOUNG, measure="value", theme=look, finding="It rose"),
    "snapshot": lambda look: funnel(STAGES, view="snapshot", measure="value", theme=look, finding="It rose"),
    "two funnels": lambda look: funnel(STAGES, theme=look, finding="It rose", beside=YOUNG, names=("North", "South")),
    "survival": lambda look: survival(CURVE, theme=look, finding="It rose"),
    "cohorts": lambda look: cohorts(COHORTS, theme=look, finding="It rose"),
    "win rates": lambda look: win_rates(RATES, name="region", overall=0.5, theme=look, finding="It rose"),
    "forecast": lambda look: forecast(MONTHS, theme=look, finding="It rose"),
    "forecast far from its target": lambda look: forecast(FAR_TARGET, theme=look, finding="It rose"),
    "bare forecast": lambda look: forecast(BARE, theme=look, finding="It rose"),
    "turned out": lambda look: turned_out(RECORD, theme=look, finding="It rose"),
    "life cycle": lambda look: life_cycle(LIFE, theme=look, finding="It rose"),
    "life cycle alone": lambda look: life_cycle(UNKNOWN_BEFORE, theme=look, finding="It rose"),
    "repurchase": lambda look: repurchase(QUARTERS, theme=look, finding="It rose"),
    **SPACE_SHAPES,
}
EMPTY_PIPELINE_SHAPES = {
    "funnel": lambda: funnel(STAGES.clear()),
    "survival": lambda: survival(CURVE.clear()),
    "cohorts": lambda: cohorts(COHORTS.clear()),
    "win rates": lambda: win_rates(RATES.clear(), name="region", overall=None),
    "forecast": lambda: forecast(MONTHS.clear()),
    "turned out": lambda: turned_out(RECORD.clear()),
    "life cycle": lambda: life_cycle(LIFE.clear()),
    "repurchase": lambda: repurchase(QUARTERS.clear()),
    **EMPTY_SPACE,
}
