"""Net sales by month: columns or lines, last year, target, seasons as bands, incomplete months."""

from datetime import date

import polars as pl

from charts.trend import trend
from tests.charts.conftest import marks
from tests.charts.sales_frames import MONTHLY, years_of_months


def test_columns_begin_at_zero() -> None:
    scales = [layer["encoding"]["y"]["scale"] for layer in marks(trend(MONTHLY).spec, "bar")]
    assert scales
    assert all(scale["zero"] for scale in scales)


def test_an_incomplete_month_is_hatched_and_has_no_change() -> None:
    chart = trend(MONTHLY)
    hatched = [layer for layer in marks(chart.spec, "bar") if isinstance(layer["mark"].get("color"), dict)]
    assert [layer["transform"][-1]["filter"] for layer in hatched] == ["!datum.complete"]
    assert chart.frame.filter(~pl.col("complete"))["change_text"].to_list() == ["–"]


def test_the_target_is_an_outline_and_last_year_is_grey() -> None:
    layers = marks(trend(MONTHLY).spec, "bar")
    assert [layer["mark"].get("filled") for layer in layers if layer["encoding"]["y"]["field"] == "target"] == [False]
    assert [layer["mark"]["color"] for layer in layers if layer["encoding"]["y"]["field"] == "previous"] == ["#BAC3CC"]


def test_series_without_values_are_not_drawn() -> None:
    spec = trend(MONTHLY.select("month", "net_sales")).spec
    assert {layer["encoding"]["y"]["field"] for layer in marks(spec, "bar")} == {"value"}


def test_two_years_are_columns_and_more_are_lines() -> None:
    assert not marks(trend(years_of_months(2)).spec, "line")
    assert marks(trend(years_of_months(3)).spec, "line")


def test_series_are_named_at_the_last_complete_month_without_touching() -> None:
    ends = trend(MONTHLY).frame.filter(pl.col("part") == "end")
    assert dict(ends["series", "end_text"].iter_rows()) == {"value": "Actual", "previous": "Last year", "target": "Target"}
    heights = sorted(ends["end"])
    assert min(high - low for low, high in zip(heights, heights[1:], strict=False)) >= 0.065 * 110 - 1e-6
    assert set(ends["month"]) == {date(2026, 3, 1)}


def test_seasons_are_bands_over_their_months() -> None:
    frame = trend(MONTHLY, peak=(1,), off_season=(3, 4)).frame.filter(pl.col("part") == "month")
    assert frame["season"].to_list() == ["peak", None, "off_season", "off_season"]


def test_of_several_metrics_the_chosen_one_stands_beside_its_own_last_year() -> None:
    months = {"month": [date(2026, 1, 1)] * 2, "metric": ["net_sales", "quantity"], "value": [900.0, 9.0], "previous": [800.0, 8.0], "target": [None, 7.0]}
    drawn = trend(pl.DataFrame(months), metric="quantity").frame.filter(pl.col("part") == "month")
    assert drawn.select("value", "previous", "target", "change").rows() == [(9.0, 8.0, 7.0, 0.125)]
