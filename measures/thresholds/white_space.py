"""White space: who counts as reached, what is proposed, and how it is tested."""

from data.language import mark
from measures.thresholds.record import Threshold

TITLE = mark("White space")

RECORDS = (
    Threshold("reached_by", "with_supplied", "choice", mark("An account is reached"),
              mark("An outlet that hangs under an account that buys is supplied through it: it sells our products although it never orders from us. "
                   "“Own orders only” leaves it out."),
              choices=("with_supplied", "own_orders")),
    Threshold("reach_months", 12, "integer", mark("Months in which it bought"),
              mark("A whole year holds every season once: who buys in summer only is a customer in winter, too."), minimum=1, maximum=36, unit="months"),
    Threshold("proposal_rank", "cosine", "choice", mark("Products are proposed by"),
              mark("Nearness of products by who buys them; popularity is the benchmark that it must beat. Lift is never a rank: it is largest where "
                   "almost nobody buys."),
              choices=("cosine", "popularity")),
    Threshold("proposal_count", 5, "integer", mark("Proposals for an account"), mark("As many as one visit can talk about."), minimum=1, maximum=20),
    Threshold("least_co_buyers", 5, "integer", mark("Least common buyers"),
              mark("Two products that fewer than five accounts buy together are near by chance; one that fewer buy is not popular either."), minimum=1, maximum=1000),
    Threshold("hidden_months", 6, "integer", mark("Months hidden for the test"),
              mark("The rank is made without the last half year and asked what accounts took up in it; a quarter has too few to judge by, "
                   "longer leaves less to learn from."),
              minimum=1, maximum=12, unit="months"),
    Threshold("new_months", 24, "integer", mark("Months for which it is new"),
              mark("A channel or a product is new for two years: within them it goes through each season twice."), minimum=1, maximum=120, unit="months"),
)
