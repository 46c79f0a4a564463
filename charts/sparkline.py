"""A sparkline: a metric's course as a small picture that a browser shows as it is. A drawn chart of its own would cost each tile of a row
as much as the page's main chart whenever its numbers change.
"""

from collections.abc import Sequence

from charts.theme import theme

WIDTH, HEIGHT, EDGE = 240, 48, 4
"""The picture's size in pixels, which a page stretches to the tile's width, and the room around the line."""


def sparkline(history: Sequence[float], *, theme_name: str = "light") -> str:
    """SVG of the values, oldest first, between their least and their greatest; a dot marks the last. One value, or equal ones, lie level."""
    look = theme(theme_name)
    places = _places(history)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    last_x, last_y = places[-1]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<polyline points="{line}" fill="none" stroke="{look.accent}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>'
        f'<circle cx="{last_x:.1f}" cy="{last_y:.1f}" r="3" fill="{look.accent}"/></svg>'
    )


def _places(history: Sequence[float]) -> list[tuple[float, float]]:
    values = list(history) * 2 if len(history) == 1 else list(history)
    low, high = min(values), max(values)
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    room = HEIGHT - 2 * EDGE
    heights = [(value - low) / (high - low) if high > low else 0.5 for value in values]
    return [(EDGE + place * step, EDGE + room * (1 - height)) for place, height in enumerate(heights)]
