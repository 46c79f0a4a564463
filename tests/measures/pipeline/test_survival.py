"""Time in stage: the worked example, groups, histograms, and open deals that must not be lost."""

import numpy as np
import polars as pl
import pytest

from measures.pipeline.survival import cumulative_incidence, kaplan_meier

WORKED = pl.DataFrame({"days": [5, 8, 8, 12, 15, 20], "is_event": [True, True, False, True, False, True]})


def test_the_worked_example_has_its_curve_and_median():
    found = kaplan_meier(WORKED)
    assert found.curve["days"].to_list() == [5, 8, 12, 20]
    assert found.curve["survival"].round(4).to_list() == [0.8333, 0.6667, 0.4444, 0]
    assert found.curve["at_risk"].to_list() == [6, 5, 3, 1]
    assert found.medians.select("n", "events", "median_days").rows() == [(6, 4, 12)]


def test_the_median_is_undefined_while_more_than_half_stay():
    found = kaplan_meier(pl.DataFrame({"days": [3, 9, 9, 9], "is_event": [True, False, False, False]}))
    assert found.medians.select("median_days", "lo", "hi").rows() == [(None, 3, None)]


def test_a_curve_that_reaches_exactly_one_half_has_its_median_there():
    found = kaplan_meier(pl.DataFrame({"days": [1, 2, 3, 4], "is_event": [True, True, False, False]}))
    assert found.medians["median_days"].to_list() == [2]


def test_a_group_where_nothing_has_happened_is_kept_with_no_median():
    deals = pl.DataFrame({"stage": ["a", "a", "b"], "days": [4, 6, 7], "is_event": [True, True, False]})
    found = kaplan_meier(deals, ["stage"])
    assert found.medians.select("stage", "n", "events", "median_days").rows() == [("a", 2, 2, 4), ("b", 1, 0, None)]


def test_groups_are_estimated_as_if_alone():
    rng = np.random.default_rng(1)
    deals = pl.DataFrame(
        {
            "stage": rng.choice(["lead", "proposal", None], 300),
            "region": rng.integers(0, 3, 300),
            "days": rng.integers(0, 40, 300),
            "is_event": rng.random(300) < 0.6,
        }
    )
    together = kaplan_meier(deals, ["stage", "region"])
    for (stage, region), part in deals.group_by("stage", "region"):
        mine = pl.col("stage").eq_missing(stage) & (pl.col("region") == region)
        alone = kaplan_meier(part)
        assert together.curve.filter(mine).drop("stage", "region").equals(alone.curve)
        assert together.medians.filter(mine).drop("stage", "region").equals(alone.medians)


def test_a_histogram_gives_the_same_as_its_single_deals():
    rng = np.random.default_rng(2)
    deals = pl.DataFrame({"days": rng.integers(0, 9, 500), "is_event": rng.random(500) < 0.5})
    histogram = deals.group_by("days", "is_event").len(name="deals")
    assert kaplan_meier(histogram, count="deals").curve.equals(kaplan_meier(deals).curve)


def test_greenwoods_interval_of_the_worked_example_written_out():
    row = kaplan_meier(WORKED).curve.row(1, named=True)
    hazard = 1 / (6 * 5) + 1 / (5 * 4)
    error = 1.959964 * np.sqrt(hazard) / -np.log(2 / 3)
    assert (row["lo"], row["hi"]) == pytest.approx(((2 / 3) ** np.exp(error), (2 / 3) ** np.exp(-error)), abs=1e-6)


def test_the_interval_of_the_median_holds_the_median_and_narrows_with_more_deals():
    rng = np.random.default_rng(3)
    widths = []
    for n in (40, 4000):
        deals = pl.DataFrame({"days": rng.exponential(30, n), "is_event": [True] * n})
        row = kaplan_meier(deals).medians.row(0, named=True)
        assert row["lo"] < row["median_days"] < row["hi"]
        widths.append(row["hi"] - row["lo"])
    assert widths[1] < widths[0] / 5


def test_leaving_open_deals_out_would_call_the_stage_faster():
    rng = np.random.default_rng(4)
    true, seen = rng.exponential(60, 5000), rng.uniform(0, 90, 5000)
    deals = pl.DataFrame({"days": np.minimum(true, seen), "is_event": true <= seen})
    median = kaplan_meier(deals).medians["median_days"][0]
    assert median == pytest.approx(60 * np.log(2), rel=0.1)
    assert deals.filter("is_event")["days"].median() < 0.6 * median


def test_rows_without_days_are_left_out():
    deals = pl.concat([WORKED, pl.DataFrame({"days": [None], "is_event": [True]}, schema=WORKED.schema)])
    assert kaplan_meier(deals).curve.equals(kaplan_meier(WORKED).curve)


def test_no_deals_give_empty_tables():
    found = kaplan_meier(WORKED.clear())
    assert (found.curve.height, found.medians.height) == (0, 0)


def test_outcomes_and_what_remains_add_to_one():
    rng = np.random.default_rng(5)
    outcome = pl.Series(rng.choice(["advanced", "lost", "open"], 400)).replace("open", None)
    deals = pl.DataFrame({"days": rng.integers(1, 50, 400), "outcome": outcome})
    incidence = cumulative_incidence(deals)
    last = incidence.group_by("outcome").agg(pl.last("incidence"))["incidence"].sum()
    remains = kaplan_meier(deals.with_columns(pl.col("outcome").is_not_null().alias("is_event"))).curve["survival"][-1]
    assert last + remains == pytest.approx(1)


def test_incidence_of_three_deals_by_hand():
    deals = pl.DataFrame({"stage": ["x"] * 4, "days": [2, 3, 5, 9], "outcome": ["lost", None, "advanced", "lost"]})
    found = cumulative_incidence(deals, ["stage"])
    assert found.select("stage", "outcome", "days", "at_risk").rows() == [
        ("x", "advanced", 5, 2),
        ("x", "lost", 2, 4),
        ("x", "lost", 9, 1),
    ]
    assert found["incidence"].to_list() == pytest.approx([0.375, 0.25, 0.625])
