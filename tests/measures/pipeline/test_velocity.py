"""Velocity: methods.md's example, what would move it, what did, and the period that it speaks of."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from measures.pipeline import funnel
from measures.pipeline.stage_flow import SCHEMA
from measures.pipeline.velocity import change, levers, value_per_day, velocity
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as
from tests.measures.pipeline.pipelines import deals_store


def a_flow(open_deals: int = 40, win_rate: float | None = 0.25, average: float | None = 1200.0, days: float | None = 60.0) -> pl.DataFrame:
    row = {"open": open_deals, "win_rate": win_rate, "average_value": average, "cycle_days": days}
    return pl.DataFrame([dict.fromkeys(SCHEMA) | row], schema=SCHEMA)


def test_forty_deals_of_a_quarter_at_1200_in_sixty_days_bring_200_a_day() -> None:
    assert value_per_day(40, 0.25, 1200, 60) == 200
    assert velocity(a_flow()).row(0) == (40, 0.25, 1200.0, 60.0, 200.0)


def test_the_columns_are_those_that_were_promised() -> None:
    assert velocity(a_flow()).columns == ["open", "win_rate", "average_value", "cycle_days", "value_per_day"]


@pytest.mark.parametrize("unknown", [{"win_rate": None}, {"average": None}, {"days": None}, {"days": 0.0}, {"days": -5.0}])
def test_velocity_is_unknown_until_something_is_won(unknown: dict) -> None:
    speed = velocity(a_flow(**unknown))
    assert speed["value_per_day"].item() is None
    assert levers(speed).is_empty()


def test_a_tenth_better_of_each_factor_adds_a_tenth_and_of_the_cycle_a_ninth() -> None:
    found = levers(velocity(a_flow()))
    assert dict(found.select("driver", "gain_per_day").iter_rows()) == pytest.approx({"open": 20, "win_rate": 20, "average_value": 20, "cycle_days": 200 / 9})


def test_what_moved_velocity_sums_to_its_change() -> None:
    before, now = velocity(a_flow()), velocity(a_flow(60, 0.20, 1000.0, 50.0))
    effects = change(before, now)
    assert effects["effect_per_day"].sum() == pytest.approx(240 - 200)
    assert [effect > 0 for effect in effects["effect_per_day"]] == [True, False, False, True]


def test_nothing_moved_where_both_are_the_same_or_one_is_unknown() -> None:
    same = velocity(a_flow())
    assert change(same, same)["effect_per_day"].to_list() == [0.0] * 4
    assert change(None, same).is_empty()
    assert change(velocity(a_flow(win_rate=None)), same).is_empty()
    assert change(velocity(a_flow(average=-10.0)), same).is_empty()


PATHS = {
    "won before": [("lead", 1), ("won", 11)],
    "won": [("lead", 5), ("won", 35)],
    "lost": [("lead", 2), ("lost", 40)],
    "open": [("lead", 33)],
    "later": [("lead", 61)],
}
AMOUNTS = {deal: {"expected_amount": amount} for deal, amount in zip(PATHS, (100, 300, 50, 70, 90), strict=True)}
FEBRUARY = Filters(date(2026, 2, 1), date(2026, 3, 1))


def test_velocity_speaks_of_what_is_open_at_the_periods_end_and_closed_in_it(tmp_path: Path) -> None:
    found = funnel.answer(ask_as(deals_store(tmp_path, PATHS, AMOUNTS)), FEBRUARY, cuts(funnel.THRESHOLDS))
    flow = found.flow.row(0, named=True)
    assert {name: flow[name] for name in ("created", "open", "open_value", "won", "lost", "won_value", "lost_value")} == {
        "created": 1, "open": 1, "open_value": 70.0, "won": 1, "lost": 1, "won_value": 300.0, "lost_value": 50.0,
    }  # fmt: skip
    # One open deal × 1 of 2 won × 300 ÷ 30 days.
    assert found.velocity.row(0) == (1, 0.5, 300.0, 30.0, 5.0)


def test_without_a_period_velocity_speaks_of_all_deals(tmp_path: Path) -> None:
    found = funnel.answer(ask_as(deals_store(tmp_path, PATHS, AMOUNTS)), Filters(), cuts(funnel.THRESHOLDS))
    assert found.velocity.row(0) == (2, pytest.approx(2 / 3), 200.0, 20.0, pytest.approx(2 * 2 / 3 * 200 / 20))
    assert found.flow["span"].to_list() == ["now"]
    assert found.velocity_change.is_empty()


def test_a_year_earlier_stands_beside_a_period(tmp_path: Path) -> None:
    long = {deal: [*path, *((stage, on + 365) for stage, on in path)] for deal, path in {"a": [("lead", 33), ("won", 40)]}.items()}
    twice = {"then": long["a"][:2], "now": [(stage, on + 365) for stage, on in long["a"][:2]], "waits": [("lead", 34)]}
    ask = ask_as(deals_store(tmp_path, twice, {deal: {"expected_amount": 100} for deal in twice}))
    found = funnel.answer(ask, Filters(date(2027, 2, 1), date(2027, 3, 1)), cuts(funnel.THRESHOLDS))
    assert found.flow.select("span", "created", "open", "won").rows() == [("now", 1, 1, 1), ("before", 2, 1, 1)]
    assert found.velocity_change["effect_per_day"].to_list() == pytest.approx([0.0] * 4)
