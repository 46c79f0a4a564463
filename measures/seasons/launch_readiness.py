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
from measures.typed import typed
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
OF_TIMES = ("months_to_distribution", "usual_months_to_distribution")
"""The columns that are known from `launch_times` alone."""


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
    sold = _products(products, stocking, distributors, span)
    is_new = (sold.age <= launch_months) & (sold.age > 0)
    is_earlier = (sold.first > 0) & ~is_new
    usual = _median(sold.curves[is_earlier]) if is_earlier.any() else np.full(span.length, np.nan)
    goals = _category_medians(sold, ~is_new)
    times = _times(sold, is_earlier, goals, reach)
    launches = _launches(sold, np.flatnonzero(is_new), usual, months_between(span.end, peak) if peak else None, goals)
    timed = launches.join(times.select("product_id", "months_to_distribution"), on="product_id", how="left", maintain_order="left").with_columns(
        pl.lit(launch_times.usual_months(times), pl.Float64).alias("usual_months_to_distribution")
    )
    return LaunchReadiness(timed.select(typed(SCHEMA)), times, int(is_earlier.sum()))


@dataclass(frozen=True)
class _Products:
    """The products that are sold: `about` their rows, `reached` (products, months) their distribution at each month's end.

    `first` is the month of the launch, 0 for those older than the history, `age` the months since, `curves` the distribution by age.
    """

    about: pl.DataFrame
    reached: np.ndarray
    first: np.ndarray
    age: np.ndarray
    curves: np.ndarray
    distributors: int

    @property
    def now(self) -> np.ndarray:
        """The distribution today (products,)."""
        return self.reached[:, -1]


def _products(products: pl.DataFrame, stocking: pl.DataFrame, distributors: int, span: History) -> _Products:
    known = products.join(stocking.select("product_id").unique(), on="product_id", how="semi", maintain_order="left").filter(
        pl.col("discontinued_on").is_null() | (pl.col("discontinued_on") > span.end)
    )
    reached = _reached(stocking, known["product_id"].to_list(), span) / max(distributors, 1)
    first = _first_months(known["launched_on"].to_list(), reached, span)
    began = pl.Series([add_months(span.start, at) for at in first.tolist()], dtype=pl.Date)
    curves = np.array([_by_age(row, at) for row, at in zip(reached, first, strict=True)]).reshape(reached.shape)
    return _Products(known.with_columns(pl.col("launched_on").fill_null(began)), reached, first, span.length - first, curves, distributors)


def _category_medians(of: _Products, settled: np.ndarray) -> dict[str | None, float]:
    """The median distribution of each category's products that are no launches any more."""
    now = of.about.with_columns(now=pl.Series(of.now, dtype=pl.Float64)).filter(pl.Series(settled, dtype=pl.Boolean))
    return dict(now.group_by("category").agg(pl.col("now").median()).iter_rows())


def _times(of: _Products, is_earlier: np.ndarray, goals: dict[str | None, float], reach: float) -> pl.DataFrame:
    """Every launch since the data begin with the months until it had `reach` of its category's median, by launch_times.SCHEMA."""
    rows = []
    for at in np.flatnonzero((of.first > 0) & (of.age > 0)).tolist():
        about = of.about.row(at, named=True)
        usual = goals.get(about["category"])
        goal = reach * usual if usual else None
        rows.append(_named(about) | {
            "is_earlier": bool(is_earlier[at]), "goal_distribution": goal, "months_to_distribution": launch_times.months_to(of.curves[at], goal),
        })  # fmt: skip
    return _latest_first(pl.DataFrame(rows, schema=launch_times.SCHEMA))


def _launches(of: _Products, new: np.ndarray, usual: np.ndarray, ahead: int | None, goals: dict[str | None, float]) -> pl.DataFrame:
    """The launches `new` against the `usual` distribution by age; the next peak is `ahead` months away, None: there is none."""
    rows = []
    for at in new.tolist():
        about, age, now = of.about.row(at, named=True), int(of.age[at]), float(of.now[at])
        expected, goal = _expected(now, age, usual, ahead), goals.get(about["category"])
        at_age = usual[min(age, len(usual)) - 1]
        rows.append(_named(about) | {
            "months": age, "stockists": round(now * of.distributors), "distribution": now,
            "usual_distribution": None if np.isnan(at_age) else float(at_age), "expected_distribution": expected, "median_distribution": goal,
            "months_to_peak": ahead, "readiness": _verdict(now, expected, goal),
        })  # fmt: skip
    return _latest_first(pl.DataFrame(rows, schema={name: kind for name, kind in SCHEMA.items() if name not in OF_TIMES}))


def _named(about: dict[str, object]) -> dict[str, object]:
    return {name: about[name] for name in ("product_id", "product", "category", "launched_on")}


def _latest_first(launches: pl.DataFrame) -> pl.DataFrame:
    return launches.sort("launched_on", "product_id", descending=[True, False])


def _expected(now: float, age: int, usual: np.ndarray, ahead: int | None) -> float | None:
    """The distribution by the peak: today's and what the usual launch gained from this age on."""
    if ahead is None:
        return None
    gain = usual[min(age + ahead, len(usual)) - 1] - usual[min(age, len(usual)) - 1]
    return None if np.isnan(gain) else float(min(now + max(gain, 0.0), 1.0))


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
