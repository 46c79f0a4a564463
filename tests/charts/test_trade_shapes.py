"""Pace, ladder and delivery: what is drawn where, and what is left out."""

import pytest

from charts.seasons.pace import pace
from charts.trade.delivery import delivery
from charts.trade.ladder import MOST, ladder
from tests.charts.test_shapes import DELIVERED, DELIVERY_CUTS, DELIVERY_SUMS, PACE_MONTHS, RUNG_TICKS, RUNGS


def test_a_month_that_is_over_says_how_far_it_is_from_what_was_expected() -> None:
    drawn = pace(PACE_MONTHS, metric="net_sales").frame
    assert drawn["short_text"].to_list() == ["▼ -10.0%", "▲ +20.0%", "", ""]
    assert drawn["middle"].to_list() == [None, None, 97.5, 95.0]


def test_the_running_total_draws_the_sums() -> None:
    drawn = pace(PACE_MONTHS, metric="net_sales", summed=True).frame
    assert drawn["expected"].to_list() == [100, 200, 300, 400]
    assert drawn["short_text"].to_list() == ["▼ -10.0%", "▲ +5.0%", "", ""]


def test_a_rung_far_past_its_goal_does_not_squeeze_the_others() -> None:
    drawn = ladder(RUNGS, RUNG_TICKS, title="Tier").frame.filter(part="row")
    assert drawn["done"].to_list() == [0.7, pytest.approx(MOST)]
    assert drawn["is_known"].to_list() == [True, False]


def test_a_product_without_a_model_has_no_place_and_the_zones_say_their_money() -> None:
    drawn = delivery(DELIVERED, DELIVERY_SUMS, cuts=DELIVERY_CUTS).frame
    assert drawn.filter(part="product")["product_id"].to_list() == ["p"]
    assert drawn.filter(part="corner").select("corner", "held").rows() == [("Professional, customised", "0 products · €0"), ("Process excellence", "1 product · €5")]
    assert drawn.filter(part="middle").select("corner", "standardisation", "price_percentile").rows() == [("General service", 65.0, 0.67)]
