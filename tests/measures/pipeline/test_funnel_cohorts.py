"""Cohorts by the month of entering a stage: who went on in time, and which months are too young to judge."""

from datetime import date
from pathlib import Path

import polars as pl

from measures.pipeline import funnel_cohorts
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as
from tests.measures.pipeline.pipelines import deals_store

PATHS = {
    "on": [("lead", 1), ("offer", 6), ("won", 40)],
    "late": [("lead", 2), ("offer", 50)],
    "skips": [("lead", 3), ("won", 8)],
    "back": [("lead", 1), ("offer", 4), ("lead", 5), ("offer", 60)],
    "young": [("lead", 35)],
    "last": [("lead", 70)],
}
JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))


def cohorts(folder: Path, filters: Filters = Filters(), **overrides: object) -> pl.DataFrame:
    ask = ask_as(deals_store(folder, PATHS, {deal: {"expected_amount": 100} for deal in PATHS}))
    return funnel_cohorts.answer(ask, filters, cuts(funnel_cohorts.THRESHOLDS, None, {"maturity_days": 30} | overrides)).cohorts


def test_the_share_that_went_on_in_time_by_month_of_entering(tmp_path: Path) -> None:
    found = cohorts(tmp_path).select("cohort", "stage", "entered", "reached", "conversion_rate", "mature")
    assert found.rows() == [
        (JANUARY, "lead", 4, 3, 0.75, True),  # late took 48 days
        (JANUARY, "offer", 3, 1, 1 / 3, True),  # on took 34 days; skips passed it at once; back is still in it
        (FEBRUARY, "lead", 1, 0, 0.0, False),
        (FEBRUARY, "offer", 1, 0, 0.0, False),
        (MARCH, "lead", 1, 0, 0.0, False),
    ]


def test_the_columns_are_those_that_were_promised(tmp_path: Path) -> None:
    assert cohorts(tmp_path).columns[:5] == ["cohort", "stage", "entered", "reached", "conversion_rate"]
    assert "mature" in cohorts(tmp_path / "again").columns


def test_a_longer_window_counts_the_late_ones_and_matures_later(tmp_path: Path) -> None:
    january = cohorts(tmp_path, maturity_days=48).filter(pl.col("cohort") == JANUARY)
    assert january.select("stage", "reached", "mature").rows() == [("lead", 4, False), ("offer", 2, False)]


def test_the_sales_model_stretches_and_shortens_the_window(tmp_path: Path) -> None:
    heavy = cohorts(tmp_path, sales_model="heavy_b").filter(pl.col("cohort") == JANUARY)
    small = cohorts(tmp_path / "small", sales_model="small_c").filter(pl.col("cohort") == JANUARY)
    assert (heavy["reached"].to_list(), heavy["mature"].to_list()) == ([4, 2], [False, False])
    assert (small["reached"].to_list(), small["mature"].to_list()) == ([3, 1], [True, True])


def test_money_goes_on_as_deals_do(tmp_path: Path) -> None:
    assert cohorts(tmp_path).select("value", "reached_value").row(0) == (400.0, 300.0)


def test_the_period_takes_deals_by_their_creation(tmp_path: Path) -> None:
    assert cohorts(tmp_path, Filters(from_date=FEBRUARY))["cohort"].unique().sort().to_list() == [FEBRUARY, MARCH]
