"""What schemes pay, and what a tier is worth to both: section 13's worked examples, and lines that a person can add up."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.trade.rebate_lines import COSTS, NEVER_PAYS, PAYS, Lines, standing, switch, worth_reaching
from measures.trade.rebate_tiers import for_accounts, tiers_of
from measures.trade.rebate_year import Natural

SCHEME = {"scheme_id": pl.String, "account_id": pl.String, "measure": pl.String, "from_value": pl.Float64, "rate": pl.Float64, "retrospective": pl.Boolean}
YEAR = {"account_id": ["A"], "previous_net_sales": [8000.0], "earlier_quantity": [4000.0]}


def tiers(*steps: tuple, year: dict | None = None):
    """Tiers of account A in the scheme S from (measure, from_value, rate, retrospective)."""
    return tiers_of(for_accounts(pl.DataFrame([("S", "A", *step) for step in steps], schema=SCHEME, orient="row"), pl.DataFrame(year or YEAR)))


def line(natural: float, *steps: tuple, value: float = 500.0, margin_rate: float = 0.3, rest: float = 0.0, scale: float = 0.0, shape=(0.0,)) -> Lines:
    """Account A at 10 a unit, two units to a hl, with `value` units bought and `natural` expected, of which `rest` are forecast."""
    bought = pl.DataFrame({"account_id": ["A"], "net_sales": [10 * value], "quantity": [value], "volume": [value / 2], "margin": [10 * value * margin_rate]})
    end = Natural(np.array([natural - rest]), np.array([rest]), np.array([scale]), np.array(shape), np.nan)
    return Lines(tiers(*steps), bought, bought, end)


RETRO, MARGINAL = ("quantity", 1000.0, 0.02, True), ("quantity", 1000.0, 0.02, False)


def first_tier(found: Lines) -> dict[str, float]:
    return {name: of[0] for name, of in worth_reaching(found, np.array([0])).items()}


def test_the_growth_that_pays_for_a_retroactive_tier():
    assert round(first_tier(line(900, RETRO))["growth_needed"], 8) == round(0.07142857, 8)


@pytest.mark.parametrize(("natural", "gain", "verdict"), [(900, 100, PAYS), (950, -50, COSTS)])
def test_the_break_even_natural_volume(natural: float, gain: float, verdict: str):
    found = first_tier(line(natural, RETRO))
    assert (round(found["break_even"], 2), round(found["gain"], 6), found["verdict"]) == (933.33, gain, verdict)


def test_a_rate_that_is_not_under_the_margin_never_pays():
    found = first_tier(line(900, RETRO, margin_rate=0.02))
    assert found["verdict"] == NEVER_PAYS
    assert np.isnan(found["growth_needed"]) and np.isnan(found["break_even"])


def test_a_marginal_tier_pays_on_what_lies_beyond_it_only():
    assert line(900, MARGINAL).gain_at(np.array([1100.0])).tolist() == [pytest.approx(580)]
    assert line(900, RETRO).gain_at(np.array([1100.0])).tolist() == [pytest.approx(600 - 220)]


def test_reaching_the_tier_exactly_qualifies():
    assert tiers(RETRO).paid(np.array([[999.99, 1000.0]])).tolist() == [[0, 20]]


def test_a_second_tier_is_compared_with_what_the_first_one_pays():
    two = line(950, ("quantity", 900.0, 0.01, True), RETRO)
    found = {name: of[0] for name, of in worth_reaching(two, np.array([1])).items()}
    assert found["gain"] == pytest.approx(50 * 3 - (200 - 95))
    assert found["break_even"] == pytest.approx(1000 * (0.3 - 0.02) / (0.3 - 0.01))
    assert found["growth_needed"] == pytest.approx(0.01 / 0.28)


def test_growth_and_loyalty_are_volumes_of_this_year():
    grown = tiers(("growth", 0.05, 0.01, True), ("cumulative", 5000.0, 0.01, True))
    assert dict(zip(grown.lines["measure"], grown.start[:, 0].tolist(), strict=True)) == {"growth": 8400, "cumulative": 1000}
    assert grown.lines["counted_in"].to_list() == ["quantity", "net_sales"]
    none = tiers(("growth", 0.05, 0.01, True), year=YEAR | {"previous_net_sales": [0.0]})
    assert none.lines.is_empty()


def test_units_whose_amounts_came_to_less_than_nothing_have_no_price():
    """More was credited than sold, though units were left: a rebate below 0 would be a debt of the customer."""
    credited = pl.DataFrame({"account_id": ["A"], "net_sales": [-20.0], "quantity": [30.0], "volume": [15.0], "margin": [-30.0]})
    year = pl.DataFrame({"account_id": ["A"], "net_sales": [900.0], "quantity": [90.0], "volume": [45.0], "margin": [270.0]})
    held = line(30, ("quantity", 10.0, 0.02, True), value=30)
    told = {name: of[0] for name, of in standing(Lines(held.tiers, credited, year, held.year_end)).items()}
    assert told["paid_so_far"] == pytest.approx(30 * 0.02 * 10)


def test_an_accounts_own_tiers_take_the_place_of_those_for_all():
    rows = [("S", None, "net_sales", 100.0, 0.01, True), ("S", "A", "net_sales", 200.0, 0.02, True), ("T", None, "net_sales", 300.0, 0.03, True)]
    held = for_accounts(pl.DataFrame(rows, schema=SCHEME, orient="row"), pl.DataFrame(YEAR))
    assert held.select("scheme_id", "from_value", "is_own").sort("scheme_id").rows() == [("S", 200, True), ("T", 300, False)]


def test_the_distance_is_told_in_whole_cases_and_in_money():
    found = {name: of[0] for name, of in standing(line(900, ("volume", 300.3, 0.02, True))).items()}
    assert (found["distance"], found["distance_cases"], found["distance_amount"]) == (pytest.approx(50.3), 101, pytest.approx(1006))
    assert found["worth"] == pytest.approx(0.02 * 6006)


def test_the_accrual_is_the_chance_of_reaching_times_the_rate_on_the_sales_so_far():
    even = line(950, RETRO, rest=400, scale=0.25, shape=(-2.0, -1.0, 0.0, 1.0, 2.0))
    assert even.chance.tolist() == [[0.4]]
    assert even.accrual.tolist() == [pytest.approx(0.4 * 0.02 * 5000)]
    assert even.expected_rebate.tolist() == [pytest.approx((1050 + 1150) / 5 * 10 * 0.02)]


def test_a_marginal_tier_accrues_what_is_expected_beyond_it():
    even = line(950, MARGINAL, rest=400, scale=0.25, shape=(-2.0, -1.0, 0.0, 1.0, 2.0))
    assert even.expected_rebate.tolist() == [pytest.approx((50 + 150) / 5 * 10 * 0.02)]
    assert even.accrual.tolist() == [pytest.approx((50 / 1050 + 150 / 1150) / 5 * 0.02 * 5000)]


def test_what_accrues_is_exact_where_the_tier_is_reached_for_sure_however_the_errors_lean():
    leaning = line(1500, ("quantity", 400.0, 0.02, False), rest=400, scale=0.25, shape=(-1.0, 0.0, 4.0))
    assert leaning.chance.tolist() == [[1.0]]
    assert leaning.expected_rebate.tolist() == [pytest.approx((1000 + 1100 + 1500) / 3 * 10 * 0.02)]
    assert leaning.accrual.tolist() == [pytest.approx((1000 / 1400 + 1100 / 1500 + 1500 / 1900) / 3 * 0.02 * 5000)]


def test_a_retrospective_tier_takes_the_place_of_marginal_ones_before_it_and_those_after_it_add_to_it():
    both = tiers(("quantity", 100.0, 0.01, False), ("quantity", 200.0, 0.02, True), ("quantity", 300.0, 0.03, False))
    assert both.paid(np.array([[150.0, 200.0, 300.0, 400.0]])).tolist() == [[pytest.approx(0.5), 4, 6, pytest.approx(8 + 1)]]


def test_without_a_natural_year_only_what_is_reached_accrues():
    found = line(np.nan, ("quantity", 400.0, 0.01, True), RETRO)
    assert found.accrual.tolist() == [pytest.approx(50)]
    assert np.isnan(found.chance[0, 1])


def test_buying_elsewhere_costs_the_customer_the_tier():
    found = switch(line(1010, RETRO), 0.1)
    assert (found["moved_amount"][0], found["switch_cost"][0]) == (pytest.approx(510), pytest.approx(202))
    assert found["switch_discount"][0] == pytest.approx(202 / 510)


@given(st.lists(st.tuples(st.floats(1, 1e6), st.floats(0, 0.5)), min_size=1, max_size=5), st.floats(-1e6, 1e7), st.booleans())
def test_the_tiers_pay_as_a_person_would_reckon(steps, value, retrospective):
    ordered = sorted(steps)
    paid = tiers(*(("net_sales", start, rate, retrospective) for start, rate in ordered)).paid_at(np.array([value]))[0]
    reached = [(start, rate) for start, rate in ordered if value >= start]
    if retrospective:
        expected = value * reached[-1][1] if reached else 0.0
    else:
        ends = [*(start for start, _rate in reached[1:]), value][: len(reached)]
        expected = sum((end - start) * rate for (start, rate), end in zip(reached, ends, strict=True))
    assert paid == pytest.approx(expected, abs=1e-3)
