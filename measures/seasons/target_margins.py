"""The margins of a target board as tables: by account, by product, by month, in units and money."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.seasons.board_sums import Sums, sums
from measures.seasons.target_ground import Ground
from measures.seasons.target_plan import Plan
from measures.seasons.target_tables import BY_ACCOUNT_SCHEMA, BY_PRODUCT_SCHEMA, MONTHS_SCHEMA, cents
from measures.typed import typed

SCHEMAS = {"account": BY_ACCOUNT_SCHEMA, "product": BY_PRODUCT_SCHEMA}


@dataclass(frozen=True)
class Targets:
    """The sums of a board's whole cases, in units and in cents."""

    units: Sums
    cents: Sums


def targets_of(found: Ground, whole: np.ndarray) -> Targets:
    """The sums of these whole cases (cells, months)."""
    return Targets(sums(whole, found.board), sums(cents(whole, found.board.price[:, None]), found.board))


def margin(found: Ground, made: Targets, by: str) -> pl.DataFrame:
    """The off-season's sums by `by` (account or product), the largest gap first, by BY_ACCOUNT_SCHEMA or BY_PRODUCT_SCHEMA."""
    names, of = _side(found, by)
    natural, target, amount, last_year, natural_amount = (
        getattr(of_all, by).sum(axis=1) for of_all in (found.natural, made.units, made.cents, found.last_year, found.natural_amount)
    )
    columns = {
        "natural": natural, "target": np.rint(target).astype(np.int64), "gap": target - natural, "last_year": last_year,
        "natural_amount": natural_amount, "target_amount": amount / 100,
    }  # fmt: skip
    shown = names.hstack(pl.DataFrame(columns)).filter(pl.Series(np.bincount(of, minlength=names.height) > 0))
    schema = SCHEMAS[by]
    return shown.sort(pl.col("gap"), f"{by}_id", descending=[True, False]).select(typed(schema))


def by_month(found: Ground, plan: Plan, made: Targets) -> pl.DataFrame:
    """The board's sums by month of the off-season, with the lift and the growth points' part before rounding."""
    natural, target = found.natural.months, np.rint(made.units.months).astype(np.int64)
    columns = {
        "month": found.board.plan.off_season.months, "lift": plan.lift.sum(axis=0), "growth_points": plan.growth.sum(axis=0), "natural": natural,
        "target": target, "gap": target - natural, "last_year": found.last_year.months, "natural_amount": found.natural_amount.months,
        "target_amount": made.cents.months / 100,
    }  # fmt: skip
    return pl.DataFrame(columns, schema=MONTHS_SCHEMA)


def month_sums(found: Ground, made: Targets, natural: Sums, by: str, rows: np.ndarray) -> pl.DataFrame:
    """Sums by `by` and month: <by>_id, <by>, month, natural, target, gap, target_amount; of what has one of the board's `rows`."""
    names, of = _side(found, by)
    there = np.flatnonzero(np.bincount(of[rows], minlength=names.height))
    months = pl.Series("month", found.board.plan.off_season.months, dtype=pl.Date)
    length = len(months)
    long = names.select(f"{by}_id", by)[np.repeat(there, length)].with_columns(month=months.gather(np.tile(np.arange(length), len(there))))
    values = {name: getattr(of_all, by)[there].ravel() for name, of_all in (("natural", natural), ("target", made.units), ("target_amount", made.cents))}
    return long.with_columns(**{name: pl.Series(value) for name, value in values.items()}).with_columns(
        pl.col("target").round(0).cast(pl.Int64), pl.col("target_amount") / 100, gap=pl.col("target") - pl.col("natural")
    )


def _side(found: Ground, by: str) -> tuple[pl.DataFrame, np.ndarray]:
    """The names of a side, and which of them each of the board's rows is of."""
    return (found.board.accounts, found.board.account) if by == "account" else (found.board.products, found.board.product)
