"""The board that a person works on: the calculated one or a version, and the steps that are not saved yet.

Edits are kept in the journal as the person's own draft, step by step, so that a closed browser loses nothing. A step that the board does
not allow is never taken. Where a newer board no longer allows one (the sales, the filters or the requirement have changed), the steps
after it still count, and the page names it.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date

import streamlit as st

from data import records
from data.errors import DashboardError, TargetRefused
from data.records import Record
from data.target_versions import Rows, Version, boards, heads, rows_at, versions
from measures.seasons.board_edits import Edit
from measures.seasons.edited_board import EditedBoard, saved
from measures.seasons.off_season_targets import OffSeasonTargets
from measures.thresholds import Cuts
from pages.parts import choices, session
from queries.filters import Filters

DRAFT = "target_draft"
_DRAFTS, _BOARDS, _READ, _REFUSALS = "targets_drafts", "targets_boards", "targets_read", "targets_refusals"
REFUSED = "targets_problem"


@dataclass(frozen=True)
class Step:
    """Edits that were made together."""

    edits: tuple[Edit, ...]
    hold_months: bool = True


@dataclass(frozen=True)
class Draft:
    """What a person works on: version `base` (0 = as calculated) and the steps since; `record` is where the journal keeps it."""

    base: int = 0
    steps: tuple[Step, ...] = ()
    record: Record | None = None


@dataclass(frozen=True)
class Working:
    """The board as it stands, the draft behind it, the rows and the versions that it began from, and the steps that it does not allow."""

    board: EditedBoard
    draft: Draft
    base_rows: Rows
    saved: tuple[Version, ...]
    failed: tuple[tuple[Step, TargetRefused], ...]
    filters: Filters


def current(answer: OffSeasonTargets, filters: Filters, cuts: Cuts) -> Working:
    """This person's board of the answer's off-season."""
    empty = answer.board
    found = _read_once(f"versions of {empty.key}", lambda: tuple(versions(_journal(), empty.key, seen_accounts())))
    draft = _draft(empty.key, filters, found)
    rows = saved_rows(empty.key, draft.base) if draft.base else {}
    identity = (session.current().edition, session.current().scope, filters, cuts, draft.base, len(found))
    board, failed = _replayed(identity, draft.steps, lambda: saved(empty.ground, empty.plan, cuts, rows) if draft.base else empty)
    return Working(board, draft, rows, found, failed, filters)


def saved_rows(key: str, version: int) -> Rows:
    """The rows of a board in a version, of the accounts that the viewer sees."""
    return _read_once(f"{key} in version {version}", lambda: rows_at(_journal(), key, version, seen_accounts()))


def saved_boards() -> list[str]:
    """The boards that hold a row of an account that the viewer sees."""
    return _read_once("boards", lambda: boards(_journal(), seen_accounts()))


def seen_accounts() -> frozenset[str]:
    """The accounts that the viewer may read and write."""
    return frozenset(choices.of(session.current()).accounts)


def take(working: Working, step: Step) -> None:
    """Take a step, or keep why the board does not allow it for the page to show; for callbacks."""
    try:
        board = working.board.with_edits(step.edits, hold_months=step.hold_months)
    except TargetRefused as problem:
        st.session_state[REFUSED] = problem
        st.session_state[_REFUSALS] = refusals() + 1
        return
    st.session_state.pop(REFUSED, None)
    identity, done, _before, failed = st.session_state[_BOARDS]
    st.session_state[_BOARDS] = (identity, (*done, step), board, failed)
    keep(working, replace(working.draft, steps=(*working.draft.steps, step)))


def refusals() -> int:
    """How many steps were refused: what was typed for one is to go, so that a grid shows the board again."""
    return int(st.session_state.get(_REFUSALS, 0))


def undo(working: Working) -> None:
    """Take the last step back; for callbacks."""
    keep(working, replace(working.draft, steps=working.draft.steps[:-1]))


def begin(working: Working, base: int, steps: tuple[Step, ...] = ()) -> None:
    """Work on another version, with these steps on it; for callbacks."""
    keep(working, replace(working.draft, base=base, steps=steps))


def keep(working: Working, draft: Draft) -> None:
    """Keep the draft for this session and in the journal; two windows of one person do not overwrite each other unseen."""
    content = {"base": draft.base, "filters": _plain(working.filters), "steps": [_written(step) for step in draft.steps]}
    try:
        if draft.record is None:
            record = records.add(_journal(), DRAFT, working.board.key, content, by=_viewer())
        else:
            record = records.change(_journal(), draft.record, content, by=_viewer())
    except DashboardError as problem:
        st.session_state[REFUSED] = problem
        st.session_state.get(_DRAFTS, {}).clear()
        return
    st.session_state.setdefault(_DRAFTS, {})[(working.board.key, working.filters)] = replace(draft, record=record)


def _draft(key: str, filters: Filters, found: tuple[Version, ...]) -> Draft:
    kept = st.session_state.setdefault(_DRAFTS, {})
    if (key, filters) not in kept:
        mine = [
            record for record in records.open_records(_journal(), DRAFT)
            if (record.subject, record.written_by, record.content.get("filters")) == (key, _viewer(), _plain(filters))
        ]  # fmt: skip
        last = found[-1].version if found else 0
        kept[key, filters] = _read(mine[-1]) if mine else Draft(last)
    return kept[key, filters]


def _replayed(identity: tuple, steps: tuple[Step, ...], begin_with: Callable[[], EditedBoard]) -> tuple[EditedBoard, tuple]:
    """The board after all steps. The last board is kept: one more step costs one step."""
    known = st.session_state.get(_BOARDS)
    if known and known[0] == identity and steps[: len(known[1])] == known[1]:
        done, board, failed = known[1], known[2], known[3]
    else:
        done, board, failed = (), begin_with(), ()
    for step in steps[len(done) :]:
        try:
            board = board.with_edits(step.edits, hold_months=step.hold_months)
        except TargetRefused as problem:
            failed = (*failed, (step, problem))
    st.session_state[_BOARDS] = (identity, steps, board, failed)
    return board, failed


def _read_once(what: str, read: Callable[[], object]) -> object:
    """What the journal tells of versions, which may be of hundreds of thousands of rows: read again once one was saved since."""
    state = (session.current().edition, seen_accounts(), heads(_journal()))
    known = st.session_state.get(_READ)
    if known is None or known[0] != state:
        known = st.session_state[_READ] = (state, {})
    if what not in known[1]:
        known[1][what] = read()
    return known[1][what]


def _written(step: Step) -> dict[str, object]:
    return {"hold_months": step.hold_months, "edits": [asdict(edit) | {"month": edit.month.isoformat() if edit.month else None} for edit in step.edits]}


def _read(record: Record) -> Draft:
    steps = tuple(Step(tuple(_edit(edit) for edit in step["edits"]), step["hold_months"]) for step in record.content["steps"])
    return Draft(int(record.content["base"]), steps, record)


def _edit(told: dict[str, object]) -> Edit:
    return Edit(**{**told, "month": date.fromisoformat(str(told["month"])) if told["month"] else None})


def _plain(filters: Filters) -> dict[str, object]:
    return {name: str(value) if isinstance(value, date) else list(value) if isinstance(value, tuple) else value for name, value in asdict(filters).items()}


def _journal():
    return session.current().journal


def _viewer() -> str:
    return session.current().viewer.email
