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


FIVE = {
    "d1": [("lead", 1), ("proposal", 5), ("won", 9)],  # skips qualified
    "d2": [("lead", 1), ("qualified", 3), ("lost", 4)],
    "d3": [("lead", 1), ("qualified", 7), ("proposal", 8), ("qualified", 10)],  # went back, still open
    "d4": [("lead", 2)],
    "d5": [("lead", 2), ("qualified", 4), ("proposal", 6), ("won", 20)],
}
"""Paths of five deals that a person can follow by hand."""


def five_deals(folder: Path) -> Store:
    """The five deals, created on the first of January and worth 100 to 500: d1 from a fair; d5 in the South, the others in the North."""
    deals = [
        {
            "opportunity_id": deal,
            "account_id": "south" if deal == "d5" else "north",
            "created_on": date(2026, 1, 1),
            "expected_amount": 100 * number,
            "source": "fair" if deal == "d1" else None,
        }
        for number, deal in enumerate(FIVE, start=1)
    ]
    events = [
        {"opportunity_id": deal, "stage": stage, "entered_on": date(2026, 1, day)}
        for deal, path in FIVE.items()
        for stage, day in path
    ]
    return make_store(
        folder,
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        accounts=[
            {"account_id": "north", "account": "Northern Beers", "region_id": "N"},
            {"account_id": "south", "account": "Southern Beers", "region_id": "S"},
        ],
        opportunities=deals,
        stage_events=events,
    )
