"""Bring files in, see what they will become before anything changes, take an import back: helps a manager trust the numbers.

Keeps the promise that no row is dropped in silence: rows in = rows loaded + rows rejected, for every file.
"""

import streamlit as st

from data.errors import DashboardError
from data.imports.result import ImportResult
from data.language import _, format_date, format_number
from pages.parts import choices, frame, session, states
from pages.parts.imports import upload_files, upload_result, upload_steps, upload_work
from queries.filters import Filters
from queries.runner import asker


def standing(now: session.Session) -> str:
    """What the store holds now, in one sentence; the whole store's count only for those who see the whole store."""
    if now.reader is None:
        return _("Bring your files: they are checked before anything changes")
    if not now.viewer.sees_everything:
        return _("The data reach {date}").format(date=format_date(choices.of(now).as_of))
    held = asker(now.reader, now.viewer)("store/generation", Filters()).to_dicts()
    if not held:
        return _("You see no data of this store")
    return _("Generation {n} holds {lines} order lines through {date}").format(
        n=now.reader.number, lines=format_number(held[0]["order_lines"]), date=format_date(held[0]["as_of"])
    )


def latest_result(now: session.Session) -> ImportResult | None:
    """This visit's last import, as long as the store still stands where it left it."""
    result = st.session_state.get(upload_result.RESULT)
    is_current = result is not None and now.reader is not None and result.generation == now.reader.number
    return result if is_current else None


now = session.current()
result = latest_result(now)
frame.head(_("Import"), upload_result.finding(result) if result else standing(now))
if not now.viewer.may_change:
    st.info(_("Only a manager of the whole company imports files and takes imports back."))
    st.stop()
try:
    unseen = upload_work.unfinished_load()
    if unseen:
        upload_steps.load(unseen, now.store.work_folder)
    upload = upload_files.choose()
    if upload:
        upload_steps.follow(upload)
    elif result:
        upload_result.show(result)
    elif now.reader is not None:
        upload_result.undo_button()
except DashboardError as problem:
    states.error(problem)
upload_result.history()
