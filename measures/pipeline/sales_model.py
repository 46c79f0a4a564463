"""The sales model: how long a company that sells like this waits before it calls a deal old, a lead cold, a customer lost.

Source 002 tells three models apart: heavy B (companies with several deciders and a long cycle), big C (people who decide slowly over
something expensive, with a sales team) and small C (one decider, a short cycle, no sales team). The windows are stated for big C; the
others stretch or shorten all of them by one factor, which is ours.
"""

from dataclasses import dataclass

from measures.thresholds import Cuts

FACTORS = {"heavy_b": 2.0, "big_c": 1.0, "small_c": 0.5}
THRESHOLDS = ("sales_model", "maturity_days", "protection_days", "lost_days")
DAYS_A_MONTH = 30.4375
"""Days of an average month, leap years included."""


@dataclass(frozen=True)
class Windows:
    """Days: until a cohort is mature, that a lead's owner is protected, after which a silent customer is lost."""

    maturity_days: int
    protection_days: int
    lost_days: int

    @property
    def lost_months(self) -> int:
        """The days until a customer is lost, in whole months."""
        return max(1, round(self.lost_days / DAYS_A_MONTH))


def windows(cuts: Cuts) -> Windows:
    """The stated windows as the sales model stretches them, at least a day each."""
    factor = FACTORS[str(cuts["sales_model"])]
    return Windows(*(max(1, round(factor * int(cuts[name]))) for name in ("maturity_days", "protection_days", "lost_days")))


def words(text: object) -> tuple[str, ...]:
    """The words of a text that separates them by commas, trimmed and in lower case."""
    return tuple(word for part in str(text).split(",") if (word := part.strip().lower()))


def ended_words(cuts: Cuts, *ends: str) -> tuple[str, ...]:
    """The words in lower case that mean these ends of a deal, "won" or "lost": the end's own name and what the settings name."""
    return tuple(dict.fromkeys(word for end in ends for word in (end, *words(cuts[f"{end}_stages"]))))
