"""Seasonal index, peak and off-season."""

from data.language import mark
from measures.thresholds.record import Threshold

TITLE = mark("Seasons")
RECORDS = (
    Threshold("years", 5, "integer", mark("Years of history"), mark("Older seasons say little about the next one."),
              minimum=2, maximum=50, unit="years"),
    Threshold("window", 3, "integer", mark("Months of the peak"),
              mark("The contiguous months with the largest sum; steadier than “every month above 110 %”."),
              minimum=1, maximum=6, unit="months"),
    Threshold("method", "mean", "choice", mark("Average of the years"), mark("The median withstands single odd years."),
              choices=("mean", "median")),
    Threshold("measure", "quantity", "choice", mark("Measure"), mark("Seasons are about units; prices have their own story."),
              choices=("quantity", "net_sales")),
    Threshold("off_season_cut", 0.97, "number", mark("Off-season at or below this index"),
              mark("A month that sells at most 97 % of an average month."), minimum=0.1, maximum=1.0),
    Threshold("peak_start", 0, "integer", mark("Peak begins in month"), mark("0 finds it in the data."), minimum=0, maximum=12),
    Threshold("off_season_start", 0, "integer", mark("Off-season begins in month"), mark("0 finds it in the data."),
              minimum=0, maximum=12),
    Threshold("off_season_months", 0, "integer", mark("Months of the off-season"), mark("0 finds them in the data."),
              minimum=0, maximum=11, unit="months"),
)
