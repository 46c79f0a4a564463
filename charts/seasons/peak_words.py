"""The peak-season plan's codes in the reader's words."""

from charts import labels
from data.language import _, mark

_WORDS = {
    "strong": mark("Strong"), "slow": mark("Slow: many stock it, it sells slowly"),
    "unwilling": mark("Unwilling: sells well where it is stocked, few stock it"),
    "slow_and_unwilling": mark("Both: few stock it, and it sells slowly"), "new": mark("New: too young to judge"),
    "keep": mark("Keep"), "weaken": mark("Weaken"), "eliminate": mark("Eliminate"), "mend_incentive": mark("Mend the incentive"),
    "combo": mark("Combination"), "seasonal naive": mark("Last year's months"), "combo and seasonal naive": mark("Both methods"),
    "wait": mark("Wait"),
    "ready": mark("Ready"), "on_the_way": mark("On the way"), "late": mark("Late"), "unknown": mark("Not known yet"),
    "opened": mark("Outlets opened"), "visits": mark("Visits made"), "none": mark("none"), "less": mark("less"), "more": mark("more"),
    "suffers": mark("Suffers"), "stays": mark("Stays"), "like_all": mark("Like the company"), "category": mark("Its category"), "all_products": mark("All products"),
}  # fmt: skip

_SHORT = {"slow": mark("Slow"), "unwilling": mark("Unwilling distributors"), "slow_and_unwilling": mark("Slow and scarce"), "new": mark("New")}


def word(code: str | None) -> str:
    """A variety's reason, suggestion or yardstick in words; other codes as everywhere."""
    return _(_WORDS[code]) if code in _WORDS else labels.label(code)


def short_word(code: str) -> str:
    """A variety's reason in a word or two."""
    return _(_SHORT[code]) if code in _SHORT else word(code)
