"""Has an account gone silent? How likely its pause would be, if it still bought as before (methods.md section 11)."""

from datetime import date

import numpy as np
import polars as pl
from scipy import special

# The prior rate of orders: as if two orders had been seen in twice the usual pause.
PRIOR_ORDERS = 2.0
# From this many pauses on a buyer's regularity can be read; below this shape it buys as if by chance.
REGULAR_PAUSES, REGULAR_SHAPE = 6, 2.0
# A few equal pauses must not pass for a clockwork.
MOST_SHAPE = 8.0


def chance_of_pause(repeats: np.ndarray, span_days: np.ndarray, prior_days: np.ndarray, pause_days: np.ndarray) -> np.ndarray:
    """(1 + rec ÷ (t_x + a0))^−(x + r0): x repeat orders in t_x days, then a pause of rec days; for buyers without a rhythm.

    x = 5, t_x = 70, a0 = 28, rec = 45 → 0.0710.
    """
    return (1 + pause_days / (span_days + prior_days)) ** -(repeats + PRIOR_ORDERS)


def chance_of_regular_pause(shape: np.ndarray, mean_days: np.ndarray, pause_days: np.ndarray) -> np.ndarray:
    """Chance that a gamma-distributed pause of this shape and mean lasts longer; k = 4, mean 14, rec 28 → 0.0424."""
    return special.gammaincc(shape, shape * np.asarray(pause_days, float) / mean_days)


def pauses(rows: pl.DataFrame, today: date, least_orders: int = 4) -> pl.DataFrame:
    """One row per account with its chance of being as silent as it is on the day `today`.

    `rows` is queries/customers/order_pauses.sql. Columns: account_id, orders, first_on, last_on, pause_days, usual_days (median pause),
    shape (null for a buyer without a rhythm), chance (null under `least_orders` orders).
    """
    lengths = rows.filter(pl.col("pause_days").is_not_null())
    days, weight = pl.col("pause_days").cast(pl.Float64), pl.col("orders").cast(pl.Float64)
    sums = lengths.group_by("account_id", maintain_order=True).agg(
        weight.sum().alias("count"), (days * weight).sum().alias("sum"), (days**2 * weight).sum().alias("squares")
    )
    about = rows.group_by("account_id", maintain_order=True).agg(
        pl.col("orders").sum(), pl.col("first_on").min(), pl.col("last_on").max()
    )
    joined = about.join(sums, on="account_id", how="left", maintain_order="left").join(
        _medians(lengths), on="account_id", how="left", maintain_order="left"
    )
    known = joined.with_columns(pause_days=(pl.lit(today) - pl.col("last_on")).dt.total_days())
    return known.with_columns(_chances(known, least_orders)).drop("count", "sum", "squares")


def _medians(lengths: pl.DataFrame) -> pl.DataFrame:
    """The median pause of each account: the mean of the lengths at which half of the pauses is reached from below and from above."""
    ordered = lengths.sort("account_id", "pause_days").with_columns(
        reached=pl.col("orders").cum_sum().over("account_id"), total=pl.col("orders").sum().over("account_id")
    )
    lower = pl.col("pause_days").filter(2 * pl.col("reached") >= pl.col("total")).first()
    upper = pl.col("pause_days").filter(2 * pl.col("reached") > pl.col("total")).first()
    return ordered.group_by("account_id").agg(((lower + upper) / 2).alias("usual_days"))


def _chances(known: pl.DataFrame, least_orders: int) -> list[pl.Series]:
    column = {name: known[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in ("count", "sum", "squares", "usual_days", "pause_days")}
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = column["sum"] / column["count"]
        variance = np.maximum(column["squares"] - column["count"] * mean**2, 0.0) / (column["count"] - 1)
        shape = np.minimum(mean**2 / variance, MOST_SHAPE)
        regular = (column["count"] >= REGULAR_PAUSES) & (shape >= REGULAR_SHAPE)
        chance = chance_of_pause(column["count"], column["sum"], 2 * column["usual_days"], column["pause_days"])
        chance = np.where(regular, chance_of_regular_pause(shape, mean, column["pause_days"]), chance)
    chance = np.where(column["count"] + 1 >= least_orders, chance, np.nan)
    found = {"shape": np.where(regular, shape, np.nan), "chance": chance}
    return [pl.Series(name, values, nan_to_null=True) for name, values in found.items()]
