"""Where do deals stop, and how long do they wait there? Helps a sales manager decide which stage to work on with whom.

Answers product.md's numbers 1 and 18 (stages and windows by sales model): snapshot, cohort and transitions, never confused; two periods
or two teams side by side.
"""

import streamlit as st

from charts import labels
from charts.findings.funnel import compared, sentence
from charts.funnel import funnel
from data.language import _, format_number, ngettext
from measures.funnel import Funnel
from pages.parts import answers, cuts, draw, explain, filter_bar, frame, funnel_compare, funnel_views, metrics, states
from pages.parts.escape import plain

CUTS = ("view", "maturity_days", "stuck_percentile")


def view_caption(view: str) -> str:
    """What the chosen view counts, so that nobody takes one for another."""
    return {
        "cohort": _("The deals created in the period, followed to the last day of the data."),
        "snapshot": _("What is open at the period's end. A count of stock, not a conversion."),
        "transitions": _("The moves that deals made in the period, whenever they were created."),
    }[view]


def metric_row(answer: Funnel) -> None:
    """Created, win rate, won value, open value with the stuck deals, velocity with the days to win."""
    total = answer.summary.row(0, named=True)
    waiting = ngettext("{n} deal stuck", "{n} deals stuck", answer.stuck.height).format(n=format_number(answer.stuck.height))
    metrics.row(
        [
            metrics.Tile("deals_created", total["created"], label=_("Created")),
            metrics.Tile("win_rate", total["win_rate"], beside=_("{won} of {closed} closed").format(won=format_number(total["won"]), closed=format_number(total["won"] + total["lost"]))),
            metrics.Tile("won_value", total["won_value"], beside=_("{n} days to win").format(n=format_number(total["cycle_days"]))),
            metrics.Tile("open_value", total["open_value"], beside=waiting),
            metrics.Tile("velocity", total["velocity"], label=_("Velocity a day")),
        ]
    )


states.need_store()
filters = filter_bar.current()
head = st.container()
chosen = cuts.choose("funnel", CUTS)
view = str(chosen["view"])
answer = answers.get("funnel", filters, chosen)
if answer.stages.is_empty():
    states.missing_table("stage_events", _("The funnel follows deals from stage to stage."))
    st.stop()
if not answer.summary["created"].item() and not answer.stages["entered"].fill_null(0).any() and not answer.stages["open"].fill_null(0).any():
    states.no_sales(filters)
    st.stop()
pair = funnel_compare.choose(answer, filters, chosen)
answer = pair.one if pair else answer
finding = compared(pair.one, pair.other, pair.names) if pair else sentence(answer)
with head:
    frame.head(_("Funnel"), finding)
    metric_row(answer)
st.caption(view_caption(view))
beside, names = (pair.other.stages, pair.names) if pair else (None, ("", ""))
picked = draw.chart(funnel(answer.stages, view=view, theme=draw.theme(), finding=finding, beside=beside, names=names), key=f"funnel_{view}")
stage = picked[0]["stage"] if picked else None
tabs = {
    "stages": _("Stages"), "by": _("Breakdown"), "cohorts": _("Cohorts"), "times": _("Time in stage"), "stuck": _("Stuck deals"),
    "velocity": _("Velocity"), "losses": _("Lost reasons"), "deals": _("Deals"),
}  # fmt: skip
shown = st.segmented_control(
    _("View"), list(tabs), default="stages", key="funnel_tab", format_func=tabs.get, required=True, label_visibility="collapsed"
)
drawn = {
    "stages": funnel_views.stages, "by": funnel_views.breakdown, "cohorts": funnel_views.cohort_months, "times": funnel_views.times,
    "stuck": funnel_views.stuck, "losses": funnel_views.losses,
}  # fmt: skip
if stage is not None or shown == "deals":
    if stage is not None:
        st.caption(_("Deals in {stage}; click its bar again to see all").format(stage=plain(labels.label(stage))))
    funnel_views.deals(answer, stage)
elif shown == "velocity":
    funnel_views.velocity(answer, finding, pair)
else:
    drawn[shown](answer, finding)
explain.panel(
    ("conversion_rate", "win_rate", "median_days", "survival", "age_days", "velocity", "cycle_days", "open_value"), chosen,
    ((_("Deals created"), answer.summary["created"].item()), (_("Deals closed"), answer.summary["won"].item() + answer.summary["lost"].item())),
)  # fmt: skip
