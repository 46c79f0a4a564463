"""Which products carry the portfolio, which are weak and why, and how is each to be delivered? Helps a sales manager prune and place them.

Answers coverage.md's number 7 (value × standardisation and its delivery models) and its part of 47: weak varieties, launches.
"""

import streamlit as st

from charts.findings.trade.products import sentence
from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.trade.products import OWN, Products, delisting_share
from pages.parts import answers, cuts, dates, explain, filter_bar, frame, metrics, states, tabs
from pages.parts.trade import product_views


def metric_row(answer: Products) -> None:
    """Products, what the candidates bring, whose distributors are unwilling, how many are new."""
    row = answer.summary.row(0, named=True)
    metrics.row(
        [
            metrics.Tile("net_sales", row["total_sales"], beside=ngettext("{money} in {n} product", "{money} in {n} products", row["products"]).format(
                money=format_money_compact(row["net_sales"]), n=format_number(row["products"]))),
            metrics.Tile("net_sales", row["delist_sales"], label=_("To delist"), beside=_("{n}, {share} of net sales").format(
                n=format_number(row["delist"]), share=format_percent(delisting_share(answer)))),
            metrics.Tile("listed_products", row["weak_products"], label=_("Weak products")),
            metrics.Tile("listed_products", row["unwilling"], label=_("Distributors unwilling")),
            metrics.Tile("listed_products", row["new"], label=_("New products")),
        ]
    )  # fmt: skip


states.need_store()
filters = filter_bar.current()
head = st.container()
chosen = cuts.choose("products", OWN, columns=4)
with st.expander(_("New products and categories")):
    chosen = cuts.choose(
        "products", ("new_product_months", "variety_peers", "launch_months", "launch_reach", "median_tolerance", "wide_distribution"), base=chosen,
    )  # fmt: skip
answer = answers.get("products", filters.within(None, filters.to_date), chosen)
if answer.products.is_empty():
    states.no_sales(filters)
    st.stop()
finding, about = sentence(answer), answer.summary.row(0, named=True)
with head:
    frame.head(_("Products"), finding, dates.complete(about["as_of"], 12))
    metric_row(answer)
    product_views.left_out(answer)
view = tabs.choose(_("View"), {code: _(name) for code, name in product_views.VIEWS.items()}, key="products_view", name="tab")
product_views.show_view(view, answer, chosen, finding)
explain.panel(
    ("distribution", "rate_of_sale", "margin_rate", "change_rate", "months_to_distribution"), chosen,
    ((_("Products"), about["products"]), (_("Candidates for delisting"), about["delist"])),
)  # fmt: skip
