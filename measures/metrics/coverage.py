"""People and territories."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("people_needed", mark("People needed"), "count",
           mark("A accounts have a person each, two B accounts share one, three to five C accounts share one."), "A ÷ 1 + B ÷ 2 + C ÷ (3 to 5)", "neither"),
    Metric("people_now", mark("People there"), "count",
           mark("Salespeople who are named as the owner of at least one of these accounts."), "count(distinct salesperson of an account)", "neither"),
    Metric("workload_people", mark("People by workload"), "number",
           mark("Calls that the accounts ask for in a month, by the calls that one person makes."), "Σ accounts × calls ÷ calls per person", "neither"),
    Metric("territory_index", mark("Territory against the average"), "rate",
           mark("A territory's workload or potential against the average of all; people who lead others are left out of the average."),
           "territory ÷ mean − 1", "neither"),
    Metric("territories_flagged", mark("Territories out of balance"), "count",
           mark("Territories whose workload or potential is further from the average than the fair band."), "count(|territory ÷ mean − 1| > band)", "less"),
    Metric("hours_share", mark("Share of hours"), "rate",
           mark("Hours spent on a quadrant's accounts, of those spent on all classified accounts in the last twelve complete months."),
           "hours ÷ Σ hours of EI to EIV", "neither"),
)
