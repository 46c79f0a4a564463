"""Where do deals stop, and how long do they wait there? Helps a sales manager decide which stage to work on with whom.

Answers product.md's numbers 1 and 26, and the stages of 18: snapshot, cohort and transitions, never confused.
"""

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from charts.findings.funnel import sentence
from charts.funnel import funnel
from data.language import _, format_number, ngettext
from measures.funnel import Funnel
from pages.parts import answers, cuts, draw, explain, filter_bar, frame, links, metrics, states, tables


def view_caption(view: str) -> str:
    """What the chosen view counts, so that nobody takes one for another."""
    return {
        "cohort": _("The deals created in the period, followed to the last day of the data."),
        "snapshot": _("What is open at the period's end. A count of stock, not a conversion."),
        "transitions": _("The moves that deals made in the period, whenever they were created."),
    }[view]


def metric_row(answer: Funnel) -> None:
    """Created, win rate, won value, open value, days to win."""
    total = answer.summary.row(0, named=True)
    closed = total["won"] + total["lost"]
    metrics.row(
        [
            metrics.Tile("deals_created", total["created"], label=_("Created")),
            metrics.Tile("win_rate", total["win_rate"], beside=_("{won} of {closed} closed").format(won=format_number(total["won"]), closed=format_number(closed))),
            metrics.Tile("won_value", total["won_value"]),
            metrics.Tile("open_value", total["open_value"], beside=ngettext("{n} deal", "{n} deals", total["open"]).format(n=format_number(total["open"]))),
            metrics.Tile("cycle_days", total["cycle_days"]),
        ]
    )


def breakdown(answer: Funnel) -> None:
    """Won value and win rate by region, person or source."""
    views = {"region": _("Regions"), "salesperson": _("Salespeople"), "source": _("Sources")}
    view = st.segmented_control(
        _("By"), list(views), default="region", key="funnel_by", format_func=views.get, required=True, label_visibility="collapsed"
    )
    rows = {"region": answer.by_region, "salesperson": answer.by_salesperson, "source": answer.by_source}[view]
    key = view if view == "source" else f"{view}_id"
    draw.chart(
        bars(rows, name=view, key=key, value="won_value", metric="won_value", comparison=None, theme=draw.theme(), finding=finding),
        key=f"funnel_{view}",
    )
    tables.show(rows, f"funnel_{view}", key=f"funnel_table_{view}")


def deals(answer: Funnel, stage: str | None) -> None:
    """The deals, of one stage if it was clicked; a chosen row opens the deal's account."""
    rows = answer.deals if stage is None else answer.deals.filter(pl.col("stage") == stage)
    chosen = tables.show(rows, "deals", key=f"funnel_deals_{stage}", pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


states.need_store()
filters = filter_bar.current()
head = st.container()
chosen = cuts.choose("funnel", ("view", "maturity_days", "stuck_percentile"))
answer = answers.get("funnel", filters, chosen)
if answer.stages.is_empty():
    states.missing_table("stage_events", _("The funnel follows deals from stage to stage."))
    st.stop()
if not answer.summary["created"].item() and not answer.stages["entered"].fill_null(0).any() and not answer.stages["open"].fill_null(0).any():
    states.no_sales(filters)
    st.stop()
finding = sentence(answer)
with head:
    frame.head(_("Funnel"), finding)
    metric_row(answer)
st.caption(view_caption(str(chosen["view"])))
picked = draw.chart(funnel(answer.stages, view=str(chosen["view"]), theme=draw.theme(), finding=finding), key=f"funnel_{chosen['view']}")
stage = picked[0]["stage"] if picked else None
tabs = {"stages": _("Stages"), "by": _("Breakdown"), "cohorts": _("Cohorts"), "deals": _("Deals")}
shown = st.segmented_control(
    _("View"), list(tabs), default="stages", key="funnel_tab", format_func=tabs.get, required=True, label_visibility="collapsed"
)
if stage is not None or shown == "deals":
    if stage is not None:
        st.caption(_("Deals in {stage}; click its bar again to see all").format(stage=labels.label(stage)))
    deals(answer, stage)
elif shown == "stages":
    tables.show(labels.worded(answer.stages, "stage"), "stages", key="funnel_stages")
elif shown == "by":
    breakdown(answer)
else:
    st.caption(_("Months that are too young to judge are not mature: their deals had no time yet."))
    tables.show(answer.by_month, "cohorts", key="funnel_cohorts")
explain.panel(
    ("conversion_rate", "win_rate", "median_days", "cycle_days", "open_value"), chosen,
    ((_("Deals created"), answer.summary["created"].item()), (_("Deals closed"), answer.summary["won"].item() + answer.summary["lost"].item())),
)  # fmt: skip
