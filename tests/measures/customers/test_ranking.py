"""Ranking: the worked examples, exact cuts, ties and negative values."""

from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.customers import ranking


def accounts(*values, keys=None) -> pl.DataFrame:
    return pl.DataFrame({"account_id": keys or [f"D{place:02}" for place in range(len(values))], "net_sales": values})


def classes(frame: pl.DataFrame, **options) -> list:
    return ranking.abc(frame, **options)["abc"].to_list()


def test_the_worked_abc_has_three_three_and_four():
    assert classes(accounts(500, 200, 100, 80, 50, 30, 20, 10, 6, 4)) == list("AAABBBCCCC")


@pytest.mark.parametrize("kind", [float, Decimal, str])
def test_the_account_after_exactly_eighty_percent_is_b_in_doubles_and_decimals(kind):
    values = [kind(value) for value in ("0.5", "0.2", "0.1", "0.1", "0.1")]
    if kind is str:
        values = [int(Decimal(value) * 10) for value in values]
    assert sum([0.5, 0.2, 0.1]) < 0.8
    assert classes(accounts(*values)) == list("AAABB")


def test_shares_before_and_own_shares_are_of_the_positive_total():
    found = ranking.ranked(accounts(-50, 100, 300, None, 0))
    assert found["net_sales"].to_list()[:2] == [300, 100]
    assert found["share"].to_list() == [0.75, 0.25, None, None, None]
    assert found["cumulative_share_before"].to_list() == [0.0, 0.75, None, None, None]
    assert classes(accounts(-50, 100, 300, None, 0)) == ["A", "A", None, None, None]


def test_equal_values_are_ranked_by_their_key_as_text():
    found = ranking.ranked(accounts(10, 10, 10, keys=["9", "10", "1"]))
    assert found["account_id"].to_list() == ["1", "10", "9"]
    numbers = pl.DataFrame({"account_id": [9, 10], "net_sales": [1, 1]})
    assert ranking.ranked(numbers)["account_id"].to_list() == [10, 9]


def test_a_single_account_has_share_one_and_is_a_and_high():
    found = ranking.abc(accounts(42.5))
    assert found.select("share", "cumulative_share_before", "abc").rows() == [(1.0, 0.0, "A")]
    assert ranking.high_contribution(accounts(42.5), "net_sales")["is_high"].to_list() == [True]


def test_high_contribution_ends_where_eighty_percent_are_before():
    found = ranking.high_contribution(accounts(80, 15, 5, -1), "net_sales")
    assert found["is_high"].to_list() == [True, False, False, None]


def test_equal_values_are_all_high_if_the_first_of_them_is():
    values = pl.Series([30.0, None, 50.0, -5.0, 30.0, 0.0])
    assert ranking.high_alike(values, 0.5).to_list() == [True, False, True, False, True, False]
    assert ranking.high_alike(values, 0.45).to_list() == [False, False, True, False, False, False]
    assert ranking.high_alike(pl.Series([], dtype=pl.Float64)).to_list() == []


@pytest.mark.parametrize(
    "frame", [accounts(0, -3), accounts().cast({"net_sales": pl.Float64, "account_id": pl.String})]
)
def test_without_positive_values_nothing_is_classified(frame):
    found = ranking.abc(frame)
    assert found.columns == ["account_id", "net_sales", "share", "cumulative_share_before", "abc"]
    assert found["abc"].null_count() == frame.height


@given(st.lists(st.integers(-10_000, 10_000_000), min_size=1, max_size=60))
def test_abc_in_cents_equals_the_definition_in_exact_fractions(cents):
    found = ranking.abc(accounts(*[cent / 100 for cent in cents]))
    positive = sorted((cent for cent in cents if cent > 0), reverse=True)
    before = [sum(positive[:place]) for place in range(len(positive))]
    expected = ["A" if 100 * b < 80 * sum(positive) else "B" if 100 * b < 95 * sum(positive) else "C" for b in before]
    assert found["abc"].drop_nulls().to_list() == expected


def test_the_worked_percentiles_share_the_mean_rank():
    assert ranking.percentiles([10, 20, 20, 40]).tolist() == [0.125, 0.5, 0.5, 0.875]
    assert ranking.percentiles([7]).tolist() == [0.5]


def test_missing_values_have_no_percentile_and_do_not_count():
    found = ranking.percentiles([np.nan, 10, 20])
    assert np.isnan(found[0])
    assert found[1:].tolist() == [0.25, 0.75]


def test_the_score_is_the_weighted_mean_of_percentiles():
    indicators = {"sales": np.array([1.0, 2, 3, 4]), "credit": np.array([4.0, 3, 2, 1])}
    score = ranking.composite_score(indicators, {"sales": 0.75, "credit": 0.25})
    assert score == pytest.approx([0.3125, 0.4375, 0.5625, 0.6875])


def test_a_missing_indicator_leaves_its_weight_to_the_others_down_to_sixty_percent():
    indicators = {"sales": np.array([1.0, 2]), "profit": np.array([np.nan, 5.0]), "credit": np.array([np.nan, np.nan])}
    enough = ranking.composite_score(indicators, {"sales": 0.6, "profit": 0.3, "credit": 0.1})
    assert enough == pytest.approx([0.25, (0.6 * 0.75 + 0.3 * 0.5) / 0.9])
    too_little = ranking.composite_score(indicators, {"sales": 0.5, "profit": 0.4, "credit": 0.1})
    assert np.isnan(too_little[0])
    assert not np.isnan(too_little[1])


@pytest.mark.parametrize("weights", [{"sales": 0.0}, {"sales": -1.0}, {"profit": 1.0}])
def test_weights_that_cannot_weigh_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        ranking.composite_score({"sales": np.array([1.0])}, weights)


def test_tiers_have_fixed_sizes():
    found = ranking.tiers(np.arange(100.0), [str(key) for key in range(100)])
    assert [(found == tier).sum() for tier in ranking.TIERS] == [5, 15, 30, 50]
    assert found[99] == "vip"
    assert found[0] == "small"


@pytest.mark.parametrize(("n", "expected"), [(1, [1, 0, 0, 0]), (10, [1, 1, 3, 5]), (21, [2, 3, 6, 10])])
def test_tier_sizes_are_rounded_up_from_the_top(n, expected):
    found = ranking.tiers(np.arange(float(n)), [str(key) for key in range(n)])
    assert [(found == tier).sum() for tier in ranking.TIERS] == expected


def test_a_tier_that_ends_before_a_better_one_does_is_empty():
    found = ranking.tiers(np.arange(10.0), [str(key) for key in range(10)], sizes=(0.6, 0.2, 0.8))
    assert [(found == tier).sum() for tier in ranking.TIERS] == [6, 0, 2, 2]


def test_a_class_that_ends_before_a_better_one_does_is_empty():
    assert classes(accounts(50, 30, 15, 5), cuts=(1.0, 0.0)) == list("AAAA")
    assert classes(accounts(50, 30, 15, 5), cuts=(0.8, 0.5)) == list("AACC")


def test_equal_scores_get_tiers_by_key_and_a_missing_score_gets_none():
    found = ranking.tiers([0.5, 0.5, np.nan], ["b", "a", "c"], sizes=(0.5,), names=("top", "rest"))
    assert found.tolist() == ["rest", "top", None]


def test_the_worked_gini_coefficients():
    assert ranking.gini([1, 1, 2, 6]) == pytest.approx(0.4)
    assert ranking.gini([5]) == 0
    assert ranking.gini([0, 0, 0, 10]) == pytest.approx(0.75)


def test_negative_values_have_a_lorenz_curve_but_no_gini():
    assert np.isnan(ranking.gini([-1, 2, 3]))
    of_accounts, of_value = ranking.lorenz([3, -1, 2])
    assert of_accounts == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert of_value == pytest.approx([0, -0.25, 0.25, 1])


def test_nothing_sold_has_no_gini_and_no_curve():
    assert np.isnan(ranking.gini([0, 0]))
    with pytest.raises(ValueError, match="positive total"):
        ranking.lorenz([0, 0])


def test_iowas_stores_have_the_published_classes(real_data):
    path = next((real_data("beer_cdnow_iowa") / "iowa").glob("*.csv"))
    lines = pl.read_csv(path, separator=";", infer_schema=False)
    money = pl.col("Sale (Dollars)").str.strip_chars("$").cast(pl.Decimal(18, 4))
    stores = lines.group_by(pl.col("Store Number").alias("account_id")).agg(money.sum().alias("net_sales"))
    assert dict(ranking.abc(stores)["abc"].value_counts().rows()) == {"A": 336, "B": 405, "C": 503}


def test_cdnows_customers_have_the_published_concentration_in_their_first_39_weeks(real_data):
    path = real_data("beer_cdnow_iowa") / "cdnow" / "CDNOW_master.txt"
    lines = [line.split() for line in path.read_text().splitlines()]
    spend = pl.DataFrame([(line[0], float(line[3])) for line in lines if line and line[1] <= "19970930"], orient="row")
    assert round(ranking.gini(spend.group_by("column_0").sum()["column_1"].to_numpy()), 3) == 0.581
