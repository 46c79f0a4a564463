"""The funnel's velocity: its factors, what moved it, and what would."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from charts import labels
from charts.columns import column_label
from charts.waterfall import waterfall
from data.language import _, format_money, format_number, format_percent, listed, ngettext
from measures.metrics import is_thin
from measures.pipeline.velocity import change
from pages.parts import draw, tables
from pages.parts.escape import plain
from pages.parts.pipeline.funnel_shown import Shown


def velocity(now: Shown) -> None:
    """The money per day and its factors; what moved it since a year earlier, or sets one side apart from the other; what would."""
    row = now.answer.velocity.row(0, named=True)
    if row["value_per_day"] is None:
        st.caption(_("Velocity needs a won deal: nothing has been won in this selection."))
        return
    st.markdown(_formula(row))
    _difference(now, row["value_per_day"])
    st.caption(_("What each factor alone would add if it were a tenth better."))
    tables.show(_factors(now.answer.levers, "now", "improved"), "levers", key="funnel_levers", columns=_right("now", "improved"))


def _formula(row: Mapping[str, float]) -> str:
    text = _("{n} open deals × {rate} won × {value} each ÷ {days} days = **{speed} a day**").format(
        n=format_number(row["open"]), rate=format_percent(row["win_rate"]), value=format_money(row["average_value"]),
        days=format_number(row["cycle_days"]), speed=format_money(row["value_per_day"]),
    )  # fmt: skip
    return text.replace("$", "\\$")


def _difference(now: Shown, speed: float) -> None:
    """A waterfall from the other side's velocity, or that of a year earlier, to this one, factor by factor; and its table."""
    pair = now.pair
    moved = change(pair.other.velocity, pair.one.velocity) if pair else now.answer.velocity_change
    if moved.is_empty():
        return
    won = _won_then(now)
    if is_thin(won):
        st.caption(ngettext(
            "What it is compared with rests on {n} won deal: too few to say what moved it.", "What it is compared with rests on {n} won deals: too few to say what moved it.", won
        ).format(n=format_number(won)))  # fmt: skip
        return
    if pair:
        end, start = pair.names
        st.caption(_("What explains the difference between {names}, in money per day.").format(names=plain(listed((end, start)))))
    else:
        years = now.filters.years
        end, start = _("Now"), ngettext("A year earlier", "{n} years earlier", years).format(n=format_number(years))
        said = ngettext("What moved it since the same period a year earlier, in money per day.", "What moved it since the same period {n} years earlier, in money per day.", years)
        st.caption(said.format(n=format_number(years)))
    effects = [(_name(driver), effect, "step") for driver, effect in moved.select("driver", "effect_per_day").iter_rows()]
    steps = [(start, speed - moved["effect_per_day"].sum(), "total"), *effects, (end, speed, "total")]
    frame = pl.DataFrame(steps, schema={"name": pl.String, "amount": pl.Float64, "kind": pl.String}, orient="row")
    draw.chart(waterfall(frame, title=labels.metric("value_per_day"), theme=draw.theme(), finding=now.finding), key="funnel_waterfall")
    tables.show(
        _factors(moved, "before", "now"),
        "velocity_change",
        key="funnel_velocity_change",
        columns=_right(before=start, now=end) if pair else _right("before", "now"),
        about=((column_label("before"), start), (column_label("now"), end)) if pair else (),
    )


def _won_then(now: Shown) -> int:
    """The won deals that the other side's velocity, or that of a year earlier, rests on."""
    flow, span = (now.pair.other.flow, "now") if now.pair else (now.answer.flow, "before")
    return int(flow.filter(pl.col("span") == span)["won"].sum())


def _factors(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The factors of velocity in words, each value as its own unit is written."""
    written = {
        column: [_factor(driver, value) for driver, value in frame.select("driver", column).iter_rows()] for column in columns
    }
    texts = frame.with_columns(pl.Series(column, texts, dtype=pl.String) for column, texts in written.items())
    return labels.worded(texts, "driver", writer=_name)


def _right(*columns: str, **named: str) -> dict[str, object]:
    """Figures that are written out stand at the right, as figures do; `named` columns have a heading of their own."""
    headings = {column: column_label(column) for column in columns} | named
    return {column: st.column_config.TextColumn(heading, alignment="right") for column, heading in headings.items()}


def _name(driver: str) -> str:
    return labels.metric("open_deals" if driver == "open" else driver)


def _factor(driver: str, value: float) -> str:
    if driver == "win_rate":
        return format_percent(value)
    return format_money(value) if driver == "average_value" else format_number(value, 0 if driver == "open" else 1)
