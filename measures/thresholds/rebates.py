"""Rebates: how near is near, what would move to a competitor, what counts as bought ahead."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Rebates")
RECORDS = (
    share("push_share", 0.25, mark("A customer can be asked for up to, of the rest of the year"),
          mark("Who would buy a quarter more than usual until the year's end can be talked to about the next tier; beyond it a tier is a wish.")),
    share("switch_share", 0.30, mark("Bought elsewhere of the rest of the year"),
          mark("To calculate the account with the customer: what it would lose if it bought this part of the rest of the year from somebody else.")),
    Threshold("forward_months", 1, "integer", mark("Months before and after the year's end"),
              mark("Who buys ahead to reach a tier buys in the last month what the next one lacks."), minimum=1, maximum=3, unit="months"),
    share("forward_cut", 0.20, mark("Bought ahead from"), mark("A fifth of the usual sales of those months is no late or early order any more.")),
)
