"""The published totals of real data sets come out of the answers; skipped where the sets are not at hand."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.__main__ import main
from data.store import Store
from measures import overview
from measures.pipeline import funnel, funnel_cohorts, pipeline_forecast
from measures.seasons import pace
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as


@pytest.fixture(scope="module")
def imported(real_data: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Store]:
    """imported("maven_crm", "maven") → the store of a set's folder, read by the mapping of the set's name."""
    stores: dict[str, Store] = {}

    def load(name: str, folder: str) -> Store:
        if name not in stores:
            root = tmp_path_factory.mktemp(f"store-{name}")
            assert main(["import", str(real_data(name) / folder), "--mapping", name, "--store", str(root)]) == 0
            stores[name] = Store.at(root)
        return stores[name]

    return load


def test_maven_won_lost_and_open_deals_and_their_win_rates(imported: Callable[[str, str], Store]) -> None:
    found = funnel.answer(ask_as(imported("maven_crm", "maven")), Filters(), cuts(funnel.THRESHOLDS))
    row = found.summary.row(0, named=True)
    assert (row["created"], row["won"], row["lost"], row["open"]) == (8800, 4238, 2473, 2089)
    assert row["won_value"] == 10_005_534.0
    assert round(row["win_rate"], 4) == 0.6315
    assert round(row["cycle_days"], 2) == 51.78
    rates = {region: round(rate, 4) for region, rate in found.by_region.select("region", "win_rate").iter_rows()}
    assert rates == {"Central": 0.6256, "East": 0.6302, "West": 0.6394}


def test_maven_deals_pass_prospecting_before_engaging(imported: Callable[[str, str], Store]) -> None:
    stages = funnel.answer(ask_as(imported("maven_crm", "maven")), Filters(), cuts(funnel.THRESHOLDS)).stages
    assert stages.select("stage", "entered", "open").rows() == [("Prospecting", 8800, 500), ("Engaging", 8300, 1589), ("won", 4238, 0)]


def test_maven_win_rates_and_values_by_manager(imported: Callable[[str, str], Store]) -> None:
    found = funnel.answer(ask_as(imported("maven_crm", "maven")), Filters(), cuts(funnel.THRESHOLDS)).by_manager
    rows = {name: (won, lost, open_deals, value, round(rate, 4)) for name, won, lost, open_deals, value, rate in found.select(
        "manager", "won", "lost", "open", "won_value", "win_rate"
    ).iter_rows()}  # fmt: skip
    assert rows == {
        "Cara Losch": (480, 265, 219, 1_130_049.0, 0.6443),
        "Celia Rouche": (610, 352, 334, 1_603_897.0, 0.6341),
        "Dustin Brinkmann": (747, 439, 397, 1_094_363.0, 0.6298),
        "Melvin Marxen": (882, 536, 511, 2_251_930.0, 0.6220),
        "Rocco Neubert": (691, 422, 214, 1_960_545.0, 0.6208),
        "Summer Sewald": (828, 459, 414, 1_964_750.0, 0.6434),
    }


def test_maven_values_by_region(imported: Callable[[str, str], Store]) -> None:
    found = funnel.answer(ask_as(imported("maven_crm", "maven")), Filters(), cuts(funnel.THRESHOLDS)).by_region
    assert dict(found.select("region", "won_value").iter_rows()) == {"Central": 3_346_293.0, "East": 3_090_594.0, "West": 3_568_647.0}


def test_maven_win_rates_by_quarter_of_closing(imported: Callable[[str, str], Store]) -> None:
    found = funnel.answer(ask_as(imported("maven_crm", "maven")), Filters(), cuts(funnel.THRESHOLDS)).by_quarter
    assert [(quarter, won, value, round(rate, 4)) for quarter, won, value, rate in found.select("quarter", "won", "won_value", "win_rate").iter_rows()] == [
        (date(2017, 1, 1), 531, 1_134_672.0, 0.8207),
        (date(2017, 4, 1), 1254, 3_086_111.0, 0.6171),
        (date(2017, 7, 1), 1257, 2_982_255.0, 0.6141),
        (date(2017, 10, 1), 1196, 2_802_496.0, 0.6025),
    ]  # fmt: skip


def test_maven_parts_agree_with_the_funnel(imported: Callable[[str, str], Store]) -> None:
    ask = ask_as(imported("maven_crm", "maven"))
    found = funnel.answer(ask, Filters(), cuts(funnel.THRESHOLDS))
    moved = funnel_cohorts.answer(ask, Filters(), cuts(funnel_cohorts.THRESHOLDS)).cohorts
    entered = moved.group_by("stage").agg(pl.col("entered").sum())
    assert dict(entered.iter_rows()) == dict(found.stages.head(2).select("stage", "entered").iter_rows())
    ahead = pipeline_forecast.answer(ask, Filters(), cuts(pipeline_forecast.THRESHOLDS)).summary.row(0, named=True)
    assert ahead["n"] + ahead["later"] == found.summary["open"].item() == 2089


def test_adventureworks_sales_orders_resellers_and_attainment(imported: Callable[[str, str], Store]) -> None:
    found = overview.answer(ask_as(imported("adventureworks", "adventureworks")), Filters(), cuts(overview.THRESHOLDS))
    kpis = {row["metric"]: row for row in found.kpis.to_dicts()}
    assert round(kpis["net_sales"]["value"], 2) == 80_450_596.98
    assert (kpis["orders"]["value"], kpis["active_accounts"]["value"]) == (3796.0, 635.0)
    assert kpis["net_sales"]["target"] == 95_714_000.0
    assert kpis["attainment"]["value"] == pytest.approx(80_450_596.98 / 95_714_000)
    assert round(found.monthly["net_sales"].sum(), 2) == round(found.by_region["net_sales"].sum(), 2) == 80_450_596.98


def test_adventureworks_years_stand_beside_the_year_before(imported: Callable[[str, str], Store]) -> None:
    ask = ask_as(imported("adventureworks", "adventureworks"))
    found = overview.answer(ask, Filters(date(2013, 1, 1), date(2014, 1, 1)), cuts(overview.THRESHOLDS))
    net = found.kpis.row(by_predicate=pl.col("metric") == "net_sales", named=True)
    assert (round(net["value"], 2), round(net["previous"], 2)) == (33_574_834.16, 28_193_631.53)
    # December 2013 is not in the data, so both sides are compared without December.
    assert net["compared_value"] == pytest.approx(33_574_834.16, abs=0.01)
    assert net["compared_previous"] == pytest.approx(28_193_631.53 - 2_665_650.54, abs=0.01)


def test_adventureworks_quotas_by_the_quarter_have_a_pace_by_person(imported: Callable[[str, str], Store]) -> None:
    ask = ask_as(imported("adventureworks", "adventureworks"))
    cut = {"pace_period": "season", "peak_start": 12, "off_season_start": 6, "off_season_months": 6}
    found = pace.answer(ask, Filters(to_date=date(2013, 9, 1)), cuts(pace.THRESHOLDS, overrides=cut))
    whole = found.pace.row(0, named=True)
    # The quotas of June and of September 2013 stand for the half year to November; at the end of August three of its months are over.
    assert whole["target"] == pytest.approx(8_051_000 + 10_359_000)
    assert found.by_salesperson["target"].sum() == pytest.approx(whole["target"])
    assert found.by_salesperson["actual"].sum() == pytest.approx(whole["actual"])
    assert found.months["actual"].drop_nulls().len() == 3
    assert whole["projection_low"] <= whole["projection_high"]
    end = pace.answer(ask, Filters(), cuts(pace.THRESHOLDS, overrides=cut)).pace.row(0, named=True)
    assert (round(end["actual"], 2), end["status"]) == (16_038_062.60, "target_missed")
