"""Which accounts carry the value, and who moved? Helps a sales manager decide where the team's effort goes.

Answers coverage.md's numbers 4 (changes of value: migration and bridge), 5 (five indicators), 49 (VIP to small), 51 (MVC, MGC, below
zero, strategic exceptions) and 54 (ABC), and what an outlet is still worth.
"""

import streamlit as st

from charts.findings.customers import value_views
from charts.findings.customers.value_pyramid import sentence
from data.language import _
from measures.customers.value_pyramid import ValuePyramid
from measures.thresholds import Cuts
from pages.parts import answers, cuts, dates, explain, filter_bar, frame, states, tabs
from pages.parts.customers import compared, pyramid_classes, pyramid_lifetime, pyramid_moves, pyramid_tiers, weights

COMPARING = ("accounts", "migration", "bridge")
RANKING = ("accounts", "abc", "migration")
DRAWN = {"accounts": pyramid_tiers.accounts, "abc": pyramid_tiers.abc, "migration": pyramid_moves.migration}
SAID = {"accounts": sentence, "abc": value_views.concentration, "migration": value_views.migration}


def choose_view() -> str:
    """The view; it lives in the address."""
    names = {
        "accounts": _("Pyramid"), "abc": _("ABC and Lorenz"), "migration": _("Migration"), "bridge": _("Bridge"),
        "classes": _("Value classes"), "lifetime": _("Lifetime value"),
    }  # fmt: skip
    return tabs.choose(_("View"), names, key="pyramid_view", name="pyramid")


def choose_cuts(view: str) -> Cuts:
    """The chips: what is compared with, and the tiers' scheme with its borders."""
    chosen = cuts.saved("value_pyramid")
    if view not in (*COMPARING, *RANKING):
        return chosen
    with st.container(horizontal=True):
        chosen = compared.choose(chosen) if view in COMPARING else chosen
        return pyramid_tiers.choose_scheme(chosen, with_band=view == "migration") if view in RANKING else chosen


def ranked(view: str, head: st.delta_generator.DeltaGenerator, base: Cuts) -> str:
    """The views that rest on the ranking, with the weights under the main chart. Returns the finding."""
    chart = st.container()
    chosen = weights.choose(base)
    answer: ValuePyramid = answers.get("value_pyramid", filters, chosen)
    if answer.accounts.is_empty():
        states.no_sales(filters)
        st.stop()
    finding = SAID[view](answer)
    with head:
        pyramid_tiers.metric_row(answer, filters, chosen)
    DRAWN[view](answer, chosen, finding, chart)
    explain.panel(
        ("score", "abc", "share", "gini"), chosen,
        ((_("Accounts with sales"), answer.summary["accounts"].item()), (_("Accounts ranked"), answer.accounts["score"].count())),
    )  # fmt: skip
    return finding


states.need_store()
filters = filter_bar.current()
title, head = st.container(), st.container()
view = choose_view()
chosen = choose_cuts(view)
if view in RANKING:
    finding = ranked(view, head, chosen)
elif view == "bridge":
    finding = pyramid_moves.bridge(head, filters, chosen)
else:
    finding = (pyramid_classes if view == "classes" else pyramid_lifetime).show(head, filters)
with title:
    when = compared.period(filters, chosen) if view in COMPARING else dates.period(filters)
    frame.head(_("Value pyramid"), finding, dates.on(dates.last_day(filters)) if view == "lifetime" else when)
