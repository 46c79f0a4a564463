"""Eight order lines in two regions that a person can add up, against last year and against targets."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.access import NOBODY, Viewer
from data.store import Store
from measures.overview import THRESHOLDS, Overview, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, lines, make_store

YEAR = Filters(date(2026, 1, 1), date(2026, 3, 1))
TABLES = {
    "regions": [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
    "accounts": [
        {"account_id": "a", "account": "Abadía", "region_id": "N"},
        {"account_id": "b", "account": "Bodega", "region_id": "S"},
        {"account_id": "c", "account": "Cantina", "region_id": "N"},
        {"account_id": "d", "account": "Despensa", "region_id": "S"},
    ],
    "products": [
        {"product_id": "p1", "product": "Lager", "category": "Beer", "unit_volume": 0.1},
        {"product_id": "p2", "product": "Glass"},
    ],
    "transactions": lines(
        (date(2025, 1, 10), "a", "p1", 10, 100, 60),
        (date(2025, 2, 10), "b", "p1", 5, 50, 30),
        (date(2025, 2, 11), "c", "p2", 5, 50),
        (date(2026, 1, 12), "a", "p1", 12, 130, 70),
        (date(2026, 1, 30), "a", "p1", -1, -10, -6),
        (date(2026, 2, 9), "b", "p1", 2, 20, 12),
        (date(2026, 2, 27), "d", "p1", 4, 40, 24),  # a Friday, and February's last weekday
    ),
    "targets": [
        {"month": date(2026, 1, 1), "region_id": "N", "amount": 150},
        {"month": date(2026, 2, 1), "region_id": "S", "amount": 50},
        {"month": date(2026, 3, 1), "region_id": "S", "amount": 70},
    ],
    "receivables": [
        {"invoice_id": "1", "account_id": "a", "due_on": date(2026, 1, 31), "amount": 33},
        {"invoice_id": "2", "account_id": "a", "due_on": date(2026, 1, 31), "amount": 5, "paid_on": date(2026, 2, 2)},
        {"invoice_id": "3", "account_id": "b", "due_on": date(2026, 3, 31), "amount": 7},
    ],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_store(tmp_path_factory.mktemp("overview"), **TABLES)


def asked(store: Store, filters: Filters = YEAR, viewer: Viewer = EVERYBODY, **overrides: object) -> Overview:
    return answer(ask_as(store, viewer), filters, cuts(THRESHOLDS, None, overrides))


def kpi(found: Overview, metric: str) -> dict[str, float | None]:
    return found.kpis.row(by_predicate=pl.col("metric") == metric, named=True)


def test_the_metrics_of_the_period_stand_beside_those_of_last_year(store: Store) -> None:
    rows = {row["metric"]: (row["value"], row["previous"]) for row in asked(store).kpis.to_dicts()}
    assert rows == {
        "net_sales": (180.0, 200.0),
        "gross_margin": (80.0, 60.0),  # the glass has no known cost
        "volume": (pytest.approx(1.7), pytest.approx(1.5)),
        "quantity": (17.0, 20.0),
        "active_accounts": (3.0, 3.0),
        "orders": (3.0, 3.0),  # what came back on 30 January is none
        "attainment": (0.9, None),
        "return_rate": (pytest.approx(10 / 190), 0.0),
    }


def test_change_is_value_over_previous_and_rates_only_differ(store: Store) -> None:
    found = asked(store)
    assert kpi(found, "net_sales")["change_rate"] == pytest.approx(-0.1)
    assert kpi(found, "return_rate")["change_rate"] is None
    assert kpi(found, "return_rate")["difference"] == pytest.approx(10 / 190)


def test_attainment_is_actual_over_target_and_future_targets_wait(store: Store) -> None:
    net = kpi(asked(store), "net_sales")
    assert (net["target"], net["attainment"]) == (200.0, 0.9)
    assert kpi(asked(store, Filters(date(2026, 1, 1), date(2027, 1, 1))), "net_sales")["target"] == 200.0


def test_an_open_period_has_no_previous_and_only_months_with_targets_count_for_attainment(store: Store) -> None:
    net = kpi(asked(store, Filters()), "net_sales")
    assert (net["value"], net["previous"], net["change_rate"]) == (380.0, None, None)
    assert net["attainment"] == 0.9


def test_months_add_up_to_the_period_and_a_month_without_sales_is_zero(store: Store) -> None:
    months = asked(store, Filters(date(2025, 1, 1), date(2026, 3, 1))).monthly
    assert months.height == 14
    assert months["net_sales"].sum() == 380.0
    assert months.filter(pl.col("month") == date(2025, 7, 1))["net_sales"].item() == 0.0


def test_a_month_shows_last_year_target_and_whether_it_is_complete(store: Store) -> None:
    months = asked(store).monthly.select("month", "net_sales", "previous", "target", "complete").rows()
    assert months == [(date(2026, 1, 1), 120.0, 100.0, 150.0, True), (date(2026, 2, 1), 60.0, 100.0, 50.0, True)]


def test_margin_and_units_stand_beside_their_own_last_year_and_target(tmp_path: Path) -> None:
    aims = [row | {"quantity": units} for row, units in zip(TABLES["targets"], (15, 5, 7), strict=True)]
    found = asked(make_store(tmp_path, **(TABLES | {"targets": aims})))
    rows = found.trends.select("metric", "value", "previous", "target").rows()
    assert rows == [
        ("net_sales", 120.0, 100.0, 150.0), ("net_sales", 60.0, 100.0, 50.0),
        ("gross_margin", 56.0, 40.0, None), ("gross_margin", 24.0, 20.0, None),
        ("quantity", 11.0, 10.0, 15.0), ("quantity", 6.0, 10.0, 5.0),
    ]  # fmt: skip
    assert found.trends["month"].to_list() == [date(2026, 1, 1), date(2026, 2, 1)] * 3


def test_a_month_of_last_year_without_sales_had_no_units_and_one_before_the_data_is_not_known(store: Store) -> None:
    """Nothing was sold in March 2025; the data begin in January 2025."""
    units = pl.col("metric") == "quantity"
    assert asked(store, Filters(date(2026, 3, 1), date(2026, 4, 1))).trends.filter(units)["previous"].to_list() == [0.0]
    assert asked(store, Filters(date(2025, 1, 1), date(2025, 2, 1))).trends.filter(units).select("value", "previous").rows() == [(10.0, None)]


def test_a_month_to_come_is_unknown_and_not_zero(store: Store) -> None:
    months = asked(store, Filters(date(2026, 1, 1), date(2026, 4, 1))).monthly
    assert months.select("net_sales", "target", "complete").row(2) == (None, 70.0, False)


def test_a_cut_month_is_not_complete(store: Store) -> None:
    months = asked(store, Filters(date(2026, 1, 20), date(2026, 3, 1))).monthly
    assert months.select("net_sales", "complete").rows() == [(-10.0, False), (60.0, True)]


def test_the_change_of_an_unfinished_period_compares_complete_months_only(tmp_path: Path) -> None:
    sold = lines(
        (date(2025, 1, 10), "a", "p1", 1, 100),
        (date(2025, 3, 10), "b", "p1", 1, 500),
        (date(2026, 1, 30), "a", "p1", 1, 125),
        (date(2026, 2, 2), "b", "p1", 1, 7),
    )
    store = make_store(tmp_path, **(TABLES | {"transactions": sold}))
    found = asked(store, Filters(date(2026, 1, 1), date(2027, 1, 1)))
    net = kpi(found, "net_sales")
    assert (net["value"], net["previous"], net["change_rate"]) == (132.0, 600.0, 0.25)
    assert found.by_region.select("region_id", "previous", "change_rate").rows() == [("N", 100.0, 0.25), ("S", 500.0, None)]
    assert set(found.attention.filter(pl.col("kind") == "account_change")["subject_id"]) == {"a"}


def test_there_is_no_change_on_a_year_that_the_data_do_not_reach_back_to(store: Store) -> None:
    net = kpi(asked(store, Filters(date(2025, 1, 1), date(2026, 1, 1))), "net_sales")
    assert (net["value"], net["previous"], net["change_rate"]) == (200.0, 0.0, None)


def test_regions_add_up_to_the_whole(store: Store) -> None:
    found = asked(store)
    regions = found.by_region.select("region_id", "net_sales", "previous", "target", "attainment", "active_accounts").rows()
    assert regions == [("N", 120.0, 150.0, 150.0, 0.8, 1), ("S", 60.0, 50.0, 50.0, 1.2, 2)]
    assert found.by_region["share"].sum() == 1.0


def test_products_and_categories_add_up_and_what_is_no_longer_sold_stays(store: Store) -> None:
    found = asked(store)
    assert found.by_product.select("product_id", "net_sales", "previous").rows() == [("p1", 180.0, 150.0), ("p2", 0.0, 50.0)]
    assert found.by_category.select("category", "net_sales", "previous").rows() == [("Beer", 180.0, 150.0), (None, 0.0, 50.0)]


def test_a_product_filter_narrows_orders_and_leaves_attainment_unknown(store: Store) -> None:
    found = asked(store, Filters(date(2025, 1, 1), date(2026, 1, 1), product_ids=("p2",)))
    assert kpi(found, "net_sales")["value"] == 50.0
    assert kpi(found, "orders")["value"] == 1.0
    assert kpi(found, "gross_margin")["value"] is None
    assert kpi(found, "attainment")["value"] is None


def test_an_order_of_goods_that_cost_nothing_counts_whatever_else_came_back(tmp_path: Path) -> None:
    rows = [(date(2026, 1, 5), "a", "p1", 5, 0), (date(2026, 1, 20), "a", "p1", -8, -80), (date(2026, 2, 27), "a", "p1", 1, 10)]
    given = make_store(tmp_path, **(TABLES | {"transactions": lines(*rows)}))
    for filters in (YEAR, Filters(date(2026, 1, 2), date(2026, 3, 1)), Filters(YEAR.from_date, YEAR.to_date, product_ids=("p1",))):
        assert kpi(asked(given, filters), "orders")["value"] == 2.0


def test_a_month_of_monthly_statistics_is_whole_once_it_is_booked(tmp_path: Path) -> None:
    rows = [(date(2024 + month // 12, month % 12 + 1, 1), "a", "p1", 10, 100 + month // 12 * 10) for month in range(24)]
    targets = [{"month": date(2025, month, 1), "amount": 110} for month in range(1, 13)]
    given = make_store(tmp_path, **(TABLES | {"transactions": lines(*rows), "targets": targets}))
    found = asked(given, Filters(date(2025, 1, 1), date(2026, 1, 1)))
    assert kpi(found, "net_sales")["change_rate"] == pytest.approx(0.1)
    assert [kpi(found, "net_sales")[name] for name in ("compared_value", "compared_previous", "target", "attainment")] == [1320, 1200, 1320, 1.0]
    assert found.monthly["complete"].to_list() == [True] * 12


def test_days_cut_from_a_month_are_counted_by_the_day(store: Store) -> None:
    found = asked(store, Filters(date(2026, 1, 20), date(2026, 2, 10)))
    assert kpi(found, "net_sales")["value"] == 10.0
    assert kpi(found, "orders")["value"] == 1.0


def test_attention_ranks_who_explains_the_change_by_money(store: Store) -> None:
    rows = asked(store).attention
    assert rows["difference"].abs().to_list() == sorted(rows["difference"].abs().to_list(), reverse=True)
    found = {(row["kind"], row["subject_id"]): row["difference"] for row in rows.to_dicts()}
    assert found == {
        ("region_change", "N"): -30.0,
        ("region_change", "S"): 10.0,
        ("region_gap", "N"): -30.0,
        ("region_gap", "S"): 10.0,
        ("product_change", "p1"): 30.0,
        ("product_change", "p2"): -50.0,
        ("account_change", "a"): 20.0,
        ("account_change", "b"): -30.0,
        ("account_lost", "c"): -50.0,
        ("account_new", "d"): 40.0,
        ("returns_rising", "N"): pytest.approx(-10.0),
        ("receivable_overdue", "a"): -33.0,
    }


def test_small_changes_need_no_attention(store: Store) -> None:
    kinds = set(asked(store, attention_change=0.9).attention["kind"])
    assert kinds.isdisjoint({"region_change", "account_change", "region_gap"})


def test_a_lead_sees_their_region_only(store: Store) -> None:
    found = asked(store, viewer=Viewer("s@x", "South", "lead", ("S",)))
    assert kpi(found, "net_sales")["value"] == 60.0
    assert kpi(found, "attainment")["value"] == 1.2
    assert set(found.attention["subject_id"].drop_nulls()) <= {"S", "p1", "b", "d"}


def test_sparklines_hold_every_metric_by_month(store: Store) -> None:
    rows = asked(store).monthly_metrics
    orders = rows.filter(pl.col("metric") == "orders")["value"].to_list()
    assert orders == [1.0, 2.0]
    # 120 of 150 and 60 of 50; March has a target and no day yet.
    assert rows.filter(pl.col("metric") == "attainment")["value"].to_list() == [0.8, 1.2]
    assert set(rows["metric"]) == {
        "net_sales", "gross_margin", "volume", "quantity", "active_accounts", "orders", "return_rate", "attainment"
    }  # fmt: skip


@pytest.mark.parametrize(
    "filters", [Filters(), YEAR, Filters(account_ids=("nobody",)), Filters(date(2030, 1, 1), date(2030, 2, 1)), Filters(region_ids=())]
)
def test_an_empty_scope_gives_typed_tables_without_nan(store: Store, filters: Filters) -> None:
    for viewer in (NOBODY, EVERYBODY):
        found = asked(store, filters, viewer)
        assert found.kpis.height == 8
        for frame in (found.kpis, found.monthly, found.by_region, found.by_product, found.attention, found.monthly_metrics, found.trends):
            floats = frame.select(pl.col(pl.Float64))
            assert floats.select((pl.all().is_nan() | pl.all().is_infinite()).any()).sum_horizontal().sum() == 0


def test_a_store_with_a_pipeline_only_has_no_sales(tmp_path: Path) -> None:
    store = make_store(
        tmp_path,
        accounts=TABLES["accounts"],
        opportunities=[{"opportunity_id": "d", "created_on": date(2026, 1, 1)}],
        stage_events=[{"opportunity_id": "d", "stage": "lead", "entered_on": date(2026, 1, 1)}],
    )
    found = asked(store)
    assert kpi(found, "net_sales")["value"] == 0.0
    assert found.by_region.is_empty()


def test_more_returns_than_sales_give_a_negative_total_and_no_return_rate(tmp_path: Path) -> None:
    tables = TABLES | {"transactions": lines((date(2026, 1, 12), "a", "p1", -1, -10)), "targets": [], "receivables": []}
    found = asked(make_store(tmp_path, **tables))
    assert kpi(found, "net_sales")["value"] == -10.0
    assert kpi(found, "active_accounts")["value"] == 0.0
    assert kpi(found, "return_rate")["value"] is None


def test_the_parts_of_many_random_lines_add_up_to_the_whole(tmp_path: Path) -> None:
    rows = [
        (date(2025 + n % 2, 1 + n % 12, 1 + n % 28), "abcd"[n % 4], ("p1", "p2")[n % 3 == 0], n % 7 - 1, (n * 37 % 101) - 10)
        for n in range(500)
    ]
    store = make_store(tmp_path, **(TABLES | {"transactions": lines(*rows)}))
    found = asked(store, Filters(date(2026, 1, 1), date(2027, 1, 1)))
    total = sum(amount for day, _account, _product, _quantity, amount in rows if day.year == 2026)
    assert kpi(found, "net_sales")["value"] == total
    for table in (found.monthly, found.by_region, found.by_product, found.by_category):
        assert table["net_sales"].sum() == total
    before = kpi(found, "net_sales")["previous"]
    assert found.by_region["previous"].sum() == found.monthly["previous"].sum() == before


def test_last_years_month_without_sales_is_zero_and_one_before_the_data_unknown(store: Store) -> None:
    months = asked(store, Filters()).monthly
    previous = dict(months.select("month", "previous").iter_rows())
    assert (previous[date(2025, 3, 1)], previous[date(2026, 2, 1)]) == (None, 100.0)
    found = asked(store, Filters(date(2026, 1, 1), date(2026, 5, 1))).monthly
    assert found["previous"].to_list() == [100.0, 100.0, 0.0, 0.0]
