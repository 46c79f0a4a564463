"""What the four corners of a map say: name, strategy, accounts and money."""

from collections.abc import Callable, Mapping

import altair as alt
import polars as pl

from charts import labels, values
from charts.marks import expression, part, size_where, with_halo, words
from charts.theme import NOTE_SIZE, STRONG_SIZE, Theme
from data.language import _, format_money_compact, format_number, format_percent

WIDE = "width > 600"
TEXT_HEIGHT = 38
"""Pixels that a corner's two lines take from the plot's edge."""
SIDES = {"EI": (True, False), "EII": (False, False), "EIII": (True, True), "EIV": (False, True)}
"""Whether a quadrant lies right, and whether it lies low."""


def corners(
    sums: pl.DataFrame, *, sides: Mapping[str, tuple[bool, bool]] = SIDES, named: Callable[[str], str] = labels.quadrant, money: str = "net_sales"
) -> pl.DataFrame:
    """One row per quadrant [part, quadrant, corner, corner_text, corner_short, right, low] of `sums` [quadrant, accounts, <money>, share].

    A quadrant that is missing from the sums has no accounts. `sides` says where each lies, `named` what it is called.
    """
    known = {row["quadrant"]: row for row in sums.iter_rows(named=True)}
    return pl.DataFrame(
        [
            {"part": "corner", "quadrant": code, "corner": named(code), **_texts(known.get(code), money), "right": right, "low": low}
            for code, (right, low) in sides.items()
        ]
    )


def _texts(sums: dict[str, object] | None, money: str) -> dict[str, str]:
    """What a corner holds, and the same for a phone."""
    if sums is None or not sums["accounts"]:
        return {"corner_text": _("no accounts"), "corner_short": _("no accounts")}
    worth = format_money_compact(sums[money])
    return {
        "corner_text": f"{values.accounts(sums['accounts'])} · {worth} · {format_percent(sums['share'], 0)}",
        "corner_short": f"{format_number(sums['accounts'])} · {worth}",
    }


def upright(cut: alt.Chart, x: alt.X) -> alt.Chart:
    """An upright cut, from under the upper corners' texts to above the lower ones': on a phone, or near an edge, it would cross them."""
    return cut.encode(x=x, y=alt.value(TEXT_HEIGHT), y2=alt.value(expression(f"height - {TEXT_HEIGHT}")))


def corner_texts(look: Theme) -> list[alt.Chart]:
    """Layers over the rows `corner` [corner, corner_text, corner_short, right, low]: each corner's name, and under it what it holds."""
    # Two corners share a line: on a phone each keeps to its half.
    at = {"x": expression("datum.right ? width - 6 : 6"), "align": expression("datum.right ? 'right' : 'left'"), "limit": expression("width / 2 - 10")}
    head = part("corner").mark_text(**at, y=expression("datum.low ? height - 26 : 12"), fontSize=expression(f"{WIDE} ? {STRONG_SIZE} : {NOTE_SIZE}"), fontWeight=700, color=look.ink)
    line = part("corner").mark_text(**at, y=expression("datum.low ? height - 10 : 28"), color=look.muted)
    texts = [
        head.encode(text=words("corner")),
        line.encode(text=words("corner_text"), size=alt.value(size_where(WIDE, NOTE_SIZE))),
        line.encode(text=words("corner_short"), size=alt.value(size_where(f"!({WIDE})", NOTE_SIZE))),
    ]
    # A cut may run under a corner's name on a phone.
    return [layer for text in texts for layer in with_halo(text, look.background)]
