"""Where an account stands in every classification, and by which path it came there (coverage.md numbers 4, 16, 49, 51, 52 and 54).

Each answer about all accounts says the account's class at its own date; the path puts one, two and more years side by side.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from measures.customers.tier_moves import UNRATED
from measures.customers.value_pyramid import NO_CLASS

PYRAMID = (("tier", "tier", "score", "score"), ("abc", "abc", "net_sales", "share"))
"""Each classification of the pyramid with its columns: the class, what ranks it, what it rests on."""

PATH_SCHEMA = {"classification": pl.String, "until": pl.Date, "code": pl.String, "place": pl.Int64, "accounts": pl.Int64, "number": pl.Float64}


def in_pyramid(accounts: pl.DataFrame, account_id: str, until: date | None) -> list[tuple]:
    """The account's tier (with its score) and its ABC class (with its share), each with its rank among all that have one."""
    found = accounts.filter(pl.col("account_id") == account_id)
    if found.is_empty():
        return [(name, until, None, None, None, None) for name, *_columns in PYRAMID]
    row = found.row(0, named=True)
    return [(name, until, row[code], *_rank(accounts, account_id, code, by), row[number]) for name, code, by, number in PYRAMID]


def in_quadrants(accounts: pl.DataFrame, account_id: str, until: date | None) -> list[tuple]:
    """The account's quadrant, its rank by contribution among all that have one, and its variation."""
    found = accounts.filter(pl.col("account_id") == account_id)
    if found.is_empty():
        return [("quadrant", until, None, None, None, None)]
    row = found.row(0, named=True)
    return [("quadrant", until, row["quadrant"], *_rank(accounts, account_id, "quadrant", "contribution"), row["stability_cv"])]


def in_value_classes(accounts: pl.DataFrame, account_id: str, until: date | None) -> list[tuple]:
    """The account's value class (most valuable, most growable, …) and its actual value, where the store has that answer."""
    found = accounts.filter(pl.col("account_id") == account_id)
    if found.is_empty():
        return []
    row = found.row(0, named=True)
    return [("value_class", until, row["value_class"], *_rank(accounts, account_id, "value_class", "av"), row["av"])]


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
    return [(name, until, row[code], *_rank(prospects, account_id, code, by), row[by]) for name, code, by in kinds if row[code]]


def _rank(rows: pl.DataFrame, account_id: str, code: str, by: str) -> tuple[int | None, int | None]:
    """The account's place by falling `by` among those that have a class in `code`, and how many these are; nothing for who has none."""
    placed = rows.filter(~pl.col(code).is_in([NO_CLASS, UNRATED]), pl.col(by).is_not_null())
    value = placed.filter(pl.col("account_id") == account_id)[by].first()
    return (None, None) if value is None else (placed.filter(pl.col(by) > value).height + 1, placed.height)


def in_wallet(accounts: pl.DataFrame, account_id: str, until: date | None) -> list[tuple]:
    """The account's strategy by share of wallet, its rank by what is coming, and the share; nothing where nobody knows its wallet."""
    found = accounts.filter(pl.col("account_id") == account_id, pl.col("strategy").is_not_null())
    if found.is_empty():
        return []
    row = found.row(0, named=True)
    return [("wallet_strategy", until, row["strategy"], *_rank(accounts, account_id, "strategy", "upcoming"), row["share"])]


def path(rows: Sequence[tuple]) -> pl.DataFrame:
    """The places in order of classification and time, by PATH_SCHEMA; `number` is what the class rests on."""
    frame = pl.DataFrame(list(rows), schema=PATH_SCHEMA, orient="row")
    return frame.sort("classification", "until", descending=[False, True], nulls_last=True)
