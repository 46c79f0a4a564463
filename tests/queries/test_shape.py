"""Short forms of the views answer as the full ones do, and a wrong one finds nothing."""

import itertools
from datetime import date

import duckdb
import pytest

from data.access import Viewer
from data.reader import Reader
from data.store import Store
from queries.filters import Filters
from queries.shape import search_path
from tests.builders import lines, make_store

MACROS = ("filtered_sales_months", "filtered_account_months", "filtered_order_months", "filtered_product_months")
MANAGER = Viewer("m", "M", "manager", None)
LEAD = Viewer("l", "L", "lead", ("north",))
CHOICES = {
    "from_date": (None, date(2025, 1, 1), date(2025, 1, 10)),
    "region_ids": (None, ("north",)),
    "account_ids": (None, ("a",)),
    "product_ids": (None, ("p",)),
    "salesperson_ids": (None, ("s",)),
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    rows = [
        (date(2025, month, day), account, product, 1, 10.0 * month + day)
        for month in (1, 2) for day in (5, 20) for account in "ab" for product in "pq"
    ]  # fmt: skip
    sold = [row | {"salesperson_id": "s" if number % 3 else None} for number, row in enumerate(lines(*rows))]
    store: Store = make_store(
        tmp_path_factory.mktemp("shape"),
        regions=[{"region_id": "north", "region": "North"}, {"region_id": "south", "region": "South"}],
        salespeople=[{"salesperson_id": "s", "salesperson": "Sol", "region_id": "north"}],
        accounts=[
            {"account_id": "a", "account": "A", "region_id": "north"}, {"account_id": "b", "account": "B", "region_id": "south"},
        ],
        products=[{"product_id": "p", "product": "P"}, {"product_id": "q", "product": "Q"}],
        transactions=sold,
    )  # fmt: skip
    return store.reader()


def rows_of(reader: Reader, viewer: Viewer, macro: str, filters: Filters, path: str) -> list[tuple]:
    cursor = reader.cursor_for(viewer)
    cursor.execute(f"set search_path = '{path}'")
    return rows_at(cursor, macro, filters)


def rows_at(cursor: duckdb.DuckDBPyConnection, macro: str, filters: Filters) -> list[tuple]:
    names = ("from_date", "to_date", "region_ids", "account_ids", "categories", "product_ids", "salesperson_ids")
    values = filters.parameters()
    query = f"select month, count(*), sum(c) from (select month, {'order_count' if 'order' in macro else 'net_amount'} as c from {macro}({', '.join('$' + name for name in names)})) group by all order by all"
    return cursor.execute(query, {name: values[name] for name in names}).fetchall()


@pytest.mark.parametrize("viewer", [MANAGER, LEAD], ids=["manager", "lead"])
@pytest.mark.parametrize("macro", MACROS)
def test_the_chosen_forms_find_what_the_full_forms_find(reader: Reader, viewer: Viewer, macro: str) -> None:
    for chosen in itertools.product(*CHOICES.values()):
        filters = Filters(to_date=date(2025, 3, 1), **dict(zip(CHOICES, chosen, strict=True)))
        short = search_path(filters, sees_everything=viewer.sees_everything)
        assert rows_of(reader, viewer, macro, filters, short) == rows_of(reader, viewer, macro, filters, "main"), filters


def test_a_form_for_those_who_see_everything_shows_a_lead_nothing(reader: Reader) -> None:
    everything = search_path(Filters(), sees_everything=True)
    assert "everybody" in everything
    assert rows_of(reader, LEAD, "filtered_account_months", Filters(), everything) == []
    assert rows_of(reader, LEAD, "filtered_account_months", Filters(), search_path(Filters(), sees_everything=False)) != []


def test_a_form_without_a_filter_finds_nothing_where_one_is_asked_for(reader: Reader) -> None:
    unfiltered = search_path(Filters(), sees_everything=True)
    for filters in (Filters(region_ids=("north",)), Filters(account_ids=("a",)), Filters(product_ids=("p",)), Filters(salesperson_ids=("s",))):
        assert rows_of(reader, MANAGER, "filtered_account_months", filters, unfiltered) == []


def test_a_day_among_the_other_parameters_may_cut_a_month_as_well() -> None:
    assert "whole_months" in search_path(Filters(), [date(2025, 1, 1), "x", None], sees_everything=True)
    assert "whole_months" not in search_path(Filters(), [date(2025, 1, 10)], sees_everything=True)


@pytest.mark.parametrize("view", ["visible_account_tree", "visible_order_lines", "visible_account_days"])
def test_the_short_views_of_who_sees_everything_hold_the_same_rows_and_nothing_for_others(reader, view):
    def rows(viewer: Viewer, path: str) -> list[tuple]:
        cursor = reader.cursor_for(viewer)
        cursor.execute(f"set search_path = '{path}'")
        return cursor.execute(f"select * from {view} order by all").fetchall()

    short = search_path(Filters(), sees_everything=True)
    assert rows(MANAGER, short) == rows(MANAGER, "main") != []
    assert rows(LEAD, short) == []
    assert rows(LEAD, "main") == rows(LEAD, search_path(Filters(), sees_everything=False)) != []


YEARS = (date(2023, 3, 1), date(2024, 3, 1), date(2025, 3, 1))


@pytest.fixture(scope="module")
def reader_of_years(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Two years from March to February: the first one's months bring 2, 4, 8, …, the second one ends on a Friday, February's last weekday."""
    rows = [(date(2023 + (month > 10), (month + 1) % 12 + 1, 5), "a", "p", 1, 2.0**month) for month in range(1, 13)]
    rows += [(date(2024, 6, 5), "a", "p", 1, 10_000.0), (date(2025, 2, 28), "a", "p", 1, 20_000.0)]
    named = {"accounts": [{"account_id": "a", "account": "A"}], "products": [{"product_id": "p", "product": "P"}]}
    return make_store(tmp_path_factory.mktemp("years"), transactions=lines(*rows), **named).reader()


def sums_of_years(reader: Reader, from_date: date | None, to_date: date | None, path: str) -> float | None:
    cursor = reader.cursor_for(MANAGER)
    cursor.execute(f"set search_path = '{path}'")
    query = "select sum(net_amount)::double from filtered_sales_years($from_date, $to_date, null, null, null, null, null)"
    return cursor.execute(query, {"from_date": from_date, "to_date": to_date}).fetchall()[0][0]


def path_of_years(reader: Reader, from_date: date | None, to_date: date | None) -> str:
    return search_path(Filters(from_date=from_date, to_date=to_date), sees_everything=True, years_begin_in=reader.years_begin_in)


def test_the_roll_up_of_years_knows_the_first_month_in_which_units_were_bought(reader_of_years: Reader) -> None:
    cursor, found = reader_of_years.cursor_for(MANAGER), {}
    for begin, end in itertools.pairwise(YEARS):
        for path in (path_of_years(reader_of_years, begin, end), "main"):
            cursor.execute(f"set search_path = '{path}'")
            query = "select min(bought_month) from filtered_sales_years($from_date, $to_date, null, null, null, null, null)"
            found[begin, path == "main"] = cursor.execute(query, {"from_date": begin, "to_date": end}).fetchall()[0][0]
    assert found[YEARS[0], True] == found[YEARS[0], False] == date(2023, 3, 1)
    assert found[YEARS[1], True] == found[YEARS[1], False] == date(2024, 6, 1)


def test_the_roll_up_of_years_ends_them_with_the_data_and_adds_up_to_its_months(reader_of_years: Reader) -> None:
    reader = reader_of_years
    assert reader.years_begin_in == 3
    found = {}
    for begin, end in itertools.combinations((None, *YEARS, None), 2):
        path = path_of_years(reader, begin, end)
        assert "whole_years" in path
        found[begin, end] = sums_of_years(reader, begin, end, path)
        assert found[begin, end] == sums_of_years(reader, begin, end, "main"), (begin, end)
    assert found[YEARS[0], YEARS[1]] == sum(2.0**month for month in range(1, 13))
    assert found[YEARS[1], YEARS[2]] == 30_000


def test_a_period_of_other_years_asks_the_months(reader_of_years: Reader) -> None:
    begin, end = date(2023, 9, 1), date(2024, 9, 1)
    path = path_of_years(reader_of_years, begin, end)
    assert "whole_years" not in path
    assert sums_of_years(reader_of_years, begin, end, path) == sum(2.0**month for month in range(7, 13)) + 10_000
    assert "whole_years" not in search_path(Filters(), [date(2024, 4, 1)], sees_everything=True, years_begin_in=3)
    assert "whole_years" not in search_path(Filters(), sees_everything=True)


def test_the_years_chosen_by_mistake_leave_out_what_the_period_cuts(reader_of_years: Reader) -> None:
    wrong = path_of_years(reader_of_years, *YEARS[:2])
    assert sums_of_years(reader_of_years, date(2023, 9, 1), date(2024, 9, 1), wrong) is None
