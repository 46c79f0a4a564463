"""Earlier versions of the sales models: who saved what and when, and a way to bring one back as the newest."""

from collections.abc import Sequence
from itertools import pairwise

import polars as pl
import streamlit as st

from charts import labels
from data.journal import Setting, told, writer_name
from data.language import _, format_number
from data.setting_versions import SettingVersion, versions
from measures.pipeline.sales_model_changes import ModelChange, PartChange, changes
from measures.pipeline.sales_models import SETTING, WINDOWS, SalesModel, read
from measures.thresholds import THRESHOLDS
from pages.parts import seen, session, states, tables
from pages.parts.escape import plain

BACK = "sales_models_back"
SCHEMA = {"version": pl.Int64, **dict.fromkeys(("what_changed", "written_by", "written_at"), pl.String)}


def write_handed_in(form: str) -> None:
    """Save the version that the run before was asked to bring back, over the one that its reader saw. Call before the models are read.

    What was typed into the `form` of a model is done with: the models are others now.
    """
    handed = seen.handed_in(BACK)
    if handed is None:
        return
    version, seen_version = handed
    now = session.current()
    with states.guarded():
        words = {"called": _(THRESHOLDS[SETTING].label), "worded": names}
        now.journal.save_setting(SETTING, version.value or "", by=now.viewer.email, seen_version=seen_version, **words)
        seen.done(form)
        st.session_state.pop("sales_model_edited", None)
        st.toast(_("Version {n} brought back").format(n=version.number))
        st.rerun()


def show(kept: Setting | None) -> None:
    """The versions, newest first, and for those who may change settings the choice of one to bring back. Only they see who wrote."""
    now = session.current()
    found = versions(now.journal, SETTING) if now.viewer.may_change else []
    present = str(kept.value) if kept else ""
    earlier = [version for version in reversed(found) if _models(version) != read(present)]
    if not earlier:
        return
    with st.expander(_("Versions"), key="sales_models_versions"):
        tables.show(_table(found), "sales_model_versions", key="sales_models_table")
        chosen = st.selectbox(_("Version"), earlier, key="sales_models_chosen", format_func=_name)
        st.caption(_("Against what is in force it changes: {changes}").format(changes=plain(_worded(changes(read(present), _models(chosen))))))
        st.button(_("Bring version {n} back").format(n=chosen.number), key="bring_models_back", **seen.handing_in(BACK, chosen, kept.version if kept else 0))


def names(text: object) -> str:
    """The models of a setting's text by name."""
    return ", ".join(read(str(text))) or "–"


def _models(version: SettingVersion) -> dict[str, SalesModel]:
    return read(str(version.value or ""))


def _name(version: SettingVersion) -> str:
    return f"{version.number} · {writer_name(version.written_by)} · {told(version.written_at)} · {names(version.value or '')}"


def _table(found: Sequence[SettingVersion]) -> pl.DataFrame:
    """A row per version, the newest first, with what it changed in the one before."""
    states_of = [{}, *map(_models, found)]
    told_changes = [_worded(changes(before, after)) for before, after in pairwise(states_of)]
    rows = [(version.number, what, version.written_by, version.written_at) for version, what in zip(found, told_changes, strict=True)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").reverse()


def _worded(found: Sequence[ModelChange]) -> str:
    return "; ".join(map(_said, found)) or _("nothing")


def _said(change: ModelChange) -> str:
    if change.is_removed:
        return _("{model} removed").format(model=change.model)
    parts = " · ".join(_part(part, is_new=change.is_new) for part in change.parts) or _("as for all")
    return _("{model} new ({parts})").format(model=change.model, parts=parts) if change.is_new else f"{change.model} ({parts})"


def _part(change: PartChange, *, is_new: bool) -> str:
    titles = {"kinds": _("Accounts of kind"), "channels": _("Accounts of channel"), "stages": _("Order of the stages")}
    title, after = titles.get(change.part) or _(THRESHOLDS[change.part].label), _value(change.part, change.after)
    return f"{title}: {after}" if is_new else f"{title}: {_value(change.part, change.before)} → {after}"


def _value(part: str, value: object) -> str:
    if part in WINDOWS and value is not None:
        return format_number(int(value))
    if not value:
        return {"kinds": _("All kinds"), "channels": _("All channels")}.get(part, _("as for all"))
    return ", ".join(labels.label(word) if part == "kinds" else word for word in value)
