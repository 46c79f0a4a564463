"""Columns of prospects: chances, rubric, steps."""

from data.language import mark

LABELS: dict[str, str] = {
    "average": mark("Average"),
    "base": mark("Base rate then"),
    "basis_reason": mark("Why this basis"),
    "bin": mark("Group"),
    "brier_base": mark("Brier score of the base rate"),
    "by_hand": mark("Set by hand"),
    "chance_hi": mark("Chance, upper end"),
    "chance_lo": mark("Chance, lower end"),
    "class": mark("Class"),
    "class_prior_deals": mark("Deals that the prior counts as"),
    "contribution_basis": mark("Contribution in"),
    "contribution_cut": mark("High contribution from"),
    "done": mark("Done"),
    "done_on": mark("Done on"),
    "driver_down": mark("Speaks against it"),
    "driver_up": mark("Speaks for it"),
    "effect": mark("Effect on the chance"),
    "from_rate": mark("Class from"),
    "given_score": mark("Score given"),
    "hand_on": mark("Done on, by hand"),
    "isotonic": mark("Rising curve"),
    "is_done": mark("Done"),
    "is_high": mark("High contribution"),
    "is_overridden": mark("Written over"),
    "is_stale": mark("Stale"),
    "is_won": mark("Won"),
    "known_weight": mark("Weight known"),
    "last_answer_on": mark("Last answer"),
    "last_touch_on": mark("Last contact tried"),
    "learnt": mark("Odds × per deviation"),
    "learnt_from": mark("Learnt from"),
    "learnt_hi": mark("Odds ×, upper bound"),
    "learnt_lo": mark("Odds ×, lower bound"),
    "learnt_of": mark("Chances learnt from the deals of"),
    "median_file_age": mark("Median age of the files"),
    "model_closed": mark("Closed deals of the sales model with a rating"),
    "next_step": mark("Next step"),
    "obstacle": mark("What keeps it from signing"),
    "overridden": mark("Scores written over"),
    "own_score": mark("Score written"),
    "placed": mark("In a quadrant"),
    "points": mark("Points of the score"),
    "potential_basis": mark("Potential from"),
    "prior": mark("Before anything is known"),
    "prior_win_rate": mark("Win rate before anything is known"),
    "prospect_class": mark("Prospect class"),
    "prospect_quadrant": mark("Prospect quadrant"),
    "prospects": mark("Prospects"),
    "rated": mark("Rated"),
    "rated_closed": mark("Closed deals with a rating"),
    "rated_on": mark("Rated on"),
    "rated_won": mark("Of these won"),
    "realised": mark("Came true"),
    "realised_hi": mark("Realised, upper bound"),
    "realised_lo": mark("Realised, lower bound"),
    "rubric_weight": mark("Weight in the rubric"),
    "seen_in": mark("Shown by"),
    "signed_on": mark("Signed on"),
    "stale": mark("Stale files"),
    "stated": mark("Stated chance"),
    "stated_class": mark("Class by score"),
    "step": mark("Step"),
    "steps_done": mark("Steps done"),
    "undated_scores": mark("Scores without a date"),
    "unit_score": mark("Rated at"),
    "unrated_closed": mark("Closed deals without a rating"),
    "unrated_rate": mark("Chance without a rating"),
    "unrated_won": mark("Of these won, unrated"),
    "waiting": mark("Waiting for it"),
    "weight_share": mark("Share of the weight"),
    "written_on": mark("Written on"),
}

MONEY = frozenset({"contribution_cut"})

RATES = frozenset(
    {
        "average", "base", "chance_hi", "chance_lo", "effect", "isotonic", "known_weight", "points", "prior", "realised", "realised_hi",
        "realised_lo", "rubric_weight", "stated", "unit_score", "weight_share",
    }
)  # fmt: skip

COUNTS = frozenset(
    {
        "done", "judged", "model_closed", "overridden", "placed", "prospects", "rated", "rated_closed", "rated_won", "stale", "steps_done", "undated_scores",
        "unrated_closed", "unrated_won", "waiting",
    }
)  # fmt: skip
