"""Velocity: the money per day that the open pipeline yields, and what moves it (methods.md section 4).

velocity = open deals × win rate × mean won value ÷ cycle days: 40 × 0.25 × 1,200 ÷ 60 = 200 a day. Open are the deals at the period's
end; the rate, the value and the days are of those that closed in it, so that two periods can be compared.
"""

from math import log

import polars as pl

FACTORS = ("open", "win_rate", "average_value", "cycle_days")
SCHEMA = {
    "open": pl.Int64, "win_rate": pl.Float64, "average_value": pl.Float64, "cycle_days": pl.Float64, "value_per_day": pl.Float64,
}  # fmt: skip
LEVERS_SCHEMA = {"driver": pl.String, "now": pl.Float64, "improved": pl.Float64, "gain_per_day": pl.Float64}
CHANGE_SCHEMA = {"driver": pl.String, "before": pl.Float64, "now": pl.Float64, "effect_per_day": pl.Float64}
STEP = 0.10
"""What counts as an improvement of each factor: a tenth more, of the cycle a tenth less."""


def value_per_day(open_deals: float, win_rate: float | None, average_value: float | None, cycle_days: float | None) -> float | None:
    """Money per day; None where nothing has been won yet, or the days are unknown, 0 or less: deals dated as created after their win."""
    if win_rate is None or average_value is None or cycle_days is None or cycle_days <= 0:
        return None
    return open_deals * win_rate * average_value / cycle_days


def velocity(found: pl.DataFrame) -> pl.DataFrame:
    """One row: the four factors, from a row of measures.pipeline.stage_flow, and value_per_day."""
    row = found.row(0, named=True)
    factors = tuple(row[name] for name in FACTORS)
    return pl.DataFrame([(*factors, value_per_day(*factors))], schema=SCHEMA, orient="row")


def levers(now: pl.DataFrame) -> pl.DataFrame:
    """What a tenth better of each factor alone would add to the money per day; empty where velocity is unknown or brings none."""
    row = now.row(0, named=True)
    if not _is_money(row["value_per_day"]):
        return pl.DataFrame(schema=LEVERS_SCHEMA)
    better = {name: 1 - STEP if name == "cycle_days" else 1 + STEP for name in FACTORS}
    gains = {name: row["value_per_day"] * ((1 / by if name == "cycle_days" else by) - 1) for name, by in better.items()}
    rows = [(name, float(row[name]), row[name] * better[name], gains[name]) for name in FACTORS]
    return pl.DataFrame(rows, schema=LEVERS_SCHEMA, orient="row")


def change(before: pl.DataFrame | None, now: pl.DataFrame) -> pl.DataFrame:
    """How much of the change from `before` to `now` each factor explains, in money per day; the effects sum to the change.

    Logarithmic mean Divisia index: effect = L(v1, v0) × ln(x1 ÷ x0), L the logarithmic mean; the cycle counts inversely. Empty where
    there is nothing before, or either velocity is unknown, 0 or less (amounts below zero): it has no logarithm.
    """
    first, second = (frame.row(0, named=True) if frame is not None else {"value_per_day": None} for frame in (before, now))
    v0, v1 = first["value_per_day"], second["value_per_day"]
    if not (_is_money(v0) and _is_money(v1)):
        return pl.DataFrame(schema=CHANGE_SCHEMA)
    mean = v1 if v0 == v1 else (v1 - v0) / log(v1 / v0)
    sign = {"cycle_days": -1.0}
    rows = [
        (name, float(first[name]), float(second[name]), sign.get(name, 1.0) * mean * log(second[name] / first[name])) for name in FACTORS
    ]
    return pl.DataFrame(rows, schema=CHANGE_SCHEMA, orient="row")


def _is_money(velocity: float | None) -> bool:
    return velocity is not None and velocity > 0
