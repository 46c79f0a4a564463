"""The development plan drawn and told: funnel plot, channel, and the findings to the letter."""

from datetime import date

import polars as pl
import pytest

from charts.findings.team import development_plan as findings
from charts.team.channel import channel, path_text
from charts.team.funnel_plot import STEPS, funnel_plot
from data import language
from measures.team.development_plan import DevelopmentPlan
from measures.team.plan_tables import PEOPLE_SCHEMA
from tests.charts.programme_shapes import PATHS, SEEN

NONE = pl.DataFrame()
SUMMARY = {
    "as_of": date(2026, 1, 1), "planned_visits": 10.0, "visits": 8, "adherence": 0.8, "planned_developments": 4.0, "developments": 3, "alive": 8, "gone": 2, "not_seen": 3,
    "alive_rate": 0.8, "alive_low": 0.49, "alive_high": 0.94, "beyond": 5, "beyond_rate": 0.5,
}  # fmt: skip


def told(*people: dict, **changed: object) -> DevelopmentPlan:
    rows = pl.DataFrame([{name: row.get(name) for name in PEOPLE_SCHEMA} for row in people], schema=PEOPLE_SCHEMA)
    return DevelopmentPlan(rows, NONE, NONE, NONE, NONE, NONE, pl.DataFrame([SUMMARY | changed]))


def test_few_new_accounts_lie_within_wide_limits_and_many_outside_narrow_ones() -> None:
    drawn = funnel_plot(SEEN, common=0.6, trials_title="n", rate_title="rate").frame
    people = drawn.filter(part="person")
    assert people.select("name", "tone").rows() == [("Eva", "plain"), ("Fe", "worse")]
    assert people["low"].to_list()[1] == pytest.approx(0.408, abs=5e-4)
    assert (drawn.filter(part="inner").height, drawn.filter(part="common")["line"].to_list()) == (STEPS, ["all together: 60%"])


def test_a_path_is_read_from_us_on() -> None:
    assert path_text("distributor > wholesaler > outlet") == "Distributor → Wholesaler → Outlet"
    assert channel(PATHS).frame["label"].to_list() == ["2 · 40% · 100% visited", "3 · 60% · 33% visited"]


def test_the_finding_says_visits_developments_and_what_still_buys() -> None:
    assert findings.sentence(told()) == "80% of the planned visits were made; 3 of 4 planned developments were won; 80% of the new accounts still buy (49% to 94%)"
    assert findings.sentence(told(planned_developments=0.0, alive_rate=None)) == "80% of the planned visits were made"
    assert findings.sentence(told(planned_visits=0.0, planned_developments=0.0)) == "No plan of the period has a complete month yet"


def test_who_lies_outside_the_limits_is_named() -> None:
    below = {"salesperson": "Eva", "plan_verdict": "below_limits", "alive_verdict": "below_limits"}
    assert findings.people_sentence(told(below)) == "1 person lies below what chance explains under the plan: Eva"
    assert findings.people_sentence(told()) == "Nobody is below their planned developments by more than chance explains"
    slow = {"salesperson": "Fe", "adherence": 0.5, "adherence_low": 0.3, "adherence_high": 0.7}
    assert findings.people_sentence(told(below, slow)).endswith(": Eva; 1 person makes surely fewer of the planned visits than all together: Fe (50%)")
    assert findings.life_sentence(told(below)) == "8 of 10 new accounts that were looked at still buy; at 3 nobody looked; fewer than chance explains at Eva"
    assert findings.life_sentence(told(alive_rate=None)) == "No new account is old enough, or nobody looked whether it still buys"


def test_what_lies_beyond_and_who_is_next() -> None:
    assert findings.channel_sentence(told(), 2) == "5 accounts lie beyond level 2: 50% of all"
    rows = pl.DataFrame({"account": ["A", "B"], "outlets_under": [7, 3], "competitor_year": [3000.0, 1000.0]})
    assert findings.candidates_sentence(rows, "wholesaler") == "2 wholesalers are worth winning; A has 7 outlets under it"
    assert findings.candidates_sentence(rows, "outlet") == "2 outlets buy €4K a year of competitors; A alone €3K"
    assert findings.candidates_sentence(rows.clear(), "outlet").startswith("No candidate is known")


def test_the_finding_is_spanish_in_spanish() -> None:
    language.use("es", "EUR")
    assert findings.sentence(told(alive_rate=None)) == "Se hizo el 80\xa0% de las visitas previstas; se lograron 3 de 4 desarrollos previstos"
