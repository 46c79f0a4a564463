"""The value pyramid's views of tiers and classes: the pyramid with each account's five bars, and the ABC curve beside Lorenz's."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from charts import labels, values
from charts.customers.concentration import concentration
from charts.customers.indicator_bars import indicator_bars
from charts.customers.lorenz import lorenz
from charts.customers.pyramid import pyramid
from charts.theme import CLASSES
from charts.value_words import indicator
from data.language import _, format_number, format_percent, ngettext
from measures.customers.value_indicators import INDICATORS
from measures.customers.value_pyramid import ValuePyramid, tier_order
from measures.metrics import change_rate
from measures.thresholds import Cuts
from pages.parts import cuts, draw, links, metrics, tables
from pages.parts.customers import compared
from queries.filters import Filters

SCHEME_CUTS = ("scheme", "tier_vip", "tier_large", "tier_medium", "abc_a", "abc_b")
SHOWN = (
    "account_id", "account", "region", "tier", "abc", "score", *(f"{name}_percentile" for name in INDICATORS),
    "net_sales", "share", "cumulative_share_before", "previous_net_sales", "previous_tier",
)  # fmt: skip


def metric_row(answer: ValuePyramid, filters: Filters, chosen: Cuts) -> None:
    """Accounts, net sales, the best tier's share, concentration; and who is in no tier."""
    total, first = answer.summary.row(0, named=True), tier_order(chosen)[0]
    best = answer.tiers.filter(pl.col("tier") == first).row(0, named=True)
    counted = change_rate(total["accounts"], total["previous_accounts"], total["previous_accounts"])
    sold = change_rate(total["net_sales"], total["previous_net_sales"])
    on = compared.beside(filters, chosen)
    outside = total["accounts"] - answer.tiers.filter(pl.col("tier").is_in(tier_order(chosen)))["accounts"].sum()
    unplaced = [metrics.Tile("active_accounts", outside, label=_("In no tier"), beside=_("nothing sold net, or too little known"))] if outside else []
    metrics.row(
        [
            metrics.Tile("active_accounts", total["accounts"], counted, on if counted is not None else ""),
            metrics.Tile("net_sales", total["net_sales"], sold, on if sold is not None else ""),
            metrics.Tile("share", best["share"], label=_("Share of {tier}").format(tier=labels.label(first)), beside=values.accounts(best["accounts"])),
            metrics.Tile("gini", total["gini"], beside=below_zero(answer.concentration["below_zero"][0]) if total["gini"] is None else ""),
            *unplaced,
        ]
    )  # fmt: skip


def below_zero(accounts: int) -> str:
    """Why there is no coefficient of concentration: 1 account below zero."""
    return ngettext("{n} account below zero", "{n} accounts below zero", accounts).format(n=format_number(accounts))


def scheme_line(chosen: Cuts) -> str:
    """Which scheme sizes the tiers: never both at once."""
    if chosen["scheme"] == "abc":
        return _("Tiers by ABC: A up to {a} and B up to {b} of cumulative net sales.").format(a=format_percent(chosen["abc_a"], 0), b=format_percent(chosen["abc_b"], 0))
    return _("Tiers by composite score: the best {vip}, {large} and {medium} of accounts; ABC stands beside, by net sales alone.").format(
        **{name: format_percent(chosen[f"tier_{name}"], 0) for name in ("vip", "large", "medium")}
    )


def choose_scheme(base: Cuts, *, with_band: bool) -> Cuts:
    """By which scheme the tiers are cut, and where; the scheme is always said, and never both at once. `with_band`: the dead band too."""
    scheme = labels.label(cuts.current("value_pyramid", "scheme"))
    with st.popover(_("Tiers by: {scheme}").format(scheme=scheme), icon=":material/stacked_bar_chart:", key="chip_scheme"):
        return cuts.choose("value_pyramid", (*SCHEME_CUTS, "hysteresis") if with_band else SCHEME_CUTS, columns=1, base=base)


def accounts(answer: ValuePyramid, chosen: Cuts, finding: str, chart: st.delta_generator.DeltaGenerator) -> None:
    """The pyramid, in `chart`; a click on a band keeps its accounts. Below, the best accounts with their five bars, and all in a table."""
    by = "tier" if chosen["scheme"] == "score" else "abc"
    with chart:
        picked = draw.chart(pyramid(answer.tiers if by == "tier" else answer.abc, by=by, theme=draw.theme(), finding=finding), key="pyramid")
        st.caption(scheme_line(chosen))
    tier = picked[0]["code"] if picked else None
    rows = answer.accounts if tier is None else answer.accounts.filter(pl.col("tier") == tier)
    if tier is not None:
        st.caption(_("Accounts of {tier}; click its band again to see all").format(tier=labels.label(tier)))
    rows = rows.sort("score", "account_id", descending=[True, False], nulls_last=True) if by == "tier" else rows
    known = answer.indicators.filter(pl.col("status") != "missing")
    order = ", ".join(indicator(name) for name in known["indicator"])
    st.caption(_("Each bar: the share of accounts that this one is ahead of, from left to right in {indicators}; above, the weight in force; on the right, the score.").format(indicators=order))
    opened = draw.chart(indicator_bars(rows, known, theme=draw.theme(), finding=finding), key="pyramid_indicators")
    if opened:
        links.open_account(opened[0]["account_id"])
    _table(rows, tier, known["indicator"].to_list())
    _unknown(answer)


def abc(answer: ValuePyramid, chosen: Cuts, finding: str, chart: st.delta_generator.DeltaGenerator) -> None:
    """The cumulative curve with the ABC cuts, beside Lorenz's curve with Gini's coefficient, both in `chart`."""
    left, right = chart.columns(2, gap="medium")
    with left:
        classed = answer.accounts.filter(pl.col("abc").is_in(CLASSES))
        draw.chart(concentration(classed, abc_a=chosen["abc_a"], abc_b=chosen["abc_b"], theme=draw.theme(), finding=finding), key="abc_curve")
    with right:
        draw.chart(lorenz(answer.lorenz, gini=answer.concentration["gini"][0], theme=draw.theme(), finding=finding), key="lorenz")
    if answer.concentration["below_zero"][0]:
        st.caption(_("With accounts below zero Gini's coefficient has no meaning: the curve alone is drawn."))
    tables.show(labels.worded(answer.abc, "abc", writer=labels.tier), "abc", key="pyramid_abc")
    both = answer.accounts.group_by("tier", "abc").agg(pl.len().cast(pl.Int64).alias("accounts"), pl.col("net_sales").sum()).sort("net_sales", descending=True)
    if chosen["scheme"] == "score":
        st.caption(_("Tiers by score beside ABC: how many accounts are in both."))
        tables.show(labels.worded(both, "tier", "abc", writer=labels.tier), "tiers_and_abc", key="pyramid_both")


def _table(rows: pl.DataFrame, tier: str | None, known: Sequence[str]) -> None:
    bars = {
        f"{name}_percentile": st.column_config.ProgressColumn(indicator(name), min_value=0.0, max_value=1.0, format="percent")
        for name in known
    }  # fmt: skip
    told = rows.select(SHOWN).drop(f"{name}_percentile" for name in INDICATORS if name not in known)
    shown = labels.worded(told, "tier", "previous_tier", "abc", writer=labels.tier)
    chosen = tables.show(shown, "value_pyramid", key=f"pyramid_accounts_{tier}", pick=True, columns=bars, leads="net_sales")
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def _unknown(answer: ValuePyramid) -> None:
    unknown = answer.indicators.filter((pl.col("effective_weight") == 0) & (pl.col("weight") > 0))["indicator"].to_list()
    if unknown:
        names = ", ".join(indicator(name) for name in unknown)
        st.caption(_("Nothing is known of {indicators}: the other indicators carry their weight.").format(indicators=names))
