"""A distributor with two outlets under it: its own sales and the tree's, never counted twice."""

from datetime import date
from pathlib import Path

import pytest

from data.access import Viewer
from data.errors import BadRequest
from data.store import Store
from measures.accounts import account
from measures.accounts.account import THRESHOLDS, Account, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, lines, make_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_store(
        tmp_path_factory.mktemp("account"),
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        salespeople=[{"salesperson_id": "P", "salesperson": "Pilar", "region_id": "N"}],
        accounts=[
            {
                "account_id": "d", "account": "Distribuidora", "kind": "distributor", "region_id": "N", "salesperson_id": "P",
                "city": "Rosario", "credit_limit": 400,
            },
            {"account_id": "o1", "account": "Bar Uno", "kind": "outlet", "parent_account_id": "d"},
            {"account_id": "o2", "account": "Bar Dos", "kind": "outlet", "parent_account_id": "o1"},
            {"account_id": "z", "account": "Other", "region_id": "S"},
        ],
        products=[{"product_id": "p", "product": "Lager", "category": "Beer"}, {"product_id": "q", "product": "Stout"}],
        transactions=lines(
            (date(2024, 12, 3), "d", "p", 1, 80, 50),
            (date(2025, 1, 15), "d", "p", 10, 100, 60),
            (date(2025, 3, 5), "d", "p", 2, 30, 20),
            (date(2026, 1, 14), "d", "p", 12, 150, 90),
            (date(2026, 1, 20), "d", "p", -1, -10, -6),
            (date(2026, 2, 26), "d", "q", 1, 5),
            (date(2026, 2, 26), "o1", "p", 3, 40, 25),
            (date(2026, 2, 27), "o2", "p", 1, 15, 9),
            (date(2026, 2, 27), "z", "p", 9, 900, 1),
        ),
        contacts=[
            {"contact_id": "1", "account_id": "d", "name": "Zoe", "role": "decision maker", "birthday": date(1980, 1, 1),
             "interests": "golf"},
            {"contact_id": "2", "account_id": "d", "name": "Ana", "role": "user"},
            {"contact_id": "3", "account_id": "z", "name": "Bob"},
        ],
        activities=[
            {"activity_id": "v1", "happened_on": date(2026, 2, 1), "account_id": "d", "salesperson_id": "P", "kind": "visit", "hours": 1.5,
             "outcome": "order"},
            {"activity_id": "v2", "happened_on": date(2025, 2, 1), "account_id": "d"},
            {"activity_id": "v3", "happened_on": date(2026, 2, 2), "account_id": "z"},
        ],
        receivables=[
            {"invoice_id": "1", "account_id": "d", "due_on": date(2026, 1, 31), "amount": 60},
            {"invoice_id": "2", "account_id": "d", "due_on": date(2026, 1, 31), "amount": 50, "paid_on": date(2026, 1, 30)},
            {"invoice_id": "3", "account_id": "d", "due_on": date(2026, 3, 31), "amount": 40},
            {"invoice_id": "4", "account_id": "z", "due_on": date(2026, 1, 31), "amount": 999},
        ],
    )  # fmt: skip


def asked(store: Store, filters: Filters = Filters(account_ids=("d",)), viewer: Viewer = EVERYBODY) -> Account:
    return answer(ask_as(store, viewer), filters, cuts(THRESHOLDS))


@pytest.mark.parametrize("accounts", [None, (), ("d", "z")])
def test_the_answer_is_about_exactly_one_account(store: Store, accounts: tuple[str, ...] | None) -> None:
    with pytest.raises(BadRequest, match="exactly one account"):
        asked(store, Filters(account_ids=accounts))


def test_what_only_outlets_still_buy_or_what_was_only_returned_stands_once_in_its_category(tmp_path: Path) -> None:
    store = make_store(
        tmp_path, accounts=[{"account_id": "d", "account": "Distribuidora"}, {"account_id": "o", "account": "Bar", "parent_account_id": "d"}],
        products=[{"product_id": product, "product": product, "category": "Beer"} for product in ("kept", "outlet's", "returned")],
        transactions=lines(
            *((date(2025, 2, 3), "d", product, 1, 100, 60) for product in ("kept", "outlet's", "returned")),
            (date(2026, 2, 3), "d", "kept", 2, 200, 120), (date(2026, 2, 3), "o", "outlet's", 1, 50, 30), (date(2026, 2, 27), "d", "returned", -1, -20, -12),
        ),
    )  # fmt: skip
    found = asked(store, Filters(date(2026, 1, 1), date(2026, 3, 1), account_ids=("d",)))
    assert found.categories.select("category", "net_sales", "previous").rows() == [("Beer", 180.0, 300.0)]


def test_an_account_is_a_customer_since_it_was_opened_and_what_is_made_no_more_is_not_offered_again(tmp_path: Path) -> None:
    store = make_store(
        tmp_path, accounts=[{"account_id": "d", "account": "Distribuidora", "opened_on": date(2020, 12, 31)}],
        products=[{"product_id": "p", "product": "Lager"}, {"product_id": "q", "product": "Stout", "discontinued_on": date(2025, 1, 1)},
                  {"product_id": "r", "product": "Ale"}],
        transactions=lines((date(2024, 6, 1), "d", "q", 9, 90), (date(2024, 6, 1), "d", "r", 1, 10), (date(2025, 6, 1), "d", "p", 1, 10), (date(2025, 12, 31), "d", "p", 1, 10)),
    )  # fmt: skip
    found = asked(store, Filters(date(2025, 1, 1), date(2026, 1, 1), account_ids=("d",)))
    assert found.profile["tenure_days"].item() == 5 * 365 + 1
    assert found.stopped.select("product", "is_discontinued").rows() == [("Stout", True), ("Ale", False)]
    facts = account.facts(found, cuts(THRESHOLDS))
    assert (facts["stopped_products"], facts["stopped_product"], facts["stopped_amount"]) == (1.0, "Ale", 10.0)


def test_the_profile_says_who_and_what_it_is_worth(store: Store) -> None:
    row = asked(store).profile.row(0, named=True)
    assert (row["account"], row["kind"], row["region"], row["salesperson"], row["city"]) == (
        "Distribuidora", "distributor", "North", "Pilar", "Rosario"
    )  # fmt: skip
    assert (row["first_sold_on"], row["last_sold_on"], row["tenure_days"]) == (date(2024, 12, 3), date(2026, 2, 26), 451.0)
    # March 2025 to February 2026 against March 2024 to February 2025; the outlets' 55 stand apart.
    assert (row["net_sales_12m"], row["previous_12m"], row["net_sales_with_children_12m"]) == (175.0, 180.0, 230.0)
    assert row["margin_12m"] == 10 + 60 - 4
    assert row["net_sales_total"] == 355.0


def test_the_profile_says_how_it_pays(store: Store) -> None:
    row = asked(store).profile.row(0, named=True)
    assert (row["open_amount"], row["overdue_amount"], row["on_time_rate"], row["utilisation_rate"]) == (100.0, 60.0, 0.5, 0.25)


def test_months_hold_own_sales_beside_the_trees_and_last_years(store: Store) -> None:
    months = asked(store, Filters(date(2026, 1, 1), date(2026, 3, 1), account_ids=("d",))).monthly
    assert months.select("month", "net_sales", "previous", "net_sales_with_children", "quantity").rows() == [
        (date(2026, 1, 1), 140.0, 100.0, 140.0, 11.0),
        (date(2026, 2, 1), 5.0, 0.0, 60.0, 1.0),
    ]


def test_of_a_month_that_the_period_cuts_only_its_days_count_and_nothing_is_compared_with_them(store: Store) -> None:
    months = asked(store, Filters(date(2026, 1, 15), date(2026, 2, 27), account_ids=("d",))).monthly
    # 14 January's 150 lies before the period, o2's 15 of 27 February after it.
    assert months.select("month", "net_sales", "previous", "change_rate", "net_sales_with_children").rows() == [
        (date(2026, 1, 1), -10.0, None, None, -10.0), (date(2026, 2, 1), 5.0, None, None, 45.0),
    ]  # fmt: skip


def test_months_without_a_purchase_are_zero_to_the_end_of_the_data(store: Store) -> None:
    months = asked(store, Filters(account_ids=("d",), product_ids=("p",))).monthly
    assert months.height == 15
    assert months["net_sales"].sum() == 350.0
    assert months.row(-1, named=True)["net_sales"] == 0.0


def test_products_tell_when_they_were_last_sold(store: Store) -> None:
    products = asked(store, Filters(date(2026, 1, 1), date(2026, 3, 1), account_ids=("d",))).products
    assert products.select("product_id", "net_sales", "previous", "last_sold_on", "margin", "net_sales_with_children").rows() == [
        ("p", 140.0, 100.0, date(2026, 2, 27), 56.0, 195.0),
        ("q", 5.0, 0.0, date(2026, 2, 26), None, 5.0),
    ]


def test_contacts_come_without_restricted_fields_decision_makers_first(store: Store) -> None:
    contacts = asked(store).contacts
    assert contacts.columns == ["contact_id", "name", "role", "email", "phone"]
    assert contacts["name"].to_list() == ["Zoe", "Ana"]


def test_activities_follow_the_period(store: Store) -> None:
    assert asked(store).activities["activity_id"].to_list() == ["v1", "v2"]
    activities = asked(store, Filters(date(2026, 1, 1), date(2026, 3, 1), account_ids=("d",))).activities
    assert activities.select("activity_id", "kind", "salesperson", "outcome", "hours").rows() == [("v1", "visit", "Pilar", "order", 1.5)]


@pytest.mark.parametrize("salespeople", [None, ("nobody",)])
def test_when_it_was_last_visited_and_whether_its_contacts_are_on_file_is_asked_of_all_periods_and_people(store: Store, salespeople: tuple[str, ...] | None) -> None:
    found = asked(store, Filters(date(2025, 3, 1), date(2026, 1, 1), account_ids=("d",), salesperson_ids=salespeople))
    assert found.activities.is_empty()
    assert found.profile.select("last_visit_on", "days_since_visit").row(0) == (date(2026, 2, 1), 26.0)
    assert "visit" not in found.suggestions["rule"]
    assert dict(found.file.select("field", "is_known").rows())["activity"]


def test_a_visit_that_is_dated_after_the_data_has_not_been_made(tmp_path: Path) -> None:
    activities = [{"activity_id": str(day), "happened_on": date(2026, 2, day), "account_id": "d"} for day in (1, 20)]
    accounts, products = [{"account_id": "d", "account": "D"}], [{"product_id": "p", "product": "P"}]
    sold = lines((date(2026, 2, 11), "d", "p", 1, 5))
    found = asked(make_store(tmp_path, accounts=accounts, products=products, activities=activities, transactions=sold))
    assert found.profile.select("last_visit_on", "days_since_visit", "last_activity_on").row(0) == (date(2026, 2, 1), 10.0, date(2026, 2, 20))


def test_what_was_done_with_the_account_is_counted_beyond_the_activities_shown(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "ACTIVITIES_SHOWN", 1)
    found = asked(store)
    assert found.activities["activity_id"].to_list() == ["v1"]
    # v2 states no kind: a visit.
    assert found.activity_totals.drop("account_id").rows() == [(2, 0, 0, None)]
    # Those under it have visits of their own, or none.
    assert asked(store, Filters(account_ids=("o1",))).activity_totals["visits_made"].item() == 0


def test_the_last_orders_come_newest_first_with_returns(store: Store) -> None:
    orders = asked(store).orders
    assert orders["sold_on"].is_sorted(descending=True)
    # Of the last year with an order only: the lines of 2024 and January 2025 stay unread.
    assert orders["net_amount"].sum() == 410.0 - 80 - 100
    assert "z" not in orders["account_id"]


def test_children_have_their_own_sales_which_add_up_with_the_parents(store: Store) -> None:
    found = asked(store)
    assert found.children.select("account_id", "depth", "net_sales").rows() == [("o1", 1, 40.0), ("o2", 2, 15.0)]
    whole = found.monthly["net_sales_with_children"].sum()
    assert found.monthly["net_sales"].sum() + found.children["net_sales"].sum() == whole == 410.0


@pytest.mark.parametrize(
    ("account", "viewer"), [("nobody", EVERYBODY), ("d", Viewer("s@x", "South", "lead", ("S",)))]
)
def test_an_account_out_of_sight_is_as_empty_as_an_unknown_one(store: Store, account: str, viewer: Viewer) -> None:
    found = asked(store, Filters(account_ids=(account,)), viewer)
    for table in (found.profile, found.monthly, found.products, found.activities, found.contacts, found.orders, found.children):
        assert table.is_empty()
        assert len(table.columns) > 4


def test_who_lies_above_is_named_where_the_viewer_sees_it_and_what_lies_below_by_its_own_depth(tmp_path: Path) -> None:
    """The chain's head and its own outlets are of other regions than the viewer's: the outlets' outlets stay, two levels down."""
    regions = [{"region_id": name, "region": name} for name in "NS"]
    chain = [("top", None, "S"), ("d", "top", "N"), ("o1", "d", "S"), ("o2", "o1", "N"), ("o3", "d", "N")]
    accounts = [{"account_id": name, "account": name.upper(), "parent_account_id": above, "region_id": region} for name, above, region in chain]
    store = make_store(tmp_path, regions=regions, accounts=accounts)
    found = {name: asked(store, viewer=viewer) for name, viewer in (("all", EVERYBODY), ("north", Viewer("n@x", "N", "lead", ("N",))))}
    named = {name: answer.profile.select("parent_account_id", "parent_account", "region").rows() for name, answer in found.items()}
    assert named == {"all": [("top", "TOP", "N")], "north": [(None, None, "N")]}
    below = {name: answer.children.select("account_id", "depth").sort("account_id").rows() for name, answer in found.items()}
    assert below == {"all": [("o1", 1), ("o2", 2), ("o3", 1)], "north": [("o2", 2), ("o3", 1)]}


def test_what_its_activities_cost_is_exact_and_of_the_account_alone(tmp_path: Path) -> None:
    done = [("d", "call", 0.1), ("d", "message", 0.2), ("d", "event", 0.7), ("d", "visit", None), ("o", "visit", 5)]
    activities = [
        {"activity_id": str(at), "happened_on": date(2026, 2, 1 + at), "account_id": account, "kind": kind, "cost": cost}
        for at, (account, kind, cost) in enumerate(done)
    ]
    accounts = [{"account_id": "d", "account": "D"}, {"account_id": "o", "account": "O", "parent_account_id": "d"}]
    found = asked(make_store(tmp_path, accounts=accounts, activities=activities))
    # In floats 0.1 + 0.2 + 0.7 is 1.0 only in some orders.
    assert found.activity_totals.drop("account_id").rows() == [(1, 2, 1, 1.0)]
    assert found.activities.select("activity_id", "account", "cost").rows() == [
        ("4", "O", 5.0), ("3", "D", None), ("2", "D", 0.7), ("1", "D", 0.2), ("0", "D", 0.1),
    ]  # fmt: skip


def test_contacts_without_a_role_come_last(tmp_path: Path) -> None:
    roles = {"1": None, "2": "user", "3": "decision maker", "4": "user"}
    contacts = [{"contact_id": name, "account_id": "d", "name": "Ana" if name != "4" else "Aaron", "role": role} for name, role in roles.items()]
    found = asked(make_store(tmp_path, accounts=[{"account_id": "d", "account": "D"}], contacts=contacts))
    assert found.contacts["contact_id"].to_list() == ["3", "4", "2", "1"]


def test_an_account_without_any_sale_has_a_profile(tmp_path: Path) -> None:
    store = make_store(tmp_path, accounts=[{"account_id": "d", "account": "D"}])
    row = asked(store).profile.row(0, named=True)
    assert (row["net_sales_12m"], row["first_sold_on"], row["margin_12m"]) == (0.0, None, None)
    assert (row["open_amount"], row["overdue_amount"], row["on_time_rate"]) == (None, None, None)


def of_one(folder: Path, *sold: tuple, filters: Filters = Filters(account_ids=("d",))) -> Account:
    """The answer about an account that bought this, [day, units, money]."""
    rows = lines(*((day, "d", "p", units, money) for day, units, money in sold))
    store = make_store(folder, accounts=[{"account_id": "d", "account": "D"}], products=[{"product_id": "p", "product": "P"}], transactions=rows)
    return asked(store, filters)


def test_what_came_back_on_the_day_was_bought_on_it(tmp_path: Path) -> None:
    first, middle, last = date(2024, 2, 3), date(2024, 5, 1), date(2024, 8, 9)
    back = ((date(2024, 1, 2), -1, -5), (first, 4, 40), (first, -4, -40), (middle, 1, 10), (last, 2, 20), (last, -2, -20), (date(2024, 9, 1), -1, -5))
    row = of_one(tmp_path / "some", *back).profile.row(0, named=True)
    assert (row["first_sold_on"], row["last_sold_on"]) == (first, last)
    row = of_one(tmp_path / "all", *back[1:3], *back[4:6]).profile.row(0, named=True)
    assert (row["first_sold_on"], row["last_sold_on"]) == (first, last)
    returned = of_one(tmp_path / "none", back[0]).profile.row(0, named=True)
    assert (returned["first_sold_on"], returned["last_sold_on"]) == (None, None)


def test_the_last_twelve_months_of_monthly_statistics_end_with_the_month_that_was_booked_last(tmp_path: Path) -> None:
    months = [(date(2024 + month // 12, month % 12 + 1, 1), 1, 10 + month) for month in range(24)]
    row = of_one(tmp_path, *months).profile.row(0, named=True)
    assert (row["net_sales_12m"], row["previous_12m"]) == (sum(range(22, 34)), sum(range(10, 22)))


@pytest.mark.parametrize("days", [range(1, 31), [1], [1, 30], [*range(1, 11), 30]])
def test_the_last_orders_are_the_newest_whatever_days_they_lie_on(tmp_path: Path, days: list[int]) -> None:
    """300 lines of a month spread over its days, on one day only, on its ends: the newest fifty, wherever a guess would look first."""
    sold = [(date(2024, 6, days[at % len(days)]), 1, 10 + at) for at in range(300)]
    orders = of_one(tmp_path, *sold, filters=Filters(date(2024, 1, 1), date(2024, 7, 1), account_ids=("d",))).orders
    assert orders["sold_on"].to_list() == sorted((day for day, _units, _money in sold), reverse=True)[: account.LINES_SHOWN]
