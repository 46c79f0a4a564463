"""The peak-season plan's codes in the reader's words."""

from charts import labels
from data.language import _, mark

_WORDS = {
    "strong": mark("Strong"), "slow": mark("Slow: many stock it, it sells slowly"),
    "unwilling": mark("Unwilling: sells well where it is stocked, few stock it"),
    "slow_and_unwilling": mark("Both: few stock it, and it sells slowly"), "new": mark("New: too young to judge"),
    "keep": mark("Keep"), "weaken": mark("Weaken"), "eliminate": mark("Eliminate"), "mend_incentive": mark("Mend the incentive"),
    "combo": mark("Combination"), "seasonal naive": mark("Last year's months"), "combo and seasonal naive": mark("Both methods"),
    "wait": mark("Wait"), "category": mark("Its category"), "all_products": mark("All products"),
}  # fmt: skip


def word(code: str | None) -> str:
    """A variety's reason, suggestion or yardstick in words; other codes as everywhere."""
    return _(_WORDS[code]) if code in _WORDS else labels.label(code)
