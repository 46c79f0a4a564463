"""The funnel's secondary views: breakdown, cohorts, time in stage, stuck deals, velocity, lost reasons, deals."""

from collections.abc import Callable

import polars as pl
import streamlit as st

from charts import labels
from charts.pipeline.cohorts import cohorts
from charts.pipeline.survival import survival
from data.language import _, format_money_compact, format_number, format_percent, mark, ngettext
from measures.pipeline.funnel import Funnel
from measures.pipeline.funnel_deals import DEALS_PER_STAGE
from measures.pipeline.stage_order import WON
from measures.pipeline.stage_times import LEAST_WON_STAYS
from measures.thresholds import Cuts
from pages.parts import draw, links, tables, tabs
from pages.parts.escape import plain
from pages.parts.pipeline import funnel_breakdown, funnel_speed
from pages.parts.pipeline.funnel_compare import Pair
from pages.parts.pipeline.funnel_shown import Shown
from pages.parts.pipeline.last_choice import click_counts
from queries.filters import Filters


def show(answer: Funnel, filters: Filters, cuts: Cuts, finding: str, pair: Pair | None, stage: str | None) -> None:
    """The chosen view, or the deals of the stage whose bar was clicked since. Only the open view is asked."""
    words = {name: _(title) for name, (title, _view) in _VIEWS.items()}
    chosen = tabs.choose(_("View"), words, key="funnel_tab", name="tab")
    now = Shown(answer, filters, cuts, finding, pair)
    if click_counts("funnel", stage, chosen, lists="deals"):
        said = _("Deals that are in {stage} now; click its bar again to see all") if answer.view == "cohort" else _("Deals in {stage} at the period's end; click its bar again to see all")
        st.caption(said.format(stage=plain(labels.label(stage))))
        _deals(now, stage)
    else:
        _VIEWS[chosen][1](now)


def _stages(now: Shown) -> None:
    """The table behind the chart; what the view does not speak of is left out."""
    rows, view = now.answer.stages, now.answer.view
    unspoken = {"position", *(["entered"] if view == "snapshot" else [])}
    spoken = [column for column in rows.columns if rows[column].null_count() < rows.height and column not in unspoken]
    tables.show(labels.worded(rows.select(spoken), "stage"), "stages", key=f"funnel_stages_{view}", leads="conversion_rate" if "conversion_rate" in spoken else None)


def _cohorts(now: Shown) -> None:
    """The share of each month's entries that went on in time, stage by stage."""
    found = now.part("funnel_cohorts").cohorts
    if found.is_empty():
        st.caption(_("No deal of the period has entered a stage."))
        return
    st.caption(_("Of the deals that came to a stage in a month, the share that went on within the days of maturity. Grey months had no time yet."))
    draw.chart(cohorts(found, theme=draw.theme(), finding=now.finding), key="funnel_cohort_map")
    tables.show(labels.worded(found, "stage"), "cohorts", key="funnel_cohorts")
    tables.show_folded(_("By the month of creation"), now.answer.by_month, "cohorts_created", key="funnel_created")


def _times(now: Shown) -> None:
    """How long deals stay in each stage, open ones counted as long as they are seen; and where they go in the end."""
    if now.answer.survival.is_empty():
        st.caption(_("No deal has left a stage yet."))
        return
    st.caption(_("The share of deals still in the stage. Open deals count for as long as they have been seen; half have left at the dashed line."))
    draw.chart(survival(now.answer.survival, theme=draw.theme(), finding=now.finding), key="funnel_survival")
    bounds = ("median_lo", "median_hi")
    tables.show(labels.worded(now.answer.ways_out.select(pl.exclude(bounds), *bounds), "stage"), "ways_out", key="funnel_ways_out")


def _stuck(now: Shown) -> None:
    """Open deals that wait longer than most won ones did; a chosen row opens the account."""
    rows = now.part("funnel_deals").stuck
    st.caption(
        ngettext(
            "{n} deal worth {value} has been in its stage longer than {share} of won deals ever were (of all deals, where fewer than {least} were won). Open the account, or let the deal go.",
            "{n} deals worth {value} have been in their stage longer than {share} of won deals ever were (of all deals, where fewer than {least} were won). Open the account, or let the deal go.",
            rows.height,
        ).format(
            n=format_number(rows.height), value=format_money_compact(rows["value"].sum()), share=format_percent(float(now.cuts["stuck_percentile"]), 0),
            least=format_number(LEAST_WON_STAYS),
        ).replace("$", "\\$")
    )  # fmt: skip
    chosen = tables.show(labels.worded(rows, "stage"), "stuck", key="funnel_stuck", pick=True, leads="age_days")
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def _deals(now: Shown, stage: str | None = None) -> None:
    """The deals, of one stage if it was clicked; a chosen row opens the deal's account."""
    rows = now.part("funnel_deals").deals
    if stage is not None:
        rows = rows.filter(pl.col("outcome" if stage == WON else "stage") == stage)
        _moved_on(now, stage, rows.height)
    shown = rows.select(pl.exclude(_IDS, "outcome"), *_IDS)
    chosen = tables.show(labels.worded(shown, "stage"), "deals", key=f"funnel_deals_{stage}", pick=True, leads="value")
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def _moved_on(now: Shown, stage: str, listed: int) -> None:
    """Why a cohort's bar and the list differ: who went back a stage is counted in the bar of the furthest one."""
    is_open = now.answer.stages.filter(pl.col("stage") == stage)["open"]
    if now.answer.view == "cohort" and stage != WON and listed < DEALS_PER_STAGE and is_open.to_list() != [listed]:
        st.caption(
            _("The bar counts {n} open deals whose furthest stage this is, the list the {listed} that stand here now: some went back a stage.").format(
                n=format_number(is_open.sum()), listed=format_number(listed)
            )
        )


_IDS = ("account_id", "region_id", "salesperson_id", "product_id")

_VIEWS: dict[str, tuple[str, Callable[[Shown], None]]] = {
    "stages": (mark("Stages"), _stages), "by": (mark("Breakdown"), funnel_breakdown.breakdown), "cohorts": (mark("Cohorts"), _cohorts),
    "times": (mark("Time in stage"), _times), "stuck": (mark("Stuck deals"), _stuck), "velocity": (mark("Velocity"), funnel_speed.velocity),
    "losses": (mark("Lost reasons"), funnel_breakdown.losses), "deals": (mark("Deals"), _deals),
}  # fmt: skip
