"""The seven panels of one account: what the store knows nothing of is unknown, not none."""

from datetime import date
from pathlib import Path

import pytest

from measures.accounts import account, account_market
from measures.accounts.account_panels import panels
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

UNTOLD = ("open_deals", "open_value", "events_attended", "visits_made", "calls_made", "accounts_below", "opened_below_12m")
TOLD = {
    "accounts": [{"account_id": "a", "account": "A"}, {"account_id": "b", "account": "B", "parent_account_id": "c"}, {"account_id": "c", "account": "C"}],
    "activities": [{"activity_id": "1", "account_id": "b", "happened_on": date(2026, 1, 2), "kind": "visit"}],
    "opportunities": [{"opportunity_id": "d", "account_id": "b", "created_on": date(2026, 1, 2), "expected_amount": 5}],
}


@pytest.mark.parametrize(("tables", "expected"), [({"accounts": [{"account_id": "a", "account": "A"}]}, None), (TOLD, 0.0)])
def test_what_no_row_tells_is_unknown_and_what_rows_of_others_tell_is_none(tmp_path: Path, tables: dict[str, list], expected: float | None) -> None:
    store = make_store(tmp_path, **tables, products=[{"product_id": "p", "product": "P"}], transactions=lines((date(2026, 1, 5), "a", "p", 1, 10)))
    ask, filters = ask_as(store), Filters(account_ids=("a",))
    chosen = cuts((*account.THRESHOLDS, *account_market.THRESHOLDS))
    found = panels(account.answer(ask, filters, chosen), account_market.answer(ask, filters, chosen), {}, chosen)
    values = dict(found.select("fact", "value").iter_rows())
    assert [values[name] for name in UNTOLD] == [expected] * len(UNTOLD)
