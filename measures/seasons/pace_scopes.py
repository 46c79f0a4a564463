"""Targets by month of many scopes at once, whatever months and regions the target rows name, and the season that each scope follows.

A row that stands for several months (a quarter's quota) is spread over them by the season of its region. A scope's season is that of
its regions, weighted by what is aimed at in each; rows without a region follow the company's.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.history import History
from measures.month_grid import columns_of, places
from measures.seasons.region_seasons import season_rows, season_table
from measures.targets import covered_months


@dataclass(frozen=True)
class Aims:
    """Target rows, each once per month of the period `span` that it stands for.

    By row: its place among the months (`month`), the `part` of its target that falls into it, its region's row in `seasons` (regions, 12).
    `grain` is that of the latest target row, of whatever period.
    """

    rows: pl.DataFrame
    month: np.ndarray
    part: np.ndarray
    region: np.ndarray
    seasons: np.ndarray
    span: History
    grain: str | None


@dataclass(frozen=True)
class Sales:
    """Sales [month, measure and what scopes are named by], each row's month by its place in the period `span`."""

    rows: pl.DataFrame
    month: np.ndarray
    amounts: np.ndarray
    span: History


@dataclass(frozen=True)
class Scopes:
    """`keys` of the scopes in order; `target`, `weights` (scopes, months of the period): what each month aims at, and its season.

    Both are 0 in a month for which the scope has no target; `has_target` says where it has one. `key` is the column that names them,
    None for all rows together.
    """

    keys: pl.Series
    target: np.ndarray
    weights: np.ndarray
    has_target: np.ndarray
    key: str | None = None

    def actual(self, sales: Sales) -> np.ndarray:
        """Sales (scopes, months) in the months that have a target."""
        if self.keys.is_empty():
            return np.zeros(self.target.shape)
        place = np.zeros(sales.rows.height, int) if self.key is None else _places(sales.rows[self.key], self.keys)
        inside = place >= 0
        return np.where(self.has_target, _summed(place[inside], sales.month[inside], sales.amounts[inside], self.target.shape), 0.0)


def aims_of(rows: pl.DataFrame, measure: str, seasons: pl.DataFrame, span: History) -> Aims:
    """The target rows [month, region_id, <measure>] over the months of a period."""
    months = covered_months(rows["month"].unique())
    covered = pl.DataFrame({"start": list(months.values()), "month": list(months)}, schema={"start": pl.Date, "month": pl.Date})
    reaching = covered.filter(pl.col("month") >= span.start, pl.col("month") < span.end)["start"].unique()
    told = rows.filter(pl.col("month").is_in(reaching.implode())).with_row_index("row").rename({"month": "start"}).join(covered, on="start", how="inner")
    row, region, table = told["row"].to_numpy(), season_rows(seasons, told["region_id"]), season_table(seasons)
    weight = table[region, told["month"].dt.month().to_numpy() - 1]
    part = told[measure].to_numpy() * weight / np.bincount(row, weight)[row] if told.height else np.zeros(0)
    month = columns_of(told["month"], span.start)
    inside = (month >= 0) & (month < span.length)
    grain = rows["grain"][rows["month"].arg_max()] if rows.height else None
    return Aims(told.filter(pl.Series(inside, dtype=pl.Boolean)), month[inside], part[inside], region[inside], table, span, grain)


def sales_of(rows: pl.DataFrame, measure: str, span: History) -> Sales:
    """The sales of the months of a period."""
    month = columns_of(rows["month"], span.start)
    inside = (month >= 0) & (month < span.length)
    kept = rows.filter(pl.Series(inside, dtype=pl.Boolean))
    return Sales(kept, month[inside], kept[measure].fill_null(0.0).to_numpy(), span)


def scopes_of(aims: Aims, key: str | None) -> Scopes:
    """The scopes that target rows name by their column `key`; None: all of them are one scope."""
    if key is None:
        named, keys, place = slice(None), pl.Series(["whole"][: aims.rows.height]), np.zeros(aims.rows.height, int)
    else:
        named = aims.rows[key].is_not_null().to_numpy()
        keys, place = places(aims.rows[key].drop_nulls())
    month, part, region = aims.month[named], aims.part[named], aims.region[named]
    shape = (len(keys), aims.span.length)
    has_target = _summed(place, month, None, shape) > 0
    weights = _weights(place, part, region, len(keys), aims)
    return Scopes(keys, _summed(place, month, part, shape), np.where(has_target, weights, 0.0), has_target, key)


def _weights(place: np.ndarray, part: np.ndarray, region: np.ndarray, scopes: int, aims: Aims) -> np.ndarray:
    """Each scope's season over the period's months: its regions', weighted by their targets (by their rows where these are 0)."""
    shape = (scopes, len(aims.seasons))
    targets, rows = np.maximum(_summed(place, region, part, shape), 0.0), _summed(place, region, None, shape)
    weight = np.where(targets.sum(axis=1, keepdims=True) > 0, targets, rows)
    calendar = np.array([month.month - 1 for month in aims.span.months])
    return weight / weight.sum(axis=1, keepdims=True) @ aims.seasons[:, calendar]


def _summed(row: np.ndarray, column: np.ndarray, amounts: np.ndarray | None, shape: tuple[int, int]) -> np.ndarray:
    """The amounts at their places in a matrix, equal places added up; None counts them."""
    return np.bincount(row * shape[1] + column, amounts, shape[0] * shape[1]).reshape(shape)


def _places(of: pl.Series, keys: pl.Series) -> np.ndarray:
    """The place of each value among the keys; −1 for others."""
    numbered = pl.DataFrame({"key": keys, "place": np.arange(len(keys))}, schema={"key": of.dtype, "place": pl.Int64})
    return of.to_frame("key").join(numbered, on="key", how="left", maintain_order="left")["place"].fill_null(-1).to_numpy()
