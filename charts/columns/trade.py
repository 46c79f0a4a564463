"""Columns of targets on the way, trade terms and the assortment."""

from data.language import mark

LABELS: dict[str, str] = {
    "actual_sum": mark("Sold, summed up"),
    "ahead": mark("Ahead of what was expected"),
    "all_reached": mark("Top tier reached"),
    "cost_rate": mark("Of net sales"),
    "delisted_products": mark("Products no longer bought"),
    "dip_after": mark("Less than usual after it"),
    "distance_amount": mark("Still missing in money"),
    "distance_cases": mark("Still missing in cases"),
    "expected": mark("Expected by now"),
    "expected_sum": mark("Expected, summed up"),
    "extra_before": mark("More than usual before it"),
    "forward": mark("Merely moved"),
    "forward_rate": mark("Merely moved, of the usual"),
    "high_sum": mark("Projection summed up, at most"),
    "is_near": mark("Within reach"),
    "is_over": mark("Month is over"),
    "is_own": mark("Made for the account"),
    "is_reached": mark("Reached"),
    "lost_accounts": mark("Lost accounts"),
    "low_sum": mark("Projection summed up, at least"),
    "mix": mark("Mix of products"),
    "moved_amount": mark("Bought elsewhere"),
    "natural_rebate": mark("Rebate of the natural year"),
    "near_tier": mark("Within reach of a tier"),
    "needs_more": mark("Needs more"),
    "net_extra": mark("What the push brought"),
    "new_accounts": mark("New accounts"),
    "new_products": mark("New products"),
    "next_rate": mark("Its rate"),
    "next_tier": mark("Next tier"),
    "on_the_way": mark("On the way"),
    "paying": mark("Worth pushing"),
    "paying_gain": mark("Left to us by these"),
    "pays": mark("Pays on reaching it"),
    "per_day": mark("Sold per weekday"),
    "price_part": mark("Prices"),
    "projection_high": mark("Projection, at most"),
    "projection_low": mark("Projection, at least"),
    "push_cases": mark("Cases missing"),
    "push_missing": mark("Missing in the natural year"),
    "push_missing_rate": mark("Missing, of the rest of the year"),
    "push_rate": mark("Rate of that tier"),
    "push_tier": mark("Tier that the natural year misses"),
    "rate_high": mark("Highest rate"),
    "rate_low": mark("Lowest rate"),
    "required_per_day": mark("Needed per weekday"),
    "scheme_kind": mark("Pays"),
    "switch_discount": mark("Discount that makes it good"),
    "target_sum": mark("Target, summed up"),
    "tier_rate": mark("Rate of the tier"),
    "tier_value": mark("Tier"),
    "to_go": mark("Still to sell"),
    "units_part": mark("More or fewer units"),
    "usual": mark("Usual before the year's end"),
    "value_to_date": mark("Bought so far"),
    "worth": mark("Worth to the customer now"),
    "year_end": mark("End of the year"),
}

MONEY = frozenset(
    {
        "actual_sum", "ahead", "delisted_products", "expected", "expected_sum", "high_sum", "low_sum", "lost_accounts", "mix", "new_accounts",
        "new_products", "per_day", "price_part", "projection_high", "projection_low", "required_per_day", "target_sum", "to_go", "units_part",
        "dip_after", "extra_before", "forward", "net_extra", "next_tier", "natural_rebate", "natural_year", "paying_gain", "pays", "push_missing", "push_tier", "tier",
        "usual", "value_to_date", "worth", "distance",
    }
)  # fmt: skip

RATES = frozenset({"growth_needed", "rate_high", "rate_low", "switch_discount"})

COUNTS = frozenset({"all_reached", "distance_cases", "near_tier", "needs_more", "on_the_way", "paying", "push_cases"})
