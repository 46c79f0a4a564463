"""Pipeline forecast."""

from data.language import mark
from measures.thresholds.record import Threshold

TITLE = mark("Forecast")
RECORDS = (
    Threshold("prior_win_rate", 0.25, "share", mark("Win rate before anything is known"),
              mark("What a stage's history is mixed with at the weight of ten deals; a young company wins one of four. It moves the stages' win rates and the months' sums, the less the more deals have closed."),
              minimum=0.0, maximum=1.0),
    Threshold("forecast_months", 12, "integer", mark("Months ahead"),
              mark("Deals expected later say little about any month; they are counted apart."), minimum=1, maximum=36, unit="months"),
)
