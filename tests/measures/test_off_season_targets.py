"""Off-season targets: the worked examples, exact whole cases, and what cannot be asked for."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from measures.growth_points import growth_points
from measures.history import History
from measures.off_season_targets import THRESHOLDS, Ground, OffSeasonTargets, answer, lifted_cells, targets_of
from measures.target_tables import named_cells
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store
from tests.measures.test_growth_points import board_of
from tests.measures.test_seasonality import beer_store
from tests.measures.test_seasons import MEAN

__all__ = ["beer_store"]

SI = np.array(MEAN) / np.mean(MEAN)
PRODUCTS = [{"product_id": key, "product": f"Product {key}", "category": key} for key in "PQ"]
# 17,194.26 natural units from April to September, as in the worked example.
NATURAL = np.array(MEAN[3:9]) * 17194.26 / sum(MEAN[3:9])


def targets(store, filters=None, viewer=None, **overrides) -> OffSeasonTargets:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def worked(**overrides) -> OffSeasonTargets:
    """One account, one product, natural sales of April–September as in the worked example, 11,200 at the peak."""
    one = board_of([[1.0]], peak=11_200)
    plan = replace(one.plan, off_season=History(date(2027, 4, 1), date(2027, 10, 1)))
    board = replace(one, natural=NATURAL[None, :], last_year=NATURAL[None, :], plan=plan)
    return targets_of(Ground(board, named_cells(board), growth_points(board)), cuts(THRESHOLDS, overrides={"requirement": 12_000} | overrides))


def monthly(account: str, product: str, level: float, months: int = 60) -> list[tuple]:
    """Whole units in the published rhythm on the first of each month from January 2021."""
    return [(date(2021 + m // 12, m % 12 + 1, 1), account, product, round(level * SI[m % 12]), 1.0) for m in range(months)]


@pytest.fixture(scope="module")
def brewery(tmp_path_factory):
    """Through December 2025. L stopped in 2023, W is a wholesaler, product O was discontinued."""
    sold = [
        *monthly("A", "P", 900), *monthly("A", "Q", 70), *monthly("B", "P", 333), *monthly("B", "Q", 4, 30),
        *monthly("L", "P", 5, 30), *monthly("W", "P", 77), *monthly("A", "O", 55),
    ]
    people = [
        {"account_id": "A", "account": "Alma", "kind": "distributor", "region_id": "N"}, {"account_id": "B", "account": "Bravo", "region_id": "S"},
        {"account_id": "L", "account": "Lost", "region_id": "S"}, {"account_id": "W", "account": "Whole", "kind": "wholesaler", "region_id": "S"},
    ]
    old = {"product_id": "O", "product": "Old", "category": "O", "discontinued_on": date(2026, 1, 15)}
    regions = [{"region_id": key, "region": key} for key in "NS"]
    return make_store(tmp_path_factory.mktemp("brewery"), regions=regions, accounts=people, products=[*PRODUCTS, old], transactions=lines(*sold))


def test_the_worked_requirement_asks_for_the_worked_lift():
    (summary,) = worked().summary.to_dicts()
    assert round(100 * summary["lift"], 6) == 7.142857
    assert round(summary["natural_total"], 2) == 17_194.26
    assert summary["target_total"] == 17_910
    assert (summary["is_feasible"], summary["requirement_basis"]) == (True, "stated")


def test_the_worked_ramp_arrives_month_by_month_and_the_held_lift_at_once():
    growth = 800 / 11_200
    ramp, held = lifted_cells(NATURAL, growth, "ramp"), lifted_cells(NATURAL, growth, "held")
    assert ramp.round(1).tolist() == [3039.9, 2940.6, 2720.8, 3029.3, 3077.0, 3101.9]
    assert round(ramp.sum() - NATURAL.sum(), 2) == 715.33
    assert round(held.sum() - NATURAL.sum(), 2) == 1228.16
    assert worked().months["target"].to_list() == [3040, 2941, 2721, 3029, 3077, 3102]
    assert worked(lift_shape="held").summary["target_total"].to_list() == [18_422]


def test_a_cell_explains_itself_natural_and_lift_and_rounding_make_the_target():
    rows = worked().targets
    assert (rows["natural"] + rows["lift"] + rows["rounding"]).to_list() == pytest.approx(rows["target"].to_list())
    assert (rows["target"] - rows["natural"]).to_list() == pytest.approx(rows["gap"].to_list())
    assert rows["rounding"].abs().max() <= 0.5


def test_without_a_need_the_target_is_natural_sales_in_whole_cases():
    found = worked(requirement=11_000)
    assert found.summary.select("target_total", "applied_lift").row(0) == (17_194, 0)
    assert found.summary["lift"][0] < 0


def test_a_lift_beyond_the_ceiling_is_cut_and_said():
    (summary,) = worked(requirement=22_400, lift_shape="held").summary.to_dicts()
    assert (summary["lift"], summary["applied_lift"], summary["is_feasible"]) == (pytest.approx(1), 0.25, False)
    assert summary["target_total"] == round(17_194.26 * 1.25)
    assert worked(requirement=22_400, cell_ceiling=2).summary["is_feasible"].to_list() == [True]


def test_the_forecast_of_beer_is_the_published_one(beer_store):
    found = targets(beer_store, Filters(to_date=date(1994, 9, 1)), off_season_start=9, off_season_months=1, peak_start=10, requirement_growth=0.05)
    (summary,) = found.summary.to_dicts()
    assert round(summary["natural_total"], 3) == 135.364
    assert round(summary["natural_peak"], 3) == 521.347
    assert (summary["off_season_start"], summary["peak_start"]) == (date(1994, 9, 1), date(1994, 10, 1))
    assert (summary["last_peak"], summary["requirement"]) == (pytest.approx(512), pytest.approx(537.6))


def test_the_board_holds_who_still_buys_and_what_still_sells(brewery):
    found = targets(brewery)
    assert set(found.targets.select("account_id", "product_id").iter_rows()) == {("A", "P"), ("A", "Q"), ("B", "P")}
    assert found.summary.select("off_season_start", "off_season_months", "peak_start").row(0) == (date(2026, 4, 1), 6, date(2026, 10, 1))


def test_natural_sales_of_an_unchanging_buyer_are_last_years(brewery):
    rows = targets(brewery).targets.filter(account_id="A", product_id="P")
    assert rows["natural"].to_list() == pytest.approx(rows["last_year"].to_list(), rel=0.01)
    assert rows["last_year"].to_list() == [round(900 * SI[month]) for month in range(3, 9)]


def test_the_last_peak_and_its_growth_stand_in_for_a_requirement(brewery):
    (summary,) = targets(brewery, requirement_growth=0.1).summary.to_dicts()
    sold = sum(round(level * SI[month]) for level in (900, 70, 333, 77, 55) for month in (9, 10, 11))
    assert (summary["last_peak"], summary["requirement_basis"]) == (sold, "last_peak")
    assert summary["requirement"] == pytest.approx(1.1 * sold)


def test_all_margins_sum_to_the_target_total(brewery):
    found = targets(brewery)
    total = found.summary["target_total"][0]
    for table in (found.targets, found.by_account, found.by_product, found.months):
        assert table["target"].sum() == total
        assert table["natural"].sum() == pytest.approx(found.summary["natural_total"][0])
    assert found.targets.schema["target"] == pl.Int64


def test_filters_narrow_the_board(brewery):
    assert set(targets(brewery, Filters(region_ids=("S",))).targets["account_id"]) == {"B"}
    assert set(targets(brewery, Filters(product_ids=("Q",))).targets["account_id"]) == {"A"}
    assert set(targets(brewery, Filters(account_ids=("W",))).targets["account_id"]) == {"W"}


def test_a_lead_plans_only_their_own_accounts(brewery):
    assert set(targets(brewery, viewer=Viewer("n", "N", "lead", ("N",))).targets["account_id"]) == {"A"}
    assert targets(brewery, viewer=Viewer("x", "X", "lead", ())).summary["status"].to_list() == ["no_season"]


def test_only_whole_months_before_the_periods_end_count(brewery):
    found = targets(brewery, Filters(from_date=date(2025, 5, 1), to_date=date(2025, 6, 20)))
    assert found.summary.select("as_of", "off_season_start").row(0) == (date(2025, 6, 1), date(2026, 4, 1))


@pytest.mark.parametrize("months", [0, 1, 15])
def test_too_little_history_gives_empty_typed_tables_and_says_so(tmp_path, months):
    sold = lines(*monthly("A", "P", 100, months))
    found = targets(make_store(tmp_path, accounts=[{"account_id": "A", "account": "Alma"}], products=PRODUCTS, transactions=sold))
    assert found.summary["status"].to_list() == ["no_season"]
    assert found.targets.is_empty()
    assert found.targets.schema["natural"] == pl.Float64


def test_a_board_of_returns_only_has_no_targets_and_no_number_that_is_not_one(tmp_path):
    sold = lines(*((day, account, product, -quantity, -1.0) for day, account, product, quantity, _ in monthly("A", "P", 100)))
    store = make_store(tmp_path, accounts=[{"account_id": "A", "account": "Alma"}], products=PRODUCTS, transactions=sold)
    found = targets(store, peak_start=12, off_season_start=4, off_season_months=6)
    (summary,) = found.summary.to_dicts()
    assert (summary["natural_total"], summary["target_total"], summary["lift"]) == (0, 0, None)
    assert found.targets.is_empty()
