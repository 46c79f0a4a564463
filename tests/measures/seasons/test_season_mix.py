"""The mix in and out of season, the accounts' own seasons and the selling calendar, on rows that a person can add up."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from data.errors import BadRequest
from measures.accounts import account_seasons
from measures.seasons import season_mix, seasonality
from measures.seasons.selling_days import canonical, selling_days
from measures.thresholds import THRESHOLDS, cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

# Three months of 3, three of 2, six of 1: the peak is December to February, the off-season April to September.
SHAPE = [3, 3, 2, 1, 1, 1, 1, 1, 1, 2, 2, 3]
NORTH_SHAPE = SHAPE[6:] + SHAPE[:6]
MONTHS = [date(2021 + at // 12, at % 12 + 1, 1) for at in range(60)]
CUTS = cuts(season_mix.THRESHOLDS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    """Lager follows the season in both hemispheres, stout does not, radler follows it twice over; a cider began in 2025."""
    sold = []
    for account, shape in (("s", SHAPE), ("n", NORTH_SHAPE)):
        for at, day in enumerate(MONTHS):
            of = shape[day.month - 1]
            sold += [(day, account, "lager", 10 * of, 10.0), (day, account, "stout", 15, 15.0), (day, account, "radler", of * of, 5.0)]
            sold += [(day, account, "cider", 5, 5.0)] if at >= 50 else []
    return make_store(
        tmp_path_factory.mktemp("mix"),
        regions=[{"region_id": key, "region": key} for key in "NS"],
        accounts=[{"account_id": key, "account": key.upper(), "region_id": key.upper()} for key in "ns"],
        products=[{"product_id": key, "product": key.title(), "category": kind} for key, kind in (("lager", "Light"), ("radler", "Light"), ("stout", "Dark"), ("cider", "Cider"))],
        transactions=lines(*sold),
    )  # fmt: skip


def mix(store, viewer: Viewer | None = None, **overrides: object) -> dict[str, dict]:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    found = season_mix.answer(ask, Filters(), cuts(season_mix.THRESHOLDS, overrides=overrides)).mix
    return {row["mix_id"]: row for row in found.iter_rows(named=True)}


def test_each_hemisphere_is_taken_in_its_own_seasons(store) -> None:
    lager = mix(store)["lager"]
    assert (lager["peak_month"], lager["off_season_month"], lager["retention"]) == (60, 20, pytest.approx(1 / 3))


def test_shares_of_peak_and_off_season_add_up_to_one(store) -> None:
    products = [row for row in mix(store).values() if row["mix_kind"] == "product"]
    assert sum(row["peak_mix_share"] for row in products) == pytest.approx(1)
    assert sum(row["off_season_mix_share"] for row in products) == pytest.approx(1)
    assert sum(row["mix_shift"] for row in products) == pytest.approx(0)


def test_products_of_no_category_are_a_row_beside_the_categories(tmp_path) -> None:
    sold = [(day, "s", product, 10 * SHAPE[day.month - 1], 10.0) for day in MONTHS for product in ("lager", "crates")]
    told = make_store(
        tmp_path, accounts=[{"account_id": "s", "account": "S"}], transactions=lines(*sold),
        products=[{"product_id": "lager", "product": "Lager", "category": "Light"}, {"product_id": "crates", "product": "Crates"}],
    )  # fmt: skip
    rows = season_mix.answer(ask_as(told), Filters(), CUTS).mix.filter(mix_kind="category").select("mix_name", "peak_mix_share", "off_season_mix_share").rows()
    assert sorted(rows, key=str) == [("Light", 0.5, 0.5), (None, 0.5, 0.5)]


def test_what_loses_more_than_the_company_suffers_and_what_loses_less_stays(store) -> None:
    found = mix(store)
    assert {key: found[key]["role"] for key in ("radler", "lager", "stout", "cider")} == {
        "radler": "suffers", "lager": "suffers", "stout": "stays", "cider": "unknown",
    }  # fmt: skip
    # An average peak month sells 60 lager, 30 stout, 18 radler; an off-season month 20, 30, 2. Cider began in March: in the south one
    # peak month of three and all of the off-season have it, in the north all of the peak and four off-season months of six.
    assert found[""]["retention"] == pytest.approx((20 + 30 + 2 + 5 + 5 * 4 / 6) / (60 + 30 + 18 + 5 / 3 + 5))
    assert (found[""]["role"], found["Dark"]["role"]) == (None, "stays")


def test_a_difference_that_changes_no_plan_is_left_alone(store) -> None:
    assert mix(store, mix_cut=0.5)["lager"]["role"] == "like_all"


def test_a_product_launched_within_a_year_is_not_judged_by_it(store) -> None:
    assert (mix(store)["cider"]["years"], mix(store)["cider"]["status"]) == (0, "insufficient")


def test_a_lead_sees_the_mix_of_their_region(store) -> None:
    lead = mix(store, Viewer("n", "N", "lead", ("N",)))
    assert lead["lager"]["peak_month"] == 30
    assert mix(store, Viewer("x", "X", "lead", ())) == {}


def test_under_two_years_or_without_an_off_season_there_is_no_mix(tmp_path) -> None:
    flat = lines(*((day, "a", "p", 5, 5.0) for day in MONTHS))
    basics = {"accounts": [{"account_id": "a", "account": "A"}], "products": [{"product_id": "p", "product": "P"}]}
    for name, rows in (("flat", flat), ("short", flat[:20])):
        store = make_store(tmp_path / name, **basics, transactions=rows)
        assert season_mix.answer(ask_as(store), Filters(), CUTS).mix.is_empty()


def test_an_account_has_its_own_season_and_a_young_one_its_regions(tmp_path) -> None:
    rows = [(day, "old", "p", 10 * SHAPE[day.month - 1], 1.0) for day in MONTHS] + [(day, "new", "p", 7, 1.0) for day in MONTHS[-4:]]
    store = make_store(
        tmp_path, regions=[{"region_id": "S", "region": "South"}],
        accounts=[{"account_id": key, "account": key, "region_id": "S"} for key in ("old", "new")],
        products=[{"product_id": "p", "product": "P"}], transactions=lines(*rows),
    )  # fmt: skip
    found = account_seasons.answer(ask_as(store), Filters(), cuts(account_seasons.THRESHOLDS))
    season = {row["scope_id"]: row for row in found.account_season.iter_rows(named=True)}
    assert list(season) == ["old", "new"]
    assert (season["old"]["basis"], season["new"]["basis"], season["new"]["peak_start"]) == ("own", "parent", 12)
    width = found.account_index.group_by("scope_id").agg((pl.col("high") / pl.col("low")).max())
    widths = dict(width.iter_rows())
    assert widths["new"] > 1.3 > widths["old"]
    assert found.account_index.height == 24


def test_an_index_lies_in_its_interval_and_a_clear_peak_is_sure(store) -> None:
    found = seasonality.answer(ask_as(store), Filters(), cuts(seasonality.THRESHOLDS))
    assert found.index.select(((pl.col("low") <= pl.col("seasonal_index")) & (pl.col("seasonal_index") <= pl.col("high"))).all()).item()
    south = found.season.filter(pl.col("scope") == "region:S").row(0, named=True)
    assert south["peak_confidence"] == 1
    assert found.index.filter(pl.col("scope") == "company")["ratios"].unique().to_list() == [4]


def test_a_wider_interval_is_asked_for_by_a_threshold(tmp_path) -> None:
    noise = np.random.default_rng(1).lognormal(0, 0.1, 60)
    rows = lines(*((day, "a", "p", float(round(100 * SHAPE[day.month - 1] * factor)), 1.0) for day, factor in zip(MONTHS, noise, strict=True)))
    store = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=[{"product_id": "p", "product": "P"}], transactions=rows)
    widths = [
        seasonality.answer(ask_as(store), Filters(), cuts(seasonality.THRESHOLDS, overrides={"interval": share})).index
        .select((pl.col("high") / pl.col("low")).log().max()).item() for share in (0.8, 0.95)
    ]  # fmt: skip
    assert widths[1] / widths[0] == pytest.approx(1.959964 / 1.281552, rel=1e-4)


def test_months_have_the_selling_days_of_the_calendar() -> None:
    months = [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]
    assert selling_days(months, "every_day").tolist() == [31, 29, 31]
    assert selling_days(months, "monday_friday").tolist() == [23, 21, 21]
    assert selling_days(months, "monday_saturday", "01-01, 03-02").tolist() == [26, 25, 25]
    assert selling_days(months, "monday_friday", "02-29").tolist() == [23, 20, 21]
    assert selling_days([date(2023, 2, 1)], "monday_friday", "02-29").tolist() == [20]


def test_holidays_are_written_in_one_form_and_no_other_is_kept() -> None:
    assert canonical("5-1, 01-01;12-25,12-25") == "01-01, 05-01, 12-25"
    with pytest.raises(BadRequest, match="holidays"):
        THRESHOLDS["holidays"].read("32-01")


def test_sales_that_only_follow_the_selling_days_have_no_season_per_day(tmp_path) -> None:
    days = selling_days(MONTHS, "monday_friday", "01-01")
    rows = lines(*((day, "a", "p", 10 * count, 1.0) for day, count in zip(MONTHS, days, strict=True)))
    store = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=[{"product_id": "p", "product": "P"}], transactions=rows)
    given = {"selling_days": "monday_friday", "holidays": "01-01"}
    index = seasonality.answer(ask_as(store), Filters(), cuts(seasonality.THRESHOLDS, overrides=given)).index.filter(pl.col("scope") == "company")
    assert index["daily_index"].to_list() == pytest.approx([1.0] * 12)
    assert index["seasonal_index"].max() > 1.03


def test_beers_february_per_selling_day_through_the_store(beer, tmp_path) -> None:
    days = [month.astype("datetime64[D]").item() for month in beer.months]
    sold = pl.DataFrame(lines(*((day, "A", "P", float(value), 1.0) for day, value in zip(days, beer.values, strict=True))))
    store = make_store(tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=[{"product_id": "P", "product": "P"}], transactions=sold)
    index = seasonality.answer(ask_as(store), Filters(), cuts(seasonality.THRESHOLDS, overrides={"years": 10})).index
    february = index.filter(pl.col("scope") == "company", pl.col("month") == 2).row(0, named=True)
    assert (round(february["seasonal_index"], 3), round(february["daily_index"], 3)) == (0.915, 0.986)
