"""Whole cases of a board: the total is exact, what people read is within one case, and small products keep their cases."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.seasons.case_board import whole_board


def board(seed: int, accounts: int, products: int, share: float, level: float = 1.0, months: int = 6) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    account, product = np.nonzero(rng.random((accounts, products)) < share)
    values = rng.lognormal(level, 1.0, (len(account), months)) * (rng.random((len(account), months)) < 0.9)
    return values, account, product


def margins(values: np.ndarray, of: np.ndarray) -> np.ndarray:
    sums = np.zeros((of.max(initial=0) + 1, values.shape[1]))
    np.add.at(sums, of, values)
    return sums


@settings(deadline=None)
@given(
    seed=st.integers(0, 10_000), accounts=st.integers(1, 40), products=st.integers(1, 25),
    share=st.floats(0.05, 1.0), level=st.floats(-3.0, 4.0), months=st.integers(1, 7),
)
def test_cases_sum_to_the_rounded_total_and_cells_and_seasons_are_within_one_case(seed, accounts, products, share, level, months):
    values, account, product = board(seed, accounts, products, share, level, months)
    whole = whole_board(values, account, product)
    error = whole - values
    assert whole.sum() == np.rint(values.sum())
    assert (whole >= 0).all()
    assert (whole[values == 0] == 0).all()
    assert np.abs(error).max(initial=0) < 1
    assert np.abs(error.sum(axis=1)).max(initial=0) < 1
    for of in (account, product):
        assert np.abs(margins(error, of).sum(axis=1)).max() < 1


@pytest.mark.parametrize(("accounts", "products"), [(200, 30), (30, 200)])
@pytest.mark.parametrize("level", [-2.0, 1.0])
@pytest.mark.parametrize("large", [0, 12_000])
def test_months_are_within_one_case_and_single_months_of_accounts_and_products_within_three(monkeypatch, accounts, products, level, large):
    """Rounded as a small board is, and as a large one is."""
    monkeypatch.setattr("measures.seasons.case_board.LARGE", large)
    values, account, product = board(3, accounts, products, 0.5, level)
    error = whole_board(values, account, product) - values
    assert np.abs(error).max() < 1
    assert np.abs(error.sum(axis=0)).max() < 1
    for of in (account, product):
        assert np.abs(margins(error, of).sum(axis=1)).max() < 1
        assert np.abs(margins(error, of)).max() < 3


def test_a_product_of_which_everybody_takes_a_third_keeps_its_cases():
    """100 accounts, 2.6 of one product and 0.3 of another: 30 cases of the second, where nearest whole numbers give none."""
    account, product = np.divmod(np.arange(200), 2)
    values = np.where(product == 0, 2.6, 0.3)[:, None]
    whole = whole_board(values, account, product)
    assert whole[product == 1].sum() == 30
    assert whole[product == 0].sum() == 260


def test_whole_values_stay_as_they_are():
    values, account, product = board(5, 20, 10, 0.5)
    whole_values = np.rint(values)
    assert (whole_board(whole_values, account, product) == whole_values).all()


def test_the_order_of_the_cells_does_not_matter():
    values, account, product = board(6, 30, 12, 0.6)
    shuffled = np.random.default_rng(1).permutation(len(account))
    assert (whole_board(values, account, product)[shuffled] == whole_board(values[shuffled], account[shuffled], product[shuffled])).all()


def test_a_board_without_sales_or_cells_has_no_cases():
    none = np.zeros(0, int)
    assert whole_board(np.zeros((0, 6)), none, none).shape == (0, 6)
    assert (whole_board(np.zeros((2, 3)), np.array([0, 1]), np.array([0, 0])) == 0).all()
