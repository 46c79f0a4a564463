"""Seasons and targets."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("seasonal_index", mark("Seasonal index"), "index",
           mark("A month's sales against the average month, trend taken out; 1 is average."), "mean(value ÷ centred 12-month average)", "neither"),
    Metric("peak_share", mark("Share of the year"), "rate",
           mark("The months' part of a year in which every month sells its index."), "Σ index of the months ÷ 12", "neither"),
    Metric("strength", mark("Strength of the season"), "rate",
           mark("How much of the detrended movement the season explains; under 0.4 there is none to speak of, from 0.64 it is clear."),
           "max(0, 1 − Var(R) ÷ Var(S + R))", "neither"),
    Metric("natural", mark("Natural sales"), "units",
           mark("What a distributor would buy of a product with no new action: the forecast from its own seasons."), "forecast without new action"),
    Metric("target", mark("Target"), "units",
           mark("Natural sales with the lift that the peak's requirement asks for, in whole cases."), "natural × (1 + lift × month ÷ months)"),
    Metric("gap", mark("Gap to natural sales"), "units", mark("Target less natural sales: what needs an action."), "target − natural"),
    Metric("controlled_rounding", mark("Rounding to whole units"), "units",
           mark("Controlled rounding. Sums are exact. Within one unit of its unrounded figure are: each cell; the season of each account × product, each account and each product; each account in each month. Months and products in single months are too in practice: three margins at once cannot always be."),
           "target − (natural + lift + growth points)"),
    Metric("lift", mark("Lift"), "rate", mark("What the peak's requirement is above the natural peak."), "(requirement − natural peak) ÷ natural peak"),
)
