"""Where the names of a move's two people stand: beside an end of their way where neither way, neither name nor a point is under them."""

from collections.abc import Callable, Iterable

import polars as pl

from charts.named import HEIGHT, WIDTH, Box, free_spot

NARROW = 280.0
"""A phone's view, for which the names are placed apart."""

PADDING = 18.0
"""Pixels between the outermost point and the frame."""

LETTER = 7.0
RING = 7.0
"""Pixels from a way's end to its mark's rim."""

STEP = 4.0
"""Pixels between the small squares that stand for a line."""

Pixel = Callable[[float, float], tuple[float, float]]
SAID_SCHEMA = {
    "part": pl.String, "salesperson": pl.String, "x": pl.Float64, "y": pl.Float64, "align": pl.String, "dx": pl.Float64, "dy": pl.Float64,
}  # fmt: skip


def pixel_of(frames: Iterable[pl.DataFrame], width: float = WIDTH) -> Pixel:
    """Where a view of `width` draws a place of frames [x, y] and [x_end, y_end], on square-root scales."""
    frames = [frame for frame in frames if frame.height]
    ends = []
    for axis in ("x", "y"):
        values = [frame[name] for frame in frames for name in (axis, f"{axis}_end") if name in frame.columns]
        ends.append((min(value.min() for value in values) ** 0.5, max(value.max() for value in values) ** 0.5))

    def pixel(x: float, y: float) -> tuple[float, float]:
        across, up = ((value**0.5 - low) / ((high - low) or 1) for value, (low, high) in zip((x, y), ends, strict=True))
        return PADDING + (width - 2 * PADDING) * across, PADDING + (HEIGHT - 2 * PADDING) * (1 - up)

    return pixel


def said(ways: pl.DataFrame, points: pl.DataFrame, pixel: Pixel, part: str, width: float = WIDTH) -> tuple[pl.DataFrame, list[Box]]:
    """Rows of SAID_SCHEMA for `ways` [salesperson, x, y, x_end, y_end], and the boxes that the ways and their names take.

    A name without a free spot covers points rather than a way.
    """
    lines = [square for way in ways.iter_rows(named=True) for square in _squares(pixel(way["x"], way["y"]), pixel(way["x_end"], way["y_end"]))]
    people = [_square(pixel(x, y), RING) for x, y in points.select("x", "y").iter_rows()]
    taken, rows = list(lines), []
    for way in ways.iter_rows(named=True):
        (x, y), spot, box = _spot(way, pixel, taken, people, width)
        taken.append(box)
        rows.append((part, way["salesperson"], x, y, *spot))
    return pl.DataFrame(rows, schema=SAID_SCHEMA, orient="row"), taken


def _spot(way: dict, pixel: Pixel, taken: list[Box], people: list[Box], width: float) -> tuple:
    """The first free spot at the way's end or, failing that, at its beginning: its place, its offset and its box."""
    ends = [(way["x_end"], way["y_end"]), (way["x"], way["y"])]
    for others in (people, []):
        for end in ends:
            found = free_spot(way["salesperson"], pixel(*end), RING, [*taken, *others], width=width, letter=LETTER)
            if found:
                return end, *found
    x, y = pixel(*ends[0])
    return ends[0], ("center", 0.0, 2 * RING), _square((x, y + 2 * RING), RING)


def _squares(start: tuple[float, float], end: tuple[float, float]) -> list[Box]:
    """Small squares along a line."""
    (x, y), (x_end, y_end) = start, end
    steps = max(int(max(abs(x_end - x), abs(y_end - y)) / STEP), 1)
    return [_square((x + (x_end - x) * at / steps, y + (y_end - y) * at / steps), STEP / 2) for at in range(steps + 1)]


def _square(at: tuple[float, float], half: float) -> Box:
    return (at[0] - half, at[1] - half, at[0] + half, at[1] + half)
