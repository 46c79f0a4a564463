"""Products that go together: how many accounts buy both, and support, confidence and lift of it, ranked by cosine."""

import numpy as np
import polars as pl

from measures.pipeline.affinity import Affinity
from measures.typed import framed, typed

MOST = 200
"""Pairs that are listed, the most alike first."""
SCHEMA = {
    "product_id": pl.String, "product": pl.String, "with_id": pl.String, "with_product": pl.String, "both": pl.Int64,
    "support": pl.Float64, "confidence": pl.Float64, "product_lift": pl.Float64, "cosine": pl.Float64,
}  # fmt: skip


def figures(both: pl.Expr, one: pl.Expr, other: pl.Expr, total: int) -> list[pl.Expr]:
    """support = both ÷ all, confidence = both ÷ those with the one, lift = confidence ÷ share with the other; cosine."""
    return [
        (both / total).alias("support"), (both / one).alias("confidence"), (both * total / (one * other)).alias("product_lift"),
        (both / (one * other).cast(pl.Float64).sqrt()).alias("cosine"),
    ]  # fmt: skip


def pairs(found: Affinity, products: pl.DataFrame) -> pl.DataFrame:
    """The pairs of highest cosine, each in the direction of the higher confidence, by SCHEMA; enough accounts buy both.

    `products` [position, product_id, product] are those that may be shown.
    """
    buyers, (one, other) = found.buyers, _nearest(found, products["position"].to_numpy())
    rarer = buyers[one] <= buyers[other]
    first, second = np.where(rarer, one, other), np.where(rarer, other, one)
    rows = framed({"one": first, "two": second, "both": found.both[one, other], "n_one": buyers[first], "n_two": buyers[second]})
    rated = rows.with_columns(*figures(pl.col("both"), pl.col("n_one"), pl.col("n_two"), found.accounts))
    named = rated.join(products, left_on="one", right_on="position").join(
        products.rename({"product_id": "with_id", "product": "with_product"}), left_on="two", right_on="position"
    )
    ranked = named.sort("cosine", "product_id", "with_id", descending=[True, False, False]).head(MOST)
    return ranked.select(typed(SCHEMA))


def _nearest(found: Affinity, shown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both positions of the pairs among those shown that may be listed: all that are as near as the last one, so that names decide between equals."""
    enough = np.zeros(found.both.shape, bool)
    enough[np.ix_(shown, shown)] = found.both[np.ix_(shown, shown)] >= found.least
    one, other = np.nonzero(np.triu(enough, 1))
    if len(one) <= MOST:
        return one, other
    near = found.cosine[one, other]
    kept = near >= np.partition(near, -MOST)[-MOST]
    return one[kept], other[kept]
