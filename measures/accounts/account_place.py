"""Where an account stands in every classification, and by which path it came there (coverage.md numbers 4, 16, 49, 51, 52 and 54).

Each answer about all accounts says the account's class at its own date; the path puts one, two and more years side by side.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

PYRAMID = (("tier", "tier"), ("abc", "abc"))
PATH_SCHEMA = {"classification": pl.String, "until": pl.Date, "code": pl.String, "place": pl.Int64, "accounts": pl.Int64, "number": pl.Float64}


def in_pyramid(accounts: pl.DataFrame, account_id: str, until: date | None) -> list[tuple]:
    """The account's tier (with its score) and its ABC class (with its share), each with its rank among all."""
    ranked = accounts.filter(pl.col("account_id") == account_id)
    if ranked.is_empty():
        return [(name, until, None, None, accounts.height or None, None) for name, _column in PYRAMID]
    row = ranked.row(0, named=True)
    by_score = accounts.filter(pl.col("score") > row["score"]).height + 1 if row["score"] is not None else None
    by_sales = accounts.filter(pl.col("net_sales") > row["net_sales"]).height + 1
    return [("tier", until, row["tier"], by_score, accounts.height, row["score"]), ("abc", until, row["abc"], by_sales, accounts.height, row["share"])]


def in_quadrants(accounts: pl.DataFrame, account_id: str, until: date | None) -> list[tuple]:
    """The account's quadrant, its rank by contribution, and its variation."""
    placed = accounts.filter(pl.col("account_id") == account_id)
    if placed.is_empty():
        return [("quadrant", until, None, None, accounts.height or None, None)]
    row = placed.row(0, named=True)
    rank = accounts.filter(pl.col("contribution") > row["contribution"]).height + 1 if row["contribution"] is not None else None
    return [("quadrant", until, row["quadrant"], rank, accounts.height, row["stability_cv"])]


def in_value_classes(accounts: pl.DataFrame, account_id: str, until: date | None) -> list[tuple]:
    """The account's value class (most valuable, most growable, …) and its actual value, where the store has that answer."""
    found = accounts.filter(pl.col("account_id") == account_id)
    if found.is_empty():
        return []
    row = found.row(0, named=True)
    rank = accounts.filter(pl.col("av") > row["av"]).height + 1 if row["av"] is not None else None
    return [("value_class", until, row["value_class"], rank, accounts.height, row["av"])]


def in_life_cycle(stage: str | None, until: date | None) -> list[tuple]:
    """The stage of the account's life, where it has one: nothing is counted, so there is no rank."""
    return [("life_stage", until, stage, None, None, None)] if stage else []


def in_prospects(prospects: pl.DataFrame, account_id: str, until: date | None) -> list[tuple]:
    """The account's class by its chance to sign and its quadrant by what it may bring, each with its rank; nothing where it is no prospect."""
    found = prospects.filter(pl.col("account_id") == account_id)
    if found.is_empty():
        return []
    row = found.row(0, named=True)
    kinds = (("prospect_class", "class", "probability"), ("prospect_quadrant", "quadrant", "expected_contribution"))
    return [(name, until, row[code], *_rank(prospects, code, by, row[by]), row[by]) for name, code, by in kinds if row[code]]


def _rank(rows: pl.DataFrame, code: str, by: str, value: float | None) -> tuple[int | None, int]:
    """The place by falling `by` among the rows that have the code, and how many these are."""
    placed = rows.filter(pl.col(code).is_not_null())
    return None if value is None else placed.filter(pl.col(by) > value).height + 1, placed.height


def in_wallet(accounts: pl.DataFrame, account_id: str, until: date | None) -> list[tuple]:
    """The account's strategy by share of wallet, its rank by what is coming, and the share; nothing where nobody knows its wallet."""
    found = accounts.filter(pl.col("account_id") == account_id, pl.col("strategy").is_not_null())
    if found.is_empty():
        return []
    row = found.row(0, named=True)
    placed = accounts.filter(pl.col("strategy").is_not_null())
    rank = placed.filter(pl.col("upcoming") > row["upcoming"]).height + 1 if row["upcoming"] is not None else None
    return [("wallet_strategy", until, row["strategy"], rank, placed.height, row["share"])]


def path(rows: Sequence[tuple]) -> pl.DataFrame:
    """The places in order of classification and time, by PATH_SCHEMA; `number` is what the class rests on."""
    frame = pl.DataFrame(list(rows), schema=PATH_SCHEMA, orient="row")
    return frame.sort("classification", "until", descending=[False, True], nulls_last=True)
