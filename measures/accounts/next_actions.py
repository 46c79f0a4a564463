"""What to do next with an account, and why: a table of rules, each with the number that met it and the cut that it met.

A rule looks at one fact; a fact that is not known meets no rule. Rules stand in the order of urgency: money owed before alarms, alarms
before what may be sold more, what we don't know last. Sources: 003 (EI–EIV and the causes of EII), 002 (silence), 001 (who decides,
competitors in the account); the order is our choice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from measures.thresholds import Cuts

THRESHOLDS = (
    "overdue_share", "credit_use", "silent_days", "lost_days", "fall_rate", "visit_days", "peer_share", "rebate_near", "own_share_low",
)  # fmt: skip

SCHEMA = {
    "rule": pl.String, "place": pl.Int64, "fact": pl.String, "value": pl.Float64, "threshold": pl.String, "cut": pl.Float64,
    "subject": pl.String, "amount": pl.Float64,
}

Facts = Mapping[str, float | str | None]


def _over(value: float, cut: float) -> bool:
    return value > cut


def _reaches(value: float, cut: float) -> bool:
    return value >= cut


def _within(value: float, cut: float) -> bool:
    return 0 <= value <= cut


def _falls(value: float, cut: float) -> bool:
    return value <= -cut


def _under(value: float, cut: float) -> bool:
    return value < cut


@dataclass(frozen=True)
class Rule:
    """One reason to act.

    `fact` is the number that is looked at and `is_met(fact, cut)` the test; the cut is the threshold of that name, or `cut` where
    nothing is debatable about it. `subject` and `amount` name facts that the sentence says beside the number.
    """

    name: str
    fact: str
    is_met: Callable[[float, float], bool]
    threshold: str | None = None
    cut: float = 0.0
    subject: str | None = None
    amount: str | None = None


RULES = (
    Rule("collect", "overdue_share", _over, "overdue_share", amount="overdue_amount"),
    Rule("alarm", "alarm_score", _over, subject="alarm_cause"),
    Rule("credit_limit", "utilisation_rate", _reaches, "credit_use", amount="open_amount"),
    Rule("win_back", "lost_since_days", _over, "lost_days"),
    Rule("call", "silent_since_days", _over, "silent_days"),
    Rule("recover", "erratic_cv", _over),
    Rule("decline", "change_rate_12m", _falls, "fall_rate", amount="net_sales_12m"),
    Rule("decision_maker", "decision_makers", _under, cut=1.0, amount="contacts"),
    Rule("rebate", "rebate_missing_rate", _within, "rebate_near", subject="rebate_scheme", amount="rebate_reward"),
    Rule("propose", "peer_rate", _reaches, "peer_share", subject="peer_product", amount="peer_quantity"),
    Rule("stopped", "stopped_products", _over, subject="stopped_product", amount="stopped_amount"),
    Rule("competitor", "own_share", _under, "own_share_low", subject="main_competitor", amount="competitor_amount"),
    Rule("visit", "days_since_visit", _over, "visit_days"),
    Rule("consolidate", "consolidate_share", _over),
    Rule("promote", "promote_share", _over),
    Rule("settle", "settle_share", _over),
    Rule("file", "fields_missing", _over, subject="field_to_ask"),
)
"""Every rule, the most urgent first."""


def suggestions(facts: Facts, cuts: Cuts) -> pl.DataFrame:
    """The rules that the facts meet, the most urgent first, by SCHEMA; `place` counts from 1."""
    met = [row for rule in RULES if (row := _judged(rule, facts, cuts)) is not None]
    rows = [(name, place, *rest) for place, (name, *rest) in enumerate(met, start=1)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _judged(rule: Rule, facts: Facts, cuts: Cuts) -> tuple | None:
    value = facts.get(rule.fact)
    cut = float(cuts[rule.threshold]) if rule.threshold else rule.cut
    if value is None or not rule.is_met(float(value), cut):
        return None
    subject, amount = (facts.get(name) if name else None for name in (rule.subject, rule.amount))
    return (rule.name, rule.fact, float(value), rule.threshold, cut, subject, amount)


def silence(days: float | None, cuts: Cuts) -> dict[str, float | None]:
    """The days without a sale as the fact of one rule alone: an account is lost or silent, never both."""
    is_lost = days is not None and days > cuts["lost_days"]
    return {"lost_since_days": days if is_lost else None, "silent_since_days": None if is_lost else days}


def by_quadrant(quadrant: str | None, cv: float | None, contribution: float | None) -> dict[str, float | None]:
    """What an account's quadrant asks for: EII is erratic by its variation, the others by what they contribute."""
    names = {"EI": "consolidate_share", "EIII": "promote_share", "EIV": "settle_share"}
    if quadrant == "EII":
        return {"erratic_cv": cv}
    return {names[quadrant]: contribution} if quadrant in names else {}
