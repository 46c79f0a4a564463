"""Whole cases of a board: the total is exact, what people read is within one case, and small products keep their cases."""

from itertools import product as every

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.seasons import case_board
from measures.seasons.case_board import held_accounts, whole_board
from measures.seasons.case_flow import Arcs, rerouted


def board(seed: int, accounts: int, products: int, share: float, level: float = 1.0, months: int = 6) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    account, product = np.nonzero(rng.random((accounts, products)) < share)
    values = rng.lognormal(level, 1.0, (len(account), months)) * (rng.random((len(account), months)) < 0.9)
    return values, account, product


def margins(values: np.ndarray, of: np.ndarray) -> np.ndarray:
    sums = np.zeros((of.max(initial=0) + 1, values.shape[1]))
    np.add.at(sums, of, values)
    return sums


FRACTIONS = [0.0, 0.0, 0.1, 0.25, 0.5, 0.5, 0.9, 1.0, 2.0, 2.5]
"""Halves and quarters tie, and zeros and whole figures leave nothing to choose: what rounding stumbles over."""


def within_one_case(whole: np.ndarray, values: np.ndarray, account: np.ndarray, product: np.ndarray) -> None:
    """Everything that the board promises."""
    error = whole - values
    assert abs(error.sum()) <= 0.5 + 1e-6
    assert (whole >= 0).all()
    assert (whole[values == 0] == 0).all()
    assert np.abs(error).max(initial=0) < 1
    assert np.abs(error.sum(axis=1)).max(initial=0) < 1
    assert np.abs(margins(error, product).sum(axis=1)).max() < 1
    assert np.abs(margins(error, account).sum(axis=1)).max() < 1
    assert np.abs(margins(error, account)).max() < 1


@settings(deadline=None)
@given(
    seed=st.integers(0, 10_000), accounts=st.integers(1, 40), products=st.integers(1, 25), large=st.sampled_from([0, 12_000]),
    share=st.floats(0.05, 1.0), level=st.floats(-3.0, 4.0), months=st.integers(1, 7),
)
def test_the_total_is_exact_and_what_the_board_promises_is_within_one_case(seed, accounts, products, large, share, level, months):
    """Rounded as a small board is, and as a large one is."""
    values, account, product = board(seed, accounts, products, share, level, months)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(case_board, "LARGE", large)
        whole = whole_board(values, account, product)
    assert whole.sum() == np.rint(values.sum())
    within_one_case(whole, values, account, product)


@settings(deadline=None, max_examples=300)
@given(data=st.data(), accounts=st.integers(1, 6), products=st.integers(1, 6), months=st.integers(1, 5), large=st.sampled_from([0, 12_000]))
def test_boards_of_halves_zeros_and_whole_figures_do_not_break_the_promise(data, accounts, products, months, large):
    cells = data.draw(st.lists(st.sampled_from(FRACTIONS), min_size=accounts * products * months, max_size=accounts * products * months))
    account, product = np.divmod(np.arange(accounts * products), products)
    values = np.array(cells).reshape(-1, months)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(case_board, "LARGE", large)
        within_one_case(whole_board(values, account, product), values, account, product)


def half_cases(accounts: int, products: int, months: int, cells: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A full board of zeros with half a case in these cells (account, product, month)."""
    values = np.zeros((accounts, products, months))
    values[tuple(np.transpose(cells))] = 0.5
    return values.reshape(-1, months), *np.divmod(np.arange(accounts * products), products)


def test_the_months_of_all_are_not_mended_at_the_cost_of_an_accounts_month():
    """Account 5 has a whole case of two halves in month 1: both rounded down, it would be exactly one case short."""
    values, account, product = half_cases(6, 2, 4, [(1, 0, 1), (2, 0, 3), (2, 1, 1), (3, 1, 0), (4, 0, 3), (4, 1, 1), (5, 0, 3), (5, 1, 1), (5, 1, 3)])
    within_one_case(whole_board(values, account, product), values, account, product)


def test_a_products_season_is_held_where_the_accounts_rounding_has_to_change_for_it(monkeypatch):
    """Half a case of accounts 0, 1 and 2, the last two of product 1: with both rounded up it would have a case too many."""
    monkeypatch.setattr(case_board, "LARGE", 0)
    values, account, product = half_cases(4, 6, 1, [(0, 3, 0), (1, 1, 0), (2, 1, 0)])
    within_one_case(whole_board(values, account, product), values, account, product)


def test_three_margins_at_once_cannot_always_be_within_one_case():
    """Half a case in four cells: every account, product and month has one case, and no choice of cells gives it to each."""
    values = np.array([[0.5, 0], [0, 0.5], [0, 0.5], [0.5, 0]])
    account, product = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    sides = (account, product)
    for choice in every((0, 1), repeat=4):
        whole = values * 2 * np.array(choice)[:, None]
        off = [np.abs(margins(whole - values, of).sum(axis=1)).max() for of in sides] + [np.abs((whole - values).sum(axis=0)).max()]
        assert max(off) >= 1
    within_one_case(whole_board(values, account, product), values, account, product)


def test_accounts_that_cannot_mend_each_other_are_mended_through_accounts_between_them():
    """Half a case of two products each; account 0 has both, account 2 none, and every product has the one case that it must have."""
    account, product = np.array([0, 0, 1, 1, 2, 2, 3, 4]), np.array([0, 1, 1, 2, 2, 3, 0, 3])
    part, ups = np.full((1, 8), 0.5), np.array([[1, 1, 0, 1, 0, 0, 0, 1]], np.int8)
    assert held_accounts(ups, part, account, product)
    within_one_case(ups.T, part.T, account, product)


def test_a_flow_is_rerouted_and_one_that_cannot_be_is_said():
    """Two ways from 0 to 3: three on the first, where two may go."""
    arcs = Arcs(*(np.array(of) for of in ([0, 1, 0, 2], [1, 3, 2, 3], [3, 3, 0, 0], [0, 0, 0, 0], [2, 2, 1, 1])))
    assert rerouted(arcs).tolist() == [2, 2, 1, 1]
    assert rerouted(arcs._replace(high=np.array([2, 2, 0, 0]))) is None


@pytest.mark.parametrize(("accounts", "products"), [(200, 30), (30, 200)])
@pytest.mark.parametrize("level", [-2.0, 1.0])
@pytest.mark.parametrize("large", [0, 12_000])
def test_months_are_within_one_case_and_products_in_single_months_within_three(monkeypatch, accounts, products, level, large):
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
