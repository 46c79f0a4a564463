"""Which programmes pay back, and which money would be better spent elsewhere? Helps a sales manager decide what to repeat, mend or stop.

Answers coverage.md's numbers 6 (effectiveness of investments), 17 (relationship spending against results), 22 (touches of content), 24 (life cycles
of events and courses), 45 (distributor training) and 46 (trips and events).
"""

import streamlit as st

from charts.findings.trade.programmes import sentence
from data.language import _
from pages.parts import answers, cuts, dates, explain, filter_bar, frame, states, tabs
from pages.parts.trade import programme_views

CUTS = ("programme_baseline", "programme_after", "programme_interval", "programme_accounts")
DETAILS = ("programme_rest", "promoted_share", "touch_days", "order_days")
SPENDING = ("relationship_high", "visit_cap", "programme_interval", "programme_accounts")

states.need_store()
filters = filter_bar.current()
head = st.container()
with states.controls() as room:
    chosen = cuts.choose("programmes", CUTS, columns=(3, 1, 1, 1))
    with st.expander(_("Comparison in detail, touches")):
        chosen = cuts.choose("programmes", DETAILS, base=chosen)
answer = answers.get("programmes", filters, chosen)
if not answer.summary["has_programmes"].item():
    states.missing_table("programmes", _("Without programmes, their dates and their cost nobody knows what was done, and what it cost."), room)
    st.stop()
if answer.programmes.is_empty():
    states.no_sales(filters)
    st.stop()
finding, about = sentence(answer), answer.summary.row(0, named=True)
with head:
    frame.head(_("Programmes"), finding, dates.both(dates.period(filters), dates.complete(about["as_of"])))
    programme_views.metric_row(answer)
view = tabs.choose(_("View"), {code: _(name) for code, name in programme_views.VIEWS.items()}, key="programmes_view", name="tab")
spending = cuts.saved("relationship_spending").but(**{name: value for name, value in chosen.values if name in SPENDING})
if view == "relationship":
    spending = cuts.choose("relationship_spending", ("relationship_high", "visit_cap"), base=spending)
programme_views.show_view(view, answer, finding, lambda: answers.get("relationship_spending", filters.within(None, filters.to_date), spending))
explain.panel(
    ("natural_sales", "uplift", "uplift_rate", "extra_margin", "programme_cost", "payback", "relationship_spending"), chosen,
    ((_("Programmes"), about["programmes"]), (_("That can be judged"), about["programmes"] - about["insufficient"]), (_("Participations"), answer.participants.height)),
)  # fmt: skip
