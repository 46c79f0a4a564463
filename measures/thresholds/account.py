"""Customer 360: what is worth doing next."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Customer 360")
RECORDS = (
    share("overdue_share", 0.01, mark("Overdue worth a call, as a share of a year's net sales"),
          mark("Smaller remainders are settled by the bookkeeper; more than that is said before the next order is taken.")),
    share("credit_use", 0.90, mark("Credit limit used up to"), mark("Beyond it the next order may be stopped: the customer should hear it first.")),
    Threshold("silent_days", 90, "integer", mark("Days without a sale until somebody calls"),
              mark("Three months are longer than any distributor's usual pause."), minimum=1, maximum=2000, unit="days"),
    share("fall_rate", 0.20, mark("Fall on the year before worth a talk"), mark("A fifth less in a whole year is no season and no single order.")),
    Threshold("visit_days", 60, "integer", mark("Days without a visit until the next one"), mark("Ours: a call every two months keeps a relationship."),
              minimum=1, maximum=2000, unit="days"),
    share("peer_share", 0.50, mark("Similar accounts that buy it"),
          mark("What every second similar account buys is no experiment any more.")),
    Threshold("least_peers", 8, "integer", mark("Least similar accounts in the same channel"),
              mark("With fewer, accounts of all channels of the region are compared."), minimum=1, maximum=1000),
    share("rebate_near", 0.15, mark("A rebate's next tier is near within"), mark("Within 15% of the tier a customer can decide to reach it.")),
    share("own_share_low", 0.50, mark("Our share is low under"), mark("Under half somebody else is the main supplier.")),
)
