"""Which accounts carry the value? Tiers by composite score or by ABC, never mixed (methods.md sections 3 and 8).

Accounts with a sale in the period are ranked; who only returned goods is shown, but neither counted nor ranked. ABC is cut on exact amounts; accounts without positive net sales have no class.
Under the scheme `score` a tier is vip, large, medium or small; under `abc` it is A, B or C. The period that it is compared with
(measures/customers/compared_period.py) is judged by the same rule at its own end.

What only one view of the page needs is asked apart, by answers of their own that a page caches apart: PARTS. The shell prints their
tables with this answer's.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.customers import compared_period, ranking
from measures.customers.concentration import concentration, lorenz
from measures.customers.quadrants import cost_coverage
from measures.customers.tier_moves import UNRATED, all_moves, migration, movers
from measures.customers.value_indicators import INDICATORS, expected_sales, indicators
from measures.history import History, whole_history, within
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters
from queries.runner import Ask, together

THRESHOLDS = (
    "scheme", "abc_a", "abc_b", "tier_vip", "tier_large", "tier_medium",
    *(f"weight_{name}" for name in INDICATORS), "cost_coverage", "hysteresis",
    *compared_period.THRESHOLDS,
)
PARTS = ("value_bridge", "value_classes", "lifetime_value")
NO_CLASS = "none"

ACCOUNTS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "region_id": pl.String, "region": pl.String,
    "net_sales": pl.Float64, "share": pl.Float64, "cumulative_share_before": pl.Float64, "abc": pl.String,
    "score": pl.Float64, "tier": pl.String,
    **{f"{name}_percentile": pl.Float64 for name in INDICATORS},
    "margin": pl.Float64, "quantity": pl.Float64, "expected_sales": pl.Float64,
    "previous_net_sales": pl.Float64, "previous_abc": pl.String, "previous_tier": pl.String,
}
SUMMARY_SCHEMA = {
    "scheme": pl.String, "accounts": pl.Int64, "net_sales": pl.Float64, "margin": pl.Float64, "gini": pl.Float64,
    "cost_coverage": pl.Float64, "previous_accounts": pl.Int64, "previous_net_sales": pl.Float64,
    "previous_from": pl.Date, "previous_to": pl.Date,
}


@dataclass(frozen=True)
class ValuePyramid:
    """`accounts` by falling net sales; `tiers`, `abc` and their moves since the compared period; `concentration` and `lorenz`.

    An account's share is of all positive net sales; a tier's or a class's share is of all net sales, so that they sum to 1.
    `movers` and `migration` are empty without a compared period that had sales; `summary` says which period that is.
    """

    accounts: pl.DataFrame
    tiers: pl.DataFrame
    abc: pl.DataFrame
    movers: pl.DataFrame
    migration: pl.DataFrame
    indicators: pl.DataFrame
    concentration: pl.DataFrame
    lorenz: pl.DataFrame
    summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> ValuePyramid:
    """The pyramid of the period and its moves against the one that the cuts compare it with."""
    whole = whole_history(ask)
    reach = ask("store/generation", Filters())
    earlier = compared_period.compared(filters, cuts, reach["as_of"].item()) if reach.height else None
    (now, weights), before = together(
        lambda: _ranked_accounts(ask, filters, whole, cuts), lambda: _ranked_accounts(ask, earlier, whole, cuts)[0] if earlier else None
    )
    previous = now.clear() if before is None else before
    order = tier_order(cuts)
    moves = all_moves(now, previous, order, tier_limits(cuts), float(cuts["hysteresis"]))
    accounts = now.join(_as_previous(previous), on="account_id", how="left", maintain_order="left")
    return ValuePyramid(
        accounts.select(typed(ACCOUNTS_SCHEMA)),
        _grouped(now, "tier", (*order, UNRATED), len(order)),
        _grouped(now, "abc", (*ranking.ABC_CLASSES, NO_CLASS), len(ranking.ABC_CLASSES)),
        movers(moves),
        migration(moves, (*order, NO_CLASS)),
        weights,
        concentration(now["net_sales"], int(now["is_active"].sum())),
        lorenz(now["net_sales"]),
        _summary(now, previous, str(cuts["scheme"]), earlier),
    )


def tier_order(cuts: Cuts) -> tuple[str, ...]:
    """The tiers' codes from the best down, by the scheme."""
    return ranking.TIERS if cuts["scheme"] == "score" else ranking.ABC_CLASSES


def tier_limits(cuts: Cuts) -> tuple[float, ...]:
    """Where each tier but the last ends: a share of the accounts (`score`) or of net sales (`abc`) before the account."""
    names = ("tier_vip", "tier_large", "tier_medium") if cuts["scheme"] == "score" else ("abc_a", "abc_b")
    return tuple(float(cuts[name]) for name in names)


def _ranked_accounts(ask: Ask, filters: Filters, whole: History | None, cuts: Cuts) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The period's accounts with their classes, and the indicators' table."""
    rows = ask("customers/account_value", filters, end=within(whole, filters).end if whole else None)
    found = indicators(rows, cuts)
    score = found.score()
    scored = rows.with_columns(
        pl.Series("score", score, nan_to_null=True),
        pl.Series("expected_sales", expected_sales(rows["last_sales"].to_numpy(), rows["before_sales"].to_numpy())),
        *(pl.Series(name, values, nan_to_null=True) for name, values in found.percentiles().items()),
    )
    sizes = (cuts["tier_vip"], cuts["tier_large"], cuts["tier_medium"])
    tiers = pl.Series("score_tier", ranking.tiers(score, rows["account_id"].to_list(), sizes).tolist(), dtype=pl.String)
    classes = ranking.abc(scored.with_columns(tiers), cuts=(cuts["abc_a"], cuts["abc_b"]))
    classes = classes.with_columns(pl.col("abc").fill_null(NO_CLASS))
    if cuts["scheme"] == "abc":
        return classes.with_columns(tier=pl.col("abc"), position=pl.col("cumulative_share_before")), found.table
    place = (pl.col("score").rank("ordinal", descending=True) - 1) / pl.col("score").count()
    return classes.with_columns(tier=pl.col("score_tier").fill_null(UNRATED), position=place), found.table


def _as_previous(previous: pl.DataFrame) -> pl.DataFrame:
    names = ("net_sales", "abc", "tier")
    return previous.select("account_id", *(pl.col(name).alias(f"previous_{name}") for name in names))


def _grouped(accounts: pl.DataFrame, by: str, order: tuple[str, ...], always: int) -> pl.DataFrame:
    """Accounts, net sales and margin per group, the first `always` groups of the order even where they are empty."""
    sums = accounts.group_by(by).agg(
        pl.len().cast(pl.Int64).alias("accounts"), pl.col("net_sales").sum(), _known_sum("margin")
    )
    places = pl.DataFrame({by: order, "place": range(len(order))}, schema={by: pl.String, "place": pl.Int64})
    whole = places.join(sums, on=by, how="left", maintain_order="left")
    shown = whole.filter((pl.col("place") < always) | pl.col("accounts").is_not_null())
    total = accounts["net_sales"].sum()
    share = pl.col("net_sales") / total if total > 0 else pl.lit(None, pl.Float64)
    filled = shown.with_columns(pl.col("accounts").fill_null(0), pl.col("net_sales").fill_null(0.0))
    return filled.select(by, "accounts", "net_sales", share.alias("share"), "margin")


def _known_sum(name: str) -> pl.Expr:
    """The sum of what is known; null where nothing is, since a margin that nobody knows is not zero."""
    return pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name)


def _summary(now: pl.DataFrame, previous: pl.DataFrame, scheme: str, earlier: Filters | None) -> pl.DataFrame:
    spread = ranking.gini(now["net_sales"].to_numpy())
    row = (
        scheme, int(now["is_active"].sum()), now["net_sales"].sum(), now.select(_known_sum("margin")).item(), None if np.isnan(spread) else spread,
        cost_coverage(now), int(previous["is_active"].sum()), previous["net_sales"].sum(),
        earlier.from_date if earlier else None, earlier.to_date if earlier else None,
    )
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row")
