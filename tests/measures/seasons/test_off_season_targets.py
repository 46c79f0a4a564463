"""Off-season targets: the worked examples, exact whole cases, and what cannot be asked for."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from measures.history import History
from measures.pipeline.peer_points import peer_points
from measures.seasons.growth_points import ranked
from measures.seasons.off_season_targets import THRESHOLDS, OffSeasonTargets, answer, from_ground
from measures.seasons.target_ground import ground_of
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store
from tests.measures.seasons.test_peer_points import board_of
from tests.measures.seasons.test_seasonality import beer_store
from tests.measures.seasons.test_seasons import MEAN

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
    return from_ground(ground_of(board, ranked([peer_points(board)])), cuts(THRESHOLDS, overrides={"requirement": 12_000} | overrides))


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
    ramp, held = worked().months, worked(lift_shape="held").months
    assert (ramp["natural"] + ramp["lift"]).round(1).to_list() == [3039.9, 2940.6, 2720.8, 3029.3, 3077.0, 3101.9]
    assert (round(ramp["lift"].sum(), 2), round(held["lift"].sum(), 2)) == (715.33, 1228.16)
    assert worked().months["target"].to_list() == [3040, 2941, 2721, 3029, 3077, 3102]
    assert worked(lift_shape="held").summary["target_total"].to_list() == [18_422]


def test_a_cell_explains_itself_natural_and_lift_and_rounding_make_the_target():
    rows = worked().targets
    assert (rows["natural"] + rows["lift"] + rows["growth_points"] + rows["rounding"]).to_list() == pytest.approx(rows["target"].to_list())
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
    assert set(found.targets.select("account_id", "product_id").iter_rows()) == {("A", "P"), ("A", "Q"), ("B", "P"), ("W", "P")}
    alone = targets(brewery, board_accounts="resellers").targets
    assert set(alone.select("account_id", "product_id").iter_rows()) == {("A", "P"), ("A", "Q"), ("B", "P")}
    assert found.summary.select("off_season_start", "off_season_months", "peak_start").row(0) == (date(2026, 4, 1), 6, date(2026, 10, 1))


def test_natural_sales_of_an_unchanging_buyer_are_last_years(brewery):
    rows = targets(brewery).targets.filter(account_id="A", product_id="P")
    assert rows["natural"].to_list() == pytest.approx(rows["last_year"].to_list(), rel=0.01)
    assert rows["last_year"].to_list() == [round(900 * SI[month]) for month in range(3, 9)]


def test_the_last_peak_and_its_growth_stand_in_for_a_requirement(brewery):
    (summary,) = targets(brewery, requirement_growth=0.1).summary.to_dicts()
    sold = sum(round(level * SI[month]) for level in (900, 70, 333, 77) for month in (9, 10, 11))
    assert (summary["last_peak"], summary["requirement_basis"]) == (sold, "last_peak")
    assert summary["requirement"] == pytest.approx(1.1 * sold)


def test_an_unchanged_requirement_asks_the_boards_own_accounts_and_products_for_no_lift(brewery):
    """The wholesaler's 77 and the discontinued product's 55 are neither in the last peak nor in the natural one."""
    (summary,) = targets(brewery, requirement_growth=0.0, board_accounts="resellers").summary.to_dicts()
    assert summary["lift"] == pytest.approx(0, abs=0.01)


def test_what_the_board_leaves_out_is_said(brewery):
    (summary,) = targets(brewery, board_accounts="resellers").summary.to_dicts()
    year = {level: sum(round(level * SI[month]) for month in range(12)) for level in (900, 70, 333, 77, 55)}
    assert summary["share_left_out"] == pytest.approx((year[77] + year[55]) / sum(year.values()))
    assert summary["share_other_kinds"] == pytest.approx(year[77] / sum(year.values()))
    (whole,) = targets(brewery).summary.to_dicts()
    assert (whole["share_left_out"], whole["share_other_kinds"]) == (pytest.approx(year[55] / sum(year.values())), 0)
    (alone,) = targets(brewery, Filters(account_ids=("W",))).summary.to_dicts()
    assert (alone["share_left_out"], alone["share_other_kinds"]) == (0, 0)


def test_all_margins_sum_to_the_target_total(brewery):
    found = targets(brewery)
    total = found.summary["target_total"][0]
    for table in (found.targets, found.by_account, found.by_product, found.months):
        assert table["target"].sum() == total
        assert table["natural"].sum() == pytest.approx(found.summary["natural_total"][0])
    assert found.targets.schema["target"] == pl.Int64


def test_filters_narrow_the_board(brewery):
    assert set(targets(brewery, Filters(region_ids=("S",))).targets["account_id"]) == {"B", "W"}
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


@pytest.fixture(scope="module")
def odd_ones(tmp_path_factory):
    """A sells as always, N has bought once, P2 was launched last month, A returned more than it bought in May 2025; nobody sells in Z."""
    sold = [*monthly("A", "P", 900), (date(2025, 12, 1), "N", "P", 120, 1.0), (date(2025, 12, 1), "A", "P2", 60, 1.0), (date(2025, 5, 1), "A", "P", -5000, -1.0)]
    people = [{"account_id": key, "account": key, "kind": "distributor", "region_id": "N"} for key in "AN"]
    people += [{"account_id": "Z", "account": "Z", "kind": "distributor", "region_id": "Z"}]
    products = [*PRODUCTS, {"product_id": "P2", "product": "New", "category": "P", "launched_on": date(2025, 12, 1), "list_price": 9.0}]
    regions = [{"region_id": key, "region": key} for key in "NZ"]
    return make_store(tmp_path_factory.mktemp("odd"), regions=regions, accounts=people, products=products, transactions=lines(*sold))


def test_a_distributor_of_one_month_and_a_product_of_one_month_are_on_the_board(odd_ones):
    rows = targets(odd_ones).targets
    assert set(rows.select("account_id", "product_id").iter_rows()) == {("A", "P"), ("A", "P2"), ("N", "P")}
    assert rows.filter(account_id="N")["natural"].min() > 0
    assert rows.filter(product_id="P2")["natural"].min() > 0


def test_no_target_is_negative_or_no_number_whatever_a_month_was(odd_ones):
    found = targets(odd_ones)
    for table in (found.targets, found.by_account, found.by_product, found.months, found.summary):
        numbers = table.select(pl.col(pl.Float64, pl.Int64).drop_nulls())
        assert all(column.is_finite().all() for column in numbers.select(pl.all().cast(pl.Float64)).iter_columns())
    assert found.targets["target"].min() >= 0
    assert found.targets["target"].sum() == found.summary["target_total"][0]


def test_a_region_without_sales_has_no_board_and_takes_no_part_in_the_others(odd_ones):
    assert targets(odd_ones, Filters(region_ids=("Z",))).summary["status"].to_list() == ["no_season"]
    assert targets(odd_ones, viewer=Viewer("z", "Z", "lead", ("Z",))).targets.is_empty()
    assert "Z" not in targets(odd_ones).by_account["account_id"]


@pytest.fixture(scope="module")
def two_hemispheres(tmp_path_factory):
    """Alma in the south sells in the published rhythm; Norte, a third of it, six months later; Inland has sold for a month only."""
    north = [(day, "N", "P", round(300 * SI[(day.month + 5) % 12]), 1.0) for day, *_rest in monthly("N", "P", 300)]
    sold = [*monthly("A", "P", 900), *north, (date(2025, 12, 1), "I", "P", 50, 1.0)]
    people = [{"account_id": key, "account": key, "kind": "distributor", "region_id": region} for key, region in (("A", "S"), ("N", "N"), ("I", "I"))]
    regions = [{"region_id": key, "region": key} for key in "SNI"]
    return make_store(tmp_path_factory.mktemp("halves"), regions=regions, accounts=people, products=PRODUCTS, transactions=lines(*sold))


def test_regions_whose_off_seasons_contradict_each_other_are_planned_apart(two_hemispheres):
    """The larger south first, with the region whose season nobody knows; the north in the other half of the year; together they are all."""
    south, north = targets(two_hemispheres), targets(two_hemispheres, season_group=2)
    assert set(south.targets["account_id"]) == {"A", "I"}
    assert set(north.targets["account_id"]) == {"N"}
    assert south.summary.select("off_season_start", "season_group", "season_groups").row(0) == (date(2026, 4, 1), 1, 2)
    assert north.summary.select("off_season_start", "season_group", "season_groups").row(0) == (date(2026, 10, 1), 2, 2)
    assert south.summary["share_other_seasons"][0] + north.summary["share_other_seasons"][0] == pytest.approx(1)
    assert south.summary["share_left_out"][0] == pytest.approx(south.summary["share_other_seasons"][0])


def test_a_board_of_all_regions_together_can_be_asked_for_and_a_season_set_by_hand_is_of_all(two_hemispheres):
    for found in (targets(two_hemispheres, season_group=0), targets(two_hemispheres, off_season_start=4, off_season_months=3)):
        assert set(found.targets["account_id"]) == {"A", "N", "I"}
        assert found.summary["share_other_seasons"].item() == 0
    assert targets(two_hemispheres, Filters(region_ids=("N",))).summary.select("off_season_start", "season_groups").row(0) == (date(2026, 10, 1), 0)


def test_a_season_that_was_set_for_a_region_says_with_whom_it_is_planned(two_hemispheres):
    """Someone says that the north's off-season is the south's: one board, of both."""
    found = targets(two_hemispheres, region_seasons='{"N": {"off_season": [4, 6]}}')
    assert set(found.targets["account_id"]) == {"A", "N", "I"}


def test_money_of_every_table_is_the_summarys_to_the_cent(odd_ones):
    found = targets(odd_ones)
    total = found.summary["target_amount"][0]
    for table in (found.targets, found.by_account, found.by_product, found.months):
        assert round(table["target_amount"].sum(), 2) == total
        assert table["natural_amount"].sum() == pytest.approx(found.summary["natural_amount"][0])


def test_money_is_units_at_what_the_account_pays_else_at_what_others_pay(tmp_path):
    """A pays 2 a unit, B only returned in the last year: it is counted at 2 as well."""
    sold = [(day, account, product, quantity, 2.0 * quantity) for day, account, product, quantity, _ in monthly("A", "P", 100)]
    sold += [(day, "B", "P", quantity, -1.0) for day, _, _, quantity, _ in monthly("B", "P", 100)]
    people = [{"account_id": key, "account": key} for key in "AB"]
    found = targets(make_store(tmp_path, accounts=people, products=PRODUCTS, transactions=lines(*sold)))
    assert found.targets["target_amount"].to_list() == (2 * found.targets["target"]).to_list()


def test_the_forecast_of_the_peak_can_be_the_requirement(brewery):
    (summary,) = targets(brewery, requirement_basis="forecast", requirement_growth=0.05).summary.to_dicts()
    assert summary["requirement"] == pytest.approx(1.05 * summary["natural_peak"])
    assert (summary["lift"], summary["requirement_basis"]) == (pytest.approx(0.05), "forecast")
    assert targets(brewery, requirement_basis="forecast", requirement=9_999).summary["requirement_basis"].to_list() == ["stated"]


def test_the_nearest_requirement_that_the_limits_allow_is_said(brewery):
    (summary,) = targets(brewery, requirement=20_000).summary.to_dicts()
    assert not summary["is_feasible"]
    assert summary["nearest_requirement"] == pytest.approx(1.25 * summary["natural_peak"])
    again = targets(brewery, requirement=summary["nearest_requirement"]).summary
    assert again.select("is_feasible", "target_total").row(0) == (True, summary["target_total"])


def test_the_rest_of_a_running_season_is_planned_beside_what_it_sold(brewery):
    """April to September; the data end with June 2025."""
    found = targets(brewery, Filters(to_date=date(2025, 7, 1)), target_season="running")
    (summary,) = found.summary.to_dicts()
    assert found.months["month"].to_list() == [date(2025, 7, 1), date(2025, 8, 1), date(2025, 9, 1)]
    assert (summary["is_running"], summary["running_months"], summary["peak_start"]) == (True, 3, date(2025, 10, 1))
    sold = sum(round(level * SI[month]) for level in (900, 70, 333, 77) for month in (3, 4, 5))
    assert summary["sold_so_far"] == sold + sum(round(55 * SI[month]) for month in (3, 4, 5))
    assert targets(brewery, Filters(to_date=date(2025, 7, 1))).summary.select("is_running", "running_months").row(0) == (False, 3)
