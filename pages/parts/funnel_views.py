"""The funnel's secondary views: breakdown, cohorts, time in stage, stuck deals, velocity, lost reasons, deals."""

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from charts.cohorts import cohorts
from charts.forecast import quarter_name
from charts.survival import survival
from charts.values import full
from data.language import _, format_number, format_percent
from measures.funnel import Funnel
from measures.velocity import change
from pages.parts import draw, links, tables
from pages.parts.funnel_compare import Pair


def stages(answer: Funnel, finding: str) -> None:
    """The table behind the chart."""
    tables.show(labels.worded(answer.stages, "stage"), "stages", key="funnel_stages")


def breakdown(answer: Funnel, finding: str) -> None:
    """Won value and win rate by region, team, person, source, product or quarter of closing."""
    views = {
        "region": _("Regions"), "manager": _("Teams"), "salesperson": _("Salespeople"), "source": _("Sources"), "product": _("Products"),
        "quarter": _("Quarters of closing"),
    }  # fmt: skip
    view = st.segmented_control(
        _("By"), list(views), default="region", key="funnel_by", format_func=views.get, required=True, label_visibility="collapsed"
    )
    rows = getattr(answer, f"by_{view}")
    if view == "quarter":
        tables.show(labels.worded(rows, "quarter", writer=quarter_name), "funnel_quarters", key="funnel_table_quarter")
        return
    key = view if view == "source" else f"{view}_id"
    draw.chart(
        bars(rows, name=view, key=key, value="won_value", metric="won_value", comparison=None, theme=draw.theme(), finding=finding),
        key=f"funnel_{view}",
    )
    tables.show(rows, f"funnel_{view}", key=f"funnel_table_{view}")


def cohort_months(answer: Funnel, finding: str) -> None:
    """The share of each month's entries that went on in time, stage by stage."""
    if answer.cohorts.is_empty():
        st.caption(_("No deal of the period has entered a stage."))
        return
    st.caption(_("Of the deals that came to a stage in a month, the share that went on within the days of maturity. Grey months had no time yet."))
    draw.chart(cohorts(answer.cohorts, theme=draw.theme(), finding=finding), key="funnel_cohort_map")
    tables.show(labels.worded(answer.cohorts, "stage"), "cohorts", key="funnel_cohorts")
    with st.expander(_("By the month of creation")):
        tables.show(answer.by_month, "cohorts_created", key="funnel_created")


def times(answer: Funnel, finding: str) -> None:
    """How long deals stay in each stage, open ones counted as long as they are seen; and where they go."""
    if answer.survival.is_empty():
        st.caption(_("No deal has left a stage yet."))
        return
    st.caption(_("The share of deals still in the stage. Open deals count for as long as they have been seen; half have left at the dashed line."))
    draw.chart(survival(answer.survival, theme=draw.theme(), finding=finding), key="funnel_survival")
    last = answer.exits.sort("day").group_by("stage", "outcome", maintain_order=True).agg(pl.col("day").last(), pl.col("incidence").last())
    tables.show(labels.worded(last, "stage", "outcome"), "exits", key="funnel_exits")


def stuck(answer: Funnel, finding: str) -> None:
    """Open deals that wait longer than most won ones did; a chosen row opens the account."""
    st.caption(_("Longer in their stage than the stated share of won deals ever stayed there. Open the account, or let the deal go."))
    chosen = tables.show(labels.worded(answer.stuck, "stage"), "stuck", key="funnel_stuck", pick=True)
    if chosen is not None:
        links.open_account(answer.stuck["account_id"][chosen])


def velocity(answer: Funnel, finding: str, pair: Pair | None) -> None:
    """What a tenth better of each factor would add; between two sides, what explains their difference."""
    row = answer.velocity.row(0, named=True)
    if row["value_per_day"] is None:
        st.caption(_("Velocity needs a won deal: nothing has been won in this selection."))
        return
    st.markdown(
        _("{n} open deals × {rate} won × {value} each ÷ {days} days = **{speed} a day**").format(
            n=format_number(row["open"]), rate=format_percent(row["win_rate"]), value=full(row["average_value"], "won_value"),
            days=format_number(row["cycle_days"]), speed=full(row["value_per_day"], "won_value"),
        ).replace("$", "\\$")
    )  # fmt: skip
    st.caption(_("What each factor alone would add if it were a tenth better."))
    tables.show(labels.worded(answer.levers, "driver", writer=labels.metric), "levers", key="funnel_levers")
    if pair is not None:
        st.caption(_("What explains the difference between {one} and {other}, in money per day.").format(one=pair.names[0], other=pair.names[1]))
        moved = change(pair.other.velocity, pair.one.velocity)
        tables.show(labels.worded(moved, "driver", writer=labels.metric), "velocity_change", key="funnel_velocity_change")


def losses(answer: Funnel, finding: str) -> None:
    """Why deals were lost, and where."""
    if answer.lost_reasons.is_empty():
        st.caption(_("No deal of the period is lost."))
        return
    named = answer.lost_reasons.with_columns(pl.col("lost_reason").fill_null(_("no reason written")))
    draw.chart(
        bars(named, name="lost_reason", key="lost_reason", value="lost", metric="lost_deals", comparison=None, theme=draw.theme(), finding=finding),
        key="funnel_losses",
    )
    tables.show(labels.worded(named, "stage"), "lost_reasons", key="funnel_lost_reasons")


def deals(answer: Funnel, stage: str | None) -> None:
    """The deals, of one stage if it was clicked; a chosen row opens the deal's account."""
    rows = answer.deals if stage is None else answer.deals.filter(pl.col("stage") == stage)
    chosen = tables.show(labels.worded(rows, "stage"), "deals", key=f"funnel_deals_{stage}", pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])
