"""Price, volume and mix through the store: the worked example, sums at every level, and who sees what."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from data.publish_demo import publish_demo
from data.store import Store
from measures.thresholds import cuts
from measures.trade.price_volume_mix import COMPONENTS, SCOPES, THRESHOLDS, PriceVolumeMix, answer, between
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

YEAR_2024 = Filters(from_date=date(2024, 1, 1), to_date=date(2025, 1, 1))


def moved(store, filters=YEAR_2024, viewer=None, **overrides) -> PriceVolumeMix:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters, cuts(THRESHOLDS, overrides=overrides))


def of(table, **scope) -> dict[str, float]:
    """A scope's components that are not 0."""
    return {name: amount for name, amount in table.filter(**scope).select("component", "amount").iter_rows() if amount}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """North's account K is the worked example; South's N is new; Q belongs to no category and L to no region."""
    sold = lines(
        (date(2023, 5, 1), "K", "P", 100, 1000), (date(2023, 6, 1), "K", "Q", 50, 1000),
        (date(2024, 5, 1), "K", "P", 90, 990), (date(2024, 6, 1), "K", "Q", 70, 1330),
        (date(2024, 7, 1), "N", "P", 3, 30), (date(2023, 7, 1), "L", "P", 4, 41),
        (date(2024, 12, 31), "N", "P", 1, 10),
    )  # fmt: skip
    regions = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
    accounts = [{"account_id": key, "account": key, "region_id": region} for key, region in (("K", "N"), ("L", None), ("N", "S"))]
    products = [{"product_id": "P", "product": "P", "category": "Beer"}, {"product_id": "Q", "product": "Q"}]
    return make_store(tmp_path_factory.mktemp("pvm"), regions=regions, accounts=accounts, products=products, transactions=sold)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    store = Store.at(tmp_path_factory.mktemp("demo"))
    publish_demo(store, lines=5_000)
    return store


def test_the_worked_example_is_norths_and_the_new_account_souths(store):
    found = moved(store)
    assert of(found.by_region, region_id="N") == {"volume": 133.33, "mix": 166.67, "price": 20}
    assert of(found.by_region, region_id="S") == {"new_accounts": 40}
    assert of(found.by_region.filter(pl.col("region_id").is_null())) == {"lost_accounts": -41}


@pytest.mark.parametrize("scope", list(SCOPES))
def test_the_scopes_components_and_what_moved_between_them_are_the_wholes(store, scope):
    found = moved(store)
    apart = dict(between(found, scope).iter_rows())
    assert sum(apart.values()) == pytest.approx(0, abs=1e-9)
    own = dict(getattr(found, f"by_{scope}").group_by("component").agg(pl.col("amount").sum()).iter_rows())
    assert {name: round(own[name] + apart[name], 2) for name in COMPONENTS} == dict(found.price_volume_mix.iter_rows())


def test_a_category_has_its_own_price_and_no_mix_of_others(store):
    found = moved(store)
    assert of(found.by_category, category="Beer") == {"volume": -100, "price": 90, "new_accounts": 40, "lost_accounts": -41}
    assert of(found.by_category.filter(pl.col("category").is_null())) == {"volume": 400, "price": -70}


def test_each_level_sums_to_its_change(store):
    found = moved(store)
    assert found.price_volume_mix["component"].to_list() == list(COMPONENTS)
    assert found.ends.row(0, named=True)["change"] == 319
    for table in (found.price_volume_mix, found.by_region, found.by_category):
        assert round(table["amount"].sum() * 100) == 31900


def test_an_open_period_is_the_last_twelve_months(store):
    assert moved(store, Filters()).ends.row(0, named=True)["from_date"] == date(2024, 1, 1)


def test_an_open_period_of_monthly_statistics_ends_with_the_month_that_was_booked_last(tmp_path):
    booked = [(date(2024 + month // 12, month % 12 + 1, 1), "K", "P", 10 + (month == 23), 100 + 10 * (month == 23)) for month in range(24)]
    monthly = make_store(tmp_path, accounts=[{"account_id": "K", "account": "K"}], products=[{"product_id": "P", "product": "P"}], transactions=lines(*booked))
    found = moved(monthly, Filters())
    assert found.ends.select("from_date", "to_date", "previous_net_sales", "net_sales").row(0) == (date(2025, 1, 1), date(2026, 1, 1), 1200, 1210)


def test_a_lead_sees_only_their_regions_components(store):
    found = moved(store, viewer=Viewer("s", "S", "lead", ("S",)))
    assert found.ends.is_empty()
    north = moved(store, viewer=Viewer("n", "N", "lead", ("N",)))
    assert north.by_region["region_id"].unique().to_list() == ["N"]
    assert north.ends["change"].to_list() == [320]


PERIODS = [
    ((date(2026, 1, 1), date(2026, 11, 1)), (date(2025, 1, 1), date(2025, 11, 1))),
    ((date(2026, 1, 1), date(2026, 7, 1)), (date(2025, 10, 1), date(2026, 4, 1))),
    ((date(2022, 1, 1), date(2023, 1, 1)), (date(2025, 1, 1), date(2026, 1, 1))),
]
"""Periods and those that they are compared with: a year apart, one over the other, the later one first."""


@pytest.mark.parametrize(("now", "before"), PERIODS)
@pytest.mark.parametrize("regions", [None, ("R-01", "R-02")])
@pytest.mark.parametrize("viewer", [Viewer("m", "M", "manager", None), Viewer("l", "L", "lead", ("R-02", "R-03"))])
def test_the_roll_ups_tell_of_whole_months_what_every_accounts_sales_tell(demo, now, before, regions, viewer):
    ask, filters = ask_as(demo, viewer), Filters(*now, region_ids=regions)
    one, other = (
        ask(f"customers/{name}", filters, previous_from=before[0], previous_to=before[1]) for name in ("value_bridge", "value_bridge_months")
    )
    assert one["buyers"].n_unique() == 3
    assert one.equals(other)


def test_on_a_demo_brewery_every_region_closes(demo):
    found = moved(demo, Filters(from_date=date(2026, 1, 1), to_date=date(2026, 11, 1)))
    rows = ask_as(demo)("customers/account_value", Filters(from_date=date(2026, 1, 1), to_date=date(2026, 11, 1)), end=None)
    assert found.ends["net_sales"].item() == pytest.approx(rows["net_sales"].sum(), abs=0.005)
    change = found.ends["change"].item()
    assert found.by_region["amount"].sum() == pytest.approx(change, abs=0.10)
    assert found.by_category["amount"].sum() == pytest.approx(change, abs=0.10)
