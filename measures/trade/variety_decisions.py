"""What was decided about a variety: eliminate, weaken, mend the incentive, keep; by whom, for which regions, until when."""

from collections.abc import Collection, Iterable

import polars as pl

from data.records import Record

RECORD_KIND = "variety_decision"
DECISIONS = ("eliminate", "weaken", "mend_incentive", "keep")
DECISION_SCHEMA = {
    "product_id": pl.String, "product": pl.String, "category": pl.String, "decision": pl.String, "note": pl.String, "scope": pl.String,
    "written_by": pl.String, "written_at": pl.String, "version": pl.Int64, "record_id": pl.Int64,
}


def decision_table(records: Iterable[Record], products: pl.DataFrame, region_ids: Collection[str]) -> pl.DataFrame:
    """DECISION_SCHEMA: the open decisions about `products` [product_id, product, category] for a reader of these regions, latest first.

    `scope` lists the regions that a decision is about; it is null for the whole company.
    """
    named = {row[0]: row for row in products.select("product_id", "product", "category").iter_rows()}
    rows = [_row(record, named[record.subject]) for record in records if record.subject in named and concerns(record, region_ids)]
    return pl.DataFrame(rows, schema=DECISION_SCHEMA, orient="row").sort("written_at", "record_id", descending=True)


def concerns(record: Record, region_ids: Collection[str]) -> bool:
    """Whether an open decision concerns a reader of these regions: the company's do, and those about none but their own."""
    return record.is_open and set(record.content.get("region_ids") or ()) <= set(region_ids)


def _row(record: Record, product: tuple[str, str, str]) -> tuple:
    about = record.content.get("region_ids")
    return (
        *product, record.content["decision"], record.content.get("note"), ", ".join(about) if about else None,
        record.written_by, record.written_at, record.version, record.record_id,
    )  # fmt: skip
