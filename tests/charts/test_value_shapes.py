"""Flow, waterfall, Lorenz curve, bands of lifetime value, indicator bars, matrix and bases: what each draws of small frames."""

import polars as pl
import pytest

from charts.customers.alive import alive
from charts.customers.bases import Side, bases
from charts.customers.flow import GAP, flow
from charts.customers.indicator_bars import ZONE, indicator_bars
from charts.customers.lasso import lasso
from charts.customers.lorenz import lorenz
from charts.waterfall import waterfall
from data import language
from tests.charts.conftest import text_of, titles
from tests.charts.test_shapes import ACCOUNTS, SUMS
from tests.charts.value_shapes import (
    ACROSS,
    CELLS,
    CLASSED,
    CURVE,
    HEADING,
    LIFETIME,
    SCORED,
    STEPS,
    STREAMS,
    UP,
    WEIGHTS,
    a_matrix,
)


def test_streams_are_as_wide_as_their_accounts_at_both_ends() -> None:
    """Ten accounts: four stay VIP, so that this stream is four tenths of the height everywhere."""
    streams = flow(STREAMS).frame.filter(pl.col("part") == "stream")
    stays = streams.filter(pl.col("from_tier") == "vip", pl.col("to_tier") == "vip")
    assert (stays["bottom"] - stays["top"]).to_list() == pytest.approx([0.4] * stays.height)
    assert stays["probability_text"].unique().to_list() == ["66.7%"]
    assert dict(streams.select("to_tier", "direction").unique().filter(pl.col("to_tier") == "lost").iter_rows()) == {"lost": "down"}


def test_blocks_stand_in_the_order_of_the_tiers_without_covering_one_another() -> None:
    left = flow(STREAMS).frame.filter(pl.col("part") == "left")
    assert left["label"].to_list() == ["VIP · 6", "Large · 1", "Small · 2", "No sales · 1"]
    assert left["top"].to_list() == pytest.approx([0, 0.6 + GAP, 0.7 + 2 * GAP, 0.9 + 3 * GAP])
    assert left["bottom"].to_list() == pytest.approx([0.6, 0.7 + GAP, 0.9 + 2 * GAP, 1 + 3 * GAP])


def test_streams_of_a_block_fill_it_in_the_order_of_the_other_side() -> None:
    first = flow(STREAMS).frame.filter(pl.col("part") == "stream").group_by("from_tier", "to_tier").first()
    ends = {(start, end): (top, bottom) for start, end, top, bottom in first.select("from_tier", "to_tier", "top", "bottom").iter_rows()}
    assert ends["vip", "vip"] == pytest.approx((0, 0.4))
    assert ends["vip", "large"] == pytest.approx((0.4, 0.6))


def test_a_waterfall_step_begins_where_the_last_one_ended_and_a_total_at_zero() -> None:
    frame = waterfall(STEPS, title="Year").frame
    assert frame.select("start", "end").rows() == [(0, 100), (100, 70), (0, 70), (70, 90)]
    assert frame["tone"].to_list() == ["up", "down", "total", "up"]
    assert frame["label"].to_list() == ["+€100", "-€30", "€70", "+€20"]
    assert frame["is_hollow"].to_list() == [False, False, False, True]


def test_a_waterfall_that_begins_with_a_total_steps_from_it() -> None:
    steps = pl.DataFrame({"name": ["then", "more", "now"], "amount": [100.0, 20.0, 120.0], "kind": ["total", "step", "total"]})
    assert waterfall(steps, title="Year").frame.select("start", "end").rows() == [(0, 100), (100, 120), (0, 120)]


def test_a_waterfall_below_zero_crosses_the_axis() -> None:
    steps = pl.DataFrame({"name": ["a", "b"], "amount": [10.0, -25.0], "kind": ["step", "step"]})
    assert waterfall(steps, title="Year").frame.select("start", "end").rows() == [(0, 10), (10, -15)]


def test_lorenz_writes_gini_only_where_it_has_a_meaning() -> None:
    assert "Gini 0.40" in text_of(lorenz(CURVE, gini=0.4).spec)
    assert "Gini" not in text_of(lorenz(CURVE, gini=None).spec)
    curve = lorenz(CURVE, gini=0.4).frame.filter(pl.col("part") == "curve")
    assert curve.select("accounts_text", "value_text").row(1) == ("50.0%", "20.0%")


def test_customers_are_banded_by_their_probability_and_the_surest_are_on_top() -> None:
    frame = alive(LIFETIME).frame
    assert frame["name"].to_list() == ["80% – 100%", "60% – 80%", "40% – 60%", "20% – 40%", "0% – 20%"]
    assert frame["accounts"].to_list() == [2, 1, 0, 1, 1]
    assert frame["expected_value"].to_list() == [150, 30, 0, 4, 1]
    assert frame["label"][0] == "€150 · 2 customers"


def test_an_accounts_bars_are_its_percentiles_and_an_unknown_one_has_none() -> None:
    bars = indicator_bars(SCORED, WEIGHTS).frame.filter(pl.col("part") == "bar")
    length = {(key, text): end - start for key, text, start, end in bars.select("account_id", "indicator_text", "start", "end").iter_rows()}
    assert length["a", "Net sales"] == pytest.approx(ZONE)
    assert length["b", "Net sales"] == pytest.approx(ZONE / 2)
    assert length["b", "Credit"] == 0
    assert bars.filter(pl.col("account_id") == "b")["percentile_text"].to_list() == ["50%", "–"]


def test_indicator_bars_name_weights_and_scores_and_tell_namesakes_apart() -> None:
    frame = indicator_bars(SCORED, WEIGHTS).frame
    assert frame.filter(pl.col("part") == "head")["weight_text"].to_list() == ["75%", "25%"]
    assert frame.filter(pl.col("part") == "score").select("name", "score_text").rows() == [("Aurora", "0.90"), ("Bravo (b)", "0.50"), ("Bravo (c)", "0.25")]
    assert indicator_bars(SCORED, WEIGHTS, limit=1).frame.filter(pl.col("part") == "score").height == 1


def test_a_matrix_keeps_the_order_of_its_codes_and_an_unknown_cell_is_no_zero() -> None:
    frame = a_matrix(CELLS).frame
    assert frame.select("row_place", "column_place").rows() == [(0, 0), (0, 1), (1, 0)]
    assert frame["is_known"].to_list() == [True, False, True]
    assert HEADING in titles(a_matrix(CELLS).spec)


def test_bases_draw_who_both_sides_know_and_the_line_where_the_best_class_begins() -> None:
    frame = bases(CLASSED, ACROSS, UP).frame
    points = frame.filter(pl.col("part") == "account")
    assert points.select("account_id", "x", "y", "x_class", "y_class").rows() == [("a", 0.9, 1.0, "EI", "Good"), ("b", 0.2, 0.4, "EIV", "Poor")]
    assert frame.filter(pl.col("part") == "x_cut")["x"].to_list() == [0.7]
    assert "y_cut" not in frame["part"]


def test_axes_of_bases_carry_their_measure_and_unit_in_the_readers_language() -> None:
    assert ACROSS.title == "Performance and loyalty: Regularity (%)"
    language.use("es", "EUR")
    assert Side("amount", "net_sales", 500.0).title == "Importe: Ventas netas (EUR)"


def test_an_account_without_a_quadrant_is_grey_and_money_opens_up_at_the_small_end() -> None:
    chart = bases(CLASSED, Side("amount", "net_sales", 500.0), Side("amount", "net_sales", 500.0))
    assert dict(chart.frame.filter(pl.col("part") == "account").select("account_id", "quadrant").iter_rows())["c"] == "none"
    assert '"type": "sqrt"' in text_of(chart.spec)


def test_the_lasso_holds_the_maps_points_with_their_ids_and_reads_no_markup_in_names() -> None:
    marked = ACCOUNTS.with_columns(account=pl.lit("<b>Ann</b>"))
    figure = lasso(marked, stability_cut=0.25, quadrant_sums=SUMS)
    (marks,) = figure.data
    assert [key for (key,) in marks.customdata] == ["a", "b", "c", "d"]
    assert list(marks.x) == pytest.approx([0.1**0.5, 0.5**0.5, 0.2**0.5, 0.6**0.5])
    assert [symbol == "circle-open" for symbol in marks.marker.symbol] == [False, False, True, False]
    assert "&lt;b&gt;Ann&lt;/b&gt;" in marks.text[0]
    assert figure.layout.shapes[0].x0 == 0.5
    assert figure.layout.dragmode == "lasso"
    assert [text.rsplit("<br>", 1)[1] for text in marks.text] == ["clear", "clear", "kept by the dead band; by the cut alone EIV Liquidate", "clear"]


def test_the_lasso_of_nothing_is_no_crash() -> None:
    assert len(lasso(ACCOUNTS.clear(), stability_cut=0.25, quadrant_sums=SUMS.clear()).data[0].x) == 0
