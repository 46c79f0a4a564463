"""Whose a row is, by the store's numbers: a look-up here costs a fraction of what a join costs that a question must plan."""

import polars as pl

from queries.filters import Filters
from queries.runner import Ask

ANOTHER_REGION = "another_region"
"""Stands for the name of a person whom the viewer does not see."""


def with_people(ask: Ask, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows [salesperson_key, salesperson_id as it is written] with salesperson_id and salesperson as the store knows them.

    A person without a number is called as they are written; whom the viewer does not see is ANOTHER_REGION, without an id.
    """
    people = ask("store/salespeople", Filters()).select("salesperson_key", seen_id="salesperson_id", seen="salesperson")
    is_known = pl.col("salesperson_key") > 0
    named = pl.coalesce("seen", pl.lit(ANOTHER_REGION))
    return rows.join(people, on="salesperson_key", how="left", maintain_order="left").with_columns(
        pl.when(is_known).then("seen_id").otherwise("salesperson_id").alias("salesperson_id"),
        pl.when(is_known).then(named).otherwise("salesperson_id").alias("salesperson"),
    ).drop("seen", "seen_id")
