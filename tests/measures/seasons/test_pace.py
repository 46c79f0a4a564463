"""Pace through the store: months that a person can add up, regions with opposite seasons, quotas by the quarter, and who sees what."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from measures.history import History
from measures.seasons.pace import THRESHOLDS, Pace, answer
from measures.seasons.pace_scopes import Scopes
from measures.seasons.running_period import RunningPeriod
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

SOUTH = [1.5] * 3 + [1.0] * 3 + [0.5] * 3 + [1.0] * 3
NORTH = SOUTH[6:] + SOUTH[:6]
PEOPLE = [{"salesperson_id": key, "salesperson": key.upper(), "region_id": region} for key, region in (("ann", "N"), ("sol", "S"))]
ACCOUNTS = [
    {"account_id": "n", "account": "Norte", "region_id": "N", "salesperson_id": "ann"},
    {"account_id": "s", "account": "Sur", "region_id": "S", "salesperson_id": "sol"},
]  # fmt: skip


def sold(until: date) -> list[tuple]:
    """Three years and a part: 100 a month times the region's season, on the first and on the fifteenth."""
    days = [date(year, month, day) for year in range(2023, 2027) for month in range(1, 13) for day in (1, 15)]
    return [
        (day, account, "P", 50.0 * season[day.month - 1], 50.0 * season[day.month - 1])
        for day in days if day <= until for account, season in (("n", NORTH), ("s", SOUTH))
    ]  # fmt: skip


def target(month: int, amount: float, **of: str) -> dict:
    return {"month": date(2026, month, 1), "amount": amount, "quantity": 2 * amount, **of}


def paced(store, filters=None, viewer=None, **overrides) -> Pace:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def build(folder, targets, until=date(2026, 4, 30)):
    return make_store(
        folder, regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}], salespeople=PEOPLE, accounts=ACCOUNTS,
        products=[{"product_id": "P", "product": "P"}], transactions=lines(*sold(until), (until, "n", "P", 0, 0)), targets=targets,
    )  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Until April 2026: the north sold 250 of its year's 1,320, the south 550 of its 1,080; accounts have a target of their own."""
    targets = [
        *(target(month, 110, salesperson_id="ann", region_id="N") for month in range(1, 13)),
        *(target(month, 90, salesperson_id="sol", region_id="S") for month in range(1, 13)),
        *(target(month, 120, account_id="n") for month in range(1, 13)),
        target(1, 0, account_id="s"),
    ]
    return build(tmp_path_factory.mktemp("pace"), targets)


def row(table, **key) -> dict:
    return table.filter(**key).row(0, named=True)


def test_each_region_is_measured_by_its_own_season(store):
    found = paced(store)
    north, south = row(found.by_region, region_id="N"), row(found.by_region, region_id="S")
    shares = {key: sum(season[:4]) / 12 for key, season in (("N", NORTH), ("S", SOUTH))}
    assert (north["target"], north["actual"], south["target"], south["actual"]) == (1320, 250, 1080, 550)
    assert north["expected_share"] == pytest.approx(shares["N"], abs=0.002)
    assert south["pace_index"] == pytest.approx(550 / (1080 * shares["S"]), abs=0.005)
    assert (north["status"], south["status"]) == ("behind", "ahead")


def test_the_whole_follows_both_seasons_weighted_by_their_targets(store):
    found = row(paced(store).pace)
    share = (1320 * sum(NORTH[:4]) + 1080 * sum(SOUTH[:4])) / 12 / 2400
    assert (found["target"], found["actual"]) == (2400, 800)
    assert found["expected_share"] == pytest.approx(share, abs=0.002)
    assert found["projection_low"] == pytest.approx(800 + 2400 * (1 - found["expected_share"]))
    assert found["projection_high"] == pytest.approx(800 / found["expected_share"])
    assert found["required_factor"] == pytest.approx(1600 / (2400 * (1 - found["expected_share"])))


def test_the_targets_own_months_may_say_what_is_expected(store):
    found = row(paced(store, pace_expected="plan").pace)
    assert (found["expected_share"], found["pace_index"]) == (pytest.approx(1 / 3), pytest.approx(1.0))
    assert found["status"] == "on_pace"


def test_people_and_accounts_have_their_own_targets_and_a_target_of_nothing_has_no_pace(store):
    found = paced(store)
    assert dict(found.by_salesperson.select("salesperson", "target").rows()) == {"ANN": 1320, "SOL": 1080}
    assert row(found.by_account, account_id="n")["target"] == 1440
    none = row(found.by_account, account_id="s")
    assert (none["status"], none["attainment"], none["pace_index"], none["projection_low"]) == ("no_target", None, None, None)


def test_the_months_sum_up_to_the_projection(store):
    found = paced(store)
    whole, last = row(found.pace), found.months.row(-1, named=True)
    assert (last["target_sum"], last["low_sum"], last["high_sum"]) == (
        2400, pytest.approx(whole["projection_low"]), pytest.approx(whole["projection_high"])
    )  # fmt: skip
    assert found.months["actual"].to_list()[:5] == [200, 200, 200, 200, None]


def test_units_have_their_own_target(store):
    assert row(paced(store, pace_measure="quantity").pace)["target"] == 4800


def test_the_quarter_is_final_when_its_last_month_is_over(store):
    found = paced(store, Filters(to_date=date(2026, 4, 1)), pace_period="quarter")
    whole = row(found.pace)
    assert (whole["target"], whole["actual"], whole["status"]) == (600, 600, "reached")
    assert (whole["required_factor"], whole["projection_low"], whole["projection_high"]) == (None, 600, 600)


def test_half_of_a_running_month_counts_by_its_weekdays(store):
    about = row(paced(store, Filters(to_date=date(2026, 4, 16))).summary)
    assert about["months_elapsed"] == pytest.approx(3 + 11 / 22)
    assert (about["days_gone"], about["as_of"]) == (int(np.busday_count(date(2026, 1, 1), date(2026, 4, 16))), date(2026, 4, 15))


def test_months_without_a_target_are_no_days_left():
    scopes = Scopes(pl.Series(["whole"]), np.array([[60.0, 0.0]]), np.array([[1.0, 0.0]]), np.array([[True, False]]))
    period = RunningPeriod(History(date(2026, 3, 1), date(2026, 5, 1)), "quarter", date(2026, 3, 31), date(2026, 4, 1))
    assert (scopes.has_target @ period.weekdays_gone).tolist() == [22]
    assert (scopes.has_target @ period.weekdays_left).tolist() == [0]


def test_a_season_runs_from_the_off_season_to_the_next(store):
    about = row(paced(store, pace_period="season", peak_start=1, off_season_start=7, off_season_months=3).summary)
    assert (about["period"], about["period_from"], about["period_to"]) == ("high_season", date(2025, 10, 1), date(2026, 7, 1))
    low = row(paced(store, pace_period="season", peak_start=9, off_season_start=3, off_season_months=3).summary)
    assert (low["period"], low["period_from"], low["period_to"]) == ("off_season", date(2026, 3, 1), date(2026, 6, 1))


def test_a_quarters_quota_is_spread_over_its_months_by_the_season(tmp_path):
    store = build(tmp_path, [target(month, 300, salesperson_id="sol", region_id="S") for month in (1, 4, 7, 10)])
    found = paced(store, pace_expected="plan")
    assert row(found.pace)["target"] == pytest.approx(1200)
    assert found.months["target"].head(3).to_list() == pytest.approx([100] * 3, rel=0.02)
    assert found.months["target"][3:6].sum() == pytest.approx(300)


def test_without_targets_there_are_sales_and_no_pace(tmp_path):
    found = paced(build(tmp_path, []))
    whole = row(found.pace)
    assert (whole["actual"], whole["target"], whole["status"]) == (800, None, "no_target")
    assert found.months.is_empty()


def test_a_lead_sees_their_region_and_a_stranger_nothing(store):
    mine = paced(store, viewer=Viewer("n", "N", "lead", ("N",)))
    assert (row(mine.pace)["target"], mine.by_region["region_id"].to_list(), mine.by_account["account_id"].to_list()) == (1320, ["N"], ["n"])
    assert paced(store, viewer=Viewer("x", "X", "lead", ())).pace.is_empty()


def test_an_account_filter_leaves_that_accounts_target(store):
    found = row(paced(store, Filters(account_ids=("n",))).pace)
    assert (found["target"], found["actual"]) == (1440, 250)


def test_sales_of_those_without_a_target_count_in_the_whole_and_are_told(store, tmp_path):
    assert paced(store).summary["unaimed"].item() == 0
    one = build(tmp_path, [target(month, 120, account_id="n") for month in range(1, 13)])
    found = paced(one)
    assert (found.pace["actual"].item(), found.by_account["actual"].to_list(), found.summary["unaimed"].item()) == (800, [250], 550)
