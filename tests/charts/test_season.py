"""Seasonal indices by month, one scope or several under one another."""

import polars as pl

from charts.seasons.season import calendar_run, lanes, season
from tests.charts.conftest import marks
from tests.charts.sales_frames import INDEX, LANES


def test_the_value_of_a_column_just_under_one_stands_above_the_line() -> None:
    index = pl.DataFrame({"month": [1, 2, 3], "seasonal_index": [0.5, 0.94, 1.56]})
    over = season(index).frame.filter(pl.col("part") == "month")["over"].to_list()
    assert over == [0.5, 1.0, 1.56]


def test_the_reference_of_a_season_is_drawn_at_one() -> None:
    chart = season(INDEX, peak=(7,), off_season=(1,))
    assert chart.frame.filter(pl.col("part") == "one")["seasonal_index"].to_list() == [1.0]
    dashed = [rule for rule in marks(chart.spec, "rule") if rule["mark"].get("strokeDash")]
    assert len(dashed) == 1


def test_a_month_of_a_season_has_its_interval_where_it_is_known() -> None:
    bounds = INDEX.with_columns(low=pl.col("seasonal_index") * 0.9, high=pl.col("seasonal_index") * 1.1)
    known, unknown = (season(frame, peak=(7,)).frame.filter(pl.col("part") == "month") for frame in (bounds, INDEX))
    assert (known["high"] > known["low"]).all()
    assert unknown["low"].null_count() == unknown.height


def test_a_run_of_months_wraps_the_year() -> None:
    assert calendar_run(11, 3) == (11, 12, 1)
    assert calendar_run(None, None) == ()


def test_lanes_share_one_scale() -> None:
    frame = lanes(LANES, {"North": ((7, 8), (1, 2))}).frame
    heights = dict(frame.filter(pl.col("month") == 12)["scope", "height"].iter_rows())
    assert heights["North"] == heights["South"]
    assert frame.filter(pl.col("scope") == "South")["season"].null_count() == 12
