"""How the deals of a period ended, by source, and which of them renew a customer."""

import numpy as np
import polars as pl

from measures.pipeline.first_business import business_from
from measures.pipeline.prospect_scores import days_of
from measures.pipeline.stage_order import StageOrder
from measures.pipeline.stage_outcomes import with_end
from measures.typed import filled

NO_STAGE = 0
"""In place of the last stage's number, which is 1 or more, where a deal came to none."""


def deals_by_source(deals: pl.DataFrame, business: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """One row per is_renewal × source_key × last_number with its `outcome` (won, lost, open): `deals`, their `value` and `days`.

    `deals` is queries/pipeline/source_deals.sql, of which those of the period count; `business` is first_business.sql. The days run from
    creation to coming to the last stage, or to the end for which it is a word. A deal renews if its account had bought, or won another
    deal, before the month of its creation; a deal without an account does not. As no deal is won before it was created, none is its own
    renewal.
    """
    ours = deals.drop_nulls("source_key")
    account, source, created = ours["account_key"].to_numpy(), ours["source_key"].to_numpy(), days_of(ours["created_on"])
    last = filled(ours["last_number"], NO_STAGE).to_numpy()
    renews = business_from(business, int(account.max(initial=0)))[account] <= created
    # One number for the three of a row: polars groups by it in a fraction of the time.
    sources, stages = int(source.max(initial=0)) + 1, int(last.max(initial=NO_STAGE)) + 1
    rows = pl.DataFrame(
        [
            pl.Series("code", (renews * np.int64(sources) + source) * stages + last), ours["expected_amount"],
            pl.Series("days", days_of(ours["since_on"]) - created, dtype=pl.Int64),
        ]
    )  # fmt: skip
    value = pl.col("expected_amount").sum().cast(pl.Float64)
    summed = rows.lazy().group_by("code").agg(deals=pl.len().cast(pl.Int64), value=value, days=pl.col("days").sum()).sort("code").collect(engine="in-memory")
    code = pl.col("code")
    named = summed.select(
        "deals", "value", "days", is_renewal=code // (sources * stages) == 1, source_key=(code // stages % sources).cast(pl.Int32),
        last_number=(code % stages).cast(pl.Int32),
    )  # fmt: skip
    return with_end(named, order)
