"""Deals whose events contradict each other: their list, and the note that tells of them where they are counted."""

import polars as pl
import streamlit as st

from charts import labels
from data.language import _, format_money_compact, format_number, ngettext
from measures.registry import kind
from measures.thresholds import Cuts
from pages.parts import address, answers, cuts, links, tables
from queries.filters import Filters

PAGE = "pages/store/data_quality.py"
VIEW = "deals"
"""The list's place among the page's views."""


def note(filters: Filters, chosen: Cuts) -> None:
    """Where some of the deals that count as open were won or lost by an event: how many, what they are worth, and the way to the list."""
    found = _deals(filters, chosen.only(kind("contradicting_deals").thresholds))
    if not found.is_empty():
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.caption(_said(found), width="content")
            if st.button(_("See these deals"), type="tertiary", key="see_contradictions"):
                _open_list()


def listed(filters: Filters) -> None:
    """The deals one by one; a chosen row opens the account."""
    found = _deals(filters, cuts.of_company("contradicting_deals"))
    if found.is_empty():
        st.write(_("No deal that counts as open was won or lost before its other stages."))
        return
    st.caption(_said(found) + " " + _("Correct the day of the end or of the stages, or give the deal its closing date, and import the file again."))
    chosen = tables.show(labels.worded(found, "stage", "end_stage"), "contradicting_deals", key="quality_deals", pick=True, leads="value")
    if chosen is not None:
        links.open_account(found["account_id"][chosen])


def _open_list() -> None:
    """Go to the list, under the same filters."""
    st.session_state["quality_view"] = VIEW
    query = {name: values for name, values in address.query().items() if name in links.SHARED}
    address.lead_to(query)
    st.switch_page(PAGE, query_params=query)


def _deals(filters: Filters, chosen: Cuts) -> pl.DataFrame:
    return answers.get("contradicting_deals", filters, chosen).contradicting_deals


def _said(found: pl.DataFrame) -> str:
    return ngettext(
        "Of all periods, {n} deal worth {value} counts as open today although it was won or lost: that day lies before all its other stages.",
        "Of all periods, {n} deals worth {value} count as open today although they were won or lost: those days lie before all their other stages.", found.height,
    ).format(n=format_number(found.height), value=format_money_compact(found["value"].sum())).replace("$", "\\$")  # fmt: skip
