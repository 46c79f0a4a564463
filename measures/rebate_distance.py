"""How far an account is from the next tier of its rebates, and what reaching it is worth to both (methods.md section 13).

A retrospective tier pays its rate on everything once V* is reached, a marginal one only on what lies beyond. Natural volume V0 is the
forecast with no new action, never last year's. Returns have come off; V = V* qualifies.
"""

from collections.abc import Mapping

import polars as pl

SCHEMA = {
    "scheme_id": pl.String, "is_own": pl.Boolean, "measure": pl.String, "from_value": pl.Float64, "rate": pl.Float64,
    "retrospective": pl.Boolean, "value": pl.Float64, "expected": pl.Float64, "distance": pl.Float64, "distance_rate": pl.Float64,
    "missing_rate": pl.Float64,
    "reward": pl.Float64, "growth_needed": pl.Float64, "break_even": pl.Float64, "gain": pl.Float64, "status": pl.String,
}

REACHED, ON_THE_WAY, NEEDS_MORE = "reached", "on_the_way", "needs_more"


def net_gain(natural: float, reached: float, threshold: float, rate: float, price: float, margin: float, *, retrospective: bool) -> float:
    """Our gain when `natural` units become `reached`: margin on the growth less the rebate. Prices and margins are per unit."""
    paid_on = 0.0 if reached < threshold else reached if retrospective else reached - threshold
    return (reached - natural) * margin - rate * price * paid_on


def break_even(threshold: float, rate: float, price: float, margin: float) -> float | None:
    """The natural volume above which a retrospective tier that is just reached costs more than it brings; None without a margin."""
    return threshold - rate * price * threshold / margin if margin > 0 else None


def growth_needed(rate: float, margin_rate: float) -> float | None:
    """The growth that pays for a retrospective rebate; None where the rate is not under the margin: it never pays."""
    return rate / (margin_rate - rate) if rate < margin_rate else None


def distances(
    tiers: pl.DataFrame, so_far: Mapping[str, float], expected: Mapping[str, float | None], margin_rate: float | None
) -> pl.DataFrame:
    """Each tier with the year's value so far, what is missing, and what reaching it is worth, by SCHEMA.

    `tiers` [scheme_id, is_own, measure, from_value, rate, retrospective]; `so_far` and `expected` hold net_sales, quantity and volume of
    the year to date and of the whole year with no new action (None = not known). `reward` is the rebate in money on just reaching the
    tier, at the year's own price; `gain` what is left to us of it against the natural year. status: reached, on_the_way (the natural
    year gets there) or needs_more; `missing_rate` is what the natural year lacks of the tier, as a share of it.
    """
    rows = [_tier(tier, so_far, expected, margin_rate) for tier in tiers.iter_rows(named=True)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _tier(tier: Mapping[str, object], so_far: Mapping[str, float], expected: Mapping[str, float | None], margin_rate: float | None) -> dict:
    value, natural, threshold = so_far[tier["measure"]], expected[tier["measure"]], tier["from_value"]
    price = so_far["net_sales"] / value if value > 0 else None
    reached = max(value, threshold)
    base = reached if tier["retrospective"] else reached - threshold
    is_reached, arrives = value >= threshold, natural is not None and natural >= threshold
    margin = None if margin_rate is None or price is None else margin_rate * price
    return {
        **tier, "value": value, "expected": natural, "distance": max(threshold - value, 0.0),
        "distance_rate": max(threshold - value, 0.0) / threshold if threshold > 0 else 0.0,
        "missing_rate": None if natural is None or threshold <= 0 else max(threshold - natural, 0.0) / threshold,
        "reward": None if price is None else tier["rate"] * price * base,
        "growth_needed": None if margin_rate is None or not tier["retrospective"] else growth_needed(tier["rate"], margin_rate),
        "break_even": None if margin is None or not tier["retrospective"] else break_even(threshold, tier["rate"], price, margin),
        "gain": None if margin is None or natural is None or is_reached or arrives else net_gain(
            natural, threshold, threshold, tier["rate"], price, margin, retrospective=tier["retrospective"]
        ),
        "status": REACHED if is_reached else ON_THE_WAY if arrives else NEEDS_MORE,
    }  # fmt: skip


def next_tiers(found: pl.DataFrame, statuses: tuple[str, ...] = (ON_THE_WAY, NEEDS_MORE)) -> pl.DataFrame:
    """The lowest tier of each scheme that has one of these statuses, the nearest first."""
    waiting = found.filter(pl.col("status").is_in(statuses)).sort("from_value")
    return waiting.unique("scheme_id", keep="first", maintain_order=True).sort("distance_rate", "scheme_id")


def worth_pushing(found: pl.DataFrame) -> pl.DataFrame:
    """Of the tiers that the natural year doesn't reach, the one that it comes nearest to: one row, or none."""
    return next_tiers(found, (NEEDS_MORE,)).filter(pl.col("missing_rate").is_not_null()).sort("missing_rate", "scheme_id").head(1)
