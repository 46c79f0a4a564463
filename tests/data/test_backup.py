"""A backup brings a store back to the cent; a damaged one changes nothing."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from data.backup import backup, restore, verify
from data.errors import StoreDamaged, StoreMissing
from data.journal import Journal
from data.store import Store
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

UPLOAD = f"{hashlib.sha256(b'kept').hexdigest()[:16]}-upload.csv"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = make_store(
        tmp_path / "store",
        accounts=[{"account_id": "a", "account": "A"}],
        products=[{"product_id": "p", "product": "P"}],
        transactions=lines((date(2026, 1, 5), "a", "p", 1, 10)),
    )
    Journal(made.journal_path).save_setting("abc_a", 0.7, by="ana")
    (made.raw_folder / UPLOAD).write_text("kept", encoding="utf-8")
    return made


def test_a_backup_comes_back_whole_in_an_empty_place(store: Store, tmp_path: Path) -> None:
    backup(store, tmp_path / "copy.zip")
    elsewhere = Store.at(tmp_path / "elsewhere")
    assert restore(elsewhere, tmp_path / "copy.zip") == 1
    assert ask_as(elsewhere)("store/generation", Filters())["order_lines"].to_list() == [1]
    assert Journal(elsewhere.journal_path).setting_values() == {"abc_a": 0.7}
    assert (elsewhere.raw_folder / UPLOAD).read_text(encoding="utf-8") == "kept"


def test_restoring_over_a_store_can_be_undone(store: Store, tmp_path: Path) -> None:
    backup(store, tmp_path / "copy.zip")
    assert restore(store, tmp_path / "copy.zip") == 2
    assert store.undo() == 1
    assert len(list(store.root.glob("journal-before-restore-*.sqlite"))) == 1


def test_a_damaged_backup_is_refused_and_changes_nothing(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.zip"
    backup(store, copy)
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 0xFF
    copy.write_bytes(content)
    with pytest.raises(StoreDamaged):
        restore(store, copy)
    assert store.numbers() == [1]


def test_a_backup_needs_something_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        backup(Store.at(tmp_path / "empty"), tmp_path / "copy.zip")


def test_verify_finds_a_whole_store_whole(store: Store) -> None:
    assert {state for _name, state in verify(store)} == {"ok"}


def test_verify_finds_a_flipped_byte(store: Store) -> None:
    path = store.current_path()
    content = bytearray(path.read_bytes())
    for offset in range(len(content) // 2, len(content) // 2 + 4096):
        content[offset] ^= 0xFF
    path.write_bytes(content)
    assert any(state != "ok" for _name, state in verify(store))


def test_verify_finds_an_upload_that_is_not_what_was_sent(store: Store) -> None:
    (store.raw_folder / UPLOAD).write_text("changed", encoding="utf-8")
    assert [name for name, state in verify(store) if state != "ok"] == [f"raw/{UPLOAD}"]
