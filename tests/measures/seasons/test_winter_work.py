"""Winter work → summer result, and the launches' readiness, on rows that a person can add up."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from measures.history import History
from measures.seasons import launch_readiness, launch_times, winter_work
from measures.seasons.launch_times import usual_months
from measures.seasons.winter_association import association, groups
from measures.thresholds import cuts
from queries.filters import Filters, add_months
from tests.builders import ask_as, lines, make_store

SUMMER = [16, 15, 11, 10, 9, 6, 5, 6, 9, 10, 11, 12]
MONTHS = [date(2022 + at // 12, at % 12 + 1, 1) for at in range(48)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    """Two distributors whose peak is December to February; d1's last one is half as large again after two openings and three visits."""
    sold = []
    for at, day in enumerate(MONTHS):
        lifted = 1.5 if at >= 35 else 1
        sold += [(day, "d1", "p", 10 * SUMMER[day.month - 1] * lifted, 1.0), (day, "d2", "p", 10 * SUMMER[day.month - 1], 1.0)]
    people = [{"salesperson_id": "e", "salesperson": "Eva", "region_id": "S"}, {"salesperson_id": "f", "salesperson": "Fe", "region_id": "S"}]
    visits = [("d1", date(2024, 6, 3)), ("o1", date(2024, 7, 3)), ("w", date(2024, 8, 3)), ("d2", date(2024, 12, 3))]
    return make_store(
        tmp_path_factory.mktemp("winter"),
        regions=[{"region_id": "S", "region": "South"}],
        salespeople=people,
        accounts=[
            {"account_id": "d1", "account": "One", "kind": "distributor", "region_id": "S", "salesperson_id": "e"},
            {"account_id": "d2", "account": "Two", "kind": "distributor", "region_id": "S", "salesperson_id": "f"},
            {"account_id": "w", "account": "W", "kind": "wholesaler", "parent_account_id": "d1", "opened_on": date(2024, 5, 9), "salesperson_id": "e"},
            {"account_id": "o1", "account": "O1", "kind": "outlet", "parent_account_id": "w", "opened_on": date(2024, 9, 30), "salesperson_id": "e"},
            {"account_id": "o2", "account": "O2", "kind": "outlet", "parent_account_id": "d1", "opened_on": date(2025, 1, 9), "salesperson_id": "e"},
        ],
        products=[{"product_id": "p", "product": "Pale"}],
        transactions=lines(*sold),
        activities=[
            {"activity_id": str(at), "happened_on": day, "account_id": account, "salesperson_id": "e", "kind": "visit"}
            for at, (account, day) in enumerate(visits)
        ],
        development_plans=[{"month": date(2024, 6, 1), "salesperson_id": "e", "kind": "outlet", "planned_visits": 4, "planned_developments": 3}],
    )  # fmt: skip


def found(store, viewer: Viewer | None = None, **overrides: object) -> winter_work.WinterWork:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return winter_work.answer(ask, Filters(), cuts(winter_work.THRESHOLDS, overrides=overrides))


def test_openings_and_visits_under_a_distributor_are_followed_into_its_next_peak(store) -> None:
    rows = {row["account_id"]: row for row in found(store).distributors.iter_rows(named=True)}
    one, two = rows["d1"], rows["d2"]
    assert (one["off_season_start"], one["peak_start"]) == (date(2024, 5, 1), date(2024, 12, 1))
    assert (one["opened"], one["visits"], one["peak"], one["peak_before"], one["change_rate"]) == (2, 3, 645, 430, 0.5)
    assert (two["opened"], two["visits"], two["change_rate"]) == (0, 0, 0.0)


def test_work_that_the_data_do_not_hold_is_not_known_rather_than_none(tmp_path: Path) -> None:
    sold = [(day, "d1", "p", 10 * SUMMER[day.month - 1], 1.0) for day in MONTHS]
    bare = make_store(
        tmp_path, accounts=[{"account_id": "d1", "account": "One", "kind": "distributor"}], products=[{"product_id": "p", "product": "Pale"}],
        transactions=lines(*sold),
    )  # fmt: skip
    (one,) = found(bare).distributors.iter_rows(named=True)
    assert (one["opened"], one["visits"], one["change_rate"]) == (None, None, 0.0)


def test_a_salesperson_has_the_work_that_they_did_beside_what_was_planned(store) -> None:
    rows = {row["salesperson_id"]: row for row in found(store).salespeople.iter_rows(named=True)}
    assert {key: rows["e"][key] for key in ("opened", "visits", "planned_openings", "planned_visits", "accounts", "change_rate")} == {
        "opened": 2, "visits": 3, "planned_openings": 3, "planned_visits": 4, "accounts": 1, "change_rate": 0.5,
    }  # fmt: skip
    assert (rows["f"]["opened"], rows["f"]["planned_visits"]) == (0, None)


def test_two_distributors_are_too_few_for_an_association_and_it_says_so(store) -> None:
    assert found(store).association.select("work", "slope_rate", "status").rows() == [("opened", None, "insufficient"), ("visits", None, "insufficient")]


def test_a_stranger_and_a_store_without_two_peaks_have_nothing(store, tmp_path) -> None:
    assert found(store, Viewer("x", "X", "lead", ())).distributors.is_empty()
    few = lines(*((day, "a", "p", 5, 5.0) for day in MONTHS[:14]))
    short = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=[{"product_id": "p", "product": "P"}], transactions=few)
    assert found(short).distributors.is_empty()
    assert found(short, peak_start=12, off_season_start=4, off_season_months=6).distributors.is_empty()


def panel(effect: float, distributors: int = 200, seasons: int = 3) -> pl.DataFrame:
    """Growth = season + effect × openings + noise."""
    rng = np.random.default_rng(3)
    opened = rng.poisson(1.5, (distributors, seasons))
    growth = 0.05 * np.arange(seasons) + effect * opened + rng.normal(0, 0.1, opened.shape)
    return pl.DataFrame(
        {
            "account_id": np.repeat([f"d{at}" for at in range(distributors)], seasons), "season": np.tile(np.arange(seasons), distributors),
            "opened": opened.ravel(), "visits": rng.poisson(10, opened.size), "peak": 100 * np.exp(growth.ravel()), "peak_before": 100.0,
        }
    )  # fmt: skip


def test_a_true_association_is_found_and_a_false_one_is_not() -> None:
    row = association(panel(0.03), 0.95).row(0, named=True)
    assert row["slope_low"] < np.expm1(0.03) < row["slope_high"]
    assert row["slope_low"] > 0
    nothing = association(panel(0.0), 0.95).row(0, named=True)
    assert nothing["slope_low"] < 0 < nothing["slope_high"]


def test_groups_are_without_with_less_and_with_more_work() -> None:
    frame = pl.DataFrame(
        {"account_id": list("abcdefg"), "season": 1, "opened": [0, 0, 1, 1, 2, 5, 6], "visits": 0, "peak": [100.0, 110, 120, 130, 140, 150, 160], "peak_before": 100.0}
    )
    rows = groups(frame, 0.8).filter(pl.col("work") == "opened").select("group", "from_work", "to_work", "n", "median_change").rows()
    assert rows == [("none", 0, 0, 2, pytest.approx(0.05)), ("less", 1, 2, 3, pytest.approx(0.3)), ("more", 5, 6, 2, pytest.approx(0.55))]


SPAN = History(date(2023, 1, 1), date(2025, 1, 1))


def launch(now: int, peak: date | None = date(2025, 3, 1), reach: float = 0.5) -> dict:
    """Two old products at 40 % and 60 % of ten distributors; a launch of 2023 that gained one a month; one of last October with `now`."""
    products = pl.DataFrame(
        [("a", "A", "Beer", None, None), ("b", "B", "Beer", None, None), ("c", "C", "Beer", date(2023, 7, 1), None), ("d", "D", "Beer", date(2024, 10, 1), None)],
        schema={"product_id": pl.String, "product": pl.String, "category": pl.String, "launched_on": pl.Date, "discontinued_on": pl.Date}, orient="row",
    )  # fmt: skip
    rows = [("a", SPAN.start, 4), ("b", SPAN.start, 6), *(("c", add_months(date(2023, 7, 1), step), 1) for step in range(5)), ("d", date(2024, 10, 1), now)]
    stocking = pl.DataFrame(rows, schema={"product_id": pl.String, "since": pl.Date, "accounts": pl.Int64}, orient="row")
    (row,) = launch_readiness.readiness(products, stocking, 10, SPAN, peak, 12, reach).launches.to_dicts()
    return row


def test_a_launch_is_measured_by_what_earlier_ones_had_at_its_age_and_gained_until_the_peak() -> None:
    row = launch(2)
    assert (row["product_id"], row["months"], row["stockists"], row["distribution"]) == ("d", 3, 2, 0.2)
    assert (row["usual_distribution"], row["months_to_peak"]) == (pytest.approx(0.3), 2)
    assert row["expected_distribution"] == pytest.approx(0.4)
    assert row["median_distribution"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("now", "reach", "months", "usual"),
    [(3, 0.5, 1, 3.0), (2, 0.5, None, 3.0), (3, 0.2, 1, 1.0), (5, 1.0, 1, 5.0), (5, 1.01, None, None)],
)
def test_months_to_distribution_run_to_the_share_of_the_categorys_median_beside_the_earlier_launch(now, reach, months, usual) -> None:
    """The median of the category is 5 of ten distributors; the earlier launch gained one a month, up to 5."""
    row = launch(now, reach=reach)
    assert (row["months_to_distribution"], row["usual_months_to_distribution"]) == (months, usual)


@pytest.mark.parametrize(("took", "usual"), [([2, 4, None], 4.0), ([2, 4], 3.0), ([2, None], None), ([], None)])
def test_an_earlier_launch_that_was_never_distributed_took_longer_than_any(took: list[int | None], usual: float | None) -> None:
    rows = [("p", "P", "Beer", SPAN.start, True, 0.25, months) for months in took] + [("q", "Q", "Wine", SPAN.start, True, None, None)]
    assert usual_months(pl.DataFrame(rows, schema=launch_times.SCHEMA, orient="row")) == usual


@pytest.mark.parametrize(("now", "readiness"), [(5, "ready"), (3, "on_the_way"), (2, "late")])
def test_readiness_is_the_categorys_median_now_or_by_the_peak(now: int, readiness: str) -> None:
    assert launch(now)["readiness"] == readiness


def test_without_a_peak_a_launch_is_ready_or_not_known() -> None:
    assert (launch(2, None)["readiness"], launch(6, None)["readiness"]) == ("unknown", "ready")


def test_a_store_without_launches_has_none(store) -> None:
    answer = launch_readiness.answer(ask_as(store), Filters(), cuts(launch_readiness.THRESHOLDS))
    assert (answer.launches.height, answer.earlier) == (0, 0)


def test_who_left_counts_neither_above_nor_below_the_line_so_no_distribution_is_over_one(tmp_path) -> None:
    """A and B have always bought P; C bought it until 2023 and left; N was launched in October 2024 and A took it."""
    sold = [(add_months(SPAN.start, step), account, "P", 10, 100.0) for step in range(24) for account in "AB"]
    sold += [(add_months(SPAN.start, step), "C", "P", 10, 100.0) for step in range(6)]
    sold += [(add_months(SPAN.start, step), "A", "N", 1, 10.0) for step in range(21, 24)]
    accounts = [{"account_id": key, "account": key, "kind": "distributor"} for key in "ABC"]
    products = [{"product_id": key, "product": key, "category": "Beer"} for key in "PN"]
    store = make_store(tmp_path, accounts=accounts, products=products, transactions=lines(*sold))
    (row,) = launch_readiness.answer(ask_as(store), Filters(), cuts(launch_readiness.THRESHOLDS)).launches.to_dicts()
    assert (row["product_id"], row["distribution"], row["median_distribution"]) == ("N", 0.5, 1.0)
