"""The next peak and its back-test."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("peak_total", mark("Next peak"), "units",
           mark("What the distributors will buy over their next peak with no new action: the sum of the natural forecast per distributor, product and month."),
           "Σ forecast of the peak's months"),
    Metric("peak_width", mark("Give or take"), "rate",
           mark("Half the interval of the season's total, from what the same forecast missed at earlier dates; months have no interval of their own."),
           "q × scale of the earlier errors", "less"),
    Metric("wape", mark("Error of the forecast (WAPE)"), "rate",
           mark("What the same forecast missed at earlier dates, month by month, as a share of what was sold."), "Σ|forecast − sold| ÷ Σ sold", "less"),
    Metric("wape_naive", mark("Error of last year's months (WAPE)"), "rate",
           mark("The same for a forecast that repeats last year's month: the least that a forecast must beat."), "Σ|last year − sold| ÷ Σ sold", "less"),
    Metric("wape_combo", mark("Error of the combination alone (WAPE)"), "rate",
           mark("The same for the combination forecast at every distributor, whatever it missed: what is not flattered by choosing between methods afterwards."),
           "Σ|combination − sold| ÷ Σ sold", "less"),
    Metric("mase", mark("Scaled error (MASE)"), "number",
           mark("The forecast's mean error against the usual change from one year's month to the next; under 1 it misses less than that."),
           "mean|forecast − sold| ÷ mean|sold − sold a year before|", "less"),
    Metric("bias", mark("Bias"), "rate", mark("How much too much was forecast on the whole; below 0, too little."), "(Σ forecast − Σ sold) ÷ Σ sold", "neither"),
    Metric("coverage", mark("Coverage"), "rate",
           mark("How many of the earlier seasons' totals fell inside the interval that the other dates would have given."), "totals inside ÷ totals", "neither"),
)  # fmt: skip
