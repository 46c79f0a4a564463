"""How does what we sell shift from the peak to the off-season: which products suffer, which stay? (source 003, coverage.md number 40)

Every region's sales are taken in its own peak and its own off-season. Sales in an average month of the off-season ÷ those in an average
month of the peak say how much is retained; a product whose retention is surely below the company's suffers, one surely above it stays.
Years are compared with the company's same years, so that growth does not pass for a season.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import stats

from measures.history import History, history
from measures.month_grid import columns_of
from measures.seasons.regions_by_hand import regions_by_hand
from measures.seasons.season_scopes import scopes_of
from measures.seasons.season_windows import months_in
from measures.seasons.seasonality import THRESHOLDS as SEASON_THRESHOLDS
from measures.seasons.seasonality import season_table
from measures.seasons.seasons import YEAR, mean_known, month_numbers
from measures.thresholds import Cuts
from measures.typed import framed, typed
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = (*SEASON_THRESHOLDS, "mix_cut")
SUFFERS, STAYS, LIKE_ALL, UNKNOWN = "suffers", "stays", "like_all", "unknown"
NO_REGION = ""
# A product's own spread between years is drawn to all products': few years say little about it.
PRIOR_YEARS = 4

MIX_SCHEMA = {
    "mix_kind": pl.String, "mix_id": pl.String, "mix_name": pl.String, "category": pl.String,
    "peak_month": pl.Float64, "off_season_month": pl.Float64, "retention": pl.Float64,
    "peak_mix_share": pl.Float64, "off_season_mix_share": pl.Float64, "mix_shift": pl.Float64,
    "relative_retention": pl.Float64, "low": pl.Float64, "high": pl.Float64, "years": pl.Int64, "role": pl.String, "status": pl.String,
}


@dataclass(frozen=True)
class SeasonMix:
    """`mix`: one row for the company, per category and per product, the largest loss of share first; empty without seasons. Products of no
    category are one row without a name among the categories.

    `peak_month` and `off_season_month` are sales in an average month of the last year's seasons, `mix_shift` the share in the off-season
    less that in the peak. `relative_retention` is retention ÷ the company's over all years, with its interval.
    """

    mix: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> SeasonMix:
    """The mix in and out of season, within the filters."""
    span = history(ask, filters)
    rows = ask("seasons/region_product_months", filters.within(span.start, span.end)) if span and span.length >= 2 * YEAR else None
    if rows is None or rows.is_empty():
        return SeasonMix(pl.DataFrame(schema=MIX_SCHEMA))
    filled = rows.with_columns(pl.col("region_id").fill_null(NO_REGION))
    scopes = scopes_of(_as_scopes(filled), span, cuts, regions_by_hand(ask, cuts))
    season = season_table(scopes, cuts).filter(pl.col("scope_kind") == "region")
    return SeasonMix(mix_table(filled, season, span.last(int(cuts["years"]) * YEAR), cuts))


def mix_table(rows: pl.DataFrame, season: pl.DataFrame, span: History, cuts: Cuts) -> pl.DataFrame:
    """The mix from rows of region × product × month and each region's windows (measures.seasons.seasonality's table), by MIX_SCHEMA."""
    products = rows.unique("product_id", keep="first", maintain_order=True).select("product_id", "product", "category")
    sums = _seasonal_sums(rows, products["product_id"], season, span, str(cuts["measure"]))
    if not sums.any():
        return pl.DataFrame(schema=MIX_SCHEMA)
    lived = _lived(rows, products["product_id"], span)
    names = [("company", "", "", None), *_categories(products), *(("product", key, name, category) for key, name, category in products.rows())]
    membership = _membership(products, names)
    peak, low = (membership @ of for of in sums)
    known = np.vstack([np.ones((len(names) - len(lived), lived.shape[1]), bool), lived])
    frame = pl.DataFrame(names, schema=["mix_kind", "mix_id", "mix_name", "category"], orient="row")
    table = frame.hstack(framed(_columns(peak, low, known, cuts))).with_columns(role=_role(float(cuts["mix_cut"])), status=_status())
    kinds = {"company": 0, "category": 1, "product": 2}
    ordered = table.sort(pl.col("mix_kind").replace_strict(kinds, return_dtype=pl.Int8), "mix_shift", "mix_id", nulls_last=True)
    return ordered.filter((pl.col("peak_month") > 0) | (pl.col("off_season_month") > 0)).select(typed(MIX_SCHEMA))


def _as_scopes(rows: pl.DataFrame) -> pl.DataFrame:
    measures = ("quantity", "net_sales")
    whole = rows.group_by("month").agg(pl.col(measures).sum()).with_columns(scope_kind=pl.lit("company"), scope_id=pl.lit(""))
    regions = rows.group_by(scope_id="region_id", month="month").agg(pl.col(measures).sum()).with_columns(scope_kind=pl.lit("region"))
    both = pl.concat([whole, regions], how="diagonal_relaxed")
    return both.with_columns(scope_name=pl.col("scope_id"), parent=pl.lit(None, pl.String))


def _seasonal_sums(rows: pl.DataFrame, ids: pl.Series, season: pl.DataFrame, span: History, measure: str) -> np.ndarray:
    """Sales in an average month of peak and off-season, (2, products, years): the last twelve months are the last year.

    A region without an off-season has nothing to compare and is left out.
    """
    years = span.length // YEAR
    whole = span.last(years * YEAR)
    weights = _month_weights(season, month_numbers(whole.months))
    column = columns_of(rows["month"], whole.start)
    inside = (column >= 0) & (column < whole.length)
    kept = rows.filter(pl.Series(inside, dtype=pl.Boolean))
    place = kept.join(pl.DataFrame({"product_id": ids}).with_row_index("at"), on="product_id", how="left", maintain_order="left")["at"].to_numpy()
    region = kept.join(season.select(region_id="scope_id").with_row_index("of"), on="region_id", how="left", maintain_order="left")["of"].to_numpy()
    at = place * years + column[inside] // YEAR
    amounts = np.maximum(kept[measure].to_numpy(), 0.0)
    return np.array(
        [np.bincount(at, amounts * weight[region, column[inside]], len(ids) * years).reshape(len(ids), years) for weight in weights]
    )


def _lived(rows: pl.DataFrame, ids: pl.Series, span: History) -> np.ndarray:
    """Years that a product was sold through, (products, years): it began before them, and sold in their last quarter.

    A launch within a year sells more in its second half than in its first, whatever the season.
    """
    years = span.length // YEAR
    whole = span.last(years * YEAR)
    column = columns_of(rows["month"], whole.start)
    place = rows.join(pl.DataFrame({"product_id": ids}).with_row_index("at"), on="product_id", how="left", maintain_order="left")["at"].to_numpy()
    sold = np.zeros((len(ids), years, YEAR), bool)
    inside = (column >= 0) & (column < whole.length) & (rows["quantity"] > 0).to_numpy()
    sold[place[inside], column[inside] // YEAR, column[inside] % YEAR] = True
    first = np.full(len(ids), whole.length)
    np.minimum.at(first, place, np.where((rows["quantity"] > 0).to_numpy(), column, whole.length))
    return (first[:, None] <= np.arange(years) * YEAR) & sold[:, :, -3:].any(axis=2)


def _month_weights(season: pl.DataFrame, calendar: np.ndarray) -> list[np.ndarray]:
    """What a region's month counts in its peak and in its off-season (regions, months): 1 ÷ the season's months, else 0."""
    runs = [[season[f"{name}_{part}"].fill_null(0).to_numpy() for part in ("start", "months")] for name in ("peak", "off_season")]
    both = (runs[0][1] > 0) & (runs[1][1] > 0)
    return [(months_in(start, months) / np.maximum(months, 1)[:, None] * both[:, None])[:, calendar - 1] for start, months in runs]


def _categories(products: pl.DataFrame) -> list[tuple[str, str | None, str | None, str | None]]:
    """The categories by name, at last the products of none beside them, so that the parts are the whole."""
    named = [("category", name, name, name) for name in products["category"].drop_nulls().unique().sort()]
    return named + [("category", None, None, None)] * bool(named and products["category"].null_count())


def _membership(products: pl.DataFrame, names: list[tuple]) -> np.ndarray:
    """Which products each row of the table sums, (rows, products)."""
    ids, categories = products["product_id"].to_numpy(), products["category"].to_numpy()
    tests = {"company": lambda _key: np.ones(len(ids), bool), "category": lambda key: categories == key if key is not None else products["category"].is_null().to_numpy(), "product": lambda key: ids == key}
    return np.array([tests[kind](key) for kind, key, _name, _category in names], float)


def _columns(peak: np.ndarray, low: np.ndarray, lived: np.ndarray, cuts: Cuts) -> dict[str, np.ndarray]:
    """The table's numbers from sales in an average month of both seasons, (rows, years), the company in the first row."""
    with np.errstate(divide="ignore", invalid="ignore"):
        retained = low / peak
        relative = np.log(retained / retained[:1])
        last = {"retention": retained[:, -1], "peak_mix_share": peak[:, -1] / peak[0, -1], "off_season_mix_share": low[:, -1] / low[0, -1]}
    known = np.isfinite(relative) & lived
    known[0] = False
    relative = np.where(known, relative, np.nan)
    count, mean = known.sum(axis=1), mean_known(relative, axis=1)
    half = stats.norm.ppf((1 + float(cuts["interval"])) / 2) * _error(relative, count)
    last = {name: np.where(np.isfinite(of), of, np.nan) for name, of in last.items()}
    return last | {
        "peak_month": peak[:, -1], "off_season_month": low[:, -1], "mix_shift": last["off_season_mix_share"] - last["peak_mix_share"],
        "relative_retention": np.exp(mean), "low": np.exp(mean - half), "high": np.exp(mean + half),
        "years": np.where(np.arange(len(count)) == 0, peak.shape[1], count),
    }


def _error(relative: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Standard error of each row's mean over years; its spread is drawn to the median spread of all rows."""
    squares = np.nansum((relative - mean_known(relative, axis=1)[:, None]) ** 2, axis=1)
    own = np.divide(squares, count - 1, out=np.full(len(count), np.nan), where=count > 1)
    known = own[1:][~np.isnan(own[1:])]
    usual = float(np.median(known)) if len(known) else np.nan
    freedom = np.maximum(count - 1, 0)
    spread = (squares + PRIOR_YEARS * usual) / (freedom + PRIOR_YEARS)
    return np.sqrt(np.divide(spread, count, out=np.full(len(count), np.nan), where=count > 0))


def _role(cut: float) -> pl.Expr:
    """Surely below the company and by at least the cut: it suffers; surely above: it stays."""
    of = pl.col("relative_retention")
    found = pl.when(of.is_null() | pl.col("low").is_null()).then(pl.lit(UNKNOWN))
    found = found.when((pl.col("high") < 1) & (of <= 1 - cut)).then(pl.lit(SUFFERS)).when((pl.col("low") > 1) & (of >= 1 + cut)).then(pl.lit(STAYS))
    return pl.when(pl.col("mix_kind") != "company").then(found.otherwise(pl.lit(LIKE_ALL)))


def _status() -> pl.Expr:
    return pl.when(pl.col("years") >= 3).then(pl.lit("ok")).when(pl.col("years") == 2).then(pl.lit("provisional")).otherwise(pl.lit("insufficient"))
