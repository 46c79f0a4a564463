"""Who is this account? What a salesperson needs on the screen when the customer calls.

Answers the beginning of product.md's numbers 3, 9, 13 and 15: basics, sales, products, visits, people, place in every classification.
"""

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from charts.findings.account import sentence
from charts.trend import trend
from data.language import _, format_date, format_money, format_number, format_percent
from measures.account import Account
from pages.parts import address, answers, choices, cuts, draw, explain, filter_bar, frame, links, metrics, session, states, tables
from pages.parts.escape import plain
from queries.filters import Filters

CHOICE = "account_choice"


def choose(period: Filters) -> str | None:
    """The account of the address, or the one picked here; at first the one with the largest sales of the period."""
    offered = choices.of(session.current()).accounts
    largest = answers.get("value_pyramid", period, cuts.saved("value_pyramid")).accounts["account_id"].first()
    address.start(CHOICE, "account", lambda texts: texts[0], largest or next(iter(offered), None))
    here = st.session_state[CHOICE]
    options = list(offered) if here in offered or here is None else [here, *offered]
    chosen = st.selectbox(
        _("Account"), options, key=CHOICE, format_func=lambda identifier: plain(offered.get(identifier, identifier)), persist_state="session"
    )
    address.keep("account", chosen)
    return chosen


def place(account_id: str, filters: Filters) -> list[tuple[str, str]]:
    """The account's tier, class and quadrant among all that the viewer sees."""
    pyramid = answers.get("value_pyramid", filters, cuts.saved("value_pyramid")).accounts.filter(pl.col("account_id") == account_id)
    portfolio = answers.get("portfolio_quadrants", filters, cuts.saved("portfolio_quadrants")).accounts
    quadrant = portfolio.filter(pl.col("account_id") == account_id)
    found = []
    if not pyramid.is_empty():
        row = pyramid.row(0, named=True)
        found += [(_("Tier"), labels.label(row["tier"])), ("ABC", row["abc"]), (_("Value score"), format_number(row["score"], 2))]
    if not quadrant.is_empty():
        row = quadrant.row(0, named=True)
        found += [(_("Quadrant"), labels.quadrant(row["quadrant"])), (_("Variation"), format_number(row["stability_cv"], 2))]
        found += [(_("Judgement"), labels.label(row["status"]))]
    return found


def facts(profile: dict[str, object]) -> list[tuple[str, str]]:
    """The basics as label and text."""
    return [
        (_("Kind"), labels.label(profile["kind"])),
        (_("Region"), profile["region"] or "–"),
        (_("City"), profile["city"] or "–"),
        (_("Channel"), profile["channel"] or "–"),
        (_("Salesperson"), profile["salesperson"] or "–"),
        (_("Belongs to"), profile["parent_account"] or "–"),
        (_("Customer since"), format_date(profile["opened_on"] or profile["first_sold_on"])),
        (_("Last sale"), format_date(profile["last_sold_on"])),
        (_("Credit limit"), format_money(profile["credit_limit"])),
        (_("Open amount"), format_money(profile["open_amount"])),
        (_("Overdue"), format_money(profile["overdue_amount"])),
        (_("Paid on time"), format_percent(profile["on_time_rate"], 0)),
    ]


def listed(title: str, pairs: list[tuple[str, str]]) -> None:
    """A small list of facts."""
    st.markdown(f"**{title}**")
    st.caption("  \n".join(f"{plain(label)}: **{plain(text)}**" for label, text in pairs) or _("Nothing is known yet."))


def metric_row(answer: Account, profile: dict[str, object]) -> None:
    """Sales, margin, units of the last 12 months; days since the last sale."""
    history = answer.monthly["net_sales"].to_list()
    metrics.row(
        [
            metrics.Tile("net_sales", profile["net_sales_12m"], profile["change_rate_12m"], _("on last year"), history),
            metrics.Tile("gross_margin", profile["margin_12m"], beside=_("last 12 months")),
            metrics.Tile("margin_rate", profile["margin_rate_12m"], beside=_("last 12 months")),
            metrics.Tile("quantity", profile["quantity_12m"], beside=_("last 12 months"), history=answer.monthly["quantity"].to_list()),
            metrics.Tile("days_since_last_sale", profile["days_since_last_sale"], label=_("Since the last sale")),
        ]
    )


def details(answer: Account, profile: dict[str, object]) -> None:
    """Products, people, activities, lines or the accounts under it."""
    views = {
        "products": (_("Products"), answer.products), "contacts": (_("People"), answer.contacts), "activities": (_("Activities"), answer.activities),
        "orders": (_("Order lines"), answer.orders), "children": (_("Accounts under it"), answer.children),
    }  # fmt: skip
    view = st.segmented_control(
        _("View"), list(views), default="products", key="account_view", format_func=lambda code: views[code][0], required=True,
        label_visibility="collapsed",
    )
    rows = views[view][1]
    if rows.is_empty():
        st.write(_("Nothing here within the filters."))
        return
    if view == "products":
        draw.chart(bars(rows, name="product", key="product_id", theme=draw.theme(), finding=finding), key="account_products")
    worded = labels.worded(rows, *(name for name in ("kind", "role") if name in rows.columns))
    about = [(_("Account"), f"{profile['account']} ({profile['account_id']})")]
    chosen = tables.show(worded, f"account_{view}", key=f"account_table_{view}", pick=view == "children", about=about)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


states.need_store()
filters = filter_bar.current()
period = Filters(filters.from_date, filters.to_date)
account_id = choose(period)
if account_id is None:
    states.no_sales(filters)
    st.stop()
answer = answers.get("account", filters.of_account(account_id), cuts.saved("account"))
if answer.profile.is_empty():
    states.empty(_("This account is not in your list"), _("It does not exist, or it belongs to another region."), _("Choose another account above."))
    st.stop()
profile = answer.profile.row(0, named=True)
finding = sentence(answer)
frame.head(_("Account"), finding)
metric_row(answer, profile)
left, middle, right = st.columns([5, 2, 2], gap="medium")
with left:
    if not answer.monthly.is_empty():
        draw.chart(trend(answer.monthly, theme=draw.theme(), finding=finding), key="account_trend")
with middle:
    listed(_("Basics"), facts(profile))
with right:
    listed(_("Place"), place(account_id, period))
details(answer, profile)
explain.panel(
    ("net_sales", "gross_margin", "margin_rate", "score", "stability_cv"), cuts.saved("account"),
    ((_("Months"), answer.monthly.height), (_("Products"), answer.products.height), (_("Activities"), answer.activities.height)),
)  # fmt: skip
