"""The facts of the seven panels for every segment, and for all accounts beside it: sums first, ratios then (coverage.md number 13)."""

from datetime import date

import polars as pl

PANELS = ("profile", "persistency", "profitability", "performance", "prospecting", "product", "promotion")
FACTS_SCHEMA = {
    "segment": pl.String, "panel": pl.String, "fact": pl.String, "unit": pl.String, "value": pl.Float64, "text": pl.String,
    "all_value": pl.Float64, "all_text": pl.String,
}  # fmt: skip
DAYS = 365.25
"""Of an average year: tenures cover several."""
UNITS = {
    "accounts": "count", "order_value": "money", "days_between": "days", "on_time_rate": "rate", "utilisation_rate": "rate",
    "tenure_years": "number", "active_months_12m": "number", "retention_rate": "rate", "kept_share": "rate",
    "margin_12m": "money", "margin_rate_12m": "rate", "return_rate_12m": "rate", "activity_cost": "money", "margin_after_activities": "money",
    "net_sales_12m": "money", "change_rate_12m": "rate", "sales_per_account": "money", "top_category": "name", "top_category_share": "rate",
    "category_grown": "name", "category_fallen": "name",
    "accounts_below": "count", "opened_below_12m": "count", "open_deals": "count", "open_value": "money", "win_rate": "rate",
    "products_per_account": "number", "top_product": "name", "top_product_share": "rate", "effective_products": "number",
    "visits_per_account": "number", "calls_per_account": "number", "events_attended": "count",
}  # fmt: skip
BY_PANEL = {
    "profile": ("accounts", "order_value", "days_between", "on_time_rate", "utilisation_rate"),
    "persistency": ("tenure_years", "active_months_12m", "retention_rate", "kept_share"),
    "profitability": ("margin_12m", "margin_rate_12m", "return_rate_12m", "activity_cost", "margin_after_activities"),
    "performance": ("net_sales_12m", "change_rate_12m", "sales_per_account", "top_category", "top_category_share", "category_grown", "category_fallen"),
    "prospecting": ("accounts_below", "opened_below_12m", "open_deals", "open_value", "win_rate"),
    "product": ("products_per_account", "top_product", "top_product_share", "effective_products"),
    "promotion": ("visits_per_account", "calls_per_account", "events_attended"),
}
"""The facts of each panel, in order."""


SCOPE = ("is_whole", "segment")
"""Whether a row stands for all accounts, and for which segment otherwise."""


def facts(accounts: pl.DataFrame, bought: pl.DataFrame, end: date) -> pl.DataFrame:
    """FACTS_SCHEMA of `accounts` [segment, the columns of segment_accounts, deals_by_account, payments] and `bought` [segment, product,
    category, net_sales, previous_sales, products, was_sales, kept_sales]: every segment in the order of its net sales, by panel. `end`
    is the day after the year."""
    found = _with_whole(accounts).group_by(SCOPE, maintain_order=True).agg(_sums(end))
    for part in _assortments(_with_whole(bought)):
        found = found.join(part, on=SCOPE, how="left", nulls_equal=True)
    order = found.sort("net_sales", "segment", descending=[True, False], nulls_last=True).select(*SCOPE, **_facts())
    whole = order.filter("is_whole").row(0, named=True) if order.height else {}
    rows = [
        (own["segment"], panel, name, UNITS[name], *_split(name, own[name]), *_split(name, whole[name]))
        for own in order.filter(~pl.col("is_whole")).iter_rows(named=True) for panel, names in BY_PANEL.items() for name in names
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=FACTS_SCHEMA, orient="row")


def _with_whole(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of every segment, and once more as those of all."""
    return pl.concat([rows.with_columns(is_whole=False), rows.with_columns(is_whole=True, segment=pl.lit(None, pl.String))])


def _split(name: str, value: float | str | None) -> tuple[float | None, str | None]:
    """A fact's number and its text: one of them is null."""
    is_text = UNITS[name] == "name"
    return (None, value) if is_text else (None if value is None else float(value), None)


def _sums(end: date) -> list[pl.Expr]:
    """Sums over the accounts that bought in the year, money over those that returned goods too, null where nothing is known, and over those that bought in the year before."""
    money = ("net_sales", "margin", "returned_amount")
    summed = (
        "orders", "active_months", "visits", "calls", "events", "activity_cost", "accounts_below", "opened_below",
        "on_time_amount", "due_amount", "credit_limit", "invoices", "open_deals", "open_amount_deals", "won", "lost",
    )  # fmt: skip
    active, was, previous = pl.col("is_active"), pl.col("was_active"), pl.col("previous_sales")
    now = {name: pl.col(name).filter("has_lines") for name in money} | {name: pl.col(name).filter(active) for name in summed}
    return [
        *(pl.when(of.count() > 0).then(of.sum()).alias(name) for name, of in now.items()), active.sum().alias("accounts"),
        pl.col("open_amount").filter(active & (pl.col("credit_limit") > 0)).sum().alias("used"),
        (pl.lit(end) - pl.col("opened_on").filter(active)).dt.total_days().mean().alias("tenure_days"),
        previous.sum().alias("previous"), was.sum().alias("was"), (was & active).sum().alias("stayed"),
    ]  # fmt: skip


def _facts() -> dict[str, pl.Expr]:
    """Every fact from the sums of a segment and of what it bought."""
    count, sales, margin, cost, orders = (pl.col(name) for name in ("accounts", "net_sales", "margin", "activity_cost", "orders"))
    sold, returned, won = (pl.col(name).fill_null(0) for name in ("net_sales", "returned_amount", "won"))
    return {
        "accounts": count, "order_value": _ratio(sales, orders), "days_between": _ratio(DAYS * count, orders),
        "on_time_rate": _ratio(pl.col("on_time_amount"), pl.col("due_amount")),
        "utilisation_rate": pl.when(pl.col("invoices") > 0).then(_ratio(pl.col("used"), pl.col("credit_limit"))),
        "tenure_years": pl.col("tenure_days") / DAYS, "active_months_12m": _ratio(pl.col("active_months"), count),
        "retention_rate": _ratio(pl.col("stayed"), pl.col("was")), "kept_share": _ratio(pl.col("kept_sales"), pl.col("was_sales")),
        "margin_12m": margin, "margin_rate_12m": _ratio(margin, sales), "return_rate_12m": _ratio(-returned, sold - returned),
        "activity_cost": cost, "margin_after_activities": margin - cost,
        "net_sales_12m": sales, "change_rate_12m": _ratio(sold, pl.col("previous")) - 1, "sales_per_account": _ratio(sales, count),
        "accounts_below": pl.col("accounts_below").fill_null(0), "opened_below_12m": pl.col("opened_below").fill_null(0),
        "open_deals": pl.col("open_deals").fill_null(0), "open_value": pl.col("open_amount_deals").fill_null(0.0),
        "win_rate": _ratio(pl.col("won"), won + pl.col("lost").fill_null(0)),
        "visits_per_account": _ratio(pl.col("visits"), count), "calls_per_account": _ratio(pl.col("calls"), count),
        "events_attended": pl.col("events").fill_null(0), "products_per_account": _ratio(pl.col("products").fill_null(0), count),
        "top_category_share": _ratio(pl.col("top_category_sales"), pl.col("bought_sales")),
    } | {
        name: pl.col(name)
        for name in ("top_product", "top_product_share", "effective_products", "top_category", "category_grown", "category_fallen")
    }  # fmt: skip


def _assortments(bought: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """What the accounts of each scope buy: in total, product by product and category by category."""
    positive = _by(bought, "product").filter(pl.col("net_sales") > 0)
    categories = _by(bought.filter(pl.col("category").is_not_null()), "category")
    share, moved = pl.col("net_sales") / pl.col("net_sales").sum(), pl.col("net_sales") - pl.col("previous_sales")
    by_move = pl.col("category").sort_by(moved, "category")
    return (
        bought.group_by(SCOPE, maintain_order=True).agg(pl.col("net_sales").sum().alias("bought_sales"), pl.col("products", "was_sales", "kept_sales").sum()),
        positive.group_by(SCOPE, maintain_order=True).agg(
            top_product=pl.col("product").first(), top_product_share=share.first(), effective_products=1 / (share**2).sum()
        ),
        categories.group_by(SCOPE, maintain_order=True).agg(
            top_category=pl.when(pl.col("net_sales").first() > 0).then(pl.col("category").first()), top_category_sales=pl.col("net_sales").first(),
            category_grown=pl.when(moved.max() > 0).then(by_move.last()), category_fallen=pl.when(moved.min() < 0).then(by_move.first()),
        ),
    )  # fmt: skip


def _by(bought: pl.DataFrame, name: str) -> pl.DataFrame:
    """Net sales of the year and of the one before by product or category, the largest first."""
    return bought.group_by(*SCOPE, name, maintain_order=True).agg(pl.col("net_sales", "previous_sales").sum()).sort("net_sales", name, descending=[True, False])


def _ratio(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return pl.when(whole > 0).then(part / whole)
