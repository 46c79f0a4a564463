"""How far one account is from each tier of its rebates, and what reaching it is worth to both (methods.md section 13).

The same numbers as in measures/trade/rebate_lines.py, of every tier instead of the next one: for the account's own page.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from measures.trade.rebate_lines import NEEDS_MORE, ON_THE_WAY, REACHED, Lines, worth_reaching
from measures.trade.rebate_tiers import COUNTED_IN, MEASURES, for_accounts, tiers_of
from measures.trade.rebate_year import Natural
from measures.typed import typed

SCHEMA = {
    "scheme_id": pl.String, "is_own": pl.Boolean, "measure": pl.String, "from_value": pl.Float64, "rate": pl.Float64,
    "retrospective": pl.Boolean, "value": pl.Float64, "expected": pl.Float64, "distance": pl.Float64, "distance_rate": pl.Float64,
    "missing_rate": pl.Float64,
    "reward": pl.Float64, "growth_needed": pl.Float64, "break_even": pl.Float64, "gain": pl.Float64, "status": pl.String,
}


def distances(schemes: pl.DataFrame, so_far: pl.DataFrame, expected: Mapping[str, float | None]) -> pl.DataFrame:
    """Each tier with the year's value so far, what is missing, and what reaching it is worth, by SCHEMA.

    `schemes` are those of queries/customers/rebate_schemes; `so_far` is one row [account_id, net_sales, quantity, volume, margin,
    previous_net_sales, earlier_quantity] of the year to date; `expected` the whole year with no new action in each of MEASURES (None =
    not known). Growth and loyalty tiers are told in net sales and in units of this year. `reward` is what the scheme pays in all on
    just reaching the tier, at the year's own price; `gain` what is left to us of it against the natural year. status: reached,
    on_the_way (the natural year gets there) or needs_more; `missing_rate` is what the natural year lacks of the tier, as a share of it.
    """
    account = so_far["account_id"].item()
    held = schemes.filter(pl.col("account_id").is_null() | (pl.col("account_id") == account))
    tiers = tiers_of(for_accounts(held, so_far.select("account_id", "previous_net_sales", "earlier_quantity")))
    if tiers.lines.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    known = {name: np.nan if expected[name] is None else float(expected[name]) for name in MEASURES}
    natural = np.array([known[name] for name in tiers.lines["counted_in"]])
    year_end = Natural(natural, np.zeros(len(natural)), np.zeros(len(natural)), np.zeros(1), np.nan)
    lines = Lines(tiers, so_far, so_far, year_end)
    rows = pl.concat([_at(lines, place) for place in range(tiers.start.shape[1])])
    own_first = rows.sort("is_own", "scheme_id", "from_value", descending=[True, False, False])
    return own_first.select(typed(SCHEMA))


def _at(lines: Lines, place: int) -> pl.DataFrame:
    """The lines that have so many tiers, with that tier's numbers."""
    tiers, start = lines.tiers, lines.tiers.start[:, place]
    places = np.full(len(start), place)
    found = worth_reaching(lines, places)
    goal = np.where(np.isfinite(start), start, np.nan)
    is_reached, missing = lines.value >= goal, np.maximum(found["missing"], 0.0)
    arrives = is_reached | (missing <= 0)
    distance = np.maximum(goal - lines.value, 0.0)
    numbers = {
        "measure": tiers.lines["measure"].replace(COUNTED_IN), "from_value": goal, "rate": tiers.rate[:, place],
        "retrospective": tiers.is_retrospective[:, place], "value": lines.value, "expected": lines.natural, "distance": distance,
        "distance_rate": _share(distance, goal), "missing_rate": _share(missing, goal), "reward": lines.money(np.fmax(goal, lines.value)),
        "growth_needed": found["growth_needed"], "break_even": found["break_even"], "gain": np.where(arrives, np.nan, found["gain"]),
        "status": np.select([is_reached, arrives], [REACHED, ON_THE_WAY], NEEDS_MORE),
    }  # fmt: skip
    told = tiers.lines.select("scheme_id", "is_own").with_columns(pl.Series(name, of) for name, of in numbers.items())
    return told.with_columns(pl.col(pl.Float64).fill_nan(None)).filter(pl.col("from_value").is_not_null())


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.where(np.isnan(part), np.nan, 0.0), where=whole > 0)


def next_tiers(found: pl.DataFrame, statuses: tuple[str, ...] = (ON_THE_WAY, NEEDS_MORE)) -> pl.DataFrame:
    """The lowest tier of each scheme that has one of these statuses, the nearest first."""
    waiting = found.filter(pl.col("status").is_in(statuses)).sort("from_value")
    return waiting.unique("scheme_id", keep="first", maintain_order=True).sort("distance_rate", "scheme_id")


def worth_pushing(found: pl.DataFrame) -> pl.DataFrame:
    """Of the tiers that the natural year doesn't reach, the one that it comes nearest to: one row, or none."""
    return next_tiers(found, (NEEDS_MORE,)).filter(pl.col("missing_rate").is_not_null()).sort("missing_rate", "scheme_id").head(1)
