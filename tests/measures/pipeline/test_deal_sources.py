"""Deals by where they came from: the choice narrows every answer about deals, and only these."""

import pytest

from data.errors import BadRequest
from measures.pipeline import chosen_deals, named_words
from measures.registry import ANSWERS, all_thresholds, complete
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as
from tests.measures.pipeline.pipelines import deals_store

PATHS = {
    "1": [("lead", 1), ("offer", 5), ("won", 9)],
    "2": [("lead", 1), ("offer", 6), ("lost", 20)],
    "3": [("lead", 2), ("lost", 30)],
    "4": [("lead", 40)],
    "5": [("lead", 41), ("offer", 50)],
}
DEALS = {
    "1": {"source": "Web", "expected_amount": 100}, "2": {"source": "web ", "expected_amount": 200, "lost_reason": "price"},
    "3": {"source": "Fair, Lima", "expected_amount": 400, "lost_reason": "time"}, "4": {"source": "Fair, Lima", "expected_amount": 800}, "5": {"expected_amount": 50},
}  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    return ask_as(deals_store(tmp_path_factory.mktemp("sources"), PATHS, DEALS))


def asked(ask, name: str, **overrides: object) -> dict:
    kind = ANSWERS[name]
    return complete(kind, ask, Filters(), cuts(all_thresholds(kind), overrides=overrides), lambda _kind: [])


def test_the_sources_to_choose_are_those_of_all_deals(ask) -> None:
    assert asked(ask, "deal_sources")["sources"].rows() == [("Fair, Lima", 2), ("Web", 2), ("", 1)]


def test_the_funnel_is_of_the_deals_of_the_chosen_sources(ask) -> None:
    found = asked(ask, "funnel", deal_sources="WEB")
    assert found["summary"].select("created", "won", "lost", "open", "won_value", "lost_value").row(0) == (2, 1, 1, 0, 100, 200)
    assert found["stages"].select("stage", "entered").rows() == [("lead", 2), ("offer", 2), ("won", 1)]
    assert found["flow"].select("open", "won", "lost").row(0) == (0, 1, 1)
    assert found["cohorts"]["entered"].sum() == 4
    assert found["deals"]["opportunity_id"].sort().to_list() == ["1", "2"]
    assert found["lost_reasons"]["lost_reason"].to_list() == ["price"]


def test_several_sources_add_up_and_a_deal_without_one_counts_where_it_is_chosen_or_none_is(ask) -> None:
    assert asked(ask, "funnel", deal_sources="web; fair, lima")["summary"]["created"].item() == 4
    assert asked(ask, "funnel", deal_sources="web; -")["summary"]["created"].item() == 3
    assert asked(ask, "funnel")["summary"]["created"].item() == 5


def test_deals_of_which_nobody_wrote_a_source_can_be_chosen_alone(ask) -> None:
    assert asked(ask, "funnel", deal_sources="-")["deals"]["opportunity_id"].to_list() == ["5"]
    assert asked(ask, "pipeline_forecast", deal_sources="-")["summary"].select("n", "open_value").row(0) == (1, 50)


@pytest.mark.parametrize("view", ["snapshot", "transitions"])
def test_every_view_of_the_funnel_is_narrowed(ask, view: str) -> None:
    stages = asked(ask, "funnel", view=view, deal_sources="fair, lima;")["stages"].filter(stage="lead").row(0, named=True)
    assert (stages["entered"], stages["value"]) == {"snapshot": (1, 800), "transitions": (2, 1200)}[view]


def test_the_forecast_is_of_the_open_deals_of_the_chosen_sources(ask) -> None:
    assert asked(ask, "pipeline_forecast", deal_sources="fair, lima;")["summary"].select("n", "open_value").row(0) == (1, 800)
    assert asked(ask, "pipeline_forecast")["summary"].select("n", "open_value").row(0) == (2, 850)


def test_a_source_with_a_comma_keeps_it() -> None:
    for named in (("Fair, Lima",), ("Web",), ("Web", "Fair, Lima"), ()):
        assert named_words.read(named_words.written(named)) == named
    assert named_words.read("web, fair") == ("web", "fair")


ODD = ("Fair; hall 3", "Fair", "-", ";-", "x;", ";", "Fair, Lima", "--", "İstanbul", "ΟΔΟΣ", "")
"""Each is the source of a deal of its own."""


@pytest.fixture(scope="module")
def ask_of_odd(tmp_path_factory):
    paths = {str(number): [("lead", 1)] for number, _source in enumerate(ODD)}
    return ask_as(deals_store(tmp_path_factory.mktemp("odd"), paths, {str(number): {"source": source or None} for number, source in enumerate(ODD)}))


def test_every_source_to_choose_gives_its_deals_and_no_others(ask_of_odd) -> None:
    assert set(asked(ask_of_odd, "deal_sources")["sources"].rows()) == {(source, 1) for source in ODD}
    for number, source in enumerate(ODD):
        found = asked(ask_of_odd, "funnel", deal_sources=chosen_deals.written([source]))
        assert found["deals"]["opportunity_id"].to_list() == [str(number)]


def test_all_sources_together_give_all_deals(ask_of_odd) -> None:
    assert chosen_deals.read(chosen_deals.written(ODD)) == ODD
    assert asked(ask_of_odd, "funnel", deal_sources=chosen_deals.written(ODD))["summary"]["created"].item() == len(ODD)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Web", ("Web",)), ("Web; -", ("Web", "")), ("Fair, Lima;", ("Fair, Lima",)), ("Web;Fair, Lima;", ("Web", "Fair, Lima")), ("-", ("",)), ("--", ("--",)),
        ('A "B"', ('A "B"',)), ("a\\b", ("a\\b",)),
    ],
)  # fmt: skip
def test_a_link_of_before_names_the_same_sources(text: str, sources: tuple[str, ...]) -> None:
    assert chosen_deals.read(text) == sources


def test_a_semicolon_of_a_sources_own_is_doubled_and_a_dash_has_one_before_it() -> None:
    assert chosen_deals.written(["Fair; hall 3"]) == "Fair;; hall 3"
    assert chosen_deals.written(["-", "Web", ""]) == ";;-; Web; -"


def test_an_answer_that_is_not_about_deals_takes_no_source() -> None:
    with pytest.raises(BadRequest):
        cuts(ANSWERS["overview"].thresholds, overrides={"deal_sources": "web"})
