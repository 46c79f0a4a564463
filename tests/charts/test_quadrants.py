"""The quadrant scatter: cuts, uncertainty, corners, names."""

import polars as pl
import pytest

from charts.chart import MOST_SHAPES
from charts.customers.quadrants import quadrants
from tests.charts.conftest import text_of
from tests.charts.sales_frames import ACCOUNTS, SUMS


def test_quadrant_cuts_are_drawn_where_they_are_set() -> None:
    frame = quadrants(ACCOUNTS, stability_cut=0.25, quadrant_sums=SUMS).frame
    assert frame.filter(pl.col("part") == "stability_cut")["stability_cv"].to_list() == [0.25]
    cut = frame.filter(pl.col("part") == "contribution_cut")["contribution"].item()
    assert 0.05 < cut < 0.4


def test_natural_breaks_are_drawn_beside_the_cuts_where_they_are_known() -> None:
    frame = quadrants(ACCOUNTS, stability_cut=0.25, quadrant_sums=SUMS, breaks=(0.4, None)).frame
    assert frame.filter(pl.col("part") == "stability_break")["stability_cv"].to_list() == [0.4]
    assert "contribution_break" not in frame["part"]


def test_an_error_bar_reaches_one_standard_error_to_either_side() -> None:
    bars = quadrants(ACCOUNTS, stability_cut=0.3, quadrant_sums=SUMS).frame.filter(pl.col("part") == "error", pl.col("account_id") == "b")
    assert bars.select("stability_cv", "stability_end").row(0) == pytest.approx((0.42, 0.58))


def test_a_tail_leads_through_the_months_to_today() -> None:
    way = {"account_id": ["a", "a", "e"], "account": ["Aurora", "Aurora", "Enero"], "months_back": [1, 0, 0], "contribution": [0.4, 0.5, 0.1], "stability_cv": [0.2, 0.1, 0.3]}
    frame = quadrants(ACCOUNTS, stability_cut=0.3, quadrant_sums=SUMS, tails=pl.DataFrame(way)).frame.filter(pl.col("part") == "tail")
    assert frame.select("account_id", "months_back", "stability_cv").rows() == [("a", 1, 0.2), ("a", 0, 0.1)]


def test_many_accounts_are_painted_on_a_canvas_without_descriptions_and_few_are_shapes_that_aids_can_tell() -> None:
    many = pl.concat([ACCOUNTS] * (MOST_SHAPES // 4 + 1))
    drawn = [quadrants(accounts, stability_cut=0.3, quadrant_sums=SUMS).on_screen for accounts in (ACCOUNTS, many)]
    assert [spec.get("usermeta") for spec in drawn] == [None, {"embedOptions": {"renderer": "canvas"}}]
    assert [spec["config"]["mark"].get("aria", True) for spec in drawn] == [True, False]


def test_a_box_and_a_click_both_select_accounts() -> None:
    spec = quadrants(ACCOUNTS, stability_cut=0.3, quadrant_sums=SUMS).spec
    assert {param["name"] for param in spec["params"]} == {"picked", "box"}


def test_corners_name_strategy_accounts_and_money() -> None:
    frame = quadrants(ACCOUNTS, stability_cut=0.3, quadrant_sums=SUMS).frame.filter(pl.col("part") == "corner")
    assert frame["corner"].to_list() == ["EI Consolidate", "EII Recover", "EIII Promote", "EIV Liquidate"]
    assert frame["corner_text"].to_list() == ["1 account · €50 · 50%", "1 account · €40 · 40%", "1 account · €5 · 5%", "no accounts"]


def test_accounts_without_a_quadrant_are_not_drawn_and_provisional_ones_are_hollow() -> None:
    points = quadrants(ACCOUNTS, stability_cut=0.3, quadrant_sums=SUMS).frame.filter(pl.col("part") == "account")
    assert points["account_id"].to_list() == ["a", "b", "c", "d"]
    assert points.filter("is_hollow")["account_id"].to_list() == ["c"]


def test_borderline_accounts_are_paler() -> None:
    points = quadrants(ACCOUNTS, stability_cut=0.3, quadrant_sums=SUMS).frame.filter(pl.col("part") == "account")
    certainty = dict(points["account_id", "certainty"].iter_rows())
    assert certainty["c"] < certainty["a"] == certainty["b"]


def test_a_log_axis_is_taken_only_where_contribution_is_skewed_and_positive() -> None:
    skewed = ACCOUNTS.with_columns(contribution=pl.Series([0.9, 0.05, 0.03, 0.02, None]))
    losing = ACCOUNTS.with_columns(contribution=pl.Series([1.2, 0.05, 0.03, -0.28, None]))
    kinds = [text_of(quadrants(frame, stability_cut=0.3, quadrant_sums=SUMS).spec) for frame in (skewed, ACCOUNTS, losing)]
    assert ['"type": "log"' in kind for kind in kinds] == [True, False, False]


def test_names_do_not_cover_one_another() -> None:
    together = pl.concat([ACCOUNTS[:1].with_columns(account_id=pl.lit(str(n)), contribution=pl.lit(0.5 + n / 1e6)) for n in range(12)])
    frame = quadrants(together, stability_cut=0.3, quadrant_sums=SUMS).frame
    assert frame.filter(pl.col("part") == "name").height < 12
