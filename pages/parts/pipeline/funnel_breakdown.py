"""The funnel's breakdowns: by whom and what, and why deals are lost."""

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from charts.pipeline.forecast import quarter_name
from charts.pipeline.win_rates import win_rates
from data.language import _, mark
from pages.parts import draw, tables, tabs
from pages.parts.pipeline.funnel_shown import Shown

BY_PERIOD = mark("Created, won and lost in the period; open at its end.")
LOST_IN_PERIOD = mark("Lost in the period, whenever they were created.")


def _told(now: Shown, text: str) -> list[tuple[str, str]]:
    """Say what counts here where it is not the deals created in the period; and what the downloads state of it."""
    if now.answer.view == "cohort":
        return []
    st.caption(_(text))
    return [(_("Deals"), _(text))]


def breakdown(now: Shown) -> None:
    """Won value, deals or win rate by region, team, person, source, product; both outcomes by quarter of closing."""
    views = {
        "region": _("Regions"), "manager": _("Teams"), "salesperson": _("Salespeople"), "source": _("Sources"), "product": _("Products"),
        "quarter": _("Quarters of closing"),
    }  # fmt: skip
    about = _told(now, BY_PERIOD)
    view = tabs.choose(_("By"), views, key="funnel_by", name="by")
    rows = labels.people(getattr(now.answer, f"by_{view}"))
    if view == "quarter":
        tables.show(labels.worded(rows, "quarter", writer=quarter_name), "funnel_quarters", key="funnel_table_quarter", about=about)
        return
    measures = {"won_value": "won_value", "win_rate": "win_rate", "created": "deals_created", "open_value": "open_value"}
    value = tabs.choose(_("Measure"), {code: labels.metric(name) for code, name in measures.items()}, key="funnel_by_measure", name="by_measure")
    if value == "win_rate":
        figure = win_rates(rows, name=view, overall=_win_rate(now), theme=draw.theme(), finding=now.finding)
    else:
        key = view if view == "source" else f"{view}_id"
        figure = bars(rows, name=view, key=key, value=value, metric=measures[value], comparison=None, theme=draw.theme(), finding=now.finding)
    draw.chart(figure, key=f"funnel_{view}_{value}")
    ids = [column for column in rows.columns if column.endswith("_id")]
    tables.show(rows.select(pl.exclude(ids), *ids), f"funnel_{view}", key=f"funnel_table_{view}", about=about)


def _win_rate(now: Shown) -> float | None:
    """Of all the deals that are broken down."""
    return (now.answer.summary if now.answer.view == "cohort" else now.answer.flow)["win_rate"].first()


def losses(now: Shown) -> None:
    """Why deals were lost, and where."""
    found, about = now.part("funnel_losses").lost_reasons, _told(now, LOST_IN_PERIOD)
    if found.is_empty():
        st.caption(_("No deal of the period is lost."))
        return
    named = found.with_columns(pl.col("lost_reason").fill_null(_("No reason written")))
    measures = {"lost": "lost_deals", "lost_value": "lost_value"}
    value = tabs.choose(_("Measure"), {code: labels.metric(name) for code, name in measures.items()}, key="funnel_losses_measure", name="losses")
    draw.chart(
        bars(named, name="lost_reason", key="lost_reason", value=value, metric=measures[value], comparison=None, theme=draw.theme(), finding=now.finding),
        key=f"funnel_losses_{value}",
    )
    tables.show(labels.worded(named, "stage"), "lost_reasons", key="funnel_lost_reasons", about=about)
