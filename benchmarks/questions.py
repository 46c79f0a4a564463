"""Goals 1, 2 and 11: what answers cost with roll-ups, on the order lines, and beyond their SQL."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from benchmarks.timing import in_turn
from data.access import Viewer
from data.reader import Reader
from data.store import Store
from measures.registry import ANSWERS
from measures.thresholds import cuts
from queries.cache import caching_asker
from queries.filters import Filters
from queries.runner import Ask, asker

ON_LINES = Path(__file__).parent / "lines_views.sql"
REFERENCE = "select sum(net_amount) from order_lines"
"""What the plan's machine answered in `plan.SUM`."""
EVERYBODY = Viewer("bench", "Bench", "manager", None)
YEAR = Filters(from_date=date(2025, 1, 1), to_date=date(2026, 1, 1))
OF_ONE_ACCOUNT = frozenset({"account", "account_market"})
WITHOUT_LINES = frozenset(
    {
        "funnel", "funnel_cohorts", "funnel_deals", "funnel_losses", "contradicting_deals", "deal_sources", "life_leads", "pipeline_forecast", "data_quality",
        "rebates",
    }
)  # fmt: skip
"""Answers that don't ask for sales (rebates: not where nobody has a scheme, as in these stores): no roll-up stands between them and the order lines."""

TURNS = 5
"""How often the short questions are measured for each time that the order lines are read: a tenth of a second is noisier than ten."""


@dataclass(frozen=True)
class Call:
    """A question as an answer asked it."""

    name: str
    filters: Filters
    parameters: tuple[tuple[str, object], ...]


def filters_of(answer: str) -> Filters:
    """The last year; for the answers about one account one account."""
    return Filters(YEAR.from_date, YEAR.to_date, account_ids=("D0100",)) if answer in OF_ONE_ACCOUNT else YEAR


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
    """Median seconds of an answer: its SQL, all of it, all of it on a page that asked its questions before; on the larger store its SQL on
    the order lines (None where it has no sales), on the smaller one the reference, measured in turn with it."""

    sql: float
    whole: float
    again: float
    on_lines: float | None = None
    reference: float | None = None


def costs(small: Store, large: Store, rounds: int) -> dict[str, tuple[Cost, Cost]]:
    """Every answer's cost on both stores, measured in turn."""
    readers = {"small": small.reader(), "large": large.reader()}
    on_lines = asker(LinesReader(large), EVERYBODY)
    with duckdb.connect(str(small.current_path()), read_only=True, config={"threads": 2}) as plain:
        return {name: _costs(name, readers, on_lines, lambda: plain.execute(REFERENCE).fetchall(), rounds) for name in ANSWERS}


def _costs(name: str, readers: dict[str, Reader], on_lines: Ask, reference: Callable[[], object], rounds: int) -> tuple[Cost, Cost]:
    works: dict[str, Callable[[], object]] = {"reference": reference}
    for size, reader in readers.items():
        ask = asker(reader, EVERYBODY)
        calls = calls_of(name, ask)
        works |= {f"{size} sql": repeated(ask, calls), f"{size} whole": answered(name, ask), f"{size} again": answered(name, caching_asker(reader, EVERYBODY))}
    if name not in WITHOUT_LINES:
        works["on lines"] = repeated(on_lines, calls)
    taken = in_turn(works, rounds, turns=dict.fromkeys(works.keys() - {"on lines"}, TURNS))
    few, big = (Cost(*(taken[f"{size} {part}"] for part in ("sql", "whole", "again"))) for size in readers)
    return replace(few, reference=taken["reference"]), replace(big, on_lines=taken.get("on lines"))
