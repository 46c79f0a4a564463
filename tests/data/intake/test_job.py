"""An import in a process of its own: what goes in, what comes out, and a process that breaks."""

from pathlib import Path

import pytest

from data.errors import DashboardError, ImportRefused
from data.intake.job import Job, Request
from data.store import Store

ACCOUNTS = "account_id,account\nA1,Bar\n"


def done(folder: Path, step: str, *paths: Path) -> object:
    """The outcome of a step over a store in the folder."""
    request = Request(step, tuple(map(str, paths)), str(folder / "store"), "local")
    job = Job.start(folder / step, request)
    assert all(0 <= fraction <= 1 for fraction, _message in job.steps())
    return job.outcome()


def test_a_look_tells_headings_and_rows_of_each_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    (group,) = done(tmp_path, "look", tmp_path / "accounts.csv")
    assert (group.files, group.header, group.sample) == (("accounts.csv",), ("account_id", "account"), (("A1", "Bar"),))


def test_a_preview_changes_nothing_and_a_load_publishes(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    store = Store.at(tmp_path / "store")
    found = done(tmp_path, "preview", tmp_path / "accounts.csv")
    assert found.frames["accounts"]["account"].to_list() == ["Bar"]
    assert store.current() is None
    result = done(tmp_path, "load", tmp_path / "accounts.csv")
    assert (result.outcome, result.rows_in, result.generation) == ("loaded", 1, store.current())


def test_what_the_worker_refuses_arrives_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(DashboardError) as refused:
        done(tmp_path, "look", tmp_path / "nowhere.csv")
    assert refused.value.title == "The file was not found"
    assert refused.value.hint


def test_a_worker_that_is_killed_leaves_a_message_and_the_store(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    job = Job.start(tmp_path / "load", Request("load", (str(tmp_path / "accounts.csv"),), str(tmp_path / "store"), "local"))
    job.process.kill()
    job.process.wait()
    with pytest.raises(ImportRefused, match="The store is as it was"):
        job.outcome()
    assert Store.at(tmp_path / "store").current() is None
