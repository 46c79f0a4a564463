"""A step of the import in its own process, with a bar that moves; a rerun while it works goes on watching it."""

import logging
from pathlib import Path

import streamlit as st

from data.errors import DashboardError
from data.imports.result import ImportResult, Preview
from data.intake.group import Group
from data.intake.job import Job, Request
from data.language import _, currency, current
from pages.parts import session
from pages.parts.escape import plain
from pages.parts.imports.upload_files import Upload

_WORK = "upload_work"
"""(request, job) of this session's running step."""
_COUNT = "upload_work_count"


def request(step: str, upload: Upload, *, sender: str = "", mapping: str | None = None, answers: dict[str, str] | None = None) -> Request:
    """What a worker is to do with the upload, as this viewer."""
    now = session.current()
    return Request(
        step, upload.paths, str(now.store.root), now.viewer.email, current(), currency(), sender, mapping, dict(answers or {})
    )


def done(wanted: Request, folder: Path) -> tuple[Group, ...] | Preview | ImportResult:
    """Do a step in a folder of the upload's and return its outcome. Raises the DashboardError that the worker met."""
    job = _job(wanted, folder)
    bar = st.progress(0.0, text=_("Starting"))
    for fraction, message in job.steps():
        bar.progress(min(max(fraction, 0.0), 1.0), text=plain(message))
    bar.empty()
    st.session_state.pop(_WORK, None)
    try:
        return job.outcome()
    except DashboardError:
        if job.process.returncode:
            logging.getLogger("cartera.import").error("The import's process broke:\n%s", job.error_text())
        raise


def unfinished_load() -> Request | None:
    """The load of this session whose outcome nobody has seen yet: the reader came back, or clicked while it ran."""
    held = st.session_state.get(_WORK)
    return held[0] if held and held[0].step == "load" else None


def _job(wanted: Request, folder: Path) -> Job:
    held = st.session_state.get(_WORK)
    if held and held[0] == wanted:
        return held[1]
    if held and held[0].step != "load":
        held[1].process.terminate()
    number = st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    job = Job.start(folder / f"{wanted.step}-{number}", wanted)
    st.session_state[_WORK] = (wanted, job)
    return job
