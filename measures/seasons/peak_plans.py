"""The plan for the next peak as agreed with a distributor: units per product, written over the natural forecast, in versions."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from data.records import Record

RECORD_KIND = "peak_plan"
PLAN_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "region": pl.String, "peak_start": pl.Date, "natural": pl.Float64, "plan": pl.Float64,
    "plan_gap": pl.Float64, "is_agreed": pl.Boolean, "note": pl.String, "version": pl.Int64, "written_by": pl.String, "written_at": pl.String,
    "record_id": pl.Int64,
}
LINE_SCHEMA = {
    "product_id": pl.String, "product": pl.String, "last_peak": pl.Float64, "natural": pl.Float64, "plan": pl.Float64, "plan_gap": pl.Float64,
}


def plan_table(records: Iterable[Record], accounts: pl.DataFrame, forecast: pl.DataFrame) -> pl.DataFrame:
    """PLAN_SCHEMA: the open plans for the accounts' next peak, the largest difference first.

    `accounts` has id, name, region, total and peak_start, `forecast` account_id, product_id and forecast. A plan for an earlier peak is no
    longer one.
    """
    seen = {row["id"]: row for row in accounts.select("id", "name", "region", "total", "peak_start").iter_rows(named=True)}
    natural = natural_by_product(forecast)
    rows = [_row(record, seen[record.subject], natural.get(record.subject, {})) for record in records if is_for(record, seen)]
    return pl.DataFrame(rows, schema=PLAN_SCHEMA, orient="row").sort(pl.col("plan_gap").abs(), "account_id", descending=[True, False])


def natural_by_product(forecast: pl.DataFrame) -> dict[str, dict[str, float]]:
    """Account → product → units of the peak."""
    found: dict[str, dict[str, float]] = {}
    for account, product, units in forecast.group_by("account_id", "product_id").agg(pl.col("forecast").sum()).iter_rows():
        found.setdefault(account, {})[product] = units
    return found


def is_for(record: Record, accounts: dict[str, dict]) -> bool:
    """Whether a record is an open plan for the next peak of one of these accounts."""
    account = accounts.get(record.subject)
    return record.is_open and account is not None and record.content["peak"] == account["peak_start"].isoformat()


def planned(content: dict[str, object], natural: dict[str, float]) -> dict[str, float]:
    """Units per product: as planned, else the natural forecast."""
    return natural | {str(product): float(units) for product, units in content["lines"].items()}


def plan_lines(forecast: pl.DataFrame, last_peak: dict[str, float], lines: dict[str, float] | None) -> pl.DataFrame:
    """LINE_SCHEMA of one account: its rows of the forecast summed per product, with the plan's units where somebody wrote some.

    A plan is in whole units; where none is written it is the forecast, rounded.
    """
    natural = forecast.group_by("product_id", "product").agg(natural=pl.col("forecast").sum()).sort("natural", "product_id", descending=[True, False])
    given = [(lines or {}).get(product) for product in natural["product_id"]]
    before = [last_peak.get(product, 0.0) for product in natural["product_id"]]
    framed = natural.with_columns(last_peak=pl.Series(before, dtype=pl.Float64), given=pl.Series(given, dtype=pl.Float64))
    planned_units = framed.with_columns(plan=pl.coalesce("given", pl.col("natural").round(0)))
    return planned_units.with_columns(plan_gap=pl.col("plan") - pl.col("natural")).select(list(LINE_SCHEMA))


def _row(record: Record, account: dict, natural: dict[str, float]) -> tuple:
    plan = sum(planned(record.content, natural).values())
    total = float(account["total"])
    return (
        account["id"], account["name"], account["region"], date.fromisoformat(str(record.content["peak"])), total, plan, plan - total,
        bool(record.content.get("is_agreed")), record.content.get("note"), record.version, record.written_by, record.written_at, record.record_id,
    )  # fmt: skip
