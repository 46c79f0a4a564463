import json
from collections.abc import Iterator

import pytest

from data import language


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    language.use("en", "EUR")
    yield
    language.use("en", "EUR")


def walk(node: object) -> Iterator[dict]:
    """Every object of a spec, from the outside in."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def marks(spec: dict, kind: str) -> list[dict]:
    """The layers of a spec that draw `kind`."""
    return [layer for layer in walk(spec) if isinstance(layer.get("mark"), dict) and layer["mark"].get("type") == kind]


def titles(spec: dict) -> set[str]:
    """Every title that the spec shows: axes and tooltips."""
    return {node["title"] for node in walk(spec) if isinstance(node.get("title"), str)}


def text_of(spec: object) -> str:
    return json.dumps(spec, ensure_ascii=False)
