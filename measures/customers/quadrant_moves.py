"""Who changed quadrant within a year (methods.md section 1): a transition matrix whose rows sum to 1.

Both quadrants are those that the map showed at their dates, so that a wobble within the dead band around the cut is no move.
"""

import numpy as np
import polars as pl

from measures.by_code import coded
from measures.typed import filled

NEW, LOST, UNCLASSIFIED = "new", "lost", "none"
PLACES = (NEW, "EI", "EII", "EIII", "EIV", UNCLASSIFIED, LOST)
MIGRATION_SCHEMA = {
    "from_quadrant": pl.String, "to_quadrant": pl.String, "accounts": pl.Int64, "share": pl.Float64,
    "net_sales": pl.Float64, "previous_net_sales": pl.Float64,
}

TRANSITIONS_SCHEMA = {"from_quadrant": pl.String, "to_quadrant": pl.String, "accounts": pl.Int64, "probability": pl.Float64}


def with_previous(now: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """The accounts with `previous_quadrant`, a year earlier; null for those that were new or not classified then."""
    earlier = previous.select("account_key", pl.col("quadrant").alias("previous_quadrant"))
    return now.join(earlier, on="account_key", how="left", maintain_order="left")


def migration(now: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """Accounts by quadrant a year ago and now, by MIGRATION_SCHEMA; empty without a year before.

    `new` and `lost` had no sale in that year, `none` was not classified. `share` is of the quadrant they come from.
    """
    if previous.is_empty():
        return pl.DataFrame(schema=MIGRATION_SCHEMA)
    size = max(accounts["account_key"].max() or 0 for accounts in (now, previous)) + 1
    (came, earlier_sales), (went, sales) = _by_key(previous, NEW, size), _by_key(now, LOST, size)
    cells = came * len(PLACES) + went
    counted, earned, earlier = (np.bincount(cells, of, len(PLACES) ** 2) for of in (None, sales, earlier_sales))
    counted[PLACES.index(NEW) * len(PLACES) + PLACES.index(LOST)] = 0  # keys that nobody has
    used = np.flatnonzero(counted)
    of_origin = counted.reshape(len(PLACES), -1).sum(axis=1)
    columns = {
        "from_quadrant": [PLACES[place] for place in used // len(PLACES)], "to_quadrant": [PLACES[place] for place in used % len(PLACES)],
        "accounts": counted[used], "share": counted[used] / of_origin[used // len(PLACES)], "net_sales": earned[used], "previous_net_sales": earlier[used],
    }  # fmt: skip
    return pl.DataFrame(columns, schema=MIGRATION_SCHEMA)


def transitions(moves: pl.DataFrame) -> pl.DataFrame:
    """The whole matrix of `migration` by TRANSITIONS_SCHEMA, cells without an account too; each row's probabilities sum to 1.

    Entries come from `new`, exits go to `lost`. The probability is null in a row that nobody comes from.
    """
    if moves.is_empty():
        return pl.DataFrame(schema=TRANSITIONS_SCHEMA)
    came, went = ([place for place in PLACES if place != other] for other in (LOST, NEW))
    counted = np.zeros((len(came), len(went)), int)
    for origin, target, accounts in moves.select("from_quadrant", "to_quadrant", "accounts").iter_rows():
        counted[came.index(origin), went.index(target)] = accounts
    of_row = counted.sum(axis=1, keepdims=True)
    probability = np.divide(counted, of_row, out=np.full(counted.shape, np.nan), where=of_row > 0)
    columns = {
        "from_quadrant": [place for place in came for _target in went], "to_quadrant": went * len(came), "accounts": counted.ravel(),
        "probability": pl.Series(probability.ravel(), nan_to_null=True),
    }  # fmt: skip
    return pl.DataFrame(columns, schema=TRANSITIONS_SCHEMA)


def _by_key(accounts: pl.DataFrame, absent: str, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Of each of `size` account keys the number of its place among PLACES, `absent` where it is not among the accounts, and its net sales."""
    places, sales = np.full(size, PLACES.index(absent)), np.zeros(size)
    keys = accounts["account_key"].to_numpy()
    places[keys] = coded(filled(accounts["quadrant"], UNCLASSIFIED), PLACES)
    sales[keys] = accounts["net_sales"].to_numpy()
    return places, sales
