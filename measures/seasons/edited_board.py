"""A target board that people work on: the calculated one or a saved version, with their edits, as tables that are made when they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from measures.seasons.allocation import column_sums, row_sums
from measures.seasons.board_edits import Edit, Edited, Frame, edited, lock_mask
from measures.seasons.board_margins import both_margins, fitted
from measures.seasons.off_season_targets import Ground, Plan, summary
from measures.seasons.target_tables import by_account, by_month, by_product, cents, target_rows
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
    def summary(self) -> dict[str, object]:
        """The board in one row, by measures.seasons.off_season_targets.SUMMARY_SCHEMA."""
        return summary(self.ground, self.plan, self.state.whole, self.cuts).row(0, named=True)

    @cached_property
    def targets(self) -> pl.DataFrame:
        """Every cell with its parts, by TARGETS_SCHEMA."""
        return target_rows(self.ground.cells, self.plan, self.state.whole)

    @cached_property
    def by_account(self) -> pl.DataFrame:
        """Sums by account, by BY_ACCOUNT_SCHEMA."""
        return by_account(self.ground.board, self.state.whole)

    @cached_property
    def by_product(self) -> pl.DataFrame:
        """Sums by product, by BY_PRODUCT_SCHEMA."""
        return by_product(self.ground.board, self.state.whole)

    @cached_property
    def months(self) -> pl.DataFrame:
        """Sums by month, by MONTHS_SCHEMA."""
        return by_month(self.ground.board, self.plan, self.state.whole)

    def month_sums(self, by: str, account_id: str | None = None) -> pl.DataFrame:
        """Sums by `by` (account or product) and month: <by>_id, <by>, month, natural, target, gap, target_amount; of one account if named."""
        board = self.ground.board
        names, of = (board.accounts, board.account) if by == "account" else (board.products, board.product)
        kept = self.rows_of(account_id)
        parts = {"natural": board.natural[kept], "target": self.state.whole[kept], "target_amount": cents(self.state.whole[kept], board.price[kept, None])}
        sums = {name: np.stack([np.bincount(of[kept], month, names.height) for month in cells.T], axis=1) for name, cells in parts.items()}
        there = np.flatnonzero(np.bincount(of[kept], minlength=names.height))
        months = pl.Series("month", board.plan.off_season.months, dtype=pl.Date)
        long = names[np.repeat(there, len(months))].select(f"{by}_id", by).with_columns(month=pl.concat([months] * len(there)) if len(there) else months.clear())
        values = {name: table[there].ravel() for name, table in sums.items()}
        return long.with_columns(**{name: pl.Series(value) for name, value in values.items()}).with_columns(
            pl.col("target").cast(pl.Int64), pl.col("target_amount") / 100, gap=pl.col("target") - pl.col("natural")
        )

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
        """The board's rows with a target, as versions keep them."""
        board, whole = self.ground.board, self.state.whole
        kept = np.flatnonzero(row_sums(whole) > 0)
        accounts, products = board.accounts["account_id"].gather(board.account[kept]), board.products["product_id"].gather(board.product[kept])
        return dict(zip(zip(accounts, products, strict=True), map(tuple, whole[kept].tolist()), strict=True))

    def unlike(self, rows: Rows) -> dict[tuple[str, str], tuple[int, ...]]:
        """The board's rows that are not as in `rows`; what is there and not here is a row of zeros."""
        own, none = self.rows(), (0,) * self.state.whole.shape[1]
        gone = {row: none for row, units in rows.items() if row not in own and any(units) and row not in self.absent}
        return {row: units for row, units in own.items() if tuple(rows.get(row, none)) != units} | gone

    @property
    def total(self) -> int:
        """All whole cases."""
        return int(column_sums(self.state.whole).sum())


def calculated(ground: Ground, plan: Plan, cuts: Cuts) -> EditedBoard:
    """The board as it is calculated, nothing edited."""
    return EditedBoard(ground, plan, Edited(plan.whole), cuts)


def saved(ground: Ground, plan: Plan, cuts: Cuts, rows: Rows) -> EditedBoard:
    """The board with saved rows: an account that has any is as it was saved, the others are as calculated.

    Rows of accounts or products that are not on the board any more are `absent`.
    """
    board = ground.board
    accounts, products = ({key: at for at, key in enumerate(ids)} for ids in (board.accounts["account_id"], board.products["product_id"]))
    cell = {pair: at for at, pair in enumerate(zip(board.account.tolist(), board.product.tolist(), strict=True))}
    places = {row: cell.get((accounts.get(row[0], -1), products.get(row[1], -1))) for row in rows}
    told = {accounts[account] for account, _product in rows if account in accounts}
    whole = np.where(np.isin(board.account, list(told))[:, None], 0, plan.whole)
    for row, at in places.items():
        if at is not None:
            whole[at] = rows[row]
    absent = tuple(row for row, at in places.items() if at is None and any(rows[row]))
    return EditedBoard(ground, plan, Edited(whole), cuts, absent)
