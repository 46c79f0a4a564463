"""How far alarms can be trusted, over time: the share of right alarms and of announced losses, each with what chance alone leaves open."""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import between, expression, field, month_axis, part, spread, tips, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_month, format_number, format_percent

RATES = ("precision", "recall")
END = 150
"""Pixels at the right that are kept for the lines' names."""


def alarm_record(record: pl.DataFrame, *, theme: str = "light", finding: str = "", height: int = 300) -> Chart:
    """Lines of `record` (measures.customers.warning_record.over_time): a rate by month with its 95 % interval; a month without a rate has no point."""
    rates = pl.concat([_rate(record, name) for name in RATES])
    months = written(
        rates, month_text=("month", format_month), rate_text=("rate", lambda rate: format_percent(rate, 0)), judged_text=("judged", format_number),
        lo_text=("lo", lambda rate: format_percent(rate, 0)), hi_text=("hi", lambda rate: format_percent(rate, 0)),
    )  # fmt: skip
    names = {name: labels.metric(f"alarm_{name}") for name in RATES}
    named = months.with_columns(pl.col("series").replace_strict(names, return_dtype=pl.String).alias("name"))
    return Chart(_spec(theme, months["month"].n_unique() == 1), pl.concat([named, _ends(named)], how="diagonal_relaxed"), finding, height)


def _rate(record: pl.DataFrame, name: str) -> pl.DataFrame:
    judged = pl.col("true_alarms") + pl.col("false_alarms" if name == "precision" else "missed")
    known = record.filter(pl.col(name).is_not_null())
    return known.select(
        pl.lit("month").alias("part"), pl.lit(name).alias("series"), "month", pl.col(name).alias("rate"),
        pl.col(f"{name}_lo").alias("lo"), pl.col(f"{name}_hi").alias("hi"), judged.alias("judged"),
    )  # fmt: skip


def _ends(months: pl.DataFrame) -> pl.DataFrame:
    last = months.group_by("series", maintain_order=True).agg(pl.col("name").last(), pl.col("rate").last())
    return last.select(pl.lit("end").alias("part"), "series", "name", pl.Series("end", spread(last["rate"].to_list(), gap=0.08), dtype=pl.Float64))


@authored
def _spec(look: Theme, is_alone: bool) -> alt.LayerChart:
    # One month has no length on an axis of time: its name would be left out.
    kind, months = ("ordinal", alt.Axis(labelExpr="timeFormat(datum.value, '%b %Y')", labelAngle=0, labelFlush=False)) if is_alone else ("temporal", month_axis())
    inks = alt.Color(**field("series"), scale=alt.Scale(domain=list(RATES), range=[look.actual, look.accent]))
    x = alt.X(**field("month", kind), scale=between(10, f"width - {END}"), axis=months)
    percent = {"axis": alt.Axis(format="%", tickCount=5), "scale": alt.Scale(domain=[0, 1])}
    y = alt.Y(**field("rate", "quantitative", title=_("Share (%)")), **percent)
    tooltip = tips(("name", _("Rate")), ("month_text", _("Twelve months to")), ("rate_text", _("Share")), ("judged_text", _("Judged")),
                   ("lo_text", _("At least")), ("hi_text", _("At most")))  # fmt: skip
    low, high = alt.Y(**field("lo", "quantitative", title=_("Share (%)")), **percent), alt.Y2(field="hi")
    reach = part("month").mark_rule(opacity=0.45, strokeWidth=1.5).encode(x=x, y=low, y2=high, color=inks)
    line = part("month").mark_line(strokeWidth=2.5).encode(x=x, y=y, color=inks)
    point = part("month").mark_point(filled=True, size=60, opacity=1).encode(x=x, y=y, color=inks, tooltip=tooltip)
    name = part("end").mark_text(align="left", baseline="middle", x=expression(f"width - {END} + 12"), limit=END - 14, fontSize=NOTE_SIZE)
    end = alt.Y(**field("end", "quantitative", title=_("Share (%)")), **percent)
    return alt.layer(reach, line, point, name.encode(y=end, text=words("name"), color=inks))
