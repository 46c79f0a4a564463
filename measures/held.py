"""What the store knows nothing of: facts that would be counted as none, though nobody told."""

import polars as pl

from queries.filters import Filters
from queries.runner import Ask

FACTS_OF = {
    "activities": ("visits_per_account", "calls_per_account", "events_attended", "visits_made", "calls_made"),
    "deals": ("open_deals", "open_value", "win_rate", "deal_source"),
    "parents": ("accounts_below", "opened_below_12m"),
}
"""The facts of the seven panels that need a row of an optional table."""


def held_tables(ask: Ask) -> pl.DataFrame:
    """One row: of which optional tables the viewer sees any row, in any period."""
    return ask("store/held", Filters())


def only_known(facts: pl.DataFrame, held: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """`facts` [fact, …] with the named columns null, not zero, where the fact's table has no row."""
    rows = held.row(0, named=True)
    unknown = [fact for table, names in FACTS_OF.items() if not rows[table] for fact in names]
    return facts.with_columns(pl.when(~pl.col("fact").is_in(unknown)).then(pl.col(name)).alias(name) for name in columns)
