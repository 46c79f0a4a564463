"""Every view and every macro that a question may read: two leads see different rows, which with the rows of no region make the whole."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data.access import NOBODY, Viewer
from data.contract import TABLES
from data.reader import Reader
from data.store import Store
from tests.builders import EVERYBODY, make_store

VIEWS = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "data" / "views").glob("*.sql"))
NORTH = Viewer("north@example.org", "North", "lead", ("N",))
SOUTH = Viewer("south@example.org", "South", "lead", ("S",))
SHARED = {"visible_products", "visible_programmes", "visible_generation", "filtered_products"}
"""What belongs to the whole company and is nobody's secret: everybody with a scope sees all of it."""
COMPANY_ONLY = {"visible_sources", "visible_rejected_rows"}
OWNER_COLUMNS = ("region_key", "account_key", "ancestor_key", "salesperson_key")

DAY = date(2026, 1, 15)
BEFORE = date(2026, 1, 5)
"""What happens before an account's first sale counts for customers-to-be."""
MONTH = date(2026, 1, 1)
PLACES = {"n": "N", "s": "S", "x": None}
"""An account, a person and one row of everything for the north, for the south and for no region."""


def _readable() -> dict[str, str]:
    """Each view and macro by name → how to read it without a filter."""
    found = {name: name for name in re.findall(r"^create view if not exists (visible_\w+)", VIEWS, re.MULTILINE)}
    for name, parameters in re.findall(r"^create macro (filtered_\w+)\(([^)]*)\)", VIEWS, re.MULTILINE):
        found[name] = f"{name}({', '.join('null' for _parameter in parameters.split(','))})"
    return found


READABLE = _readable()
SCOPED = sorted(READABLE.keys() - SHARED - COMPANY_ONLY)


def _rows_of(place: str, region: str | None) -> dict[str, dict]:
    account, person, deal = f"account {place}", f"person {place}", f"deal {place}"
    return {
        "salespeople": {"salesperson_id": person, "salesperson": person, "region_id": region},
        "accounts": {"account_id": account, "account": account, "region_id": region},
        "contacts": {"contact_id": place, "account_id": account, "name": place},
        "transactions": {
            "transaction_id": place, "order_id": place, "sold_on": DAY, "account_id": account, "product_id": "beer",
            "salesperson_id": person, "quantity": 1, "net_amount": 10, "promotion_id": "p",
        },
        "receivables": {"invoice_id": place, "account_id": account, "due_on": DAY, "amount": 10},
        "activities": {"activity_id": place, "happened_on": BEFORE, "account_id": account, "salesperson_id": person},
        "opportunities": {"opportunity_id": deal, "account_id": account, "created_on": BEFORE, "salesperson_id": person},
        "stage_events": {"opportunity_id": deal, "stage": "lead", "entered_on": BEFORE},
        "prospect_scores": {"account_id": account, "indicator": "size", "score": 50},
        "targets": {"month": MONTH, "amount": 10, "region_id": region, "salesperson_id": person},
        "development_plans": {"month": MONTH, "salesperson_id": person, "planned_visits": 1},
        "wallet": {"account_id": account, "month": MONTH, "amount": 10},
        "rebates": {"scheme_id": place, "account_id": account, "rate": 0.02},
    }  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    tables: dict[str, list[dict]] = {
        "regions": [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        "products": [{"product_id": "beer", "product": "Beer"}],
        "programmes": [{"programme_id": "p", "programme": "Party"}],
    }
    for place, region in PLACES.items():
        for table, row in _rows_of(place, region).items():
            tables.setdefault(table, []).append(row)
    assert tables.keys() == TABLES.keys()
    store = make_store(tmp_path_factory.mktemp("security"), **tables)
    _reject_a_row(store)
    return store.reader()


def _reject_a_row(store: Store) -> None:
    with duckdb.connect(str(store.path_of(1))) as con:
        con.execute("insert into rejected_rows (source_key, table_name, reasons) values (1, 'accounts', ['unknown account'])")


def rows(reader: Reader, viewer: Viewer, name: str) -> Counter:
    """The rows that the viewer sees, with how often."""
    cursor = reader.cursor_for(viewer)
    return Counter(map(repr, cursor.execute(f"select * from {READABLE[name]}").fetchall()))


def test_the_lists_of_exceptions_name_views_that_exist() -> None:
    assert READABLE.keys() > SHARED | COMPANY_ONLY


@pytest.mark.parametrize("name", SCOPED)
def test_two_leads_see_disjoint_rows(reader: Reader, name: str) -> None:
    north, south = rows(reader, NORTH, name), rows(reader, SOUTH, name)
    assert north, "the store of this test has nothing for it"
    assert south, "the store of this test has nothing for it"
    assert not north & south


@pytest.mark.parametrize("name", SCOPED)
def test_the_leads_rows_and_those_of_no_region_make_the_managers(reader: Reader, name: str) -> None:
    north, south, everything = (rows(reader, viewer, name) for viewer in (NORTH, SOUTH, EVERYBODY))
    rest = everything - north - south
    assert north + south + rest == everything
    assert rest.total() == _rows_of_no_region(reader, name)


def _rows_of_no_region(reader: Reader, name: str) -> int:
    """The manager's rows whose region, account or person belongs to no region, found without the views."""
    cursor = reader.cursor_for(EVERYBODY)
    columns = [column[0] for column in cursor.execute(f"describe select * from {READABLE[name]}").fetchall()]
    owner = next(column for column in OWNER_COLUMNS if column in columns)
    homeless = {
        "region_key": "select 0",
        "account_key": "select account_key from store.accounts where region_key = 0",
        "ancestor_key": "select account_key from store.accounts where region_key = 0",
        "salesperson_key": "select salesperson_key from store.salespeople where region_key = 0",
    }[owner]
    return cursor.execute(f"select count(*) from {READABLE[name]} where {owner} in ({homeless})").fetchall()[0][0]


@pytest.mark.parametrize("name", sorted(SHARED))
def test_what_is_the_companys_is_the_same_for_everybody_with_a_scope(reader: Reader, name: str) -> None:
    assert rows(reader, NORTH, name) == rows(reader, EVERYBODY, name) != Counter()


@pytest.mark.parametrize("name", sorted(COMPANY_ONLY))
def test_imports_and_rejects_are_seen_by_those_who_see_everything(reader: Reader, name: str) -> None:
    assert rows(reader, EVERYBODY, name)
    assert not rows(reader, NORTH, name)


@pytest.mark.parametrize("name", sorted(READABLE))
def test_a_stranger_sees_nothing(reader: Reader, name: str) -> None:
    assert not rows(reader, NOBODY, name)


@pytest.mark.parametrize("name", sorted(READABLE))
def test_a_lead_of_a_region_that_does_not_exist_sees_nothing(reader: Reader, name: str) -> None:
    assert not rows(reader, Viewer("e@example.org", "East", "lead", ("E",)), name)


@pytest.mark.parametrize("name", sorted(READABLE))
def test_a_cursor_without_a_scope_sees_nothing(reader: Reader, name: str) -> None:
    cursor = reader._connection.cursor()
    assert cursor.execute(f"select * from {READABLE[name]}").fetchall() == []


def test_a_region_brings_the_regions_under_it(tmp_path: Path) -> None:
    store = make_store(
        tmp_path,
        regions=[{"region_id": "E", "region": "Europe"}, {"region_id": "N", "region": "North", "parent_region_id": "E"}],
        accounts=[{"account_id": "a", "account": "A", "region_id": "N"}],
        products=[],
    )
    cursor = store.reader().cursor_for(Viewer("e@example.org", "Europe", "lead", ("E",)))
    assert cursor.execute("select account_id from visible_accounts").fetchall() == [("a",)]


def test_a_filter_by_another_leads_account_finds_nothing(reader: Reader) -> None:
    cursor = reader.cursor_for(NORTH)
    asked = "select * from filtered_account_months(null, null, null, ['account s'], null, null, null)"
    assert cursor.execute(asked).fetchall() == []


@pytest.mark.parametrize(("role", "seen"), [("manager", True), ("lead", True), ("executive", False), ("salesperson", False)])
def test_personal_fields_are_there_for_the_roles_that_may_see_them(tmp_path: Path, role: str, seen: bool) -> None:
    store = make_store(
        tmp_path,
        accounts=[{"account_id": "a", "account": "A"}],
        contacts=[{"contact_id": "1", "account_id": "a", "name": "Zoe", "birthday": date(1980, 1, 2), "interests": "golf"}],
    )
    cursor = store.reader().cursor_for(Viewer("x@example.org", "X", role, None), personal=True)
    rows = cursor.execute("select birthday, interests, has_birthday, has_interests from visible_contacts").fetchall()
    assert rows == [(date(1980, 1, 2), "golf", True, True) if seen else (None, None, True, True)]


def test_personal_fields_must_be_asked_for(tmp_path: Path) -> None:
    rows = [{"contact_id": "1", "account_id": "a", "name": "Zoe", "interests": "golf"}]
    store = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}], contacts=rows)
    cursor = store.reader().cursor_for(EVERYBODY)
    assert cursor.execute("select interests from visible_contacts").fetchall() == [(None,)]
