"""Versions of a target board: kept whole or not at all, nobody's work is lost, nobody reads or writes another region's part."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data import target_versions as kept
from data.access import Viewer
from data.errors import AccessDenied, BadRequest, ChangedMeanwhile
from data.journal import Journal

BOARD = "2027-04+6"
ANA, BEN = Viewer("ana", "Ana", "manager", None), Viewer("ben", "Ben", "lead", ("N",))
ALL, NORTH = ("A", "B"), ("A",)
FIRST = {("A", "P"): (1, 2), ("B", "P"): (3, 4)}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.sqlite")


def saved(journal: Journal, rows: dict, viewer: Viewer = ANA, accounts=ALL, seen: int = 0, reason: str = "A first proposal") -> kept.Version:
    return kept.save(journal, BOARD, rows, viewer=viewer, accounts=accounts, seen=seen, reason=reason, about={"requirement": 12_000})


def test_a_version_is_read_back_as_it_was_saved(journal: Journal) -> None:
    version = saved(journal, FIRST)
    assert kept.rows_at(journal, BOARD, 1, None) == FIRST
    assert kept.versions(journal, BOARD, None) == [version]
    assert (version.version, version.saved_by, version.reason, version.about, version.rows) == (1, "ana", "A first proposal", {"requirement": 12_000}, 2)


def test_an_earlier_version_stays_as_it_was(journal: Journal) -> None:
    saved(journal, FIRST)
    saved(journal, FIRST | {("A", "P"): (9, 9)}, seen=1)
    assert kept.rows_at(journal, BOARD, 1, None) == FIRST
    assert kept.rows_at(journal, BOARD, 2, None) == {("A", "P"): (9, 9), ("B", "P"): (3, 4)}
    assert [version.rows for version in kept.versions(journal, BOARD, None)] == [2, 1]


def test_two_who_change_different_rows_keep_both(journal: Journal) -> None:
    saved(journal, FIRST)
    saved(journal, {("A", "P"): (5, 5)}, BEN, NORTH, seen=1)
    saved(journal, FIRST | {("B", "P"): (7, 7)}, seen=1)
    assert kept.rows_at(journal, BOARD, 3, None) == {("A", "P"): (5, 5), ("B", "P"): (7, 7)}


def test_who_changes_a_row_that_was_changed_first_gets_both_and_writes_nothing(journal: Journal) -> None:
    saved(journal, FIRST)
    saved(journal, {("A", "P"): (5, 5)}, BEN, NORTH, seen=1)
    with pytest.raises(kept.RowsChangedMeanwhile, match="ben saved version 2") as refused:
        saved(journal, {("A", "P"): (6, 6), ("B", "P"): (8, 8)}, seen=1)
    assert (refused.value.theirs, refused.value.mine) == ({("A", "P"): (5, 5)}, {("A", "P"): (6, 6)})
    assert kept.latest(journal, BOARD) == 2
    saved(journal, {("A", "P"): (6, 6), ("B", "P"): (8, 8)}, seen=2)
    assert kept.rows_at(journal, BOARD, 3, None) == {("A", "P"): (6, 6), ("B", "P"): (8, 8)}


def test_the_same_change_by_two_is_no_conflict(journal: Journal) -> None:
    saved(journal, FIRST)
    saved(journal, {("A", "P"): (5, 5)}, BEN, NORTH, seen=1)
    assert saved(journal, {("A", "P"): (5, 5), ("B", "P"): (1, 1)}, seen=1).version == 3


def test_a_lead_reads_and_writes_only_their_accounts(journal: Journal) -> None:
    saved(journal, FIRST)
    saved(journal, {("B", "P"): (0, 0)}, seen=1, reason="Only about B")
    assert kept.rows_at(journal, BOARD, 2, NORTH) == {("A", "P"): (1, 2)}
    assert [version.reason for version in kept.versions(journal, BOARD, NORTH)] == ["A first proposal"]
    with pytest.raises(AccessDenied, match="not yours"):
        saved(journal, {("B", "P"): (1, 1)}, BEN, NORTH, seen=2)
    assert kept.versions(journal, BOARD, ()) == []
    assert [kept.boards(journal, accounts) for accounts in (None, NORTH, ())] == [[BOARD], [BOARD], []]


@pytest.mark.parametrize(("rows", "reason"), [(FIRST, "  "), ({}, "Why not")])
def test_a_version_needs_a_reason_and_a_change(journal: Journal, rows: dict, reason: str) -> None:
    with pytest.raises(BadRequest):
        saved(journal, rows, reason=reason)
    assert kept.latest(journal, BOARD) == 0


def test_approvals_say_who_and_for_which_regions(journal: Journal) -> None:
    saved(journal, FIRST)
    kept.approve(journal, BOARD, 1, viewer=BEN, note="Agreed with both")
    kept.approve(journal, BOARD, 1, viewer=ANA)
    assert [(mark.marked_by, mark.region_ids, mark.note) for mark in kept.marks(journal, BOARD)] == [("ben", ("N",), "Agreed with both"), ("ana", None, "")]
    with pytest.raises(AccessDenied):
        kept.approve(journal, BOARD, 1, viewer=Viewer("eve", "Eve", "executive", None))


def test_only_the_last_version_can_be_approved(journal: Journal) -> None:
    saved(journal, FIRST)
    saved(journal, {("A", "P"): (5, 5)}, seen=1)
    with pytest.raises(ChangedMeanwhile, match="newer version"):
        kept.approve(journal, BOARD, 1, viewer=ANA)
    kept.approve(journal, BOARD, 1, viewer=BEN, accounts=("B",))
    assert [mark.version for mark in kept.marks(journal, BOARD)] == [1]


def test_a_frozen_board_is_not_changed_until_a_manager_opens_it_with_a_reason(journal: Journal) -> None:
    saved(journal, FIRST)
    with pytest.raises(AccessDenied, match="Only a manager"):
        kept.freeze(journal, BOARD, 1, viewer=BEN)
    kept.freeze(journal, BOARD, 1, viewer=ANA)
    assert kept.frozen(kept.marks(journal, BOARD)).marked_by == "ana"
    with pytest.raises(AccessDenied, match="frozen"):
        saved(journal, {("A", "P"): (5, 5)}, seen=1)
    with pytest.raises(BadRequest):
        kept.reopen(journal, BOARD, 1, viewer=ANA, note="")
    kept.reopen(journal, BOARD, 1, viewer=ANA, note="A distributor left")
    assert kept.frozen(kept.marks(journal, BOARD)) is None
    assert saved(journal, {("A", "P"): (5, 5)}, seen=1).version == 2


def test_saving_is_in_the_audit(journal: Journal) -> None:
    saved(journal, FIRST)
    kept.approve(journal, BOARD, 1, viewer=BEN)
    assert [(who, what) for _when, who, what, _which in journal.audit()] == [("ben", "approved targets"), ("ana", "save targets")]


def test_an_error_in_the_middle_of_a_save_leaves_no_part_of_it(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(kept, "audit", broken)
    with pytest.raises(sqlite3.OperationalError):
        saved(journal, FIRST)
    assert (kept.latest(journal, BOARD), kept.rows_at(journal, BOARD, 9, None)) == (0, {})


KILLED = """
import sys, time
from pathlib import Path
from data import target_versions as kept
from data.access import Viewer
from data.journal import Journal

def stop(*given):
    print("in the middle", flush=True)
    time.sleep(60)

kept.audit = stop
rows = {(f"A{n}", "P"): (n, n) for n in range(5000)}
kept.save(Journal(Path(sys.argv[1])), "2027-04+6", rows, viewer=Viewer("ana", "Ana", "manager", None), accounts={a for a, _ in rows},
          seen=1, reason="Killed in the middle", about={})
"""


def test_a_process_that_is_killed_in_the_middle_of_a_save_leaves_the_version_before(journal: Journal) -> None:
    saved(journal, FIRST)
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(journal.path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline().strip() == "in the middle"
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    process.stdout.close()
    time.sleep(0.1)
    again = Journal(journal.path)
    assert (kept.latest(again, BOARD), kept.rows_at(again, BOARD, 9, None), again.check()) == (1, FIRST, "ok")
    assert saved(again, {("A", "P"): (5, 5)}, seen=1).version == 2
