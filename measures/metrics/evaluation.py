"""The monthly evaluation: indicators of a salesperson's month, the score, and what it pays."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("evaluation_score", mark("Score of the month"), "rate",
           mark("Attainment, new accounts kept, adherence and strike rate against its goal, weighed; each counts at most as set. One that is not known is left out, "
                "and the others' weights make up for it. Of a team, the median."),
           "Σ weight × min(indicator, most) ÷ Σ weight"),
    Metric("payout", mark("Payout"), "rate",
           mark("What the score pays of the agreed reward: nothing below a limit, half of it there, all of it at 100%, more above, up to a most."),
           "0 · rising · 1 + slope × (score − 1)"),
    Metric("kept_rate", mark("New accounts kept"), "rate",
           mark("New accounts that still buy after the day set, against those planned, of three months together whose accounts are all old enough. One at which nobody "
                "looked does not count as kept."),
           "still buying ÷ planned developments"),
    Metric("strike_rate", mark("Strike rate"), "rate",
           mark("Visits that ended with an order: the outcome says so, or the account ordered within the days set. An order counts for its last visit, once."),
           "visits with an order ÷ visits"),
    Metric("lines_per_visit", mark("Lines per visit"), "number", mark("Order lines of the orders that followed visits, per visit."), "order lines ÷ visits", "neither"),
    Metric("drop_size", mark("Drop size"), "money", mark("What a visit sold that was followed by an order of the account's own."), "net sales ÷ visits with an own order"),
    Metric("visit_pace", mark("Visits against the month so far"), "rate",
           mark("Visits of the running month that belong to a plan, against the plan's share for the weekdays that are gone."),
           "visits ÷ (planned visits × weekdays gone ÷ weekdays)"),
)
