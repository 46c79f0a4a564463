"""Which varieties are weak, and is it the beer or the distributors? Distribution × rate of sale (methods.md section 12).

Both are taken over twelve whole months and against the median of the product's category, so that neither the season nor a strong
category speaks for a product; within a tolerance under the median it is on the good side, and what most distributors stock is never
scarce. Many stock it and it sells slowly: the product is weak. Few stock it and it sells well there: the
distributors are unwilling. `classified` is a pure function over frames; `answer` asks for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from data.records import Record
from measures.history import History, history, months_between
from measures.month_grid import columns_of, month_grids
from measures.seasons.season_pooling import pooled_indices
from measures.seasons.seasons import YEAR, month_numbers, seasonal_index
from measures.thresholds import Cuts
from measures.trade.stockists import NOBODY, YEARS, Buyers, Stockists, stockists
from measures.trade.variety_decisions import DECISION_SCHEMA, RECORD_KIND, decision_table
from measures.typed import framed, typed
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = ("new_product_months", "variety_peers", "cost_coverage", "median_tolerance", "wide_distribution")
RECORDS = RECORD_KIND
STRONG, SLOW, UNWILLING, BOTH, NEW = "strong", "slow", "unwilling", "slow_and_unwilling", "new"
KEEP, WEAKEN, ELIMINATE, MEND, WAIT = "keep", "weaken", "eliminate", "mend_incentive", "wait"

SCHEMA = {
    "product_id": pl.String, "product": pl.String, "category": pl.String, "variety": pl.String, "suggestion": pl.String,
    "distribution": pl.Float64, "rate_of_sale": pl.Float64, "median_distribution": pl.Float64, "median_rate": pl.Float64,
    "stockists": pl.Int64, "quantity": pl.Float64, "net_sales": pl.Float64, "margin_rate": pl.Float64, "median_margin_rate": pl.Float64,
    "change_rate": pl.Float64, "change_before_rate": pl.Float64, "months": pl.Int64, "compared_with": pl.String, "status": pl.String,
}
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "distributors": pl.Int64, "products": pl.Int64, "weak": pl.Int64, "weak_sales": pl.Float64, "net_sales": pl.Float64,
    "total_sales": pl.Float64, "other_sales": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class WeakVarieties:
    """`varieties` by SCHEMA, slow ones first, then the unwilling ones; `summary` one row; `decisions` what people decided.

    `net_sales` of the summary are the varieties', `total_sales` those of all products and accounts within the filters, `other_sales` what of
    them went to kinds of account that are left out (wholesalers and outlets beside distributors); the rest is discontinued products.
    `region_ids` are the regions that the viewer sees: a decision about others is not theirs to read.
    """

    varieties: pl.DataFrame
    summary: pl.DataFrame
    decisions: pl.DataFrame
    region_ids: tuple[str, ...]


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> WeakVarieties:
    """The varieties of the twelve complete months before the end of the period."""
    span = history(ask, filters.within(None, filters.to_date))
    return of_stockists(ask, filters, cuts, span, stockists(ask, filters, span.last(YEARS * YEAR)) if span and span.length else None)


def of_stockists(ask: Ask, filters: Filters, cuts: Cuts, whole: History | None, found: Stockists | None) -> WeakVarieties:
    """The same answer where the complete months and who stocks what in them are known; None: there are none."""
    regions = tuple(ask("store/regions", Filters())["region_id"])
    if whole is None or found is None:
        return _framed(pl.DataFrame(schema=SCHEMA), None, NOBODY, regions)
    span = whole.last(YEARS * YEAR)
    sales = ask("trade/product_months", filters.within(span.start, span.end), kinds=found.buyers.kinds)
    return _framed(classified(found.products, sales, found.lately, found.buyers.accounts, span, cuts), span, found.buyers, regions)


def with_records(found: WeakVarieties, records: Iterable[Record], cuts: Cuts) -> WeakVarieties:
    """The same answer with the decisions that people wrote about its products."""
    return replace(found, decisions=decision_table(records, found.varieties, found.region_ids))


def classified(
    products: pl.DataFrame, sales: pl.DataFrame, stocking: pl.DataFrame, distributors: int, span: History, cuts: Cuts
) -> pl.DataFrame:
    """Every product that sold in the last twelve months of `span` and is not discontinued, by SCHEMA.

    `products` [product_id, product, category, launched_on, discontinued_on]; `sales` [product_id, month, quantity, net_sales, margin,
    costed] over the span; `stocking` [product_id, since, accounts]: who stocked it in those months, and since when; `distributors` is
    how many bought anything in them.
    """
    rated = _rated(products, sales, stocking, distributors, span, float(cuts["cost_coverage"]))
    aged = rated.with_columns(is_new=pl.col("months") < int(cuts["new_product_months"]))
    compared = _compared(aged, int(cuts["variety_peers"])).with_columns(variety=_variety(float(cuts["median_tolerance"]), float(cuts["wide_distribution"])))
    shown = compared.with_columns(suggestion=_suggestion(), status=_status())
    order = {SLOW: 0, UNWILLING: 1, BOTH: 2, NEW: 3, STRONG: 4}
    ranked = shown.sort(pl.col("variety").replace_strict(order, return_dtype=pl.Int8), "net_sales", "product_id", descending=[False, True, False])
    return ranked.select(typed(SCHEMA))


def _rated(
    products: pl.DataFrame, sales: pl.DataFrame, stocking: pl.DataFrame, distributors: int, span: History, coverage: float
) -> pl.DataFrame:
    """Products with their distribution, rate of sale, margin rate and changes over whole years."""
    ids, grids = month_grids(sales, "product_id", ("quantity", "net_sales", "margin", "costed"), span)
    known = pl.DataFrame({"product_id": ids}, schema={"product_id": pl.String}).join(products, on="product_id", how="left", maintain_order="left")
    units = np.maximum(grids["quantity"], 0.0)
    year = {name: grid[:, -YEAR:].sum(axis=1) for name, grid in grids.items()}
    stock = _stock(stocking, ids, _category_index(units, known["category"], span), span)
    first = np.where((units > 0).any(axis=1), units.shape[1] - np.argmax(units > 0, axis=1), 0)
    launched = [months_between(day.replace(day=1), span.end) if day else None for day in known["launched_on"]]
    margins = np.where(year["costed"] >= coverage * year["net_sales"], _ratio(year["margin"], year["net_sales"]), np.nan)
    columns = {
        "quantity": year["quantity"], "net_sales": year["net_sales"], "margin_rate": margins,
        "change_rate": _yearly_change(units, 0), "change_before_rate": _yearly_change(units, 1),
    }
    # What sold before the day on which it is said to be launched is as old as its first sale: it is a new price, or a date of the system's own.
    age = pl.max_horizontal(pl.Series(launched, dtype=pl.Int64), pl.Series(first, dtype=pl.Int64))
    frame = known.hstack(framed(columns)).with_columns(months=age)
    gone = pl.col("discontinued_on").is_not_null() & (pl.col("discontinued_on") <= span.end)
    stocked = frame.join(stock, on="product_id", how="inner", maintain_order="left").filter(~gone)
    return stocked.with_columns(
        distribution=pl.col("stockists") / max(distributors, 1), rate_of_sale=pl.col("quantity") / pl.col("average_months")
    )


def _stock(stocking: pl.DataFrame, ids: pl.Series, index: np.ndarray, span: History) -> pl.DataFrame:
    """Rows [product_id, stockists, average_months]: each stockist's months since it began, a month counting as much as its index."""
    months = span.last(YEAR)
    left = np.cumsum(index[:, month_numbers(months.months)[::-1] - 1], axis=1)[:, ::-1]
    placed = stocking.join(pl.DataFrame({"product_id": ids}).with_row_index("row"), on="product_id", how="inner", maintain_order="left")
    weight = placed["accounts"].to_numpy() * left[placed["row"].to_numpy(), columns_of(placed["since"], months.start)]
    weighed = placed.with_columns(average_months=pl.Series(weight, dtype=pl.Float64))
    return weighed.group_by("product_id").agg(stockists=pl.col("accounts").sum(), average_months=pl.col("average_months").sum())


def _category_index(units: np.ndarray, categories: pl.Series, span: History) -> np.ndarray:
    """The seasonal index of each product's category (products, 12); ones under two years. Over a whole year it cancels out."""
    company = seasonal_index(span.months, units.sum(axis=0), YEARS)
    if len(units) == 0 or not (company > 0).all():
        return np.ones((len(units), YEAR))
    names = categories.fill_null("").to_list()
    place = {name: at for at, name in enumerate(dict.fromkeys(names))}
    of = np.array([place[name] for name in names])
    sums = np.zeros((len(place), units.shape[1]))
    np.add.at(sums, of, units)
    return pooled_indices(span.months, sums, company, YEARS)[0][of]


def _yearly_change(units: np.ndarray, back: int) -> np.ndarray:
    """The year that ended `back` years before the end, against the year before it; NaN where that one is not whole or has no sale."""
    end = units.shape[1] - back * YEAR
    if end < 2 * YEAR:
        return np.full(len(units), np.nan)
    now, before = units[:, end - YEAR : end].sum(axis=1), units[:, end - 2 * YEAR : end - YEAR].sum(axis=1)
    begun = (units[:, : end - 2 * YEAR + 1] > 0).any(axis=1)
    return np.where(begun, _ratio(now, before) - 1, np.nan)


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)


def _compared(rated: pl.DataFrame, least: int) -> pl.DataFrame:
    """With the medians of the category's products that are not new; of all of them where the category has under `least`."""
    settled = rated.filter(~pl.col("is_new"))
    medians = [pl.col(of).median().alias(name) for name, of in _MEDIANS.items()]
    own = settled.group_by("category").agg(*medians, peers=pl.len()).filter(pl.col("peers") >= least, pl.col("category").is_not_null())
    everything = settled.select(medians)
    joined = rated.join(own, on="category", how="left", maintain_order="left")
    whole = {name: everything[name].item() if everything.height else None for name in _MEDIANS}
    return joined.with_columns(
        compared_with=pl.when(pl.col("peers").is_null()).then(pl.lit("all_products")).otherwise(pl.lit("category")),
        **{
            name: pl.when(pl.col("peers").is_null()).then(pl.lit(whole[name], pl.Float64)).otherwise(pl.col(name)) for name in _MEDIANS
        },
    )


_MEDIANS = {"median_distribution": "distribution", "median_rate": "rate_of_sale", "median_margin_rate": "margin_rate"}


def _variety(tolerance: float, wide_from: float) -> pl.Expr:
    quick = pl.col("rate_of_sale") >= (1 - tolerance) * pl.col("median_rate")
    wide = (pl.col("distribution") >= (1 - tolerance) * pl.col("median_distribution")) | (pl.col("distribution") >= wide_from)
    found = pl.when(pl.col("is_new")).then(pl.lit(NEW)).when(wide & quick).then(pl.lit(STRONG))
    return found.when(wide).then(pl.lit(SLOW)).when(quick).then(pl.lit(UNWILLING)).otherwise(pl.lit(BOTH))


def _suggestion() -> pl.Expr:
    """Slow ones go if they earn little and fell two years running, else they are weakened; those that are both go."""
    earns_little = pl.col("margin_rate") < pl.col("median_margin_rate")
    falls = (pl.col("change_rate") < 0) & (pl.col("change_before_rate") < 0)
    slow = pl.when((earns_little & falls).fill_null(False)).then(pl.lit(ELIMINATE)).otherwise(pl.lit(WEAKEN))
    found = pl.when(pl.col("variety") == SLOW).then(slow).when(pl.col("variety") == BOTH).then(pl.lit(ELIMINATE))
    found = found.when(pl.col("variety") == UNWILLING).then(pl.lit(MEND)).when(pl.col("variety") == NEW).then(pl.lit(WAIT))
    return found.otherwise(pl.lit(KEEP))


def _status() -> pl.Expr:
    young = pl.when(pl.col("is_new")).then(pl.lit("new")).when(pl.col("months") < YEAR).then(pl.lit("provisional"))
    return young.when(pl.col("margin_rate").is_null()).then(pl.lit("missing_cost")).otherwise(pl.lit("ok"))


def _framed(varieties: pl.DataFrame, span: History | None, buyers: Buyers, regions: tuple[str, ...]) -> WeakVarieties:
    weak = varieties.filter(pl.col("variety").is_in([SLOW, UNWILLING, BOTH]))
    row = (
        span.end if span else None, buyers.accounts, varieties.height, weak.height, weak["net_sales"].sum(), varieties["net_sales"].sum(),
        buyers.net_sales, buyers.other_sales,
    )  # fmt: skip
    summary = pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row")
    return WeakVarieties(varieties, summary, pl.DataFrame(schema=DECISION_SCHEMA), regions)
