"""When are peak and off-season? The seasonal index of the company, each region, category and product (methods.md section 5).

`company` is everything the viewer sees within the filters. Every other scope borrows from the one above it as far as its own
data are poor (product ← category ← company, region ← company); `basis` says how far. A season set by hand is the company's:
the scopes below keep what their data say, since hemispheres differ, and a region may have its own set (`region_seasons`).

An index is as sure as its data: `low` and `high` hold it in `interval` of the cases, `peak_confidence` says how often the peak would
still begin in the same month. Accounts are asked apart (measures/accounts/account_seasons.py): there are many of them.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import stats

from measures.history import history
from measures.seasons import season_windows as windows
from measures.seasons import seasons
from measures.seasons.regions_by_hand import common_season, regions_by_hand
from measures.seasons.season_choice import chosen_off_season, chosen_peak, is_set_by_hand, region_cuts, scope_cuts
from measures.seasons.season_scopes import Scopes, scopes_of
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import framed, typed
from queries.filters import Filters
from queries.runner import Ask, together

THRESHOLDS = (
    "years",
    "window",
    "method",
    "measure",
    "off_season_cut",
    "peak_start",
    "off_season_start",
    "off_season_months",
    "region_seasons",
    "selling_days",
    "holidays",
    "interval",
)
PARTS = ("account_seasons", "season_mix")

SCOPE_SCHEMA = {"scope": pl.String, "scope_kind": pl.String, "scope_id": pl.String, "scope_name": pl.String}
INDEX_SCHEMA = SCOPE_SCHEMA | {
    "month": pl.Int64,
    "seasonal_index": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "ratios": pl.Int64,
    "daily_index": pl.Float64,
    "is_peak": pl.Boolean,
    "is_off_season": pl.Boolean,
}
SEASON_SCHEMA = SCOPE_SCHEMA | {
    "peak_start": pl.Int64,
    "peak_months": pl.Int64,
    "peak_share": pl.Float64,
    "peak_confidence": pl.Float64,
    "off_season_start": pl.Int64,
    "off_season_months": pl.Int64,
    "off_season_share": pl.Float64,
    "low_start": pl.Int64,
    "low_share": pl.Float64,
    "kruskal_h": pl.Float64,
    "kruskal_p": pl.Float64,
    "strength": pl.Float64,
    "status": pl.String,
    "basis": pl.String,
    "years": pl.Float64,
    "is_set_by_hand": pl.Boolean,
}
HISTORY_SCHEMA = {"month": pl.Date, "value": pl.Float64, "seasonal_index": pl.Float64}


@dataclass(frozen=True)
class Seasonality:
    """`index`: twelve rows per scope. `season`: one row per scope. `history`: the company's measure by complete month.

    Scopes are named `company`, `region:<id>`, `category:<name>`, `product:<id>`. Calendar months are 1–12; shares are of the
    year. `low_start` is the lowest window of `window` months. Without an index (under two years) its columns are null. `ratios` counts
    the years that a month's index is the mean of.
    """

    index: pl.DataFrame
    season: pl.DataFrame
    history: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Seasonality:
    """The seasons within the filters, from the last `years` years of complete months (measures.history)."""
    span = history(ask, filters)
    rows = ask("seasons/sales_by_scope", filters.within(span.start, span.end)) if span and span.length else None
    if rows is None or rows.is_empty():
        return Seasonality(
            pl.DataFrame(schema=INDEX_SCHEMA), pl.DataFrame(schema=SEASON_SCHEMA), pl.DataFrame(schema=HISTORY_SCHEMA)
        )
    scopes = scopes_of(rows, span, cuts, regions_by_hand(ask, cuts))
    season = season_table(scopes, cuts)
    return Seasonality(index_table(scopes, season, cuts), season, history_table(scopes))


def season_table(scopes: Scopes, cuts: Cuts) -> pl.DataFrame:
    """Each scope's peak, off-season and their proof, by SEASON_SCHEMA."""
    peak, peak_months, off, off_months = _windows(scopes, cuts)
    low = windows.low_starts(scopes.index, cuts["window"])
    confidence, (h, p, fs, status) = together(
        lambda: windows.peak_confidence(scopes.index, scopes.variance, cuts["window"]), lambda: _proof(scopes.ratios)
    )
    known = ~np.isnan(scopes.index).any(axis=1)
    whole = np.full(len(peak), cuts["window"])
    columns = {
        "peak_start": _known(peak, known),
        "peak_months": _known(peak_months, known),
        "peak_share": _share(scopes.index, peak, peak_months),
        "peak_confidence": np.where(_by_hand(scopes, cuts), np.nan, confidence),
        "off_season_start": _known(off, known & (off_months > 0)),
        "off_season_months": _known(off_months, known),
        "off_season_share": _share(scopes.index, off, off_months),
        "low_start": _known(low, known),
        "low_share": _share(scopes.index, low, whole),
        "kruskal_h": h,
        "kruskal_p": p,
        "strength": fs,
        "status": status.astype(object),
        "basis": scopes.basis,
        "years": _years(scopes),
        "is_set_by_hand": _by_hand(scopes, cuts),
    }
    return _framed(scopes.about, columns, SEASON_SCHEMA)


def _proof(ratios: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Kruskal–Wallis H and p, the strength and the status of each scope, (scopes,) each."""
    (h, p), fs = seasons.kruskal_wallis(ratios), seasons.strength(ratios)
    return h, p, fs, seasons.existence(ratios, p, fs)


def index_table(scopes: Scopes, season: pl.DataFrame, cuts: Cuts, rows: np.ndarray | None = None) -> pl.DataFrame:
    """Twelve rows per scope, January first, by INDEX_SCHEMA; of the scopes at `rows` alone, in their order, where they are given."""
    rows = np.arange(season.height) if rows is None else rows
    told = season[rows].select(pl.col("off_season_start", "off_season_months", "peak_start", "peak_months").fill_null(0))
    start, months, peak, peak_months = (column.to_numpy() for column in told)
    index = scopes.index[rows]
    width = np.exp(stats.norm.ppf((1 + float(cuts["interval"])) / 2) * np.sqrt(scopes.variance[rows]))
    columns = {
        "month": np.tile(np.arange(1, YEAR + 1), len(rows)),
        "seasonal_index": index.ravel(),
        "low": (index / width).ravel(),
        "high": (index * width).ravel(),
        "ratios": (~np.isnan(scopes.ratios[rows])).sum(axis=1).ravel(),
        "daily_index": scopes.daily[rows].ravel(),
        "is_peak": windows.months_in(peak, peak_months).ravel(),
        "is_off_season": windows.months_in(start, months).ravel(),
    }
    return _framed(scopes.about.select(list(SCOPE_SCHEMA))[np.repeat(rows, YEAR)], columns, INDEX_SCHEMA)


def history_table(scopes: Scopes) -> pl.DataFrame:
    """The company's complete months with the index of their calendar month, by HISTORY_SCHEMA."""
    months = scopes.span.months
    expected = scopes.index[0][seasons.month_numbers(months) - 1]
    columns = {"month": months, "value": scopes.values[0], "seasonal_index": expected}
    return pl.DataFrame(columns, schema=HISTORY_SCHEMA, nan_to_null=True)


def _windows(scopes: Scopes, cuts: Cuts) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Every scope's peak and off-season, start and length; the company's and the regions' as a person set them."""
    index = scopes.index
    peak = windows.peak_starts(index, cuts["window"])
    off, off_months = windows.off_seasons(index, peak, cuts["window"], cuts["off_season_cut"])
    peak_months = np.full(len(peak), cuts["window"])
    for row, chosen in _chosen_cuts(scopes, cuts).items():
        found = chosen_peak(index[row], chosen)
        low = chosen_off_season(index[row], found, chosen)
        peak[row], peak_months[row] = found.start, found.months
        off[row], off_months[row] = (low.start, low.months) if low else (0, 0)
    return peak, peak_months, off, off_months


def _chosen_cuts(scopes: Scopes, cuts: Cuts) -> dict[int, Cuts]:
    """The cuts of the scopes that a person may set a season for: the company, and regions that have one set."""
    by_hand = {row: scopes.season_by_hand(row) for row in np.flatnonzero(scopes.about["scope_kind"] == "region").tolist()}
    common = common_season(scopes.by_hand, (scopes.about["scope_id"][row] for row in by_hand))
    regions = {row: region_cuts(cuts, season) for row, season in by_hand.items() if season}
    return {0: scope_cuts(cuts, common)} | regions if scopes.about.height else {}


def _by_hand(scopes: Scopes, cuts: Cuts) -> np.ndarray:
    """Which scopes have a season that a person set."""
    chosen = _chosen_cuts(scopes, cuts)
    return np.array([row in chosen and is_set_by_hand(chosen[row]) for row in range(scopes.about.height)], bool)


def _known(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    return np.where(known, values.astype(float), np.nan)


def _share(index: np.ndarray, start: np.ndarray, months: np.ndarray) -> np.ndarray:
    inside = windows.months_in(start, months)
    return np.where(inside, index, 0.0 * index).sum(axis=1) / YEAR


def _years(scopes: Scopes) -> np.ndarray:
    """Years of data that each scope's index rests on, from its first sale on."""
    used = scopes.values[:, -scopes.years * YEAR :]
    begun = np.where((used > 0).any(axis=1), used.shape[1] - np.argmax(used > 0, axis=1), 0)
    return np.round(begun / YEAR, 2)


def _framed(about: pl.DataFrame, columns: dict, schema: dict) -> pl.DataFrame:
    return about.select(list(SCOPE_SCHEMA)).hstack(framed(columns)).select(typed(schema))
