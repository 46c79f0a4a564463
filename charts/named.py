"""Where the names of the largest points stand so that they don't cover one another."""

from collections.abc import Callable, Sequence
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
    placed: pl.DataFrame, count: int, pixel: Callable[[dict], tuple[float, float]], kept: Sequence[str], radius: float | None = None
) -> pl.DataFrame:
    """Rows [part, rank, <kept>, align, dx, dy] for the `count` accounts with the largest `area`; `pixel` places a row in WIDTH × HEIGHT.

    Each takes the first spot around its point that no name and no large point covers; one that finds none goes without. `radius` is
    every point's where their size says nothing.
    """
    largest = placed.sort("area", descending=True, nulls_last=True).head(OBSTACLES)
    most = placed["area"].max() or 1.0
    points = [(row, pixel(row), radius or _radius(row["area"], most)) for row in largest.iter_rows(named=True)]
    taken = [(x - r, y - r, x + r, y + r) for _row, (x, y), r in points]
    found = []
    for rank, (row, at, around) in enumerate(points[:count], start=1):
        spot = _free(row["account"], at, around, taken)
        if spot:
            own = {name: row[name] for name in kept}
            found.append({"part": "name", "rank": rank, **own, "align": spot[0], "dx": spot[1], "dy": spot[2]})
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


def _free(name: str, at: tuple[float, float], radius: float, taken: list[Box]) -> tuple[str, float, float] | None:
    side, above = radius + 4, radius + 9
    spots = [("left", side, 0.0), ("right", -side, 0.0), ("center", 0.0, -above), ("center", 0.0, above)]
    spots += [("left", side, -10.0), ("left", side, 10.0), ("right", -side, -10.0), ("right", -side, 10.0)]
    for align, dx, dy in spots:
        box = _box(len(name) * LETTER, at[0] + dx, at[1] + dy, align)
        if box[0] >= 0 and box[2] <= WIDTH and not any(_touch(box, other) for other in taken):
            taken.append(box)
            return align, dx, dy
    return None


def _box(width: float, x: float, y: float, align: str) -> Box:
    left = {"left": x, "right": x - width, "center": x - width / 2}[align]
    return (left, y - LINE / 2, left + width, y + LINE / 2)


def _touch(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
