"""Are the new products out there before the peak begins? Their distribution against what earlier launches had at the same age.

Source 003: use the off-season to distribute new products, so that they are on the shelf when the peak comes. A product reaches a distributor
with its first purchase; only distributors that bought anything in the last twelve months count, above and below the line. What it will
have reached by the peak is what it has now and what the median earlier launch still gained from its age on; it is ready where it has the median distribution of its category.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from measures.history import History, history, months_between
from measures.month_grid import columns_of
from measures.seasons import launch_times
from measures.seasons.peak_windows import season_windows
from measures.thresholds import Cuts
from measures.trade.stockists import Stockists, stockists
from queries.filters import Filters, add_months
from queries.runner import Ask

THRESHOLDS = (
    "launch_months", "launch_reach", "peak_by", "years", "window", "method", "off_season_cut", "peak_start", "off_season_start", "off_season_months", "region_seasons",
)  # fmt: skip
READY, ON_THE_WAY, LATE, UNKNOWN = "ready", "on_the_way", "late", "unknown"
SCHEMA = {
    "product_id": pl.String, "product": pl.String, "category": pl.String, "launched_on": pl.Date, "months": pl.Int64, "stockists": pl.Int64,
    "distribution": pl.Float64, "usual_distribution": pl.Float64, "expected_distribution": pl.Float64, "median_distribution": pl.Float64,
    "months_to_peak": pl.Int64, "readiness": pl.String, "months_to_distribution": pl.Int64, "usual_months_to_distribution": pl.Float64,
}


@dataclass(frozen=True)
class LaunchReadiness:
    """`launches`: products of the last `launch_months` months, the latest first. `usual_distribution` is the earlier launches' at that age.

    `expected_distribution` is by the company's next peak, `median_distribution` that of the category's older products. `earlier` says how
    many launches the usual is the median of. `launch_times`: every launch since the data begin, the latest first, with the months until it
    was distributed (measures.seasons.launch_times).
    """

    launches: pl.DataFrame
    launch_times: pl.DataFrame
    earlier: int


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> LaunchReadiness:
    """The launches as of the end of the complete months within the period."""
    span = history(ask, filters.within(None, filters.to_date))
    return of_stockists(ask, filters, cuts, span, stockists(ask, filters, span) if span and span.length else None)


def of_stockists(ask: Ask, filters: Filters, cuts: Cuts, span: History | None, found: Stockists | None) -> LaunchReadiness:
    """The same answer where the complete months and who stocks what in them are known; None: there are none."""
    if span is None or found is None:
        return LaunchReadiness(pl.DataFrame(schema=SCHEMA), pl.DataFrame(schema=launch_times.SCHEMA), 0)
    peak = _peak_start(ask, filters.within(span.start, span.end), span, cuts)
    return readiness(found.products, found.ever, found.buyers.accounts, span, peak, int(cuts["launch_months"]), float(cuts["launch_reach"]))


def readiness(
    products: pl.DataFrame, stocking: pl.DataFrame, distributors: int, span: History, peak: date | None, launch_months: int, reach: float
) -> LaunchReadiness:
    """The launches from `products` [product_id, product, category, launched_on, discontinued_on] and `stocking` [product_id, since, accounts]."""
    known = products.join(stocking.select("product_id").unique(), on="product_id", how="semi").filter(
        pl.col("discontinued_on").is_null() | (pl.col("discontinued_on") > span.end)
    )
    ids = known["product_id"].to_list()
    reached = _reached(stocking, ids, span) / max(distributors, 1)
    first = _first_months(known["launched_on"].to_list(), reached, span)
    age = span.length - first
    curves = np.array([_by_age(row, at) for row, at in zip(reached, first, strict=True)]).reshape(len(ids), span.length)
    is_new = (age <= launch_months) & (age > 0)
    earlier = (first > 0) & ~is_new
    usual = _median(curves[earlier]) if earlier.any() else np.full(span.length, np.nan)
    settled = known.with_columns(now=pl.Series(reached[:, -1] if len(ids) else [], dtype=pl.Float64)).filter(pl.Series(~is_new, dtype=pl.Boolean))
    median = dict(settled.group_by("category").agg(pl.col("now").median()).iter_rows())
    ahead = months_between(span.end, peak) if peak else None
    times = pl.DataFrame(
        [_time(known.row(at, named=True), curves[at], bool(earlier[at]), median, reach, add_months(span.start, int(first[at]))) for at in np.flatnonzero((first > 0) & (age > 0))],
        schema=launch_times.SCHEMA, orient="row",
    ).sort("launched_on", "product_id", descending=[True, False])  # fmt: skip
    rows = [
        _row(known.row(at, named=True), int(age[at]), reached[at, -1], usual, ahead, median, distributors, add_months(span.start, int(first[at])))
        for at in np.flatnonzero(is_new)
    ]
    table = pl.DataFrame(rows, schema=dict(list(SCHEMA.items())[:-2]), orient="row").sort("launched_on", "product_id", descending=[True, False])
    timed = table.join(times.select("product_id", "months_to_distribution"), on="product_id", how="left", maintain_order="left").with_columns(
        pl.lit(launch_times.usual_months(times), pl.Float64).alias("usual_months_to_distribution")
    )
    return LaunchReadiness(timed, times, int(earlier.sum()))


def _time(product: dict, curve: np.ndarray, is_earlier: bool, median: dict, reach: float, first: date) -> tuple:
    usual = median.get(product["category"])
    goal = reach * usual if usual else None
    told = (product["product_id"], product["product"], product["category"], product["launched_on"] or first)
    return (*told, is_earlier, goal, launch_times.months_to(curve, goal))


def _row(
    product: dict, age: int, now: float, usual: np.ndarray, ahead: int | None, median: dict, distributors: int, first: date
) -> tuple:
    at, then = min(age, len(usual)) - 1, min(age + (ahead or 0), len(usual)) - 1
    gain = usual[then] - usual[at]
    expected = None if ahead is None or np.isnan(gain) else min(now + max(gain, 0.0), 1.0)
    goal = median.get(product["category"])
    return (
        product["product_id"], product["product"], product["category"], product["launched_on"] or first, age, round(now * distributors), now,
        None if np.isnan(usual[at]) else float(usual[at]), expected, goal, ahead, _verdict(now, expected, goal),
    )  # fmt: skip


def _verdict(now: float, expected: float | None, goal: float | None) -> str:
    if goal is None:
        return UNKNOWN
    if now >= goal:
        return READY
    return UNKNOWN if expected is None else ON_THE_WAY if expected >= goal else LATE


def _reached(stocking: pl.DataFrame, ids: list[str], span: History) -> np.ndarray:
    """Accounts that had bought each product by the end of each month (products, months)."""
    places = {identifier: at for at, identifier in enumerate(ids)}
    kept = stocking.filter(pl.col("product_id").is_in(ids))
    gained = np.zeros((len(ids), span.length))
    np.add.at(gained, ([places[of] for of in kept["product_id"]], columns_of(kept["since"], span.start)), kept["accounts"].to_numpy())
    return gained.cumsum(axis=1)


def _first_months(launched: list[date | None], reached: np.ndarray, span: History) -> np.ndarray:
    """Each product's first month after the history's beginning, by its launch or else its first sale; 0 for older ones."""
    seen = np.where((reached > 0).any(axis=1), np.argmax(reached > 0, axis=1), span.length)
    said = [months_between(span.start, day.replace(day=1)) if day else int(at) for day, at in zip(launched, seen, strict=True)]
    return np.clip(np.array(said, int), 0, span.length)


def _by_age(row: np.ndarray, first: int) -> np.ndarray:
    """A product's distribution by its age in months; NaN where it is not that old yet."""
    return np.concatenate([row[first:], np.full(first, np.nan)])


def _median(curves: np.ndarray) -> np.ndarray:
    """The median by age; where fewer launches reach an age it is carried on from the one before."""
    counted = (~np.isnan(curves)).sum(axis=0)
    filled = np.where(counted[None, :] > 0, curves, 0.0)
    median = np.nanmedian(filled, axis=0)
    return np.where(counted >= 1, np.maximum.accumulate(np.nan_to_num(median)), np.nan)


def _peak_start(ask: Ask, filters: Filters, span: History, cuts: Cuts) -> date | None:
    """The first day of the next peak of all that is in view."""
    rows = ask("seasons/region_months", filters)
    sums = np.zeros(span.length)
    np.add.at(sums, columns_of(rows["month"], span.start), rows["quantity"].to_numpy())
    windows = season_windows(ask, {None: sums}, span, cuts)
    return windows.next_peak(None, span).start if windows else None
