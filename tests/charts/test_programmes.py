"""Programmes drawn and told: ranges, effect by month, relationship spending, and the findings to the letter."""

from datetime import date

import polars as pl
import pytest

from charts.findings.trade import programmes as findings
from charts.forest import forest
from charts.trade.effect_months import effect_months
from charts.trade.relationship import LIMITS, relationship
from data import language
from measures.trade.programmes import Programmes
from measures.trade.relationship_spending import EFFECT_SCHEMA, RelationshipSpending
from tests.charts.programme_shapes import CELLS, CURVE, ROWS, TAKEN_OUT

SUMMARY = {
    "as_of": date(2026, 11, 1), "has_programmes": True, "programmes": 6, "pays_back": 1, "loses": 2, "unclear": 1, "insufficient": 2, "cost": 900.0, "cost_here": 900.0,
    "judged_cost": 700.0, "extra_margin": 300.0, "extra_margin_low": 100.0, "extra_margin_high": 500.0, "payback": 0.4, "no_effect": 2, "no_effect_cost": 300.0,
    "lost_cost": 400.0,
}  # fmt: skip
KINDS = pl.DataFrame({"kind": ["display"], "payback": [2.3], "payback_low": [1.1]})
CUTS = pl.DataFrame({"why": ["no_effect", "less_than_cost"], "cost_here": [300.0, 100.0]})
TOUCHES = pl.DataFrame(
    [("trip", "during", 10), ("trip", "after", 1), ("training", "during", 10), ("training", "after", 9)], schema={"kind": pl.String, "phase": pl.String, "accounts": pl.Int64}, orient="row"
)
NONE = pl.DataFrame()


def told(kinds: pl.DataFrame = KINDS, cuts: pl.DataFrame = CUTS, touches: pl.DataFrame = TOUCHES, programmes: pl.DataFrame = NONE, **changed: object) -> Programmes:
    return Programmes(programmes, kinds, NONE, touches, NONE, cuts, pl.DataFrame([SUMMARY | changed]))


def test_a_range_that_leaves_the_picture_ends_at_its_edge() -> None:
    drawn = forest(ROWS, title="Pay-back", lines=((1.0, "pays back"),), domain=(-2.0, 5.0)).frame.filter(part="row")
    assert drawn.select("low", "value", "high", "beyond_low", "beyond_high", "is_inside").rows() == [
        (-2.0, 0.2, 0.9, True, False, True), (1.5, 5.0, 5.0, False, True, False), (None, 0.5, None, None, None, True),
    ]  # fmt: skip


def test_months_of_which_nothing_is_known_are_not_drawn_and_pale_ones_are_unsure() -> None:
    drawn = effect_months(CURVE).frame
    assert drawn.select("offset", "is_sure", "range_text").rows() == [(-1, False, "-5.0% … +7.0%"), (0, True, "+20.0% … +40.0%")]


def test_a_change_beyond_the_edge_lies_on_it_and_the_corners_say_their_money() -> None:
    drawn = relationship(TAKEN_OUT, CELLS, spending_cut=50.0, change_cut=0.1).frame
    assert drawn.filter(part="account")["shown"].to_list() == [LIMITS[1]]
    assert drawn.filter(part="corner")["corner_text"].to_list()[0] == "1 account · €80 · ×30"


def test_the_finding_counts_what_paid_back_and_names_the_kind_that_surely_does() -> None:
    assert findings.sentence(told()) == (
        "Of 6 programmes for €900, 1 paid back, 2 did not pay back and 1 cannot be told from chance; display brought 2.3 of margin for each unit of cost"
    )
    assert findings.sentence(told(KINDS.with_columns(payback_low=0.9), pays_back=0, unclear=0)) == "Of 6 programmes for €900, 2 did not pay back"


def test_the_finding_says_when_nothing_can_be_judged() -> None:
    assert findings.sentence(told(insufficient=6)) == (
        "Of 6 programmes none can be judged yet: too few accounts took part, or too little time has passed"
    )


def test_who_cannot_know_the_cost_reads_what_was_sold() -> None:
    rows = pl.DataFrame({"status": ["ok", "ok", "insufficient"], "uplift_low": [5.0, -5.0, None]})
    assert findings.sentence(told(programmes=rows, pays_back=0, loses=0, unclear=0)) == "After 1 of 6 programmes your accounts surely bought more than naturally"


def test_what_can_be_questioned_and_what_nobody_asked_after() -> None:
    assert findings.cuts_sentence(told()) == "2 programmes for €400 can be questioned; €100 of it brought more sales, but less margin than it cost"
    assert findings.cuts_sentence(told(cuts=CUTS.clear())) == "No programme has to be questioned"
    assert findings.touches_sentence(told()) == "For 20 accounts reached, 10 were spoken with afterwards; least often for “trip”: 10%"
    assert findings.touches_sentence(told(touches=TOUCHES.filter(phase="after"))) == "No activity names a programme while it ran"


@pytest.mark.parametrize(("lasting", "text"), [(1, "Price action: +30.0% in the first month, gone after 1 month"), (0, "Price action: +30.0% in the first month, which cannot be told from natural sales")])
def test_how_long_it_lasts(lasting: int, text: str) -> None:
    assert findings.life_sentence("price", CURVE, lasting) == text
    assert findings.life_sentence("price", CURVE.filter(pl.col("offset") > 0), lasting) == "Price action: nothing can be said yet"


def relation(**summary: object) -> RelationshipSpending:
    effects = pl.DataFrame(
        [("visits", 0.03, 0.02, 0.04, 0.0, 900, 40, "ok"), ("events", 0.01, -0.02, 0.04, 0.4, 900, 40, "ok")], schema=EFFECT_SCHEMA, orient="row"
    )
    about = {"accounts": 5, "spending": 1000.0, "change_rate": 0.02, "other_change": 0.05} | summary
    return RelationshipSpending(NONE, NONE, effects, pl.DataFrame([about]))


def test_being_together_against_visits() -> None:
    assert findings.relationship_sentence(relation()) == (
        "5 accounts got €1K of events and changed by +2.0%, the others without any by +5.0%; a visit went with +3.0% in the next month; events cannot be told from chance"
    )
    assert findings.relationship_sentence(relation(accounts=0)) == "Nothing was spent on being together with accounts in these twelve months"


def test_the_findings_are_spanish_in_spanish() -> None:
    language.use("es", "EUR")
    assert findings.sentence(told()).startswith("De 6 programas por 900\xa0€, 1 se recuperó, 2 no se recuperaron y 1 no se distingue del azar; exhibición dejó 2,3")


def test_programmes_after_which_nobody_surely_bought_more_are_told_without_a_nought() -> None:
    rows = pl.DataFrame({"status": ["ok", "ok"], "uplift_low": [-0.1, 0.0]})
    assert findings.sentence(told(programmes=rows, pays_back=0, loses=0, unclear=0)) == "Of 6 programmes none shows surely that your accounts bought more than naturally"
