"""The universe as bars: who buys, who is supplied, who is known and not reached, and around them all that there are.

The bars stand in the order of what is open. Twelve rows, then others. Click selects a row.
"""

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import expression, field, names_axis, part, picking, size_where, tips, value_axis, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_number, format_percent
from measures.pipeline.universe import KNOWN, PARTLY

LIMIT = 12
ROW_HEIGHT = 32
OTHERS = "others"
LETTER = 6.6
"""Pixels of a letter of the key, on average."""


def universe(rows: pl.DataFrame, *, key: str, name: str, theme: str = "light", finding: str = "") -> Chart:
    """Bars of `rows` [<key>, <name>, buys, reached_accounts, known_accounts, universe, universe_basis], the most open first.

    The selection "picked" carries the row's key; "others" is the key of the rest.
    """
    drawn = _rows(rows, key, name)
    segments = _segments(drawn)
    frame = pl.concat([segments, _whole(drawn), _key(has_supplied="supplied" in segments["kind"])], how="diagonal")
    return Chart(_spec(theme), frame, finding, 96 + ROW_HEIGHT * max(drawn.height, 1), "picked")


def _rows(rows: pl.DataFrame, key: str, name: str) -> pl.DataFrame:
    counts = ["buys", "reached_accounts", "known_accounts", "universe"]
    kept = rows.select(pl.col(key).fill_null("").alias("key"), pl.col(name).alias("name"), pl.col(counts).cast(pl.Int64), "universe_basis")
    rest = kept[LIMIT:]
    if rest.height > 1:
        kind = rest["universe_basis"].unique()
        others = rest.select(
            pl.lit(OTHERS).alias("key"), pl.lit(_("Others ({n})").format(n=rest.height)).alias("name"), pl.col(counts).sum(),
            pl.lit(kind[0] if len(kind) == 1 else PARTLY).alias("universe_basis"),
        )  # fmt: skip
        kept = pl.concat([kept[:LIMIT], others])
    return kept.with_row_index("place")


def _segments(drawn: pl.DataFrame) -> pl.DataFrame:
    """Start and end of what buys, what is supplied besides, and what is known besides."""
    ends = {"buys": ("start", "buys"), "supplied": ("buys", "reached_accounts"), "unreached": ("reached_accounts", "known_accounts")}
    parts = [
        drawn.with_columns(start=pl.lit(0, pl.Int64)).select(
            "place", "key", "name", pl.lit("segment").alias("part"), pl.lit(kind).alias("kind"), pl.lit(_key_words()[kind]).alias("kind_text"),
            pl.col(start).alias("start"), pl.max_horizontal(start, end).alias("end"),
        )
        for kind, (start, end) in ends.items()
    ]  # fmt: skip
    long = pl.concat(parts).with_columns(count=pl.col("end") - pl.col("start")).filter(pl.col("count") > 0)
    return written(long, count_text=("count", format_number))


def _whole(drawn: pl.DataFrame) -> pl.DataFrame:
    """The outline of all that there are, where more is stated than is known, and what it says beside the bar."""
    rows = drawn.with_columns(
        part=pl.lit("whole"), kind=pl.lit("universe"), start=pl.col("known_accounts"), end=pl.col("universe"),
        share=pl.when(pl.col("universe") > 0).then(pl.col("reached_accounts") / pl.col("universe")), is_stated=pl.col("universe_basis") != KNOWN,
    )  # fmt: skip
    texts = [_beside(row) for row in rows.iter_rows(named=True)]
    spoken = written(rows, count_text=("universe", format_number)).with_columns(pl.Series("text", texts, dtype=pl.String))
    return spoken.select("part", "place", "key", "name", "kind", "start", "end", "is_stated", "count_text", "text", pl.lit(_key_words()["universe"]).alias("kind_text"))


def _beside(row: dict[str, object]) -> str:
    if not row["universe"]:
        return _("nobody known")
    share = format_percent(row["share"], 0)
    if row["is_stated"]:
        return _("{share} of {n}").format(share=share, n=format_number(row["universe"]))
    return _("{share} of {n} known").format(share=share, n=format_number(row["universe"]))


def _key_words() -> dict[str, str]:
    return {"buys": _("Buys itself"), "supplied": _("Supplied through another"), "unreached": _("Known, not reached"), "universe": _("Stated beyond that")}


def _key(*, has_supplied: bool) -> pl.DataFrame:
    """The key's words with the pixels at which they begin; where own orders alone count, nobody is supplied."""
    words, left, rows = _key_words(), 0.0, []
    for kind, text in words.items():
        if kind == "supplied" and not has_supplied:
            continue
        rows.append({"part": "key", "kind": kind, "text": f"{'□' if kind == 'universe' else '■'} {text}", "left": left})
        left += LETTER * (len(text) + 2) + 18
    return pl.DataFrame(rows)


@authored
def _spec(look: Theme) -> alt.LayerChart:
    order = alt.EncodingSortField("place", op="min")
    y = alt.Y(**field("name"), sort=order, axis=names_axis(170, labelPadding=8), scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2))
    x = alt.X(**field("start", "quantitative", title=_("Accounts")), scale=alt.Scale(zero=True, nice=False), axis=value_axis())
    picked = picking("key")
    tooltip = tips(("name", _("Name")), ("kind_text", _("Part")), ("count_text", _("Accounts")))
    fill = alt.Scale(domain=["buys", "supplied", "unreached"], range=[look.actual, look.accent, look.previous])
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    ends = {"x": x, "x2": alt.X2(field="end"), "y": y, "tooltip": tooltip}
    bar = part("segment").mark_bar(cursor="pointer").encode(**ends, color=alt.Color(**field("kind"), scale=fill), opacity=fade).add_params(picked)
    outline = part("whole").transform_filter("datum.is_stated && datum.end > datum.start").mark_bar(
        filled=False, stroke=look.muted, strokeWidth=1.2, cursor="pointer"
    )
    label = part("whole").mark_text(align="left", dx=6, color=look.ink).encode(
        x=alt.X(**field("end", "quantitative", title=_("Accounts"))), y=y, text=words("text")
    )
    return alt.layer(outline.encode(**ends), bar, label, *_key_layers(look))


def _key_layers(look: Theme) -> list[alt.Chart]:
    """The key under the bars; a phone has no room for it and reads it in the words under the chart."""
    colours = {"buys": look.actual, "supplied": look.accent, "unreached": look.muted, "universe": look.ink}
    at = {"x": expression("datum.left"), "y": expression("-18"), "align": "left", "fontSize": size_where("width > 520", NOTE_SIZE)}
    return [
        part("key").transform_filter(f"datum.kind == '{kind}'").mark_text(**at, color=colour).encode(text=words("text"))
        for kind, colour in colours.items()
    ]
