"""Small frames that the shapes of sales are drawn from."""

from datetime import date

import polars as pl

MONTHS = [date(2026, month, 1) for month in range(1, 5)]
MONTHLY = pl.DataFrame(
    {"month": MONTHS, "net_sales": [100.0, 110.0, 90.0, 20.0], "previous": [90.0, 100.0, 100.0, 95.0],
     "target": [105.0, 105.0, 105.0, 105.0], "complete": [True, True, True, False]}
)  # fmt: skip
REGIONS = pl.DataFrame(
    {"region_id": [f"R{n:02}" for n in range(14)], "region": [f"Region {n}" for n in range(14)],
     "net_sales": [float(100 - n) for n in range(14)], "previous": [100.0] * 14}
)  # fmt: skip
TIERS = pl.DataFrame(
    {"tier": ["vip", "large", "medium", "small", "unrated"], "accounts": [1, 2, 3, 4, 9], "net_sales": [60.0, 20.0, 15.0, 5.0, 0.0],
     "share": [0.6, 0.2, 0.15, 0.05, 0.0]}
)  # fmt: skip
ABC = pl.DataFrame(
    {"net_sales": [500.0, 300.0, 150.0, 50.0, -5.0], "share": [0.5, 0.3, 0.15, 0.05, None],
     "cumulative_share_before": [0.0, 0.5, 0.8, 0.95, None], "abc": ["A", "A", "B", "C", "none"]}
)  # fmt: skip
ACCOUNTS = pl.DataFrame(
    {"account_id": ["a", "b", "c", "d", "e"], "account": ["Aurora", "Bravo", "Costa", "Delta", "Enero"],
     "contribution": [0.5, 0.4, 0.05, 0.05, None], "stability_cv": [0.1, 0.5, 0.2, 0.6, None],
     "standard_error": [0.02, 0.08, 0.05, 0.1, None], "p_stable": [1.0, 0.0, 0.5, 0.0, None], "status": ["ok", "ok", "provisional", "ok", "new"],
     "quadrant": ["EI", "EII", "EIII", "EIV", None], "quadrant_by_cut": ["EI", "EII", "EIV", "EIV", None], "is_held": [False, False, True, False, False],
     "is_borderline": [False, False, True, False, False], "net_sales": [50.0, 40.0, 5.0, 5.0, 1.0]}
)  # fmt: skip
SUMS = pl.DataFrame({"quadrant": ["EI", "EII", "EIII", "EIV"], "accounts": [1, 1, 1, 0], "net_sales": [50.0, 40.0, 5.0, 0.0], "share": [0.5, 0.4, 0.05, 0.0]})
INDEX = pl.DataFrame({"month": list(range(1, 13)), "seasonal_index": [0.5] * 6 + [1.5] * 6})
LANES = pl.concat([INDEX.with_columns(scope_name=pl.lit(name)) for name in ("North", "South")])
GAPS = pl.DataFrame(
    {"account_id": [f"a{n:02}" for n in range(15) for _month in MONTHS[:2]], "account": [f"Account {n}" for n in range(15) for _month in MONTHS[:2]],
     "month": MONTHS[:2] * 15, "gap": [float(n) for n in range(30)]}
)  # fmt: skip
MOVES = pl.DataFrame({"from_tier": ["vip", "vip", "small", "new", "large"], "to_tier": ["vip", "large", "vip", "small", "lost"], "accounts": [1, 1, 1, 1, 1], "net_sales": [9.0, 5.0, 4.0, 1.0, 0.0]})
FALL = pl.DataFrame({"month": MONTHS, "bought": [100.0, 90.0, 40.0, 0.0], "expected": [100.0] * 4, "cusum": [0.0, 0.0, 2.5, 5.0], "is_below": [False, False, True, True]})
PAUSES = pl.DataFrame({"pause_days": [7, 14, 60], "pauses": [2, 5, 1], "is_open": [False, False, True]})
PACE_MONTHS = pl.DataFrame(
    {"month": MONTHS, "is_over": [True, True, False, False], "actual": [90.0, 120.0, 10.0, None], "expected": [100.0] * 4,
     "projection_low": [None, None, 95.0, 90.0], "projection_high": [None, None, 100.0, 100.0], "actual_sum": [90.0, 210.0, 220.0, None],
     "expected_sum": [100.0, 200.0, 300.0, 400.0], "low_sum": [None, None, 305.0, 395.0], "high_sum": [None, None, 310.0, 410.0]}
)  # fmt: skip
RUNGS = pl.DataFrame(
    {"name": ["Aurora", "Bravo"], "key": ["a", "b"], "done": [0.7, 1.4], "natural": [0.9, None], "label": ["1", "2"], "short": ["1", "2"],
     "tone": ["better", "plain"], "detail": ["", ""]}
)  # fmt: skip
RUNG_TICKS = pl.DataFrame({"name": ["Aurora"], "at": [0.5], "tick_text": ["50"]})
DELIVERED = pl.DataFrame(
    {"product_id": ["p", "q"], "product": ["Pale", "Quad"], "price_percentile": [0.25, None], "standardisation": [90.0, 10.0],
     "delivery_model": ["process", None], "net_sales": [5.0, 6.0]}
)  # fmt: skip
DELIVERY_SUMS = pl.DataFrame({"delivery_model": ["professional", "general", "process"], "products": [0, 0, 1], "net_sales": [0.0, 0.0, 5.0]})
DELIVERY_CUTS = {"value_high": 0.67, "value_low": 0.33, "standard_high": 80.0, "standard_low": 50.0}


def years_of_months(years: int) -> pl.DataFrame:
    """Whole years from 2020 on, by month: net sales 0, 1, 2 and so on."""
    months = [date(2020 + year, month, 1) for year in range(years) for month in range(1, 13)]
    return pl.DataFrame({"month": months, "net_sales": [float(n) for n in range(len(months))]})
