"""The portfolio's worklist: source 003's actions per quadrant, taken on by somebody until a date."""


from charts import labels
from charts.findings.customers.quadrant_views import worklist as sentence
from data.language import _
from measures.customers.portfolio_quadrants import QUADRANTS, PortfolioQuadrants
from measures.customers.quadrant_actions import ACTIONS, KIND
from pages.parts import tabs, worklist

PLAY = worklist.Play(KIND, "work", ACTIONS, labels.quadrant)


def show(answer: PortfolioQuadrants) -> str:
    """The quadrant's play and the form, then what is open. Returns the finding."""
    quadrant = tabs.choose(_("Quadrant"), {code: labels.quadrant(code) for code in QUADRANTS}, key="work_quadrant", name="work", default="EII")
    return sentence(worklist.show(PLAY, quadrant, answer.accounts))
