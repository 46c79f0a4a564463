"""The steps of an import on its page: look at the files, match, check, answer, load. Each remembers what it found until something changes."""

from pathlib import Path

import streamlit as st

from data.errors import DashboardError
from data.imports.mapping import Mapping
from data.imports.result import Preview, Question, loads_nothing
from data.intake.group import Group
from data.intake.job import Request
from data.language import _
from pages.parts.imports import upload_check, upload_files, upload_match, upload_result, upload_work
from pages.parts.imports.upload_files import Upload

_GROUPS, _CHECKED, _ANSWERS, _CHECK_NOW = "upload_groups", "upload_checked", "upload_answers", "upload_check_now"


def follow(upload: Upload) -> None:
    """Go as far through the steps as the reader has come. Raises the DashboardError that a step met."""
    groups, key = _groups(upload), upload.folder.name[:8]
    answers = st.session_state.setdefault(_ANSWERS, {})
    sender, mapping = upload_match.match(groups, answers, key, is_checked=_CHECKED in st.session_state)
    if mapping is None:
        return
    found = _checked(_request("preview", upload, sender, mapping), upload)
    if found is None:
        return
    if found.questions:
        _ask(found.questions, key)
        return
    can_load = any(file.rows_loaded for file in found.files) and not loads_nothing(found.files)
    if found.rejected is not None and not can_load:
        st.warning(_("Every row would be rejected, so there is nothing to import. Mend the rows, or match the columns anew."))
    with st.container(horizontal=True):
        wants_load = st.button(_("Import"), type="primary", disabled=not can_load, key="load", icon=":material/database_upload:")
        if found.rejected is not None:
            upload_result.rejects_button(lambda: upload_result.rejected_frame(found.rejected))
    upload_check.show(found)
    if wants_load:
        load(_request("load", upload, sender, mapping), upload.folder)


def load(wanted: Request, folder: Path) -> None:
    """Load, and keep the result for the next run, which reads the new generation."""
    st.session_state[upload_result.RESULT] = upload_work.done(wanted, folder)
    upload_files.forget()
    for name in (_GROUPS, _CHECKED, _ANSWERS):
        st.session_state.pop(name, None)
    st.rerun()


def _request(step: str, upload: Upload, sender: str, mapping: Mapping) -> Request:
    return upload_work.request(step, upload, sender=sender, mapping=mapping.to_toml(), answers=st.session_state[_ANSWERS])


def _groups(upload: Upload) -> tuple[Group, ...]:
    """The upload's files by their headings, looked at once; what was wrong with them is remembered too."""
    held = st.session_state.get(_GROUPS)
    if not held or held[0] != upload.given:
        st.session_state[_ANSWERS] = {}
        st.session_state.pop(_CHECKED, None)
        held = (upload.given, _looked_at(upload))
        st.session_state[_GROUPS] = held
    if isinstance(held[1], DashboardError):
        raise held[1]
    return held[1]


def _looked_at(upload: Upload) -> tuple[Group, ...] | DashboardError:
    try:
        return upload_work.done(upload_work.request("look", upload), upload.folder)
    except DashboardError as problem:
        return problem


def _checked(wanted: Request, upload: Upload) -> Preview | None:
    """The preview of exactly this request, made when it is asked for."""
    held = st.session_state.get(_CHECKED)
    is_current = bool(held) and held[0] == wanted
    asked = st.button(_("Check the files"), type="secondary" if is_current else "primary", key="check", icon=":material/fact_check:")
    if asked or st.session_state.pop(_CHECK_NOW, False):
        st.session_state[_CHECKED] = (wanted, upload_work.done(wanted, upload.folder))
        st.rerun()
    return held[1] if is_current else None


def _ask(asked: tuple[Question, ...], key: str) -> None:
    st.warning(_("Some columns can be read in two ways, and only you know which is right."))
    given = upload_check.questions(asked, key)
    columns = {question.column for question in asked}
    if st.button(_("Read them so"), disabled=set(given) != columns, type="primary", key="answer"):
        st.session_state[_ANSWERS] = st.session_state[_ANSWERS] | given
        st.session_state[_CHECK_NOW] = True
        st.rerun()
