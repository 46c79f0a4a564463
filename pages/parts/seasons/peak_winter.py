"""Winter work → summer result: what was opened and visited in the off-season, and the peak that followed."""

import polars as pl
import streamlit as st

from charts import labels
from charts.findings.seasons.winter_work import sentence
from charts.seasons.peak import changes
from charts.seasons.peak_words import word
from data.language import _
from measures.seasons.winter_work import WinterWork
from pages.parts import draw, links, tables, tabs


def show(found: WinterWork) -> None:
    """The association and its picture, then distributors or salespeople."""
    finding = sentence(found)
    st.markdown(f"**{finding}**")
    if found.distributors.is_empty():
        return
    st.caption(_("An association over all seasons of the data, not an effect: who works more may also have the better distributors."))
    work = tabs.choose(_("Work"), {code: word(code) for code in ("opened", "visits")}, key="winter_work", name="work")
    shown = found.groups.filter(pl.col("work") == work)
    if shown.height:
        draw.chart(changes(shown, theme=draw.theme(), finding=finding), key=f"winter_groups_{work}")
    tables.show(labels.worded(found.association, "work", "status", writer=word), "winter_association", key="winter_association")
    by = tabs.choose(_("Rows"), {"account": _("Distributors"), "salesperson": _("Salespeople")}, key="winter_by", name="winter")
    if by == "salesperson":
        tables.show(found.salespeople, "winter_salespeople", key="winter_salespeople")
        return
    chosen = tables.show(found.distributors.drop("salesperson_id"), "winter_distributors", key="winter_distributors", pick=True)
    if chosen is not None:
        links.open_account(found.distributors["account_id"][chosen])
