"""The reader's words for the bases of classification, their classes, strategies and reasons."""

from charts import labels
from data.language import _, mark

BASES = {
    "attitude": mark("Attitude"), "amount": mark("Amount"), "performance": mark("Performance and loyalty"), "credit": mark("Credit"),
    "potential": mark("Potential"), "below_zero": mark("Value below zero"),
}  # fmt: skip

_CLASSES = {
    "warm": mark("Warm"), "neutral": mark("Neutral"), "cold": mark("Cold"), "good": mark("Good"), "watch": mark("To watch"), "poor": mark("Poor"),
    "high": mark("High"), "medium": mark("Medium potential"), "low": mark("Low"),
}  # fmt: skip

_STRATEGIES = {
    "exclude": mark("Exclude"), "keep_strategic": mark("Keep: strategic"), "invest_to_fix": mark("Invest to fix"), "secure_payment": mark("Secure payment"),
    "consolidate": mark("Consolidate"), "recover": mark("Recover"), "promote": mark("Promote"), "liquidate": mark("Liquidate"),
    "serve_one_to_one": mark("Serve 1:1"), "serve_one_to_two": mark("Serve 1:2"), "serve_one_to_five": mark("Serve 1:3–5"),
    "develop": mark("Develop"), "contact": mark("Keep contact"), "observe": mark("Observe"),
}  # fmt: skip

_PROXIES = {
    "responses": mark("Share of contacts that were answered and were no complaint"), "reference_value": mark("Stated reference value ÷ 100"),
    "net_sales": mark("Net sales of twelve months"), "stability_cv": mark("1 − variation of monthly units"),
    "on_time_and_limit": mark("Mean of the share paid on time and of the limit ÷ what is open"),
    "wallet": mark("What competitors sell it in a year"), "expected_sales": mark("Sales expected of the next twelve months"), "unknown": mark("No data"),
}  # fmt: skip

_SCORES = {
    "responses": mark("Answered contacts"), "reference_value": mark("Reference value"), "net_sales": mark("Net sales"), "stability_cv": mark("Regularity"),
    "on_time_and_limit": mark("Credit standing"), "wallet": mark("Bought from competitors"), "expected_sales": mark("Expected sales"), "unknown": mark("No data"),
}  # fmt: skip

_REASONS = {
    "below_zero:below_zero": mark("It costs more than it brings, today and in prospect"), "below_zero:strategic": mark("Below zero, kept for a stated strategic reason"),
    "below_zero:invest_to_fix": mark("Below zero today, but there is enough to win"), "credit:poor": mark("Poor credit: an unpaid sale is none"),
    "performance:EI": mark("Contributes much and steadily"), "performance:EII": mark("Contributes much and wavers"),
    "performance:EIII": mark("Contributes little and steadily"), "performance:EIV": mark("Contributes little and wavers"),
    "amount:A": mark("Among the accounts that make the first part of sales"), "amount:B": mark("Of middle size"), "amount:C": mark("One of many small ones"),
    "potential:high": mark("Much to win"), "potential:medium": mark("Something to win"), "potential:low": mark("Little to win"),
    "attitude:warm": mark("It answers us"), "attitude:neutral": mark("It answers us mostly"), "attitude:cold": mark("It rarely answers us"),
}  # fmt: skip

_SOURCES = {"003": mark("Source 003"), "004": mark("Source 004"), "ours": mark("Ours")}
_VERDICTS = {
    "keep": mark("Keep"), "change": mark("Change it first"), "let_go": mark("Let it go"), "judge": mark("Can it be changed?"), "unknown": mark("Cost missing"),
}  # fmt: skip


def _word(words: dict[str, str], code: str | None) -> str:
    return "–" if code is None else _(words[code]) if code in words else labels.label(code)


def basis(code: str | None) -> str:
    """A basis of classification."""
    return _word(BASES, code)


def class_of(code: str | None) -> str:
    """A class under any basis; A, B, C and the quadrants keep their letters."""
    return _word(_CLASSES, code)


def strategy(code: str | None) -> str:
    """What to do with an account."""
    return _word(_STRATEGIES, code)


def proxy(code: str | None) -> str:
    """How a basis is measured, in words."""
    return _word(_PROXIES, code)


def score(code: str | None) -> str:
    """The short name of a measure, for an axis."""
    return _word(_SCORES, code)


def reason(code: str | None) -> str:
    """Why a strategy won."""
    return _word(_REASONS, code)


def source(code: str | None) -> str:
    """Which source document says it, or that it is ours."""
    return _word(_SOURCES, code)


def verdict(code: str | None) -> str:
    """What the settlement says."""
    return _word(_VERDICTS, code)
