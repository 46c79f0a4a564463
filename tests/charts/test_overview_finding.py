"""What the overview says beside its finding: which part of the sales no target speaks of."""

from datetime import date
from pathlib import Path

import pytest

from charts.findings.overview import without_target
from measures import overview
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

MAY = Filters(date(2026, 5, 1), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ([("N", 100.0)], "25.0% of the sales that count against the target are of regions without one."),
        ([("N", 100.0), ("S", 20.0)], None),
        ([(None, 100.0)], None),
        ([], None),
    ],
)
def test_sales_of_regions_without_a_target_are_told_where_every_target_names_a_region(tmp_path: Path, targets: list, said: str | None) -> None:
    store = make_store(
        tmp_path, regions=[{"region_id": key, "region": key} for key in "NS"], products=[{"product_id": "P", "product": "P"}],
        accounts=[{"account_id": key, "account": key, "region_id": key} for key in "NS"],
        transactions=lines((date(2026, 5, 4), "N", "P", 1, 75), (date(2026, 5, 31), "S", "P", 1, 25)),
        **({"targets": [{"month": date(2026, 5, 1), "region_id": region, "amount": amount} for region, amount in targets]} if targets else {}),
    )  # fmt: skip
    assert without_target(overview.answer(ask_as(store), MAY, cuts(overview.THRESHOLDS))) == said
