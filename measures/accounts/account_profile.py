"""The facts of an account's file that are computed: a year's sales, tenure, how it pays, how regularly it buys."""

from datetime import date

import polars as pl

from measures.accounts.account_tree import own_key
from measures.metrics import change_rate, ratio
from measures.names import named
from queries.filters import Filters, add_months
from queries.runner import Ask

PROFILE_FACTS = ("overdue_share", "overdue_amount", "utilisation_rate", "open_amount", "change_rate_12m", "net_sales_12m", "days_since_visit")
"""What the rules of next_actions read from the profile."""


LINE_DAYS = ("first_line_on", "last_line_on")
BASICS = (
    "account_id", "account", "kind", "stated_kind", "channel", "city", "region_id", "region", "salesperson_id", "salesperson",
    "parent_account_id", "parent_account", "opened_on", "credit_limit", "payment_terms_days", "reference_value", "strategic", "as_of",
    "invoices", "open_amount", "overdue_amount", "oldest_due_on", "due_invoices", "on_time_invoices", "late_days", "first_sold_on", "last_sold_on",
    "last_visit_on", "last_activity_on",
)  # fmt: skip
COUNTS = ("invoices", "due_invoices", "on_time_invoices", "late_days")
PARENT_SCHEMA = {"parent_account_id": pl.String, "parent_account": pl.String}


def basics(ask: Ask, filters: Filters, tree: pl.DataFrame) -> pl.DataFrame:
    """The account itself, of the rows of account_tree.tree, by BASICS: with names, how it pays, when it bought first and last and was last visited."""
    own = named(ask, tree.lazy().filter(pl.col("depth") == 0), "regions", "salespeople")
    as_of = ask("store/generation", Filters())["as_of"]
    told = own.drop("parent_account_id").with_columns(pl.lit(as_of.first(), pl.Date).alias("as_of"))
    credit = _one_row(ask("accounts/credit", filters, account_key=own_key(own), as_of=as_of.first()))
    visits = ask("accounts/visit_days", filters, account_key=own_key(own), as_of=as_of.first())
    known = pl.concat([_one_row(told), _parent(ask, filters, own), credit, _days(ask, filters, own_key(own)), visits], how="horizontal")
    return known.head(own.height).with_columns(pl.col(COUNTS).fill_null(0)).select(BASICS)


def _parent(ask: Ask, filters: Filters, own: pl.DataFrame) -> pl.DataFrame:
    """The account above, where there is one that the viewer sees."""
    key = own["parent_account_key"].first()
    if not key:
        return pl.DataFrame([(None, None)], schema=PARENT_SCHEMA, orient="row")
    found = ask("accounts/named", filters, account_key=key)
    return _one_row(found.rename(dict(zip(found.columns, PARENT_SCHEMA, strict=True))))


def _days(ask: Ask, filters: Filters, own: int) -> pl.DataFrame:
    """The days on which the account bought first and last.

    A day on which as much came back as was bought has no units of its own: only then are order lines read, of the days in question.
    """
    found = ask("accounts/line_days", filters, account_key=own)
    first, last, first_line, last_line = found.row(0)
    if (first, last) != (first_line, last_line):
        days = ask(
            "accounts/sale_days", filters, first_from=first_line, first_to=first or last_line, last_from=last or first_line, last_to=last_line
        )
        return _one_row(days)
    return found.drop(LINE_DAYS)


def _one_row(found: pl.DataFrame) -> pl.DataFrame:
    """The frame's only row, one of nulls where it has none."""
    return found if found.height else found.clear(1)


def with_facts(basics: pl.DataFrame, lifetime: pl.DataFrame, filters: Filters, complete_until: date | None) -> pl.DataFrame:
    """The rows of `basics` with what follows from them and from `lifetime` (account_months.by_month of all periods).

    `complete_until` is the end of the complete months, None without a sale.
    """
    row = basics.row(0, named=True) if basics.height else dict.fromkeys(basics.columns)
    sales = _sales(lifetime, filters, complete_until or date.min)
    facts = sales | _spans(row) | _credit(row, sales["net_sales_12m"])
    added = pl.DataFrame([facts], schema=dict.fromkeys(facts, pl.Float64))
    replaced = [name for name in basics.columns if name in facts]
    return basics.drop(replaced).join(added, how="cross")


def _sales(lifetime: pl.DataFrame, filters: Filters, end: date) -> dict[str, float | None]:
    """Own sales and margin of the last 12 complete months to the period's end, of the 12 before, and of everything."""
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
        "margin_rate_12m": ratio(margin, sales) if sales > 0 else None,
        "quantity_12m": float(year["quantity"].sum()),
        "net_sales_total": float(lifetime["net_sales"].sum()),
        "active_months_12m": float((year["net_sales"] > 0).sum()),
        "months_with_sales": float((lifetime["net_sales"] > 0).sum()),
        "return_rate_12m": _returned(year),
    }


def _between(months: pl.DataFrame, end: date, back: int) -> pl.DataFrame:
    return months.filter((pl.col("month") >= add_months(end, -back)) & (pl.col("month") < add_months(end, 12 - back)))


def _returned(year: pl.DataFrame) -> float | None:
    """Returned amounts as a share of what was sold before returns."""
    returned = abs(float(year["returned_amount"].sum()))
    return ratio(returned, float(year["net_sales"].sum()) + returned)


def _spans(row: dict[str, object]) -> dict[str, float | None]:
    first, last, visited, as_of = (row[name] for name in ("first_sold_on", "last_sold_on", "last_visit_on", "as_of"))
    # The data may begin long after the account did.
    since = min(filter(None, (first, row["opened_on"]))) if first else None
    return {
        "tenure_days": float((as_of - since).days) if since else None,
        "days_since_last_sale": float((as_of - last).days) if last else None,
        "days_since_visit": float((as_of - visited).days) if visited else None,
        "overdue_days": float((as_of - row["oldest_due_on"]).days) if row["oldest_due_on"] else None,
    }


def _credit(row: dict[str, object], net_sales_12m: float) -> dict[str, float | None]:
    limit, owed = row["credit_limit"], row["overdue_amount"]
    has_any = bool(owed)
    # An account that owes and bought nothing in the year owes more than any share of it.
    share = ratio(owed, net_sales_12m) if net_sales_12m > 0 else 1.0 if has_any else None
    return {
        "on_time_rate": ratio(row["on_time_invoices"], row["due_invoices"]),
        "utilisation_rate": ratio(row["open_amount"], limit if limit and limit > 0 else None),
        "overdue_share": share,
    }
