"""Products: when a product is dear or cheap, standard or not."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Products")
RECORDS = (
    share("value_high", 0.67, mark("High value from this price percentile"), mark("The dearest third of the products, by what is paid per hl.")),
    share("value_low", 0.33, mark("Low value up to this price percentile"), mark("The cheapest third of the products, by what is paid per hl.")),
    Threshold("standard_high", 80.0, "number", mark("Standard from"), mark("Four of five orders take it as it is on the list."), minimum=0.0, maximum=100.0),
    Threshold("standard_low", 50.0, "number", mark("Not standard up to"), mark("Under half of the orders take it as it is on the list."), minimum=0.0, maximum=100.0),
)
