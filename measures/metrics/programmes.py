"""Programmes: what was spent, and what was sold beyond natural sales."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("programme_cost", mark("Cost of programmes"), "money",
           mark("What the programmes cost. Within filters the part that falls to the accounts shown: by what was sold under the programme's mark, else by heads."),
           "cost × marked sales here ÷ all marked sales", "neither"),
    Metric("natural_sales", mark("Natural sales"), "money",
           mark("What those who took part would have bought: their base months, moved as comparable accounts moved that did not take part, and as their own other products moved."),
           "base × (others now ÷ others then)", "neither"),
    Metric("uplift", mark("Sold beyond natural sales"), "money",
           mark("Net sales of those who took part in the programme's months and those after it that count, less their natural sales. Association, not cause."),
           "net sales − natural sales"),
    Metric("uplift_rate", mark("Beyond natural sales"), "rate", mark("The same as a share of natural sales."), "net sales ÷ natural sales − 1"),
    Metric("extra_margin", mark("Extra margin"), "money",
           mark("What was earned less what natural sales would have earned at the margin of the base months: a discount is paid on all that is sold, not only on the extra."),
           "net sales × margin rate − natural sales × margin rate before"),
    Metric("payback", mark("Pay-back"), "number",
           mark("Extra margin for each unit of cost. One pays back; below zero less was earned than naturally."), "extra margin ÷ cost"),
    Metric("relationship_spending", mark("Spent on being together"), "money",
           mark("Cost of events with the account over twelve months: trips, parties, meals. Trainings and content are left out."), "Σ cost of events", "neither"),
)
