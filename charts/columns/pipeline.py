"""Columns of the pipeline's section."""

from data.language import mark

LABELS: dict[str, str] = {
    "actual_of_open": mark("Came in of these deals"),
    "advanced_rate": mark("Went on"),
    "at_risk": mark("Deals seen"),
    "average_value": mark("Mean won value"),
    "closed_before": mark("Closed deals known then"),
    "closes_on": mark("Closes on"),
    "deals_dated": mark("Deals have dates"),
    "deals_taken": mark("Deals taken over"),
    "driver": mark("Driver"),
    "dropped_value": mark("Value that did not go on"),
    "end_stage": mark("Won or lost"),
    "ended_on": mark("Won or lost on"),
    "effect_per_day": mark("Effect per day"),
    "expected_margin": mark("Expected margin"),
    "former": mark("Former person"),
    "former_id": mark("Former person's ID"),
    "gain_per_day": mark("Gain per day"),
    "handed_on": mark("Handed over"),
    "has_decision_maker": mark("Decision maker known"),
    "improved": mark("A tenth better"),
    "is_in_touch": mark("In touch"),
    "is_mature": mark("Mature"),
    "is_uncorrelated": mark("Spend model holds"),
    "is_undated": mark("No date"),
    "is_within": mark("Within the range"),
    "last_activity_on": mark("Last activity"),
    "last_contact_on": mark("Last contact"),
    "later_value": mark("Value expected later"),
    "lead_status": mark("Protection"),
    "left_deals": mark("Deals left behind"),
    "left_value": mark("Value left behind"),
    "lost_here": mark("Lost here"),
    "mature_conversion_rate": mark("Conversion, mature deals"),
    "lost_rate": mark("Lost"),
    "mature_entered": mark("Entered, mature deals"),
    "mature_value": mark("Value, mature deals"),
    "mean_spend": mark("Mean spend per day"),
    "median_hi": mark("Median, upper bound"),
    "median_lo": mark("Median, lower bound"),
    "now": mark("Now"),
    "only_outlets": mark("Only outlets"),
    "opening": mark("Kind of deal"),
    "overdue_value": mark("Value with a date that is over"),
    "p10": mark("Low (P10)"),
    "p90": mark("High (P90)"),
    "protected_until": mark("Protected until"),
    "reached_value": mark("Value that went on"),
    "record_error": mark("Error of the record"),
    "record_quarters": mark("Quarters in the record"),
    "record_within": mark("Quarters within the range"),
    "repeaters": mark("Bought again"),
    "returned_rate": mark("Went back"),
    "row_number": mark("Row"),
    "silent": mark("Months of silence"),
    "staying_rate": mark("Still there"),
    "seen_until": mark("Seen through"),
    "standard_deviation": mark("Standard deviation"),
    "stuck": mark("Stuck"),
    "stuck_days": mark("Stuck after days"),
    "undated": mark("Without a date"),
    "unpriced": mark("Without an amount"),
    "value_per_day": mark("Money per day"),
    "win_rate_hi": mark("Win rate, upper bound"),
    "win_rate_lo": mark("Win rate, lower bound"),
    "window_months": mark("Window in months"),
    "won_in_time": mark("Won in time"),
    "won_in_time_rate": mark("Won in time, share"),
}

MONEY = frozenset(
    {
        "actual_of_open", "effect_per_day", "expected_margin", "gain_per_day", "mean_spend", "p10", "p90",
        "standard_deviation", "value_per_day",
    }
)  # fmt: skip

RATES = frozenset(
    {
        "record_error", "win_rate_hi", "win_rate_lo",
    }
)  # fmt: skip

COUNTS = frozenset({"median_hi", "median_lo"})
