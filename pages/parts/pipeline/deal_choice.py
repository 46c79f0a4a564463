"""Which deals a page about deals shows: those of a sales model, those of the chosen sources."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts import labels
from data.language import _, format_number, ngettext
from data.lower_case import lowered
from measures.pipeline import chosen_deals
from measures.pipeline.sales_models import CHOICE, SETS, SETTING, SalesModel
from measures.pipeline.sales_models import read as read_models
from measures.thresholds import THRESHOLDS, Cuts
from pages.parts import address, answers, cuts, session
from pages.parts.escape import plain
from queries.filters import Filters

ALL = ""
CHIP_LETTERS = 16


def model(answer: str) -> str:
    """The choice of a sales model, where the settings have some: drawn before the answer's other controls, whose defaults it sets."""
    models, key, threshold = _models(), f"cut_{answer}_{CHOICE}", THRESHOLDS[CHOICE]
    chosen = chosen_model(answer)
    if models:
        st.selectbox(
            _(threshold.label), [ALL, *models], key=key, format_func=lambda name: name or _("All deals, as the company reads them"), help=_(threshold.reason),
            on_change=address.forget, args=SETS, persist_state="session",
        )  # fmt: skip
    address.keep(CHOICE, chosen or None)
    return chosen


def chosen_model(answer: str) -> str:
    """The sales model that the reader or the address chose; ALL where it is none of the settings'."""
    models, key = _models(), f"cut_{answer}_{CHOICE}"
    address.start(key, CHOICE, lambda texts: texts[0], ALL)
    if st.session_state[key] not in (ALL, *models):
        st.session_state[key] = ALL
    return st.session_state[key]


def model_name(answer: str) -> str:
    """The chosen model's name, else what the company as a whole sells like."""
    name = chosen_model(answer)
    return plain(name) if name else labels.label(str(cuts.current(answer, "sales_model")))


def short_model_name(answer: str) -> str:
    """The same for a chip beside others, which has room for a word or two."""
    name = chosen_model(answer)
    return plain(f"{name[:CHIP_LETTERS].rstrip()}…") if len(name) > CHIP_LETTERS + 1 else model_name(answer)


def caption(answer: str) -> str:
    """Which model the deals are read by; nothing where the company has no models of its own."""
    models, name = _models(), chosen_model(answer)
    if not models:
        return ""
    if name:
        return _("Sales model {name}: its accounts, stages and windows.").format(name=plain(name))
    return _("Deals of all sales models ({names}) together, in the company's order of stages.").format(names=plain(", ".join(models)))


def _models() -> dict[str, SalesModel]:
    return read_models(str(session.current().settings.get(SETTING, "")))


def sources(place: DeltaGenerator, answer: str, base: Cuts) -> Cuts:
    """A chip at the place that says which sources' deals are shown and opens the choice; the cuts with what was chosen."""
    offered = answers.get("deal_sources", Filters(), Cuts()).sources["source"].to_list()
    if not any(offered):
        return base
    key, threshold = f"cut_{answer}_{chosen_deals.SOURCES}", THRESHOLDS[chosen_deals.SOURCES]
    address.start(key, threshold.name, lambda texts: _known(texts[0], offered), [])
    st.session_state[key] = [source for source in st.session_state[key] if source in offered]
    with place, st.popover(_said(st.session_state[key]), icon=":material/conversion_path:", key="chip_deal_sources"):
        chosen = st.multiselect(
            _(threshold.label),
            offered,
            key=key,
            format_func=_name,
            placeholder=_("All sources"),
            help=_(threshold.reason),
            select_all=False,
            persist_state="session",
        )
    text = chosen_deals.written(chosen)
    address.keep(threshold.name, text or None)
    return base.but(**{threshold.name: text})


def _known(text: str, offered: list[str]) -> list[str]:
    """The offered sources that an address names, upper or lower case alike."""
    wanted = {lowered(source) for source in chosen_deals.read(text)}
    return [source for source in offered if lowered(source) in wanted]


def _name(source: str) -> str:
    """The source as it is written, or that nobody wrote one."""
    return source or _("No source")


def _said(chosen: list[str]) -> str:
    if not chosen:
        return _("All sources")
    return plain(_name(chosen[0])) if len(chosen) == 1 else ngettext("{n} source", "{n} sources", len(chosen)).format(n=format_number(len(chosen)))
