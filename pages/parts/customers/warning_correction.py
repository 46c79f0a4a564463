"""An acknowledged alarm corrected: another cause, countermeasure or person; what was said before stays among the versions."""

import polars as pl
import streamlit as st

from charts import labels
from data import records
from data.journal import writer_name
from data.language import _
from data.records import Record
from measures.customers.warning_record import CAUSES, COUNTERMEASURES
from pages.parts import choices, seen, session, states, tables
from pages.parts.escape import plain

CORRECTED = "warning_corrected"
FIELDS = ("cause", "countermeasure", "owner")
VERSIONS_SCHEMA = {"version": pl.Int64, **dict.fromkeys((*FIELDS, "written_by", "written_at"), pl.String)}


def write_handed_in() -> None:
    """Write what the form of the run before handed in, over the version that its reader saw. Call before the records are read."""
    handed = seen.handed_in(CORRECTED)
    if handed is None:
        return
    drawn, name = handed
    key = seen.fresh(name)
    measure = st.session_state[f"{key}_countermeasure"].strip() or None
    content = drawn.content | {"cause": st.session_state[f"{key}_cause"], "countermeasure": measure, "owner": st.session_state[f"{key}_owner"]}
    if content == drawn.content:
        return
    now = session.current()
    with states.guarded():
        records.change(now.journal, drawn, content, by=now.viewer.email)
        seen.done(name)
        st.toast(_("Alarm changed"))


def show(record: Record) -> None:
    """The form with what is written, and below it what was written before."""
    with st.expander(_("Change cause, countermeasure or person"), key=f"warning_correction_{record.record_id}"):
        _form(record)
        if record.version > 1:
            _versions(record)


def _form(record: Record) -> None:
    name = f"warning_correct_{record.record_id}"
    key = seen.fresh(name)
    # What was typed stays on the version that it was typed upon, whoever changes it meanwhile.
    begun: Record = st.session_state.setdefault(f"{key}_begun", record)
    if begun.version != record.version:
        st.markdown(_("**{who} changed it while this was open.** “Change it” puts yours over it; theirs stays among the versions.").format(who=plain(writer_name(record.written_by))))
        st.button(_("Take theirs"), key=f"{key}_theirs", on_click=seen.done, args=(name,))
    said, people = begun.content, _people(begun)
    cause = st.radio(_("Cause"), CAUSES, index=_place(CAUSES, said.get("cause")), key=f"{key}_cause", format_func=labels.label, horizontal=True)
    if cause and cause != said.get("cause"):
        st.caption(_("Suggested against it: {measure}").format(measure=_(COUNTERMEASURES[cause])))
    st.text_area(_("Countermeasure"), str(said.get("countermeasure") or ""), key=f"{key}_countermeasure", height=100)
    st.selectbox(_("Who takes care"), list(people), index=_place(list(people), said.get("owner")), key=f"{key}_owner", placeholder=_("Choose a person"),
                 format_func=people.get)  # fmt: skip
    st.button(_("Change it"), key=f"warning_change_{record.record_id}", **seen.handing_in(CORRECTED, record, name))


def _people(begun: Record) -> dict[str, str]:
    """Whom the viewer may choose: the people they see, and whoever has it now, named only if they see them."""
    people, owner = choices.of(session.current()).salespeople, begun.content.get("owner")
    return people if owner is None else {str(owner): choices.person(people, str(owner))} | people


def _place(options: tuple[str, ...] | list[str], chosen: object) -> int | None:
    return options.index(chosen) if chosen in options else None


def _versions(record: Record) -> None:
    people = choices.of(session.current()).salespeople
    rows = [
        (version.version, version.content.get("cause"), version.content.get("countermeasure"), choices.person(people, version.content.get("owner")),
         version.written_by, version.written_at)
        for version in records.history(session.current().journal, record.record_id)
    ]  # fmt: skip
    versions = pl.DataFrame(rows, schema=VERSIONS_SCHEMA, orient="row").reverse()
    tables.show(labels.worded(versions, "cause"), "alarm_versions", key=f"warning_versions_{record.record_id}")
