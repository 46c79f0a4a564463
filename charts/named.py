"""Where the names of the largest points stand so that they don't cover one another."""

from collections.abc import Callable, Iterable, Sequence
from math import log, pi

import altair as alt
import polars as pl

from charts.marks import expression, part, size_where, with_halo, words
from charts.theme import NOTE_SIZE, Theme

WIDTH, HEIGHT = 960.0, 460.0
"""The view that names are placed for; a narrower one shows fewer names."""

LETTER, LINE = 6.2, 14.0
AREAS = (14.0, 1100.0)
"""Area in square pixels of the smallest and the largest point."""

OBSTACLES = 60

Box = tuple[float, float, float, float]


def named(placed: pl.DataFrame, count: int) -> pl.DataFrame:
    """Rows [part, rank, account, contribution, stability_cv, align, dx, dy] for the `count` accounts with the most net sales."""
    return spots(placed, count, lambda row: _pixel(row, placed), ("account_id", "account", "contribution", "stability_cv"))


def spots(
    placed: pl.DataFrame, count: int, pixel: Callable[[dict], tuple[float, float]], kept: Sequence[str], radius: float | None = None,
    others: Iterable[Box] = (),
) -> pl.DataFrame:
    """Rows [part, rank, <kept>, align, dx, dy] for the `count` accounts with the largest `area`; `pixel` places a row in WIDTH × HEIGHT.

    Each takes the first spot around its point that no name and no large point covers; one that finds none goes without. `radius` is
    every point's where their size says nothing; `others` is what names must not cover besides.
    """
    largest = placed.sort("area", descending=True, nulls_last=True).head(OBSTACLES)
    most = placed["area"].max() or 1.0
    points = [(row, pixel(row), radius or _radius(row["area"], most)) for row in largest.iter_rows(named=True)]
    taken = [(x - r, y - r, x + r, y + r) for _row, (x, y), r in points] + list(others)
    found = []
    for rank, (row, at, around) in enumerate(points[:count], start=1):
        spot = free_spot(row["account"], at, around, taken)
        if spot:
            (align, dx, dy), box = spot
            taken.append(box)
            own = {name: row[name] for name in kept}
            found.append({"part": "name", "rank": rank, **own, "align": align, "dx": dx, "dy": dy})
    return pl.DataFrame(found) if found else pl.DataFrame(schema={"part": pl.String})


def name_layer(look: Theme, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Names beside the largest points, of the rows of `spots`; a narrow view has room for three, a phone for none."""
    text = part("name").mark_text(align=expression("datum.align"), dx=expression("datum.dx"), dy=expression("datum.dy"), color=look.ink)
    text.mark.fontSize = size_where("width > 600 || (width > 360 && datum.rank <= 3)", NOTE_SIZE)
    return with_halo(text.encode(x=x, y=y, text=words("account")), look.background)


def _radius(area: float | None, largest: float) -> float:
    return ((AREAS[0] + (AREAS[1] - AREAS[0]) * (area or 0) / largest) / pi) ** 0.5


def _pixel(row: dict[str, float], placed: pl.DataFrame) -> tuple[float, float]:
    steady, erratic = (max(end or 0.0, 0.0) ** 0.5 for end in (placed["stability_cv"].min(), placed["stability_cv"].max()))
    x = WIDTH * (1 - (max(row["stability_cv"], 0) ** 0.5 - steady) / ((erratic - steady) or 1))
    low, high = placed["contribution"].min(), placed["contribution"].max()
    if low > 0 and high > low:
        return x, HEIGHT * (1 - (log(row["contribution"]) - log(low)) / (log(high) - log(low)))
    return x, HEIGHT * (1 - (row["contribution"] - low) / ((high - low) or 1))


def free_spot(
    name: str, at: tuple[float, float], radius: float, taken: Iterable[Box], *, width: float = WIDTH, letter: float = LETTER
) -> tuple[tuple[str, float, float], Box] | None:
    """The first spot (align, dx, dy) around a point of a view of that width where the name covers nothing of `taken`, with its box; None for none."""
    side, above = radius + 4, radius + 9
    spots = [("left", side, 0.0), ("right", -side, 0.0), ("center", 0.0, -above), ("center", 0.0, above)]
    spots += [("left", side, -10.0), ("left", side, 10.0), ("right", -side, -10.0), ("right", -side, 10.0)]
    for align, dx, dy in spots:
        box = _box(len(name) * letter, at[0] + dx, at[1] + dy, align)
        if box[0] >= 0 and box[2] <= width and not any(_touch(box, other) for other in taken):
            return (align, dx, dy), box
    return None


def _box(width: float, x: float, y: float, align: str) -> Box:
    left = {"left": x, "right": x - width, "center": x - width / 2}[align]
    return (left, y - LINE / 2, left + width, y + LINE / 2)


def _touch(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
