"""Development plan: when a new account lives, how far we reach, and who is worth winning."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Development plan")
RECORDS = (
    Threshold("alive_days", 60, "integer", mark("Still buying at day"), mark("A first order is curiosity; after two months it is a customer."), minimum=7, maximum=365),
    Threshold("alive_window", 60, "integer", mark("Looked at for days"),
              mark("Outlets are visited every few weeks: within two months after that day somebody has been there."), minimum=7, maximum=365),
    Threshold("ordered_outcomes", "order, ordered, sale, sold, pedido, pedido tomado, compra, venta", "text", mark("Outcomes of a visit with an order"),
              mark("Outcomes are your own words, separated here by commas.")),
    Threshold("managed_levels", 2, "integer", mark("Levels that we manage"),
              mark("A maker manages two levels at most; what lies further away is seen by visits only."), minimum=1, maximum=10),
    share("outstanding_percentile", 0.75, mark("Outstanding from this rank"), mark("The quarter of the wholesalers with the most outlets under them.")),
    Threshold("candidate_months", 12, "integer", mark("Months of reports"), mark("What was bought of competitors earlier is no news."), minimum=1, maximum=60),
    share("plan_limits", 0.95, mark("Outside the limits"), mark("Of twenty people who are all as good, one lies outside by chance.")),
)
