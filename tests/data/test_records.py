"""Records keep every version of what people write, and nobody's is lost."""

from pathlib import Path

import pytest

from data import records
from data.errors import ChangedMeanwhile
from data.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.sqlite")


def test_a_record_is_read_back_as_it_was_written(journal: Journal) -> None:
    written = records.add(journal, "exception", "D1", {"reason": "Showcase bar"}, by="ana")
    assert records.open_records(journal, "exception") == [written]
    assert (written.version, written.subject, written.content) == (1, "D1", {"reason": "Showcase bar"})


def test_records_of_another_kind_are_apart(journal: Journal) -> None:
    records.add(journal, "exception", "D1", {}, by="ana")
    assert records.open_records(journal, "action") == []


def test_a_change_keeps_the_earlier_version_in_the_history(journal: Journal) -> None:
    first = records.add(journal, "action", "D1", {"due": "2026-01-01"}, by="ana")
    second = records.change(journal, first, {"due": "2026-02-01"}, by="ben")
    assert records.open_records(journal, "action") == [second]
    assert records.history(journal, first.record_id) == [first, second]


def test_who_writes_over_a_newer_version_is_told_and_changes_nothing(journal: Journal) -> None:
    seen = records.add(journal, "action", "D1", {"due": "2026-01-01"}, by="ana")
    records.change(journal, seen, {"due": "2026-02-01"}, by="ben")
    with pytest.raises(ChangedMeanwhile, match="ben wrote version 2"):
        records.change(journal, seen, {"due": "2026-03-01"}, by="ana")
    assert [record.content for record in records.open_records(journal, "action")] == [{"due": "2026-02-01"}]


def test_two_who_saw_no_record_do_not_both_write_one(journal: Journal) -> None:
    first = records.put(journal, "exception", "D1", None, {"reason": "visibility"}, by="ana")
    with pytest.raises(ChangedMeanwhile, match="ana wrote version 1"):
        records.put(journal, "exception", "D1", None, {"reason": "other"}, by="ben")
    assert records.open_records(journal, "exception") == [first]
    assert records.put(journal, "exception", "D2", None, {}, by="ben").version == 1


def test_a_subject_has_one_open_record_for_each_value_that_tells_its_records_apart(journal: Journal) -> None:
    def put(topic: str, by: str) -> records.Record:
        return records.put(journal, "prospect", "D1", None, {"topic": topic}, by=by, apart=["topic"])

    first, second = put("steps", "ana"), put("scores", "ana")
    with pytest.raises(ChangedMeanwhile, match="ana wrote version 1"):
        put("steps", "ben")
    assert records.open_records(journal, "prospect") == [first, second]


def test_an_ended_record_makes_room_for_another_and_a_seen_one_is_written_over(journal: Journal) -> None:
    ended = records.put(journal, "exception", "D1", None, {}, by="ana")
    records.close(journal, ended, by="ana")
    second = records.put(journal, "exception", "D1", None, {"reason": "other"}, by="ben")
    third = records.put(journal, "exception", "D1", second, {"reason": "visibility"}, by="ana")
    assert (second.version, third.record_id, third.version) == (1, second.record_id, 2)


def test_a_closed_record_is_no_longer_open_but_stays(journal: Journal) -> None:
    seen = records.add(journal, "alarm", "D1", {"cause": "competitor"}, by="ana")
    closed = records.close(journal, seen, by="ben")
    assert records.open_records(journal, "alarm") == []
    assert records.all_records(journal, "alarm") == [closed]


def test_every_record_is_in_the_audit(journal: Journal) -> None:
    seen = records.add(journal, "alarm", "D1", {}, by="ana")
    records.close(journal, seen, by="ben")
    assert [(who, what, which) for _when, who, what, which in journal.audit()] == [("ben", "close alarm", "D1"), ("ana", "add alarm", "D1")]
