"""Which accounts carry the value, and who moved? Helps a sales manager decide where the team's effort goes.

Answers product.md's numbers 4, 5, 49, 54 (and the beginning of 51): five indicators, tiers by size, ABC, movers.
"""

import polars as pl
import streamlit as st

from charts import labels
from charts.concentration import concentration
from charts.findings.value_pyramid import sentence
from charts.movers import ENTERED, LEFT, movers
from charts.pyramid import pyramid
from charts.theme import CLASSES
from data.language import _
from measures.metrics import change_rate
from measures.value_pyramid import ValuePyramid
from pages.parts import answers, cuts, draw, explain, filter_bar, frame, links, metrics, states, tables

CUTS = ("scheme", "tier_vip", "tier_large", "tier_medium", "abc_a", "abc_b")
WEIGHTS = ("weight_sales", "weight_expected", "weight_credit", "weight_profit", "weight_reference")
SHOWN = (
    "account_id", "account", "region", "net_sales", "previous_net_sales", "share", "cumulative_share_before", "abc", "score",
    "tier", "previous_tier",
)  # fmt: skip


def metric_row(answer: ValuePyramid, first: str) -> None:
    """Four tiles: accounts, net sales, the best tier's share, concentration."""
    total = answer.summary.row(0, named=True)
    best = answer.tiers.filter(pl.col("tier") == first).row(0, named=True)
    metrics.row(
        [
            metrics.Tile("active_accounts", total["accounts"], change_rate(total["accounts"], total["previous_accounts"]), _("on last year")),
            metrics.Tile("net_sales", total["net_sales"], change_rate(total["net_sales"], total["previous_net_sales"]), _("on last year")),
            metrics.Tile("share", best["share"], label=_("Share of {tier}").format(tier=labels.label(first))),
            metrics.Tile("gini", total["gini"]),
        ]
    )


def accounts_table(answer: ValuePyramid, tier: str | None) -> None:
    """The accounts, of one tier if it was clicked; a chosen row opens the account."""
    rows = answer.accounts if tier is None else answer.accounts.filter(pl.col("tier") == tier)
    shown = labels.worded(rows.select(SHOWN), "tier", "previous_tier")
    chosen = tables.show(shown, "value_pyramid", key=f"pyramid_accounts_{tier}", pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def movers_table(answer: ValuePyramid) -> None:
    """Who entered, left, rose and fell since the previous period."""
    if answer.movers.is_empty():
        st.write(_("Nobody moved, or there is no earlier period to compare with."))
        return
    matrix = answer.migration.with_columns(pl.col("from_tier").replace("new", ENTERED), pl.col("to_tier").replace("lost", LEFT))
    draw.chart(movers(matrix, by=by, theme=draw.theme(), finding=finding), key="pyramid_migration")
    shown = labels.worded(answer.movers, "from_tier", "to_tier")
    chosen = tables.show(shown, "movers", key="pyramid_movers", pick=True)
    if chosen is not None:
        links.open_account(answer.movers["account_id"][chosen])


states.need_store()
filters = filter_bar.current()
head = st.container()
with st.expander(_("Scheme, cuts and weights")):
    chosen = cuts.choose("value_pyramid", WEIGHTS, columns=5, base=cuts.choose("value_pyramid", CUTS))
answer = answers.get("value_pyramid", filters, chosen)
if answer.accounts.is_empty():
    states.no_sales(filters)
    st.stop()
by = "tier" if chosen["scheme"] == "score" else "abc"
finding = sentence(answer)
with head:
    frame.head(_("Value pyramid"), finding)
    metric_row(answer, "vip" if by == "tier" else "A")
picked = draw.chart(pyramid(answer.tiers if by == "tier" else answer.abc, by=by, theme=draw.theme(), finding=finding), key="pyramid")
tier = picked[0]["code"] if picked else None
view = st.segmented_control(
    _("View"), ("accounts", "abc", "movers"), default="accounts", key="pyramid_view", required=True, label_visibility="collapsed",
    format_func=lambda code: {"accounts": _("Accounts"), "abc": _("ABC curve"), "movers": _("Movers")}[code],
)
if view == "accounts":
    if tier is not None:
        st.caption(_("Accounts of {tier}; click its band again to see all").format(tier=labels.label(tier)))
    accounts_table(answer, tier)
elif view == "abc":
    classed = answer.accounts.filter(pl.col("abc").is_in(CLASSES))
    draw.chart(concentration(classed, abc_a=chosen["abc_a"], abc_b=chosen["abc_b"], theme=draw.theme(), finding=finding), key="abc_curve")
    tables.show(answer.abc, "abc", key="pyramid_abc")
else:
    movers_table(answer)
unknown = answer.indicators.filter(pl.col("effective_weight") == 0)["indicator"].to_list()
if by == "tier" and unknown:
    names = ", ".join(labels.label(name) for name in unknown)
    st.caption(_("Nothing is known of {indicators}: the other indicators carry their weight.").format(indicators=names))
explain.panel(
    ("score", "abc", "share", "gini"), chosen,
    ((_("Accounts with sales"), answer.accounts.height), (_("Accounts ranked"), answer.accounts["score"].count())),
)  # fmt: skip
