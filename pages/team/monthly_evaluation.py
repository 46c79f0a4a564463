"""How did each person's month go, and what follows from it? Helps a regional lead talk about the month, decide, and sign.

Answers coverage.md's numbers 21 (roles, reports, head-to-head contests) and 44 (weekly meeting, month-end evaluation against the plan, reward and
penalty).
"""

import streamlit as st

from charts.findings.team.monthly_evaluation import sentence, signed_sentence
from data.language import _, format_month
from data.records import EVALUATION, all_records
from measures.team.monthly_evaluation import of_month
from pages.parts import address, answers, choices, cuts, dates, explain, filter_bar, frame, session, states, tabs
from pages.parts.team import evaluation_form, evaluation_views

WEIGHTS = ("weight_attainment", "weight_kept", "weight_adherence", "weight_strikes")
PAYMENT = (
    "payout_from", "payout_first", "payout_slope", "payout_cap", "strike_goal", "indicator_cap", "least_indicators", "order_days", "plan_limits", "alive_days",
    "alive_window", "ordered_outcomes",
)  # fmt: skip
MONTH_KEY, MONTH_NAME = "evaluation_month", "evaluated_month"

states.need_store()
filters = filter_bar.current()
head = st.container()
with states.controls() as room:
    chosen = cuts.choose("monthly_evaluation", WEIGHTS, columns=4)
    with st.expander(_("Payout, goals, limits")):
        chosen = cuts.choose("monthly_evaluation", PAYMENT, columns=4, base=chosen)
written = all_records(session.current().journal, EVALUATION) if evaluation_form.may_read() else []
answer = answers.with_records("monthly_evaluation", filters, chosen, written)
months = answer.scorecards["month"].unique().sort(descending=True).to_list()
if not choices.of(session.current()).salespeople:
    states.missing_table("salespeople", _("Without salespeople there is nobody whose month could be evaluated; targets, plans and visits name them."), room)
    st.stop()
if not months:
    states.empty(_("Monthly evaluation"), _("Nobody has a target, a plan or a visit in a complete month of the period."),
                 _("Choose a longer period, or import targets by salesperson, development plans or visits."))  # fmt: skip
    st.stop()
address.start(MONTH_KEY, MONTH_NAME, lambda texts: next((month for month in months if f"{month:%Y-%m}" == texts[0]), None), months[0])
if st.session_state[MONTH_KEY] not in months:
    st.session_state[MONTH_KEY] = months[0]
left, right = st.columns([1, 4], vertical_alignment="bottom")
month = left.selectbox(_("Month"), months, key=MONTH_KEY, format_func=lambda day: format_month(day, short=False))
address.keep(MONTH_NAME, None if month == months[0] else f"{month:%Y-%m}")
answer = of_month(answer, month)
with head:
    frame.head(_("Monthly evaluation"), sentence(answer), dates.both(format_month(month, short=False), signed_sentence(answer) if evaluation_form.may_read() else ""))
    evaluation_views.metric_row(answer)
views = evaluation_views.VIEWS if evaluation_form.may_read() else {code: name for code, name in evaluation_views.VIEWS.items() if code != "sign"}
with right:
    view = tabs.choose(_("View"), {code: _(name) for code, name in views.items()}, key="evaluation_view", name="tab")
evaluation_views.show_view(view, answer, filters)
explain.panel(
    ("evaluation_score", "payout", "attainment", "kept_rate", "adherence", "strike_rate"), chosen,
    ((_("People"), answer.summary["people"].item()), (_("Evaluations written"), answer.evaluations.height)),
)  # fmt: skip
