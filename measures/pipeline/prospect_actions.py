"""What to do with the prospects of each quadrant: source 003's plays for PI and PII; it is silent on PIII and PIV, where they are ours."""

from data.language import mark
from measures.customers.quadrant_actions import Action

KIND = "prospect_action"
"""The journal's kind of an action that somebody took on: {action, quadrant, owner, due_on, note}."""

QUADRANTS = ("PI", "PII", "PIII", "PIV")
OURS = frozenset({"PIII", "PIV"})
"""Quadrants whose strategy the source does not give."""

STRATEGIES = {
    "PI": mark("Break through now"), "PII": mark("Cultivate"), "PIII": mark("Take along (ours)"), "PIV": mark("Keep on file (ours)"),
}  # fmt: skip

PLAYS = {
    "PI": mark("They want to sign: do it as soon as possible. Find what still keeps each from signing, clear it away, and show what waiting costs it."),
    "PII": mark("They could be large, but don't want to yet. Prepare early and stay at it; against each reason for a low intention its own remedy."),
    "PIII": mark("They would sign but bring little: a standard offer, by telephone or through a distributor nearby, without visits of their own."),
    "PIV": mark("Neither large nor keen: keep the file, look at it once in half a year, and spend no visit before intention or potential rises."),
}
"""The play of each quadrant in a sentence."""

ACTIONS = (
    Action("obstacle", "PI", mark("Find why it has not signed, and clear that away")),
    Action("key_people", "PI", mark("Serve better, and tie relations to the people who decide")),
    Action("superior", "PI", mark("Show what the product does better and what it brings")),
    Action("delay", "PI", mark("Show what each day of delay costs it")),
    Action("personal", "PII", mark("Does not know us: a personal relation first, then our strengths and what the product brings it")),
    Action("trial", "PII", mark("Fears the change: go through the risks one by one, and offer a trial")),
    Action("service_first", "PII", mark("A competitor is stronger: win trust by service first; price comes last")),
    Action("early_plan", "PII", mark("Prepare early: a plan of its own, the right product, patience")),
    Action("standard_offer", "PIII", mark("Send the standard offer and take the order by telephone"), "ours"),
    Action("hand_on", "PIII", mark("Hand it on to a distributor nearby"), "ours"),
    Action("look_again", "PIV", mark("Look at it again in half a year"), "ours"),
    Action("leave", "PIV", mark("Close the file: no potential, no intention"), "ours"),
)
