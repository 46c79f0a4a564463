"""Signed target boards as targets of the pace: whole units by account and month, of what is within the filters."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from data.records import Record
from data.signed_boards import SIGNED_BOARD
from queries.filters import add_months

TARGETS_SCHEMA = {
    "month": pl.Date, "region_id": pl.String, "region": pl.String, "salesperson_id": pl.String, "salesperson": pl.String, "account_id": pl.String,
    "account": pl.String, "grain": pl.String, "amount": pl.Float64, "quantity": pl.Float64,
}  # fmt: skip
GRAIN = "account"


def board_targets(records: Iterable[Record], accounts: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """Rows as of queries/seasons/pace_targets.sql, in units; `accounts` and `products` are what the filters and the viewer leave.

    Where two boards speak of a month, the one signed last counts.
    """
    rows = pl.concat([pl.DataFrame(schema={"board": pl.Int64, **_ROW}), *(_by_month(at, record) for at, record in enumerate(_boards(records)))])
    last = rows.filter(pl.col("board") == pl.col("board").max().over("month"))
    seen = last.filter(pl.col("product_id").is_in(products["product_id"].implode())).join(accounts, on="account_id")
    summed = seen.group_by("month", *accounts.columns).agg(pl.col("quantity").sum()).with_columns(pl.lit(GRAIN).alias("grain"), amount=None)
    return summed.select(pl.col(name).cast(kind) for name, kind in TARGETS_SCHEMA.items()).sort("month", "account_id")


_ROW = {"account_id": pl.String, "product_id": pl.String, "month": pl.Date, "quantity": pl.Float64}


def _boards(records: Iterable[Record]) -> list[Record]:
    return [record for record in records if record.kind == SIGNED_BOARD]


def _by_month(at: int, record: Record) -> pl.DataFrame:
    start, _plus, length = record.subject.partition("+")
    months = [add_months(date.fromisoformat(f"{start}-01"), step) for step in range(int(length))]
    wide = pl.DataFrame(
        {"account_id": [row[0] for row in record.content["rows"]], "product_id": [row[1] for row in record.content["rows"]],
         "quantity": [list(row[2]) for row in record.content["rows"]], "month": [months] * len(record.content["rows"])},
        schema={"account_id": pl.String, "product_id": pl.String, "quantity": pl.List(pl.Float64), "month": pl.List(pl.Date)},
    )  # fmt: skip
    return wide.explode("quantity", "month").select(pl.lit(at).cast(pl.Int64).alias("board"), *_ROW)
