"""What the sources of deals are called."""

import polars as pl

from queries.filters import Filters
from queries.runner import Ask


def named_sources(ask: Ask, filters: Filters, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the `source` of their source_key: one name where it is written in several ways, null where nobody wrote one."""
    names = ask("pipeline/subjects", filters).filter(pl.col("breakdown") == "source")
    keyed = names.select(pl.col("subject_key").cast(rows.schema["source_key"]).alias("source_key"), source="subject")
    return rows.join(keyed, on="source_key", how="left")
