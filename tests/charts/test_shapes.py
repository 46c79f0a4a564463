"""What every shape keeps: languages, themes, exact cuts, lengths from zero, units on axes, the finding as its text."""

from collections.abc import Callable
from decimal import Decimal

import altair as alt
import polars as pl
import pytest

from charts.bars import bars
from charts.chart import Chart
from charts.customers.concentration import concentration
from charts.customers.movers import movers
from charts.customers.pyramid import pyramid
from charts.customers.quadrants import quadrants
from charts.customers.warning import warning
from charts.heatmap import heatmap
from charts.seasons.pace import pace
from charts.seasons.season import lanes, season
from charts.trade.delivery import delivery
from charts.trade.ladder import ladder
from charts.trend import trend
from data import language
from measures.metrics import METRICS
from tests.charts.conftest import text_of, titles, walk
from tests.charts.customer_shapes import CUSTOMER_SHAPES, EMPTY_CUSTOMER_SHAPES
from tests.charts.pipeline_shapes import EMPTY_PIPELINE_SHAPES, PIPELINE_SHAPES
from tests.charts.programme_shapes import EMPTY_PROGRAMME_SHAPES, PROGRAMME_SHAPES
from tests.charts.sales_frames import (
    ABC,
    ACCOUNTS,
    DELIVERED,
    DELIVERY_CUTS,
    DELIVERY_SUMS,
    FALL,
    GAPS,
    INDEX,
    LANES,
    MONTHLY,
    MOVES,
    PACE_MONTHS,
    PAUSES,
    REGIONS,
    RUNG_TICKS,
    RUNGS,
    SUMS,
    TIERS,
    years_of_months,
)
from tests.charts.season_shapes import EMPTY_SEASON_SHAPES, SEASON_SHAPES
from tests.charts.value_shapes import EMPTY_SHAPES, VALUE_SHAPES

SHAPES: dict[str, Callable[[str], Chart]] = {
    "columns": lambda look: trend(MONTHLY, theme=look, finding="It rose", peak=(1,), off_season=(3, 4)),
    "lines": lambda look: trend(years_of_months(3), theme=look, finding="It rose", peak=(1,)),
    "bars": lambda look: bars(REGIONS, name="region", key="region_id", theme=look, finding="It rose"),
    "plain bars": lambda look: bars(REGIONS, name="region", key="region_id", comparison=None, theme=look, finding="It rose"),
    "pyramid": lambda look: pyramid(TIERS, theme=look, finding="It rose"),
    "concentration": lambda look: concentration(ABC, abc_a=0.8, abc_b=0.95, theme=look, finding="It rose"),
    "quadrants": lambda look: quadrants(ACCOUNTS, stability_cut=0.3, quadrant_sums=SUMS, theme=look, finding="It rose"),
    "season": lambda look: season(INDEX, peak=(7, 8), off_season=(1, 2), theme=look, finding="It rose"),
    "lanes": lambda look: lanes(LANES, {"North": ((7, 8), (1, 2))}, theme=look, finding="It rose"),
    "heatmap": lambda look: heatmap(GAPS, key="account_id", name="account", theme=look, finding="It rose"),
    "fall": lambda look: warning(FALL, kind="fall", theme=look, finding="It rose"),
    "silence": lambda look: warning(PAUSES, kind="silence", theme=look, finding="It rose"),
    "pace": lambda look: pace(PACE_MONTHS, metric="net_sales", theme=look, finding="It rose"),
    "ladder": lambda look: ladder(RUNGS, RUNG_TICKS, title=language._("Tier"), theme=look, finding="It rose"),
    "delivery": lambda look: delivery(DELIVERED, DELIVERY_SUMS, cuts=DELIVERY_CUTS, theme=look, finding="It rose"),
    "movers": lambda look: movers(MOVES, theme=look, finding="It rose"),
    **VALUE_SHAPES,
    **CUSTOMER_SHAPES,
    **PIPELINE_SHAPES,
    **SEASON_SHAPES,
    **PROGRAMME_SHAPES,
}


def every_shape() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)


@every_shape()
def test_the_alternative_text_is_the_finding(shape: Callable[[str], Chart]) -> None:
    assert shape("light").alt == "It rose"


@every_shape()
def test_a_shape_is_authored_once_per_theme_and_language(shape: Callable[[str], Chart]) -> None:
    english = shape("light").spec
    assert shape("light").spec is english
    dark = shape("dark").spec
    language.use("es", "EUR")
    spanish = shape("light").spec
    assert len({text_of(spec) for spec in (english, dark, spanish)}) == 3


@every_shape()
def test_a_shape_stretches_because_it_is_a_single_view(shape: Callable[[str], Chart]) -> None:
    assert not {"hconcat", "vconcat", "concat", "facet", "repeat"} & {name for node in walk(shape("light").spec) for name in node}


@every_shape()
def test_the_spec_carries_no_data_so_that_the_frame_travels_as_arrow(shape: Callable[[str], Chart]) -> None:
    carried = [node["data"] for node in walk(shape("light").spec) if "data" in node]
    assert carried == [{"name": "source"}]
    assert not [node for node in walk(shape("light").spec) if "datasets" in node or "values" in node]


@every_shape()
def test_the_spec_is_valid_vega_lite(shape: Callable[[str], Chart]) -> None:
    assert alt.Chart.from_dict(dict(shape("light").spec), validate=True).layer


@every_shape()
def test_every_title_has_its_spanish_text(shape: Callable[[str], Chart]) -> None:
    english = titles(shape("light").spec)
    language.use("es", "EUR")
    metrics = {metric.label for metric in METRICS.values()}
    assert english & titles(shape("light").spec) <= metrics | {"Total"}


@every_shape()
def test_every_field_that_the_spec_reads_is_in_the_frame(shape: Callable[[str], Chart]) -> None:
    chart = shape("light")
    made = {node["as"] for node in walk(chart.spec) if "calculate" in node}
    read = {node["field"] for node in walk(chart.spec) if isinstance(node.get("field"), str) and node["field"] not in made}
    assert read <= set(chart.frame.columns)


@every_shape()
def test_the_selection_that_is_named_is_in_the_spec(shape: Callable[[str], Chart]) -> None:
    chart = shape("light")
    assert {param["name"] for param in chart.spec.get("params", [])} == {chart.select, chart.box} - {None}


@every_shape()
def test_a_frame_holds_no_decimals(shape: Callable[[str], Chart]) -> None:
    assert not [kind for kind in shape("light").frame.dtypes if isinstance(kind, pl.Decimal)]


def test_decimals_become_floats_because_browsers_misread_them() -> None:
    frame = pl.DataFrame({"x": [Decimal("1683.00")]}, schema={"x": pl.Decimal(18, 2)})
    assert Chart({}, frame, "", 1).frame["x"].to_list() == [1683.0]


def test_money_axes_carry_the_currency() -> None:
    language.use("en", "USD")
    assert "Net sales (USD)" in titles(trend(MONTHLY).spec)
    assert "Net sales (USD)" in titles(bars(REGIONS, name="region", key="region_id").spec)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: trend(MONTHLY.clear()),
        lambda: bars(REGIONS.clear(), name="region", key="region_id"),
        lambda: pyramid(TIERS.clear()),
        lambda: concentration(ABC.clear(), abc_a=0.8, abc_b=0.95),
        lambda: quadrants(ACCOUNTS.clear(), stability_cut=0.3, quadrant_sums=SUMS.clear()),
        lambda: season(INDEX.clear()),
        lambda: lanes(LANES.clear(), {}),
        lambda: heatmap(GAPS.clear(), key="account_id", name="account"),
        lambda: movers(MOVES.clear()),
        *EMPTY_SHAPES.values(),
        *EMPTY_CUSTOMER_SHAPES.values(),
        *EMPTY_PIPELINE_SHAPES.values(),
        *EMPTY_SEASON_SHAPES.values(),
        *EMPTY_PROGRAMME_SHAPES.values(),
    ],
    ids=[
        "trend", "bars", "pyramid", "concentration", "quadrants", "season", "lanes", "heatmap", "movers", *EMPTY_SHAPES, *EMPTY_CUSTOMER_SHAPES,
        *EMPTY_PIPELINE_SHAPES, *EMPTY_SEASON_SHAPES, *EMPTY_PROGRAMME_SHAPES,
    ],
)
def test_nothing_to_draw_is_no_crash(draw: Callable[[], Chart]) -> None:
    assert draw().height > 0


def test_a_chart_of_the_same_frame_is_kept_and_another_language_draws_it_anew() -> None:
    first = trend(MONTHLY, finding="It rose")
    assert trend(MONTHLY, finding="It rose") is first
    assert trend(MONTHLY.clone(), finding="It rose") is not first
    language.use("es", "USD")
    assert trend(MONTHLY, finding="It rose").frame["value_text"][0] != first.frame["value_text"][0]
