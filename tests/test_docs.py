"""The documents say what is so: every file that they or the code's own texts name exists, every command is one, every link leads somewhere."""

import ast
import re
import shlex
from collections.abc import Set
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from measures.registry import ANSWERS

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
CODE = ("dashboard.py", "asgi.py", "data", "queries", "measures", "charts", "reports", "pages", "tests", "benchmarks")

A_FILE = re.compile(r"(?<![\w/.{}…>-])((?:[\w.-]+/)*[\w-]+\.(?:py|sql|md|po|toml))\b(?!\()")
A_COMMAND = re.compile(r"python -m (data|measures|reports|benchmarks)\b([^`\n#→]*)")
A_TARGET = re.compile(r"(?:^ {4,}(?:\w+=\S+ )?|`)make (\w+)", re.MULTILINE)
A_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
THE_READERS_OWN = {".streamlit/secrets.toml", "answers.toml", "our_mapping.toml", "secrets.toml", "mapping.toml"}
"""Files that a document tells its reader to write."""


@cache
def held() -> frozenset[str]:
    """Every file of the house by its path and by its name alone."""
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in (".venv", ".git", ".cache")]
    listed = [path for folder in folders for path in folder.rglob("*") if path.is_file()] + [path for path in ROOT.iterdir() if path.is_file()]
    return frozenset(named for path in listed for named in (path.name, str(path.relative_to(ROOT))))


def missing(text: str, files: Set[str]) -> set[str]:
    """The files that a text names and nobody has."""
    return {name for name in A_FILE.findall(text) if name not in files | THE_READERS_OWN}


def docstrings(path: Path) -> str:
    """All docstrings of a module, its classes and its functions."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    documented = (node for node in nodes if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef))
    return "\n".join(ast.get_docstring(node) or "" for node in documented)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_exists(document: Path) -> None:
    assert missing(document.read_text(encoding="utf-8"), held()) == set()


def test_every_file_that_a_docstring_names_exists() -> None:
    files = held()
    paths = [path for name in CODE for path in ([ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("*.py"))]
    wrong = {str(path.relative_to(ROOT)): sorted(names) for path in paths if (names := missing(docstrings(path), files))}
    assert wrong == {}


def test_a_file_that_nobody_has_is_found() -> None:
    assert missing("see data/store.py, plan.md and `queries/none/such.sql`", {"data/store.py"}) == {"plan.md", "queries/none/such.sql"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_the_house_leads_to_a_file(document: Path) -> None:
    assert [link for link in A_LINK.findall(document.read_text(encoding="utf-8")) if not (document.parent / link).exists()] == []


def commands() -> list[tuple[str, str]]:
    """Every command of the shell that a document writes out, without the placeholders of its reader."""
    found = {command for document in DOCUMENTS for command in A_COMMAND.findall(document.read_text(encoding="utf-8"))}
    told = {(module, rest.replace("pptx|pdf|xlsx", "pptx").replace("NAME", "overview").replace("--seed N", "--seed 7").strip(" .:;,)")) for module, rest in found}
    return sorted(told)


@pytest.mark.parametrize(("module", "rest"), commands())
def test_a_command_that_a_document_writes_out_is_understood(module: str, rest: str) -> None:
    parser = import_module(f"{module}.__main__")._parser()
    options = parser.parse_args(shlex.split(rest))
    assert getattr(options, "name", None) in {None, *ANSWERS, "ana@example.com"}


def test_a_command_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SystemExit):
        import_module("data.__main__")._parser().parse_args(["improt", "folder"])


def test_every_target_of_make_that_a_document_names_exists() -> None:
    targets = {name for document in DOCUMENTS for name in A_TARGET.findall(document.read_text(encoding="utf-8"))}
    known = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert targets >= {"run", "test"}
    assert targets - known == set()
