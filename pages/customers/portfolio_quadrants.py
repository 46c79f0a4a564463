"""Which accounts to consolidate, recover, promote or liquidate? Helps a sales manager give each account its strategy and somebody to do it.

Answers coverage.md's numbers 16, 27, 28, 31, 32 and 53: contribution × stability with its uncertainty, moves and tails; the five bases of
classification and where they disagree; the actions of source 003 as a worklist; the settlement sheet before an account is let go.
"""

import streamlit as st

from charts.findings.customers.portfolio_quadrants import sentence
from data.language import _
from measures.customers.agreement import Agreement
from measures.customers.loyalty import Loyalty
from measures.customers.portfolio_quadrants import PortfolioQuadrants
from measures.customers.quadrant_settlement import QuadrantSettlement
from measures.thresholds import Cuts
from pages.parts import answers, cuts, dates, explain, filter_bar, frame, states, tabs
from pages.parts.customers import (
    quadrant_agreement,
    quadrant_bases,
    quadrant_loyalty,
    quadrant_map,
    quadrant_moves,
    quadrant_settlement,
    quadrant_worklist,
)

CUTS = ("contribution_share", "stability_cut", "hysteresis", "stability_months")
METRICS = {"bases": ("agree_rate", "winning_basis"), "agreement": ("agree_rate", "winning_basis"), "settlement": ("net_result",), "loyalty": quadrant_loyalty.METRICS}


def chosen_view() -> str:
    """Which view is open; it lives in the address."""
    views = {
        "map": _("Map"), "moves": _("Moves"), "bases": _("Five bases"), "agreement": _("Agreement"), "actions": _("Worklist"), "settlement": _("Settlement"), "loyalty": _("Loyalty"),
    }  # fmt: skip
    return tabs.choose(_("View"), views, key="quadrants_view", name="view")


def choose_cuts(view: str) -> Cuts:
    """The quadrants' cuts: on the map and the moves, which they decide; folded away elsewhere."""
    with st.container() if view in ("map", "moves") else st.expander(_("Cuts of the quadrants")):
        return cuts.choose("portfolio_quadrants", CUTS, columns=4)


def asked(name: str, own: Cuts, chosen: Cuts) -> tuple[Agreement | QuadrantSettlement | Loyalty, Cuts]:
    """A further answer under the quadrants' cuts and its own, and these cuts."""
    moved = own.but(**{cut: chosen[cut] for cut in CUTS})
    return answers.get(name, filters, moved), moved


def further(view: str, answer: PortfolioQuadrants, chosen: Cuts) -> tuple[str, Cuts]:
    """The views beside the map. Returns the finding and the cuts in force."""
    if view == "moves":
        return quadrant_moves.show(answer), chosen
    if view == "actions":
        return quadrant_worklist.show(answer), chosen
    if view == "settlement":
        found, moved = asked("quadrant_settlement", cuts.choose("quadrant_settlement", quadrant_settlement.CUTS, columns=4), chosen)
        return quadrant_settlement.show(found, moved), moved
    if view == "loyalty":
        found, moved = asked("loyalty", cuts.choose("loyalty", quadrant_loyalty.CUTS, columns=1), chosen)
        return quadrant_loyalty.show(found, filters, head), moved
    if view == "agreement":
        found, moved = asked("agreement", quadrant_agreement.choose_order(cuts.saved("agreement")), chosen)
        return quadrant_agreement.show(found), moved
    axes = quadrant_bases.choose_axes()
    found, moved = asked("agreement", cuts.choose("agreement", quadrant_bases.cuts_of(axes), columns=4), chosen)
    return quadrant_bases.show(found, axes), moved


states.need_store()
filters = filter_bar.current()
title, head = st.container(), st.container()
view = chosen_view()
with st.container(horizontal=True):
    with_tails = view == "map" and quadrant_map.toggles()
chosen = choose_cuts(view)
answer = answers.get("portfolio_quadrants", filters, chosen)
if answer.accounts.is_empty():
    quadrant_map.nothing(answer, filters)
    st.stop()
if view != "loyalty":
    with head:
        quadrant_map.metric_row(answer)
        quadrant_map.among(answer, is_narrowed=len(filter_bar.described(filters)) > 1)
if view == "map":
    finding, explained = sentence(answer), chosen
    quadrant_map.show(answer, chosen, filters, finding, with_tails=with_tails)
else:
    finding, explained = further(view, answer, chosen)
with title:
    frame.head(_("Portfolio quadrants"), finding, dates.complete(answer.summary["as_of"].item()))
explain.panel(
    ("contribution", "stability_cv", "p_stable", *METRICS.get(view, ())), explained,
    ((_("Accounts with sales"), answer.accounts.height), (_("Accounts classified"), answer.accounts["quadrant"].count())),
)  # fmt: skip
