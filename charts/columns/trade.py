"""Columns of targets on the way, trade terms and the assortment."""

from data.language import mark

LABELS: dict[str, str] = {
    "actual_sum": mark("Sold, summed up"),
    "ahead": mark("Ahead of what was expected"),
    "delisted_products": mark("Products no longer bought"),
    "expected": mark("Expected by now"),
    "expected_sum": mark("Expected, summed up"),
    "high_sum": mark("Projection summed up, at most"),
    "is_over": mark("Month is over"),
    "low_sum": mark("Projection summed up, at least"),
    "lost_accounts": mark("Lost accounts"),
    "mix": mark("Mix of products"),
    "new_accounts": mark("New accounts"),
    "new_products": mark("New products"),
    "per_day": mark("Sold per weekday"),
    "price_part": mark("Prices"),
    "projection_high": mark("Projection, at most"),
    "projection_low": mark("Projection, at least"),
    "required_per_day": mark("Needed per weekday"),
    "target_sum": mark("Target, summed up"),
    "to_go": mark("Still to sell"),
    "units_part": mark("More or fewer units"),
}

MONEY = frozenset(
    {
        "actual_sum", "ahead", "delisted_products", "expected", "expected_sum", "high_sum", "low_sum", "lost_accounts", "mix", "new_accounts",
        "new_products", "per_day", "price_part", "projection_high", "projection_low", "required_per_day", "target_sum", "to_go", "units_part",
    }
)  # fmt: skip

RATES = frozenset()

COUNTS = frozenset()
