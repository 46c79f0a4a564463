"""Which accounts that never bought to break through with, which to cultivate, which to leave? Helps a sales manager spend the team's time.

Answers coverage.md's numbers 34 (expected contribution × intention, weighted indicators plus judgement), 35 (what to do in PI to PIV), 37
(the steps with a future customer, files kept fresh) and 50 (A to D by likelihood of closing).
"""

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.findings.pipeline.prospects import sentence
from charts.pipeline import prospect_words
from data.language import _
from measures.pipeline.prospect_rubric import WEIGHTS
from pages.parts import answers, cuts, dates, explain, filter_bar, frame, states, tabs
from pages.parts.pipeline import deal_choice, prospect_detail, prospect_map, prospect_notes, prospect_views

CUTS = {
    "map": ("intention_cut", "prospect_cut", "target_wallet"),
    "chances": ("class_a_from", "class_b_from", "class_c_from", "rating_days"),
    "steps": ("file_days",),
    "rubric": (*WEIGHTS, "rubric_least", "rubric_scale"),
}
"""The thresholds that each view moves; what was moved in one holds in the others."""

LINES = len(WEIGHTS)
"""How many controls stand in lines of four."""

MODEL_WIDTH = 360
"""Pixels of the choice of a sales model; a container that holds nothing leaves no gap, as columns would."""

METRICS = {"chances": ("brier", "brier_skill", "stated_rate", "realised_rate"), "rubric": ("rubric_score",), "steps": ("file_age_days",)}


def chosen_view() -> str:
    """Which view is open; it lives in the address."""
    views = {
        "map": _("Map"), "one": _("One prospect"), "chances": _("Chances"), "steps": _("Steps"), "strategies": _("Strategies"), "rubric": _("Rubric"),
        "deals": _("Deals"),
    }  # fmt: skip
    prospect_detail.take_wanted()
    return tabs.choose(_("View"), views, key=prospect_detail.VIEW, name="view")


def controls(view: str) -> None:
    """The thresholds that the view moves."""
    shown = CUTS.get(view, ())
    with st.columns(4)[0] if len(shown) == 1 else st.container():
        cuts.choose("prospects", shown[:LINES], columns=4)
        # What is left of a long list has wider words.
        cuts.choose("prospects", shown[LINES:], columns=2)


def caption(place: DeltaGenerator, total: dict[str, object]) -> None:
    """Which sales model the deals are read by, and whose deals the chances were learnt from."""
    said = (deal_choice.caption("prospects"), prospect_words.whose(total, int(chosen["platt_deals"])))
    if any(said):
        place.caption(" ".join(filter(None, said)))


def open_deals() -> pl.DataFrame:
    """The largest open deals; one view alone shows them."""
    return answers.with_records("prospect_deals", filters, chosen, written).deals


states.need_store()
filters = filter_bar.current()
head = st.container()
with st.container(width=MODEL_WIDTH):
    deal_choice.model("prospects")
said = st.container()
# What is drawn before the answer is asked for, the browser draws while it is made.
with states.controls() as room:
    view = chosen_view()
    controls(view)
chosen = cuts.chosen("prospects", [name for names in CUTS.values() for name in names])
written = prospect_notes.records()
answer = answers.with_records("prospects", filters, chosen, written)
total = answer.summary.row(0, named=True) if answer.summary.height else {"as_of": None, "model_closed": None}
caption(said, total)
finding = sentence(answer)
with head:
    frame.head(_("Prospects"), finding, dates.on(total["as_of"]))
    if not answer.prospects.is_empty():
        prospect_map.metric_row(answer)
if answer.prospects.is_empty():
    room.empty()
    if open_deals().is_empty():
        states.empty(
            _("There is no prospect here"),
            _("A prospect is an account without an order: everybody in this selection has bought, and no deal is open."),
            _("Import accounts that have not bought yet, with what they buy elsewhere (wallet) and how you rate them (prospect_scores); or take a filter off."),
        )  # fmt: skip
        st.stop()
    # Where everybody has bought, all that is left to say is how likely the open deals are.
    view = "deals"
if view == "map":
    prospect_map.show(answer, chosen, finding, written)
elif view == "one":
    prospect_detail.choose(answer, written)
elif view == "deals":
    prospect_views.deals(answer, open_deals())
else:
    getattr(prospect_views, view)(answer)
explain.panel(
    ("expected_contribution", "intention", "delay_cost", *METRICS.get(view, ())), chosen,
    ((_("Prospects"), answer.prospects.height), (_("Rated"), answer.summary["rated"].item()), (_("In a quadrant"), answer.summary["placed"].item())),
)  # fmt: skip
