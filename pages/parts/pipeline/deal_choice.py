"""Which deals a page about deals shows: those of the chosen sources."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.language import _, format_number, ngettext
from measures.pipeline import deal_sources
from measures.thresholds import THRESHOLDS, Cuts
from pages.parts import address, answers
from pages.parts.escape import plain
from queries.filters import Filters


def sources(place: DeltaGenerator, answer: str, base: Cuts) -> Cuts:
    """A chip at the place that says which sources' deals are shown and opens the choice; the cuts with what was chosen."""
    offered = answers.get("deal_sources", Filters(), Cuts()).sources["source"].to_list()
    if not offered:
        return base
    key, threshold = f"cut_{answer}_{deal_sources.CHOICE}", THRESHOLDS[deal_sources.CHOICE]
    address.start(key, threshold.name, lambda texts: _known(texts[0], offered), [])
    st.session_state[key] = [source for source in st.session_state[key] if source in offered]
    with place, st.popover(_said(st.session_state[key]), icon=":material/conversion_path:", key="chip_deal_sources"):
        chosen = st.multiselect(
            _(threshold.label), offered, key=key, placeholder=_("All sources"), help=_(threshold.reason), persist_state="session"
        )
    text = deal_sources.written(chosen)
    address.keep(threshold.name, text or None)
    return base.but(**{threshold.name: text})


def _known(text: str, offered: list[str]) -> list[str]:
    """The offered sources that an address names, upper or lower case alike."""
    wanted = {source.lower() for source in deal_sources.read(text)}
    return [source for source in offered if source.lower() in wanted]


def _said(chosen: list[str]) -> str:
    if not chosen:
        return _("All sources")
    return plain(chosen[0]) if len(chosen) == 1 else ngettext("{n} source", "{n} sources", len(chosen)).format(n=format_number(len(chosen)))
