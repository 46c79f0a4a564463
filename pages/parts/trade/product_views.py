"""The views of the products: the portfolio, value × standardisation, mix, launches, candidates for delisting."""

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from charts.findings.trade.products import launched
from charts.seasons.peak_words import word
from charts.trade.delivery import delivery
from charts.trade.varieties import varieties
from data.language import _, format_money, format_money_compact, listed, mark
from measures.thresholds import Cuts
from measures.trade.products import OWN, READINGS, Products
from measures.trade.weak_varieties import STRONG
from pages.parts import draw, tables
from pages.parts.escape import plain

VIEWS = {"portfolio": mark("Portfolio"), "delivery": mark("Value × standardisation"), "mix": mark("Mix"), "launches": mark("Launches"), "delisting": mark("Delisting")}
DROPPED = ("variety", "is_ours", "median_rate")


def show_view(view: str, answer: Products, cuts: Cuts, finding: str) -> None:
    """Draw the chosen view."""
    {"portfolio": _portfolio, "delivery": _delivery, "mix": _mix, "launches": _launches, "delisting": _delisting}[view](answer, cuts, finding)


def left_out(answer: Products) -> None:
    """Say what of the net sales is not the products' below: other accounts' purchases and discontinued products."""
    row = answer.summary.row(0, named=True)
    parts = [
        told.format(money=format_money_compact(row[name]))
        for name, told in (("other_sales", _("{money} went to wholesalers and outlets that buy directly")), ("discontinued_sales", _("{money} is of discontinued products")))
        if round(row[name])
    ]  # fmt: skip
    if parts:
        told = _("Of net sales of {total} the products below bring {money}, to distributors and direct customers; {parts}. Shares are of all net sales.")
        st.caption(plain(told.format(total=format_money_compact(row["total_sales"]), money=format_money_compact(row["net_sales"]), parts=listed(parts))))


def worded(rows: pl.DataFrame) -> pl.DataFrame:
    """The codes of products in the reader's words."""
    codes = [name for name in ("delivery_model", "status", "readiness") if name in rows.columns]
    flags = [name for name in ("phase_out",) if name in rows.columns]
    told = labels.worded(rows.drop([name for name in DROPPED if name in rows.columns]), *codes)
    if "reading" in told.columns:
        told = labels.worded(told, "reading", writer=_reading)
    return told.with_columns(pl.when(pl.col(name)).then(pl.lit(_("Yes"))).otherwise(pl.lit(_("No"))).alias(name) for name in flags)


def _reading(code: str) -> str:
    """A product's reading; the sound ones are called as their corner of the chart is."""
    return word(STRONG) if code == READINGS[STRONG] else labels.label(code)


def _portfolio(answer: Products, cuts: Cuts, finding: str) -> None:
    picked = draw.chart(varieties(answer.products, theme=draw.theme(), finding=finding), key="products_portfolio")
    st.caption(_("Distribution and rate of sale over twelve months, without their season, against the median of the category; new products have no place yet."))
    rows = answer.products.filter(pl.col("product_id") == picked[0]["product_id"]) if picked else answer.products
    tables.show(worded(rows), "products", key="products_table")


def _delivery(answer: Products, cuts: Cuts, finding: str) -> None:
    """How each product is to be delivered, by its price and how far it is taken as listed."""
    if answer.products["delivery_model"].count() == 0:
        st.info(_("Nobody has said how standardised the products are: it is the column “standardisation” of the products."))
        return
    moved = {name: float(cuts[name]) for name in OWN}
    picked = draw.chart(delivery(answer.products, answer.delivery_models, cuts=moved, theme=draw.theme(), finding=finding), key="products_delivery")
    st.caption(_("High value and little standard: professional, customised. Low value and standard: excellence of the process. The middle: introduced before the sale, "
                 "local service after it; of the other two corners the source is silent, and general service is our choice."))  # fmt: skip
    tables.show(worded(answer.delivery_models), "delivery_models", key="products_models")
    if picked:
        tables.show(worded(answer.products.filter(pl.col("product_id") == picked[0]["product_id"])), "product", key="products_picked")


def _mix(answer: Products, cuts: Cuts, finding: str) -> None:
    draw.chart(bars(answer.mix, name="category", key="category", comparison=None, theme=draw.theme(), finding=finding), key="products_mix")
    tables.show(answer.mix, "product_mix", key="products_mix_table")


def _launches(answer: Products, cuts: Cuts, finding: str) -> None:
    if answer.launches.is_empty():
        st.info(_("No product was launched lately."))
    else:
        st.markdown(f"**{launched(answer)}**")
        st.caption(_("Distribution so far against what earlier launches had at the same age, and what that makes by the next peak."))
        tables.show(worded(answer.launches), "launches", key="products_launches", leads="distribution")
    earlier = answer.launch_times.filter("is_earlier").drop("is_earlier")
    if earlier.height:
        st.markdown(f"**{_('Earlier launches: months until they were distributed')}**")
        tables.show(earlier, "launch_times", key="products_launch_times", leads="months_to_distribution")


def _delisting(answer: Products, cuts: Cuts, finding: str) -> None:
    if answer.delisting.is_empty():
        st.info(_("No product is a candidate for delisting."))
        return
    earned = (answer.delisting["net_sales"] * answer.delisting["margin_rate"]).sum()
    st.markdown(_("They earn a margin of **{margin}** a year: what is kept of it decides whether they go.").format(margin=format_money(earned)))
    shown = answer.delisting.select(
        "product_id", "product", "category", "reading", "phase_out", "net_sales", "share", "margin_rate", "median_margin_rate", "change_rate", "change_before_rate",
        "distribution", "rate_of_sale", "status",
    )  # fmt: skip
    tables.show(worded(shown), "delisting", key="products_delisting")
