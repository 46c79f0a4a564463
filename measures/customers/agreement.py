"""Do the classifications agree, and where they don't, which strategy wins? Five bases of source 004 side by side (coverage.md 53).

Accounts that bought in the twelve complete months up to the period's end. Classes are compared by how good they are, best, middle or
last: EI agrees with A, EII and EIII with B, EIV with C. Two bases are opposite where one has the account in its best class and the
other in its last.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.customers import value_classes
from measures.customers.portfolio_quadrants import THRESHOLDS as QUADRANT_THRESHOLDS
from measures.customers.portfolio_quadrants import begun_book
from measures.customers.quadrant_bases import BASES, BASES_SCHEMA, bases_table, levels, with_bases
from measures.customers.quadrant_verdicts import SOURCES, order_of, with_verdicts
from measures.customers.quadrants import quadrants_at
from measures.history import History, whole_history, within
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask, begin

THRESHOLDS = tuple(
    dict.fromkeys(
        (
            "basis_order", "attitude_warm", "attitude_cold", "attitude_contacts", "unanswered_outcomes", "complaint_outcomes",
            "credit_good", "credit_poor", "abc_a", "abc_b", *QUADRANT_THRESHOLDS, *value_classes.THRESHOLDS,
        )
    )
)  # fmt: skip

ACCOUNTS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "region_id": pl.String, "region": pl.String,
    **dict.fromkeys(BASES, pl.String), "value_class": pl.String, "strategic": pl.String,
    "strategy": pl.String, "winning_basis": pl.String, "reason": pl.String, "is_contested": pl.Boolean, "spread": pl.Int64,
    **{f"{basis}_score": pl.Float64 for basis in BASES},
    "net_sales": pl.Float64, "margin": pl.Float64, "av": pl.Float64, "status": pl.String,
}
MATRIX_SCHEMA = {
    "basis": pl.String, "other_basis": pl.String, "accounts": pl.Int64, "agree": pl.Int64, "near": pl.Int64, "opposite": pl.Int64,
    "agree_rate": pl.Float64,
}
STRATEGIES_SCHEMA = {
    "strategy": pl.String, "winning_basis": pl.String, "source": pl.String, "accounts": pl.Int64, "net_sales": pl.Float64, "share": pl.Float64,
}
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "accounts": pl.Int64, "contested": pl.Int64, "contested_sales": pl.Float64, "net_sales": pl.Float64,
    "basis_order": pl.String, "status": pl.String,
}


@dataclass(frozen=True)
class Agreement:
    """`accounts` by falling net sales with their class under every basis and the strategy that wins; `matrix` of basis × basis.

    `is_contested`: one basis has the account in its best class and another in its last. `strategies` sums up who does what, `bases`
    says how each is measured, `summary` has one row.
    """

    accounts: pl.DataFrame
    matrix: pl.DataFrame
    strategies: pl.DataFrame
    bases: pl.DataFrame
    summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Agreement:
    """The classes of every account at the end of the complete months. Raises BadRequest for an order of bases that cannot be read."""
    order = order_of(str(cuts["basis_order"]))
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    if until is None or until.length == 0:
        return _empty("no_sales" if until is None else "no_complete_month")
    book, worth = begun_book(ask, filters, whole, until, cuts), _begun_worth(ask, filters, until, cuts)
    placed = quadrants_at(book(), until, cuts)
    if placed.is_empty():
        return _empty("no_sales")
    classed, proxies = with_bases(placed.join(_worth(*worth()), on="account_key", how="left", maintain_order="left"), cuts)
    found = levels(classed)
    accounts = with_verdicts(classed, order).with_columns(*_spread(found)).sort("net_sales", "account_id", descending=[True, False])
    shown = accounts.select(typed(ACCOUNTS_SCHEMA))
    summary = (until.end, shown.height, *_contested(shown), shown["net_sales"].sum(), ", ".join(order), "ok")
    return Agreement(
        shown, _matrix(found), _strategies(shown), bases_table(classed, found, proxies, cuts), pl.DataFrame([summary], schema=SUMMARY_SCHEMA, orient="row")
    )


def outcomes_of(text: object) -> list[str]:
    """The outcomes that a threshold lists, in small letters."""
    return [word.strip().lower() for word in str(text).split(",") if word.strip()]


def _begun_worth(ask: Ask, filters: Filters, until: History, cuts: Cuts) -> Callable[[], tuple[pl.DataFrame, ...]]:
    """What `_worth` takes, asked for while the quadrants are worked out."""
    year = filters.within(add_months(until.end, -YEAR), until.end)
    words = {"unanswered": outcomes_of(cuts["unanswered_outcomes"]), "complaints": outcomes_of(cuts["complaint_outcomes"])}
    return begin(
        lambda: value_classes.classes(ask, filters, cuts)[0],
        lambda: ask("customers/responses", year, **words),
        lambda: ask("customers/payments", year),
    )


def _worth(worth: pl.DataFrame, answers: pl.DataFrame, owed: pl.DataFrame) -> pl.DataFrame:
    """What each account that bought in the year is worth, owes and answers."""
    named = worth.select(
        "account_key", "value_class", "av", "strategic", "reference_value", "credit_limit", headroom=pl.col("potential") - pl.col("net_sales"), growth="growth_rate",
        previous_sales=pl.col("net_sales") / (1 + pl.col("growth_rate")),
    )  # fmt: skip
    dealt = named.join(owed, on="account_key", how="left", maintain_order="left").join(answers, on="account_key", how="left", maintain_order="left")
    return dealt.with_columns(pl.col(*(name for name in (*owed.columns, *answers.columns) if name != "account_key")).fill_null(0))


def _spread(found: np.ndarray) -> tuple[pl.Series, pl.Series]:
    """Classes between the best and the last one of each account, and whether they are opposite."""
    best = np.where(found > 0, found, 9).min(axis=0)
    spread = np.where(found.any(axis=0), found.max(axis=0) - best, 0)
    return pl.Series("spread", spread), pl.Series("is_contested", spread == 2)


def _matrix(found: np.ndarray) -> pl.DataFrame:
    """MATRIX_SCHEMA for every pair of bases, each with itself too; of the accounts that both know."""
    rows = []
    for place, basis in enumerate(BASES):
        for other_place, other in enumerate(BASES):
            both = (found[place] > 0) & (found[other_place] > 0)
            apart = np.bincount(np.abs(found[place] - found[other_place])[both], minlength=3).tolist()
            known = sum(apart)
            rows.append((basis, other, known, *apart, apart[0] / known if known else None))
    return pl.DataFrame(rows, schema=MATRIX_SCHEMA, orient="row")


def _strategies(accounts: pl.DataFrame) -> pl.DataFrame:
    sums = accounts.group_by("strategy", "winning_basis", maintain_order=True).agg(pl.len().alias("accounts"), pl.col("net_sales").sum())
    total = accounts["net_sales"].sum()
    share = pl.col("net_sales") / total if total > 0 else pl.lit(None)
    source = pl.col("strategy").replace_strict(SOURCES, default="ours", return_dtype=pl.String)
    named = sums.with_columns(share.alias("share"), source.alias("source")).sort("net_sales", "strategy", descending=[True, False])
    return named.select(typed(STRATEGIES_SCHEMA))


def _contested(accounts: pl.DataFrame) -> tuple[int, float]:
    is_contested = accounts["is_contested"]
    return is_contested.sum(), accounts["net_sales"].filter(is_contested).sum()


def _empty(status: str) -> Agreement:
    none = {"accounts": ACCOUNTS_SCHEMA, "matrix": MATRIX_SCHEMA, "strategies": STRATEGIES_SCHEMA, "bases": BASES_SCHEMA}
    frames = {name: pl.DataFrame(schema=schema) for name, schema in none.items()}
    return Agreement(**frames, summary=pl.DataFrame([{"status": status}], schema=SUMMARY_SCHEMA))
