"""Columns of programmes and of relationship spending."""

from data.language import mark

LABELS: dict[str, str] = {
    "after_rate": mark("Months after, beyond natural"),
    "after_rate_high": mark("Months after, at most"),
    "after_rate_low": mark("Months after, at least"),
    "answered": mark("Answered"),
    "answered_rate": mark("Answered, share"),
    "baseline": mark("Natural sales from"),
    "cell": mark("Reading"),
    "compared": mark("Accounts compared"),
    "cost_here": mark("Cost of these accounts"),
    "event_count": mark("Events"),
    "extra_margin_high": mark("Extra margin, at most"),
    "extra_margin_low": mark("Extra margin, at least"),
    "judged": mark("That can be judged"),
    "judged_cost": mark("Cost of these"),
    "lasting_months": mark("Lasts, months"),
    "less_than_cost": mark("Less margin than it cost"),
    "marked_sales": mark("Sold under its mark"),
    "months_seen": mark("Months seen"),
    "offset": mark("Months from the start"),
    "ordered": mark("Ordered soon after"),
    "ordered_rate": mark("Ordered soon after, share"),
    "others": mark("Accounts to compare with"),
    "payback_high": mark("Pay-back, at most"),
    "payback_low": mark("Pay-back, at least"),
    "phase": mark("When"),
    "programme_stage": mark("Where it stands"),
    "programmes": mark("Programmes"),
    "rest_rate": mark("Other products, beyond natural"),
    "rest_rate_high": mark("Other products, at most"),
    "rest_rate_low": mark("Other products, at least"),
    "touch_cost": mark("Cost of the activities"),
    "touches": mark("Touches"),
    "units_rate": mark("Units beyond natural, share"),
    "uplift_high": mark("Beyond natural sales, at most"),
    "uplift_low": mark("Beyond natural sales, at least"),
    "uplift_rate_high": mark("Beyond natural sales, share at most"),
    "uplift_rate_low": mark("Beyond natural sales, share at least"),
    "uplift_units": mark("Units beyond natural"),
    "why": mark("Why"),
    "work": mark("Work"),
}

MONEY = frozenset(
    {
        "cost_here", "extra_margin_high", "extra_margin_low", "judged_cost", "net_result", "spending", "touch_cost", "uplift_high", "uplift_low",
    }
)  # fmt: skip

RATES = frozenset(
    {
        "after_rate_high", "after_rate_low", "rest_rate_high", "rest_rate_low", "slope_high", "slope_low", "uplift_rate_high", "uplift_rate_low",
    }
)  # fmt: skip

COUNTS = frozenset(
    {"answered", "compared", "event_count", "judged", "lasting_months", "months_seen", "offset", "ordered", "others", "programmes", "touches", "uplift_units", "visits"}
)
