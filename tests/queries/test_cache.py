"""What a page asked is cached for its scope, and the answer for some regions is taken out of that for all."""

import gc
from dataclasses import replace
from datetime import date
from weakref import ref

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data.access import NOBODY, Viewer
from data.reader import Reader
from queries import cache
from queries.cache import OF_ONE_REGION, AnswerCache, caching_asker, made_once, maker
from queries.filters import Filters
from queries.runner import Ask, asker
from tests.builders import EVERYBODY, lines, make_store

EUROPE = Viewer("europe@example.org", "Europe", "lead", ("europe",))
NORTH = Viewer("north@example.org", "North", "lead", ("north",))
SOUTH = Viewer("south@example.org", "South", "lead", ("south",))
YEAR = Filters(date(2025, 1, 1), date(2026, 1, 1))
LAST_DAY, DAY_AFTER = date(2025, 12, 31), date(2026, 1, 1)
BEFORE = {"previous_from": date(2024, 1, 1), "previous_to": date(2025, 1, 1)}
PARAMETERS: dict[str, dict[str, object]] = {
    "customers/account_value": {"end": DAY_AFTER},
    "customers/value_bridge": BEFORE,
    "customers/value_bridge_months": BEFORE,
    "overview/overdue": {"as_of": LAST_DAY},
    "overview/sales": {"now_from": None, "before_to": None},
    "pipeline/contradicting_deals": {"closed": [2]},
    "pipeline/hand_overs": {"until": LAST_DAY, "before": DAY_AFTER, "closed": [3]},
    "pipeline/prospects": {"until": LAST_DAY},
    "pipeline/universe_accounts": {"before_from": date(2024, 1, 1)},
    "team/developments": {"ordered_words": ["order"], "alive_days": 30, "alive_window": 60},
}
"""What these questions ask beside the filters; the others ask nothing."""
REGIONS = ((), ("europe",), ("north",), ("south",), ("north", "south"), ("europe", "islands"), ("nowhere",))
OTHERS = (
    YEAR,
    Filters(),
    Filters(date(2025, 1, 12), date(2025, 11, 8)),
    Filters(YEAR.from_date, YEAR.to_date, salesperson_ids=("tom",)),
    Filters(YEAR.from_date, YEAR.to_date, account_ids=("chain",)),
    Filters(YEAR.from_date, YEAR.to_date, product_ids=("ale",)),
)
"""What else may be filtered."""


def _home(number: int, account: str, region: str | None, person: str) -> dict[str, list[dict]]:
    """An account that sold in both years, of two people, with a row of everything; a prospect beside it."""
    days = [date(year, month, 10) for year in (2024, 2025) for month in (1, 6, 11)]
    return {
        "accounts": [
            {
                "account_id": account, "account": account, "region_id": region, "salesperson_id": person, "kind": "outlet",
                "parent_account_id": "chain" if account == "below" else None, "opened_on": date(2025, 1, 2),
            },
            {"account_id": f"new {account}", "account": account, "region_id": region, "salesperson_id": person},
        ],
        "contacts": [{"contact_id": account, "account_id": account, "name": account, "role": "decision maker"}],
        "transactions": [
            {
                "transaction_id": f"{account} {day} {product}", "order_id": f"{account} {day}", "sold_on": day, "account_id": account,
                "product_id": product, "quantity": number, "net_amount": 10.0 * number + day.month, "cost_amount": 5,
                "salesperson_id": "sue" if day.year == 2024 else person,
            }
            for day in days for product in ("ale", "stout")
        ],
        "receivables": [{"invoice_id": account, "account_id": account, "due_on": date(2025, 3, 1), "amount": 7 * number}],
        "activities": [
            {
                "activity_id": account, "happened_on": date(2025, 2, 20), "account_id": account, "salesperson_id": person, "kind": "visit",
                "outcome": "order",
            }
        ],
        "opportunities": [
            {
                "opportunity_id": f"{kind}{account}", "account_id": account, "created_on": date(2025, 5, 1), "salesperson_id": person,
                "expected_amount": 100 * number,
            }
            for kind in ("", "odd ")
        ],
        "stage_events": [
            {"opportunity_id": account, "stage": "lead", "entered_on": date(2025, 5, 1)},
            *({"opportunity_id": f"odd {account}", "stage": stage, "entered_on": date(2025, 5, day)} for day, stage in ((1, "won"), (2, "lead"))),
        ],
        "targets": [
            {"month": date(2025, 1, 1), "amount": 10 * number, "account_id": account},
            {"month": date(2025, 1, 1), "amount": 11 * number, "salesperson_id": person, "region_id": region},
        ],
        "wallet": [{"account_id": f"{new}{account}", "month": date(2025, 4, 1), "amount": 9 * number} for new in ("", "new ")],
    }  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Europe has north and south, the islands lie outside; the chain of the north has an account below it in the south."""
    homes = (
        ("chain", "north", "nora"), ("below", "south", "tom"), ("south", "south", "tom"), ("isle", "islands", "tom"), ("homeless", None, "will"),
    )  # fmt: skip
    people = {"sue": "north", "nora": "north", "tom": "south", "will": None}
    tables: dict[str, list[dict]] = {
        "regions": [
            {"region_id": "europe", "region": "Europe"},
            {"region_id": "islands", "region": "Islands"},
            *({"region_id": name, "region": name.title(), "parent_region_id": "europe"} for name in ("north", "south")),
        ],
        "salespeople": [{"salesperson_id": name, "salesperson": name.title(), "region_id": region} for name, region in people.items()],
        "products": [{"product_id": name, "product": name, "category": "beer", "unit_volume": 0.1} for name in ("ale", "stout")],
        "development_plans": [{"month": date(2025, 1, 1), "salesperson_id": name, "planned_visits": 3} for name in people],
    }
    for number, home in enumerate(homes, start=1):
        for table, rows in _home(number, *home).items():
            tables.setdefault(table, []).extend(rows)
    return make_store(tmp_path_factory.mktemp("cache"), **tables).reader()


@pytest.fixture
def asked(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nothing is cached at first; what is asked of the store from now on, by name."""
    names: list[str] = []

    def noting(reader: Reader, viewer: Viewer) -> Ask:
        ask = asker(reader, viewer)
        return lambda name, filters, **parameters: (names.append(name), ask(name, filters, **parameters))[1]

    cache._CACHES.pop(reader, None)
    monkeypatch.setattr(cache, "asker", noting)
    return names


@pytest.mark.parametrize("others", OTHERS, ids=["year", "open", "days", "person", "account", "product"])
@pytest.mark.parametrize("viewer", [EVERYBODY, EUROPE, SOUTH], ids=["manager", "europe", "south"])
@pytest.mark.parametrize("name", sorted(OF_ONE_REGION))
def test_the_answer_for_some_regions_is_taken_out_of_that_for_all(
    reader: Reader, asked: list[str], viewer: Viewer, name: str, others: Filters
) -> None:
    ask, keeping, parameters = asker(reader, viewer), caching_asker(reader, viewer), PARAMETERS.get(name, {})
    keeping(name, others, **parameters)
    for region_ids in REGIONS:
        some = replace(others, region_ids=region_ids)
        assert_frame_equal(keeping(name, some, **parameters), ask(name, some, **parameters), rel_tol=1e-12)
    assert asked == [name]


@pytest.mark.parametrize("name", sorted(OF_ONE_REGION))
def test_the_store_of_these_tests_has_something_of_every_kind(reader: Reader, name: str) -> None:
    found = [asker(reader, EVERYBODY)(name, replace(YEAR, region_ids=(region,)), **PARAMETERS.get(name, {})) for region in ("north", "south")]
    assert all(frame.height for frame in found)


def test_the_same_question_is_asked_once(reader: Reader, asked: list[str]) -> None:
    ask = caching_asker(reader, EVERYBODY)
    assert ask("overview/products", YEAR, now_from=None, before_to=None) is ask("overview/products", YEAR, now_from=None, before_to=None)
    assert asked == ["overview/products"]


def test_filters_that_a_question_does_not_name_ask_nothing_new(reader: Reader, asked: list[str]) -> None:
    ask = caching_asker(reader, EVERYBODY)
    assert ask("seasons/board_accounts", YEAR) is ask("seasons/board_accounts", Filters(product_ids=("ale",)))


def test_another_parameter_is_another_question(reader: Reader, asked: list[str]) -> None:
    ask = caching_asker(reader, EVERYBODY)
    for day in (LAST_DAY, date(2025, 1, 1), LAST_DAY):
        ask("overview/overdue", YEAR, as_of=day)
    assert asked == ["overview/overdue"] * 2


def test_what_is_cached_for_one_scope_is_not_shown_to_another(reader: Reader) -> None:
    for viewer, regions in ((EVERYBODY, {"north", "south", "islands", None}), (NORTH, {"north"}), (SOUTH, {"south"}), (NOBODY, set())):
        assert set(caching_asker(reader, viewer)("overview/sales", YEAR, **PARAMETERS["overview/sales"])["region_id"]) == regions


def test_a_region_outside_the_scope_has_no_rows(reader: Reader) -> None:
    ask = caching_asker(reader, NORTH)
    ask("overview/orders", YEAR)
    assert ask("overview/orders", replace(YEAR, region_ids=("south", "europe"))).is_empty()


def test_what_is_personal_is_asked_anew(reader: Reader, asked: list[str]) -> None:
    ask = caching_asker(reader, EVERYBODY)
    for _again in range(2):
        ask("accounts/personal", Filters(account_ids=("chain",)))
    assert asked == ["accounts/personal"] * 2


def test_the_answer_asked_for_longest_ago_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = pl.DataFrame({"figure": range(100)})
    monkeypatch.setattr(cache, "MOST_BYTES", 2 * answer.estimated_size())
    some = AnswerCache()
    for key in ("first", "second"):
        some.put(key, answer)
    some.get("first")
    some.put("third", answer)
    assert [some.get(key) is not None for key in ("first", "second", "third")] == [True, False, True]


def test_a_large_answer_is_not_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = pl.DataFrame({"figure": range(100)})
    monkeypatch.setattr(cache, "LARGEST", answer.estimated_size() - 1)
    some = AnswerCache()
    some.put("large", answer)
    assert some.get("large") is None


def test_what_is_made_of_answers_is_made_once_for_each_scope(reader: Reader) -> None:
    made: list[str] = []

    def told(viewer: Viewer) -> int:
        ask = caching_asker(reader, viewer)
        return made_once(ask, ("accounts", YEAR), lambda: made.append(viewer.name) or ask("overview/sales", YEAR, **PARAMETERS["overview/sales"]).height)

    seen = [told(viewer) for viewer in (NORTH, EVERYBODY, NORTH, EVERYBODY)]
    assert made == [NORTH.name, EVERYBODY.name]
    assert seen[0] < seen[1] and seen[2:] == seen[:2]


def test_who_asks_once_has_it_made_anew(reader: Reader) -> None:
    made = [made_once(asker(reader, EVERYBODY), ("one",), object) for _time in range(2)]
    assert made[0] is not made[1]


def test_of_what_is_made_the_longest_unasked_goes_first_once_all_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = np.zeros(100)
    monkeypatch.setattr(cache, "MOST_MADE_BYTES", 2 * figures.nbytes)
    some, made = AnswerCache(), []
    for key in ("first", "second", "first", "third", "first", "second"):
        some.made(key, lambda key=key: made.append(key) or figures.copy())
    assert made == ["first", "second", "third", "second"]


def test_the_last_thing_made_is_cached_however_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_MADE_BYTES", 1)
    some, counted = AnswerCache(), iter(range(100))
    made = [some.made("large", lambda: (next(counted), np.zeros(100))) for _time in range(2)]
    assert [number for number, _figures in made] == [0, 0]


def test_a_maker_keeps_no_generation_alive_and_then_makes_anew(tmp_path) -> None:
    store = make_store(tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=[{"product_id": "P", "product": "P"}], transactions=lines((LAST_DAY, "A", "P", 1, 1.0)))
    # Not store.reader(): that one is held for the next who reads.
    reader = Reader(store.current_path(), store.current())
    once, left = maker(caching_asker(reader, EVERYBODY)), ref(reader)
    first = once(("one",), object)
    assert once(("one",), object) is first
    del reader
    gc.collect()
    assert left() is None
    assert once(("one",), object) is not first
