"""Accounts by tier: the pyramid, the cumulative curve beside it, the moves between tiers."""

import polars as pl
import pytest

from charts.customers.concentration import concentration
from charts.customers.movers import movers
from charts.customers.pyramid import pyramid
from tests.charts.conftest import marks
from tests.charts.sales_frames import ABC, MOVES, TIERS


def test_bands_are_as_wide_as_their_accounts() -> None:
    frame = pyramid(TIERS).frame
    assert (frame["end"] - frame["start"]).to_list() == [1.0, 2.0, 3.0, 4.0]
    assert frame["worth"].to_list() == ["60% of net sales", "20% of net sales", "15% of net sales", "5% of net sales"]
    assert frame["detail"][:2].to_list() == ["1 account · €60", "2 accounts · €20"]


def test_abc_cuts_are_drawn_where_they_are_set() -> None:
    chart = concentration(ABC, abc_a=0.7, abc_b=0.9)
    assert chart.frame.filter(pl.col("part") == "cut")["reached"].to_list() == [0.7, 0.9]
    assert len(marks(chart.spec, "rule")) == 1


def test_the_curve_ends_at_one_and_leaves_out_who_has_no_class() -> None:
    curve = concentration(ABC, abc_a=0.8, abc_b=0.95).frame.filter(pl.col("part") == "curve")
    assert curve["rank"].to_list() == [0, 1, 2, 3, 4]
    assert curve["reached"].to_list() == pytest.approx([0, 0.5, 0.8, 0.95, 1])


def test_a_long_curve_is_thinned_but_keeps_each_class_end() -> None:
    many = pl.DataFrame({"share": [1 / 5000] * 5000}).with_columns(
        cumulative_share_before=pl.col("share").cum_sum() - pl.col("share"), net_sales=pl.lit(1.0), abc=pl.Series(["A"] * 4001 + ["C"] * 999)
    )
    curve = concentration(many, abc_a=0.8, abc_b=0.95).frame.filter(pl.col("part") == "curve")
    assert curve.height < 500
    assert {4001, 5000} <= set(curve["rank"])


def test_moves_up_down_and_unchanged_are_told_apart() -> None:
    frame = movers(MOVES).frame
    told = {(start, end): kind for start, end, kind in frame["from_tier", "to_tier", "direction"].iter_rows()}
    assert told == {
        ("vip", "vip"): "same", ("vip", "large"): "down", ("small", "vip"): "up", ("new", "small"): "up", ("large", "lost"): "down",
    }  # fmt: skip
