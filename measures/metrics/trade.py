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
)
