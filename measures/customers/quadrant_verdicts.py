"""Which basis decides an account's strategy where the classifications disagree.

The order is a threshold, ours: no source says which one wins. A value below zero comes first because every sale adds to the loss
(source 004 excludes such accounts, strategic ones apart); then credit, since a sale that is not paid is none; then the quadrant with
source 003's strategy; then the amount, whose coverage source 004 gives; potential and attitude say how to act rather than what to do, so
that they decide only where nothing else is known.
"""

import polars as pl

from data.errors import BadRequest
from data.language import _

BELOW_ZERO = "below_zero"
DECIDERS = (BELOW_ZERO, "credit", "performance", "amount", "potential", "attitude")

STRATEGIES = {
    BELOW_ZERO: {"below_zero": "exclude", "strategic": "keep_strategic", "invest_to_fix": "invest_to_fix"},
    "credit": {"poor": "secure_payment"},
    "performance": {"EI": "consolidate", "EII": "recover", "EIII": "promote", "EIV": "liquidate"},
    "amount": {"A": "serve_one_to_one", "B": "serve_one_to_two", "C": "serve_one_to_five"},
    "potential": {"high": "develop", "medium": "contact", "low": "observe"},
    "attitude": {"warm": "contact", "neutral": "contact", "cold": "observe"},
}
"""What each class asks for; a class that is not named leaves the decision to the next basis."""

SOURCES = {
    "exclude": "004", "keep_strategic": "004", "consolidate": "003", "recover": "003", "promote": "003", "liquidate": "003",
    "serve_one_to_one": "004", "serve_one_to_two": "004", "serve_one_to_five": "004", "develop": "004", "contact": "004",
}  # fmt: skip
"""The source that gives the strategy; those that are missing here are ours."""


def order_of(text: str) -> tuple[str, ...]:
    """The deciding bases in the order that the text gives, separated by commas. Raises BadRequest for a name that is none."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    wrong = [name for name in names if name not in DECIDERS]
    if wrong or not names:
        raise BadRequest(
            _("“{value}” is no basis of classification").format(value=", ".join(wrong) or "–"),
            _("The bases are: {names}.").format(names=", ".join(DECIDERS)),
        )
    return tuple(dict.fromkeys(names))


def with_verdicts(rows: pl.DataFrame, order: tuple[str, ...]) -> pl.DataFrame:
    """The rows [value_class, strategic, credit, …] with `winning_basis`, `strategy`, and `reason` (basis:class).

    The first basis of the order whose class asks for something decides; null where none does.
    """
    exempt = pl.col("strategic").is_not_null() & (pl.col("value_class") == "below_zero")
    below_zero = pl.when(exempt).then(pl.lit("strategic")).otherwise(pl.col("value_class"))
    classes = {basis: below_zero if basis == BELOW_ZERO else pl.col(basis) for basis in order}
    wishes = {basis: of.replace_strict(STRATEGIES[basis], default=None, return_dtype=pl.String) for basis, of in classes.items()}
    decided = rows.with_columns(
        pl.coalesce(pl.when(wish.is_not_null()).then(pl.lit(basis)) for basis, wish in wishes.items()).alias("winning_basis"),
        pl.coalesce(wishes.values()).alias("strategy"),
        pl.coalesce(pl.when(wishes[basis].is_not_null()).then(of) for basis, of in classes.items()).alias("reason"),
    )
    return decided.with_columns(pl.concat_str("winning_basis", "reason", separator=":").alias("reason"))
