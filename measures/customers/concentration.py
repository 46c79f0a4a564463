"""How concentrated net sales are: Gini's coefficient and Lorenz's curve over the accounts (methods.md section 3)."""

import numpy as np
import polars as pl

from measures.customers import ranking

POINTS = 200
"""More points than pixels draw no better curve."""

CONCENTRATION_SCHEMA = {"gini": pl.Float64, "accounts": pl.Int64, "below_zero": pl.Int64, "half_share": pl.Float64}
LORENZ_SCHEMA = {"accounts_share": pl.Float64, "value_share": pl.Float64}


def concentration(amounts: pl.Series, bought: int) -> pl.DataFrame:
    """One row: Gini (null where an account is below zero or nothing was sold), accounts that bought, those below zero.

    `amounts` are those of all accounts, `bought` is how many of them did not only return goods. `half_share` is the smallest share of these,
    the largest first, that brings half of net sales.
    """
    values = amounts.to_numpy()
    spread = ranking.gini(values)
    row = (None if np.isnan(spread) else spread, bought, int((values < 0).sum()), _half_share(amounts, bought))
    return pl.DataFrame([row], schema=CONCENTRATION_SCHEMA, orient="row")


def lorenz(amounts: pl.Series) -> pl.DataFrame:
    """Points of the curve, the smallest account first, thinned to about 200; no rows where nothing was sold in all."""
    if amounts.sum() <= 0:
        return pl.DataFrame(schema=LORENZ_SCHEMA)
    accounts, value = ranking.lorenz(amounts.to_numpy())
    kept = np.unique(np.r_[np.linspace(0, len(accounts) - 1, min(POINTS + 1, len(accounts))).astype(int), len(accounts) - 1])
    return pl.DataFrame({"accounts_share": accounts[kept], "value_share": value[kept]}, schema=LORENZ_SCHEMA)


def _half_share(amounts: pl.Series, bought: int) -> float | None:
    units = ranking.exact_units(amounts)
    total = int(units.sum())
    if total <= 0:
        return None
    reached = np.sort(units)[::-1].cumsum()
    return float((np.argmax(2 * reached >= total) + 1) / bought)
