"""Can the numbers be trusted? Rows, rejects, freshness and gaps, within the viewer's scope.

Counts of tables are of all that the viewer sees, whatever the filters; only the decision makers follow the filters.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from data.contract import TABLES
from measures.held import held_tables
from measures.metrics import ratio
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS: tuple[str, ...] = ()
PARTS = ("contradicting_deals",)


@dataclass(frozen=True)
class DataQuality:
    """The tables of the store.

    tables: one row per contract table, `inferred` the rows that no file lists but other tables name (null where there can be none),
    `rejected` and `inferred` null for viewers who don't see files, `filled_rate` the mean share of filled optional columns. freshness: per table and sender, `days_behind` the last day of the data less the table's. missing: per optional
    column, the emptiest first. rejects: per table, file and reason. decision_makers: per region; `decision_maker_rate` in all;
    unknown where the viewer sees no contact at all.
    """

    tables: pl.DataFrame
    freshness: pl.DataFrame
    missing: pl.DataFrame
    rejects: pl.DataFrame
    decision_makers: pl.DataFrame
    decision_maker_rate: float | None
    as_of: date | None


def answer(ask: Ask, filters: Filters, _cuts: object) -> DataQuality:
    """Rows in and out, freshness, missing values and deciders of what the viewer sees."""
    reach = ask("store/generation", filters)
    as_of = reach["as_of"].item() if reach.height else None
    filled = ask("quality/filled", filters)
    makers = ask("quality/decision_makers", filters)
    if not held_tables(ask)["contacts"].item():
        makers = makers.with_columns(known=pl.lit(None, pl.Int64))
    sums = makers.select(pl.col("accounts").sum(), pl.when(pl.col("known").count() > 0).then(pl.col("known").sum())).row(0, named=True)
    return DataQuality(
        tables=_tables(filled, ask("quality/rejected_rows", filters), ask("quality/inferred_rows", filters)),
        freshness=_freshness(ask("quality/freshness", filters), as_of),
        missing=_missing(filled),
        rejects=ask("quality/rejects", filters).rename({"table_name": "table"}),
        decision_makers=makers.with_columns((pl.col("known") / pl.col("accounts")).alias("known_rate")),
        decision_maker_rate=ratio(sums["known"], sums["accounts"]),
        as_of=as_of,
    )


def _tables(filled: pl.DataFrame, rejected: pl.DataFrame, inferred: pl.DataFrame) -> pl.DataFrame:
    """One row per contract table in its order. Nothing rejected is 0 for those who see rejects, unknown for the others."""
    sees_rejects = rejected.height > 0
    share = pl.when(pl.col("rows") > 0).then(pl.col("filled") / pl.col("rows"))
    counted = filled.with_columns(share.alias("share")).group_by("table_name", maintain_order=True).agg(
        pl.col("rows").first(), pl.col("share").mean().alias("filled_rate")
    )  # fmt: skip
    order = pl.DataFrame(
        {"table_name": list(TABLES), "is_required": [table.required for table in TABLES.values()]},
    )
    joined = order.join(counted, on="table_name", how="left", maintain_order="left")
    for found in (rejected, inferred):
        joined = joined.join(found, on="table_name", how="left", maintain_order="left")
    rejects = pl.col("rejected").fill_null(0) if sees_rejects else pl.lit(None, pl.Int64)
    return joined.select(
        pl.col("table_name").alias("table"), pl.col("rows").fill_null(0), "inferred", rejects.alias("rejected"), "is_required", "filled_rate"
    )


def _freshness(found: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    behind = (pl.lit(as_of, pl.Date) - pl.col("last_on")).dt.total_days()
    return found.rename({"table_name": "table"}).with_columns(behind.alias("days_behind"))


def _missing(filled: pl.DataFrame) -> pl.DataFrame:
    """The optional columns of tables with rows: how many rows lack a value."""
    known = filled.filter((pl.col("rows") > 0) & pl.col("column_name").is_not_null())
    missing = (pl.col("rows") - pl.col("filled")).alias("missing")
    return known.with_columns(missing).select(
        pl.col("table_name").alias("table"), pl.col("column_name").alias("column"), "missing",
        (pl.col("missing") / pl.col("rows")).alias("share"), "rows",
    ).sort("share", "table", "column", descending=[True, False, False])  # fmt: skip
