"""The journal keeps what people write and loses no one's version."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.access import Viewer
from data.errors import AccessDenied, BadRequest, ChangedMeanwhile, StoreDamaged
from data.journal import LOCAL_EMAIL, Journal
from data.setting_versions import versions


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.sqlite")


def test_a_new_journal_knows_this_computer_as_a_manager_of_everything(journal: Journal) -> None:
    assert journal.viewer(LOCAL_EMAIL).may_change
    assert journal.viewer(LOCAL_EMAIL).sees_everything


def test_a_journal_that_a_later_version_wrote_is_said_to_be_one(journal: Journal) -> None:
    with closing(sqlite3.connect(journal.path)) as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(StoreDamaged, match="journal.sqlite has layout 99"):
        Journal(journal.path)


def test_a_stranger_has_no_access(journal: Journal) -> None:
    with pytest.raises(AccessDenied):
        journal.viewer("stranger@example.com")


def test_a_setting_is_saved_over_the_version_that_was_seen(journal: Journal) -> None:
    first = journal.save_setting("abc_a", 0.7, by="ana")
    second = journal.save_setting("abc_a", 0.75, by="ben", seen_version=first.version)
    assert (second.version, journal.setting_values()) == (2, {"abc_a": 0.75})


def test_who_saves_over_a_newer_version_is_told_and_changes_nothing(journal: Journal) -> None:
    journal.save_setting("abc_a", 0.7, by="ana")
    with pytest.raises(ChangedMeanwhile, match=r"ana saved .abc_a. as 0\.7"):
        journal.save_setting("abc_a", 0.9, by="ben", seen_version=0)
    assert journal.setting_values() == {"abc_a": 0.7}


def test_who_saves_over_a_setting_that_was_put_back_is_told(journal: Journal) -> None:
    seen = journal.save_setting("abc_a", 0.7, by="ana")
    journal.forget_setting("abc_a", by="ben", seen_version=seen.version)
    with pytest.raises(ChangedMeanwhile, match="ben put .Share A. back to its default at "):
        journal.save_setting("abc_a", 0.9, by="ana", seen_version=seen.version, called="Share A")
    assert journal.setting_values() == {}


def test_a_value_after_a_return_to_the_default_is_another_version_than_the_one_before_it(journal: Journal) -> None:
    seen = journal.save_setting("abc_a", 0.7, by="ana")
    journal.forget_setting("abc_a", by="ben", seen_version=seen.version)
    journal.save_setting("abc_a", 0.75, by="ben")
    with pytest.raises(ChangedMeanwhile, match=r"ben saved .abc_a. as 0\.75"):
        journal.save_setting("abc_a", 0.9, by="ana", seen_version=seen.version)
    assert journal.setting_values() == {"abc_a": 0.75}


def test_a_newer_value_is_not_put_back_unseen(journal: Journal) -> None:
    seen = journal.save_setting("abc_a", 0.7, by="ana")
    journal.save_setting("abc_a", 0.75, by="ben", seen_version=seen.version)
    with pytest.raises(ChangedMeanwhile, match=r"ben saved .abc_a. as 0\.75"):
        journal.forget_setting("abc_a", by="ana", seen_version=seen.version)
    assert journal.setting_values() == {"abc_a": 0.75}


def test_every_change_is_in_the_audit(journal: Journal) -> None:
    journal.save_setting("abc_a", 0.7, by="ana")
    journal.forget_setting("abc_a", by="ben", seen_version=1)
    assert [(who, what, which) for _when, who, what, which in journal.audit()] == [
        ("ben", "reset setting", "abc_a"),
        ("ana", "save setting", "abc_a"),
    ]


def test_a_user_keeps_their_regions_and_can_be_removed(journal: Journal) -> None:
    lead = Viewer("lead@example.com", "Lead", "lead", ("north", "south"))
    journal.save_user(lead, by=LOCAL_EMAIL)
    assert journal.viewer("LEAD@example.com") == lead
    journal.remove_user("lead@example.com", by=LOCAL_EMAIL)
    with pytest.raises(AccessDenied):
        journal.viewer("lead@example.com")


def test_an_unknown_role_is_refused(journal: Journal) -> None:
    with pytest.raises(BadRequest):
        journal.save_user(Viewer("x@example.com", "X", "emperor", None), by=LOCAL_EMAIL)


def test_an_opened_journal_is_migrated_once(journal: Journal) -> None:
    journal.save_setting("abc_a", 0.7, by="ana")
    assert Journal(journal.path).setting_values() == {"abc_a": 0.7}


def test_a_failed_write_leaves_nothing_behind(journal: Journal) -> None:
    with pytest.raises(TypeError):
        journal.save_setting("abc_a", object(), by="ana")
    assert journal.setting_values() == {}
    assert journal.audit() == []


def test_every_value_of_a_setting_is_kept_and_a_return_to_the_default_too(journal: Journal) -> None:
    journal.save_setting("abc_a", 0.7, by="ana")
    journal.save_setting("abc_b", 0.9, by="ana")
    journal.forget_setting("abc_a", by="ben", seen_version=1)
    journal.save_setting("abc_a", 0.75, by="ana")
    found = versions(journal, "abc_a")
    assert [(version.number, version.value, version.written_by) for version in found] == [(1, 0.7, "ana"), (2, None, "ben"), (3, 0.75, "ana")]
