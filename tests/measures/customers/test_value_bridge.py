"""Value bridge: each component on rows that a person can add up, and a sum exact to the cent."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.access import Viewer
from data.publish_demo import publish_demo
from data.store import Store
from measures.customers import value_pyramid
from measures.customers.value_bridge import THRESHOLDS, ValueBridge, answer
from measures.thresholds import cuts
from measures.trade.price_volume_mix import COMPONENTS, in_cents
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, lines, make_store

YEAR_2024 = Filters(from_date=date(2024, 1, 1), to_date=date(2025, 1, 1))
PRODUCTS = [{"product_id": key, "product": key, "category": "Beer"} for key in "PQRS"]


def bridge(store, filters=YEAR_2024, viewer=None, **overrides) -> ValueBridge:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters, cuts(THRESHOLDS, overrides=overrides))


def amounts(found: ValueBridge) -> dict[str, float]:
    return dict(found.bridge.iter_rows())


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """K keeps buying P and Q as in the worked example, R only then and S only now; N is new, L is lost."""
    sold = lines(
        (date(2023, 5, 1), "K", "P", 100, 1000), (date(2023, 6, 1), "K", "Q", 50, 1000), (date(2023, 6, 2), "K", "R", 1, 7),
        (date(2024, 5, 1), "K", "P", 90, 990), (date(2024, 6, 1), "K", "Q", 70, 1330), (date(2024, 6, 2), "K", "S", 2, 9),
        (date(2023, 7, 1), "L", "P", 4, 40), (date(2024, 1, 9), "L", "P", -1, -10), (date(2024, 7, 1), "N", "P", 3, 30.05),
        (date(2024, 12, 31), "N", "R", 1, 5),
    )  # fmt: skip
    regions = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
    people = [{"account_id": key, "account": key, "region_id": "S" if key == "N" else "N"} for key in "KLN"]
    return make_store(tmp_path_factory.mktemp("bridge"), regions=regions, accounts=people, products=PRODUCTS, transactions=sold)


def test_the_worked_price_volume_and_mix_beside_accounts_and_products(store):
    assert amounts(bridge(store)) == {
        "volume": 133.33, "mix": 166.67, "price": 20, "new_accounts": 35.05, "lost_accounts": -50, "new_products": 9, "delisted_products": -7,
    }  # fmt: skip


def test_the_components_sum_to_the_change_to_the_cent(store):
    found = bridge(store)
    ends = found.bridge_ends.row(0, named=True)
    assert (ends["previous_net_sales"], ends["net_sales"]) == (2047, 2354.05)
    assert round(found.bridge["amount"].sum() * 100) == 30705 == round((ends["net_sales"] - ends["previous_net_sales"]) * 100)


def test_a_product_of_those_who_kept_buying_shows_both_prices(store):
    (row,) = bridge(store).bridge_products.filter(product_id="Q").to_dicts()
    assert (row["previous_price"], row["price"], row["price_effect"], row["volume_and_mix"]) == (20, 19, -70, 400)


def test_the_bridge_reaches_from_any_period_and_is_empty_without_one(store):
    own = bridge(store, compared_with="own_dates", compared_from="2023-06-01", compared_to="2023-07-01")
    assert own.bridge_ends["previous_net_sales"].to_list() == [1007]
    assert bridge(store, Filters()).bridge.is_empty()
    assert bridge(store, Filters(from_date=date(2023, 1, 1), to_date=date(2024, 1, 1))).bridge.is_empty()


def test_a_lead_bridges_only_their_own_accounts(store):
    mine = bridge(store, viewer=Viewer("n", "N", "lead", ("N",)))
    assert amounts(mine)["new_accounts"] == 0
    assert bridge(store, viewer=Viewer("x", "X", "lead", ())).bridge.is_empty()


def test_filters_narrow_the_bridge(store):
    only_p = bridge(store, Filters(from_date=date(2024, 1, 1), to_date=date(2025, 1, 1), product_ids=("P",)))
    assert amounts(only_p) == dict.fromkeys(COMPONENTS, 0) | {"volume": -100, "price": 90, "new_accounts": 30.05, "lost_accounts": -50}


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=7))
def test_whole_cents_always_sum_and_stay_within_a_few_cents(parts):
    total = round(sum(parts) * 100)
    cents = in_cents(np.array(parts), total)
    assert cents.sum() == total
    assert np.abs(cents - np.array(parts) * 100).max() <= len(parts)


def test_on_a_demo_brewery_the_bridge_closes(tmp_path):
    demo = Store.at(tmp_path)
    publish_demo(demo, lines=5_000)
    found = bridge(demo, Filters(from_date=date(2025, 11, 1), to_date=date(2026, 11, 1)))
    ends = found.bridge_ends.row(0, named=True)
    raw = ask_as(demo)("customers/account_value", Filters(from_date=date(2025, 11, 1), to_date=date(2026, 11, 1)), end=None)["net_sales"].sum()
    assert ends["net_sales"] == pytest.approx(raw, abs=0.005)
    assert round(found.bridge["amount"].sum() * 100) == round(ends["change"] * 100)
    assert found.bridge["amount"].dtype == pl.Float64


def test_on_a_demo_brewery_migration_and_bridge_reconcile_with_the_order_lines(tmp_path):
    """Net sales of both periods, summed over the lines that were loaded, are what the migration and the bridge hold."""
    demo = Store.at(tmp_path)
    publish_demo(demo, lines=5_000)
    year, before = (Filters(from_date=date(of, 11, 1), to_date=date(of + 1, 11, 1)) for of in (2025, 2024))
    reader = demo.reader()
    cursor = reader.cursor_for(EVERYBODY)

    def lines_of(period: Filters) -> float:
        days = {"first": period.from_date, "end": period.to_date}
        return float(cursor.execute("select sum(net_amount) from visible_order_lines where sold_on >= $first and sold_on < $end", days).fetchone()[0])

    moves = value_pyramid.answer(ask_as(demo), year, cuts(value_pyramid.THRESHOLDS)).migration
    assert moves["net_sales"].sum() == pytest.approx(lines_of(year), abs=0.005)
    assert moves["previous_net_sales"].sum() == pytest.approx(lines_of(before), abs=0.005)
    ends = bridge(demo, year).bridge_ends.row(0, named=True)
    assert (ends["net_sales"], ends["previous_net_sales"]) == (pytest.approx(lines_of(year), abs=0.005), pytest.approx(lines_of(before), abs=0.005))
