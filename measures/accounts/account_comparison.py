"""Two accounts side by side: the same facts of both answers and what lies between them."""

import polars as pl

from measures.accounts.account import Account
from measures.accounts.account_habits import habits
from measures.accounts.account_products import assortment

SCHEMA = {"fact": pl.String, "unit": pl.String, "value": pl.Float64, "other": pl.Float64, "difference": pl.Float64}
FACTS = (
    ("net_sales_12m", "money"), ("change_rate_12m", "rate"), ("margin_12m", "money"), ("margin_rate_12m", "rate"), ("quantity_12m", "units"),
    ("active_months_12m", "count"), ("days_since_last_sale", "days"), ("tenure_years", "number"), ("products_bought", "count"),
    ("top_product_share", "rate"), ("days_between", "days"), ("order_value", "money"), ("open_amount", "money"), ("overdue_amount", "money"),
    ("on_time_rate", "rate"), ("utilisation_rate", "rate"), ("accounts_below", "count"), ("net_sales_with_children_12m", "money"),
    ("visits_made", "count"), ("file_rate", "rate"),
)  # fmt: skip
"""What is compared, with its unit."""


def comparison(one: Account, other: Account) -> pl.DataFrame:
    """FACTS of both accounts, by SCHEMA; the difference is the first less the second, null where one of them is not known."""
    here, there = _facts(one), _facts(other)
    rows = [(name, unit, here[name], there[name]) for name, unit in FACTS]
    return pl.DataFrame(rows, schema=dict(list(SCHEMA.items())[:4]), orient="row").with_columns(
        (pl.col("value") - pl.col("other")).alias("difference")
    )


def shared_products(one: Account, other: Account) -> pl.DataFrame:
    """The products that either bought in the period, with both net sales; null where an account did not buy it."""
    def bought(answer: Account, name: str) -> pl.DataFrame:
        return answer.products.filter(pl.col("quantity") > 0).select("product_id", "product", "category", pl.col("net_sales").alias(name))

    both = bought(one, "net_sales").join(bought(other, "other"), on=["product_id", "product", "category"], how="full", coalesce=True, nulls_equal=True)
    return both.sort(pl.max_horizontal("net_sales", "other"), "product_id", descending=[True, False])


def _facts(answer: Account) -> dict[str, float | None]:
    row = answer.profile.row(0, named=True)
    usual, found = habits(answer.orders, row["account_id"]), assortment(answer.products, answer.stopped)
    computed = {
        "tenure_years": row["tenure_days"] / 365.25 if row["tenure_days"] is not None else None, "products_bought": float(found.products),
        "top_product_share": found.top_share, "days_between": usual.days_between, "order_value": usual.order_value,
        "accounts_below": float(answer.children.height), "visits_made": float(answer.activity_totals["visits_made"].item()),
    }  # fmt: skip
    return {name: computed[name] if name in computed else row[name] for name, _unit in FACTS}
