"""What every shape keeps: languages, themes, exact cuts, lengths from zero, units on axes, the finding as its text."""

from collections.abc import Callable
from datetime import date
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
from charts.seasons.season import calendar_run, lanes, season
from charts.trade.delivery import delivery
from charts.trade.ladder import ladder
from charts.trend import trend
from data import language
from measures.metrics import METRICS
from tests.charts.conftest import marks, text_of, titles, walk
from tests.charts.customer_shapes import CUSTOMER_SHAPES, EMPTY_CUSTOMER_SHAPES
from tests.charts.pipeline_shapes import EMPTY_PIPELINE_SHAPES, PIPELINE_SHAPES
from tests.charts.programme_shapes import EMPTY_PROGRAMME_SHAPES, PROGRAMME_SHAPES
from tests.charts.season_shapes import EMPTY_SEASON_SHAPES, SEASON_SHAPES
from tests.charts.value_shapes import EMPTY_SHAPES, VALUE_SHAPES

MONTHS = [date(2026, month, 1) for month in range(1, 5)]
MONTHLY = pl.DataFrame(
    {"month": MONTHS, "net_sales": [100.0, 110.0, 90.0, 20.0], "previous": [90.0, 100.0, 100.0, 95.0],
     "target": [105.0, 105.0, 105.0, 105.0], "complete": [True, True, True, False]}
)  # fmt: skip
REGIONS = pl.DataFrame(
    {"region_id": [f"R{n:02}" for n in range(14)], "region": [f"Region {n}" for n in range(14)],
     "net_sales": [float(100 - n) for n in range(14)], "previous": [100.0] * 14}
)  # fmt: skip
TIERS = pl.DataFrame(
    {"tier": ["vip", "large", "medium", "small", "unrated"], "accounts": [1, 2, 3, 4, 9], "net_sales": [60.0, 20.0, 15.0, 5.0, 0.0],
     "share": [0.6, 0.2, 0.15, 0.05, 0.0]}
)  # fmt: skip
ABC = pl.DataFrame(
    {"net_sales": [500.0, 300.0, 150.0, 50.0, -5.0], "share": [0.5, 0.3, 0.15, 0.05, None],
     "cumulative_share_before": [0.0, 0.5, 0.8, 0.95, None], "abc": ["A", "A", "B", "C", "none"]}
)  # fmt: skip
ACCOUNTS = pl.DataFrame(
    {"account_id": ["a", "b", "c", "d", "e"], "account": ["Aurora", "Bravo", "Costa", "Delta", "Enero"],
     "contribution": [0.5, 0.4, 0.05, 0.05, None], "stability_cv": [0.1, 0.5, 0.2, 0.6, None],
     "standard_error": [0.02, 0.08, 0.05, 0.1, None], "p_stable": [1.0, 0.0, 0.5, 0.0, None], "status": ["ok", "ok", "provisional", "ok", "new"],
     "quadrant": ["EI", "EII", "EIII", "EIV", None], "quadrant_by_cut": ["EI", "EII", "EIV", "EIV", None], "is_held": [False, False, True, False, False],
     "is_borderline": [False, False, True, False, False], "net_sales": [50.0, 40.0, 5.0, 5.0, 1.0]}
)  # fmt: skip
SUMS = pl.DataFrame({"quadrant": ["EI", "EII", "EIII", "EIV"], "accounts": [1, 1, 1, 0], "net_sales": [50.0, 40.0, 5.0, 0.0], "share": [0.5, 0.4, 0.05, 0.0]})
INDEX = pl.DataFrame({"month": list(range(1, 13)), "seasonal_index": [0.5] * 6 + [1.5] * 6})
LANES = pl.concat([INDEX.with_columns(scope_name=pl.lit(name)) for name in ("North", "South")])
GAPS = pl.DataFrame(
    {"account_id": [f"a{n:02}" for n in range(15) for _month in MONTHS[:2]], "account": [f"Account {n}" for n in range(15) for _month in MONTHS[:2]],
     "month": MONTHS[:2] * 15, "gap": [float(n) for n in range(30)]}
)  # fmt: skip
MOVES = pl.DataFrame({"from_tier": ["vip", "vip", "small", "new", "large"], "to_tier": ["vip", "large", "vip", "small", "lost"], "accounts": [1, 1, 1, 1, 1], "net_sales": [9.0, 5.0, 4.0, 1.0, 0.0]})
FALL = pl.DataFrame({"month": MONTHS, "bought": [100.0, 90.0, 40.0, 0.0], "expected": [100.0] * 4, "cusum": [0.0, 0.0, 2.5, 5.0], "is_below": [False, False, True, True]})
PAUSES = pl.DataFrame({"pause_days": [7, 14, 60], "pauses": [2, 5, 1], "is_open": [False, False, True]})
PACE_MONTHS = pl.DataFrame(
    {"month": MONTHS, "is_over": [True, True, False, False], "actual": [90.0, 120.0, 10.0, None], "expected": [100.0] * 4,
     "projection_low": [None, None, 95.0, 90.0], "projection_high": [None, None, 100.0, 100.0], "actual_sum": [90.0, 210.0, 220.0, None],
     "expected_sum": [100.0, 200.0, 300.0, 400.0], "low_sum": [None, None, 305.0, 395.0], "high_sum": [None, None, 310.0, 410.0]}
)  # fmt: skip
RUNGS = pl.DataFrame(
    {"name": ["Aurora", "Bravo"], "key": ["a", "b"], "done": [0.7, 1.4], "natural": [0.9, None], "label": ["1", "2"], "short": ["1", "2"],
     "tone": ["better", "plain"], "detail": ["", ""]}
)  # fmt: skip
RUNG_TICKS = pl.DataFrame({"name": ["Aurora"], "at": [0.5], "tick_text": ["50"]})
DELIVERED = pl.DataFrame(
    {"product_id": ["p", "q"], "product": ["Pale", "Quad"], "price_percentile": [0.25, None], "standardisation": [90.0, 10.0],
     "delivery_model": ["process", None], "net_sales": [5.0, 6.0]}
)  # fmt: skip
DELIVERY_SUMS = pl.DataFrame({"delivery_model": ["professional", "general", "process"], "products": [0, 0, 1], "net_sales": [0.0, 0.0, 5.0]})
DELIVERY_CUTS = {"value_high": 0.67, "value_low": 0.33, "standard_high": 80.0, "standard_low": 50.0}

SHAPES: dict[str, Callable[[str], Chart]] = {
    "columns": lambda look: trend(MONTHLY, theme=look, finding="It rose", peak=(1,), off_season=(3, 4)),
    "lines": lambda look: trend(_years(3), theme=look, finding="It rose", peak=(1,)),
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


def _years(years: int) -> pl.DataFrame:
    months = [date(2020 + year, month, 1) for year in range(years) for month in range(1, 13)]
    return pl.DataFrame({"month": months, "net_sales": [float(n) for n in range(len(months))]})


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


def test_columns_begin_at_zero() -> None:
    scales = [layer["encoding"]["y"]["scale"] for layer in marks(trend(MONTHLY).spec, "bar")]
    assert scales
    assert all(scale["zero"] for scale in scales)


def test_bars_begin_at_zero() -> None:
    scales = [layer["encoding"]["x"]["scale"] for layer in marks(bars(REGIONS, name="region", key="region_id").spec, "bar")]
    assert len(scales) == 3
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
    assert not marks(trend(_years(2)).spec, "line")
    assert marks(trend(_years(3)).spec, "line")


def test_series_are_named_at_the_last_complete_month_without_touching() -> None:
    ends = trend(MONTHLY).frame.filter(pl.col("part") == "end")
    assert dict(ends["series", "end_text"].iter_rows()) == {"value": "Actual", "previous": "Last year", "target": "Target"}
    heights = sorted(ends["end"])
    assert min(high - low for low, high in zip(heights, heights[1:], strict=False)) >= 0.065 * 110 - 1e-6
    assert set(ends["month"]) == {date(2026, 3, 1)}


def test_seasons_are_bands_over_their_months() -> None:
    frame = trend(MONTHLY, peak=(1,), off_season=(3, 4)).frame.filter(pl.col("part") == "month")
    assert frame["season"].to_list() == ["peak", None, "off_season", "off_season"]


def test_bars_of_one_name_are_told_apart_by_their_ids() -> None:
    rows = pl.DataFrame({"k": ["1", "2", "3"], "n": ["Red, 48", "Red, 48", "Blue"], "net_sales": [3.0, 2.0, 1.0]})
    assert bars(rows, name="n", key="k", comparison=None).frame["name"].to_list() == ["Red, 48 (1)", "Red, 48 (2)", "Blue"]


def test_ten_rows_then_others_with_their_sum() -> None:
    frame = bars(REGIONS, name="region", key="region_id").frame
    assert frame.height == 11
    assert frame.row(-1, named=True)["name"] == "Others (4)"
    assert frame["value"].sum() == REGIONS["net_sales"][:10].sum()
    assert frame["value_text"][-1].split(" · ")[0] == f"€{REGIONS['net_sales'][10:].sum():.0f}"
    assert frame["value"][:10].is_sorted(descending=True)


def test_others_that_would_press_the_named_bars_flat_are_written_not_drawn() -> None:
    rows = pl.DataFrame({"k": [str(n) for n in range(30)], "n": [f"A{n:02}" for n in range(30)], "net_sales": [10.0] * 30, "previous": [9.0] * 30})
    last = bars(rows, name="n", key="k").frame.row(-1, named=True)
    assert (last["name"], last["value_text"], last["value"], last["comparison"]) == ("Others (20)", "€200 · 67% of all, not drawn", None, None)
    assert (last["variance"], last["variance_text"], last["rate_text"]) == (None, "+€20", "▲ +11.1%")
    small = bars(rows[:12], name="n", key="k").frame.row(-1, named=True)
    assert (small["value_text"], small["value"], small["variance"]) == ("€20", 20.0, 2.0)


def test_averages_have_no_sum_of_others() -> None:
    rows = pl.DataFrame({"k": [str(n) for n in range(14)], "n": [f"A{n:02}" for n in range(14)], "net_sales": [7.0] * 14, "previous": [6.0] * 14})
    last = bars(rows, name="n", key="k", summed=False).frame.row(-1, named=True)
    assert (last["name"], last["value_text"], last["value"], last["comparison"], last["rate_text"]) == ("Others (4)", "in the table", None, None, "")


def test_eleven_rows_are_all_shown() -> None:
    assert bars(REGIONS[:11], name="region", key="region_id").frame["name"].to_list() == REGIONS["region"][:11].to_list()


def test_what_lacks_most_can_come_first_however_little_it_sells() -> None:
    rows = pl.DataFrame({"k": ["a", "b", "c"], "n": ["A", "B", "C"], "net_sales": [900.0, 50.0, 70.0], "expected": [905.0, 90.0, None]})
    shown = bars(rows, name="n", key="k", comparison="expected", by_variance=True).frame
    assert shown.select("key", "variance").rows() == [("b", -40.0), ("a", -5.0), ("c", None)]


def test_variance_says_better_or_worse_by_sign_arrow_and_colour() -> None:
    frame = bars(pl.DataFrame({"k": ["a", "b"], "n": ["A", "B"], "net_sales": [110.0, 90.0], "previous": [100.0, 100.0]}), name="n", key="k").frame
    assert frame["variance_text"].to_list() == ["+€10", "-€10"]
    assert frame["rate_text"].to_list() == ["▲ +10.0%", "▼ -10.0%"]
    assert frame["is_better"].to_list() == [True, False]


def test_more_returns_are_worse() -> None:
    frame = pl.DataFrame({"k": ["a"], "n": ["A"], "return_rate": [0.2], "previous": [0.1]})
    assert bars(frame, name="n", key="k", value="return_rate").frame["is_better"].to_list() == [False]


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


def test_moves_up_down_and_unchanged_are_told_apart() -> None:
    frame = movers(MOVES).frame
    told = {(start, end): kind for start, end, kind in frame["from_tier", "to_tier", "direction"].iter_rows()}
    assert told == {
        ("vip", "vip"): "same", ("vip", "large"): "down", ("small", "vip"): "up", ("new", "small"): "up", ("large", "lost"): "down",
    }  # fmt: skip


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


def test_texts_in_the_frame_follow_the_language() -> None:
    language.use("es", "EUR")
    frame = bars(REGIONS, name="region", key="region_id").frame
    assert frame["name"][-1] == "Otros (4)"
    assert frame["rate_text"][1] == "▼ -1,0\u00a0%"


def test_a_chart_of_the_same_frame_is_kept_and_another_language_draws_it_anew() -> None:
    first = trend(MONTHLY, finding="It rose")
    assert trend(MONTHLY, finding="It rose") is first
    assert trend(MONTHLY.clone(), finding="It rose") is not first
    language.use("es", "USD")
    assert trend(MONTHLY, finding="It rose").frame["value_text"][0] != first.frame["value_text"][0]
