"""Columns of the peak-season plan: varieties, forecast, plan, winter work, launches."""

from data.language import mark

LABELS: dict[str, str] = {
    "actual_units": mark("Sold"),
    "by_naive": mark("By last year's months"),
    "change_before_rate": mark("Change the year before"),
    "compared_with": mark("Compared with"),
    "decision": mark("Decision"),
    "distributors": mark("Distributors"),
    "error_rate": mark("Missed by"),
    "expected_distribution": mark("Distribution by the peak"),
    "forecast": mark("Forecast"),
    "forecast_amount": mark("Forecast in money"),
    "total_amount": mark("Forecast in money"),
    "forecast_on": mark("Forecast in"),
    "from_work": mark("From"),
    "goal_distribution": mark("Distributed from"),
    "group": mark("Group"),
    "high": mark("At most"),
    "id": mark("ID"),
    "is_earlier": mark("Earlier launch"),
    "is_agreed": mark("Agreed"),
    "is_set_by_hand": mark("Set by hand"),
    "last_peak": mark("Last peak"),
    "low": mark("At least"),
    "median_change": mark("Median change of the peak"),
    "median_distribution": mark("Median distribution"),
    "median_margin_rate": mark("Median margin rate"),
    "median_rate": mark("Median rate of sale"),
    "mix_id": mark("ID"),
    "mix_name": mark("Name"),
    "mix_shift": mark("Shift of share"),
    "months_to_peak": mark("Months to the peak"),
    "off_season_mix_share": mark("Share in the off-season"),
    "off_season_month": mark("Month of the off-season"),
    "off_season_start": mark("Off-season from"),
    "opened": mark("Openings"),
    "p_value": mark("p"),
    "peak_before": mark("Peak before"),
    "peak_confidence": mark("Sure of the peak"),
    "peak_mix_share": mark("Share in the peak"),
    "peak_month": mark("Month of the peak"),
    "peak_months": mark("Months of the peak"),
    "peak_start": mark("Peak from"),
    "plan": mark("Plan"),
    "plan_gap": mark("Against the forecast"),
    "planned_openings": mark("Openings planned"),
    "readiness": mark("Readiness"),
    "relative_retention": mark("Retained, against the company"),
    "retention": mark("Retained in the off-season"),
    "season_role": mark("In the off-season"),
    "seasons": mark("Seasons"),
    "slope_high": mark("At most"),
    "slope_low": mark("At least"),
    "slope_rate": mark("Goes with, per unit"),
    "stockists": mark("Distributors that stock it"),
    "suggestion": mark("Suggestion"),
    "to_work": mark("To"),
    "total": mark("Total"),
    "units": mark("Units"),
    "usual_distribution": mark("Usual at this age"),
    "variety": mark("Reason"),
    "version": mark("Version"),
    "visits": mark("Visits made"),
}

MONEY = frozenset()

RATES = frozenset(
    {
        "expected_distribution", "goal_distribution", "median_change", "median_distribution", "mix_shift", "off_season_mix_share", "peak_confidence", "peak_mix_share", "relative_retention",
        "retention", "slope_high", "slope_low", "usual_distribution",
    }
)  # fmt: skip

COUNTS = frozenset({"stockists", "total", "low", "high", "last_peak", "plan", "plan_gap", "forecast", "actual_units", "units", "opened", "peak", "peak_before", "peak_month", "off_season_month"})
