"""The five bases by which source 004 classes customers, each as a score and a class of three (coverage.md 53).

    attitude     warm, neutral, cold      share of contacts that were answered and were no complaint; else the stated reference value
    amount       A, B, C                  net sales of twelve months
    performance  EI; EII and EIII; EIV    the quadrant; its score is 1 − variation: how regularly it buys
    credit       good, watch, poor        mean of the share paid on time and of the limit ÷ what is open, each at most 1
    potential    high, medium, low        what competitors sell the account in a year; else the sales that are expected of it

The source names the bases and, of amount, the classes. The measures of the others and their cuts are ours. An attitude or a potential
is measured in one way for all accounts, named in `bases`, so that two accounts can be compared; where nothing is known there is no class.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from measures.customers import ranking
from measures.customers.value_indicators import credit, expected_sales
from measures.thresholds import Cuts

BASES = ("attitude", "amount", "performance", "credit", "potential")
CLASSES = {
    "attitude": ("warm", "neutral", "cold"),
    "amount": ("A", "B", "C"),
    "performance": ("EI", "EII", "EIII", "EIV"),
    "credit": ("good", "watch", "poor"),
    "potential": ("high", "medium", "low"),
}
LEVELS = {"performance": (1, 2, 2, 3)}
"""How good a class is, 1 to 3; the other bases in the order of their classes."""

BASES_SCHEMA = {"basis": pl.String, "proxy": pl.String, "accounts": pl.Int64, "best": pl.Int64, "cut": pl.Float64, "source": pl.String}
REFERENCE_CUTS = (2 / 3, 1 / 3)
"""Warm and cold where only the stated reference value is known: its thirds."""
OWED = ("due_amount", "on_time_amount", "open_amount", "credit_limit", "invoices")
NUMBERS = (*OWED, "contacts", "answered", "reference_value", "headroom", "net_sales", "previous_sales")
RESPONSES, REFERENCE, WALLET, EXPECTED, UNKNOWN = "responses", "reference_value", "wallet", "expected_sales", "unknown"


def with_bases(rows: pl.DataFrame, cuts: Cuts) -> tuple[pl.DataFrame, dict[str, str]]:
    """The rows with `<basis>_score` and the class in `<basis>`, and how each basis is measured.

    `rows` [account_id, quadrant, stability_cv, net_sales, previous_sales, headroom, reference_value, due_amount, on_time_amount,
    open_amount, credit_limit, invoices, contacts, answered].
    """
    numbers = _numbers(rows)
    attitude, attitude_by = _attitude(numbers, cuts)
    potential, potential_by = _potential(numbers)
    owed = (numbers[name] for name in OWED)
    scored = rows.with_columns(
        pl.Series("attitude_score", attitude, nan_to_null=True),
        pl.col("net_sales").alias("amount_score"),
        (1 - pl.col("stability_cv")).clip(0, 1).alias("performance_score"),
        pl.Series("credit_score", credit(*owed), nan_to_null=True),
        pl.Series("potential_score", potential, nan_to_null=True),
    )
    shares = (float(cuts["abc_a"]), float(cuts["abc_b"]))
    warmth = REFERENCE_CUTS if attitude_by == REFERENCE else (cuts["attitude_warm"], cuts["attitude_cold"])
    classed = scored.with_columns(
        _by_cut("attitude", *warmth),
        _by_share(scored, "amount", shares),
        pl.col("quadrant").alias("performance"),
        _by_cut("credit", cuts["credit_good"], cuts["credit_poor"]),
        _by_share(scored, "potential", shares),
    )
    proxies = {"attitude": attitude_by, "amount": "net_sales", "performance": "stability_cv", "credit": "on_time_and_limit", "potential": potential_by}
    return classed, proxies


def bases_table(rows: pl.DataFrame, found: np.ndarray, proxies: dict[str, str], cuts: Cuts) -> pl.DataFrame:
    """BASES_SCHEMA: how each basis is measured, of how many accounts it is known, how many are in its best class and from which score on.

    `found` are the rows' `levels`.
    """
    warm = REFERENCE_CUTS[0] if proxies["attitude"] == REFERENCE else cuts["attitude_warm"]
    stated = {"attitude": warm, "performance": max(0.0, 1 - float(cuts["stability_cut"])), "credit": cuts["credit_good"]}
    lowest = rows.select(pl.col(f"{basis}_score").filter(pl.Series(of == 1)).min() for basis, of in zip(BASES, found, strict=True)).row(0)
    known, best = (found > 0).sum(axis=1).tolist(), (found == 1).sum(axis=1).tolist()
    table = [
        (basis, proxies[basis] if known[place] else UNKNOWN, known[place], best[place], stated.get(basis, lowest[place]), "004" if basis == "amount" else "ours")
        for place, basis in enumerate(BASES)
    ]
    return pl.DataFrame(table, schema=BASES_SCHEMA, orient="row")


def levels(rows: pl.DataFrame, bases: Sequence[str] = BASES) -> np.ndarray:
    """How good each account's class is under each basis, (bases, accounts): 1, 2 or 3; 0 where it has none."""
    # In one go: of one column after the other each takes as long as all.
    places = rows.select(pl.col(basis).cast(pl.Enum(CLASSES[basis])).to_physical().cast(pl.Int8).fill_null(-1) for basis in bases)
    return np.stack([np.array([*LEVELS.get(basis, (1, 2, 3)), 0], np.int8)[places[basis].to_numpy()] for basis in bases])


def opposite(rows: pl.DataFrame, basis: str, other: str) -> pl.Series:
    """Whether one basis has the account in its best class and the other in its last: of 0, 1, 2 and 3, only 1 and 3 make 3."""
    return pl.Series("opposite", levels(rows, (basis, other)).prod(axis=0) == 3)


def in_best_class(rows: pl.DataFrame, *bases: str) -> pl.DataFrame:
    """The rows whose class is the best one under each of these bases: of performance EI, which a high score alone does not make."""
    return rows.filter(*(pl.col(basis) == CLASSES[basis][0] for basis in bases))


def _attitude(numbers: dict[str, np.ndarray], cuts: Cuts) -> tuple[np.ndarray, str]:
    contacts = numbers["contacts"]
    enough = contacts >= cuts["attitude_contacts"]
    if enough.any():
        return np.divide(numbers["answered"], contacts, out=np.full(len(contacts), np.nan), where=enough), RESPONSES
    return numbers["reference_value"] / 100, REFERENCE


def _potential(numbers: dict[str, np.ndarray]) -> tuple[np.ndarray, str]:
    headroom = numbers["headroom"]
    if not np.isnan(headroom).all():
        return headroom, WALLET
    return expected_sales(numbers["net_sales"], np.nan_to_num(numbers["previous_sales"])), EXPECTED


def _by_cut(basis: str, best: float, worst: float) -> pl.Expr:
    score, (first, second, third) = pl.col(f"{basis}_score"), CLASSES[basis]
    found = pl.when(score >= best).then(pl.lit(first)).when(score >= worst).then(pl.lit(second)).otherwise(pl.lit(third))
    return pl.when(score.is_not_null()).then(found).alias(basis)


def _by_share(rows: pl.DataFrame, basis: str, shares: tuple[float, float]) -> pl.Expr:
    """Class by the cumulative share before it; an amount that is known and not positive is in the last class."""
    found = ranking.abc_of(rows, f"{basis}_score", cuts=shares, classes=CLASSES[basis])
    last = pl.when(pl.col(f"{basis}_score").is_not_null()).then(pl.lit(CLASSES[basis][-1]))
    return pl.coalesce(found, last).alias(basis)


def _numbers(rows: pl.DataFrame) -> dict[str, np.ndarray]:
    """The columns NUMBERS as arrays, NaN where they are null."""
    numbers = rows.select(pl.col(NUMBERS).cast(pl.Float64).fill_null(float("nan")))
    return {name: numbers[name].to_numpy() for name in NUMBERS}
