"""Programmes: what a programme is compared with, and for how long."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Programmes")
RECORDS = (
    Threshold("programme_after", 1, "integer", mark("Months after it"),
              mark("Who buys ahead under a discount buys less afterwards: without the months after it a programme looks better than it was."), minimum=0, maximum=6),
    Threshold("programme_baseline", "others_rest", "choice", mark("Natural sales from"),
              mark("Accounts that did not take part had the same months and market; what each account did with its other products takes out what happened to it "
                   "alone. The season of the same accounts is third best: what is repeated in the same month every year hides in it."),
              choices=("others_rest", "others", "own_season")),
    share("programme_rest", 0.50, mark("Other products count from"),
          mark("A small remainder swings more than what it is to steady: on demo breweries it doubled the ranges of a category that is half of all "
               "sales. Below this part of the sales the accounts that did not take part stand alone.")),
    Threshold("programme_accounts", 10, "integer", mark("Accounts per side"),
              mark("Below it one account decides the result, and nothing is said."), minimum=2, maximum=1000),
    share("promoted_share", 0.10, mark("A promoted month from"), mark("Months in which more of the products than this went under a mark are no base to compare with.")),
    share("programme_interval", 0.90, mark("Range holds"), mark("Of ten ranges nine hold the true value, if who took part was like who did not.")),
    Threshold("touch_days", 45, "integer", mark("Days before and after"),
              mark("An invitation comes within six weeks before, a conversation about it within six weeks after."), minimum=1, maximum=180),
    Threshold("order_days", 7, "integer", mark("Order within days"), mark("An order in the week after a touch may have to do with it."), minimum=1, maximum=90),
    share("relationship_high", 0.67, mark("Much spent from this rank"), mark("The third of the invited accounts on which most was spent.")),
    Threshold("visit_cap", 3, "integer", mark("Visits a month that count"), mark("A fourth visit in a month is rarely one to sell."), minimum=1, maximum=31),
)
