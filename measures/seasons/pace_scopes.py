"""Targets by month of many scopes at once, whatever months and regions the target rows name, and the season that each scope follows.

A row that stands for several months (a quarter's quota) is spread over them by the season of its region. A scope's season is that of
its regions, weighted by what is aimed at in each; rows without a region follow the company's.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.history import History
from measures.month_grid import columns_of
from measures.seasons.region_seasons import season_of
from measures.targets import covered_months

SCOPE = "scope"


@dataclass(frozen=True)
class Scopes:
    """`keys` of the scopes in order; `target`, `weights` (scopes, months of the period): what each month aims at, and its season.

    Both are 0 in a month for which the scope has no target; `has_target` says where it has one.
    """

    keys: pl.Series
    target: np.ndarray
    weights: np.ndarray
    has_target: np.ndarray

    def actual(self, sales: pl.DataFrame, key: str, measure: str, span: History) -> np.ndarray:
        """Sales (scopes, months) of rows [key, month, measure] in the months that have a target."""
        grid = _summed(sales.with_columns(pl.col(key).alias(SCOPE)), pl.col(measure), self.keys, span)
        return np.where(self.has_target, grid, 0.0)


def scopes_of(rows: pl.DataFrame, key: str, measure: str, seasons: pl.DataFrame, span: History) -> Scopes:
    """The scopes that target rows [key, month, region_id, <measure>] name, over the months of a period."""
    named = rows.filter(pl.col(key).is_not_null()).with_columns(pl.col(key).alias(SCOPE))
    spread = _by_month(named, measure, seasons, span)
    inside = spread.filter(pl.col("month") >= span.start, pl.col("month") < span.end)
    keys = inside[SCOPE].unique(maintain_order=True)
    target = _summed(inside, pl.col("part"), keys, span)
    has_target = _summed(inside, pl.lit(1.0), keys, span) > 0
    return Scopes(keys, target, np.where(has_target, _weights(inside, keys, seasons, span), 0.0), has_target)


def _by_month(rows: pl.DataFrame, measure: str, seasons: pl.DataFrame, span: History) -> pl.DataFrame:
    """The rows that reach into the span once per month that they stand for, with the `part` of their target that falls into it."""
    months = covered_months(rows["month"].unique())
    covered = pl.DataFrame({"start": list(months.values()), "month": list(months)}, schema={"start": pl.Date, "month": pl.Date})
    reaching = covered.filter(pl.col("month") >= span.start, pl.col("month") < span.end)["start"].unique()
    told = rows.filter(pl.col("month").is_in(reaching.implode())).with_row_index("row").rename({"month": "start"}).join(covered, on="start", how="inner")
    weight = season_of(seasons, told["region_id"])[np.arange(told.height), told["month"].dt.month().to_numpy() - 1]
    part = pl.col(measure) * pl.col("weight") / pl.col("weight").sum().over("row")
    return told.with_columns(pl.Series("weight", weight, dtype=pl.Float64)).with_columns(part.alias("part"))


def _weights(rows: pl.DataFrame, keys: pl.Series, seasons: pl.DataFrame, span: History) -> np.ndarray:
    """Each scope's season over the period's months: its regions', weighted by their targets (by their rows where these are 0)."""
    shares = rows.group_by(SCOPE, "region_id").agg(pl.col("part").sum().clip(lower_bound=0), pl.len())
    weight = pl.when(pl.col("part").sum().over(SCOPE) > 0).then("part").otherwise(pl.col("len")).cast(pl.Float64)
    share = shares.select((weight / weight.sum().over(SCOPE)).alias("share"))["share"].to_numpy()
    calendar = np.array([month.month - 1 for month in span.months])
    season = season_of(seasons, shares["region_id"])[:, calendar] * share[:, None]
    weights = np.zeros((len(keys), span.length))
    np.add.at(weights, _places(shares[SCOPE], keys), season)
    return weights


def _summed(rows: pl.DataFrame, amount: pl.Expr, keys: pl.Series, span: History) -> np.ndarray:
    """The amounts of rows [scope, month] as (keys, months); rows of other keys or months are left out."""
    place, column = _places(rows[SCOPE], keys), columns_of(rows["month"], span.start)
    inside = (place >= 0) & (column >= 0) & (column < span.length)
    amounts = rows.select(amount.cast(pl.Float64).fill_null(0.0).alias("amount"))["amount"].to_numpy() if rows.height else np.zeros(0)
    at = place[inside] * span.length + column[inside]
    return np.bincount(at, np.broadcast_to(amounts, inside.shape)[inside], len(keys) * span.length).reshape(len(keys), span.length)


def _places(of: pl.Series, keys: pl.Series) -> np.ndarray:
    """The place of each value among the keys; −1 for others."""
    numbered = pl.DataFrame({"key": keys, "place": np.arange(len(keys))}, schema={"key": of.dtype, "place": pl.Int64})
    return of.to_frame("key").join(numbered, on="key", how="left", maintain_order="left")["place"].fill_null(-1).to_numpy()
