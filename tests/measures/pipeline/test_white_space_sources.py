"""Sources' yield on deals and contacts that a person can add up, and new products with the accounts that came with them."""

from datetime import date

import pytest

from data.access import Viewer
from measures.pipeline.funnel import THRESHOLDS as FUNNEL_THRESHOLDS
from measures.pipeline.funnel import answer as funnel_answer
from measures.pipeline.white_space_launches import THRESHOLDS as LAUNCH_THRESHOLDS
from measures.pipeline.white_space_launches import WhiteSpaceLaunches
from measures.pipeline.white_space_launches import answer as launches_answer
from measures.pipeline.white_space_sources import THRESHOLDS, WhiteSpaceSources, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

REGIONS = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]


def deal(number: int, account: str | None, source: str | None, created: date, amount: float, closed: date | None = None, stage: str = "won") -> tuple[dict, list[dict]]:
    """A deal and its stage events."""
    key = f"D{number}"
    events = [{"opportunity_id": key, "stage": "offer", "entered_on": created}]
    events += [{"opportunity_id": key, "stage": stage, "entered_on": closed}] if closed else []
    return {"opportunity_id": key, "account_id": account, "source": source, "created_on": created, "expected_amount": amount, "closed_on": closed}, events


def contact(number: int, account: str, day: date, cost: float | None = None, hours: float | None = None) -> dict:
    return {"activity_id": str(number), "account_id": account, "happened_on": day, "kind": "visit", "cost": cost, "hours": hours}


def yields(store, filters=None, viewer=None, **overrides) -> WhiteSpaceSources:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def by_source(found: WhiteSpaceSources) -> dict[str | None, dict]:
    return {row["source"]: row for row in found.sources.iter_rows(named=True)}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Fair: won 100 in 59 days at A (which had bought before) and lost; web: won 300 at B, its first, and open. One deal has no source.

    A is visited in January for 40 while its deals of both sources are open, in February for 10 while the fair's alone is, in June for 99
    with none open. B is visited in March for two hours.
    """
    made = [
        deal(1, "A", "Fair", date(2025, 1, 1), 100, date(2025, 3, 1)), deal(2, "A", "Web", date(2025, 1, 5), 50, date(2025, 1, 20), "lost"),
        deal(3, "B", "Web", date(2025, 3, 1), 300, date(2025, 3, 31)), deal(4, "B", "Web", date(2025, 4, 1), 80), deal(5, None, None, date(2025, 2, 1), 70),
        deal(6, "C", "Fair", date(2025, 2, 1), 60, date(2025, 2, 3), "lost"),
    ]  # fmt: skip
    contacts = [
        contact(1, "A", date(2025, 1, 10), 40, 1), contact(2, "A", date(2025, 2, 10), 10), contact(3, "A", date(2025, 6, 10), 99), contact(4, "B", date(2025, 3, 10), None, 2),
    ]  # fmt: skip
    return make_store(
        tmp_path_factory.mktemp("sources"), regions=REGIONS, products=[{"product_id": "p", "product": "P"}],
        accounts=[{"account_id": a, "account": a, "region_id": region} for a, region in (("A", "N"), ("B", "N"), ("C", "S"))],
        transactions=lines((date(2024, 6, 1), "A", "p", 1, 10), (date(2025, 4, 1), "B", "p", 1, 10)),
        opportunities=[row for row, _events in made], stage_events=[event for _row, events in made for event in events], activities=contacts,
    )  # fmt: skip


def test_a_source_counts_its_deals_and_what_they_won(store):
    fair, web = by_source(yields(store))["Fair"], by_source(yields(store))["Web"]
    assert [fair[name] for name in ("created", "won", "lost", "open", "win_rate", "won_value", "value_per_deal", "cycle_days")] == [2, 1, 1, 0, 0.5, 100, 50, 59]
    assert [web[name] for name in ("created", "won", "lost", "open", "win_rate", "open_value")] == [3, 1, 1, 1, 0.5, 80]
    assert (fair["opening_wins"], web["opening_wins"]) == (0, 1)


def test_a_source_that_is_written_in_several_ways_is_one_with_one_name(tmp_path):
    made = [deal(1, "A", "Web", date(2025, 1, 1), 100, date(2025, 1, 9)), deal(2, "A", "web", date(2025, 1, 1), 50), deal(3, "A", " WEB ", date(2025, 2, 1), 10)]
    made += [deal(4, "A", " ", date(2025, 2, 1), 10), deal(5, "A", None, date(2025, 2, 1), 10)]
    store = make_store(
        tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=[{"product_id": "p", "product": "P"}], transactions=lines((date(2025, 4, 1), "A", "p", 1, 10)),
        opportunities=[row for row, _events in made], stage_events=[event for _row, events in made for event in events], activities=[contact(1, "A", date(2025, 2, 9), 40)],
    )  # fmt: skip
    found = by_source(yields(store))
    # Four deals are open in February: two of the web's three.
    assert {source: (row["created"], row["won"], row["contact_cost"]) for source, row in found.items()} == {"WEB": (3, 1, 20), None: (2, 0, 20)}
    assert yields(store).source_summary.select("sources", "sourced").row(0) == (1, 3)
    funnel = funnel_answer(ask_as(store), Filters(), cuts(FUNNEL_THRESHOLDS))
    assert set(funnel.by_source.select("source", "created").rows()) == {("WEB", 3), (None, 2)}


def test_the_source_that_won_most_comes_first_and_deals_without_one_last(store):
    assert yields(store).sources["source"].to_list() == ["Web", "Fair", None]
    assert yields(store).source_summary.row(0, named=True) | {"contact_cost": None} == {
        "sources": 2, "created": 6, "sourced": 5, "win_rate": 0.5, "contact_cost": None,
    }  # fmt: skip


def test_a_contact_is_shared_by_the_deals_open_in_its_month(store):
    """January's 40 belong to A's two deals, February's 10 to the fair's, June's 99 to none."""
    found = by_source(yields(store))
    assert (found["Fair"]["contact_cost"], found["Fair"]["contacts"], found["Web"]["contact_cost"]) == (30, 1.5, 20)
    assert (found["Fair"]["cost_per_win"], found["Fair"]["value_per_cost"]) == (30, pytest.approx(100 / 30))


def test_hours_have_a_price_where_the_settings_give_one(store):
    """An hour at 6: half an hour of January for each of A's deals, two hours of March for B's."""
    found = by_source(yields(store, hour_cost=6))
    assert (found["Fair"]["contact_cost"], found["Web"]["contact_cost"]) == (33, 35)


def test_the_period_chooses_the_deals_and_all_deals_share(store):
    found = by_source(yields(store, Filters(from_date=date(2025, 1, 2), to_date=date(2025, 2, 1))))
    assert found.keys() == {"Web"}
    assert (found["Web"]["created"], found["Web"]["contact_cost"]) == (1, 20)


def test_without_stated_costs_the_cost_is_unknown_and_not_zero(tmp_path):
    row, events = deal(1, "A", "Fair", date(2025, 1, 1), 100, date(2025, 3, 1))
    made = make_store(
        tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=[{"product_id": "p", "product": "P"}], opportunities=[row], stage_events=events,
        activities=[contact(1, "A", date(2025, 1, 10), None, 3)],
    )  # fmt: skip
    assert by_source(yields(made))["Fair"]["contact_cost"] is None
    assert by_source(yields(made, hour_cost=10))["Fair"]["contact_cost"] == 30


def test_a_lead_sees_the_deals_of_their_region_only(store):
    assert by_source(yields(store, viewer=Viewer("s@example.com", "S", "lead", ("S",)))).keys() == {"Fair"}
    assert yields(store, viewer=Viewer("x@example.com", "X", "lead", ())).sources.is_empty()


def sold(account: str, product: str, *months: int, amount: float = 10) -> list[tuple]:
    """A purchase in each month, counted from January 2023."""
    return [(date(2023 + month // 12, month % 12 + 1, 2), account, product, 1, amount) for month in months]


@pytest.fixture(scope="module")
def launched(tmp_path_factory):
    """OLD from the start; NEW launched in July 2025, DATED by its first sale in August 2025, LATER not sold yet.

    A bought since 2023 and takes NEW; B and C began with NEW, D began with DATED; E began with OLD and takes NEW a month later.
    """
    rows = [
        *sold("A", "OLD", *range(36)), *sold("A", "NEW", 31, amount=40), *sold("B", "NEW", 30, 31), *sold("C", "NEW", 33), *sold("C", "OLD", 33),
        *sold("D", "DATED", 31), *sold("E", "OLD", 32), *sold("E", "NEW", 33),
    ]  # fmt: skip
    products = [
        {"product_id": "OLD", "product": "Old"}, {"product_id": "NEW", "product": "New", "launched_on": date(2025, 7, 1)},
        {"product_id": "DATED", "product": "Dated"}, {"product_id": "LATER", "product": "Later", "launched_on": date(2025, 12, 1)},
    ]  # fmt: skip
    accounts = [{"account_id": a, "account": a, "region_id": "N" if a in "ABC" else "S", "channel": "Bars" if a in "AB" else "Shops"} for a in "ABCDE"]
    return make_store(tmp_path_factory.mktemp("launches"), regions=REGIONS, accounts=accounts, products=products, transactions=lines(*rows))


def launches(store, filters=None, viewer=None, **overrides) -> WhiteSpaceLaunches:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return launches_answer(ask, filters or Filters(), cuts(LAUNCH_THRESHOLDS, overrides=overrides))


def test_a_new_product_says_who_came_with_it_and_through_which_channels(launched):
    found = {row["product_id"]: row for row in launches(launched).new_products.iter_rows(named=True)}
    assert found.keys() == {"NEW", "DATED", "LATER"}
    told = ("since", "buyers", "came_with", "came_with_rate", "channels", "top_channel", "net_sales")
    assert [found["NEW"][name] for name in told] == [date(2025, 7, 1), 4, 2, 0.5, 2, "Bars", 80]
    assert found["NEW"]["top_channel_share"] == 0.75
    assert [found["DATED"][name] for name in told[:4]] == [date(2025, 8, 1), 1, 1, 1.0]
    assert [found["LATER"][name] for name in ("buyers", "came_with_rate", "top_channel")] == [0, None, None]


def test_a_channel_has_its_own_row(launched):
    rows = launches(launched).new_product_channels.filter(product_id="NEW").select("channel", "buyers", "came_with").rows()
    assert rows == [("Bars", 2, 1), ("Shops", 2, 1)]


def test_a_product_is_new_for_as_long_as_the_threshold_says(launched):
    assert set(launches(launched, new_months=5).new_products["product_id"]) == {"DATED", "LATER"}


def test_who_bought_in_the_first_months_of_the_data_came_with_no_product(tmp_path):
    rows = [*sold("A", "P", 0), *sold("B", "P", 2), *sold("C", "P", 3), *sold("D", "P", 23)]
    product = {"product_id": "P", "product": "P", "launched_on": date(2022, 12, 1)}
    made = make_store(tmp_path, accounts=[{"account_id": a, "account": a} for a in "ABCD"], products=[product], transactions=lines(*rows))
    assert launches(made, new_months=120).new_products.select("buyers", "came_with").rows() == [(4, 2)]


def test_what_is_sold_from_the_first_months_of_the_data_is_not_new(launched):
    assert "OLD" not in launches(launched, new_months=120).new_products["product_id"].to_list()


def test_filters_and_regions_narrow_the_buyers(launched):
    lead = Viewer("s@example.com", "S", "lead", ("S",))
    assert launches(launched, viewer=lead).new_products.filter(product_id="NEW")["buyers"].item() == 1
    assert launches(launched, Filters(region_ids=("N",))).new_products.filter(product_id="NEW")["buyers"].item() == 3
    assert set(launches(launched, Filters(product_ids=("DATED",))).new_products["product_id"]) == {"DATED"}
