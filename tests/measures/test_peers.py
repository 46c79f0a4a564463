"""Which accounts are alike, counted in bits."""

import numpy as np
import pytest

from measures.peers import Alike, bits, median_of, nearest, peers, shared


def test_the_nearest_peers_choose_the_same_products():
    bought = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 0], [0, 1, 1, 1]], bool)
    assert peers(bought, np.arange(2)).tolist() == [[2, 3, 1], [3, 2, 0]]


@pytest.mark.parametrize("columns", [0, 1, 63, 64, 65, 200])
def test_shared_products_are_those_of_a_matrix_product(columns: int):
    rng = np.random.default_rng(columns)
    one, other = rng.random((7, columns)) < 0.4, rng.random((5, columns)) < 0.4
    assert (shared(bits(one), bits(other)) == one.astype(int) @ other.T.astype(int)).all()


def test_the_largest_come_first_and_equal_ones_by_their_order():
    assert nearest(np.array([[0.1, 0.5, 0.5, 0.9], [0.2, 0.2, 0.2, 0.2]]), 3).tolist() == [[3, 1, 2], [0, 1, 2]]
    assert nearest(np.zeros((2, 0)), 3).shape == (2, 0)


def test_a_median_counts_only_what_counts():
    values = np.array([[1.0, np.inf, 3.0, 7.0], [5.0, 6.0, np.inf, np.inf]])
    assert median_of(values, np.array([3, 2])).tolist() == [3.0, 5.5]


def test_a_few_are_found_as_many_are():
    likeness = np.random.default_rng(2).integers(0, 4, (30, 9)) / 4
    assert (nearest(likeness, 2) == nearest(likeness, 5)[:, :2]).all()


def test_the_ten_most_alike_do_not_depend_on_how_many_are_compared_at_once(monkeypatch: pytest.MonkeyPatch):
    rng = np.random.default_rng(1)
    bought = rng.random((40, 70)) < 0.3
    accounts, buyers = np.arange(12), np.arange(5, 40)
    whole = Alike(bought).nearest(accounts, buyers)
    monkeypatch.setattr("measures.peers.IN_CACHE", 50)
    assert (Alike(bought).nearest(accounts, buyers) == whole).all()
    likeness = bought[:12].astype(int) @ bought[5:].T.astype(int) / np.sqrt(bought[5:].sum(axis=1))
    assert (whole == np.argsort(-likeness, axis=1, kind="stable")[:, :10]).all()
