"""Columns of the peak-season plan: varieties, forecast, plan, winter work, launches."""

from data.language import mark

LABELS: dict[str, str] = {
    "change_before_rate": mark("Change the year before"),
    "compared_with": mark("Compared with"),
    "decision": mark("Decision"),
    "median_distribution": mark("Median distribution"),
    "median_margin_rate": mark("Median margin rate"),
    "median_rate": mark("Median rate of sale"),
    "stockists": mark("Distributors that stock it"),
    "suggestion": mark("Suggestion"),
    "variety": mark("Reason"),
    "version": mark("Version"),
}

MONEY = frozenset()

RATES = frozenset({"median_distribution"})

COUNTS = frozenset({"stockists"})
