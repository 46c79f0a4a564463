"""Who is this account, and what to do next? The first screen when the customer calls (coverage.md number 15, methods.md section 0).

A few questions, however long the history is: what is slow to find out waits for `account_market` and for the answers about all accounts.
The account's own sales and those of the accounts under it are kept apart: `net_sales` is its own, `net_sales_with_children` the whole
tree's, and no line is in both parts. The last 12 months are complete ones, up to the period's end.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from data.errors import BadRequest
from data.language import _
from measures.accounts import account_months, account_products, account_tree, next_actions
from measures.accounts.account_activities import newest, totals
from measures.accounts.account_months import by_month, in_period
from measures.accounts.account_orders import last_orders
from measures.accounts.account_people import contacts_of
from measures.accounts.account_profile import PROFILE_FACTS, basics, with_facts
from measures.accounts.completeness import file_fields, filled_rate, known_fields, to_ask
from measures.history import whole_history
from measures.pipeline import account_stages, own_stage
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask, together

THRESHOLDS = tuple(dict.fromkeys((*next_actions.THRESHOLDS, *account_stages.THRESHOLDS)))
LINES_SHOWN = 50
"""The newest order lines that the page lists: more are what the order lines' own drill is for."""
ACTIVITIES_SHOWN = 500
"""Visits and contacts that the page lists, the newest: years of a weekly visit."""


@dataclass(frozen=True)
class Account:
    """The account's tables; money in the store's currency. All are empty for an account that the viewer doesn't see.

    profile: one row, of all periods. monthly, products, categories, stopped, activities, orders, children: within the filters. contacts:
    without restricted fields. file: the fields that its stage asks for. suggestions: what to do next, from these tables alone. history:
    its own complete sales by month, unfiltered. activities: the newest ACTIVITIES_SHOWN of it and of those under it; activity_totals: one
    row, all of its own.
    """

    profile: pl.DataFrame
    monthly: pl.DataFrame
    products: pl.DataFrame
    activities: pl.DataFrame
    contacts: pl.DataFrame
    orders: pl.DataFrame
    children: pl.DataFrame
    categories: pl.DataFrame
    stopped: pl.DataFrame
    suggestions: pl.DataFrame
    file: pl.DataFrame
    history: pl.DataFrame
    activity_totals: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Account:
    """The one account of filters.account_ids. Raises BadRequest unless there is exactly one."""
    if filters.account_ids is None or len(filters.account_ids) != 1:
        raise BadRequest(_("No account was named"), _("This answer is about exactly one account."), _("Name one."))
    tree = account_tree.tree(ask, filters)
    (history, contacts, done), (about, whole, stage) = together(
        lambda: (_history(ask, filters, tree), contacts_of(ask, filters, tree), ask("accounts/activities", filters)),
        lambda: (basics(ask, filters, tree), whole_history(ask), own_stage.stage_in(ask, filters, cuts, tree)),
    )
    rows, whole_months, lifetime = history
    profile = with_facts(about, lifetime, filters, whole.end if whole else None)
    as_of = profile["as_of"].item() if profile.height else date.min
    now = in_period(lambda period: account_tree.months(ask, period, tree), filters, rows)
    months = by_month(now)
    (bought, before), orders = together(lambda: _bought(ask, filters, tree), lambda: _last_lines(ask, filters, months, as_of, tree))
    products = account_products.products(bought, before, orders)
    gone = account_products.stopped(bought, before)
    activities, worked = newest(ask, done, tree, ACTIVITIES_SHOWN), totals(done, tree)
    file = _file(profile, contacts, stage)
    return Account(
        profile=profile.with_columns(pl.lit(stage, pl.String).alias("life_stage"), pl.lit(filled_rate(file), pl.Float64).alias("file_rate")),
        monthly=account_months.monthly(whole_months, months, filters, as_of),
        products=products, activities=activities, contacts=contacts, orders=orders,
        children=_children(ask, filters, tree, rows, now),
        categories=account_products.categories(products, gone), stopped=gone,
        suggestions=next_actions.suggestions(_facts(profile, contacts, gone, file, cuts), cuts),
        file=file, history=lifetime, activity_totals=worked,
    )  # fmt: skip


def facts(answer: Account, cuts: Cuts) -> dict[str, float | str | None]:
    """The numbers that the rules of next_actions find in the account's own tables."""
    return _facts(answer.profile, answer.contacts, answer.stopped, answer.file, cuts)


def _history(ask: Ask, filters: Filters, tree: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The tree's rows of all periods within the other filters, the same by month, and the months of everything."""
    of_all_months, everything = filters.within(None, None), Filters(account_ids=filters.account_ids)
    rows = account_tree.months(ask, of_all_months, tree)
    months = by_month(rows)
    return rows, months, months if of_all_months == everything else by_month(account_tree.months(ask, everything, tree))


def _bought(ask: Ask, filters: Filters, tree: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """The products' rows of the period and of the one before (None where it is open)."""
    def asked(period: Filters) -> pl.DataFrame:
        return account_products.bought(ask, period, tree)

    earlier = filters.previous()
    span = asked(filters.within(earlier.from_date if earlier else filters.from_date, filters.to_date))
    return in_period(asked, filters, span), in_period(asked, earlier, span) if earlier else None


def _last_lines(ask: Ask, filters: Filters, months: pl.DataFrame, as_of: date, tree: pl.DataFrame) -> pl.DataFrame:
    """The newest LINES_SHOWN order lines of the period's `months`: first looked for where they probably lie."""
    def asked(period: Filters) -> pl.DataFrame:
        return last_orders(ask, period, tree, LINES_SHOWN)

    start = account_months.lines_from(months, LINES_SHOWN)
    if start is None:
        # Nothing bought: one day's lines keep the columns.
        return asked(filters.within(date(1, 1, 1), date(1, 1, 2)))
    begin = max(filter(None, (start, filters.from_date)))
    end = min(filter(None, (filters.to_date, as_of + timedelta(days=1))))
    likely = account_months.likely_lines_from(months, begin, end, LINES_SHOWN)
    found = asked(filters.within(likely, filters.to_date))
    if found.height == LINES_SHOWN or likely == begin:
        return found
    return asked(filters.within(begin, filters.to_date))


def _children(ask: Ask, filters: Filters, tree: pl.DataFrame, rows: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    if tree.height <= 1:
        return pl.DataFrame(schema=account_months.CHILDREN_SCHEMA)
    earlier = filters.previous()
    before = in_period(lambda period: account_tree.months(ask, period, tree), earlier, rows) if earlier else None
    return account_months.children(rows, now, before)


def _file(profile: pl.DataFrame, contacts: pl.DataFrame, stage: str | None) -> pl.DataFrame:
    return file_fields({} if profile.is_empty() else known_fields(profile.row(0, named=True), contacts), stage)


def _facts(profile: pl.DataFrame, contacts: pl.DataFrame, gone: pl.DataFrame, file: pl.DataFrame, cuts: Cuts) -> dict[str, float | str | None]:
    if profile.is_empty():
        return {}
    row = profile.row(0, named=True)
    # What is made no more cannot be offered again.
    offered = gone.filter(~pl.col("is_discontinued"))
    # Who decides has a rule of its own.
    missing = [field for field in to_ask(file) if field != "decision_maker"]
    return {
        **{name: row[name] for name in PROFILE_FACTS},
        **next_actions.silence(row["days_since_last_sale"], cuts),
        "decision_makers": float((contacts["role"] == "decision maker").sum()), "contacts": float(contacts.height),
        "stopped_products": float(offered.height), "stopped_product": offered["product"].first(), "stopped_amount": offered["previous"].first(),
        "fields_missing": float(len(missing)), "field_to_ask": missing[0] if missing else None,
    }  # fmt: skip
