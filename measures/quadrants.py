"""EI–EIV at one date: contribution × stability of the accounts that bought in the last twelve months (methods.md section 1)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures import ranking
from measures.history import History, months_between
from measures.month_grid import month_grids
from measures.seasons import YEAR
from measures.stability import raw_variation, since_first_order, stability
from measures.thresholds import Cuts

MEASURES = ("quantity", "net_sales", "margin", "costed_sales")
MARGIN, NET_SALES = "margin", "net_sales"
BELOW_ZERO, MISSING_COST, NO_MARGIN = "below_zero", "missing_cost", "no_margin"
CLASSIFIED = ("ok", "provisional")


@dataclass(frozen=True)
class Book:
    """What every account bought by month. `rows` is account × month, `about` names the accounts and their first month.

    `whole` is all complete months of the data, `index` the company's seasonal index (12,), or None where it is not known yet.
    """

    rows: pl.DataFrame
    about: pl.DataFrame
    whole: History
    index: np.ndarray | None


def quadrants_at(book: Book, end: History, cuts: Cuts) -> pl.DataFrame:
    """One row per account with a sale in the last twelve months of `end`, by falling contribution, with its quadrant.

    Contribution is the share of the gross margin of all these accounts, or of their net sales where less than
    `cost_coverage` of them has a known cost or the margin is none in total. Accounts without a positive one leave the ranking (`below_zero`).
    """
    year, window = end.last(YEAR), end.last(int(cuts["stability_months"]))
    sums = _trailing(book.rows, year)
    basis, _reason = contribution_basis(sums, cuts)
    counted = sums.join(book.about, on="account_id", how="inner", maintain_order="left").with_columns(pl.col(basis).alias("value"))
    steady = _stability(book, counted["account_id"], window, cuts)
    total = counted["value"].sum()
    contribution = pl.col("value") / total if total > 0 else pl.lit(None, pl.Float64)
    both = counted.join(steady, on="account_id", how="left", maintain_order="left").with_columns(contribution.alias("contribution"))
    ranked = ranking.high_contribution(both, "value", cut=cuts["contribution_share"]).drop("share")
    status = _status(season_known=book.index is not None)
    quadrant = quadrant_of(pl.col("is_high"), pl.col("stability_cv") < cuts["stability_cut"])
    placed = ranked.with_columns(status).with_columns(quadrant.alias("quadrant"))
    return placed.with_columns(pl.col("is_borderline") & pl.col("quadrant").is_not_null())


def contribution_basis(sums: pl.DataFrame, cuts: Cuts) -> tuple[str, str]:
    """`margin`, or `net_sales` with the reason: `missing_cost` (too few costs known) or `no_margin` (in total there is none).

    A share of a loss would turn every account's sign around.
    """
    if cost_coverage(sums) < cuts["cost_coverage"]:
        return NET_SALES, MISSING_COST
    return (MARGIN, "ok") if sums["margin"].sum() > 0 else (NET_SALES, NO_MARGIN)


def cost_coverage(sums: pl.DataFrame) -> float:
    """Share of net sales whose cost is known; 0 without sales."""
    total = sums["net_sales"].sum()
    return sums["costed_sales"].sum() / total if total > 0 else 0.0


def quadrant_of(high: pl.Expr, stable: pl.Expr) -> pl.Expr:
    """EI high and stable, EII high, EIII stable, EIV neither; null for an account that is not classified."""
    found = pl.when(high & stable).then(pl.lit("EI")).when(high).then(pl.lit("EII")).when(stable).then(pl.lit("EIII"))
    return pl.when(pl.col("status").is_in(CLASSIFIED)).then(found.otherwise(pl.lit("EIV")))


def _trailing(rows: pl.DataFrame, year: History) -> pl.DataFrame:
    """Sums of the year by account; a margin that is nowhere known stays null."""
    inside = rows.filter((pl.col("month") >= year.start) & (pl.col("month") < year.end))
    sums = [pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name) for name in MEASURES]
    return inside.group_by("account_id", maintain_order=True).agg(sums)


def _stability(book: Book, ids: pl.Series, window: History, cuts: Cuts) -> pl.DataFrame:
    """Stability's columns and `raw_cv` by account_id, over the window's months since each account's first full one."""
    rows = book.rows.filter(pl.col("account_id").is_in(ids.implode()))
    keys, grids = month_grids(rows, "account_id", ("quantity",), window)
    begun = pl.DataFrame({"account_id": keys}).join(book.about, on="account_id", how="left", maintain_order="left")["first_month"]
    volumes = since_first_order(grids["quantity"], _first_columns(begun, window, book.whole))
    index = np.ones(YEAR) if book.index is None else book.index
    found = stability(volumes, window.months, index, cuts["stability_cut"], window.length, cuts["amplitude_tau"])
    raw = pl.Series("raw_cv", raw_variation(np.maximum(volumes, 0.0)), nan_to_null=True)
    return found.frame().with_columns(pl.Series("account_id", keys), raw)


def _first_columns(begun: pl.Series, window: History, whole: History) -> np.ndarray:
    """Where each account's first month lies in the window; before it (−1) if it is as old as the data themselves."""
    return np.array([-1 if first <= whole.start else months_between(window.start, first) for first in begun.to_list()], int)


def _status(*, season_known: bool) -> pl.Expr:
    status = pl.when(pl.col("value").is_null()).then(pl.lit(MISSING_COST)).when(pl.col("is_high").is_null()).then(pl.lit(BELOW_ZERO))
    if not season_known:
        status = status.when(pl.col("status") == "ok").then(pl.lit("provisional"))
    return status.otherwise(pl.col("status")).alias("status")
