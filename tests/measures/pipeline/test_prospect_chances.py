"""Chances of a win: methods.md section 2's worked examples, and a slow second implementation of the curve."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from measures.pipeline import ridge_logistic
from measures.pipeline.calibration import brier, calibration, isotonic
from measures.pipeline.class_rate import class_range, class_rate
from measures.pipeline.prospect_ladder import CLASS_RATE, LOGISTIC, PLATT, THRESHOLDS, Deals, class_index, climb, rung
from measures.pipeline.prospect_rubric import THRESHOLDS as RUBRIC_THRESHOLDS
from measures.pipeline.prospect_rubric import Rubric, code_of, in_units, rubric_of
from measures.pipeline.ridge_logistic import sigmoid
from measures.thresholds import cuts

CUTS = cuts((*THRESHOLDS, *RUBRIC_THRESHOLDS))
TWO = Rubric(("a", "b"), np.array([1.0, 1.0]), 0.6)


def slow_fit(values: np.ndarray, won: np.ndarray, ridge: float) -> np.ndarray:
    """The same minimum by a general minimiser, in a loop over the deals; values without gaps."""
    z = (values - values.mean(axis=0)) / values.std(axis=0)

    def loss(beta: np.ndarray) -> float:
        total = ridge / 2 * sum(b * b for b in beta[1:])
        for row, is_won in zip(z, won, strict=True):
            eta = beta[0] + sum(b * value for b, value in zip(beta[1:], row, strict=True))
            total += np.log1p(np.exp(-eta if is_won else eta))
        return total

    return optimize.minimize(loss, np.zeros(values.shape[1] + 1), method="BFGS", options={"gtol": 1e-9}).x


def some_deals(count: int, wins_like: float, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Two indicators and outcomes; only the first one has anything to do with a win."""
    rng = np.random.default_rng(seed)
    values = rng.random((count, 2))
    return values, (rng.random(count) < sigmoid(6 * (values[:, 0] - wins_like))).astype(float)


def test_one_win_of_eight_with_a_prior_of_a_half_is_a_third() -> None:
    assert round(float(class_rate(1, 8, 0.5)), 4) == 0.3333


def test_a_class_without_a_closed_deal_has_its_prior_and_all_won_stays_under_one() -> None:
    assert class_rate(np.array([0, 5]), np.array([0, 5]), np.array([0.1, 0.75])).tolist() == [0.1, pytest.approx(12.5 / 15)]
    low, high = class_range(np.array([0, 5]), np.array([0, 5]), np.array([0.1, 0.75]))
    assert (low < [0.1, 12.5 / 15]).all() and (high > [0.1, 12.5 / 15]).all() and (high < 1).all()


def test_the_brier_score_of_the_worked_example() -> None:
    assert brier(np.array([0.9, 0.7, 0.4, 0.2]), np.array([1, 1, 0, 0])) == pytest.approx(0.075)
    assert brier(np.array([]), np.array([])) is None


def test_the_isotonic_curve_of_the_worked_example() -> None:
    assert isotonic(np.array([0, 1, 0, 1, 1, 0, 1, 1])).round(4).tolist() == [0, 0.5, 0.5, 0.6667, 0.6667, 0.6667, 1, 1]


@pytest.mark.parametrize("ridge", [0.1, 1.0, 10.0])
def test_the_regression_finds_the_minimum_that_a_general_minimiser_finds(ridge: float) -> None:
    values, won = some_deals(60, 0.5)
    assert ridge_logistic.fit(values, won, ridge).coefficients == pytest.approx(slow_fit(values, won, ridge), abs=1e-5)


def test_the_ridge_does_not_hold_back_the_base_rate() -> None:
    values, won = some_deals(200, 0.8)
    curve = ridge_logistic.fit(values, won, ridge=1e9)
    assert curve.probability(values)[0] == pytest.approx(np.full(200, won.mean()), abs=1e-6)


def test_a_missing_value_counts_as_the_mean_and_an_indicator_without_spread_as_nothing() -> None:
    values, won = some_deals(40, 0.5)
    gaps = np.column_stack([values, np.full(40, 0.7), np.full(40, np.nan)])
    curve = ridge_logistic.fit(gaps, won)
    assert curve.coefficients[:3] == pytest.approx(ridge_logistic.fit(values, won).coefficients)
    assert curve.coefficients[3:].tolist() == [0, 0]
    asked = np.array([[np.nan, *values.mean(axis=0)[1:], 0.1, 0.9], [*values.mean(axis=0), 0.7, np.nan]])
    assert curve.probability(asked)[0][0] == pytest.approx(curve.probability(asked)[0][1])


@pytest.mark.parametrize("won", [np.zeros(30), np.ones(30), np.zeros(0)])
def test_without_both_outcomes_there_is_no_curve(won: np.ndarray) -> None:
    assert ridge_logistic.fit(np.random.default_rng(1).random((len(won), 2)), won) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.booleans()), min_size=2, max_size=40))
def test_chances_lie_between_their_ends_whatever_the_deals(rows: list[tuple[float, float, bool]]) -> None:
    values, won = np.array([row[:2] for row in rows]), np.array([float(row[2]) for row in rows])
    ladder = climb(Deals(values, values.mean(axis=1), won), TWO, CUTS.but(platt_deals=5, logistic_deals=20, logistic_wins=2))
    chance, low, high = ladder.chances(values, values.mean(axis=1))
    assert ((low <= chance + 1e-9) & (chance <= high + 1e-9) & (chance >= 0) & (chance <= 1)).all()


@pytest.mark.parametrize(
    ("closed", "wins", "method"),
    [(0, 0, CLASS_RATE), (19, 19, CLASS_RATE), (20, 0, PLATT), (79, 40, PLATT), (80, 19, PLATT), (80, 20, LOGISTIC), (500, 100, LOGISTIC)],
)
def test_what_is_learnt_follows_from_how_much_has_closed(closed: int, wins: int, method: str) -> None:
    assert rung(closed, wins, CUTS) == method


def test_all_won_stays_at_the_class_rate_however_many() -> None:
    ladder = climb(Deals(np.full((90, 2), 0.7), np.full(90, 0.7), np.ones(90)), TWO, CUTS)
    assert ladder.method == CLASS_RATE
    assert ladder.chances(np.array([[0.7, 0.7]]), np.array([0.7]))[0].item() == pytest.approx((90 + 7.5) / 100)


def test_platt_is_the_regression_on_the_score_alone() -> None:
    values, won = some_deals(50, 0.5)
    ladder = climb(Deals(values, values.mean(axis=1), won), TWO, CUTS)
    assert ladder.method == PLATT
    assert ladder.curve.coefficients == pytest.approx(slow_fit(values.mean(axis=1, keepdims=True), won, 1.0), abs=1e-5)


def test_pulls_add_up_to_the_distance_from_the_average_deal() -> None:
    values, won = some_deals(100, 0.5)
    for count, method in ((100, LOGISTIC), (50, PLATT)):
        deals = Deals(values[:count], values[:count].mean(axis=1), won[:count])
        ladder = climb(deals, TWO, CUTS)
        chance = ladder.chances(values[:5], values[:5].mean(axis=1))[0]
        assert ladder.method == method
        assert ladder.pulls(values[:5]).sum(axis=1) == pytest.approx(np.log(chance / (1 - chance)) - ladder.curve.coefficients[0])


def test_an_effect_is_the_chance_less_what_it_would_be_at_the_average() -> None:
    values, won = some_deals(100, 0.5)
    ladder = climb(Deals(values, values.mean(axis=1), won), TWO, CUTS)
    without = values[:1].copy()
    without[0, 0] = values[:, 0].mean()
    expected = ladder.chances(values[:1], np.array([0.5]))[0] - ladder.chances(without, np.array([0.5]))[0]
    assert ladder.effects(values[:1], np.array([0.5]))[0, 0] == pytest.approx(expected.item())


def test_the_classes_lines_belong_to_the_better_class() -> None:
    assert class_index(np.array([0.60, 0.5999, 0.35, 0.1 + 0.05, 0.1499, 1.0, 0.0]), CUTS).tolist() == [0, 1, 1, 2, 3, 0, 3]


def test_a_class_that_would_begin_above_a_better_one_is_empty() -> None:
    crossed = CUTS.but(class_a_from=0.2, class_b_from=0.5, class_c_from=0.3)
    assert class_index(np.array([0.9, 0.3, 0.2, 0.19]), crossed).tolist() == [0, 0, 0, 3]


def test_calibration_bins_hold_equal_numbers_and_equal_chances_stay_together() -> None:
    stated = np.repeat([0.1, 0.2, 0.9], [20, 10, 30])
    won = np.concatenate([np.arange(20) < 2, np.arange(10) < 4, np.arange(30) < 27]).astype(float)
    found = calibration(stated, won)
    assert found.select("stated", "won", "n").rows() == [(pytest.approx(0.1), 2, 20), (pytest.approx(0.2), 4, 10), (pytest.approx(0.9), 27, 30)]
    assert found["realised"].to_list() == [0.1, 0.4, 0.9]
    assert (found["lo"] < found["realised"]).all() and (found["hi"] > found["realised"]).all()


def test_the_isotonic_check_pools_bins_that_fall() -> None:
    won = np.concatenate([np.arange(30) < 20, np.arange(30) < 10]).astype(float)
    assert calibration(np.repeat([0.3, 0.7], 30), won)["isotonic"].to_list() == pytest.approx([0.5, 0.5])


def test_five_of_eight_indicators_are_enough_for_a_score_and_four_are_not() -> None:
    rubric = rubric_of(pl.Series(["strength"]), CUTS)
    units = np.full((2, 8), np.nan)
    units[0, :5], units[1, :4] = [0.2, 0.4, 0.6, 0.8, 1.0], 0.5
    assert rubric.score(units).tolist() == [pytest.approx(0.6), pytest.approx(np.nan, nan_ok=True)]
    assert rubric.known(units).tolist() == [0.625, 0.5]


def test_weights_are_relative_and_one_of_zero_leaves_its_indicator_out() -> None:
    rubric = rubric_of(pl.Series(["strength"]), CUTS.but(rubric_strength=0.6, rubric_network=0.2, **{f"rubric_{name}": 0.0 for name in (
        "management", "purchasing_power", "marketing", "growth", "advantage", "importance")}))  # fmt: skip
    units = np.full((1, 8), np.nan)
    units[0, 0], units[0, 2] = 1.0, 0.0
    assert rubric.score(units).tolist() == [0.75]


def test_a_store_with_indicators_of_its_own_only_weighs_them_alike() -> None:
    rubric = rubric_of(pl.Series(["Budget", "Urgency"]), CUTS)
    assert (rubric.codes, rubric.shares.tolist()) == (("Budget", "Urgency"), [0.5, 0.5])
    assert rubric_of(pl.Series(["Budget", "growth"]), CUTS).codes[-1] == "Budget"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("strength", "strength"), ("Fortaleza y escala", "strength"), ("buyers' purchasing power", "purchasing_power"),
        ("Poder adquisitivo", "purchasing_power"), ("Ventaja comparativa", "advantage"), ("Importancia estratégica", "importance"),
        ("red", "network"), ("Gestión", "management"), ("Credit", "Credit"),
    ],
)  # fmt: skip
def test_an_indicator_is_known_by_its_words(text: str, code: str) -> None:
    assert code_of(text) == code


def test_scores_are_read_by_hundreds_by_five_steps_or_by_rank() -> None:
    raw = np.array([[10.0], [20.0], [20.0], [40.0]])
    assert in_units(raw, raw, "hundred").ravel().tolist() == [0.1, 0.2, 0.2, 0.4]
    assert in_units(raw / 10, raw, "five").ravel().tolist() == [0.2, 0.4, 0.4, 0.8]
    assert in_units(raw, raw, "percentile").ravel().tolist() == [0.125, 0.5, 0.5, 0.875]


def test_a_class_that_nobody_thinks_can_win_has_no_chance_and_no_doubt() -> None:
    low, high = class_range(np.array([0, 0]), np.array([0, 4]), np.array([0.0, 0.5]))
    assert (low[0], high[0]) == (0.0, 0.0)
    assert 0 < low[1] < high[1] < 1
