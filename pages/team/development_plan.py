"""Was the month's plan kept, did what was won last, and whom to win next? Helps a regional lead plan the coming month and talk about the last one.

Answers coverage.md's numbers 14 (activities planned and evaluated), 38 (the channel and the two levels that a maker manages), 42 (second-tier
wholesalers and competitors' outlets) and 43 (monthly and daily plans, hard indicators).
"""

import streamlit as st

from charts.findings.team.development_plan import sentence
from data.language import _
from pages.parts import answers, cuts, dates, explain, filter_bar, frame, states, tabs
from pages.parts.team import development_views

CUTS = ("alive_days", "alive_window", "managed_levels", "outstanding_percentile")
DETAILS = ("plan_limits", "candidate_months", "ordered_outcomes")

states.need_store()
filters = filter_bar.current()
head = st.container()
with states.controls() as room:
    chosen = cuts.choose("development_plan", CUTS, columns=4)
    with st.expander(_("Limits, reports, outcomes")):
        chosen = cuts.choose("development_plan", DETAILS, base=chosen)
answer = answers.get("development_plan", filters, chosen)
about = answer.summary.row(0, named=True)
if not about["has_plans"]:
    states.missing_table("development_plans", _("Without plans nobody knows what was to be visited and won, by whom, where and when."), room)
    st.stop()
with head:
    frame.head(_("Development plan"), sentence(answer), dates.both(dates.period(filters), dates.complete(about["as_of"])))
    development_views.metric_row(answer)
view = tabs.choose(_("View"), {code: _(name) for code, name in development_views.VIEWS.items()}, key="development_view", name="tab")
development_views.show_view(view, answer, chosen)
explain.panel(
    ("adherence", "development_rate", "alive_rate", "beyond_rate", "candidate_amount"), chosen,
    ((_("People with a plan"), about["people"]), (_("New accounts"), about["new_accounts"]), (_("Candidates"), about["candidates"])),
)  # fmt: skip
