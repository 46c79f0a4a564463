"""The six steps with future customers: one bar per step, dark what has been done, and beside it who waits for it next and what they may bring."""

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import between, field, picking, rows, size_where, tips, words, written
from charts.pipeline import prospect_words
from charts.theme import LABEL_SIZE, NOTE_SIZE, Theme
from data.language import _, format_money_compact, format_number, ngettext

ROW = 46
WIDE = "width > 400"


def steps(totals: pl.DataFrame, prospects: int, *, theme: str = "light", finding: str = "") -> Chart:
    """Bars of `totals` [step, position, done, waiting, stale, expected_contribution] of so many prospects. "picked" carries step."""
    frame = written(
        totals.sort("position").with_columns(pl.lit(float(prospects)).alias("all"), pl.col("done").cast(float)),
        name=("step", prospect_words.step), done_text=("done", format_number), waiting_text=("waiting", format_number),
        stale_text=("stale", format_number), worth_text=("expected_contribution", format_money_compact),
    )  # fmt: skip
    texts = [(_label(row), _brief(row)) for row in frame.iter_rows(named=True)]
    worded = frame.with_columns(pl.Series(name, [text[way] for text in texts], dtype=pl.String) for way, name in enumerate(("label", "brief")))
    return Chart(_spec(theme), worded, finding, 50 + ROW * frame.height, "picked")


def _label(row: dict[str, object]) -> str:
    if not row["waiting"]:
        return _("nobody waits here")
    waits = ngettext("{n} waits here", "{n} wait here", row["waiting"]).format(n=row["waiting_text"])
    return f"{waits} · {row['worth_text']}"


def _brief(row: dict[str, object]) -> str:
    """The same for a phone, where the heading says what it is."""
    return f"{row['waiting_text']} · {row['worth_text']}" if row["waiting"] else ""


@authored
def _spec(look: Theme) -> alt.LayerChart:
    picked = picking("step")
    heading = alt.Axis(orient="top", labels=False, grid=False, title=_("Prospects that have done the step; beside it, those for whom it is the next"), titleAnchor="start", titleAlign="left")
    scale = between(0, f"{WIDE} ? width - 190 : width - 100", zero=True, nice=False)
    order = alt.EncodingSortField("position", op="min")
    y = alt.Y(**field("name"), sort=order, axis=alt.Axis(labelFontSize=13, labelColor=look.ink, labelLimit=130), scale=alt.Scale(paddingInner=0.4, paddingOuter=0.15))
    told = tips(("name", _("Step")), ("done_text", _("Done")), ("waiting_text", _("Waiting for it")), ("stale_text", _("Stale files")), ("worth_text", _("Expected contribution")))
    full = alt.X(**field("all", "quantitative"), axis=heading, scale=scale)
    done = alt.X(**field("done", "quantitative"), axis=heading, scale=scale)
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.4))
    return alt.layer(
        rows().mark_bar(color=look.rule).encode(x=full, y=y),
        rows().mark_bar(color=look.actual, cursor="pointer").encode(x=done, y=y, opacity=fade, tooltip=told).add_params(picked),
        rows().mark_text(align="left", x=6, color=look.background, fontWeight=600).encode(y=y, text=words("done_text")),
        rows().mark_text(align="left", dx=8, color=look.ink, fontSize=size_where(WIDE, LABEL_SIZE)).encode(x=full, y=y, text=words("label")),
        rows().mark_text(align="left", dx=8, color=look.ink, fontSize=size_where(f"!({WIDE})", NOTE_SIZE)).encode(x=full, y=y, text=words("brief")),
    )
