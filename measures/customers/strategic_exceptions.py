"""Accounts that are kept although they cost more than they bring (source 004: visibility, related sales): the register beside the classes.

What the data state (accounts.strategic) and what people wrote count alike; what people wrote says why, who and when.
"""

from collections.abc import Sequence

import polars as pl

REASONS = ("visibility", "related_sales", "other")
EXCLUDE, KEEP = "exclude", "keep"
REGISTER_SCHEMA = {
    "account_id": pl.String, "record_id": pl.Int64, "exception": pl.String, "note": pl.String, "review_on": pl.Date,
    "written_by": pl.String, "written_at": pl.String,
}


def register(entries: Sequence[dict[str, object]]) -> pl.DataFrame:
    """The entries by REGISTER_SCHEMA; of several on one account the last one counts."""
    return pl.DataFrame(entries, schema=REGISTER_SCHEMA).unique("account_id", keep="last", maintain_order=True)


def with_exceptions(rows: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Rows of value_classes with the register's columns, `is_exception`, and `treatment` of those below zero: exclude or keep.

    Entries on accounts that are not among the rows are left out: who may not see an account sees nothing written about it.
    """
    joined = rows.join(entries, on="account_id", how="left", maintain_order="left")
    is_exception = pl.col("exception").is_not_null() | pl.col("strategic").is_not_null()
    treatment = pl.when(pl.col("value_class") == "below_zero").then(pl.when(is_exception).then(pl.lit(KEEP)).otherwise(pl.lit(EXCLUDE)))
    return joined.with_columns(is_exception=is_exception, treatment=treatment)
