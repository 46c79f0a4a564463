"""The performance plan's own machine: two of its figures, which this machine takes again, say what others would have been on it.

The plan's orientation (an answer within 100 ms, a click redrawn within 250 ms, at 10 million lines) was stated for that machine. A time is
compared with it as a ratio: divided by what the reference takes in the same run, times what it took there.
"""

LINES = 10_000_000
"""The order lines that the orientation is for."""
SUM = 0.006
"""Seconds of the sum of all order lines' amounts, there."""
DASH_FILTER = 0.258
"""Seconds of a changed filter on the page in Dash, there."""
ANSWER, CLICK = 0.1, 0.25
"""Seconds within which a page's answer should come, and a click be redrawn, there; asked warm."""


def on_plan(seconds: float, reference: float, there: float) -> float:
    """What takes so many seconds here as it would have taken there, where the reference took `there`.

    >>> round(on_plan(0.2, reference=0.012, there=0.006), 3)
    0.1
    """
    return seconds * there / reference
