"""What a metric's record says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    """What a number means.

    `unit` is money, units, volume, rate, count, days, index or number. `better` is "more", "less" or "neither".
    `label` and `definition` are messages to translate; `expression` is the formula in the product's own terms.
    """

    name: str
    label: str
    unit: str
    definition: str
    expression: str
    better: str = "more"
