"""The files that a person gives: kept under safe names in the store's work folder until they are imported."""

import re
import shutil
import time
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.language import _
from data.store import Store
from pages.parts import session

UPLOAD = "upload"
_ROUND = "upload_round"
NAME_LENGTH = 120
HOURS_KEPT = 24
"""An upload that was left is thrown away after a day."""


@dataclass(frozen=True)
class Upload:
    """What is to be imported: the paths to read, and a folder of its own for copies and results."""

    given: tuple[str, ...]
    folder: Path
    paths: tuple[str, ...]


def choose() -> Upload | None:
    """Ask for files, a folder, or (where the dashboard runs on the reader's own computer) a path; None until there are some."""
    ways = {"files": _("Files or a zip"), "folder": _("A folder")} | ({} if session.signs_in() else {"path": _("A path on this computer")})
    way = st.segmented_control(
        _("What to import"), list(ways), default="files", key="upload_way", format_func=ways.get, required=True, label_visibility="collapsed"
    )
    number = st.session_state.setdefault(_ROUND, 0)
    if way == "path":
        path = st.text_input(_("Path of a file or folder"), key=f"upload_path_{number}", placeholder="/home/me/sales").strip()
        return _kept((path,), lambda folder: (str(Path(path).expanduser()),)) if path else _nothing()
    chosen = st.file_uploader(
        _("CSV, TSV, TXT, XLSX, Parquet, or a zip of them"), accept_multiple_files="directory" if way == "folder" else True,
        key=f"upload_{way}_{number}",
    )  # fmt: skip
    if not chosen:
        return _nothing()
    return _kept(tuple(file.file_id for file in chosen), lambda folder: _copied(chosen, folder, as_folder=way == "folder"))


def forget() -> None:
    """Throw the upload away and empty its widgets."""
    _nothing()
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _nothing() -> None:
    held = st.session_state.pop(UPLOAD, None)
    if held:
        shutil.rmtree(held.folder, ignore_errors=True)


def _kept(given: tuple[str, ...], put: object) -> Upload:
    held = st.session_state.get(UPLOAD)
    if held and held.given == given and held.folder.exists():
        return held
    _nothing()
    folder = _folder(session.current().store)
    st.session_state[UPLOAD] = Upload(given, folder, put(folder))
    return st.session_state[UPLOAD]


def _folder(store: Store) -> Path:
    uploads = store.work_folder / "uploads"
    uploads.mkdir(exist_ok=True)
    for left in uploads.iterdir():
        if left.stat().st_mtime < time.time() - HOURS_KEPT * 3600:
            shutil.rmtree(left, ignore_errors=True)
    folder = uploads / uuid.uuid4().hex
    folder.mkdir()
    return folder


def _copied(chosen: Sequence[UploadedFile], folder: Path, *, as_folder: bool) -> tuple[str, ...]:
    target = folder / "files"
    target.mkdir()
    paths = []
    for file in chosen:
        path = _free(target / safe_name(file.name))
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        file.seek(0)
        paths.append(str(path))
    return (str(target),) if as_folder else tuple(paths)


def safe_name(name: str) -> str:
    """The last part of a name, with letters, digits and a few marks only, never hidden and never longer than 120."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    plain = re.sub(r"[^\w\-. ()]", "_", last).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:NAME_LENGTH]}{dot}{ending[:10]}" if dot else plain[:NAME_LENGTH]


def _free(path: Path) -> Path:
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return free
