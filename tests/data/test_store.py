"""Generations: published whole, pointed to, undone; and who sees which rows."""

from datetime import date
from pathlib import Path

import pytest

from data.access import NOBODY, Viewer
from data.errors import StoreDamaged, StoreMissing
from data.store import GENERATIONS_KEPT, Store
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, lines, make_store

LEAD = Viewer("lead@example.com", "Lead", "lead", ("north",))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three accounts: A in the north's valley, B in the south, C under A without a region of its own, D in none."""
    return make_store(
        tmp_path,
        regions=[
            {"region_id": "north", "region": "North"},
            {"region_id": "valley", "region": "Valley", "parent_region_id": "north"},
            {"region_id": "south", "region": "South"},
        ],
        accounts=[
            {"account_id": "a", "account": "A", "region_id": "valley"},
            {"account_id": "b", "account": "B", "region_id": "south"},
            {"account_id": "c", "account": "C", "parent_account_id": "a"},
            {"account_id": "d", "account": "D"},
        ],
        products=[{"product_id": "p", "product": "P", "category": "beer"}, {"product_id": "q", "product": "Q"}],
        transactions=lines(
            (date(2026, 1, 5), "a", "p", 1, 10, 6),
            (date(2026, 1, 20), "b", "q", 2, 20),
            (date(2026, 2, 3), "c", "p", 3, 30),
            (date(2026, 3, 9), "d", "p", -1, -5),
        ),
    )


def total(store: Store, viewer: Viewer, macro: str, filters: Filters) -> float | None:
    cursor = store.reader().cursor_for(viewer)
    names = ("from_date", "to_date", "region_ids", "account_ids", "categories", "product_ids", "salesperson_ids")
    arguments = ", ".join(f"${name}" for name in names)
    values = {name: value for name, value in filters.parameters().items() if name in names}
    return cursor.execute(f"select sum(net_amount)::double from {macro}({arguments})", values).fetchall()[0][0]


MACROS = ("filtered_order_lines", "filtered_sales_months", "filtered_account_months", "filtered_product_months")


@pytest.mark.parametrize("macro", MACROS)
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), 55),
        (Filters(categories=("beer",)), 35),
        (Filters(product_ids=("q",)), 20),
        (Filters(region_ids=("north",)), 40),
        (Filters(region_ids=()), None),
        (Filters(account_ids=("a",)), 40),
        (Filters(salesperson_ids=("nobody",)), None),
        (Filters(from_date=date(2026, 1, 1), to_date=date(2026, 2, 1)), 30),
        (Filters(from_date=date(2026, 1, 10), to_date=date(2026, 3, 1)), 50),
        (Filters(from_date=date(2026, 1, 10), to_date=date(2026, 1, 25)), 20),
        (Filters(from_date=date(2026, 1, 5), to_date=date(2026, 1, 20)), 10),
        (Filters(to_date=date(2026, 2, 3)), 30),
        (Filters(from_date=date(2026, 2, 3)), 25),
    ],
)
def test_every_grain_gives_the_same_total_under_every_filter(store: Store, macro: str, filters: Filters, expected: float | None) -> None:
    assert total(store, EVERYBODY, macro, filters) == expected


@pytest.mark.parametrize("macro", MACROS)
def test_a_lead_sees_the_region_with_what_lies_under_it_and_nothing_else(store: Store, macro: str) -> None:
    assert total(store, LEAD, macro, Filters()) == 40
    assert total(store, LEAD, macro, Filters(region_ids=("south",))) is None
    assert total(store, LEAD, macro, Filters(account_ids=("b",))) is None


@pytest.mark.parametrize("macro", MACROS)
def test_a_stranger_sees_no_row(store: Store, macro: str) -> None:
    assert total(store, NOBODY, macro, Filters()) is None


def test_a_line_without_a_cost_takes_its_products_cost_rate(store: Store) -> None:
    cursor = store.reader().cursor_for(EVERYBODY)
    margins = cursor.execute(
        "select accounts.account_id, sales.margin_amount::double from store.account_month as sales"
        " inner join store.accounts as accounts on accounts.account_key = sales.account_key order by all"
    ).fetchall()
    # product p: 6 of 10 is cost, so c keeps 40 % of 30; q has no costed line anywhere
    assert margins == [("a", 4.0), ("b", None), ("c", 12.0), ("d", -2.0)]


def test_a_product_without_a_costed_line_takes_its_unit_cost(tmp_path: Path) -> None:
    store = make_store(
        tmp_path,
        accounts=[{"account_id": "a", "account": "A"}],
        products=[
            {"product_id": "p", "product": "P", "category": "beer"},
            {"product_id": "q", "product": "Q", "category": "beer", "unit_cost": 3},
            {"product_id": "r", "product": "R", "category": "beer"},
        ],
        transactions=lines(
            (date(2026, 1, 5), "a", "p", 1, 10, 6), (date(2026, 1, 6), "a", "q", 2, 20), (date(2026, 1, 7), "a", "r", 1, 100)
        ),
    )
    cursor = store.reader().cursor_for(EVERYBODY)
    found = cursor.execute("select margin_amount::double, costed_amount::double from store.account_product_month order by product_key")
    # q: 20 − 2 × 3; r has neither, so that its cost is its category's 40 %: 6 of 10 and 6 of 20
    assert found.fetchall() == [(4.0, 10.0), (14.0, 20.0), (60.0, 0.0)]


def test_a_reader_cannot_write_nor_leave_its_sandbox(store: Store) -> None:
    import duckdb

    cursor = store.reader().cursor_for(EVERYBODY)
    for statement in ("delete from store.order_lines", "set threads = 1", "select * from read_csv('/etc/passwd')"):
        with pytest.raises(duckdb.Error):
            cursor.execute(statement)


def test_undo_goes_back_to_the_generation_before(store: Store, tmp_path: Path) -> None:
    make_store(tmp_path, accounts=[{"account_id": "z", "account": "Z"}])
    assert store.current() == 2
    assert ask_as(store)("store/period", Filters())["accounts"].to_list() == [1]
    assert store.undo() == 1
    assert ask_as(store)("store/period", Filters())["accounts"].to_list() == [4]


def test_the_first_generation_is_undone_to_an_empty_store(store: Store) -> None:
    assert store.undo() is None
    assert store.current() is None
    with pytest.raises(StoreMissing):
        store.reader()
    with pytest.raises(StoreMissing):
        store.undo()


def test_undo_never_goes_to_what_was_undone_before(store: Store, tmp_path: Path) -> None:
    make_store(tmp_path, accounts=[{"account_id": "wrong", "account": "Wrong"}])
    store.undo()
    make_store(tmp_path, accounts=[{"account_id": "right", "account": "Right"}])
    assert store.current() == 3
    assert store.undo() == 1


def test_the_oldest_kept_generation_is_not_taken_for_the_first(store: Store, tmp_path: Path) -> None:
    for _round in range(GENERATIONS_KEPT):
        make_store(tmp_path, accounts=[{"account_id": "z", "account": "Z"}])
    for _round in range(GENERATIONS_KEPT - 1):
        store.undo()
    assert store.current() == 2
    with pytest.raises(StoreMissing):
        store.undo()


def test_only_the_last_generations_stay(store: Store, tmp_path: Path) -> None:
    for _round in range(GENERATIONS_KEPT + 1):
        make_store(tmp_path, accounts=[{"account_id": "z", "account": "Z"}])
    assert len(store.numbers()) == GENERATIONS_KEPT
    assert store.current() == store.numbers()[-1] == GENERATIONS_KEPT + 2


def test_an_empty_folder_has_no_generation(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        Store.at(tmp_path / "nothing").reader()


def test_a_pointer_that_names_nothing_is_reported(store: Store) -> None:
    (store.root / "CURRENT").write_text("seven", encoding="ascii")
    with pytest.raises(StoreDamaged):
        store.current()
