"""The portfolio's worklist: source 003's actions per quadrant, taken on by somebody until a date."""

import streamlit as st

from charts import labels
from charts.findings.customers.quadrant_views import worklist as sentence
from data.language import _
from measures.customers.portfolio_quadrants import QUADRANTS, PortfolioQuadrants
from measures.customers.quadrant_actions import ACTIONS, KIND
from pages.parts import worklist

PLAY = worklist.Play(KIND, "work", ACTIONS, labels.quadrant)


def show(answer: PortfolioQuadrants) -> str:
    """The quadrant's play and the form, then what is open. Returns the finding."""
    quadrant = st.segmented_control(
        _("Quadrant"), QUADRANTS, default="EII", key="work_quadrant", format_func=labels.quadrant, required=True, label_visibility="collapsed"
    )
    return sentence(worklist.show(PLAY, quadrant, answer.accounts))
