"""Where an account stands in its life cycle (methods.md section 4), from its sales alone."""

from collections.abc import Mapping

from measures.thresholds import Cuts

PROSPECT, FIRST_ORDER, ACTIVE, AT_RISK, LOST = "prospect", "first_order", "active", "at_risk", "lost"
STAGES = (PROSPECT, FIRST_ORDER, ACTIVE, AT_RISK, LOST)

FIRST_MONTHS = 1
"""A customer that bought in one month only has not bought again yet."""


def life_stage(profile: Mapping[str, object], cuts: Cuts) -> str:
    """prospect, first_order, active, at_risk or lost. `profile` needs days_since_last_sale and months_with_sales."""
    silent = profile["days_since_last_sale"]
    if silent is None:
        return PROSPECT
    if silent > cuts["lost_days"]:
        return LOST
    if silent > cuts["silent_days"]:
        return AT_RISK
    return FIRST_ORDER if (profile["months_with_sales"] or 0) <= FIRST_MONTHS else ACTIVE
