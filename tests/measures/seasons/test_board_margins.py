"""Both margins of a board set together: every total holds in whole cases, zeros and locks stay, contradictions are refused."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import TargetRefused
from measures.seasons.board_edits import Edit, Edited, Frame
from measures.seasons.board_margins import both_margins, fitted
from tests.measures.seasons.test_allocation import COLUMNS, ROWS, SEED
from tests.measures.seasons.test_board_edits import HUNDREDS, JUNE, MAY, board, frame
from tests.measures.seasons.test_edited_board import a_board


def set_both(where: Frame, state: Edited, rows: list[int], columns: list[int]) -> Edited:
    """Totals of accounts A0… and of months from May on."""
    edits = [*(Edit(f"A{n}", None, None, units) for n, units in enumerate(rows)), *(Edit(None, None, date(2027, 5 + n, 1), units) for n, units in enumerate(columns))]
    return fitted(where, state, both_margins(where, edits))


def test_the_methods_table_fits_both_margins_in_whole_cases():
    """The worked table as four accounts' P0 over four months: 64.5585 and 25.3742 within a case, every total exact; P1 pays the 200."""
    cells = np.full((8, 4), 100)
    cells[::2] = SEED
    edits = [Edit(f"A{n}", "P0", None, int(units)) for n, units in enumerate(ROWS)]
    edits += [Edit(None, "P0", date(2027, 5 + n, 1), int(units)) for n, units in enumerate(COLUMNS)]
    where = frame(4, 2, 4)
    found = fitted(where, Edited(cells), both_margins(where, edits)).whole
    assert (found[::2].sum(axis=1).tolist(), found[::2].sum(axis=0).tolist()) == (ROWS.tolist(), COLUMNS.tolist())
    assert (found[0, 0], found[2, 3]) == (pytest.approx(64.5585, abs=1), pytest.approx(25.3742, abs=1))
    assert found.sum(axis=0).tolist() == cells.sum(axis=0).tolist()


def test_two_accounts_and_two_months_can_be_added_up():
    """All cells 100 (two products each): 500 and 300, 480 and 320 of 800: 300, 200, 180, 120, halved among the products."""
    found = set_both(frame(), HUNDREDS, [500, 300], [480, 320])
    assert found.whole.tolist() == [[150, 100], [150, 100], [90, 60], [90, 60]]


def test_products_and_months_of_one_account_are_paid_by_the_others_month_by_month():
    """A0 from 400 to 440, all of the 40 in May: A1 gives 20 of each of its products in May."""
    edits = [Edit("A0", "P0", None, 220), Edit("A0", "P1", None, 220), Edit("A0", None, MAY, 240), Edit("A0", None, JUNE, 200)]
    found = fitted(frame(), HUNDREDS, both_margins(frame(), edits))
    assert found.whole.tolist() == [[120, 100], [120, 100], [80, 100], [80, 100]]


def test_a_cell_of_zero_stays_zero():
    """A0 sells nothing of its only product in June: its 120 are all in May."""
    found = set_both(frame(products=1), board([100, 0], [100, 100]), [120, 180], [190, 110])
    assert found.whole.tolist() == [[120, 0], [70, 110]]


def test_a_locked_row_stays_where_its_total_is_left_and_the_others_fit_around_it():
    locked = Edited(HUNDREDS.whole, ((0, -1, -1),))
    found = set_both(frame(3), Edited(np.full((6, 2), 100), locked.locks), [400, 500, 300], [680, 520])
    assert found.whole[:2].tolist() == [[100, 100], [100, 100]]
    assert found.whole[2:].sum(axis=0).tolist() == [480, 320]
    assert found.locks == locked.locks


def test_a_locked_row_whose_total_is_set_gives_way_and_a_locked_cell_in_it_does_not():
    found = set_both(frame(), Edited(HUNDREDS.whole, ((0, -1, -1), (0, 0, 0))), [500, 300], [480, 320])
    assert found.whole[0, 0] == 100
    assert (found.whole[:2].sum(), found.whole[:, 0].sum()) == (500, 480)


def test_contradictory_margins_are_refused_with_both_sums():
    with pytest.raises(TargetRefused, match="rows come to 810 units, the columns to 800"):
        set_both(frame(), HUNDREDS, [500, 310], [480, 320])


def test_margins_beside_the_total_are_refused_with_both_sums():
    with pytest.raises(TargetRefused, match="margins come to 900 units, the board to 800"):
        set_both(frame(), HUNDREDS, [500, 400], [500, 400])


def test_zeros_that_forbid_the_margins_are_refused():
    with pytest.raises(TargetRefused, match="No cells have both margins"):
        set_both(frame(products=1), board([100, 0], [0, 100]), [120, 80], [100, 100])


def test_locks_that_hold_more_than_a_total_are_refused():
    with pytest.raises(TargetRefused, match="missed by 20 units"):
        set_both(frame(products=1), Edited(np.full((2, 2), 100), ((0, 0, 0),)), [80, 320], [200, 200])


def test_what_cells_may_not_carry_is_refused():
    with pytest.raises(TargetRefused, match="out of reach"):
        set_both(frame(high=110), HUNDREDS, [500, 300], [480, 320])


def test_a_part_of_a_margin_is_no_margin():
    assert both_margins(frame(), [Edit("A0", None, None, 400), Edit(None, None, MAY, 400), Edit(None, None, JUNE, 400)]) is None
    assert both_margins(frame(), [Edit("A0", None, None, 400), Edit("A1", None, None, 400)]) is None


def test_the_edited_board_fits_both_margins_that_are_set_in_one_step():
    """Two accounts of two products at 110 each in April: 230 and 210 of the 440."""
    before = a_board([[100, 100], [100, 100]])
    months = [Edit(None, None, month, int(units)) for month, units in before.months.select("month", "target").rows()]
    after = before.with_edits([Edit("A0", None, None, 230), Edit("A1", None, None, 210), *months], hold_months=True)
    assert dict(after.by_account.select("account_id", "target").rows()) == {"A0": 230, "A1": 210}
    assert after.months["target"].to_list() == before.months["target"].to_list()


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10_000), accounts=st.integers(2, 6), products=st.integers(1, 4), months=st.integers(2, 4))
def test_both_margins_hold_exactly_and_zeros_stay(seed: int, accounts: int, products: int, months: int) -> None:
    """Margins of another board with the same zeros can always be reached."""
    random = np.random.default_rng(seed)
    where = frame(accounts, products, months, high=10**6)
    now = random.integers(1, 100, (accounts * products, months)) * (random.random((accounts * products, months)) > 0.2)
    other = now.copy()
    other[now > 0] = random.permutation(now[now > 0])
    rows, columns = other.reshape(accounts, -1).sum(axis=1).tolist(), other.sum(axis=0).tolist()
    found = set_both(where, Edited(now), rows, columns).whole
    assert (found.reshape(accounts, -1).sum(axis=1).tolist(), found.sum(axis=0).tolist()) == (rows, columns)
    assert (found[now == 0] == 0).all()
