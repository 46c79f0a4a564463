"""A page makes each stage of the prospects once: what was moved gives the same figures as asked for the first time, and not those of before."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from data.language import use
from data.store import Store
from measures.pipeline import prospect_ratings, prospect_stages
from measures.pipeline.prospects import THRESHOLDS, Prospects, answer, with_records
from measures.registry import tables
from measures.thresholds import cuts
from queries.cache import caching_asker
from queries.filters import Filters
from queries.runner import Ask
from tests.builders import EVERYBODY, ask_as
from tests.measures.pipeline.prospecting import account, deal, scored, store_of, told, written

MOVED = {
    "intention_cut": 0.05, "prospect_cut": 0.2, "file_days": 200, "target_wallet": 0.5,
    "rubric_network": 0.9, "rubric_least": 0.95, "rubric_scale": "five", "class_b_from": 0.7, "class_b_prior": 0.45,
    "class_prior_deals": 20, "platt_deals": 5, "rating_days": 0, "prior_win_rate": 0.6, "won_stages": "offer",
    "deal_kinds": "wholesaler",
}  # fmt: skip
"""One threshold of every stage at least, moved so far that a figure changes."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Eight prospects of two regions, six of them rated, with closed deals of each class; one is rated late, one sells for others."""
    rated = {"P1": 80, "P2": 10, "P3": 80, "P4": 10, "P5": 55, "P6": 60}
    partly = [row | {"score": 30.0} if row["indicator"] == "network" else row for row in scored("P5", 55)]
    scores = [*(scored(name, score) for name, score in rated.items() if name not in ("P5", "P6")), partly, scored("P6", 60, date(2025, 3, 4), of=7)]
    ends = {"P1": "won", "P2": "lost", "P3": "lost", "P4": "lost", "P5": "won", "P6": "lost", "P7": "won", "P8": "lost"}
    deals = [deal(f"{name} closed", name, date(2025, 3, 1), end) for name, end in ends.items()]
    open_deals = [deal(f"{name} open", name, date(2025, 9, 1), expected_amount=5_000.0) for name in ("P2", "P7")]
    listed = [account(name, "N" if name in ("P1", "P2", "P5", "P7") else "S") | ({"kind": "wholesaler"} if name in ("P3", "P6") else {}) for name in ends]
    wallet = [told("P1", 10_000), told("P1", 4_000, month=11), told("P3", 100), told("P4", 50), told("P5", 900)]
    return store_of(tmp_path_factory.mktemp("stages"), listed, scores, [*deals, *open_deals], wallet=wallet)


def asked(ask: Ask, filters: Filters | None = None, **moved: object) -> Prospects:
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=moved))


def same(one: Prospects, other: Prospects) -> bool:
    return all(frame.equals(tables(other)[name]) for name, frame in tables(one).items())


def test_where_nobody_wrote_anything_the_answer_is_the_one_that_was_given_before(store: Store) -> None:
    found = asked(caching_asker(store.reader(), EVERYBODY))
    assert with_records(found, [], cuts(THRESHOLDS)) is found


@pytest.mark.parametrize("name", MOVED)
def test_a_moved_cut_counts_on_a_page_that_showed_another_value(store: Store, name: str) -> None:
    ask = caching_asker(store.reader(), EVERYBODY)
    before = asked(ask)
    moved = asked(ask, **{name: MOVED[name]})
    assert not same(moved, before)
    assert same(moved, asked(ask_as(store), **{name: MOVED[name]}))
    assert same(asked(ask), before)


def test_filters_and_viewers_have_stages_of_their_own(store: Store) -> None:
    reader = store.reader()
    lead = Viewer("lead@example.com", "Lead", "lead", ("S",))
    readings = [(viewer, filters) for viewer in (EVERYBODY, lead) for filters in (Filters(), Filters(to_date=date(2025, 4, 1)), Filters(region_ids=("N",)))]
    for viewer, filters in readings:
        asked(caching_asker(reader, viewer), filters)
    for viewer, filters in readings:
        assert same(asked(caching_asker(reader, viewer), filters), asked(ask_as(store, viewer), filters)), (viewer.name, filters)


def test_where_all_regions_stand_tells_where_some_do(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ask, some = caching_asker(store.reader(), EVERYBODY), Filters(region_ids=("N",))
    asked(ask)
    anew = asked(ask_as(store), some)
    monkeypatch.setattr(prospect_stages, "with_chances", None)
    assert anew.prospects["account_id"].sort().to_list() == ["P1", "P2", "P5", "P7"]
    assert same(asked(ask, some), anew)


@pytest.mark.parametrize(
    ("topic", "content"),
    [("scores", {"scores": {"strength": 5.0}, "reason": "Met them"}), ("steps", {"steps": {"trust": "2025-12-01"}}), ("obstacle", {"obstacle": "Waits for its board"})],
)
def test_what_people_write_counts_and_leaves_what_is_cached_as_it_was(store: Store, topic: str, content: dict) -> None:
    ask, chosen = caching_asker(store.reader(), EVERYBODY), cuts(THRESHOLDS)
    before = asked(ask)
    found = with_records(before, [written(topic, "P1", **content)], chosen)
    assert not same(found, before)
    assert same(found, with_records(asked(ask_as(store)), [written(topic, "P1", **content)], chosen))
    assert same(asked(ask), before)


def test_sentences_are_in_the_language_of_who_asks_whoever_asked_before(store: Store) -> None:
    ask = caching_asker(store.reader(), EVERYBODY)
    english = asked(ask).prospects["sentence"]
    use("es")
    assert not asked(ask).prospects["sentence"].equals(english)


def test_a_cut_of_the_map_learns_nothing_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = caching_asker(store.reader(), EVERYBODY)
    learnt: list[pl.DataFrame] = []
    real = prospect_ratings.ratings
    monkeypatch.setattr(prospect_stages, "ratings", lambda learning, notes, own: learnt.append(notes) or real(learning, notes, own))
    counted = []
    for moved in ({}, {"intention_cut": 0.1, "target_wallet": 0.5, "file_days": 30}, {"rubric_network": 0.9}):
        asked(ask, class_d_prior=0.12, **moved)
        counted.append(len(learnt))
    assert counted == [1, 1, 2]
