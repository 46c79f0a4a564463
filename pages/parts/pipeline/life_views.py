"""The life cycle's secondary views: stages, accounts, repurchase, leads, hand-overs, renewals and referrals."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import streamlit as st

from charts import labels
from charts.findings.pipeline.life_cycle import returned
from charts.pipeline.forecast import quarter_name
from charts.pipeline.repurchase import repurchase as repurchase_chart
from data.language import _, format_number, format_percent, mark, ngettext
from measures.pipeline.leads import STATUSES
from measures.pipeline.life_cycle import LifeCycle
from measures.registry import kind
from measures.thresholds import Cuts
from pages.parts import answers, draw, links, session, tables, tabs
from pages.parts.escape import plain
from pages.parts.pipeline.last_choice import click_counts
from queries.filters import Filters


@dataclass(frozen=True)
class Shown:
    """The answer, and what was asked: the views that need more ask for it when they are open."""

    answer: LifeCycle
    filters: Filters
    cuts: Cuts

    def part(self, name: str) -> object:
        """A part of the answer that only one view needs."""
        return answers.get(name, self.filters, self.cuts.only(kind(name).thresholds))


def show(now: Shown, stage: str | None) -> None:
    """The chosen view, or the accounts of the stage whose bar was clicked since."""
    words = {name: _(title) for name, (title, _view) in _VIEWS.items()}
    view = tabs.choose(_("View"), words, key="life_view", name="tab")
    if click_counts("life", stage, view, lists="accounts"):
        st.caption(_("Accounts in the stage {stage}; click its bar again to see all").format(stage=plain(labels.life_stage(stage))))
        _accounts(now, stage)
    else:
        _VIEWS[view][1](now)


def without_deals() -> str:
    """What is not known where no deal was ever imported."""
    return _("No deal was ever imported (table “Opportunities”): who is an opportunity, which leads are open and what was renewed is not known.")


def _stages(now: Shown) -> None:
    """The accounts by stage, and before the period."""
    named = labels.worded(labels.worded(now.answer.life_cycle, "life_stage", writer=labels.life_stage), "owner")
    unknown = () if session.holds("deals") else ("open_value",)
    tables.show(named.drop("position", *unknown), "life_cycle", key="life_stages")


def _accounts(now: Shown, stage: str | None = None) -> None:
    """The accounts one by one, the largest first; a chosen row opens one."""
    rows = now.answer.accounts if stage is None else now.answer.accounts.filter(pl.col("life_stage") == stage)
    named = labels.worded(rows, "life_stage", writer=labels.life_stage).select("account", "net_sales", "life_stage", pl.exclude("account", "net_sales", "life_stage"))
    chosen = tables.show(named, "life_accounts", key=f"life_accounts_{stage}", pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def _repurchase(now: Shown) -> None:
    """First-time buyers by quarter, and how many came back in time."""
    if now.answer.repurchase.is_empty():
        st.caption(_("No account has ordered yet."))
        return
    st.caption(_("Accounts by the quarter of their first order, and those that ordered again within the window. Quarters that are not mature had no time yet; the one in which the data begin holds older customers too."))
    finding = returned(now.answer.repurchase)
    st.markdown(f"**{plain(finding)}**")
    draw.chart(repurchase_chart(now.answer.repurchase, theme=draw.theme(), finding=finding), key="life_repurchase_chart")
    tables.show(labels.worded(now.answer.repurchase, "cohort", writer=quarter_name).rename({"cohort": "first_quarter"}), "repurchase", key="life_repurchase")


def _leads(now: Shown) -> None:
    """Open deals by protection; a chosen row opens the account."""
    if not session.holds("deals"):
        st.caption(_("No rows."))
        return
    counts = dict(now.answer.lead_totals.select("lead_status", "deals").iter_rows())
    words = {status: _("{label} ({n})").format(label=labels.label(status), n=format_number(counts[status])) for status in STATUSES}
    status = tabs.choose(_("Protection"), words, key="life_status", name="leads", default="cooled")
    st.caption(
        {
            "protected": _("The customer is in touch: the deal stays its owner's until the day stated."),
            "cooled": _("Silent for longer than the window: stop pushing; somebody else may try another way."),
            "reawakened": _("Cooled once, and then the customer came back by itself: answer first."),
        }[status]
    )
    if not session.holds("activities"):
        st.caption(_("No contact was ever imported (table “Activities”): every lead counts from its creation alone."))
    rows = now.part("life_leads").leads.filter(pl.col("lead_status") == status)
    chosen = tables.show(labels.worded(rows, "stage", "lead_status"), "leads", key=f"life_leads_{status}", pick=True, leads="value")
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def _hand_overs(now: Shown) -> None:
    """Accounts that changed hands since the period's beginning, the least taken up first."""
    rows = now.part("life_hand_overs").hand_overs
    if rows.is_empty():
        st.caption(_("No account changed hands in the period."))
        return
    left = rows["left_deals"].sum()
    said = ngettext("{n} account changed hands; {rate} of what there was to take up is found.",
                    "{n} accounts changed hands; {rate} of what there was to take up is found.", rows.height)  # fmt: skip
    rest = ngettext("{n} deal is still in another name.", "{n} deals are still in another name.", left)
    taken = said.format(n=format_number(rows.height), rate=format_percent(rows["completeness_rate"].mean(), 0))
    st.caption(f"{taken} {rest.format(n=format_number(left))}")
    chosen = tables.show(rows, "hand_overs", key="life_hand_overs", pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def _openings(now: Shown) -> None:
    """Deals that open, renew or refer a customer."""
    if not session.holds("deals"):
        st.caption(_("No rows."))
        return
    st.caption(_("A deal renews a customer that had bought before it was created, else it opens one; referrals are among both."))
    tables.show(labels.worded(now.part("life_openings").openings, "opening", writer=labels.opening), "openings", key="life_openings")


_VIEWS: dict[str, tuple[str, Callable[[Shown], None]]] = {
    "stages": (mark("Stages"), _stages), "accounts": (mark("Accounts"), _accounts), "leads": (mark("Leads"), _leads),
    "repurchase": (mark("Repurchase"), _repurchase), "hand_overs": (mark("Hand-overs"), _hand_overs),
    "openings": (mark("Renewals and referrals"), _openings),
}  # fmt: skip
