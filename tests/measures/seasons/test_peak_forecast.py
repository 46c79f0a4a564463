"""The peak-season plan's forecast: beer to the digit, totals that add up at every level, hemispheres, and stores that say little."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from data.records import Record
from measures.seasons import peak_forecast
from measures.seasons.peak_forecast import PeakForecast
from measures.seasons.peak_plans import plan_lines
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

ACCOUNTS = [{"account_id": "A", "account": "Alma", "kind": "distributor"}]
PRODUCTS = [{"product_id": "P", "product": "Lager"}]
SUMMER = [16, 15, 11, 10, 9, 6, 5, 6, 9, 10, 11, 12]
WINTER = SUMMER[6:] + SUMMER[:6]
MONTHS = [date(2021 + at // 12, at % 12 + 1, 1) for at in range(60)]


def forecast(store, filters: Filters | None = None, viewer: Viewer | None = None, **overrides: object) -> PeakForecast:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return peak_forecast.answer(ask, filters or Filters(), cuts(peak_forecast.THRESHOLDS, overrides=overrides))


def beer_store(beer, folder, start: int, end: int):
    days = [month.astype("datetime64[D]").item() for month in beer.months[start:end]]
    sold = pl.DataFrame(lines(*((day, "A", "P", float(value), 1.0) for day, value in zip(days, beer.values[start:end], strict=True))))
    return make_store(folder, accounts=ACCOUNTS, products=PRODUCTS, transactions=sold)


@pytest.fixture(scope="module")
def beer_train(beer, tmp_path_factory):
    """September 1984 to August 1994."""
    return beer_store(beer, tmp_path_factory.mktemp("beer"), -132, -12)


@pytest.fixture(scope="module")
def brewery(tmp_path_factory: pytest.TempPathFactory):
    """Two distributors in each hemisphere, two products, five noisy years; an outlet, a distributor of one month, and a new product."""
    rng = np.random.default_rng(7)
    sold = []
    for account, shape in (("s1", SUMMER), ("s2", SUMMER), ("n1", WINTER), ("n2", WINTER)):
        for product in "pq":
            noise = rng.lognormal(0, 0.1, 60)
            sold += [(day, account, product, round(10 * shape[day.month - 1] * of), 100.0) for day, of in zip(MONTHS, noise, strict=True)]
    sold += [(MONTHS[-1], "late", "p", 40, 400.0), (MONTHS[-1], "s1", "new", 25, 50.0), (MONTHS[-3], "s2", "q", -400, -400.0), (MONTHS[-2], "bar", "p", 3, 9.0)]
    names = {"s1": "S", "s2": "S", "n1": "N", "n2": "N", "late": "S", "bar": "S"}
    return make_store(
        tmp_path_factory.mktemp("brewery"),
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}, {"region_id": "E", "region": "Empty"}],
        accounts=[{"account_id": key, "account": key.upper(), "region_id": region, "kind": "outlet" if key == "bar" else "distributor"} for key, region in names.items()],
        products=[{"product_id": key, "product": key} for key in ("p", "q", "new")],
        transactions=lines(*sold),
    )  # fmt: skip


def test_beers_next_peak_is_forecast_to_the_digit(beer_train) -> None:
    found = forecast(beer_train)
    assert found.forecast.columns == ["month", "account_id", "account", "product_id", "product", "forecast", "forecast_amount"]
    assert found.forecast["month"].to_list() == [date(1994, 10, 1), date(1994, 11, 1), date(1994, 12, 1)]
    assert found.forecast["forecast"].round(3).to_list() == [161.567, 178.741, 181.039]
    season = found.season.row(0, named=True)
    assert round(season["total"], 3) == 521.347
    assert season["low"] < 532 < season["high"]
    assert (season["status"], season["origins"], season["by_naive"]) == ("ok", 6, 0)


def test_beers_back_test_beats_seasonal_naive_and_is_published(beer_train) -> None:
    found = forecast(beer_train)
    assert found.backtest.columns == ["method", "wape", "wape_naive", "mase", "bias", "coverage", "wape_combo"]
    test = found.backtest.row(0, named=True)
    assert test["method"] == "combo"
    assert test["wape_combo"] == test["wape"]
    assert test["wape"] / test["wape_naive"] < 0.9
    assert test["mase"] < 1
    assert 0 <= test["coverage"] <= 1


def test_beers_last_peak_is_the_one_before_and_earlier_ones_stand_beside_it(beer_train, beer) -> None:
    found = forecast(beer_train)
    last = beer.values[-132:-12][109:112].sum()
    assert found.season["last_peak"].item() == pytest.approx(last)
    assert found.peaks["peak_start"].to_list() == [date(year, 10, 1) for year in (1990, 1991, 1992, 1993, 1994)]
    assert found.peaks["units"][3] == pytest.approx(last)
    assert found.peaks["is_forecast"].to_list() == [False] * 4 + [True]


def test_parts_sum_to_the_whole_at_every_level(brewery) -> None:
    found = forecast(brewery)
    total = found.season["total"].item()
    assert found.forecast["forecast"].sum() == pytest.approx(total)
    assert found.by_account["total"].sum() == pytest.approx(total)
    assert found.by_region["total"].sum() == pytest.approx(total)
    each = dict(found.forecast.group_by("account_id").agg(pl.col("forecast").sum()).iter_rows())
    assert {row["id"]: row["total"] for row in found.by_account.filter(pl.col("total") > 0).iter_rows(named=True)} == pytest.approx(each)


def test_the_forecast_is_in_money_too_and_its_parts_sum_to_the_whole(brewery) -> None:
    """s1 paid 100 for each lot of p, whatever the lot: money per unit is what it paid on average in the last twelve months."""
    found = forecast(brewery)
    total = found.season["total_amount"].item()
    assert total > 0
    for table, name in ((found.forecast, "forecast_amount"), (found.by_account, "total_amount"), (found.by_region, "total_amount")):
        assert table[name].sum() == pytest.approx(total)
    row = found.forecast.filter(account_id="late", product_id="p")
    assert row["forecast_amount"].to_list() == pytest.approx((row["forecast"] * 10).to_list())


def test_each_hemisphere_is_planned_for_its_own_peak_or_all_for_the_companys(brewery) -> None:
    own = forecast(brewery)
    months = {key: set(of["month"].dt.month()) for (key,), of in own.forecast.group_by("account_id")}
    assert (months["s1"], months["n1"]) == ({12, 1, 2}, {6, 7, 8})
    company = forecast(brewery, peak_by="company", peak_start=11)
    assert set(company.forecast["month"].dt.month()) == {11, 12, 1}


def test_a_season_set_by_hand_for_a_region_moves_its_plan_alone(brewery) -> None:
    found = forecast(brewery, region_seasons='{"N": {"peak": [5, 2]}}')
    months = {key: set(of["month"].dt.month()) for (key,), of in found.forecast.group_by("account_id")}
    assert (months["s1"], months["n1"]) == ({12, 1, 2}, {5, 6})


def test_all_who_buy_are_planned_or_distributors_only_and_one_of_a_single_month_has_the_pools_interval(brewery) -> None:
    assert set(forecast(brewery).by_account["id"]) == {"s1", "s2", "n1", "n2", "late", "bar"}
    found = forecast(brewery, board_accounts="resellers")
    rows = {row["id"]: row for row in found.by_account.iter_rows(named=True)}
    assert set(rows) == {"s1", "s2", "n1", "n2", "late"}
    assert rows["late"]["status"] == "new"
    assert 0 <= rows["late"]["low"] < rows["late"]["total"] < rows["late"]["high"]
    assert rows["s1"]["status"] == "ok"


def test_who_began_within_the_last_peak_is_new_and_is_not_compared_with_it(tmp_path) -> None:
    sold = [(day, "old", "p", 10 * SUMMER[day.month - 1], 100.0) for day in MONTHS]
    # The last whole peak is December 2024 to February 2025: one month of it is no peak to grow from, December 2024 on would be.
    sold += [(day, "young", "p", 10, 10.0) for day in MONTHS[49:]] + [(day, "whole", "p", 10, 10.0) for day in MONTHS[47:]]
    accounts = [{"account_id": key, "account": key, "kind": "distributor"} for key in ("old", "young", "whole")]
    store = make_store(tmp_path, accounts=accounts, products=[{"product_id": "p", "product": "p"}], transactions=lines(*sold))
    rows = {row["id"]: row for row in forecast(store).by_account.iter_rows(named=True)}
    assert (rows["young"]["last_peak"], rows["young"]["change_rate"], rows["young"]["status"]) == (10, None, "new")
    assert rows["whole"]["last_peak"] == 30 and rows["whole"]["change_rate"] is not None and rows["whole"]["status"] != "new"


def test_a_distributors_interval_is_wider_than_the_companys(brewery) -> None:
    found = forecast(brewery)
    season = found.season.row(0, named=True)
    widths = found.by_account.filter(pl.col("id").is_in(["s1", "n1"])).select((pl.col("high") - pl.col("low")) / pl.col("total")).to_series()
    assert widths.min() > (season["high"] - season["low"]) / season["total"]


def test_a_surer_interval_is_wider_and_moves_nothing_else(brewery) -> None:
    four, nine = forecast(brewery), forecast(brewery, interval=0.95)
    assert nine.season["high"].item() > four.season["high"].item()
    assert nine.season["total"].item() == four.season["total"].item()


def test_returns_and_a_product_of_last_month_break_nothing(brewery) -> None:
    found = forecast(brewery)
    assert found.forecast["forecast"].min() > 0
    assert "new" in set(found.forecast["product_id"])
    assert found.forecast.filter(pl.col("product_id") == "new")["account_id"].unique().to_list() == ["s1"]


def test_two_viewers_have_their_own_plan_and_a_stranger_none(brewery) -> None:
    north = forecast(brewery, viewer=Viewer("n", "N", "lead", ("N",)))
    assert set(north.by_account["id"]) == {"n1", "n2"}
    assert north.season["peak_start"].item().month == 6
    assert forecast(brewery, viewer=Viewer("e", "E", "lead", ("E",))).season.is_empty()
    assert forecast(brewery, viewer=Viewer("x", "X", "lead", ())).season.is_empty()


def test_a_distributor_whose_sales_repeat_a_broken_pattern_falls_back_and_it_is_said(tmp_path) -> None:
    odd = [10] * 6 + [100] * 6
    rows = [(day, "A", "P", 400 if at < 16 else odd[at % 12], 1.0) for at, day in enumerate(MONTHS)]
    found = forecast(make_store(tmp_path, accounts=ACCOUNTS, products=PRODUCTS, transactions=lines(*rows)), peak_start=8)
    assert found.season["by_naive"].item() == 1
    assert found.backtest.select("method", "wape").row(0) == ("seasonal naive", found.backtest["wape_naive"].item())
    assert found.by_account["method"].to_list() == ["seasonal naive"]


def test_where_a_method_was_chosen_the_combination_that_lost_is_told_too(tmp_path) -> None:
    """It is chosen by the same dates that are published, so that what is used can never look worse than what was dropped."""
    odd = [10] * 6 + [100] * 6
    rows = [(day, "A", "P", 400 if at < 16 else odd[at % 12], 1.0) for at, day in enumerate(MONTHS)]
    found = forecast(make_store(tmp_path, accounts=ACCOUNTS, products=PRODUCTS, transactions=lines(*rows)), peak_start=8)
    assert found.backtest["wape_combo"].item() > found.backtest["wape"].item()


@pytest.mark.parametrize(("months", "status", "has_bounds"), [(25, "insufficient", False), (31, "provisional", True), (60, "ok", True)])
def test_a_short_history_says_how_little_it_knows(tmp_path, months: int, status: str, has_bounds: bool) -> None:
    noise = np.random.default_rng(1).lognormal(0, 0.05, 60)
    rows = [(day, "A", "P", round(100 * SUMMER[day.month - 1] * of), 1.0) for day, of in zip(MONTHS[:months], noise, strict=False)]
    found = forecast(make_store(tmp_path, accounts=ACCOUNTS, products=PRODUCTS, transactions=lines(*rows)), peak_start=MONTHS[months % 12].month)
    season = found.season.row(0, named=True)
    assert (season["status"], season["low"] is not None) == (status, has_bounds)
    assert season["total"] > 0
    assert found.backtest.height == (0 if status == "insufficient" else 1)


def test_under_two_years_only_a_peak_set_by_hand_is_planned(tmp_path) -> None:
    rows = [(day, "A", "P", 10, 1.0) for day in MONTHS[:14]]
    store = make_store(tmp_path, accounts=ACCOUNTS, products=PRODUCTS, transactions=lines(*rows))
    assert forecast(store).season.is_empty()
    assert forecast(store, peak_start=12).season["peak_start"].to_list() == [date(2022, 12, 1)]
    assert forecast(make_store(tmp_path / "none")).season.is_empty()


def plan(number: int, account: str, peak: str, units: dict[str, float], version: int = 1) -> Record:
    return Record(number, version, "peak_plan", account, {"peak": peak, "lines": units, "is_agreed": True, "note": None}, True, "x@y", "2026-01-01T00:00:00Z")


def test_a_plan_stands_beside_the_forecast_of_accounts_that_the_viewer_sees(brewery) -> None:
    found = forecast(brewery)
    natural = dict(found.forecast.filter(pl.col("account_id") == "s1").group_by("product_id").agg(pl.col("forecast").sum()).iter_rows())
    start = found.by_account.filter(pl.col("id") == "s1")["peak_start"].item().isoformat()
    written = [plan(1, "s1", start, {"p": 1000}), plan(2, "s2", "2020-12-01", {"p": 5}), plan(3, "n1", start, {"p": 5})]
    (row,) = peak_forecast.with_records(found, written, cuts(peak_forecast.THRESHOLDS)).plans.to_dicts()
    assert row["account_id"] == "s1"
    assert row["plan"] == pytest.approx(1000 + natural["q"] + natural["new"])
    assert row["plan_gap"] == pytest.approx(row["plan"] - row["natural"])
    north = forecast(brewery, viewer=Viewer("n", "N", "lead", ("N",)))
    assert peak_forecast.with_records(north, written, cuts(peak_forecast.THRESHOLDS)).plans.is_empty()


def test_a_plan_begins_with_the_forecast_in_whole_units_and_keeps_what_was_typed() -> None:
    frame = pl.DataFrame({"product_id": ["p", "p", "q"], "product": ["P", "P", "Q"], "forecast": [10.4, 5.3, 2.2]})
    begun = plan_lines(frame, {"p": 14.0}, None)
    assert begun.select("product_id", "last_peak", "natural", "plan").rows() == [("p", 14.0, pytest.approx(15.7), 16.0), ("q", 0.0, 2.2, 2.0)]
    kept = plan_lines(frame, {}, {"q": 9.0})
    assert kept.select("plan", "plan_gap").rows() == [(16.0, pytest.approx(0.3)), (9.0, pytest.approx(6.8))]
