"""Sales against natural sales: a ratio of sums over accounts, with the error of a ratio."""

import numpy as np
import pytest

from measures.trade.programme_estimate import Estimate, against_index, against_others, index_variance, together


def test_natural_sales_move_as_the_others_moved() -> None:
    # The others went from 200 to 250, ×1.25: natural 100 × 1.25 + 300 × 1.25 = 500; 600 were sold.
    found = against_others(np.array([100.0, 300.0]), np.array([150.0, 450.0]), np.array([80.0, 120.0]), np.array([100.0, 150.0]))
    assert (found.actual, found.natural, found.uplift) == (600, 500, 100)
    # All moved alike on both sides: nothing is left that chance could have done.
    assert found.error == pytest.approx(0, abs=1e-9)
    assert (found.accounts, found.others, found.freedom) == (2, 2, 1)


def test_the_error_is_that_of_sums_over_accounts() -> None:
    found = against_index(np.array([100.0] * 4), np.array([130.0, 110.0, 120.0, 120.0]), 1.0, 1.0)
    assert (found.natural, found.uplift) == (400, 80)
    # Residuals 10, −10, 0, 0; each account holds a quarter, so they count ÷ (1 − ¼); times 3 ÷ 4.
    assert found.error == pytest.approx((2 * (10 / 0.75) ** 2 * 3 / 4) ** 0.5)
    # 38.4317 to either side of 480 on the logarithm, less the 400 that were natural: more room above than below.
    reach = 2.3533634 * found.error
    assert found.ends(0.9) == pytest.approx((480 * np.exp(-reach / 480) - 400, 480 * np.exp(reach / 480) - 400))
    assert found.ends(0.9) == pytest.approx((43.07, 120.01), abs=0.02)


def test_a_range_as_wide_as_what_was_sold_is_the_usual_one() -> None:
    # Student's t of five degrees of freedom at 95 % is 2.015: 20.15 to either side of 10 − 20.
    assert Estimate(10.0, 20.0, 10.0, 5, 6, 6).ends(0.9) == pytest.approx((-30.15, 10.15), abs=0.01)
    assert Estimate(0.0, 20.0, 1.0, 5, 6, 6).ends(0.9) == pytest.approx((-22.015, -17.985), abs=0.001)


def test_an_account_without_a_base_is_left_out() -> None:
    found = against_index(np.array([100.0, 0.0, 100.0]), np.array([110.0, 500.0, 110.0]), 2.0, 2.0)
    assert (found.accounts, found.actual, found.natural) == (2, 220, 200)


def test_an_index_is_as_unsure_as_it_was_in_the_base_months() -> None:
    # The level is 300 ÷ 3 = 100: off by 10 of 100, by 5 of 50 and by 5 of 150, half of whose squares is a month's; over two months ÷ 2, and ÷ 3 for the level.
    assert index_variance(np.array([110.0, 45.0, 145.0]), np.array([1.0, 0.5, 1.5]), 2) == pytest.approx((0.1**2 + 0.1**2 + (145 / 150 - 1) ** 2) / 2 * 5 / 6)
    own = np.array([100.0] * 4)
    assert against_index(own, own, 1.0, 1.0, 0.04).error == pytest.approx(0.2 * 400)
    assert index_variance(np.array([100.0]), np.array([1.0]), 1) == np.inf


def test_an_index_moves_the_base_by_the_season() -> None:
    assert against_index(np.array([120.0, 120.0]), np.array([30.0, 30.0]), 12.0, 2.0).natural == 40


@pytest.mark.parametrize("others", [(np.zeros(2), np.zeros(2)), (np.ones(2), np.zeros(2)), (np.empty(0), np.empty(0))])
def test_others_that_bought_nothing_are_no_comparison(others: tuple[np.ndarray, np.ndarray]) -> None:
    found = against_others(np.array([1.0, 2.0]), np.array([3.0, 4.0]), *others)
    assert (found.freedom, found.ends(0.9)) == (0, (-np.inf, np.inf))


def test_programmes_together_add_up_and_their_errors_by_squares() -> None:
    one = against_index(np.array([100.0] * 4), np.array([130.0, 110.0, 120.0, 120.0]), 1.0, 1.0)
    both = together([one, one])
    assert (both.natural, both.uplift, both.freedom) == (800, 160, 6)
    assert both.error == pytest.approx(one.error * 2**0.5)
    assert together([]).freedom == 0
