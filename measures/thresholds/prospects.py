"""Prospects: what they may bring, how likely they are to sign, and how far one can believe it."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Prospects")

_WEIGHT = mark("The source names the indicators, not their weights: equal until the company knows better. Weights are relative to their sum.")

RECORDS = (
    share("intention_cut", 0.35, mark("High intention from"), mark("Classes A and B: of three such prospects at least one signs.")),
    share("prospect_cut", 0.80, mark("High contribution up to this cumulative share"),
          mark("The prospects that hold the first 80% of what all of them may bring, equal ones together.")),
    share("target_wallet", 0.30, mark("Target share of wallet"),
          mark("What a new customer may move to us in its first year: a second supplier's part. Ours; move it to what your customers did.")),
    share("class_a_from", 0.60, mark("Class A from"), mark("Rather signs than not.")),
    share("class_b_from", 0.35, mark("Class B from"), mark("At least one of three signs.")),
    share("class_c_from", 0.15, mark("Class C from"), mark("At least one of seven signs; the rest is D.")),
    share("class_a_prior", 0.75, mark("A signs, before anything is known"), mark("What the class is taken for until deals have closed; it counts as ten deals.")),
    share("class_b_prior", 0.50, mark("B signs, before anything is known"), mark("What the class is taken for until deals have closed; it counts as ten deals.")),
    share("class_c_prior", 0.25, mark("C signs, before anything is known"), mark("What the class is taken for until deals have closed; it counts as ten deals.")),
    share("class_d_prior", 0.10, mark("D signs, before anything is known"), mark("What the class is taken for until deals have closed; it counts as ten deals.")),
    Threshold("class_prior_deals", 10.0, "number", mark("Deals that the prior counts as"),
              mark("With fewer, one lucky deal would turn a class around."), minimum=0.1, maximum=1000.0),
    Threshold("platt_deals", 20, "integer", mark("Closed deals for a curve over the score"),
              mark("With fewer, two coefficients say more about chance than about prospects."), minimum=5, maximum=100000, unit="deals"),
    Threshold("logistic_deals", 80, "integer", mark("Closed deals for weights learnt from them"),
              mark("Ten deals for each of the eight indicators."), minimum=20, maximum=100000, unit="deals"),
    Threshold("logistic_wins", 20, "integer", mark("Won deals for weights learnt from them"),
              mark("What wins have in common can't be seen in a handful."), minimum=2, maximum=100000, unit="deals"),
    Threshold("ladder_ridge", 1.0, "number", mark("Restraint on what is learnt"),
              mark("How much a coefficient must earn: it keeps a few deals from making a certainty."), minimum=0.001, maximum=1000.0),
    Threshold("rating_days", 30, "integer", mark("Days after a deal's creation in which its rating counts as known"),
              mark("A deal is rated when it is looked at, not on its first day; never after it has closed."), minimum=0, maximum=1000, unit="days"),
    share("rubric_strength", 0.125, mark("Weight of strength and scale"), _WEIGHT),
    share("rubric_management", 0.125, mark("Weight of management"), _WEIGHT),
    share("rubric_network", 0.125, mark("Weight of the network"), _WEIGHT),
    share("rubric_purchasing_power", 0.125, mark("Weight of the buyers' purchasing power"), _WEIGHT),
    share("rubric_marketing", 0.125, mark("Weight of marketing"), _WEIGHT),
    share("rubric_growth", 0.125, mark("Weight of growth"), _WEIGHT),
    share("rubric_advantage", 0.125, mark("Weight of our advantage"), _WEIGHT),
    share("rubric_importance", 0.125, mark("Weight of strategic importance"), _WEIGHT),
    share("rubric_other", 0.125, mark("Weight of each other indicator"), _WEIGHT),
    share("rubric_least", 0.60, mark("Least weight that must be known"),
          mark("With less of the rubric known, a score would mostly say what is missing.")),
    Threshold("rubric_scale", "hundred", "choice", mark("Scores run"),
              mark("The contract's scores run to 100; a rubric of five anchored steps, or ranks among all rated accounts, read as well."),
              choices=("hundred", "five", "percentile")),
    Threshold("file_days", 90, "integer", mark("Days until a file is stale"),
              mark("A quarter without a touch, a score or a move: what is written there may no longer be true."), minimum=1, maximum=2000, unit="days"),
    share("similar_percentile", 0.50, mark("Percentile of similar customers"),
          mark("Where nobody knows what a prospect buys, it is taken for the middle customer of its kind.")),
)
