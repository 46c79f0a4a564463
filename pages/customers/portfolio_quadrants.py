"""Which accounts to consolidate, recover, promote or liquidate? Helps a sales manager give each account its strategy and somebody to do it.

Answers product.md's numbers 16, 27, 28, 31, 32 and 53: contribution × stability with its uncertainty, moves and tails; the five bases of
classification and where they disagree; the actions of source 003 as a worklist; the settlement sheet before an account is let go.
"""

import streamlit as st

from charts.findings.portfolio_quadrants import sentence
from data.language import _, format_date
from measures.agreement import Agreement
from measures.quadrant_settlement import QuadrantSettlement
from measures.thresholds import Cuts
from pages.parts import (
    address,
    answers,
    cuts,
    explain,
    filter_bar,
    frame,
    quadrant_agreement,
    quadrant_bases,
    quadrant_map,
    quadrant_moves,
    quadrant_settlement,
    quadrant_worklist,
    states,
)

CUTS = ("contribution_share", "stability_cut", "stability_months")
BASES_CUTS = ("attitude_warm", "attitude_cold", "credit_good", "credit_poor", "abc_a", "abc_b")
METRICS = {"bases": ("agree_rate", "winning_basis"), "agreement": ("agree_rate", "winning_basis"), "settlement": ("net_result",)}


def chosen_view() -> str:
    """Which view is open; it lives in the address."""
    views = {
        "map": _("Map"), "moves": _("Moves"), "bases": _("Five bases"), "agreement": _("Agreement"), "actions": _("Worklist"), "settlement": _("Settlement"),
    }  # fmt: skip
    address.start("quadrants_view", "view", lambda texts: texts[0] if texts[0] in views else None, "map")
    view = st.segmented_control(
        _("View"), list(views), key="quadrants_view", format_func=views.get, required=True, label_visibility="collapsed", persist_state="session"
    )
    address.keep("view", None if view == "map" else view)
    return view


def agreement(chosen: Cuts, names: tuple[str, ...]) -> tuple[Agreement, Cuts]:
    """The five bases under the quadrants' cuts and their own."""
    moved = cuts.choose("agreement", names, columns=6)
    moved = moved.but(**{name: chosen[name] for name in CUTS})
    return answers.get("agreement", filters, moved), moved


def settlement(chosen: Cuts) -> tuple[QuadrantSettlement, Cuts]:
    """The settlement sheets under the quadrants' cuts and their own rates."""
    moved = cuts.choose("quadrant_settlement", quadrant_settlement.CUTS, columns=4).but(**{name: chosen[name] for name in CUTS})
    return answers.get("quadrant_settlement", filters, moved), moved


states.need_store()
filters = filter_bar.current()
head = st.container()
with st.container(horizontal=True, vertical_alignment="center"):
    view = chosen_view()
    with_tails = view == "map" and quadrant_map.tails_toggle()
chosen = cuts.choose("portfolio_quadrants", (*CUTS, "hysteresis") if view == "moves" else CUTS, columns=4)
answer = answers.get("portfolio_quadrants", filters, chosen)
if answer.accounts.is_empty():
    if answer.summary["status"].item() == "no_complete_month":
        states.empty(
            _("No month is complete yet"),
            _("Contribution and stability rest on complete months: the running month would make every account look smaller and less steady."),
            _("Choose a longer period, or come back when the first month is over."),
        )
    else:
        states.no_sales(filters)
    st.stop()
finding = sentence(answer)
with head:
    frame.head(_("Portfolio quadrants"), finding)
    quadrant_map.metric_row(answer)
explained = chosen
if view == "map":
    quadrant_map.show(answer, chosen, filters, finding, with_tails=with_tails)
elif view == "moves":
    quadrant_moves.show(answer)
elif view == "bases":
    found, explained = agreement(chosen, BASES_CUTS)
    quadrant_bases.show(found)
elif view == "agreement":
    found, explained = agreement(chosen, ("basis_order",))
    quadrant_agreement.show(found)
elif view == "actions":
    quadrant_worklist.show(answer)
else:
    found, explained = settlement(chosen)
    quadrant_settlement.show(found)
explain.panel(
    ("contribution", "stability_cv", "p_stable", *METRICS.get(view, ())), explained,
    ((_("Accounts with sales"), answer.accounts.height), (_("Accounts classified"), answer.accounts["quadrant"].count())),
)  # fmt: skip
st.caption(_("Complete months before {date}.").format(date=format_date(answer.summary["as_of"].item())))
