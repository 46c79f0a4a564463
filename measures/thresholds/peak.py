"""Peak-season plan."""

from data.language import mark
from measures.thresholds.record import Threshold

TITLE = mark("Peak-season plan")
RECORDS = (
    Threshold("peak_by", "region", "choice", mark("Whose peak"),
              mark("Hemispheres differ: each distributor is planned for the peak of its own region, or all for the company's."),
              choices=("region", "company")),
)  # fmt: skip
