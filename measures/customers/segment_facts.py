"""The facts of the seven panels for every segment, and for all accounts beside it: sums first, ratios then (product.md number 13)."""

from datetime import date

import polars as pl

PANELS = ("profile", "persistency", "profitability", "performance", "prospecting", "product", "promotion")
FACTS_SCHEMA = {
    "segment": pl.String, "panel": pl.String, "fact": pl.String, "unit": pl.String, "value": pl.Float64, "text": pl.String,
    "all_value": pl.Float64, "all_text": pl.String,
}  # fmt: skip
DAYS = 365.25
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


def facts(accounts: pl.DataFrame, bought: pl.DataFrame, end: date) -> pl.DataFrame:
    """FACTS_SCHEMA of `accounts` [segment, the columns of segment_accounts, deals_by_account, bases] and `bought` [segment, those of
    segment_products]: every segment in the order of its net sales, by panel. `end` is the day after the year."""
    whole = _row(accounts, bought, end)
    order = accounts.group_by("segment").agg(pl.col("net_sales").sum()).sort("net_sales", "segment", descending=[True, False], nulls_last=True)
    rows = []
    for segment in order["segment"]:
        is_it = pl.col("segment").eq_missing(pl.lit(segment, pl.String))
        own = _row(accounts.filter(is_it), bought.filter(is_it), end)
        rows += [(segment, panel, name, UNITS[name], *_split(name, own[name]), *_split(name, whole[name])) for panel, names in BY_PANEL.items() for name in names]
    return pl.DataFrame(rows, schema=FACTS_SCHEMA, orient="row")


def _split(name: str, value: float | str | None) -> tuple[float | None, str | None]:
    """A fact's number and its text: one of them is null."""
    is_text = UNITS[name] == "name"
    return (None, value) if is_text else (None if value is None else float(value), None)


def _row(accounts: pl.DataFrame, bought: pl.DataFrame, end: date) -> dict[str, float | str | None]:
    """Every fact of these accounts and what they bought."""
    now = accounts.filter("is_active")
    sums = {name: now[name].sum() if now[name].count() else None for name in now.columns if now.schema[name].is_numeric()}
    count, sales, margin = now.height, sums["net_sales"], sums["margin"]
    was = accounts.filter(pl.col("previous_sales").is_not_null())
    previous = accounts["previous_sales"].sum()
    opened = now["opened_on"].drop_nulls()
    return {
        "accounts": count, "order_value": _ratio(sales, sums["orders"]), "days_between": _ratio(DAYS * count, sums["orders"]),
        "on_time_rate": _ratio(sums["on_time_amount"], sums["due_amount"]),
        "utilisation_rate": _ratio(now.filter(pl.col("credit_limit") > 0)["open_amount"].sum(), sums["credit_limit"]) if sums["invoices"] else None,
        "tenure_years": (pl.Series([end]) - opened).dt.total_days().mean() / DAYS if opened.len() else None,
        "active_months_12m": _ratio(sums["active_months"], count), "retention_rate": _ratio(was["is_active"].sum(), was.height),
        "kept_share": _ratio(bought.filter("was_bought", "is_bought")["previous_sales"].sum(), bought.filter("was_bought")["previous_sales"].sum()),
        "margin_12m": margin, "margin_rate_12m": _ratio(margin, sales),
        "return_rate_12m": _ratio(-(sums["returned_amount"] or 0.0), (sales or 0.0) - (sums["returned_amount"] or 0.0)),
        "activity_cost": sums["activity_cost"],
        "margin_after_activities": None if margin is None or sums["activity_cost"] is None else margin - sums["activity_cost"],
        "net_sales_12m": sales, "change_rate_12m": None if not previous > 0 else (sales or 0.0) / previous - 1, "sales_per_account": _ratio(sales, count),
        "accounts_below": sums["accounts_below"] or 0, "opened_below_12m": sums["opened_below"] or 0,
        "open_deals": sums["open_deals"] or 0, "open_value": sums["open_amount_deals"] or 0.0,
        "win_rate": _ratio(sums["won"], (sums["won"] or 0) + (sums["lost"] or 0)),
        "visits_per_account": _ratio(sums["visits"], count), "calls_per_account": _ratio(sums["calls"], count), "events_attended": sums["events"] or 0,
    } | _assortment(bought, count)  # fmt: skip


def _assortment(bought: pl.DataFrame, accounts: int) -> dict[str, float | str | None]:
    """What the accounts buy, category by category and product by product."""
    positive = _sums(bought, "product").filter(pl.col("net_sales") > 0)
    shares = positive["net_sales"] / positive["net_sales"].sum() if positive.height else pl.Series([], dtype=pl.Float64)
    categories = _sums(bought.filter(pl.col("category").is_not_null()), "category")
    moved = categories.with_columns(moved=pl.col("net_sales") - pl.col("previous_sales")).sort("moved", "category")
    total = bought["net_sales"].sum()
    return {
        "products_per_account": _ratio(bought["is_bought"].sum(), accounts),
        "top_product": positive["product"].first(), "top_product_share": shares.first(),
        "effective_products": 1 / (shares**2).sum() if shares.len() else None,
        "top_category": categories["category"].first(), "top_category_share": _ratio(categories["net_sales"].first(), total),
        "category_grown": moved["category"].last() if moved.height and moved["moved"].last() > 0 else None,
        "category_fallen": moved["category"].first() if moved.height and moved["moved"].first() < 0 else None,
    }  # fmt: skip


def _sums(bought: pl.DataFrame, by: str) -> pl.DataFrame:
    """Net sales of the year and of the one before by product or category, the largest first."""
    return bought.group_by(by).agg(pl.col("net_sales", "previous_sales").sum()).sort("net_sales", by, descending=[True, False])


def _ratio(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole is not None and whole > 0 else None
