"""Whom to develop next: outstanding second-tier wholesalers and the competitors' outlets, ranked (coverage.md 42).

The ranking is ours: wholesalers by the outlets under them, then by what is known to be bought of competitors there; outlets by what they buy
of competitors in a year.
"""

import polars as pl

from measures.typed import typed

CANDIDATE_SCHEMA = {
    "rank": pl.Int64, "account_id": pl.String, "account": pl.String, "kind": pl.String, "city": pl.String, "region": pl.String, "parent_account": pl.String,
    "salesperson": pl.String, "outlets_under": pl.Int64, "is_outstanding": pl.Boolean, "competitor_year": pl.Float64, "competitor": pl.String,
    "reported_accounts": pl.Int64, "last_report": pl.Date, "own_sales": pl.Float64, "visits": pl.Int64, "ordered_visits": pl.Int64, "last_visit_on": pl.Date,
}  # fmt: skip


def candidates(found: pl.DataFrame | None, percentile: float) -> pl.DataFrame:
    """CANDIDATE_SCHEMA: wholesalers in the best `percentile` by outlets under them, or with known purchases of others; outlets with these."""
    if found is None or found.is_empty():
        return pl.DataFrame(schema=CANDIDATE_SCHEMA)
    reach = found.filter(pl.col("kind") == "wholesaler", pl.col("outlets_under") > 0)["outlets_under"].quantile(percentile, "higher")
    outstanding = (pl.col("kind") == "wholesaler") & (pl.col("outlets_under") >= (reach or 1))
    kept = found.with_columns(is_outstanding=outstanding).filter(outstanding | (pl.col("competitor_year") > 0))
    first = pl.when(pl.col("kind") == "wholesaler").then("outlets_under").otherwise(0)
    ranked = kept.with_columns(first=first).sort("first", "competitor_year", "account_id", descending=[True, True, False])
    numbered = ranked.with_columns(rank=pl.int_range(1, pl.len() + 1).over("kind")).sort("kind", "rank", descending=[True, False])
    return numbered.select(typed(CANDIDATE_SCHEMA))
