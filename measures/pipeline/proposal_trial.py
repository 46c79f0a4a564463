"""Does the rank foretell what accounts take up? The last months are hidden, and asked for (methods.md section 12).

recall = products that accounts took up in the hidden months and that were among each one's first k ÷ all that they took up. A product
counts where somebody had bought it before: no rank can know another one. Both ranks see the same months, and both are published.
"""

import numpy as np
import polars as pl

from measures.pipeline.affinity import affinity, proposals, recalled, scores
from measures.pipeline.purchases import Trial
from measures.typed import typed
from measures.wilson import wilson

METHODS = ("cosine", "popularity")
FIRST = (1, 5, 10)
"""How many proposals an account is shown where recall is measured."""
LEAST_TAKEN = 30
"""Products taken up without which a recall is one account's story."""

SCHEMA = {
    "method": pl.String, "k": pl.Int64, "accounts": pl.Int64, "taken_up": pl.Int64, "hits": pl.Int64, "recall_at_k": pl.Float64,
    "recall_at_k_lo": pl.Float64, "recall_at_k_hi": pl.Float64, "proposed": pl.Int64, "hit_rate": pl.Float64, "status": pl.String,
}  # fmt: skip


def recall_table(found: Trial, least: int) -> pl.DataFrame:
    """One row per method and k, by SCHEMA; k only where at least twice as many products are sold, else finding them is no art."""
    known, hidden = _in_known_order(found)
    is_sold = known.any(axis=0)
    taken = hidden & ~known & is_sold & known.any(axis=1)[:, None]
    asked = taken.any(axis=1)
    counts = [k for k in FIRST if 2 * k <= is_sold.sum()]
    learnt = affinity(known, least)
    weigh = {"cosine": lambda own: scores(own, learnt.cosine), "popularity": lambda _own: learnt.popularity}
    made = {method: proposals(known[asked], weigh[method], max(counts, default=0)) for method in METHODS}
    rows = [(method, k, *recalled(made[method], taken[asked], k)) for method in METHODS for k in counts]
    counted = pl.DataFrame(rows, schema=["method", "k", "hits", "proposed"], orient="row") if rows else pl.DataFrame(schema=SCHEMA)
    return _rated(counted, int(asked.sum()), int(taken.sum()))


def _in_known_order(found: Trial) -> tuple[np.ndarray, np.ndarray]:
    """Known and hidden by falling buyers of the known months, equal ones by key: equal ranks go by this order, which must not know the hidden months."""
    order = np.lexsort((found.products, -found.known.sum(axis=0)))
    return found.known[:, order], found.hidden[:, order]


def _rated(counted: pl.DataFrame, accounts: int, taken_up: int) -> pl.DataFrame:
    hits, trials = counted["hits"].to_numpy(), np.full(counted.height, taken_up)
    lo, hi = wilson(hits, trials)
    bounds = [pl.Series(name, values, nan_to_null=True) for name, values in (("recall_at_k_lo", lo), ("recall_at_k_hi", hi))]
    status = "insufficient" if not taken_up else "ok" if taken_up >= LEAST_TAKEN else "provisional"
    return counted.with_columns(
        *bounds, accounts=pl.lit(accounts), taken_up=pl.lit(taken_up), status=pl.lit(status),
        recall_at_k=pl.when(taken_up > 0).then(pl.col("hits") / taken_up),
        hit_rate=pl.when(pl.col("proposed") > 0).then(pl.col("hits") / pl.col("proposed")),
    ).select(typed(SCHEMA))  # fmt: skip
