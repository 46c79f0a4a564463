"""A prospect's steps from the file to trust, its file's age, and what keeps it from signing."""

from dataclasses import replace
from datetime import date

import pytest

from measures.pipeline.prospects import THRESHOLDS, with_records
from measures.thresholds import cuts
from queries.filters import Filters
from tests.measures.pipeline.prospecting import LAST, account, by_id, deal, prospects, scored, store_of, written


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """P went all the way, in May; Q is on file only, since nobody wrote anything else."""
    acts = [
        {"activity_id": "1", "happened_on": date(2025, 3, 1), "account_id": "P", "kind": "call", "outcome": "No answer"},
        {"activity_id": "2", "happened_on": date(2025, 4, 1), "account_id": "P", "kind": "call", "outcome": "Answered"},
        {"activity_id": "3", "happened_on": date(2025, 5, 20), "account_id": "P", "kind": "message", "outcome": "Contacted us"},
    ]  # fmt: skip
    people = [{"contact_id": name, "account_id": name, "name": "Ana", "role": "decision maker"} for name in "PQ"]
    rows, events = deal("1", "P", date(2025, 5, 1), "lost", date(2025, 5, 30), lost_reason="Price")
    return store_of(
        tmp_path_factory.mktemp("followed"), [account("P"), account("Q", "S")], [scored("P", 80, date(2025, 2, 1))], [(rows, events)],
        activities=acts, contacts=people,
    )  # fmt: skip


def test_the_steps_come_from_contacts_scores_deals_and_activities(followed) -> None:
    found = prospects(followed)
    rows = {row["step"]: (row["done_on"], row["seen_in"]) for row in found.steps.filter(account_id="P").iter_rows(named=True)}
    assert rows == {
        "file": (None, "contacts"), "needs": (date(2025, 2, 1), "prospect_scores"), "pack": (date(2025, 5, 1), "opportunities"),
        "contact": (date(2025, 4, 1), "activities"), "value": (date(2025, 5, 6), "stage_events"), "trust": (date(2025, 5, 6), "stage_events"),
    }  # fmt: skip
    progress = {name: (row["next_step"], row["steps_done"], row["file_age_days"], row["is_stale"]) for name, row in by_id(found).items()}
    assert progress == {"P": (None, 6, (LAST - date(2025, 5, 30)).days, True), "Q": ("needs", 1, None, True)}
    assert found.step_totals.filter(step="needs").select("done", "waiting", "stale").row(0) == (1, 1, 1)


def test_a_file_is_fresh_within_its_days(followed) -> None:
    assert not by_id(prospects(followed, file_days=300))["P"]["is_stale"]


def test_steps_were_what_they_were_on_an_earlier_day(followed) -> None:
    found = by_id(prospects(followed, Filters(to_date=date(2025, 4, 15))))["P"]
    assert (found["next_step"], found["steps_done"], found["obstacle"]) == ("pack", 3, None)


def test_people_set_steps_that_the_data_do_not_see(followed) -> None:
    base = prospects(followed)
    notes = [written("steps", "Q", steps={"needs": "2025-12-01", "trust": None}), written("steps", "P", steps={"trust": None})]
    found = with_records(base, notes, cuts(THRESHOLDS))
    assert (by_id(found)["Q"]["next_step"], by_id(found)["P"]["next_step"]) == ("pack", "trust")
    assert found.steps.filter(account_id="Q", step="needs").select("is_done", "done_on", "seen_in").row(0) == (True, date(2025, 12, 1), "hand")
    assert by_id(found)["Q"]["file_age_days"] == 1


@pytest.mark.parametrize(("topic", "content"), [("scores", {"scores": {"strength": 70}, "reason": "Met them"}), ("obstacle", {"obstacle": "Waits for its board"})])
def test_whatever_people_write_about_a_prospect_renews_its_file(followed, topic: str, content: dict) -> None:
    """P's file is of 30 May and Q's was never written: what is written on 30 December renews one of them until it is taken back."""
    base, note = prospects(followed), written(topic, "Q", **content)
    found, back = (by_id(with_records(base, [record], cuts(THRESHOLDS))) for record in (note, replace(note, is_open=False)))
    assert {name: (row["file_age_days"], row["is_stale"]) for name, row in found.items()} == {"P": ((LAST - date(2025, 5, 30)).days, True), "Q": (1, False)}
    assert (back["Q"]["file_age_days"], back["Q"]["is_stale"]) == (None, True)


def test_what_keeps_a_prospect_from_signing_is_the_last_lost_reason_or_what_people_say(followed) -> None:
    base = prospects(followed)
    assert by_id(base)["P"]["obstacle"] == "Price"
    assert by_id(with_records(base, [written("obstacle", "P", obstacle="Waits for its board")], cuts(THRESHOLDS)))["P"]["obstacle"] == "Waits for its board"


def test_a_last_loss_without_a_reason_has_none_whatever_an_older_one_says(tmp_path) -> None:
    lost = [deal(str(n), "P", date(2025, 4, n), "lost", date(2025, 5, n), lost_reason=reason) for n, reason in ((1, "Price"), (2, "Time"), (3, None))]
    found = {n: by_id(prospects(store_of(tmp_path / str(n), [account("P")], [scored("P", 80)], lost[:n])))["P"]["obstacle"] for n in (1, 2, 3)}
    assert found == {1: "Price", 2: "Time", 3: None}
