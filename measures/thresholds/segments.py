"""Segments: what the seven panels are compared by."""

from data.language import mark
from measures.thresholds.record import Threshold

TITLE = mark("Segments")
RECORDS = (
    Threshold("segment_by", "channel", "choice", mark("Segments are"),
              mark("Accounts of one channel are served alike; region, tier and quadrant ask the same of the same accounts."),
              choices=("region", "channel", "tier", "quadrant")),
)
