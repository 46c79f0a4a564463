"""Goals 1, 2 and 11: what answers cost with roll-ups, on the order lines, and beyond their SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from benchmarks.timing import in_turn
from data.access import Viewer
from data.store import Reader, Store
from measures.registry import ANSWERS
from measures.thresholds import cuts
from queries.filters import Filters
from queries.runner import Ask, asker

ON_LINES = Path(__file__).parent / "lines_views.sql"
EVERYBODY = Viewer("bench", "Bench", "manager", None)
YEAR = Filters(from_date=date(2025, 1, 1), to_date=date(2026, 1, 1))
WITHOUT_LINES = frozenset({"funnel", "data_quality"})
"""Answers that don't ask for sales: no roll-up stands between them and the order lines."""


@dataclass(frozen=True)
class Call:
    """A question as an answer asked it."""

    name: str
    filters: Filters
    parameters: tuple[tuple[str, object], ...]


def filters_of(answer: str) -> Filters:
    """The last year; for the account page one account."""
    return Filters(YEAR.from_date, YEAR.to_date, account_ids=("D0100",)) if answer == "account" else YEAR


def answered(name: str, ask: Ask) -> Callable[[], object]:
    """The answer as a call without arguments."""
    kind = ANSWERS[name]
    chosen = cuts(kind.thresholds)
    return lambda: kind.answer(ask, filters_of(name), chosen)


def calls_of(name: str, ask: Ask) -> list[Call]:
    """What the answer asks, in order."""
    asked: list[Call] = []

    def recording(question: str, filters: Filters, **parameters: object) -> pl.DataFrame:
        asked.append(Call(question, filters, tuple(parameters.items())))
        return ask(question, filters, **parameters)

    answered(name, recording)()
    return asked


def repeated(ask: Ask, calls: list[Call]) -> Callable[[], object]:
    """All calls again, one after the other: the answer's SQL without its Python."""
    return lambda: [ask(call.name, call.filters, **dict(call.parameters)) for call in calls]


class LinesReader(Reader):
    """A reader whose filtered_* macros know no roll-ups."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.current_path(), store.current())
        for statement in duckdb.extract_statements(ON_LINES.read_text(encoding="utf-8")):
            self._connection.execute(statement)


@dataclass(frozen=True)
class Cost:
    """Median seconds of an answer: its SQL, its SQL on the order lines (None where it has no sales), and all of it."""

    sql: float
    on_lines: float | None
    whole: float


def costs(store: Store, rounds: int) -> dict[str, Cost]:
    """Every answer's cost on this store."""
    ask, ask_lines = asker(store.reader(), EVERYBODY), asker(LinesReader(store), EVERYBODY)
    return {name: _cost(name, ask, ask_lines, rounds) for name in ANSWERS}


def _cost(name: str, ask: Ask, ask_lines: Ask, rounds: int) -> Cost:
    calls = calls_of(name, ask)
    works = {"sql": repeated(ask, calls), "whole": answered(name, ask)}
    if name not in WITHOUT_LINES:
        works["on_lines"] = repeated(ask_lines, calls)
    taken = in_turn(works, rounds)
    return Cost(taken["sql"], taken.get("on_lines"), taken["whole"])
