"""How long did it take until a new product was distributed, beside the launches before it?

A launch is distributed once it has reached a share (`launch_reach`) of the median distribution that its category's older products have. It is
measured against the category and not against what the launch itself has today: that would call every launch a quick one that soon stopped.
"""

import numpy as np
import polars as pl

SCHEMA = {
    "product_id": pl.String, "product": pl.String, "category": pl.String, "launched_on": pl.Date, "is_earlier": pl.Boolean,
    "goal_distribution": pl.Float64, "months_to_distribution": pl.Int64,
}  # fmt: skip
ROUNDING = 1e-9
"""A share that falls short of its goal by the last digit reaches it."""


def months_to(curve: np.ndarray, goal: float | None) -> int | None:
    """The months from launch to the end of the first month with this distribution, 1 = within its first month; None where it has not come so far.

    `curve` is the distribution by age in months, NaN where the product is not that old yet.
    """
    reached = np.flatnonzero(curve >= goal - ROUNDING) if goal else []
    return int(reached[0]) + 1 if len(reached) else None


def usual_months(launch_times: pl.DataFrame) -> float | None:
    """The median months of the earlier launches that have a goal; one that never came so far took longer than any. None where most did not."""
    earlier = launch_times.filter("is_earlier", pl.col("goal_distribution").is_not_null())["months_to_distribution"]
    if earlier.is_empty():
        return None
    median = float(np.median(earlier.cast(pl.Float64).fill_null(np.inf).to_numpy()))
    return median if np.isfinite(median) else None
