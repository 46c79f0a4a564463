"""What every account bought, month by month, out of the rows that the store books it in."""

from datetime import date

import polars as pl

from data.store import Store
from measures.customers.portfolio_quadrants import quadrant_book
from measures.history import History
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, make_store

YEAR = History(date(2024, 1, 1), date(2025, 1, 1))
PEOPLE = [{"salesperson_id": name, "salesperson": name} for name in ("P", "Q")]


def line(month: int, amount: float, product: str, person: str, account: str = "A") -> dict[str, object]:
    return {
        "transaction_id": f"{account}{month}{product}{person}", "sold_on": date(2024, month, 5), "account_id": account, "product_id": product,
        "salesperson_id": person, "quantity": amount, "net_amount": amount, "cost_amount": 0.0,
    }  # fmt: skip


def book_of_lines(tmp_path, lines: list[dict[str, object]], filters: Filters):
    accounts = [{"account_id": name, "account": name, "kind": "distributor"} for name in ("A", "B")]
    products = [{"product_id": name, "product": name, "category": name} for name in ("X", "Y")]
    store: Store = make_store(tmp_path, accounts=accounts, products=products, salespeople=PEOPLE, transactions=lines)
    return quadrant_book(ask_as(store), filters, YEAR, YEAR, cuts(("stability_months",)))


def test_what_two_people_sold_in_a_month_adds_up_exactly(tmp_path):
    lines = [line(3, 0.1, "X", "P"), line(3, 0.2, "X", "Q"), line(12, 1.0, "Y", "P")]
    for filters, december in ((Filters(), 1.0), (Filters(product_ids=("X",)), 0.0)):
        book = book_of_lines(tmp_path / str(december), lines, filters)
        assert book.units[0, 2] == book.money["net_sales"][0, 2] == 0.3
        assert book.units[0, 11] == december


def test_accounts_are_those_that_bought_with_the_month_in_which_they_began(tmp_path):
    lines = [line(7, 1.0, "X", "P", "B"), line(5, 1.0, "Y", "P", "B"), line(2, 1.0, "Y", "P"), line(9, 1.0, "Y", "P")]
    began = {filters: book_of_lines(tmp_path / str(place), lines, filters).about for place, filters in enumerate((Filters(), Filters(product_ids=("X",))))}
    found = [about.select("account_id", "first_month").rows() for about in began.values()]
    assert found == [[("A", date(2024, 2, 1)), ("B", date(2024, 5, 1))], [("B", date(2024, 7, 1))]]
    assert all(about["account_key"].dtype == pl.Int32 for about in began.values())
