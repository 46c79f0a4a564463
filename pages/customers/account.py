"""What to say and do when this customer calls? Everything about one account on one screen.

Answers coverage.md's numbers 3, 8, 9, 10, 11, 12, 13 (the seven panels), 14, 15, 16, 19 and 38: basics, people, visits, orders, products, share,
credit, rebates, place in every classification, alarms, next steps with their reasons, the accounts under it, and another account beside it.
"""

import streamlit as st

from charts.findings.accounts.account import sentence
from data.language import _
from measures.accounts import account_market, next_actions
from pages.parts import answers, choices, cuts, dates, explain, filter_bar, frame, session, states
from pages.parts.accounts import account_choice, account_glance, account_screen, account_views
from queries.filters import Filters, end_of_complete_months

states.need_store()
filters = filter_bar.current()
period = Filters(filters.from_date, filters.to_date)
account_id = account_choice.choose(period)
if account_id is None:
    states.no_sales(filters)
    st.stop()
chosen = cuts.chosen("account", next_actions.THRESHOLDS)
answer = answers.get("account", filters.of_account(account_id), cuts.saved("account"))
if answer.profile.is_empty():
    states.empty(_("This account is not in your list"), _("It does not exist, or it belongs to another region."), _("Choose another account above."))
    st.stop()
profile = answer.profile.row(0, named=True)
finding = sentence(answer)
frame.head(_("Customer 360"), finding, dates.both(dates.complete(end_of_complete_months(choices.of(session.current()).told_until), 12), dates.on(profile["as_of"])))
account_screen.metric_row(answer, profile)
left, middle, right = st.columns([5, 4, 3], gap="medium")
with left:
    account_screen.chart(answer, finding)
with middle:
    steps = st.container()
with right:
    account_screen.basics(answer, profile)
ordered, contacted, standing, market = account_glance.columns()
with ordered:
    account_glance.orders(answer, account_id)
with contacted:
    account_glance.contacts(answer, account_id)
shown = account_views.Shown(answer, profile, filters, period, chosen, finding)
account_views.show(shown)
explain.panel(
    ("net_sales", "gross_margin", "overdue_amount", "days_since_last_sale", "file_rate"), chosen,
    ((_("Months"), answer.monthly.height), (_("Products"), answer.products.height), (_("Activities"), answer.activities.height)),
)  # fmt: skip
# Last, because they ask about all accounts: the rest of the screen does not wait for them.
with market:
    account_glance.market(shown.market())
everybody = account_screen.facts_of_everybody(account_id, period)
with steps:
    account_screen.next_steps(account_screen.suggestions(answer, chosen, everybody, account_market.facts(shown.market())))
with standing:
    account_glance.standing(profile, period, everybody.get("alarm_in_short"))
