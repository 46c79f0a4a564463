"""Development plans: what was planned, made, and what became of it."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("adherence", mark("Adherence to the plan"), "rate",
           mark("Planned visits that were made: of each plan (month, person, area, kind) at most as many as were planned. Complete months."),
           "Σ min(visits, planned) ÷ Σ planned"),
    Metric("development_rate", mark("Developments of plan"), "rate",
           mark("New wholesalers and outlets that belong to a plan against those planned."), "developments ÷ planned developments"),
    Metric("alive_rate", mark("Still buying"), "rate",
           mark("New accounts that ordered, or where a visit ended with an order, in the weeks from the day set on; of those that were visited or ordered then."),
           "alive ÷ (alive + gone)"),
    Metric("beyond_rate", mark("Beyond our levels"), "rate",
           mark("Accounts that are further away than the levels we manage."), "accounts beyond ÷ accounts", "neither"),
    Metric("candidate_amount", mark("Held by competitors"), "money",
           mark("What the outlets among the candidates are known to buy of competitors in a year."), "Σ mean reported month × 12", "neither"),
    Metric("visits_made", mark("Visits made"), "count", mark("Visits to wholesalers and outlets that belong to a plan."), "count(visit)"),
)
