"""Measured on its lines, the demo is what was constructed."""

import numpy as np
import polars as pl
import pytest

from data.demo.places import REGIONS
from tests.data.demo import Tables


def variation(level: np.ndarray) -> np.ndarray:
    """Residual variation around a line through the last 24 months."""
    found = []
    for values in level[:, -24:]:
        at = np.arange(24)
        residuals = values - np.polyval(np.polyfit(at, values, 1), at)
        found.append(np.sqrt((residuals**2).sum() / 22) / values.mean())
    return np.array(found)


def is_pattern(truth: pl.DataFrame, *patterns: str) -> np.ndarray:
    return truth["pattern"].is_in(patterns).to_numpy()


def test_stable_buyers_vary_little_and_erratic_ones_much(level: np.ndarray, truth: pl.DataFrame):
    found = variation(level[is_pattern(truth, "stable", "growing", "seasonal")])
    assert found.max() < 0.3
    assert variation(level[is_pattern(truth, "erratic")]).min() > 0.3
    assert is_pattern(truth, "stable").sum() == 130 and is_pattern(truth, "erratic").sum() == 80


def test_borderline_buyers_lie_around_the_cut(level: np.ndarray, truth: pl.DataFrame):
    found = variation(level[is_pattern(truth, "borderline")])
    assert len(found) == 20
    assert 0.26 < np.median(found) < 0.34


def test_seasonal_buyers_look_erratic_until_their_own_season_is_taken_out(volume: np.ndarray, truth: pl.DataFrame):
    seasonal = volume[is_pattern(truth, "seasonal")][:, -24:]
    assert (seasonal.std(axis=1) / seasonal.mean(axis=1)).min() > 0.3


def test_growing_buyers_grow_as_constructed(level: np.ndarray, truth: pl.DataFrame):
    growing = is_pattern(truth, "growing")
    slope = np.polyfit(np.arange(24), np.log(level[growing][:, -24:]).T, 1)[0]
    assert np.abs(slope - truth["monthly_change"].to_numpy()[growing]).mean() < 0.005


def test_fallen_buyers_lose_their_share_in_their_month(level: np.ndarray, truth: pl.DataFrame, months: pl.Series):
    fallen = truth.with_row_index().filter(pl.col("fell_on").is_not_null())
    for row in fallen.iter_rows(named=True):
        at = months.to_list().index(row["fell_on"])
        ratio = level[row["index"], at:].mean() / level[row["index"], at - 12 : at].mean()
        assert ratio == pytest.approx(row["step"], abs=0.2)
    assert fallen.height >= 10


def test_lost_new_and_reactivated_buyers_buy_only_in_their_time(tables: Tables, truth: pl.DataFrame):
    sold = tables["transactions"].filter(pl.col("quantity") > 0).join(truth, on="account_id")
    month = pl.col("sold_on").dt.truncate("1mo")
    outside = (month > pl.col("last_month")) | (month < pl.col("first_month"))
    outside |= (month >= pl.col("away_from")) & (month < pl.col("back_on"))
    assert sold.filter(outside).height == 0
    assert truth["last_month"].drop_nulls().len() == 30
    assert truth["away_from"].drop_nulls().len() == 10


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.name)
def test_every_region_peaks_in_its_own_summer(region, volume: np.ndarray, truth: pl.DataFrame, months: pl.Series):
    own = volume[(truth["region_id"] == region.region_id).to_numpy()].sum(axis=0)
    year = np.array([own[(months.dt.month() == month).to_numpy()].mean() for month in range(1, 13)])
    windows = [year[[start, (start + 1) % 12, (start + 2) % 12]].sum() for start in range(12)]
    summer = {"SUR": 11, "NORTE": 5}[region.parent]
    assert (int(np.argmax(windows)) - summer) % 12 in (11, 0, 1)
    assert 1.6 < year.max() / year.min() < 3.6


def test_visits_raise_the_next_months_volume_a_little(level: np.ndarray, truth: pl.DataFrame, tables: Tables, months: pl.Series):
    steady = is_pattern(truth, "stable")
    visits = tables["activities"].filter(pl.col("kind") == "visit").with_columns(month=pl.col("happened_on").dt.truncate("1mo"))
    wide = visits.group_by("account_id", "month").len().pivot("month", index="account_id", values="len")
    rows = truth.filter(steady).select("account_id").join(wide, on="account_id", how="left", maintain_order="left")
    lagged = np.minimum(rows.select(str(month) for month in months).fill_null(0).to_numpy(), 3)[:, :-1].astype(float)
    y, x = (within(values) for values in (np.log(level[steady][:, 1:]), lagged))
    assert (x * y).sum() / (x * x).sum() == pytest.approx(0.03, abs=0.015)


def within(values: np.ndarray) -> np.ndarray:
    """Values without their rows' and columns' means."""
    return values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()


def test_a_dozen_buyers_buy_a_part_of_january_in_december(level: np.ndarray, truth: pl.DataFrame, months: pl.Series):
    growing = level[is_pattern(truth, "growing", "seasonal")]
    december = (months.dt.month() == 12).to_numpy()[:-1]
    after = growing[:, 1:][:, december] / growing[:, :-1][:, december]
    assert (after.mean(axis=1) < 0.6).sum() == 12
