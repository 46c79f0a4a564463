"""A closed deal is closed: an end whose date can't be is dated by the deal's closing date, and the import says so."""

import itertools
from collections.abc import Callable

import pytest

from data.imports.result import ImportResult
from data.imports.run import import_files
from data.journal import Journal
from measures.pipeline import contradicting_deals
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as
from tests.data.imports.conftest import counts, rows

DEALS = "opportunity_id,created_on,closed_on\n"
EVENTS = "opportunity_id,stage,entered_on\n"
LAST = "select opportunity_id, last_stage, last_on::varchar from stage_spells where left_on is null order by 1"


@pytest.fixture
def deals(load: Callable[..., ImportResult], write: Callable[..., object], store) -> Callable[[str, str], ImportResult]:
    """deals(lines of opportunities, lines of stage_events) imports both into a store with sales."""
    load("1,2026-03-04,A1,P1,2,10.00\n")
    return lambda own, events: import_files([write("opportunities.csv", DEALS + own), write("stage_events.csv", EVENTS + events)], store)


def test_an_end_dated_before_other_stages_counts_on_the_closing_date(deals, store):
    result = deals("O1,2026-03-01,2026-05-03\nO2,2026-03-01,2026-04-01\n", "O1,lead,2026-03-01\nO1,won,2026-01-03\nO2,lead,2026-03-01\nO2,Lost,2026-04-01\n")
    assert rows(store, LAST) == [("O1", "won", "2026-05-03"), ("O2", "Lost", "2026-04-01")]
    assert counts(result, "stage_events") == (4, 4, 0)
    assert [said for said in result.notices if "closing date" in said] == [
        "1 deal was won or lost before other stages that it entered, but closed later by its own closing date: its end counts on that date: O1"
    ]


def test_the_last_of_several_impossible_ends_moves(deals, store):
    deals("O1,2026-03-01,2026-05-03\n", "O1,lead,2026-03-01\nO1,lost,2026-01-03\nO1,won,2026-01-05\n")
    assert rows(store, LAST) == [("O1", "won", "2026-05-03")]
    assert rows(store, "select stage, entered_on::varchar from stage_events order by 2") == [
        ("lost", "2026-01-03"), ("lead", "2026-03-01"), ("won", "2026-05-03"),
    ]  # fmt: skip


def test_all_words_of_an_impossible_end_move_and_no_earlier_end(deals, store):
    own = "O1,2026-01-01,2026-05-03\nO2,2026-01-01,2026-05-03\n"
    first = "O1,won,2026-01-03\nO1,closed won,2026-01-05\nO1,lead,2026-03-01\n"
    deals(own, f"{first}O2,won,2026-01-03\nO2,lead,2026-02-01\nO2,closed won,2026-02-05\nO2,lead,2026-04-01\n")
    assert rows(store, "select opportunity_id, stage, entered_on::varchar from stage_events order by 1, 3, 2") == [
        ("O1", "lead", "2026-03-01"), ("O1", "closed won", "2026-05-03"), ("O1", "won", "2026-05-03"),
        ("O2", "won", "2026-01-03"), ("O2", "lead", "2026-02-01"), ("O2", "lead", "2026-04-01"), ("O2", "closed won", "2026-05-03"),
    ]  # fmt: skip


def test_a_deal_that_came_back_after_its_closing_date_is_open(deals, store):
    result = deals("O1,2026-03-01,2026-05-03\n", "O1,lead,2026-03-01\nO1,won,2026-05-03\nO1,lead,2026-06-01\n")
    assert rows(store, LAST) == [("O1", "lead", "2026-06-01")]
    assert not [said for said in result.notices if "closing date" in said]


def test_a_closing_date_without_an_end_is_told_and_leaves_the_deal_open(deals, store):
    result = deals("O1,2026-03-01,2026-05-03\nO2,2026-03-01,\n", "O1,lead,2026-03-01\nO2,lead,2026-03-01\n")
    assert rows(store, LAST) == [("O1", "lead", "2026-03-01"), ("O2", "lead", "2026-03-01")]
    assert "1 deal has a closing date, but no stage says that it was won or lost: it counts as open: O1" in result.notices


def test_an_end_before_all_other_stages_that_no_closing_date_settles_is_told(deals, store):
    result = deals("O1,2026-03-01,\nO2,2026-03-01,\n", "O1,lead,2026-03-01\nO1,won,2026-01-03\nO2,lead,2026-03-01\nO2,won,2026-03-05\nO2,lead,2026-03-09\n")
    assert rows(store, LAST) == [("O1", "lead", "2026-03-01"), ("O2", "lead", "2026-03-09")]
    assert "1 deal was won or lost before all its other stages, and no closing date settles it: it counts as open, and Data quality lists it: O1" in result.notices


def test_the_import_tells_of_as_many_contradicting_deals_as_data_quality_lists(deals, store):
    """Every path of four stages on three days, the second and third stage on one day."""
    paths = ["".join(path) for path in itertools.product("low", repeat=4)]
    names, dates = {"l": "lead", "o": "lost", "w": "won"}, ("2026-03-01", "2026-03-05", "2026-03-05", "2026-03-09")
    events = "".join(f"{path},{names[stage]},{on}\n" for path in paths for stage, on in zip(path, dates, strict=True))
    result = deals("".join(f"{path},2026-03-01,\n" for path in paths), events)
    listed = contradicting_deals.answer(ask_as(store), Filters(), cuts(contradicting_deals.THRESHOLDS)).contradicting_deals
    assert listed["opportunity_id"].sort().to_list() == sorted(path for path in paths if path[0] != "l" and path[3] == "l")
    assert [said.split()[0] for said in result.notices if "Data quality lists" in said] == [str(listed.height)] == ["18"]


def test_a_companys_own_word_for_an_end_is_one(deals, store):
    Journal(store.journal_path).save_setting("won_stages", "Firmado", by="a@b.example")
    result = deals("O1,2026-03-01,2026-05-03\n", "O1,lead,2026-03-01\nO1,Firmado ,2026-01-03\n")
    assert rows(store, LAST) == [("O1", "Firmado", "2026-05-03")]
    assert not [said for said in result.notices if "no stage says" in said]


def test_a_deal_that_ends_on_the_day_of_its_last_stage_has_ended_in_a_companys_own_words_too(deals, store):
    Journal(store.journal_path).save_setting("lost_stages", "przegrana", by="a@b.example")
    early = "O1,szansa,2026-03-01\nO1,Przegrana,2026-03-02\n"
    deals("O1,2026-03-01,\nO2,2026-03-01,\n", early + "O2,szansa,2026-03-01\nO2,oferta,2026-04-20\nO2,Przegrana,2026-04-20\n")
    assert rows(store, LAST) == [("O1", "Przegrana", "2026-03-02"), ("O2", "Przegrana", "2026-04-20")]


def test_the_closing_date_that_a_later_file_brings_settles_an_earlier_end(deals, store, write):
    deals("O1,2026-03-01,\n", "O1,lead,2026-03-01\nO1,won,2026-01-03\n")
    assert rows(store, LAST) == [("O1", "lead", "2026-03-01")]
    import_files([write("opportunities.csv", DEALS + "O1,2026-03-01,2026-05-03\n")], store)
    assert rows(store, LAST) == [("O1", "won", "2026-05-03")]


def test_stages_that_are_written_in_several_ways_are_told_and_ends_are_not(deals, store):
    result = deals(
        "O1,2026-03-01,\nO2,2026-03-01,\n",
        "O1,Visita,2026-03-01\nO1,Oferta,2026-03-04\nO1,Won,2026-03-09\nO2,VISITA,2026-03-01\nO2,visita,2026-03-02\nO2,won,2026-03-09\n",
    )
    told = [said for said in result.notices if "several ways" in said]
    assert told == ["1 stage is written in several ways, and each counts as a stage of its own: VISITA, Visita, visita. A mapping's values make them one."]


def test_a_mapping_makes_stages_that_are_written_in_several_ways_one(load, write, store):
    load("1,2026-03-04,A1,P1,2,10.00\n")
    mapping = write("one.toml", 'name = "one"\n[[tables]]\ntable = "stage_events"\nfile = "stage_events.csv"\n[tables.columns]\nopportunity_id = "opportunity_id"\n'
                    'stage = { source = "stage", values = { visita = "Visita" } }\nentered_on = "entered_on"\n')  # fmt: skip
    files = [write("opportunities.csv", DEALS + "O1,2026-03-01,\n"), write("stage_events.csv", EVENTS + "O1,VISITA,2026-03-01\nO1,visita,2026-03-02\n")]
    result = import_files(files, store, mapping=mapping)
    assert rows(store, "select distinct stage from stage_events") == [("Visita",)]
    assert not [said for said in result.notices if "several ways" in said]
