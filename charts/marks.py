"""Small pieces that several shapes are made of: the frame's parts, axes in our notation, spread labels, texts per row."""

from collections.abc import Callable, Sequence

import altair as alt
import polars as pl

from charts.chart import SOURCE
from charts.theme import compact
from data.language import current

MONTH_LENGTH = 2_629_800_000
"""Milliseconds of an average month."""


LINE = 14
"""Pixels from line to line of a label."""

PICKED = "picked"

PHONE_LETTERS = 17
"""How many letters of a name a phone has room for in a line."""


def part(name: str) -> alt.Chart:
    """A layer over the rows of the frame whose column `part` is `name`."""
    return alt.Chart(alt.NamedData(SOURCE)).transform_filter(f"datum.part == '{name}'")


def rows() -> alt.Chart:
    """A layer over all rows of the frame."""
    return alt.Chart(alt.NamedData(SOURCE))


def expression(text: str) -> alt.ExprRef:
    """A Vega expression, evaluated in the browser: the only way to follow the width of the page."""
    return alt.ExprRef(expr=text)


def size_where(condition: str, size: int) -> alt.ExprRef:
    """A font size that vanishes where the condition fails; unlike a transparent text, it then takes no room either."""
    return expression(f"{condition} ? {size} : 0")


def room(pixels: int) -> alt.ExprRef:
    """How long the names beside an axis may be: on a phone two thirds of it, so that the chart has room too."""
    return expression(f"windowSize()[0] < 500 ? {round(pixels * 2 / 3)} : {pixels}")


def names_axis(pixels: int, **more: object) -> alt.Axis:
    """An axis of names, with `pixels` for the longest; on a phone a long name takes two lines, broken between words and centred on its row."""
    first_line = f"regexp('^(.{{1,{PHONE_LETTERS}}}) ')"
    is_long = f"windowSize()[0] < 500 && length(datum.label) > {PHONE_LETTERS} && test({first_line}, datum.label)"
    two_lines = f"split(replace(datum.label, {first_line}, '$1\\n'), '\\n')"
    # Lines grow downwards from the row's middle, so that the first begins half a line higher.
    lifted = {"condition": {"test": is_long, "value": -LINE // 2}, "value": 0}
    return alt.Axis(labelLimit=room(pixels), labelExpr=f"{is_long} ? {two_lines} : datum.label", labelOffset=lifted, **more)


def between(start: str | float, end: str | float, **more: object) -> alt.Scale:
    """A scale over a part of the view; the ends are pixels or expressions of `width` and `height`."""
    ends = [expression(end) if isinstance(end, str) else end for end in (start, end)]
    return alt.Scale(range=ends, **more)


def value_axis(*, has_losses: bool = True, **more: object) -> alt.Axis:
    """An axis whose numbers are written short, as the language does; without losses the room under 0 has none."""
    text = compact(current())
    return alt.Axis(labelExpr=text if has_losses else f"datum.value < 0 ? '' : ({text})", tickCount=5, **more)


def signed_axis(**more: object) -> alt.Axis:
    """An axis of changes: +20%, but zero without a sign."""
    return alt.Axis(labelExpr="abs(datum.value) < 1e-9 ? format(0, '.0%') : format(datum.value, '+.0%')", **more)


def month_axis() -> alt.Axis:
    """An axis of months as points in time; each January, and the first that is named, says its year."""
    width = f"abs(scale('x', time(datum.value) + {MONTH_LENGTH}) - scale('x', datum.value))"
    return alt.Axis(grid=False, tickCount="month", labelOverlap=False, labelExpr=_named_months(width, f"(time(datum.value) - domain('x')[0]) / {MONTH_LENGTH}"))


def month_names_axis(**more: object) -> alt.Axis:
    """The same for months that have bands of their own."""
    return alt.Axis(
        labelExpr=_named_months("1.3 * bandwidth('x')", "datum.index * (length(domain('x')) - 1)"), labelOverlap=False, labelAngle=0, labelFlush=False, **more
    )


def _named_months(width: str, past: str) -> str:
    """Every month's name where it has room, else every second, third, sixth or twelfth, counted from January.

    `width` is a month's in pixels, `past` how many months lie before it.
    """
    step = f"({width} > 33 ? 1 : {width} > 17 ? 2 : {width} > 11 ? 3 : {width} > 5.5 ? 6 : 12)"
    name, year = "timeFormat(datum.value, '%b')", "timeFormat(datum.value, '%Y')"
    return f"month(datum.value) % {step} != 0 ? '' : month(datum.value) == 0 || {past} < {step} ? [{name}, {year}] : {name}"


def field(name: str, kind: str = "nominal", **more: object) -> dict[str, object]:
    """Keywords of an encoding channel: the field, its type, and no title unless one is given."""
    return {"field": name, "type": kind, "title": None, **more}


def words(name: str) -> alt.Text:
    """A text channel of ready text."""
    return alt.Text(field=name, type="nominal")


def picking(*fields: str) -> alt.Parameter:
    """A click on a mark, as the selection "picked" of one mark's fields; a click on the picked mark takes it back, as one beside all marks does."""
    # A plain click on the picked mark would only pick it again: Vega-Lite takes it back where the shift key is held.
    return alt.selection_point(name=PICKED, fields=list(fields), toggle=f"!!datum && vlSelectionTest('{PICKED}_store', datum)")


def with_halo(text: alt.Chart, background: str) -> list[alt.Chart]:
    """A layer of text over its own pale outline, so that it reads where lines and points pass under it."""
    halo = text.copy()
    halo.mark.stroke, halo.mark.strokeWidth, halo.mark.strokeJoin = background, 3, "round"
    return [halo, text]


def tips(*pairs: tuple[str, str]) -> list[alt.Tooltip]:
    """Tooltip lines: (field of ready text, its label)."""
    return [alt.Tooltip(field=name, type="nominal", title=title) for name, title in pairs]


def written(frame: pl.DataFrame, **columns: tuple[str, Callable[[object], str]]) -> pl.DataFrame:
    """The frame with columns of text: name=(source column, writer). For frames of tens of rows, not thousands.

    A plain loop: Polars runs mapped functions on threads of its own, which don't know the reader's language.
    """
    return frame.with_columns(
        pl.Series(name, [write(value) for value in frame[source]], dtype=pl.String) for name, (source, write) in columns.items()
    )


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Heights of labels moved apart to at least `gap`, in their order from low to high; their middle stays.

    >>> spread([10.0, 10.0], 2.0)
    [9.0, 11.0]
    """
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    moved = list(heights)
    for _round in range(len(heights)):
        for lower, upper in zip(order, order[1:], strict=False):
            short = gap - (moved[upper] - moved[lower])
            if short > 1e-12 * max(gap, 1):
                moved[lower] -= short / 2
                moved[upper] += short / 2
    return moved
