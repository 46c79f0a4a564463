"""Saved views are their owner's; what is replaced or deleted stays in its history."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data import records, saved_views
from data.errors import ChangedMeanwhile
from data.journal import MIGRATIONS, Journal


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.sqlite")


def test_views_are_listed_by_name_to_their_owner_alone(journal: Journal) -> None:
    for owner, name in (("ana", "North"), ("ana", "Coast"), ("ben", "South")):
        saved_views.save(journal, owner, None, name, "funnel", "region=N")
    assert [view.content["name"] for view in saved_views.saved_views(journal, "ana")] == ["Coast", "North"]


def test_a_name_that_is_taken_is_not_written_over_unseen(journal: Journal) -> None:
    first = saved_views.save(journal, "ana", None, "North", "funnel", "region=N")
    with pytest.raises(ChangedMeanwhile):
        saved_views.save(journal, "ana", None, "North", "pace", "")
    assert saved_views.saved_views(journal, "ana") == [first]


def test_a_replaced_view_keeps_what_it_was(journal: Journal) -> None:
    first = saved_views.save(journal, "ana", None, "North", "funnel", "region=N")
    second = saved_views.save(journal, "ana", first, "North", "pace", "")
    assert saved_views.saved_views(journal, "ana") == [second]
    assert records.history(journal, first.record_id) == [first, second]


def test_a_deleted_view_leaves_the_list_and_stays_in_the_journal(journal: Journal) -> None:
    view = saved_views.save(journal, "ana", None, "North", "funnel", "region=N")
    saved_views.delete(journal, view)
    assert saved_views.saved_views(journal, "ana") == []
    assert [(version.version, version.is_open, version.content) for version in records.history(journal, view.record_id)] == [
        (1, True, view.content), (2, False, view.content),
    ]  # fmt: skip


def test_a_view_that_was_replaced_meanwhile_is_not_deleted(journal: Journal) -> None:
    seen = saved_views.save(journal, "ana", None, "North", "funnel", "region=N")
    replaced = saved_views.save(journal, "ana", seen, "North", "pace", "")
    with pytest.raises(ChangedMeanwhile):
        saved_views.delete(journal, seen)
    assert saved_views.saved_views(journal, "ana") == [replaced]


def test_views_of_an_older_journal_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with closing(sqlite3.connect(path)) as older, older:
        for script in sorted(MIGRATIONS.glob("*.sql"))[:3]:
            older.executescript(script.read_text(encoding="utf-8"))
        older.execute("insert into records values (4, 1, 'action', 'D1', '{}', 1, 'ben', '2026-01-01T00:00:00+00:00')")
        older.execute("insert into saved_views values (9, 'ana', 'Größe “N”', 'funnel', 'region=N', 0, 2, '2026-02-01T00:00:00+00:00')")
        older.execute("pragma user_version = 3")
    (view,) = saved_views.saved_views(Journal(path), "ana")
    assert (view.record_id, view.content, view.written_at) == (5, {"name": "Größe “N”", "page": "funnel", "query": "region=N"}, "2026-02-01T00:00:00+00:00")
