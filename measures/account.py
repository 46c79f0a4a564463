"""Who is this account? Basics, sales, products, activities, people (methods.md section 0).

The account's own sales and those of the accounts under it are kept apart: `net_sales` is its own, `net_sales_with_children` the whole
tree's, and no line is in both parts. The last 12 months are complete ones, up to the period's end.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from data.errors import BadRequest
from data.language import _
from measures.metrics import change_rate, ratio
from measures.overview_tables import change
from queries.filters import Filters, add_months, end_of_complete_months
from queries.runner import Ask

THRESHOLDS: tuple[str, ...] = ()
LINES_SHOWN = 50
ACTIVITIES_SHOWN = 500
AMOUNTS = ("net_sales", "gross_margin", "returned_amount", "quantity", "volume")


@dataclass(frozen=True)
class Account:
    """The account's tables; money in the store's currency. All are empty for an account that the viewer doesn't see.

    profile: one row. monthly, products, activities, orders, children: within the filters. contacts: without restricted fields.
    """

    profile: pl.DataFrame
    monthly: pl.DataFrame
    products: pl.DataFrame
    activities: pl.DataFrame
    contacts: pl.DataFrame
    orders: pl.DataFrame
    children: pl.DataFrame


def answer(ask: Ask, filters: Filters, _cuts: object) -> Account:
    """The one account of filters.account_ids. Raises BadRequest unless there is exactly one."""
    if filters.account_ids is None or len(filters.account_ids) != 1:
        raise BadRequest(_("No account was named"), _("This answer is about exactly one account."), _("Name one."))
    reach = ask("store/generation", filters)
    as_of = reach["as_of"].item() if reach.height else date.min
    everything = Filters(account_ids=filters.account_ids)
    lifetime = _by_month(ask("accounts/months", everything))
    return Account(
        profile=_profile(ask, filters, lifetime, as_of),
        monthly=_monthly(ask, filters, as_of),
        products=_products(ask, filters),
        activities=ask("accounts/activities", filters, most=ACTIVITIES_SHOWN),
        contacts=ask("accounts/contacts", filters),
        orders=ask("accounts/order_lines", filters, most=LINES_SHOWN),
        children=_children(ask, filters),
    )


def _by_month(months: pl.DataFrame) -> pl.DataFrame:
    """One row per month: the account's own amounts, and net sales with the accounts under it."""
    own = [pl.col(name).filter("is_own").sum().alias(name) for name in ("net_sales", "returned_amount", "quantity")]
    known = [_known(name) for name in ("gross_margin", "volume")]
    with_children = pl.col("net_sales").sum().alias("net_sales_with_children")
    return months.group_by("month").agg(*own, *known, with_children).sort("month")


def _known(name: str) -> pl.Expr:
    """The account's own sum; null where nothing is known."""
    own = pl.col(name).filter("is_own")
    return pl.when(own.is_not_null().any()).then(own.sum()).alias(name)


def _monthly(ask: Ask, filters: Filters, as_of: date) -> pl.DataFrame:
    """The period's months from the account's first on, a month without sales being 0; `previous` is a year earlier."""
    history = _by_month(ask("accounts/months", filters.within(None, filters.to_date)))
    end = as_of if filters.to_date is None else min(as_of, filters.to_date - timedelta(days=1))
    months = _filled(history, end)
    earlier = months.select(pl.col("month").dt.offset_by("1y"), pl.col("net_sales").alias("previous"))
    rows = months.join(earlier, on="month", how="left").with_columns(change())
    if filters.from_date is not None:
        rows = rows.filter(pl.col("month") >= filters.from_date.replace(day=1))
    return rows.select(
        "month", "net_sales", "quantity", pl.col("gross_margin").alias("margin"), "previous", "change_rate", "net_sales_with_children",
        "returned_amount", "volume",
    ).sort("month")  # fmt: skip


def _filled(history: pl.DataFrame, end: date) -> pl.DataFrame:
    if history.is_empty():
        return history
    months = pl.date_range(history["month"].min(), end.replace(day=1), "1mo", eager=True).alias("month").to_frame()
    zeros = [pl.col(name).fill_null(0.0) for name in ("net_sales", "returned_amount", "quantity", "net_sales_with_children")]
    return months.join(history, on="month", how="left").with_columns(zeros)


def _products(ask: Ask, filters: Filters) -> pl.DataFrame:
    """The products bought in the period, the largest first; `previous` is the same period earlier, null where the period is open."""
    key = ["product_id", "product", "category"]
    bought = ask("accounts/products", filters).group_by(key).agg(
        pl.col("net_sales", "quantity").filter("is_own").sum(),
        _known("gross_margin").alias("margin"),
        pl.col("last_sold_on").max(),
        pl.col("net_sales").sum().alias("net_sales_with_children"),
    )  # fmt: skip
    before = filters.previous()
    if before is None:
        joined = bought.with_columns(pl.lit(None, pl.Float64).alias("previous"))
    else:
        earlier = ask("accounts/products", before).filter("is_own").select("product_id", pl.col("net_sales").alias("previous"))
        joined = bought.join(earlier, on="product_id", how="left").with_columns(pl.col("previous").fill_null(0.0))
    return joined.with_columns(change()).select(
        *key, "net_sales", "quantity", "last_sold_on", "previous", "change_rate", "margin", "net_sales_with_children"
    ).sort("net_sales", "product_id", descending=[True, False])  # fmt: skip


def _children(ask: Ask, filters: Filters) -> pl.DataFrame:
    children = ask("accounts/children", filters)
    before = filters.previous()
    if before is None:
        return children.with_columns(pl.lit(None, pl.Float64).alias("previous"))
    earlier = ask("accounts/children", before).select("account_id", pl.col("net_sales").alias("previous"))
    return children.join(earlier, on="account_id", how="left", maintain_order="left")


def _profile(ask: Ask, filters: Filters, lifetime: pl.DataFrame, as_of: date) -> pl.DataFrame:
    basics = ask("accounts/profile", filters)
    dates = ask("accounts/sale_dates", filters)
    credit = ask("accounts/credit", filters, as_of=as_of)
    facts = _sales_facts(lifetime, filters, as_of) | _dates(dates, as_of) | _credit(credit)
    kinds = {name: pl.Date if name.endswith("_on") else pl.Float64 for name in facts}
    added = pl.DataFrame([facts], schema=kinds)
    full = basics.join(added, how="cross")
    limit = pl.when(pl.col("credit_limit") > 0).then(pl.col("open_amount") / pl.col("credit_limit"))
    return full.with_columns(limit.alias("utilisation_rate"))


def _sales_facts(lifetime: pl.DataFrame, filters: Filters, as_of: date) -> dict[str, float | None]:
    """Own sales and margin of the last 12 complete months to the period's end, of the 12 before, and of everything."""
    end = end_of_complete_months(as_of) if as_of > date.min else as_of
    end = min(end, filters.to_date.replace(day=1)) if filters.to_date is not None else end
    year, before = (_between(lifetime, end, back) for back in (12, 24)) if end.year > 2 else (lifetime.clear(), lifetime.clear())
    sales, earlier = float(year["net_sales"].sum()), float(before["net_sales"].sum())
    margin = float(year["gross_margin"].sum()) if year["gross_margin"].count() else None
    return {
        "net_sales_12m": sales,
        "previous_12m": earlier,
        "change_rate_12m": change_rate(sales, earlier),
        "net_sales_with_children_12m": float(year["net_sales_with_children"].sum()),
        "margin_12m": margin,
        "margin_rate_12m": ratio(margin, sales),
        "quantity_12m": float(year["quantity"].sum()),
        "net_sales_total": float(lifetime["net_sales"].sum()),
    }


def _between(months: pl.DataFrame, end: date, back: int) -> pl.DataFrame:
    return months.filter(
        (pl.col("month") >= add_months(end, -back)) & (pl.col("month") < add_months(end, 12 - back))
    )


def _dates(dates: pl.DataFrame, as_of: date) -> dict[str, date | float | None]:
    first, last = dates.row(0) if dates.height else (None, None)
    return {
        "first_sold_on": first,
        "last_sold_on": last,
        "tenure_days": float((as_of - first).days) if first else None,
        "days_since_last_sale": float((as_of - last).days) if last else None,
    }


def _credit(credit: pl.DataFrame) -> dict[str, float | None]:
    row = credit.row(0, named=True)
    known = row["invoices"] > 0
    return {
        "open_amount": row["open_amount"] if known else None,
        "overdue_amount": row["overdue_amount"] if known else None,
        "due_invoices": float(row["due_invoices"]),
        "on_time_rate": ratio(row["on_time_invoices"], row["due_invoices"]),
    }
