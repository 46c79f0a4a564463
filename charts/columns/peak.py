"""Columns of the peak-season plan: varieties, forecast, plan, winter work, launches."""

from data.language import mark

LABELS: dict[str, str] = {
    "actual_units": mark("Sold"),
    "by_naive": mark("By last year's months"),
    "change_before_rate": mark("Change the year before"),
    "compared_with": mark("Compared with"),
    "decision": mark("Decision"),
    "error_rate": mark("Missed by"),
    "forecast": mark("Forecast"),
    "forecast_on": mark("Forecast in"),
    "high": mark("At most"),
    "id": mark("ID"),
    "is_agreed": mark("Agreed"),
    "last_peak": mark("Last peak"),
    "low": mark("At least"),
    "median_distribution": mark("Median distribution"),
    "median_margin_rate": mark("Median margin rate"),
    "median_rate": mark("Median rate of sale"),
    "peak_months": mark("Months of the peak"),
    "peak_start": mark("Peak from"),
    "plan": mark("Plan"),
    "plan_gap": mark("Against the forecast"),
    "stockists": mark("Distributors that stock it"),
    "suggestion": mark("Suggestion"),
    "total": mark("Total"),
    "units": mark("Units"),
    "variety": mark("Reason"),
    "version": mark("Version"),
}

MONEY = frozenset()

RATES = frozenset({"median_distribution"})

COUNTS = frozenset({"stockists", "total", "low", "high", "last_peak", "plan", "plan_gap", "forecast", "actual_units", "units"})
