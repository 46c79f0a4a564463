"""A cursor that knows its filters finds what the full forms find, for each viewer alone, and is asked again."""

import itertools
from datetime import date

import duckdb
import pytest

from data.access import Viewer
from data.reader import Reader
from queries import cursors
from queries.cursors import ready
from queries.filters import Filters
from tests.builders import lines, make_store

MANAGER = Viewer("m", "M", "manager", None)
EUROPE = Viewer("e", "E", "lead", ("europe",))
NORTH = Viewer("n", "N", "lead", ("north",))
PARAMETERS = {
    "filtered_regions": ("region_ids",),
    "filtered_accounts": ("region_ids", "account_ids"),
    "filtered_opportunities": ("region_ids", "account_ids", "none", "none", "none"),
    "filtered_activities": ("none", "none", "region_ids", "account_ids", "none"),
    "filtered_targets": ("none", "none", "region_ids", "account_ids", "none", "none", "none"),
    "filtered_order_lines": ("none", "none", "region_ids", "account_ids", "none", "none", "none"),
    "filtered_sales_months": ("none", "none", "region_ids", "account_ids", "none", "none", "none"),
    "filtered_account_months": ("none", "none", "region_ids", "account_ids", "none", "none", "none"),
    "filtered_order_months": ("none", "none", "region_ids", "account_ids", "none", "none", "none"),
    "filtered_product_months": ("none", "none", "region_ids", "account_ids", "none", "none", "none"),
    "filtered_stage_spells": ("none", "none", "region_ids", "account_ids", "none", "none", "none", "none", "none", "none"),
}
REGIONS = (None, (), ("europe",), ("north",), ("south",), ("north", "south"), ("nowhere",))
ACCOUNTS = (None, (), ("chain",), ("outlet",), ("homeless", "south"), ("nobody",))
DAY = date(2025, 1, 10)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Europe has north and south; a chain of the north has an outlet in the south; one account is of no region."""
    homes = {"chain": "north", "outlet": "south", "south": "south", "homeless": None}
    return make_store(
        tmp_path_factory.mktemp("cursors"),
        regions=[
            {"region_id": "europe", "region": "Europe"},
            *({"region_id": name, "region": name, "parent_region_id": "europe"} for name in ("north", "south")),
        ],
        salespeople=[{"salesperson_id": "s", "salesperson": "Sol", "region_id": "north"}],
        accounts=[
            {"account_id": name, "account": name, "region_id": region, "parent_account_id": "chain" if name == "outlet" else None}
            for name, region in homes.items()
        ],
        products=[{"product_id": "p", "product": "P"}],
        transactions=lines(*((date(2025, month, 10), name, "p", 1, 10.0 * month) for month in (1, 2) for name in homes)),
        activities=[{"activity_id": name, "happened_on": DAY, "account_id": name, "salesperson_id": "s"} for name in homes],
        opportunities=[{"opportunity_id": name, "account_id": name, "created_on": DAY, "salesperson_id": "s"} for name in homes],
        targets=[{"month": date(2025, 1, 1), "amount": 10, "account_id": name} for name in homes],
    ).reader()


def rows_of(cursor: duckdb.DuckDBPyConnection, macro: str, filters: Filters) -> list[tuple]:
    values = filters.parameters() | {"none": None}
    names = PARAMETERS[macro]
    query = f"select * from {macro}({', '.join(f'${name}' for name in names)}) order by all"
    return cursor.execute(query, {name: values[name] for name in set(names)}).fetchall()


@pytest.mark.parametrize("viewer", [MANAGER, EUROPE, NORTH], ids=["manager", "europe", "north"])
@pytest.mark.parametrize("macro", PARAMETERS)
def test_known_keys_find_what_the_full_forms_find(reader: Reader, viewer: Viewer, macro: str) -> None:
    for region_ids, account_ids in itertools.product(REGIONS, ACCOUNTS):
        filters = Filters(region_ids=region_ids, account_ids=account_ids)
        with ready(reader, viewer, filters) as cursor:
            assert rows_of(cursor, macro, filters) == rows_of(reader.cursor_for(viewer), macro, filters), filters


@pytest.mark.parametrize("viewer", [MANAGER, EUROPE, NORTH], ids=["manager", "europe", "north"])
@pytest.mark.parametrize("macro", PARAMETERS)
def test_a_question_that_leaves_the_filters_out_sees_all_of_the_scope(reader: Reader, viewer: Viewer, macro: str) -> None:
    for region_ids, account_ids in ((("north",), None), (None, ("chain",)), (("north",), ("chain",))):
        with ready(reader, viewer, Filters(region_ids=region_ids, account_ids=account_ids)) as cursor:
            found = rows_of(cursor, macro, Filters())
        assert found == rows_of(reader.cursor_for(viewer), macro, Filters())


def test_keys_of_another_filter_find_nothing(reader: Reader) -> None:
    with ready(reader, MANAGER, Filters(region_ids=("north",), account_ids=("chain",))) as cursor:
        assert rows_of(cursor, "filtered_accounts", Filters(region_ids=("south",))) == []
        assert rows_of(cursor, "filtered_accounts", Filters(account_ids=("south",))) == []


def test_many_keys_are_found_by_a_join(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cursors, "MOST_KEYS", 1)
    filters = Filters(account_ids=("chain", "south"))
    with ready(reader, MANAGER, filters) as cursor:
        assert len(rows_of(cursor, "filtered_accounts", filters)) == 3
        assert cursor.execute("select getvariable('chosen_accounts')").fetchall() == [(None,)]


def test_a_cursor_forgets_the_last_questions_filter(reader: Reader) -> None:
    for region_ids, count in ((("north",), 1), (("south",), 2), (("north", "south"), 3)):
        filters = Filters(region_ids=region_ids)
        with ready(reader, MANAGER, filters) as cursor:
            assert len(rows_of(cursor, "filtered_accounts", filters)) == count


def test_the_next_question_of_a_scope_gets_the_same_cursor(reader: Reader) -> None:
    with ready(reader, NORTH, Filters(region_ids=("south",))) as first:
        pass
    with ready(reader, NORTH, Filters(region_ids=("north",))) as second:
        assert second is first


def test_nobody_gets_a_cursor_of_another_scope_or_form(reader: Reader) -> None:
    with ready(reader, NORTH, Filters()) as of_north:
        pass
    for viewer, filters, personal in ((EUROPE, Filters(), False), (NORTH, Filters(region_ids=("south",)), False), (NORTH, Filters(), True)):
        with ready(reader, viewer, filters, personal=personal) as cursor:
            assert cursor is not of_north


def test_two_at_the_same_time_have_a_cursor_each(reader: Reader) -> None:
    with ready(reader, NORTH, Filters()) as first, ready(reader, NORTH, Filters()) as second:
        assert first is not second


def test_a_cursor_is_dropped_after_an_error(reader: Reader) -> None:
    with pytest.raises(duckdb.Error), ready(reader, NORTH, Filters()) as failed:
        failed.execute("select nothing from nowhere")
    with ready(reader, NORTH, Filters()) as cursor:
        assert cursor is not failed


def test_only_some_cursors_wait(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cursors, "MOST_READY", 1)
    with ready(reader, NORTH, Filters()) as last, ready(reader, NORTH, Filters()) as first:
        pass
    assert last.execute("select 1").fetchall() == [(1,)]
    with pytest.raises(duckdb.Error):
        first.execute("select 1")
