"""From which day on an account had done business: what tells a deal that opens a customer from one that renews."""

import numpy as np
import polars as pl

from measures.pipeline.prospect_scores import NEVER, days_of


def business_from(found: pl.DataFrame, last_key: int) -> np.ndarray:
    """The day (`days_of`) from which on an account had done business, by the store's key up to the last one; NEVER where it has not.

    `found` is queries/pipeline/first_business.sql. A deal created before that day opens the account, one created on it or later renews.
    """
    keys = found["account_key"].to_numpy()
    days = np.full(max(last_key, keys.max(initial=0)) + 1, NEVER)
    np.minimum.at(days, keys, days_of(found["month_after"]))
    return days
