"""The value pyramid's views of tiers and classes: the pyramid with each account's five bars, and the ABC curve beside Lorenz's."""

import polars as pl
import streamlit as st

from charts import labels, values
from charts.concentration import concentration
from charts.indicator_bars import indicator_bars
from charts.lorenz import lorenz
from charts.pyramid import pyramid
from charts.theme import CLASSES
from charts.value_words import indicator
from data.language import _, format_number, format_percent
from measures.metrics import change_rate
from measures.thresholds import Cuts
from measures.value_indicators import INDICATORS
from measures.value_pyramid import ValuePyramid, tier_order
from pages.parts import compared, draw, links, metrics, tables

SHOWN = (
    "account_id", "account", "region", "tier", "abc", "score", *(f"{name}_percentile" for name in INDICATORS),
    "net_sales", "share", "cumulative_share_before", "previous_net_sales", "previous_tier",
)  # fmt: skip


def metric_row(answer: ValuePyramid, cuts: Cuts) -> None:
    """Accounts, net sales, the best tier's share, concentration; and who is in no tier."""
    total, first = answer.summary.row(0, named=True), tier_order(cuts)[0]
    best = answer.tiers.filter(pl.col("tier") == first).row(0, named=True)
    on = compared.beside(cuts) if total["previous_accounts"] else ""
    outside = total["accounts"] - answer.tiers.filter(pl.col("tier").is_in(tier_order(cuts)))["accounts"].sum()
    metrics.row(
        [
            metrics.Tile("active_accounts", total["accounts"], change_rate(total["accounts"], total["previous_accounts"]), on),
            metrics.Tile("net_sales", total["net_sales"], change_rate(total["net_sales"], total["previous_net_sales"]), on),
            metrics.Tile("share", best["share"], label=_("Share of {tier}").format(tier=labels.label(first)), beside=values.accounts(best["accounts"])),
            metrics.Tile("gini", total["gini"], beside=_("{n} accounts below zero").format(n=format_number(answer.concentration["below_zero"][0])) if total["gini"] is None else ""),
            metrics.Tile("active_accounts", outside, label=_("In no tier"), beside=_("nothing sold net, or too little known") if outside else ""),
        ]
    )  # fmt: skip


def scheme_line(cuts: Cuts) -> str:
    """Which scheme sizes the tiers: never both at once."""
    if cuts["scheme"] == "abc":
        return _("Tiers by ABC: A up to {a} and B up to {b} of cumulative net sales.").format(a=format_percent(cuts["abc_a"], 0), b=format_percent(cuts["abc_b"], 0))
    return _("Tiers by composite score: the best {vip}, {large} and {medium} of accounts; ABC stands beside, by net sales alone.").format(
        **{name: format_percent(cuts[f"tier_{name}"], 0) for name in ("vip", "large", "medium")}
    )


def accounts(answer: ValuePyramid, cuts: Cuts, finding: str) -> None:
    """The pyramid; a click on a band keeps its accounts. Below, the best accounts with their five bars, and all in a table."""
    by = "tier" if cuts["scheme"] == "score" else "abc"
    picked = draw.chart(pyramid(answer.tiers if by == "tier" else answer.abc, by=by, theme=draw.theme(), finding=finding), key="pyramid")
    tier = picked[0]["code"] if picked else None
    st.caption(scheme_line(cuts))
    rows = answer.accounts if tier is None else answer.accounts.filter(pl.col("tier") == tier)
    if tier is not None:
        st.caption(_("Accounts of {tier}; click its band again to see all").format(tier=labels.label(tier)))
    rows = rows.sort("score", "account_id", descending=[True, False], nulls_last=True) if by == "tier" else rows
    st.caption(_("Each bar: the share of accounts that this one is ahead of in the indicator. Beside the name of an indicator, its weight in force; on the right, the score."))
    chosen = draw.chart(indicator_bars(rows, answer.indicators, theme=draw.theme(), finding=finding), key="pyramid_indicators")
    if chosen:
        links.open_account(chosen[0]["account_id"])
    _table(rows, tier)
    _unknown(answer)


def abc(answer: ValuePyramid, cuts: Cuts, finding: str) -> None:
    """The cumulative curve with the ABC cuts, beside Lorenz's curve with Gini's coefficient."""
    left, right = st.columns(2, gap="medium")
    with left:
        classed = answer.accounts.filter(pl.col("abc").is_in(CLASSES))
        draw.chart(concentration(classed, abc_a=cuts["abc_a"], abc_b=cuts["abc_b"], theme=draw.theme(), finding=finding), key="abc_curve")
    with right:
        draw.chart(lorenz(answer.lorenz, gini=answer.concentration["gini"][0], theme=draw.theme(), finding=finding), key="lorenz")
    if answer.concentration["below_zero"][0]:
        st.caption(_("With accounts below zero Gini's coefficient has no meaning: the curve alone is drawn."))
    tables.show(labels.worded(answer.abc, "abc", writer=_class), "abc", key="pyramid_abc")
    both = answer.accounts.group_by("tier", "abc").agg(pl.len().cast(pl.Int64).alias("accounts"), pl.col("net_sales").sum()).sort("net_sales", descending=True)
    if cuts["scheme"] == "score":
        st.caption(_("Tiers by score beside ABC: how many accounts are in both."))
        tables.show(labels.worded(labels.worded(both, "tier"), "abc", writer=_class), "tiers_and_abc", key="pyramid_both")


def _class(code: str | None) -> str:
    return _("No class") if code == "none" else labels.label(code)


def _table(rows: pl.DataFrame, tier: str | None) -> None:
    bars = {
        f"{name}_percentile": st.column_config.ProgressColumn(indicator(name), min_value=0.0, max_value=1.0, format="percent", color="auto-inverse")
        for name in INDICATORS
    }  # fmt: skip
    shown = labels.worded(labels.worded(rows.select(SHOWN), "tier", "previous_tier"), "abc", writer=_class)
    chosen = tables.show(shown, "value_pyramid", key=f"pyramid_accounts_{tier}", pick=True, columns=bars)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def _unknown(answer: ValuePyramid) -> None:
    unknown = answer.indicators.filter((pl.col("effective_weight") == 0) & (pl.col("weight") > 0))["indicator"].to_list()
    if unknown:
        names = ", ".join(indicator(name) for name in unknown)
        st.caption(_("Nothing is known of {indicators}: the other indicators carry their weight.").format(indicators=names))
