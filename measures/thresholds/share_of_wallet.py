"""Share of wallet."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Share of wallet")
RECORDS = (
    share("wallet_share_cut", 0.50, mark("High share from"), mark("From half of what an account buys on, we are its first supplier.")),
    share("wallet_large_cut", 0.80, mark("Large up to this cumulative share"),
          mark("The accounts that are about to buy the first 80%; half of all accounts would be too many to develop.")),
    Threshold("upcoming_basis", "recent", "choice", mark("Upcoming volume from"),
              mark("The last three months without their season say what comes next; open orders say it where deals are kept; "
                   "“of all suppliers” adds what competitors sell."),
              choices=("recent", "open_orders", "bought")),
    Threshold("wallet_attribute", "credit_limit", "choice", mark("Size of an account by"),
              mark("The model compares purchases per unit of size among similar accounts; the credit limit is the size that most stores hold."),
              choices=("credit_limit", "accounts_under", "account")),
    Threshold("wallet_months", 12, "integer", mark("Months of the wallet"), mark("A whole year holds every season once."),
              minimum=3, maximum=36, unit="months"),
    share("wallet_percentile", 0.80, mark("Percentile of the model"),
          mark("What the fifth best of similar accounts buy shows what an account of this size could buy.")),
    Threshold("wallet_peers", 8, "integer", mark("Least similar accounts for the model"),
              mark("A high percentile of fewer than eight accounts is one account's story."), minimum=2, maximum=1000),
)
