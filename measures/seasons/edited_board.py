"""A target board that people work on: the calculated one or a saved version, with their edits, as tables that are made when they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from measures.seasons.board_edits import Edit, Edited, Frame, edited, lock_mask
from measures.seasons.board_margins import both_margins, fitted
from measures.seasons.board_sums import sums
from measures.seasons.target_ground import Ground
from measures.seasons.target_margins import Targets, by_month, margin, month_sums, targets_of
from measures.seasons.target_plan import Plan
from measures.seasons.target_summary import summary
from measures.seasons.target_tables import cents, is_told, target_rows
from measures.thresholds import Cuts

Rows = Mapping[tuple[str, str], Sequence[int]]
"""Whole cases month by month of each (account_id, product_id)."""


@dataclass(frozen=True)
class EditedBoard:
    """The targets `state.whole` on their ground; `state.locks` is what stays. `absent` are saved rows that have no place on the board."""

    ground: Ground
    plan: Plan
    state: Edited
    cuts: Cuts
    absent: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The off-season in one word, as versions know it: its first month and its months, 2027-04+6."""
        season = self.ground.board.plan.off_season
        return f"{season.start:%Y-%m}+{season.length}"

    @cached_property
    def sums(self) -> Targets:
        """The sums that all margins are made of."""
        return targets_of(self.ground, self.state.whole)

    @cached_property
    def summary(self) -> dict[str, object]:
        """The board in one row, by measures.seasons.target_summary.SUMMARY_SCHEMA."""
        return summary(self.ground, self.plan, self.total, self.sums.cents.total / 100, self.cuts)

    @cached_property
    def targets(self) -> pl.DataFrame:
        """Every cell with its parts, by TARGETS_SCHEMA."""
        return target_rows(self.ground.cells, self.plan, self.state.whole)

    @property
    def cells(self) -> int:
        """How many cells (account × product × month) have a row in `targets`."""
        return int(np.count_nonzero(is_told(self.plan, self.state.whole)))

    @cached_property
    def by_account(self) -> pl.DataFrame:
        """The board summed by account, by BY_ACCOUNT_SCHEMA."""
        return margin(self.ground, self.sums, "account")

    @cached_property
    def by_product(self) -> pl.DataFrame:
        """The board summed by product, by BY_PRODUCT_SCHEMA."""
        return margin(self.ground, self.sums, "product")

    @cached_property
    def months(self) -> pl.DataFrame:
        """The board summed by month, by MONTHS_SCHEMA."""
        return by_month(self.ground, self.plan, self.sums)

    def month_sums(self, by: str, account_id: str | None = None) -> pl.DataFrame:
        """Sums by `by` (account or product) and month: <by>_id, <by>, month, natural, target, gap, target_amount; of one account if named."""
        rows = self.rows_of(account_id)
        if account_id is None:
            return month_sums(self.ground, self.sums, self.ground.natural, by, rows)
        board, whole = self.ground.board, self.state.whole[rows]
        made = Targets(sums(whole, board, rows), sums(cents(whole, board.price[rows, None]), board, rows))
        return month_sums(self.ground, made, sums(board.natural[rows], board, rows), by, rows)

    def rows_of(self, account_id: str | None) -> np.ndarray:
        """The cells of an account by number; all cells for None."""
        board = self.ground.board
        if account_id is None:
            return np.arange(len(board.account))
        at = board.accounts["account_id"].index_of(account_id)
        return np.flatnonzero(board.account == at) if at is not None else np.zeros(0, np.int64)

    @cached_property
    def locked(self) -> np.ndarray:
        """Which cells (cells, months) are locked."""
        return lock_mask(self.frame(hold_months=True), self.state.locks)

    def frame(self, *, hold_months: bool) -> Frame:
        """What edits of this board do not change."""
        board = self.ground.board
        accounts, products = ({key: at for at, key in enumerate(ids)} for ids in (board.accounts["account_id"], board.products["product_id"]))
        months = {month: at for at, month in enumerate(board.plan.off_season.months)}
        low, high = np.minimum(self.plan.low, self.state.whole), np.maximum(self.plan.high, self.state.whole)
        return Frame(board.account, board.product, low, high, accounts, products, months, hold_months)

    def with_edits(self, edits: Sequence[Edit], *, hold_months: bool) -> "EditedBoard":
        """The board after edits that are made together; all totals of both margins are fitted. Raises TargetRefused."""
        frame = self.frame(hold_months=hold_months)
        margins = both_margins(frame, edits)
        return replace(self, state=fitted(frame, self.state, margins) if margins else edited(frame, self.state, edits))

    def rows(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """The rows that have a target, as versions are stored: (account_id, product_id) → cases by month."""
        board, whole = self.ground.board, self.state.whole
        kept = np.flatnonzero(whole.any(axis=1))
        accounts, products = board.accounts["account_id"].gather(board.account[kept]), board.products["product_id"].gather(board.product[kept])
        return dict(zip(zip(accounts, products, strict=True), map(tuple, whole[kept].tolist()), strict=True))

    def unlike(self, rows: Rows) -> dict[tuple[str, str], tuple[int, ...]]:
        """The board's rows that are not as in `rows`; what is there and not here is a row of zeros."""
        own, none = self.rows(), (0,) * self.state.whole.shape[1]
        gone = {row: none for row, units in rows.items() if row not in own and any(units) and row not in self.absent}
        return {row: units for row, units in own.items() if tuple(rows.get(row, none)) != units} | gone

    @property
    def total(self) -> int:
        """The sum of all targets, in whole cases."""
        return int(np.rint(self.sums.units.total))


def calculated(ground: Ground, plan: Plan, cuts: Cuts) -> EditedBoard:
    """The board as it is calculated, nothing edited."""
    return EditedBoard(ground, plan, Edited(plan.whole), cuts)


def saved(ground: Ground, plan: Plan, cuts: Cuts, rows: Rows) -> EditedBoard:
    """The board with saved rows: an account that has any is as it was saved, the others are as calculated.

    Rows of accounts or products that are not on the board any more are `absent`.
    """
    board, keys = ground.board, list(rows)
    accounts, products = ({key: at for at, key in enumerate(ids)} for ids in (board.accounts["account_id"], board.products["product_id"]))
    account, product = (np.array([known.get(key[side], -1) for key in keys], int) for side, known in enumerate((accounts, products)))
    wanted = np.where((account < 0) | (product < 0), -1, account * len(products) + product)
    # The board's cells are in the order of account and product.
    codes = board.account * len(products) + board.product
    at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    there = codes[at] == wanted
    whole = plan.whole.copy(order="K")
    whole[np.isin(board.account, account[account >= 0])] = 0
    if there.any():
        whole[at[there]] = [rows[key] for key, is_there in zip(keys, there.tolist(), strict=True) if is_there]
    absent = tuple(key for key, is_there in zip(keys, there.tolist(), strict=True) if not is_there and any(rows[key]))
    return EditedBoard(ground, plan, Edited(whole), cuts, absent)
