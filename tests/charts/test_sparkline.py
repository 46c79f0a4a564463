"""Sparklines: where the values stand in the picture of 240 × 48 with 4 of room at the edges."""

import pytest

from charts.sparkline import sparkline
from charts.theme import theme


@pytest.mark.parametrize(
    ("history", "points"),
    [
        ((1.0, 3.0, 2.0), "4.0,44.0 120.0,4.0 236.0,24.0"),
        ((-5.0, -5.0), "4.0,24.0 236.0,24.0"),
        ((7.0,), "4.0,24.0 236.0,24.0"),
    ],
)
def test_a_line_runs_from_the_oldest_value_to_the_newest_between_the_least_and_the_greatest(history: tuple[float, ...], points: str) -> None:
    assert f'points="{points}"' in sparkline(history)


def test_the_dot_marks_the_newest_value() -> None:
    assert '<circle cx="236.0" cy="24.0"' in sparkline((1.0, 3.0, 2.0))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_line_has_the_accent_of_its_theme(name: str) -> None:
    assert f'stroke="{theme(name).accent}"' in sparkline((1.0, 2.0), theme_name=name)
