"""What will the open deals bring, and can such a forecast be believed? Helps a sales manager decide whether the target needs more deals.

Answers coverage.md's number 25 (vi: forecast): weighted by stage, with the range of simulated deals, against the target, and its record.
"""

import polars as pl
import streamlit as st

from charts import labels
from charts.findings.pipeline.pipeline_forecast import left_out, sentence
from charts.pipeline.forecast import forecast, legend, quarter_name, turned_out
from data.language import _, format_money_compact, format_month, format_number, ngettext
from measures.pipeline.pipeline_forecast import PipelineForecast
from pages.parts import answers, cuts, dates, draw, explain, filter_bar, frame, links, metrics, states, tables, tabs
from pages.parts.escape import plain
from pages.parts.pipeline import deal_choice
from pages.parts.pipeline.last_choice import click_counts

CUTS = ("prior_win_rate", "forecast_months")


def metric_row(total: dict[str, object]) -> None:
    """Weighted value with its range, what the record makes of it, open value, target, the record's error."""
    low, high = format_money_compact(total["p10"]), format_money_compact(total["p90"])
    count = ngettext("{n} deal", "{n} deals", total["n"]).format(n=format_number(total["n"]))
    within = _("{n} of {all} in their range").format(n=total["record_within"], all=total["record_quarters"])
    metrics.row(
        [
            metrics.Tile("weighted", total["weighted"], beside=_("8 in 10: {low} to {high}").format(low=low, high=high)),
            metrics.Tile("adjusted", total["adjusted"], label=_("By the record")),
            metrics.Tile("open_value", total["open_value"], beside=count),
            metrics.Tile("target_cover", total["target_cover"], beside=target_text(total["target"])),
            metrics.Tile("forecast_error", total["record_error"], beside=within if total["record_quarters"] else ""),
        ]
    )


def target_text(target: float | None) -> str:
    """What the deals' share is of: the target of all sales."""
    return _("of {value} of all sales").format(value=format_money_compact(target)) if target else _("no target set")


def deals(answer: PipelineForecast, month_key: str | None) -> None:
    """The deals behind the months, of one month if it was clicked; a chosen row opens the deal's account."""
    rows = answer.deals if month_key is None else answer.deals.filter(pl.col("month").dt.strftime("%Y-%m") == month_key)
    if month_key is not None and rows.height:
        st.markdown(f"**{_('Deals expected in {month}').format(month=format_month(rows['month'][0], short=False))}**")
    chosen = tables.show(labels.worded(rows, "stage"), "forecast_deals", key=f"forecast_deals_{month_key}", pick=True, leads="weighted")
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def past(answer: PipelineForecast, finding: str) -> None:
    """Former quarters' forecasts beside what came in of the same deals."""
    if answer.record.is_empty():
        st.caption(_("No quarter is over yet that began with an open deal."))
        return
    st.caption(_("Each forecast is made again from the stages and win rates as they were known on the quarter's first day; amounts and dates are today's. Dashed: the forecast; solid: what came in of the same deals."))
    draw.chart(turned_out(answer.record, theme=draw.theme(), finding=finding), key="forecast_record")
    tables.show(labels.worded(labels.worded(answer.record, "quarter", writer=quarter_name), "status"), "forecast_record", key="forecast_record_table", leads="forecast_error")


states.need_store()
filters = filter_bar.current()
head = st.container()
with states.controls() as room:
    controls, of = st.columns((2, 1), gap="medium", vertical_alignment="bottom")
    with of:
        deal_choice.model("pipeline_forecast")
    with controls:
        chosen = cuts.choose("pipeline_forecast", CUTS, columns=2)
    chosen = deal_choice.sources(of, "pipeline_forecast", chosen)
answer = answers.get("pipeline_forecast", filters, chosen)
if answer.stages.is_empty():
    states.no_stages(answer.has_ends, _("The forecast weighs open deals by the stage that they are in."), room)
    st.stop()
if not answer.summary["n"].item() and answer.record.is_empty():
    room.empty()
    states.empty(
        _("No deal is open"),
        _("The forecast weighs open deals by the stage that they are in, and none of this selection is open."),
        _("Import the deals that are still open (opportunities and stage_events), choose another period or take a filter off."),
    )
    st.stop()
total = answer.summary.row(0, named=True)
finding = sentence(answer)
with head:
    frame.head(_("Forecast"), finding, dates.on(total["as_of"]))
    metric_row(total)
st.caption(" ".join(filter(None, (deal_choice.caption("pipeline_forecast"), legend(answer.months)))))
states.unknown_ends(answer.has_ends)
picked = draw.chart(forecast(answer.months, theme=draw.theme(), finding=finding), key="forecast")
st.caption(plain(left_out(total)))
views = {"months": _("Months"), "record": _("How former forecasts turned out"), "stages": _("Stages"), "deals": _("Deals")}
shown = tabs.choose(_("View"), views, key="forecast_tab", name="tab")
month = picked[0]["month_key"] if picked else None
if click_counts("forecast", month, shown, lists="deals") or shown == "deals":
    deals(answer, month)
elif shown == "months":
    tables.show(answer.months, "forecast_months", key="forecast_months_table")
elif shown == "record":
    past(answer, finding)
else:
    tables.show(labels.worded(answer.stages, "stage"), "forecast_stages", key="forecast_stages")
explain.panel(
    ("weighted", "stage_probability", "adjusted", "forecast_error", "target_cover"), chosen,
    ((_("Open deals"), total["n"] + total["later"]), (_("Deals in the months shown"), total["n"])),
)  # fmt: skip
