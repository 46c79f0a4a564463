"""EI–EIV at one date: contribution × stability of the accounts that bought in the last twelve months (methods.md section 1)."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from measures.customers import ranking
from measures.customers.quadrant_book import MONEY, Book, columns_in
from measures.customers.quadrant_path import are_stable, windows
from measures.customers.stability import Rules, raw_variation, stability
from measures.history import History, months_between
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts

MARGIN, NET_SALES = "margin", "net_sales"
BELOW_ZERO, MISSING_COST, NO_MARGIN = "below_zero", "missing_cost", "no_margin"
CLASSIFIED = ("ok", "provisional")


def quadrants_at(book: Book, end: History, cuts: Cuts) -> pl.DataFrame:
    """`quadrants_of` one date."""
    return quadrants_of(book, (end,), cuts)[0]


def quadrants_of(book: Book, ends: Sequence[History], cuts: Cuts) -> list[pl.DataFrame]:
    """At each date one row per account with a sale in the last twelve months of it, by falling contribution, with its quadrant.

    The dates (`ends`) lie whole years apart.

    Contribution is the share of the gross margin of all these accounts, or of their net sales where less than
    `cost_coverage` of them has a known cost or the margin is none in total. Accounts without a positive one leave the ranking (`below_zero`).
    This is the one place where a quadrant is decided. The side of the stability cut depends on the way an account came (quadrant_path);
    `quadrant_by_cut` is the place by the cut alone, and `is_held` says where the two differ.
    """
    bought = [np.flatnonzero(book.has_row[:, columns_in(book.money_span, end.last(YEAR))].any(axis=1)) for end in ends]
    return [_placed(book, rows, end, steady, cuts) for rows, end, steady in zip(bought, ends, _stability(book, bought, ends, cuts), strict=True)]


def _placed(book: Book, bought: np.ndarray, end: History, steady: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """The quadrants of the book's rows `bought`, whose stability at the date is `steady`."""
    sums = _trailing(book, bought, end.last(YEAR))
    basis, _reason = contribution_basis(sums, cuts)
    total = sums[basis].sum()
    contribution = pl.col(basis) / total if total > 0 else pl.lit(None, pl.Float64)
    counted = sums.with_columns(*steady.get_columns(), pl.col(basis).alias("value"), contribution.alias("contribution"))
    ranked = ranking.high_contribution(counted, "value", cut=cuts["contribution_share"]).drop("share")
    placed = ranked.with_columns(_status(season_known=book.index is not None))
    quadrant, by_cut = (_quadrant(side) for side in (pl.col("is_stable"), pl.col("stability_cv") < cuts["stability_cut"]))
    decided = placed.with_columns(quadrant.alias("quadrant"), by_cut.alias("quadrant_by_cut"))
    return decided.with_columns(
        pl.col("is_borderline") & pl.col("quadrant").is_not_null(), (pl.col("quadrant") != pl.col("quadrant_by_cut")).fill_null(False).alias("is_held")
    )


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


def _quadrant(stable: pl.Expr) -> pl.Expr:
    """EI high and stable, EII high, EIII stable, EIV neither; null for an account that is not classified."""
    high = pl.col("is_high")
    found = pl.when(high & stable).then(pl.lit("EI")).when(high).then(pl.lit("EII")).when(stable).then(pl.lit("EIII"))
    # Each compared by itself: `is_in` makes a set of them first.
    classified = pl.any_horizontal(pl.col("status") == one for one in CLASSIFIED)
    return pl.when(classified).then(found.otherwise(pl.lit("EIV")))


def _trailing(book: Book, bought: np.ndarray, year: History) -> pl.DataFrame:
    """Who they are and the year's sums; a margin that is nowhere known stays null."""
    months = columns_in(book.money_span, year)
    sums = {"quantity": book.units[bought, columns_in(book.span, year)].sum(axis=1)}
    sums |= {name: book.money[name][bought, months].sum(axis=1) for name in MONEY}
    sums["margin"] = np.where(book.has_margin[bought, months].any(axis=1), sums["margin"], np.nan)
    return book.about[bought].with_columns(pl.Series(name, of, nan_to_null=True) for name, of in sums.items())


def _stability(book: Book, bought: Sequence[np.ndarray], ends: Sequence[History], cuts: Cuts) -> list[pl.DataFrame]:
    """Of each date's rows stability's columns, `is_stable` and `raw_cv`, over the months since each account's first full one; all judged in one go."""
    counts = [len(rows) for rows in bought]
    rows, months = np.concatenate(bought), np.repeat([months_between(book.span.start, end.end) for end in ends], counts)
    volumes, expected = windows(book, rows, months, 1, int(cuts["stability_months"]))
    found = stability(volumes, expected, Rules.of(cuts))
    raw = pl.Series("raw_cv", raw_variation(np.maximum(volumes, 0.0)), nan_to_null=True)
    frame = found.frame().with_columns(pl.Series("is_stable", are_stable(book, rows, months, found.cv, cuts)), raw)
    return [frame.slice(start, count) for start, count in zip(np.cumsum([0, *counts]), counts, strict=False)]


def _status(*, season_known: bool) -> pl.Expr:
    status = pl.when(pl.col("value").is_null()).then(pl.lit(MISSING_COST)).when(pl.col("is_high").is_null()).then(pl.lit(BELOW_ZERO))
    if not season_known:
        status = status.when(pl.col("status") == "ok").then(pl.lit("provisional"))
    return status.otherwise(pl.col("status")).alias("status")
