"""How many people do the accounts need, on whom is time spent, who has too much to do? Helps a sales manager share out people and accounts.

Answers coverage.md's numbers 6 (in part), 33, 55 and 56: A 1:1, B 1:2, C 1:3–5, workload, hours by quadrant, territories.
"""

import polars as pl
import streamlit as st

from data.language import _, format_number, format_percent
from measures.customers.coverage import Coverage
from measures.customers.coverage_need import whole_people
from measures.thresholds import Cuts
from pages.parts import answers, cuts, dates, explain, filter_bar, frame, metrics, states, tabs
from pages.parts.customers.coverage_views import VIEWS, show_view

DRAWN = {
    "people": ("coverage_a", "coverage_b", "coverage_c_low", "coverage_c_high"),
    "workload": ("calls_a", "calls_b", "calls_c", "calls_other", "calls_per_person"),
    "hours": ("hours_ei", "hours_eii", "hours_eiii", "hours_eiv"),
    "territories": ("territory_band",),
}
ASSUMED = (*(name for names in DRAWN.values() for name in names), "abc_a", "abc_b")
NAME = "coverage"


def metric_row(answer: Coverage) -> None:
    """People needed and there, people by workload, hours on EII, territories out of balance."""
    total, calls = answer.summary.row(-1, named=True), answer.workload.row(-1, named=True)
    urgent = answer.hours.filter(pl.col("quadrant") == "EII").row(0, named=True)
    judged = answer.territories.filter(pl.col("workload_index").is_not_null())
    flagged = judged["is_flagged"].sum() if judged.height else None
    metrics.row(
        [
            metrics.Tile("people_now", total["people_now"], beside=_("own an account")),
            metrics.Tile("people_needed", total["people_needed"], label=_("People by class"), beside=_("at least {n}").format(n=format_number(whole_people(total["people_low"])))),
            metrics.Tile("workload_people", whole_people(calls["workload_people"]), unit="count",
                         beside=_("{n} calls a month").format(n=format_number(calls["calls_needed"]))),
            metrics.Tile("hours_share", urgent["hours_share"], label=_("Hours on {quadrant}").format(quadrant="EII"),
                         beside=_("{share} planned").format(share=format_percent(urgent["planned_share"], 0))),
            metrics.Tile("territories_flagged", flagged, label=_("Out of balance"), beside=_("of {n} territories").format(n=format_number(judged.height))),
        ]
    )  # fmt: skip


def choose(view: str) -> Cuts:
    """What the view draws in sight, the other assumptions folded."""
    seen = DRAWN[view]
    drawn = cuts.choose(NAME, seen, columns=len(seen) if len(seen) > 1 else (1, 3))
    with st.expander(_("What else is assumed")):
        return cuts.choose(NAME, tuple(name for name in ASSUMED if name not in seen), columns=4, base=drawn)


states.need_store()
filters = filter_bar.current()
head = st.container()
view = tabs.choose(_("View"), {code: _(name) for code, name in VIEWS.items()}, key="coverage_view", name="tab")
chosen = choose(view)
answer = answers.get(NAME, filters, chosen)
if not answer.summary.height or not answer.summary["accounts"][-1]:
    states.no_sales(filters)
    st.stop()
finding = show_view(view, answer, chosen)
with head:
    frame.head(_("Coverage"), finding, dates.complete(answer.as_of, 12))
    metric_row(answer)
explain.panel(
    ("people_needed", "people_now", "workload_people", "hours_share", "territory_index"), chosen,
    ((_("Accounts to look after"), answer.accounts.height), (_("Accounts with a class"), answer.summary["accounts"][-1])),
)  # fmt: skip
