"""What to do in each quadrant: the actions of source 003, for the worklist.

Each action has a code that the journal keeps and words for people. What the source leaves open is marked as ours.
"""

from dataclasses import dataclass

from data.language import mark

KIND = "quadrant_action"
"""The journal's kind of an action that somebody took on: {action, quadrant, owner, due_on, note}."""

VERDICT_KIND = "settlement"
"""The journal's kind of a judgement on an account's settlement: {is_hard_to_change, note}."""


@dataclass(frozen=True)
class Action:
    """One thing to do with an account of the quadrant. `text` is a message to translate; `source` is 003, or `ours`."""

    code: str
    quadrant: str
    text: str
    source: str = "003"


ACTIONS = (
    Action("complaints", "EI", mark("Solve open problems and complaints at once")),
    Action("community", "EI", mark("Tie interests together: a common plan for its growth")),
    Action("advise", "EI", mark("Advise it as its business consultant")),
    Action("resources", "EI", mark("Give resources for its growth")),
    Action("new_products", "EI", mark("Place new products beside the old ones")),
    Action("find_cause", "EII", mark("Find why it wavers: product, service, competitor or its own interest")),
    Action("switching_cost", "EII", mark("Calculate with it what switching costs")),
    Action("loyalty", "EII", mark("Offer the loyalty programme: year-end rebate, reward for volume")),
    Action("advantages", "EII", mark("Show what our products bring to its own customers")),
    Action("listen", "EII", mark("Listen, report what displeases, and mend it")),
    Action("visits", "EIII", mark("Visit it regularly")),
    Action("analysis", "EIII", mark("Analyse its business with it")),
    Action("advertising", "EIII", mark("Help with advertising")),
    Action("display", "EIII", mark("Help with the display")),
    Action("development", "EIII", mark("Help it develop customers")),
    Action("promotions", "EIII", mark("Help with promotions")),
    Action("settle", "EIV", mark("Settle the account: effort against return, present and future")),
    Action("change", "EIV", mark("Try to change it: terms, order size, rhythm"), "ours"),
    Action("let_go", "EIV", mark("Let it go: effort exceeds return and it is hard to change")),
)


def verdict(net_result: float | None, is_hard_to_change: bool | None) -> str:
    """What source 003 says of the account: `keep`, `change` first, `let_go`; `judge` while nobody said if it can change; `unknown`."""
    if net_result is None:
        return "unknown"
    if net_result >= 0:
        return "keep"
    if is_hard_to_change is None:
        return "judge"
    return "let_go" if is_hard_to_change else "change"
