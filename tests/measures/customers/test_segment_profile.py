"""Segments: sums first, ratios then; every account is in one segment, and the segments are the whole."""

from datetime import date

import pytest

from data.access import Viewer
from measures.customers.segment_profile import THRESHOLDS, SegmentProfile, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

PRODUCTS = [
    {"product_id": "P", "product": "Lager", "category": "Beer", "unit_cost": 0.6}, {"product_id": "Q", "product": "Cider", "category": "Cider", "unit_cost": 0.5},
]  # fmt: skip
REGIONS = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
ACCOUNTS = [
    {"account_id": "A", "account": "A", "channel": "Bars", "region_id": "N", "opened_on": date(2022, 1, 1), "credit_limit": 400},
    {"account_id": "B", "account": "B", "channel": "Bars", "region_id": "S", "opened_on": date(2024, 1, 1), "credit_limit": 600},
    {"account_id": "C", "account": "C", "channel": "Shops", "region_id": "S"},
    {"account_id": "L", "account": "Lost", "channel": "Shops", "region_id": "S"},
    {"account_id": "U", "account": "Under", "parent_account_id": "A", "region_id": "N", "opened_on": date(2025, 3, 1)},
]


def monthly(account: str, amount: float, months: range, product: str = "P") -> list[tuple]:
    """The same amount on the first of these months, counted from January 2024; price 1."""
    return [(date(2024 + step // 12, step % 12 + 1, 1), account, product, amount, amount) for step in months]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """2025 against 2024. A: 100 a month of lager in both, and 50 of cider in 2024 only; B 20 a month in 2025 only; C 30 and 10; L 5 in 2024."""
    sold = [
        *monthly("A", 100, range(24)), *monthly("A", 50, range(12), "Q"), *monthly("B", 20, range(12, 24)),
        *monthly("C", 10, range(12)), *monthly("C", 30, range(12, 24)), *monthly("L", 5, range(12)),
    ]  # fmt: skip
    owed = [
        {"invoice_id": "1", "account_id": "A", "issued_on": date(2025, 1, 1), "due_on": date(2025, 2, 1), "amount": 300, "paid_on": date(2025, 1, 20)},
        {"invoice_id": "2", "account_id": "B", "issued_on": date(2025, 1, 1), "due_on": date(2025, 2, 1), "amount": 100, "paid_on": date(2025, 3, 1)},
        {"invoice_id": "3", "account_id": "B", "issued_on": date(2025, 12, 1), "due_on": date(2026, 2, 1), "amount": 250},
    ]  # fmt: skip
    visits = [{"activity_id": str(place), "account_id": "A", "happened_on": date(2025, 5, place), "kind": "visit", "cost": 10} for place in (1, 2, 3)]
    deals = [{"opportunity_id": name, "account_id": "A", "created_on": date(2025, 2, 1), "expected_amount": 70} for name in "xyz"]
    stages = [
        {"opportunity_id": "x", "stage": "won", "entered_on": date(2025, 3, 1)}, {"opportunity_id": "y", "stage": "lost", "entered_on": date(2025, 3, 1)},
        {"opportunity_id": "z", "stage": "talk", "entered_on": date(2025, 3, 1)},
    ]  # fmt: skip
    return make_store(
        tmp_path_factory.mktemp("segments"), regions=REGIONS, accounts=ACCOUNTS, products=PRODUCTS, transactions=lines(*sold), receivables=owed,
        activities=visits, opportunities=deals, stage_events=stages,
    )  # fmt: skip


def segments(store, filters=None, viewer=None, **overrides) -> SegmentProfile:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(to_date=date(2026, 1, 1)), cuts(THRESHOLDS, overrides=overrides))


def facts(found: SegmentProfile, segment: str | None, name: str = "value") -> dict[str, float | str | None]:
    rows = found.segment_profile.filter(found.segment_profile["segment"].eq_missing(segment)).iter_rows(named=True)
    return {row["fact"]: row["all_text" if name == "all_value" else "text"] if row["unit"] == "name" else row[name] for row in rows}


def test_the_segments_are_the_whole_and_every_account_is_in_one(store) -> None:
    found = segments(store)
    assert found.segments.select("segment", "accounts", "net_sales", "previous").rows() == [("Bars", 2, 1440, 1800), ("Shops", 1, 360, 180)]
    assert found.segments["share"].to_list() == pytest.approx([0.8, 0.2])
    assert found.segments["change_rate"].to_list() == pytest.approx([-0.2, 1.0])
    by_region = segments(store, segment_by="region").segments
    assert dict(by_region.select("segment", "net_sales").rows()) == {"North": 1200, "South": 600}


def test_rates_of_a_segment_are_of_its_sums(store) -> None:
    bars = facts(segments(store), "Bars")
    assert (bars["accounts"], bars["order_value"], bars["days_between"]) == (2, 60, pytest.approx(2 * 365.25 / 24))
    assert (bars["on_time_rate"], bars["utilisation_rate"]) == (0.75, 0.25)
    assert bars["tenure_years"] == pytest.approx((1461 + 731) / 2 / 365.25)
    assert bars["active_months_12m"] == 12
    assert (bars["margin_12m"], bars["margin_rate_12m"]) == (pytest.approx(1440 * 0.4), pytest.approx(0.4))
    assert (bars["activity_cost"], bars["margin_after_activities"]) == (30, pytest.approx(1440 * 0.4 - 30))
    assert (bars["net_sales_12m"], bars["sales_per_account"], bars["visits_per_account"]) == (1440, 720, 1.5)
    assert (bars["open_deals"], bars["open_value"], bars["win_rate"]) == (1, 70, 0.5)
    assert (bars["accounts_below"], bars["opened_below_12m"]) == (1, 1)


def test_what_nobody_told_is_unknown_and_not_none(tmp_path) -> None:
    bare = make_store(tmp_path, accounts=[row | {"parent_account_id": None} for row in ACCOUNTS], products=PRODUCTS, transactions=lines(*monthly("A", 100, range(24))), regions=REGIONS)
    bars = facts(segments(bare), "Bars")
    assert [bars[name] for name in ("visits_per_account", "calls_per_account", "events_attended", "open_deals", "open_value", "accounts_below")] == [None] * 6
    assert facts(segments(bare), "Bars", "all_value")["open_deals"] is None
    assert bars["net_sales_12m"] == 1200


def test_none_is_none_where_the_table_has_rows_of_others(store) -> None:
    shops = facts(segments(store), "Shops")
    assert [shops[name] for name in ("visits_per_account", "open_deals", "accounts_below")] == [0, 0, 0]


def test_what_was_kept_and_lost_counts_the_accounts_that_are_gone(store) -> None:
    found = segments(store)
    bars, shops = facts(found, "Bars"), facts(found, "Shops")
    # A bought for 1,800 and still buys the lager of 1,200; of C and L, who bought for 120 and 60, C stayed.
    assert (bars["retention_rate"], bars["kept_share"]) == (1, pytest.approx(1200 / 1800))
    assert (shops["retention_rate"], shops["kept_share"]) == (0.5, pytest.approx(120 / 180))
    assert (bars["category_fallen"], bars["category_grown"], bars["top_category"], bars["top_category_share"]) == ("Cider", "Beer", "Beer", 1)
    assert (bars["products_per_account"], bars["effective_products"]) == (1, 1)


def test_all_accounts_stand_beside_every_segment(store) -> None:
    found = segments(store)
    for segment in ("Bars", "Shops"):
        whole = facts(found, segment, "all_value")
        assert (whole["accounts"], whole["net_sales_12m"], whole["retention_rate"]) == (3, 1800, pytest.approx(2 / 3))


@pytest.mark.parametrize("by", ["tier", "quadrant"])
def test_tiers_and_quadrants_are_segments_and_who_was_lost_has_none(store, by: str) -> None:
    found = segments(store, segment_by=by)
    counts = dict(found.segments.select("segment", "accounts").rows())
    assert counts.pop(None) == 0
    assert sum(counts.values()) == 3
    assert found.segments["previous"].sum() == 1980
    assert [facts(found, segment)["retention_rate"] for segment in counts] == [None] * len(counts)
    # Who bought nothing in the year has no largest category either, only one that fell.
    assert [facts(found, None)[name] for name in ("top_category", "top_category_share", "category_fallen")] == [None, None, "Beer"]


def test_a_lead_sees_their_segments_and_a_stranger_none(store) -> None:
    lead = segments(store, viewer=Viewer("s@example.com", "S", "lead", ("S",)))
    assert dict(lead.segments.select("segment", "accounts").rows()) == {"Bars": 1, "Shops": 1}
    assert facts(lead, "Bars", "all_value")["net_sales_12m"] == 600
    assert segments(store, viewer=Viewer("x", "X", "lead", ())).segments.is_empty()


def test_an_empty_store_has_no_segment(tmp_path) -> None:
    assert segments(make_store(tmp_path)).segment_profile.is_empty()


def test_who_only_returned_goods_is_no_active_account_of_its_segment_but_its_money_counts(tmp_path) -> None:
    sold = [*monthly("A", 100, range(24)), (date(2025, 6, 1), "B", "P", -1, -3)]
    found = segments(make_store(tmp_path, regions=REGIONS, accounts=ACCOUNTS, products=PRODUCTS, transactions=lines(*sold)), segment_by="region")
    assert found.summary["accounts"].item() == 1
    assert found.segments["net_sales"].sum() == 1197
    every = facts(found, "North", "all_value")
    assert (every["accounts"], every["net_sales_12m"], every["sales_per_account"]) == (1, 1197, 1197)


def test_who_only_returned_goods_the_year_before_was_no_customer_that_could_be_kept(tmp_path) -> None:
    sold = [*monthly("A", 100, range(24)), (date(2024, 6, 1), "B", "P", -1, -3)]
    found = segments(make_store(tmp_path, regions=REGIONS, accounts=ACCOUNTS, products=PRODUCTS, transactions=lines(*sold)), segment_by="region")
    assert facts(found, "North", "all_value")["retention_rate"] == 1
    assert found.segments["previous"].sum() == 1197
