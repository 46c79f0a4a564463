"""Where do deals stop, and how long do they wait there? Helps a sales manager decide which stage to work on with whom.

Answers coverage.md's numbers 1 and 18 (stages and windows by sales model): snapshot, cohort and transitions, never confused; two periods
or two teams side by side.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.findings.pipeline.funnel import compared, maturity, ordered, sentence
from charts.pipeline.funnel import funnel, legend
from data.language import _
from measures.pipeline.funnel import Funnel
from measures.pipeline.sales_model import windows
from measures.thresholds import Cuts
from pages.parts import answers, cuts, dates, draw, explain, filter_bar, frame, states, tabs
from pages.parts.escape import plain
from pages.parts.pipeline import contradictions, deal_choice, funnel_compare, funnel_tiles, funnel_views
from queries.filters import Filters

WINDOWS = ("sales_model", "maturity_days", "stuck_percentile")


def controls() -> tuple[Cuts, str, DeltaGenerator]:
    """The cuts of the view, the sources and the windows, whether deals or their value are drawn, and the place for what to compare with."""
    view, measure, chips = st.columns((33, 20, 47), vertical_alignment="bottom")
    with chips, st.container(horizontal=True, gap="small", key="funnel_chips"):
        of, beside, more = st.container(width="content"), st.container(width="content"), st.container(width="content")
    windows_chip = more.popover(deal_choice.short_model_name("funnel"), icon=":material/hourglass:", key="chip_windows")
    with windows_chip:
        model = deal_choice.model("funnel")
    with view:
        chosen = cuts.choose("funnel", ("view",), columns=1)
    with windows_chip:
        chosen = cuts.choose("funnel", WINDOWS if not model else WINDOWS[1:], columns=1, base=chosen)
        st.caption(_("{model}: a month of deals is mature after {n} days.").format(model=deal_choice.model_name("funnel"), n=windows(chosen).maturity_days))
    chosen = deal_choice.sources(of, "funnel", chosen)
    words = {"deals": _("Deals"), "value": _("Value")}
    with measure:
        shown = tabs.choose(_("Measure"), words, key="funnel_measure", name="bars", label_visibility="visible")
    return chosen, shown, beside


def view_caption(view: str) -> str:
    """What the chosen view counts, so that nobody takes one for another."""
    return {
        "cohort": _("The deals created in the period, followed to the last day of the data."),
        "snapshot": _("What is open at the period's end. A count of stock, not a conversion."),
        "transitions": _("The moves that deals made in the period, whenever they were created."),
    }[view]


def standing(answer: Funnel, filters: Filters) -> str:
    """The time that the view's figures stand for."""
    return {
        "cohort": dates.both(dates.period(filters), dates.on(answer.as_of)),
        "snapshot": dates.on(dates.last_day(filters, answer.as_of)),
        "transitions": dates.period(filters),
    }[answer.view]


states.need_store()
filters = filter_bar.current()
head = st.container()
with states.controls() as room:
    chosen, measure, beside_place = controls()
answer = answers.get("funnel", filters, chosen)
if answer.stages.is_empty():
    states.no_stages(answer.has_ends, _("The funnel follows deals from stage to stage."), room)
    st.stop()
if not answer.summary["created"].item() and not answer.stages["entered"].sum() and not answer.stages["open"].sum():
    states.no_sales(filters)
    st.stop()
pair = funnel_compare.choose(beside_place, answer, filters, chosen)
answer, filters = (pair.one, pair.filters) if pair else (answer, filters)
finding = compared(pair.one, pair.other, pair.names) if pair else sentence(answer)
with head:
    frame.head(_("Funnel"), finding, standing(answer, filters))
    funnel_tiles.row(answer, filters.years)
beside, names = (pair.other.stages, pair.names) if pair else (None, ("", ""))
said = (
    deal_choice.caption("funnel"), plain(ordered(answer.stages, chosen)), view_caption(answer.view), maturity(answer), plain(legend(answer.stages, names)),
    funnel_compare.caution(pair),
)  # fmt: skip
st.caption(" ".join(filter(None, said)))
contradictions.note(filters, chosen)
states.unknown_ends(answer.has_ends)
figure = funnel(answer.stages, view=answer.view, measure=measure, theme=draw.theme(), finding=finding, beside=beside, names=names)
picked = draw.chart(figure, key=f"funnel_{answer.view}_{measure}")
funnel_views.show(answer, filters, chosen, finding, pair, picked[0]["stage"] if picked else None)
explain.panel(
    ("conversion_rate", "value_conversion_rate", "win_rate", "median_days", "survival", "age_days", "velocity", "cycle_days", "open_value"), chosen,
    ((_("Deals created"), answer.summary["created"].item()), (_("Deals closed"), answer.summary["won"].item() + answer.summary["lost"].item())),
)  # fmt: skip
