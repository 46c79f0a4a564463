"""Rows by month as a heat map with its margins."""

import polars as pl
import pytest

from charts.heatmap import heatmap
from tests.charts.conftest import walk
from tests.charts.sales_frames import GAPS


def test_heat_map_totals_stand_on_both_margins_and_add_up() -> None:
    frame = heatmap(GAPS, key="account_id", name="account").frame
    margins = frame.filter(pl.col("part") == "margin")
    whole = margins.filter(pl.col("row") == "total", pl.col("month").is_null())["value"].item()
    assert whole == GAPS["gap"].sum() == frame.filter(pl.col("part") == "cell")["value"].sum()
    assert margins.filter(pl.col("row") == "total", pl.col("month").is_not_null())["value"].sum() == whole
    assert margins.filter(pl.col("row") != "total")["value"].sum() == whole


def test_heat_map_keeps_twelve_rows_then_others() -> None:
    frame = heatmap(GAPS, key="account_id", name="account").frame.filter(pl.col("part") == "cell")
    assert frame["row"].n_unique() == 13
    assert "Others (3)" in frame["name"].to_list()


def test_the_sum_of_others_does_not_pale_the_named_rows() -> None:
    frame = heatmap(GAPS, key="account_id", name="account", limit=2).frame.filter(pl.col("part") == "cell")
    assert frame.filter(pl.col("row") != "others")["heat"].max() == 1
    assert frame.filter(pl.col("row") == "others")["heat"].to_list() == [1, 1]


def test_a_board_of_rounding_alone_stays_pale() -> None:
    frame = heatmap(GAPS.with_columns(gap=pl.lit(0.4)), key="account_id", name="account").frame.filter(pl.col("part") == "cell", pl.col("row") != "others")
    assert frame["heat"].to_list() == pytest.approx([0.1] * frame.height)


def test_heat_diverges_at_zero() -> None:
    scale = next(node for node in walk(heatmap(GAPS, key="account_id", name="account").spec) if node.get("interpolate") == "lab")
    assert scale["domain"] == [-1, 0, 1]
