"""Seasonality through the store: the published beer index, scopes, overrides, and stores that have little to say."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.access import Viewer
from measures.seasons.seasonality import THRESHOLDS, Seasonality, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store
from tests.measures.seasons.test_seasons import MEAN, MEDIAN

ACCOUNTS = [{"account_id": "A", "account": "Alma"}]
PRODUCTS = [{"product_id": "P", "product": "Lager", "category": "Beer"}]
TEN_YEARS = Filters(from_date=date(1985, 9, 1), to_date=date(1995, 9, 1))
SUMMER = [1.6, 1.5, 1.1, 1.0, 0.9, 0.6, 0.5, 0.6, 0.9, 1.0, 1.1, 1.2]
WINTER = SUMMER[6:] + SUMMER[:6]


def seasonality(store, filters=None, viewer=None, **overrides) -> Seasonality:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def monthly_lines(shape: list[float], account: str, product: str, years: int = 5, day: int = 1) -> list[tuple]:
    """Sales of 100 × shape on one day of every month from January 2021."""
    return [(date(2021 + month // 12, month % 12 + 1, day), account, product, 100 * shape[month % 12], 5.0) for month in range(12 * years)]


def company(table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(pl.col("scope") == "company")


@pytest.fixture(scope="module")
def beer_store(beer, tmp_path_factory):
    days = [month.astype("datetime64[D]").item() for month in beer.months]
    sold = lines(*((day, "A", "P", float(value), 1.0) for day, value in zip(days, beer.values, strict=True)))
    frame = pl.DataFrame(sold)
    return make_store(tmp_path_factory.mktemp("beer"), accounts=ACCOUNTS, products=PRODUCTS, transactions=frame)


@pytest.fixture(scope="module")
def two_hemispheres(tmp_path_factory):
    sold = lines(*monthly_lines(SUMMER, "S", "P"), *monthly_lines(WINTER, "N", "P"), *monthly_lines(SUMMER, "S", "Q", 1))
    return make_store(
        tmp_path_factory.mktemp("hemispheres"),
        regions=[{"region_id": "S", "region": "South"}, {"region_id": "N", "region": "North"}],
        accounts=[{"account_id": key, "account": key, "region_id": key} for key in "SN"],
        products=[*PRODUCTS, {"product_id": "Q", "product": "Cider", "category": "Cider"}],
        transactions=sold,
    )


@pytest.mark.parametrize(("method", "expected"), [("mean", MEAN), ("median", MEDIAN)])
@pytest.mark.parametrize("filters", [TEN_YEARS, Filters()])
def test_ten_years_of_beer_through_the_store_give_the_published_index(beer_store, method, expected, filters):
    found = company(seasonality(beer_store, filters, years=10, method=method).index)
    assert found["month"].to_list() == list(range(1, 13))
    assert found["seasonal_index"].round(4).to_list() == expected


def test_beer_peaks_from_october_is_lowest_from_may_and_low_from_april_to_september(beer_store):
    (season,) = company(seasonality(beer_store, years=10).season).to_dicts()
    assert (season["peak_start"], season["peak_months"], round(season["peak_share"], 4)) == (10, 3, 0.2977)
    assert (season["low_start"], round(12 * season["low_share"], 4)) == (5, 2.6763)
    assert (season["off_season_start"], season["off_season_months"]) == (4, 6)
    assert (season["status"], season["basis"], season["years"]) == ("exists", "own", 10)
    assert season["kruskal_p"] < 1e-10


def test_months_booked_on_their_first_day_are_complete_and_others_are_not(beer_store, tmp_path):
    assert seasonality(beer_store).history["month"].max() == date(1995, 8, 1)
    daily = lines(*monthly_lines(SUMMER, "A", "P", 2, day=1), *monthly_lines(SUMMER, "A", "P", 2, day=15)[:-1])
    store = make_store(tmp_path, accounts=ACCOUNTS, products=PRODUCTS, transactions=daily)
    assert seasonality(store).history["month"].max() == date(2022, 11, 1)


def test_a_period_of_two_years_cuts_the_history_and_a_shorter_one_only_ends_it(beer_store):
    long = seasonality(beer_store, Filters(from_date=date(1990, 1, 1), to_date=date(1993, 1, 1)))
    short = seasonality(beer_store, Filters(from_date=date(1992, 1, 1), to_date=date(1993, 1, 1)))
    assert (long.history["month"].min(), long.history["month"].max()) == (date(1990, 1, 1), date(1992, 12, 1))
    assert (short.history["month"].min(), short.history["month"].max()) == (date(1956, 1, 1), date(1992, 12, 1))
    assert company(long.season)["years"].to_list() == [3]
    assert company(short.season)["years"].to_list() == [5]


def test_each_hemisphere_has_its_own_season(two_hemispheres):
    season = seasonality(two_hemispheres).season
    peaks = dict(season.select("scope", "peak_start").iter_rows())
    assert (peaks["region:S"], peaks["region:N"]) == (12, 6)
    assert dict(season.select("scope", "scope_name").iter_rows())["region:S"] == "South"


def test_a_product_of_one_year_borrows_the_season_and_says_so(two_hemispheres):
    found = seasonality(two_hemispheres)
    basis = dict(found.season.select("scope", "basis").iter_rows())
    assert (basis["product:P"], basis["product:Q"], basis["category:Cider"]) == ("own", "provisional", "provisional")
    assert found.index["seasonal_index"].is_not_null().all()


def test_the_indices_of_every_scope_average_one(two_hemispheres):
    means = seasonality(two_hemispheres).index.group_by("scope").agg(pl.col("seasonal_index").mean())
    assert means["seasonal_index"].to_list() == pytest.approx([1.0] * means.height)


def test_filters_narrow_what_company_means(two_hemispheres):
    south = company(seasonality(two_hemispheres, Filters(region_ids=("S",), product_ids=("P",))).index)
    assert south["seasonal_index"].to_list() == pytest.approx([value / (sum(SUMMER) / 12) for value in SUMMER])


def test_a_lead_sees_only_their_region(two_hemispheres):
    lead = Viewer("n@example.com", "N", "lead", ("N",))
    season = seasonality(two_hemispheres, viewer=lead).season
    assert set(season["scope"]) == {"company", "region:N", "category:Beer", "product:P"}
    assert company(season)["peak_start"].to_list() == [6]


def test_a_season_set_by_hand_is_the_companys_and_leaves_the_regions_alone(two_hemispheres):
    season = seasonality(two_hemispheres, peak_start=11, off_season_start=3, off_season_months=4).season
    (of_company,) = company(season).to_dicts()
    assert (of_company["peak_start"], of_company["off_season_start"], of_company["off_season_months"]) == (11, 3, 4)
    assert of_company["is_set_by_hand"]
    assert season.filter(scope="region:N")["peak_start"].to_list() == [6]


def test_an_off_season_with_only_its_start_set_runs_while_the_index_is_low(beer_store):
    assert company(seasonality(beer_store, years=10, off_season_start=6).season)["off_season_months"].to_list() == [4]
    assert company(seasonality(beer_store, years=10, off_season_start=3).season)["off_season_months"].to_list() == [1]


def test_an_off_season_with_only_its_length_set_is_the_lowest_outside_the_peak(beer_store):
    season = company(seasonality(beer_store, years=10, off_season_months=3).season)
    assert season.select("off_season_start", "off_season_months").row(0) == (5, 3)


def test_money_and_units_are_both_measures(two_hemispheres):
    units, money = (seasonality(two_hemispheres, Filters(region_ids=("S",), product_ids=("P",)), measure=name) for name in ("quantity", "net_sales"))
    assert company(units.season)["peak_share"][0] > 0.3
    assert company(money.season)["peak_share"][0] == pytest.approx(0.25)


@pytest.mark.parametrize("years", [1, 2])
def test_a_short_history_has_no_index_yet_and_no_number_that_is_not_one(tmp_path, years):
    sold = lines(*monthly_lines(SUMMER, "A", "P", years)[: 12 * years - 1])
    store = make_store(tmp_path, accounts=ACCOUNTS, products=PRODUCTS, transactions=sold)
    found = seasonality(store)
    assert company(found.index)["seasonal_index"].to_list() == [None] * 12
    assert company(found.season).select("peak_start", "off_season_start", "status", "basis").row(0) == (None, None, "insufficient", "none")


@pytest.mark.parametrize("tables", [{}, {"opportunities": [{"opportunity_id": "O", "created_on": date(2024, 1, 1)}]}])
def test_a_store_without_sales_gives_empty_typed_tables(tmp_path, tables):
    found = seasonality(make_store(tmp_path, **tables))
    assert (found.index.height, found.season.height, found.history.height) == (0, 0, 0)
    assert found.season.schema["peak_start"] == pl.Int64


def test_a_stranger_an_unknown_region_and_one_months_sales_are_no_crash(two_hemispheres, tmp_path: Path):
    assert seasonality(two_hemispheres, viewer=Viewer("x", "X", "lead", ())).index.is_empty()
    assert seasonality(two_hemispheres, Filters(region_ids=("nowhere",))).index.is_empty()
    store = make_store(tmp_path, accounts=ACCOUNTS, products=PRODUCTS, transactions=lines((date(2024, 2, 5), "A", "P", -3, -9.0)))
    assert seasonality(store).index.is_empty()


def test_a_series_of_returns_alone_has_no_season(tmp_path):
    negative = lines(*((day, account, product, -quantity, -amount) for day, account, product, quantity, amount in monthly_lines(SUMMER, "A", "P")))
    found = seasonality(make_store(tmp_path, accounts=ACCOUNTS, products=PRODUCTS, transactions=negative))
    assert company(found.index)["seasonal_index"].null_count() == 12
