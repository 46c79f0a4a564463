"""Targets on the way, trade terms and the assortment."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("pace_index", mark("Pace"), "rate",
           mark("Sold so far against what should be sold by now, by the season's share of the period that is over."),
           "actual ÷ (target × expected share)"),
    Metric("expected_share", mark("Expected share by now"), "rate",
           mark("The part of the period's selling weight that is over: seasonal index of the months gone ÷ of all months; of a running month its weekdays."),
           "Σ index of elapsed months ÷ Σ index of the period", "neither"),
    Metric("projection", mark("Projection"), "money",
           mark("Where the period ends: between the rest coming as planned and the rest keeping the pace so far."),
           "actual + target × (1 − expected share) … actual ÷ expected share"),
    Metric("required_factor", mark("Needed of the rest"), "rate",
           mark("What the rest of the period must sell, as a share of what is planned for it, to reach the target."),
           "(target − actual) ÷ (target × (1 − expected share))", "less"),
    Metric("accrual", mark("Accrued rebates"), "money",
           mark("What the year's purchases so far will cost in rebates: each tier by the chance of reaching it, from the natural year and what earlier forecasts missed. A marginal tier counts what is expected beyond it."),
           "Σ P(tier) × (rate − rate of the tier before) × net sales so far", "less"),
    Metric("expected_rebate", mark("Expected this year"), "money",
           mark("The same at the end of the natural year."), "Σ P(tier) × (rate − rate of the tier before) × natural year", "less"),
    Metric("paid_so_far", mark("Earned already"), "money",
           mark("What the schemes pay on the purchases so far if nothing more is bought; the tier itself qualifies, returns have come off."),
           "rate of the tier reached × net sales so far", "less"),
    Metric("p_reaching", mark("Chance of reaching it"), "rate",
           mark("The share of equally likely ends of the year, natural year and its usual errors, that reach the next tier."), "P(year ≥ tier)", "neither"),
    Metric("push_worth", mark("Worth to customers"), "money",
           mark("What the scheme pays at the tier that the natural year misses, less what it pays without it."), "rebate(tier) − rebate(natural year)"),
    Metric("gain", mark("Left to us"), "money",
           mark("Margin on the growth from the natural year to the tier less the rebate that is paid more. It is below zero where the natural year is close to the tier anyway."),
           "(tier − natural) × margin − (rebate(tier) − rebate(natural))"),
    Metric("switch_cost", mark("Cost of switching"), "money",
           mark("What the customer loses in rebates if it buys a part of the rest of its year elsewhere."), "rebate(natural) − rebate(natural − part × rest)", "neither"),
    Metric("rebate_moved", mark("Paid for buying ahead"), "money",
           mark("Rebate on purchases that were only moved over the year's end: the extra before it that the dip after it takes back."),
           "rebate(year) − rebate(year − min(extra before, dip after))", "less"),
)
