"""What this company means by its words: currency, fiscal year, seasons, tiers, weights, thresholds, sales model (number 18).

A saved value is the default for everybody; each page still lets its reader move it for themselves.
"""

from datetime import datetime

import polars as pl
import streamlit as st

from charts.columns import column_label
from data.errors import DashboardError
from data.journal import Setting, writer_name
from data.language import _, format_instant, format_number, ngettext
from measures.pipeline.sales_models import SETTING as SALES_MODELS
from measures.thresholds import SECTIONS, THRESHOLDS, Threshold, section
from pages.parts import cuts, frame, session, states
from pages.parts.change_words import change_text
from pages.parts.pipeline import sales_models_form

ANEW = "settings_anew"
"""How often settings were saved or put back: their fields then begin anew, as a browser would keep what was typed into them."""


def begin_anew() -> None:
    """Draw the fields with what is in force: a code that was typed in small letters is kept in capitals."""
    st.session_state[ANEW] = st.session_state.get(ANEW, 0) + 1


def field(threshold: Threshold, value: object) -> object:
    """One setting's input."""
    label, reason, key = _(threshold.label), _(threshold.reason), f"setting_{threshold.name}{st.session_state.get(ANEW, '')}"
    if threshold.choices:
        return st.selectbox(
            label, threshold.choices, index=threshold.choices.index(value), key=key, help=reason, format_func=cuts.choice_label
        )
    if threshold.kind == "integer":
        return st.number_input(
            label, int(threshold.minimum), int(threshold.maximum), int(value), key=key, help=reason
        )
    if threshold.kind == "share" or threshold.unit == "rate":
        return _share(threshold, value, f"{label} (%)", key)
    if threshold.kind == "number":
        return st.number_input(
            label, float(threshold.minimum), float(threshold.maximum), float(value), step=0.01, key=key, help=reason
        )
    return st.text_input(label, str(value), key=key, help=reason, placeholder=str(threshold.default) if threshold.files_tell else None)


def _share(threshold: Threshold, value: object, label: str, key: str) -> float:
    """A share's input in per cent, as everywhere on the pages; it is kept as a share."""
    ends = (100 * float(end) for end in (threshold.minimum, threshold.maximum))
    return round(st.number_input(label, *ends, round(100 * float(value), 6), step=1.0, format="%g", key=key, help=_(threshold.reason)) / 100, 8)


def standing(saved: dict[str, Setting], names: list[str]) -> dict[str, Setting]:
    """What was chosen of each setting; version 0 is the default."""
    return {name: saved.get(name) or Setting(name, unchosen(THRESHOLDS[name]), 0, "", "") for name in names}


def unchosen(threshold: Threshold) -> object:
    """What a field holds where nobody saved anything: the default, or nothing where a file may still tell it, so that the default can be
    chosen too."""
    return "" if threshold.files_tell else threshold.default


def save(values: dict[str, object], seen: dict[str, Setting], stands: dict[str, Setting]) -> int:
    """Save what the reader changed of what was `seen`; how many settings that were. What others changed meanwhile is theirs: `stands` has it.

    Raises ChangedMeanwhile where somebody else changed the same; `seen` then has theirs, which the next time is written over. Raises
    BadRequest, with nothing saved, where one is not possible.
    """
    now = session.current()
    changed = 0
    typed = {name: THRESHOLDS[name].read(value) for name, value in values.items() if value != seen[name].value}
    for name, read in typed.items():
        drawn = seen[name]
        if read in (drawn.value, stands[name].value):
            continue
        seen[name] = stands[name]
        seen[name] = now.journal.save_setting(name, read, by=now.viewer.email, seen_version=drawn.version, **words(name))
        changed += 1
    return changed


def put_back(names: list[str], seen: dict[str, Setting], stands: dict[str, Setting]) -> None:
    """Return the settings to their defaults. Raises ChangedMeanwhile where somebody else changed one since it was `seen`; `seen` then has
    theirs, which the next time is put back."""
    now = session.current()
    for name in names:
        drawn, seen[name] = seen[name], stands[name]
        now.journal.forget_setting(name, by=now.viewer.email, seen_version=drawn.version, **words(name))
        seen[name] = standing({}, [name])[name]


def words(name: str) -> dict[str, object]:
    """What the setting is called, and how its values are said, to who was slower than somebody else."""
    threshold = THRESHOLDS[name]
    return {"called": _(threshold.label), "worded": lambda value: cuts.written(threshold, value) or "–"}


def latest_changes(now: session.Session) -> None:
    """Who changed what, newest first; only for those who may change something themselves: it names other people."""
    st.subheader(_("Latest changes"), anchor=False)
    rows = [
        (
            format_instant(datetime.fromisoformat(moment)), writer_name(who), change_text(action),
            _(THRESHOLDS[subject].label) if subject in THRESHOLDS else subject,
        )
        for moment, who, action, subject in now.journal.audit(20)
    ]  # fmt: skip
    if not rows:
        st.caption(_("Nothing was changed yet."))
        return
    frame = pl.DataFrame(rows, schema=["written_at", "written_by", "action", "subject"], orient="row")
    st.dataframe(frame.to_arrow(), hide_index=True, column_config={name: column_label(name) for name in frame.columns}, key="settings_changes")


now = session.current()
saved = now.journal.settings()
differing = sum(setting.value != THRESHOLDS[name].default for name, setting in saved.items() if name in THRESHOLDS)
frame.head(
    _("Settings"),
    ngettext("{n} setting differs from its default", "{n} settings differ from their defaults", differing).format(n=format_number(differing))
    if differing
    else _("Every setting has its default"),
)
if not now.viewer.may_change:
    st.info(_("Only a manager of the whole company changes settings; you see what is in force."))
group = st.selectbox(_("Settings of"), list(SECTIONS), key="settings_group", format_func=lambda name: _(SECTIONS[name]))
names = [threshold.name for threshold in section(group) if not threshold.is_personal and threshold.name != SALES_MODELS]
stands = standing(saved, names)
if "settings_seen" not in st.session_state or st.session_state.get("settings_seen_group") != group:
    st.session_state["settings_seen"], st.session_state["settings_seen_group"] = dict(stands), group
with st.form("settings_form"):
    columns = st.columns(2, gap="large")
    values = {}
    for position, name in enumerate(names):
        with columns[position % 2]:
            values[name] = field(THRESHOLDS[name], now.settings.get(name, unchosen(THRESHOLDS[name])))
    if st.form_submit_button(_("Save"), disabled=not now.viewer.may_change, type="primary"):
        try:
            changed = save(values, st.session_state["settings_seen"], stands)
        except DashboardError as problem:
            states.error(problem)
        else:
            del st.session_state["settings_seen"]
            begin_anew()
            st.toast(ngettext("{n} setting saved", "{n} settings saved", changed).format(n=changed))
            st.rerun()
kept = [name for name in names if name in saved]
if kept and now.viewer.may_change and st.button(_("Back to the defaults of this group"), key="settings_reset"):
    with states.guarded():
        put_back(kept, st.session_state["settings_seen"], stands)
        del st.session_state["settings_seen"]
        begin_anew()
        st.rerun()
if SALES_MODELS in (threshold.name for threshold in section(group)):
    sales_models_form.show()
if now.viewer.may_change:
    latest_changes(now)
