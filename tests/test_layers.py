"""A folder imports only from the folders under it, and Streamlit stays in the top floor."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("data", "queries", "measures", "charts", "reports", "pages")
"""From the ground up: a folder may import itself and what stands before it."""


def imported(path: Path) -> set[str]:
    """The top-level names that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def upward(floor: str, names: set[str]) -> set[str]:
    """What of `names` lies above `floor`; Streamlit lies above everything but pages."""
    above = set(FLOORS[FLOORS.index(floor) + 1 :]) | {"dashboard", "asgi", "tests", "benchmarks"}
    return names & (above if floor == "pages" else above | {"streamlit"})


@pytest.mark.parametrize("floor", FLOORS)
def test_a_folder_imports_only_from_the_folders_under_it(floor: str) -> None:
    arrows = {
        str(path.relative_to(ROOT)): sorted(up)
        for path in (ROOT / floor).rglob("*.py")
        if (up := upward(floor, imported(path)))
    }
    assert arrows == {}


def test_an_arrow_that_points_up_is_seen(tmp_path: Path) -> None:
    guilty = tmp_path / "guilty.py"
    guilty.write_text("def f():\n    from charts.theme import COLOURS\n    import streamlit as st\n", encoding="utf-8")
    assert upward("measures", imported(guilty)) == {"charts", "streamlit"}


def test_the_frame_stays_within_sixty_lines() -> None:
    assert len((ROOT / "dashboard.py").read_text(encoding="utf-8").splitlines()) <= 60
