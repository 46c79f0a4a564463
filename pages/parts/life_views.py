"""The life cycle's secondary views: stages, repurchase, leads, hand-overs, renewals and referrals."""

import polars as pl
import streamlit as st

from charts import labels
from charts.forecast import quarter_name
from data.language import _, format_number, format_percent
from measures.funnel import Funnel
from measures.leads import STATUSES
from pages.parts import links, tables


def stages(answer: Funnel) -> None:
    """The accounts by stage, and before the period."""
    tables.show(labels.worded(answer.life_cycle, "life_stage", "owner").drop("position"), "life_cycle", key="life_stages")


def repurchase(answer: Funnel) -> None:
    """First-time buyers by quarter, and how many came back in time."""
    if answer.repurchase.is_empty():
        st.caption(_("No account has ordered yet."))
        return
    st.caption(_("Accounts by the quarter of their first order, and those that ordered again within the window. Quarters that are not mature had no time yet."))
    tables.show(labels.worded(answer.repurchase, "cohort", writer=quarter_name), "repurchase", key="life_repurchase")


def leads(answer: Funnel) -> None:
    """Open deals by protection; a chosen row opens the account."""
    counts = dict(answer.lead_totals.select("lead_status", "deals").iter_rows())
    words = {status: _("{label} ({n})").format(label=labels.label(status), n=format_number(counts[status])) for status in STATUSES}
    status = st.segmented_control(_("Protection"), list(words), default="cooled", key="life_status", format_func=words.get, required=True, label_visibility="collapsed")
    st.caption(
        {
            "protected": _("The customer is in touch: the deal stays its owner's until the day stated."),
            "cooled": _("Silent for longer than the window: stop pushing; somebody else may try another way."),
            "reawakened": _("Cooled once, and then the customer came back by itself: answer first."),
        }[status]
    )
    rows = answer.leads.filter(pl.col("lead_status") == status)
    chosen = tables.show(labels.worded(rows, "stage", "lead_status"), "leads", key=f"life_leads_{status}", pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def hand_overs(answer: Funnel) -> None:
    """Accounts that changed hands since the period's beginning, the least taken up first."""
    rows = answer.hand_overs
    if rows.is_empty():
        st.caption(_("No account changed hands in the period."))
        return
    st.caption(
        _("{n} accounts changed hands; {rate} of what there was to take up is found. {left} deals are still in another name.").format(
            n=format_number(rows.height), rate=format_percent(rows["completeness_rate"].mean(), 0), left=format_number(rows["left_deals"].sum())
        )
    )
    chosen = tables.show(rows, "hand_overs", key="life_hand_overs", pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def openings(answer: Funnel) -> None:
    """Deals that open, renew or refer a customer."""
    st.caption(_("A deal renews a customer that had bought before it was created, else it opens one; referrals are among both."))
    tables.show(labels.worded(answer.openings, "opening"), "openings", key="life_openings")
