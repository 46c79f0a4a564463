"""Two-way fixed effects: levels of accounts and months are no effects (methods.md section 9)."""

import numpy as np
import pytest

from measures.two_way import two_way, without_levels


def test_four_cells_give_the_difference_of_the_differences() -> None:
    # Account 0: 1 → 4 while it is visited in the second month; account 1: 10 → 11 without. 3 − 1 = 2.
    found = two_way(np.array([1.0, 4.0, 10.0, 11.0]), np.array([[0.0], [1.0], [0.0], [0.0]]), np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    assert found.slope == pytest.approx([2.0])
    assert (found.clusters, found.rows) == (2, 4)


def test_levels_are_gone_though_months_are_missing() -> None:
    rng = np.random.default_rng(5)
    account, month = np.nonzero(rng.random((30, 24)) < 0.8)
    levels = rng.normal(0, 3, 30)[account] + rng.normal(0, 2, 24)[month]
    assert np.abs(without_levels(levels[:, None], account, month)).max() < 1e-6


def test_visits_to_large_accounts_in_good_months_are_not_taken_for_an_effect() -> None:
    """The simulation of methods.md in spirit: the truth is .03, plain regression finds ten times as much, this finds the truth."""
    rng = np.random.default_rng(11)
    accounts, months = 300, 36
    size, season = rng.normal(0, 1.0, accounts), 0.4 * np.sin(np.arange(months) / 12 * 2 * np.pi)
    visits = np.minimum(rng.poisson(np.exp(0.4 + 0.45 * size[:, None] + 0.4 * season)), 3).astype(float)
    y = size[:, None] + season + 0.03 * visits + rng.normal(0, 0.2, (accounts, months))
    account, month = (part.ravel() for part in np.meshgrid(np.arange(accounts), np.arange(months), indexing="ij"))
    plain = np.polyfit(visits.ravel(), y.ravel(), 1)[0]
    found = two_way(y.ravel(), visits.reshape(-1, 1), account, month)
    assert plain > 0.25
    assert found.slope[0] == pytest.approx(0.03, abs=0.006)
    assert abs(found.slope[0] - 0.03) < found.half(0.95)[0] < 0.01
    assert found.p[0] < 0.001


def test_what_never_varies_has_no_slope() -> None:
    found = two_way(np.arange(6.0), np.column_stack([np.ones(6), [0, 1, 0, 0, 0, 1]]), np.array([0, 0, 0, 1, 1, 1]), np.array([0, 1, 2, 0, 1, 2]))
    assert np.isnan(found.slope[0]) and np.isfinite(found.slope[1])


def test_no_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="no rows"):
        two_way(np.empty(0), np.empty((0, 1)), np.empty(0, int), np.empty(0, int))
