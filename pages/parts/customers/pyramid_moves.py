"""The value pyramid's views of change: migration between tiers, and the bridge of net sales."""

import polars as pl
import streamlit as st

from charts import labels
from charts.customers.flow import flow
from charts.customers.movers import movers, tier_text
from charts.findings.customers import value_views
from charts.value_words import component
from data.language import _, format_number, ngettext
from measures.customers.value_bridge import ValueBridge
from measures.customers.value_pyramid import ValuePyramid
from measures.metrics import change_rate
from measures.registry import kind
from measures.thresholds import Cuts
from pages.parts import answers, bridge_chart, draw, explain, links, metrics, states, tables
from pages.parts.customers import compared
from queries.filters import Filters


def migration(answer: ValuePyramid, cuts: Cuts, finding: str, chart: st.delta_generator.DeltaGenerator) -> None:
    """The flow between the tiers, in `chart`; the same as a matrix; and who moved. A click on a stream or a cell keeps its accounts."""
    if answer.migration.is_empty():
        _nothing_to_compare()
        return
    by = "tier" if cuts["scheme"] == "score" else "abc"
    row = answer.summary.row(0, named=True)
    with chart:
        st.caption(_("On the left the tier in {period}, on the right the tier now; a stream is as wide as its accounts.").format(
            period=compared.described(row["previous_from"], row["previous_to"])
        ))  # fmt: skip
        picked = draw.chart(flow(answer.migration, by=by, theme=draw.theme(), finding=finding), key=f"pyramid_flow_{by}")
        held = answer.migration["held"].sum()
        if held:
            said = ngettext(
                "{n} account crossed a border by less than the dead band and counts as staying; the tiles above count it in the tier where it stands now.",
                "{n} accounts crossed a border by less than the dead band and count as staying; the tiles above count them in the tiers where they stand now.", held,
            )  # fmt: skip
            st.caption(said.format(n=format_number(held)))
    cell = draw.chart(movers(answer.migration, by=by, theme=draw.theme(), finding=finding), key=f"pyramid_migration_{by}")
    tables.show(labels.worded(answer.migration, "from_tier", "to_tier", writer=tier_text), "migration", key="pyramid_matrix")
    _who(answer, (picked or cell or [None])[0])


def _who(answer: ValuePyramid, pair: dict[str, str] | None) -> None:
    st.markdown(f"**{_('Who moved')}**")
    rows = answer.movers
    if pair:
        rows = rows.filter((pl.col("from_tier") == pair["from_tier"]) & (pl.col("to_tier") == pair["to_tier"]))
    if rows.is_empty():
        st.write(_("Nobody moved here."))
        return
    shown = labels.worded(rows.drop("is_held"), "from_tier", "to_tier", writer=tier_text)
    chosen = tables.show(shown, "movers", key="pyramid_movers", pick=True, leads="change")
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def bridge(head: st.delta_generator.DeltaGenerator, filters: Filters, cuts: Cuts) -> str:
    """The waterfall from the compared period's net sales to this one's, and the prices behind it. Returns the finding."""
    answer = answers.get("value_bridge", filters, cuts.only(kind("value_bridge").thresholds))
    finding = value_views.bridge(answer)
    if answer.bridge.is_empty():
        _nothing_to_compare()
        return finding
    with head:
        _bridge_metrics(answer)
    bridge_chart.show(answer.bridge, finding, key="pyramid_bridge")
    tables.show(labels.worded(answer.bridge, "component", writer=component), "value_bridge", key="bridge_table")
    st.markdown(f"**{_('Products of the accounts that bought in both periods')}**")
    tables.show(answer.bridge_products, "bridge_products", key="bridge_products", leads="change")
    explain.panel(("bridge_volume", "bridge_mix", "bridge_price", "bridge_rest"), cuts.only(kind("value_bridge").thresholds))
    return finding


def _bridge_metrics(answer: ValueBridge) -> None:
    ends = answer.bridge_ends.row(0, named=True)
    before = compared.described(ends["previous_from"], ends["previous_to"])
    sums = dict(answer.bridge.iter_rows())
    metrics.row(
        [
            metrics.Tile("net_sales", ends["previous_net_sales"], label=_("Net sales before"), beside=before),
            metrics.Tile("net_sales", ends["net_sales"], change_rate(ends["net_sales"], ends["previous_net_sales"])),
            metrics.Tile("net_sales", sums["new_accounts"] + sums["lost_accounts"], label=_("New less lost accounts")),
            metrics.Tile("net_sales", sums["new_products"] + sums["delisted_products"], label=_("New less delisted products")),
        ]
    )


def _nothing_to_compare() -> None:
    states.empty(
        _("There is no period to compare with"),
        _("Changes of value need two periods with sales."),
        _("Choose a period with a beginning and an end, or other months to compare with."),
    )
