"""Seasonal index, peak and off-season."""

from data.language import mark
from measures.seasons.season_overrides import canonical
from measures.seasons.selling_days import canonical as holidays_of
from measures.thresholds.record import Threshold, share

TITLE = mark("Seasons")
RECORDS = (
    Threshold("years", 5, "integer", mark("Years of history"), mark("Older seasons say little about the next one."),
              minimum=2, maximum=50, unit="years"),
    Threshold("window", 3, "integer", mark("Months of the peak"),
              mark("The contiguous months with the largest sum; steadier than “every month above 110%”."),
              minimum=1, maximum=6, unit="months"),
    Threshold("method", "mean", "choice", mark("Average of the years"), mark("The median withstands single odd years."),
              choices=("mean", "median")),
    Threshold("measure", "quantity", "choice", mark("Measure"), mark("Seasons are about units; prices have their own story."),
              choices=("quantity", "net_sales")),
    Threshold("off_season_cut", 0.97, "number", mark("Off-season at or below this index"),
              mark("A month that sells at most 97% of an average month."), minimum=0.1, maximum=1.0),
    Threshold("peak_start", 0, "integer", mark("Peak begins in month"), mark("0 finds it in the data."), minimum=0, maximum=12),
    Threshold("off_season_start", 0, "integer", mark("Off-season begins in month"), mark("0 finds it in the data."),
              minimum=0, maximum=12),
    Threshold("off_season_months", 0, "integer", mark("Months of the off-season"), mark("0 finds them in the data."),
              minimum=0, maximum=11, unit="months"),
    Threshold("region_seasons", "", "text", mark("Seasons set by hand per region"),
              mark('Written as {"R-09": {"peak": [6, 3], "off_season": [11, 5]}}: first month and months. Set them on the page “Seasonality”.'),
              check=canonical),
    Threshold("selling_days", "every_day", "choice", mark("Days on which we sell"),
              mark("An index per selling day takes out that months differ in length and in weekends."),
              choices=("every_day", "monday_saturday", "monday_friday")),
    Threshold("holidays", "", "text", mark("Days without sales"),
              mark("Every year's, as month-day with commas: 01-01, 05-01, 12-25."), check=holidays_of),
    share("mix_cut", 0.10, mark("A product suffers or stays from this difference"),
          mark("Against what the company as a whole retains in the off-season; smaller differences change no plan.")),
    Threshold("interval", 0.80, "share", mark("How often an interval shall hold"),
              mark("Four times in five: wider intervals are right more often and say less."), minimum=0.5, maximum=0.99),
)
