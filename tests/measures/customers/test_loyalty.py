"""Loyalty: who bought again, and what the accounts that bought in both years need."""

from datetime import date
from pathlib import Path

import pytest

from charts.findings.customers.loyalty import sentence
from data.access import Viewer
from data.store import Store
from measures.customers import loyalty_years
from measures.customers.loyalty import THRESHOLDS, Loyalty, answer
from measures.customers.loyalty_sums import SUMS_SCHEMA
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, lines, make_store

PRODUCTS = [{"product_id": name, "product": name, "category": category} for name, category in (("Ale", "Beer"), ("Bock", "Beer"), ("Cola", "Soft"))]


def loyalty(store: Store, viewer: Viewer = EVERYBODY, filters: Filters | None = None, **overrides: object) -> Loyalty:
    return answer(ask_as(store, viewer), filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def bought(account: str, year: int, *products: str, months: range = range(1, 13), units: int = 1) -> list[tuple]:
    return [(date(year, month, 1), account, product, units, 10.0 * units) for month in months for product in products]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two years: A stays with one product more, B stays as it is, C leaves, D comes in July 2025; A is called on, and complains once."""
    sold = [
        *bought("A", 2024, "Ale"), *bought("A", 2025, "Ale", "Cola"), *bought("B", 2024, "Ale", "Bock"), *bought("B", 2025, "Ale", "Bock"),
        *bought("C", 2024, "Ale", "Bock", "Cola"), *bought("D", 2025, "Ale", months=range(7, 13)),
        # What B tried and gave back is not needed.
        (date(2025, 3, 3), "B", "Cola", 2, 20.0), (date(2025, 4, 3), "B", "Cola", -2, -20.0), (date(2025, 12, 31), "B", "Ale", 1, 10.0),
    ]  # fmt: skip
    outcomes = ("Order", "Order", "Complaint", "No answer")
    calls = [
        {"activity_id": str(place), "happened_on": date(2025, 6, 1), "account_id": "A", "kind": "call", "outcome": outcome}
        for place, outcome in enumerate(outcomes)
    ]
    regions = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
    accounts = [{"account_id": name, "account": name, "region_id": "N" if name in "AC" else "S"} for name in "ABCD"]
    return make_store(tmp_path_factory.mktemp("loyal"), regions=regions, accounts=accounts, products=PRODUCTS, transactions=lines(*sold), activities=calls)


def test_two_of_the_three_accounts_of_the_year_before_bought_again(store: Store) -> None:
    row = loyalty(store).summary.row(0, named=True)
    assert (row["accounts"], row["accounts_before"], row["kept_accounts"], row["retention_rate"]) == (3, 3, 2, 2 / 3)


def test_needs_are_compared_among_the_accounts_that_bought_in_both_years(store: Store) -> None:
    row = loyalty(store).summary.row(0, named=True)
    assert (row["products_before"], row["products_per_account"], row["needs_change"]) == (1.5, 2.0, 0.5)
    assert (row["categories_before"], row["categories_per_account"]) == (1.0, 1.5)


def test_the_change_has_students_range(store: Store) -> None:
    """Changes 1 and 0: mean 0.5, standard deviation 0.70711, and t of one degree of freedom is 12.7062."""
    row = loyalty(store).summary.row(0, named=True)
    assert row["needs_change_low"] == pytest.approx(0.5 - 12.7062 * 0.5, abs=1e-4)
    assert row["needs_change_high"] == pytest.approx(0.5 + 12.7062 * 0.5, abs=1e-4)


def test_what_chance_explains_is_no_change(store: Store) -> None:
    assert sentence(loyalty(store)) == "67% of the accounts of the year before bought again; they buy about as many products: 2.0 each, 1.5 before"


def test_a_change_of_all_is_told(tmp_path: Path) -> None:
    sold = [row for name in "ABCD" for row in [*bought(name, 2024, "Ale"), *bought(name, 2025, "Ale", "Bock")]]
    own = make_store(tmp_path, accounts=[{"account_id": name, "account": name} for name in "ABCD"], products=PRODUCTS, transactions=lines(*sold))
    assert sentence(loyalty(own)) == "100% of the accounts of the year before bought again; they buy more products: 2.0 each, 1.0 before"


def test_fewer_products_are_told(tmp_path: Path) -> None:
    sold = [row for name in "ABCD" for row in [*bought(name, 2024, "Ale", "Bock", "Cola"), *bought(name, 2025, "Ale")]]
    own = make_store(tmp_path, accounts=[{"account_id": name, "account": name} for name in "ABCD"], products=PRODUCTS, transactions=lines(*sold))
    assert loyalty(own).summary["needs_change"].item() == -2.0
    assert sentence(loyalty(own)) == "100% of the accounts of the year before bought again; they buy fewer products: 1.0 each, 3.0 before"


def test_good_answers_are_those_of_contacts_that_were_answered_without_a_complaint(store: Store) -> None:
    found = {row["account_id"]: row for row in loyalty(store).loyalty.iter_rows(named=True)}
    assert (found["A"]["contacts"], found["A"]["response_rate"], found["B"]["response_rate"]) == (4, 0.5, None)


def test_every_account_that_buys_is_told_with_its_change_and_who_is_new_comes_last(store: Store) -> None:
    rows = loyalty(store).loyalty.select("account_id", "products_before", "products", "needs_change", "orders").rows()
    assert rows == [("B", 2, 2, 0, 26), ("A", 1, 2, 1, 24), ("D", None, 1, None, 6)]


def test_groups_by_region_keep_who_left(store: Store) -> None:
    rows = loyalty(store, loyalty_by="region").groups.select("group", "accounts", "accounts_before", "kept_accounts").rows()
    assert rows == [("South", 2, 1, 1), ("North", 1, 2, 1)]


def test_groups_by_time_part_the_new_from_those_whose_beginning_nobody_knows(store: Store) -> None:
    assert loyalty(store, loyalty_by="tenure").groups.select("group", "accounts").rows() == [("since_before", 2), ("1", 1)]


def test_who_was_kept_of_a_quadrant_is_not_known(store: Store) -> None:
    assert loyalty(store).groups["retention_rate"].to_list() == [None] * loyalty(store).groups.height


def test_the_years_are_told_one_by_one(store: Store) -> None:
    rows = loyalty_years.answer(ask_as(store), Filters(), cuts(())).years.select("year_begins", "year_ends", "accounts", "retention_rate").rows()
    assert rows == [(date(2024, 1, 1), date(2024, 12, 1), 3, None), (date(2025, 1, 1), date(2025, 12, 1), 3, 2 / 3)]


def test_one_year_has_nothing_to_compare_with(tmp_path: Path) -> None:
    own = make_store(tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=PRODUCTS, transactions=lines(*bought("A", 2025, "Ale")))
    found = loyalty(own)
    assert found.summary.select("accounts_before", "retention_rate", "needs_change", "status").row(0) == (0, None, None, "no_earlier_year")
    assert sentence(found) == "The data hold one year so far: whether loyalty grows shows with the next one"


def test_a_lead_reads_of_their_own_region_alone(store: Store) -> None:
    found = loyalty(store, Viewer("lead@example.com", "Lead", "lead", ("N",)))
    assert found.loyalty["account_id"].to_list() == ["A"]
    assert found.summary.select("accounts", "accounts_before", "kept_accounts").row(0) == (1, 2, 1)


def test_the_last_of_the_years_says_what_the_summary_says(store: Store) -> None:
    years = loyalty_years.answer(ask_as(store), Filters(), cuts(())).years
    assert years.height == 2
    assert years.select(*SUMS_SCHEMA).row(-1) == loyalty(store).summary.select(*SUMS_SCHEMA).row(0)


def test_products_without_a_category_are_of_no_category(tmp_path: Path) -> None:
    """A buys beer and something without a category in both years, B only the latter: 1 and 0, the mean 0.5."""
    sold = [row for year in (2024, 2025) for row in [*bought("A", year, "Ale", "Dip"), *bought("B", year, "Dip")]]
    products = [*PRODUCTS, {"product_id": "Dip", "product": "Dip"}]
    own = make_store(tmp_path, accounts=[{"account_id": name, "account": name} for name in "AB"], products=products, transactions=lines(*sold))
    found = loyalty(own)
    assert dict(found.loyalty.select("account_id", "categories").iter_rows()) == {"A": 1, "B": 0}
    assert found.summary.select("categories_before", "categories_per_account").row(0) == (0.5, 0.5)
    years = loyalty_years.answer(ask_as(own), Filters(), cuts(())).years
    assert years.select(*SUMS_SCHEMA).row(-1) == found.summary.select(*SUMS_SCHEMA).row(0)
