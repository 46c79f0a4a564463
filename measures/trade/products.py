"""Which products carry the portfolio, which go, and how is each to be delivered? (methods.md section 12; source 000, value × standardisation)

The reading of a product is that of measures/trade/weak_varieties.py: distribution × rate of sale against its category's median, over twelve whole
months. Value is the percentile of what is paid per hl (per unit where no product has a volume), standardisation as the product states it.
High value and little standard are delivered professionally, low value and standard by process, the middle by general service. Of the two
other corners the source is silent: they are taken as general service, which is ours.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import stats

from measures.history import history
from measures.metrics import ratio
from measures.seasons import launch_readiness
from measures.thresholds import Cuts
from measures.trade import weak_varieties
from measures.trade.stockists import stockists
from measures.trade.weak_varieties import BOTH, NEW, SLOW, STRONG, UNWILLING
from measures.typed import typed
from queries.filters import Filters
from queries.runner import Ask, begin, together

OWN = ("value_high", "value_low", "standard_high", "standard_low")
THRESHOLDS = tuple(dict.fromkeys((*OWN, *weak_varieties.THRESHOLDS, *launch_readiness.THRESHOLDS)))
READINGS = {STRONG: "ok", SLOW: "weak_product", UNWILLING: "unwilling_distributors", BOTH: "delist", NEW: "new"}
PROFESSIONAL, GENERAL, PROCESS = "professional", "general", "process"
MODELS = (PROFESSIONAL, GENERAL, PROCESS)

PRODUCTS_SCHEMA = {
    "product_id": pl.String, "product": pl.String, "category": pl.String, "reading": pl.String, "variety": pl.String, "distribution": pl.Float64, "rate_of_sale": pl.Float64,
    "median_distribution": pl.Float64, "median_rate": pl.Float64, "net_sales": pl.Float64, "share": pl.Float64, "margin_rate": pl.Float64,
    "median_margin_rate": pl.Float64, "change_rate": pl.Float64, "change_before_rate": pl.Float64, "months": pl.Int64, "price": pl.Float64,
    "price_percentile": pl.Float64, "standardisation": pl.Float64, "delivery_model": pl.String, "is_ours": pl.Boolean, "phase_out": pl.Boolean,
    "status": pl.String,
}  # fmt: skip
MODELS_SCHEMA = {"delivery_model": pl.String, "products": pl.Int64, "net_sales": pl.Float64, "share": pl.Float64, "margin": pl.Float64, "margin_rate": pl.Float64}
MIX_SCHEMA = {"category": pl.String, "products": pl.Int64, "net_sales": pl.Float64, "share": pl.Float64, "margin_rate": pl.Float64, "delist": pl.Int64}
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "products": pl.Int64, "net_sales": pl.Float64, "weak_products": pl.Int64, "unwilling": pl.Int64, "delist": pl.Int64,
    "delist_sales": pl.Float64, "new": pl.Int64, "unknown_standard": pl.Int64, "total_sales": pl.Float64, "other_sales": pl.Float64,
    "discontinued_sales": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class Products:
    """`products`, the largest first; `delivery_models` (the three, always); `mix` by category; `launches`; `launch_times`, how long
    every launch took until it was distributed; `delisting`, the candidates.

    A candidate is `delist` (few stock it and it sells slowly), or slow with a margin under its category's median and two falling years
    (`phase_out`). The products' sales are those to distributors and direct customers; every `share` is of `total_sales`, the net sales within
    the filters. What is not the products' is told apart: `other_sales` went to wholesalers and outlets that buy directly, `discontinued_sales`
    is the rest (products that are discontinued, or only came back).
    """

    products: pl.DataFrame
    delivery_models: pl.DataFrame
    mix: pl.DataFrame
    launches: pl.DataFrame
    launch_times: pl.DataFrame
    delisting: pl.DataFrame
    summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Products:
    """The products of the twelve complete months before the end of the period."""
    span = history(ask, filters.within(None, filters.to_date))
    specified = begin(lambda: ask("trade/specifications", filters))
    stocks = stockists(ask, filters, span) if span and span.length else None
    found, launched = together(
        lambda: weak_varieties.of_stockists(ask, filters, cuts.only(weak_varieties.THRESHOLDS), span, stocks),
        lambda: launch_readiness.of_stockists(ask, filters, cuts.only(launch_readiness.THRESHOLDS), span, stocks),
    )
    total = float(found.summary["total_sales"].item())
    rows = placed(found.varieties, *specified(), cuts, total)
    candidates = rows.filter((pl.col("reading") == READINGS[BOTH]) | pl.col("phase_out")).sort("net_sales", "product_id", descending=[True, False])
    summary = _summary(rows, candidates, found.summary)
    return Products(rows, _models(rows, total), _mix(rows, total), launched.launches, launched.launch_times, candidates, summary)


def placed(varieties: pl.DataFrame, specifications: pl.DataFrame, cuts: Cuts, total: float) -> pl.DataFrame:
    """The varieties with their reading, price percentile and delivery model, by PRODUCTS_SCHEMA, the largest first.

    `specifications` [product_id, unit_volume, standardisation]; `total` are the net sales that shares are of.
    """
    told = varieties.join(specifications, on="product_id", how="left", maintain_order="left")
    unit = pl.col("unit_volume") if told["unit_volume"].count() else pl.lit(1.0)
    priced = told.with_columns(price=pl.when((pl.col("quantity") > 0) & (unit > 0)).then(pl.col("net_sales") / pl.col("quantity") / unit))
    valued = priced.with_columns(pl.Series("price_percentile", _percentiles(priced["price"].cast(pl.Float64))))
    high, low = pl.col("price_percentile") >= float(cuts["value_high"]), pl.col("price_percentile") <= float(cuts["value_low"])
    standard, special = pl.col("standardisation") >= float(cuts["standard_high"]), pl.col("standardisation") <= float(cuts["standard_low"])
    known = pl.col("price_percentile").is_not_null() & pl.col("standardisation").is_not_null()
    model = pl.when(high & special).then(pl.lit(PROFESSIONAL)).when(low & standard).then(pl.lit(PROCESS)).otherwise(pl.lit(GENERAL))
    shown = valued.with_columns(
        reading=pl.col("variety").replace_strict(READINGS, return_dtype=pl.String), delivery_model=pl.when(known).then(model),
        is_ours=pl.when(known).then((high & standard) | (low & special)), phase_out=pl.col("suggestion") == weak_varieties.ELIMINATE,
        share=pl.col("net_sales") / total if total > 0 else pl.lit(None, pl.Float64),
    )  # fmt: skip
    phased = shown.with_columns(phase_out=pl.col("phase_out") & (pl.col("variety") == SLOW))
    return phased.sort("net_sales", "product_id", descending=[True, False]).select(typed(PRODUCTS_SCHEMA))


def _percentiles(price: pl.Series) -> np.ndarray:
    """Mid-rank percentiles (rank − 0.5) ÷ n of the known prices."""
    values = price.fill_null(np.nan).to_numpy()
    known = ~np.isnan(values)
    found = np.full(len(values), np.nan)
    found[known] = (stats.rankdata(values[known]) - 0.5) / max(known.sum(), 1)
    return pl.Series(found, dtype=pl.Float64).fill_nan(None)


def _sums(rows: pl.DataFrame, by: str, total: float) -> pl.DataFrame:
    """Products, net sales, their share and margin by a column; the margin rate is of the products whose margin is known."""
    known = pl.col("margin_rate").is_not_null()
    sums = rows.group_by(by).agg(
        pl.len().alias("products"), pl.col("net_sales").sum(), margin=(pl.col("margin_rate") * pl.col("net_sales")).sum(),
        costed=pl.col("net_sales").filter(known).sum(), delist=((pl.col("reading") == READINGS[BOTH]) | pl.col("phase_out")).sum(),
    )  # fmt: skip
    return sums.with_columns(
        share=pl.col("net_sales") / total if total > 0 else pl.lit(None, pl.Float64),
        margin_rate=pl.when(pl.col("costed") > 0).then(pl.col("margin") / pl.col("costed")),
    )


def _models(rows: pl.DataFrame, total: float) -> pl.DataFrame:
    listed = pl.DataFrame({"delivery_model": MODELS}).join(_sums(rows, "delivery_model", total), on="delivery_model", how="left", maintain_order="left")
    return listed.with_columns(pl.col("products", "net_sales", "share", "margin").fill_null(0)).select(typed(MODELS_SCHEMA))


def _mix(rows: pl.DataFrame, total: float) -> pl.DataFrame:
    return _sums(rows, "category", total).sort("net_sales", descending=True).select(typed(MIX_SCHEMA))


def _summary(rows: pl.DataFrame, candidates: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    about, sold = found.row(0, named=True), rows["net_sales"].sum()
    counts = {code: rows.filter(pl.col("reading") == READINGS[code]).height for code in READINGS}
    row = (
        about["as_of"], rows.height, sold, counts[SLOW], counts[UNWILLING], candidates.height, candidates["net_sales"].sum(), counts[NEW],
        rows["standardisation"].null_count(), about["total_sales"], about["other_sales"], about["total_sales"] - about["other_sales"] - sold,
    )  # fmt: skip
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row")


def delisting_share(found: Products) -> float | None:
    """What part of all net sales the candidates bring."""
    return ratio(found.delisting["net_sales"].sum(), found.summary["total_sales"].item())
