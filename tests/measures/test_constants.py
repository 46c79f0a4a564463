"""A number that decides is a threshold or says why it is what it is: a limit of memory, a length of the calendar, a figure of the method."""

import ast
from pathlib import Path

import pytest

MEASURES = Path(__file__).parents[2] / "measures"
NUMBERS = (ast.Constant, ast.Tuple, ast.UnaryOp, ast.BinOp)


def is_number(node: ast.expr) -> bool:
    """Whether an expression is written in numbers alone."""
    parts = [part for part in ast.walk(node) if isinstance(part, ast.expr)]
    constants = [part.value for part in parts if isinstance(part, ast.Constant)]
    return bool(constants) and all(isinstance(part, NUMBERS) for part in parts) and all(type(value) in (int, float) for value in constants)


def unexplained(text: str) -> list[str]:
    """The numbers at the top of a module that neither a comment above them nor a text below them explains."""
    lines, body = text.splitlines(), ast.parse(text).body
    texts = {node.lineno for node in body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)}
    found = [node for node in body if isinstance(node, ast.Assign) and is_number(node.value)]
    return [ast.unparse(node) for node in found if not lines[node.lineno - 2].startswith("#") and node.end_lineno + 1 not in texts]


@pytest.mark.parametrize("section", sorted(path.name for path in MEASURES.iterdir() if path.name != "__pycache__"))
def test_every_number_at_the_top_of_a_module_says_why(section: str) -> None:
    place = MEASURES / section
    files = [place] if place.is_file() else place.rglob("*.py")
    assert {path.name: names for path in files if (names := unexplained(path.read_text(encoding="utf-8")))} == {}


def test_a_number_without_a_reason_is_found() -> None:
    text = 'LEAST = 5\n# As half a year.\nMONTHS = 6\nROWS = -1\n"""All rows."""\nNAMES = ("a", 1)\nENDS = 0.2, 0.8\n'
    assert unexplained(text) == ["LEAST = 5", "ENDS = (0.2, 0.8)"]
