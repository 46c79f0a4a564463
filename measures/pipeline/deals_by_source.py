"""How the deals of a period ended, by source, and which of them renew a customer."""

import polars as pl

from measures.pipeline.first_business import business_from
from measures.pipeline.prospect_scores import days_of
from measures.pipeline.stage_order import StageOrder
from measures.pipeline.stage_outcomes import with_end

KEYS = ("is_renewal", "source_key", "last_number")


def deals_by_source(deals: pl.DataFrame, business: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """One row per is_renewal × source_key × last_number with its `outcome` (won, lost, open): `deals`, all `created` in the period, `value` and `days`.

    `deals` is queries/pipeline/source_deals.sql, of which those of the period count; `business` is first_business.sql. The days run from
    creation to coming to the last stage, or to the end for which it is a word. A deal renews if its account had bought, or won another
    deal, before the month of its creation; a deal without an account does not. As no deal is won before it was created, none is its own
    renewal.
    """
    ours = deals.drop_nulls("source_key")
    account = ours["account_key"].to_numpy()
    renews = business_from(business, int(account.max(initial=0)))[account] <= days_of(ours["created_on"])
    took = (pl.col("since_on") - pl.col("created_on")).dt.total_days()
    rows = ours.lazy().select(pl.Series("is_renewal", renews), "source_key", "last_number", "expected_amount", days=took)
    count, value = pl.len().cast(pl.Int64), pl.col("expected_amount").sum().cast(pl.Float64)
    summed = rows.group_by(KEYS).agg(deals=count, created=count, value=value, days=pl.col("days").sum()).sort(KEYS)
    return with_end(summed.collect(engine="in-memory"), order)
