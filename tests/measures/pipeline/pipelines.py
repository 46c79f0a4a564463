"""Stores of a few deals for tests of the pipeline: each deal is the days of January 2026 on which it entered its stages."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from data.store import Store
from tests.builders import make_store

FIRST = date(2026, 1, 1)

Path_ = Sequence[tuple[str, int]]
"""(stage, day): day 1 is the first of January, 32 the first of February."""


def day(number: int) -> date:
    """The day of that number, from 1 for the first of January 2026."""
    return FIRST + timedelta(days=number - 1)


def deals_store(folder: Path, paths: Mapping[str, Path_], deals: Mapping[str, dict] | None = None, **tables: list[dict]) -> Store:
    """A store whose deals took these paths; `deals` adds columns to single deals, `tables` adds tables. A deal is created on its first day."""
    more = deals or {}
    rows = [{"opportunity_id": deal, "created_on": day(path[0][1] if path else 1), "account_id": "a"} | more.get(deal, {}) for deal, path in paths.items()]
    events = [{"opportunity_id": deal, "stage": stage, "entered_on": day(on)} for deal, path in paths.items() for stage, on in path]
    return make_store(folder, **({"accounts": [{"account_id": "a", "account": "Bar A"}]} | {"opportunities": rows, "stage_events": events} | tables))
