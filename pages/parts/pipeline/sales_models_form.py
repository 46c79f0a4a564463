"""The settings' form for sales models: one at a time, written over the version that its writer saw."""

import streamlit as st

from charts import labels
from data.contract import TABLES
from data.errors import DashboardError
from data.language import _, format_number
from measures.pipeline import named_words
from measures.pipeline.sales_model import FACTORS
from measures.pipeline.sales_models import LIMITS, SETTING, WINDOWS, SalesModel, read, written
from measures.thresholds import THRESHOLDS
from pages.parts import seen, session, states
from pages.parts.pipeline import sales_model_versions

NEW = ""


def show() -> None:
    """The models, a form that adds, changes or removes one, and their versions."""
    now = session.current()
    sales_model_versions.write_handed_in(_form(st.session_state.get("sales_model_edited", NEW)))
    kept = now.journal.settings().get(SETTING)
    models = read(str(kept.value)) if kept else {}
    st.subheader(_(THRESHOLDS[SETTING].label), anchor=False)
    st.caption(_("What is sold to companies, to people with a sales team, or over the counter goes through different stages at a different pace. A model says which deals it is for; the pages about deals then show one model at a time."))
    name = st.selectbox(_("Sales model"), [NEW, *models], key="sales_model_edited", format_func=lambda name: name or _("A new one"))
    version = seen.before("sales_models_version", kept.version if kept else 0)
    form = _form(name)
    with st.form(seen.fresh(form)):
        title, model = _fields(name, models.get(name, SalesModel()), seen.fresh(form))
        save, remove = st.columns(2)
        wants = save.form_submit_button(_("Save the model"), disabled=not now.viewer.may_change, type="primary")
        drops = name != NEW and remove.form_submit_button(_("Remove the model"), disabled=not now.viewer.may_change)
    if wants or drops:
        others = {known: of for known, of in models.items() if known != name}
        _write(others if drops else _with(others, title, model), version, form)
    sales_model_versions.show(kept)


def _form(name: str) -> str:
    return f"sales_model_form_{name}"


def _fields(name: str, model: SalesModel, key: str) -> tuple[str, SalesModel]:
    """What the form holds: the name and the model."""
    left, right = st.columns(2, gap="large")
    kinds = next(column.choices for column in TABLES["accounts"].columns if column.name == "kind")
    title = left.text_input(_("Name"), name, key=f"{key}_name")
    chosen = left.multiselect(_("Accounts of kind"), kinds, list(model.kinds), key=f"{key}_kinds", format_func=labels.label, placeholder=_("All kinds"), select_all=False)
    channels = left.text_input(_("Accounts of channel"), named_words.written(model.channels), key=f"{key}_channels", help=_("Separated by commas; empty takes all."))
    stages = left.text_input(_("Order of the stages"), named_words.written(model.stages), key=f"{key}_stages", help=_("Stages separated by commas; empty learns the order from the data."))
    days = {window: _days(right, window, getattr(model, window), f"{key}_{window}") for window in WINDOWS}
    return title.strip(), SalesModel(tuple(chosen), named_words.read(channels), named_words.read(stages), **days)


def _days(place: st.delta_generator.DeltaGenerator, window: str, value: int | None, key: str) -> int | None:
    """A window in days; what is left empty is as for the company as a whole."""
    stated = session.current().settings.get(window, THRESHOLDS[window].default)
    factor = FACTORS[str(session.current().settings.get("sales_model", THRESHOLDS["sales_model"].default))]
    return place.number_input(
        _(THRESHOLDS[window].label), *LIMITS[window], value, key=key, help=_(THRESHOLDS[window].reason),
        placeholder=_("as for all: {n}").format(n=format_number(factor * int(stated))),
    )  # fmt: skip


def _with(others: dict[str, SalesModel], title: str, model: SalesModel) -> dict[str, SalesModel] | None:
    """All models with this one; None, said on the page, where it has no name of its own."""
    if not title or title in others:
        st.warning(_("A sales model needs a name that no other has."))
        return None
    return {**others, title: model}


def _write(models: dict[str, SalesModel] | None, version: int, form: str) -> None:
    if models is None:
        return
    now = session.current()
    try:
        words = {"called": _(THRESHOLDS[SETTING].label), "worded": sales_model_versions.names}
        now.journal.save_setting(SETTING, written(models), by=now.viewer.email, seen_version=version, **words)
    except DashboardError as problem:
        states.error(problem)
        return
    seen.done(form)
    st.session_state.pop("sales_model_edited", None)
    st.session_state.pop("sales_models_version", None)
    st.toast(_("Sales models saved"))
    st.rerun()
