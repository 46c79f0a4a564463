"""Edits of a board: what is set holds, the total holds, locks hold, in whole cases, or nothing changes."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import TargetRefused
from measures.seasons.board_edits import Edit, Edited, Frame, edited, lock_mask
from measures.seasons.case_shares import shared

MAY, JUNE = date(2027, 5, 1), date(2027, 6, 1)


def frame(accounts: int = 2, products: int = 2, months: int = 2, low: int = 0, high: int = 1000, **changes) -> Frame:
    """All cells of accounts A0… and products P0… with the same limits; months from May on."""
    account, product = np.divmod(np.arange(accounts * products), products)
    shape = (len(account), months)
    days = {date(2027, 5 + month, 1): month for month in range(months)}
    names = ({f"{letter}{n}": n for n in range(count)} for letter, count in (("A", accounts), ("P", products)))
    return Frame(account, product, np.full(shape, low), np.full(shape, high), *names, days, **changes)


def board(*rows: list[int]) -> Edited:
    return Edited(np.array(rows))


HUNDREDS = board([100, 100], [100, 100], [100, 100], [100, 100])


def test_a_cell_is_paid_by_the_rest_of_its_month():
    """A0 of P0 in May from 100 to 130: the three others in May give 10 each, June stays."""
    found = edited(frame(), HUNDREDS, [Edit("A0", "P0", MAY, 130)])
    assert found.whole.tolist() == [[130, 100], [90, 100], [90, 100], [90, 100]]


def test_where_months_may_change_the_whole_season_pays():
    found = edited(frame(hold_months=False), HUNDREDS, [Edit("A0", "P0", MAY, 170)])
    assert found.whole.tolist() == [[170, 90], [90, 90], [90, 90], [90, 90]]


def test_a_row_total_is_shared_by_its_targets_and_paid_by_the_other_accounts():
    found = edited(frame(), board([60, 60], [20, 20], [100, 100], [100, 100]), [Edit("A0", None, None, 240)])
    assert found.whole.tolist() == [[90, 90], [30, 30], [80, 80], [80, 80]]


def test_a_column_total_is_paid_by_the_other_months():
    found = edited(frame(), HUNDREDS, [Edit(None, None, MAY, 440)])
    assert found.whole.tolist() == [[110, 90]] * 4


def test_a_product_total_is_paid_by_the_other_products():
    found = edited(frame(), HUNDREDS, [Edit(None, "P1", None, 360)])
    assert found.whole.tolist() == [[110, 110], [90, 90], [110, 110], [90, 90]]


def test_what_was_set_stays_while_something_else_is_set():
    first = edited(frame(), HUNDREDS, [Edit("A0", "P0", MAY, 130)])
    second = edited(frame(), first, [Edit("A1", "P0", MAY, 110)])
    assert second.whole.tolist() == [[130, 100], [80, 100], [110, 100], [80, 100]]


def test_what_is_unlocked_pays_again():
    first = edited(frame(), HUNDREDS, [Edit("A0", "P0", MAY, 130)])
    freed = edited(frame(), first, [Edit("A0", "P0", MAY, is_locked=False)])
    assert (freed.whole.tolist(), freed.locks) == (first.whole.tolist(), ())
    assert edited(frame(), freed, [Edit("A1", "P0", MAY, 121)]).whole[:, 0].tolist() == [117, 81, 121, 81]


def test_an_edit_inside_a_locked_account_is_paid_by_that_account():
    locked = edited(frame(), HUNDREDS, [Edit("A0")])
    found = edited(frame(), locked, [Edit("A0", "P0", MAY, 130)])
    assert found.whole.tolist() == [[130, 100], [70, 100], [100, 100], [100, 100]]


def test_a_locked_account_does_not_pay_for_others():
    locked = edited(frame(), HUNDREDS, [Edit("A0")])
    assert edited(frame(), locked, [Edit("A1", "P0", MAY, 130)]).whole.tolist() == [[100, 100], [100, 100], [130, 100], [70, 100]]


def test_a_total_over_a_locked_cell_changes_the_others():
    locked = edited(frame(), HUNDREDS, [Edit("A0", "P0", MAY)])
    found = edited(frame(hold_months=False), locked, [Edit("A0", None, None, 430)])
    assert found.whole[:2].tolist() == [[100, 110], [110, 110]]
    assert found.whole.sum() == 800


def test_cells_and_totals_that_are_set_together_both_hold():
    found = edited(frame(hold_months=False), HUNDREDS, [Edit("A0", None, None, 460), Edit("A0", "P0", MAY, 160)])
    assert found.whole[0, 0] == 160
    assert found.whole[:2].sum() == 460
    assert found.whole.sum() == 800


def test_thirds_go_to_the_larger_target_and_then_to_the_earlier_cell():
    found = edited(frame(), board([10, 0], [31, 0], [30, 0], [30, 0]), [Edit("A0", "P0", MAY, 14)])
    assert found.whole[:, 0].tolist() == [14, 29, 29, 29]
    assert shared(4, np.array([10, 10, 10]), np.array([9, 9, 9])).tolist() == [2, 1, 1]
    assert shared(10, np.array([47000, 16000, 15900, 12000, 6000, 3100]), np.full(6, 99)).tolist() == [5, 2, 1, 1, 1, 0]


def test_shares_stop_at_the_room_and_cells_without_a_weight_come_last():
    assert shared(100, np.array([50, 30, 20]), np.array([40, 50, 50])).tolist() == [40, 36, 24]
    assert shared(8, np.array([5, 0, 0]), np.array([4, 2, 6])).tolist() == [4, 1, 3]
    with pytest.raises(ValueError, match="less room"):
        shared(13, np.array([5, 0, 0]), np.array([4, 2, 6]))


@pytest.mark.parametrize(
    ("edit", "nearest"),
    [(Edit("A0", "P0", MAY, 500), 340), (Edit("A0", None, None, 500), 440), (Edit("A0", None, None, 20), 360), (Edit("A0", "P0", MAY, -1), 70)],
)
def test_what_cannot_be_paid_is_refused_with_the_nearest_that_can(edit, nearest):
    """Cells may move between 20 and 110: up to 80 from, up to 10 to each of the three others of a month, or the four of the other account."""
    with pytest.raises(TargetRefused) as refused:
        edited(frame(low=20, high=110), HUNDREDS, [edit])
    assert refused.value.nearest == nearest
    assert edited(frame(low=20, high=110), HUNDREDS, [Edit(*edit.slice, nearest)]).whole.sum() == 800


def test_the_grand_total_and_strangers_are_refused():
    for edit in (Edit(units=900), Edit("A9", None, None, 5), Edit(None, None, date(2030, 1, 1), 5)):
        with pytest.raises(TargetRefused):
            edited(frame(), HUNDREDS, [edit])


EDITS = st.lists(
    st.tuples(st.integers(-1, 3), st.integers(-1, 2), st.integers(-1, 2), st.one_of(st.none(), st.integers(0, 400)), st.booleans()),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(deadline=None)
@given(seed=st.integers(0, 10_000), edits=EDITS, hold=st.booleans(), together=st.booleans())
def test_no_edits_break_the_total_a_lock_a_limit_or_what_was_set(seed, edits, hold, together):
    rng = np.random.default_rng(seed)
    of = frame(4, 3, 3, hold_months=hold)
    start = rng.integers(0, 60, of.low.shape)
    object.__setattr__(of, "low", np.minimum(start, rng.integers(0, 20, start.shape)))
    object.__setattr__(of, "high", start + rng.integers(0, 60, start.shape))
    made = [Edit(*(None if n < 0 else names[n] for n, names in zip(place, (list(of.accounts), list(of.products), list(of.months)), strict=True)), units, locked)
            for *place, units, locked in edits]  # fmt: skip
    state, typed = Edited(start), np.zeros(start.shape, bool)
    for batch in ([made] if together else [[edit] for edit in made]):
        try:
            after = edited(of, state, batch)
        except TargetRefused:
            continue
        for edit in batch:
            typed |= lock_mask(of, [_numbers(of, edit)]) & (np.array(edit.slice, object) != None).all()  # noqa: E711
        assert after.whole.sum() == start.sum()
        assert ((after.whole >= of.low) & (after.whole <= of.high) | typed).all()
        assert (after.whole >= 0).all()
        if not together:
            _assert_held(of, state, after, batch[0], hold)
        state = after


def _numbers(of: Frame, edit: Edit) -> tuple[int, int, int]:
    return tuple(-1 if key is None else known[key] for known, key in ((of.accounts, edit.account_id), (of.products, edit.product_id), (of.months, edit.month)))


def _assert_held(of: Frame, before: Edited, after: Edited, edit: Edit, hold: bool) -> None:
    place = _numbers(of, edit)
    own = lock_mask(of, [place])
    if edit.units is not None:
        assert after.whole[own].sum() == edit.units
    for lock in before.locks:
        cells = lock_mask(of, [lock])
        assert after.whole[cells].sum() == before.whole[cells].sum() or lock == place
        if (own & cells).sum() != own.sum():
            assert (after.whole[cells] == before.whole[cells]).all() or lock == place
    if hold and edit.slice[:2] != (None, None):
        assert after.whole.sum(axis=0).tolist() == before.whole.sum(axis=0).tolist()

