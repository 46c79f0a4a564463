"""Weak varieties and new products."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Varieties and launches")
RECORDS = (
    Threshold("new_product_months", 6, "integer", mark("New for so many months"),
              mark("A product under this age is still being distributed: its distribution says nothing about it yet."),
              minimum=1, maximum=24, unit="months"),
    Threshold("launch_months", 12, "integer", mark("Launched within so many months"),
              mark("Products that have not seen a peak yet: what they reach before it decides what they sell in it."),
              minimum=1, maximum=24, unit="months"),
    share("launch_reach", 0.50, mark("Distributed from this share of its category's median"),
          mark("Ours: with half of what its category's products usually reach, a new product is no trial any more.")),
    Threshold("variety_peers", 3, "integer", mark("Least products of a category"),
              mark("With fewer, a category has no median worth the name, and a product is compared with all of them."),
              minimum=1, maximum=20),
    share("median_tolerance", 0.1, mark("Band around the medians"),
          mark("So little under a median is chance as much as weakness: within it a product counts as on the good side.")),
    share("wide_distribution", 0.8, mark("Never low distribution from"),
          mark("Where four of five distributors stock a product, nobody can say that few want it, whatever the median.")),
)  # fmt: skip
