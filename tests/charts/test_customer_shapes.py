"""Wallet, coverage, early warnings' record and two accounts side by side: what each draws of small frames."""

import polars as pl
import pytest

from charts.accounts.side_by_side import side_by_side
from charts.customers.alarm_record import alarm_record
from charts.customers.plan_range import LIMIT
from charts.customers.territories import territories
from charts.customers.territory_ways import pixel_of, said
from charts.customers.wallet import wallet
from charts.customers.wallet_split import wallet_split
from measures.customers.territories import move_account
from measures.customers.territories import territories as judged
from measures.customers.warning_record import over_time
from tests.charts.conftest import marks
from tests.charts.customer_shapes import BAND, BOUGHT, HELD, LOGGED, MONTHLY, NEEDED, OWNED, RIVALS, STRATEGIES, a_plan


def parts(chart, name: str) -> pl.DataFrame:
    return chart.frame.filter(pl.col("part") == name)


def test_a_wallet_without_any_purchase_of_us_is_in_no_corner_of_the_chart() -> None:
    drawn = parts(wallet(HELD, share_cut=0.5, upcoming_cut=20.0, strategies=STRATEGIES), "account")
    assert drawn["account_id"].to_list() == ["a", "b"]


def test_a_modelled_wallet_is_hollow_and_its_range_is_drawn() -> None:
    chart = wallet(HELD, share_cut=0.5, upcoming_cut=20.0, strategies=STRATEGIES)
    assert dict(parts(chart, "account").select("account_id", "is_hollow").rows()) == {"a": True, "b": False}
    assert parts(chart, "range").select("share", "share_high").row(0) == (0.5, 0.7)


def test_each_corner_of_the_wallet_says_its_accounts_and_its_money() -> None:
    corners = parts(wallet(HELD, share_cut=0.5, upcoming_cut=20.0, strategies=STRATEGIES), "corner")
    texts = dict(corners.select("corner", "corner_text").rows())
    assert texts["Defend (ours)"] == "1 account · €60 to win"
    assert texts["Acquire or abandon"] == "2 accounts · €49 to win"


def test_the_cuts_of_the_wallet_are_drawn_exactly() -> None:
    frame = wallet(HELD, share_cut=0.45, upcoming_cut=20.0, strategies=STRATEGIES).frame
    assert frame.filter(pl.col("part") == "share_cut")["share"].item() == 0.45
    assert frame.filter(pl.col("part") == "upcoming_cut")["upcoming"].item() == 20.0


def test_the_parts_of_a_category_follow_one_another_and_end_at_the_whole() -> None:
    beer = wallet_split(BOUGHT, RIVALS).frame.filter(pl.col("category") == "Beer")
    assert beer.select("competitor", "start", "end").rows() == [("Ours", 0.0, 60.0), ("Rival", 60.0, 90.0), ("Unnamed competitor", 90.0, 100.0)]
    assert beer["text"].to_list() == ["Ours 60%", "Rival 30%", "Unnamed competitor 10%"]


def test_who_is_there_stands_beside_the_range_that_is_needed() -> None:
    rows = a_plan(NEEDED).frame
    assert rows["text"].to_list() == ["3 of 5 to 6", "1"]
    assert rows["is_point"].to_list() == [False, True]
    assert "beside" not in rows.columns


def test_a_second_plan_is_a_diamond_of_its_own() -> None:
    chart = a_plan(NEEDED, beside=True)
    assert chart.frame["beside"].to_list() == [2.5, 0.5]
    assert [mark["mark"]["shape"] for mark in marks(chart.spec, "point")] == ["diamond"]
    assert marks(a_plan(NEEDED).spec, "point") == []


def test_what_is_beyond_the_limit_is_summed_as_others() -> None:
    many = pl.concat([NEEDED.head(1)] * (LIMIT + 3))
    rows = a_plan(many, beside=True).frame
    assert rows.height == LIMIT + 1
    assert rows.row(-1, named=True)["name"] == "Others (3)"
    assert (rows["beside"][-1], rows["actual"][-1]) == (7.5, 9.0)


def test_a_territory_stands_at_its_share_of_the_average() -> None:
    people = parts(territories(judged(OWNED, BAND), band=BAND), "person")
    # 120 and 80 calls on average 100; 50 and 450 of potential on average 250. Who leads others is not compared.
    assert people["salesperson"].to_list() == ["Ana", "Ben"]
    assert (people["x"].to_list(), people["y"].to_list()) == (pytest.approx([1.2, 0.8]), pytest.approx([0.2, 1.8]))


def test_the_fair_square_is_the_band_around_the_average() -> None:
    fair = parts(territories(judged(OWNED, BAND), band=BAND), "fair")
    assert fair.select("x", "x_end", "y", "y_end").row(0) == (0.85, 1.15, 0.85, 1.15)


def test_a_move_leads_both_people_from_where_they_are_to_where_they_would_be() -> None:
    chart = territories(judged(OWNED, BAND), band=BAND, move=move_account(OWNED, "ana", "ben", BAND))
    ways = {row["salesperson"]: row for row in parts(chart, "way").iter_rows(named=True)}
    assert (ways["Ana"]["x"], ways["Ana"]["x_end"]) == (1.2, 0.0)
    # The only one left besides the leader has all the work there is: the average.
    assert (ways["Ben"]["x"], ways["Ben"]["x_end"]) == (0.8, 1.0)
    assert parts(chart, "name").is_empty()


def test_names_of_territories_do_not_cover_one_another() -> None:
    crowd = pl.concat([OWNED.head(1).with_columns(salesperson_id=pl.lit(f"p{n}"), salesperson=pl.lit(f"Person {n}")) for n in range(12)])
    chart = territories(judged(pl.concat([crowd, OWNED]), BAND), band=BAND)
    assert parts(chart, "name")["salesperson"].n_unique() < 12


def ways(*rows: tuple[str, float, float, float, float]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["salesperson", "x", "y", "x_end", "y_end"], orient="row")


def a_name_beside(moved: pl.DataFrame, people: pl.DataFrame) -> tuple:
    """Where the first person's name stands on a square-root scale from 1 to 9 in both directions: (x, y, align, dx, dy)."""
    frame = pl.DataFrame({"x": [1.0, 9.0], "y": [1.0, 9.0]})
    rows, _boxes = said(moved, people, pixel_of([frame]), "said")
    return rows.select("x", "y", "align", "dx", "dy").row(0)


NOBODY = pl.DataFrame(schema={"x": pl.Float64, "y": pl.Float64})


def test_a_name_of_a_move_stands_where_its_way_does_not_pass() -> None:
    # To the right: beyond the end is free. To the left: the way leaves the end on its right, so that the name goes to the left.
    assert a_name_beside(ways(("Ana", 1.0, 4.0, 4.0, 4.0)), NOBODY) == (4.0, 4.0, "left", 11.0, 0.0)
    assert a_name_beside(ways(("Ana", 9.0, 4.0, 4.0, 4.0)), NOBODY) == (4.0, 4.0, "right", -11.0, 0.0)


def test_a_name_of_a_move_keeps_away_from_the_other_way_and_from_points() -> None:
    first, second = ("Ana", 1.0, 4.0, 4.0, 4.0), ("Ben", 4.2, 1.0, 4.2, 9.0)
    assert a_name_beside(ways(first, second), NOBODY)[2:] == ("center", 0.0, -16.0)
    beside = pl.DataFrame({"x": [4.2], "y": [4.0]})
    assert a_name_beside(ways(first), beside)[2:] == ("center", 0.0, -16.0)


def test_a_name_at_the_edge_stays_in_the_view() -> None:
    assert a_name_beside(ways(("Ana", 4.0, 4.0, 9.0, 4.0)), NOBODY)[2:] == ("center", 0.0, -16.0)


def test_a_move_is_named_for_a_wide_view_and_for_a_phones() -> None:
    chart = territories(judged(OWNED, BAND), band=BAND, move=move_account(OWNED, "ana", "ben", BAND))
    assert [parts(chart, name)["salesperson"].to_list() for name in ("said", "said_narrow")] == [["Ana", "Ben"], ["Ana", "Ben"]]


def test_the_record_is_of_the_twelve_months_up_to_each_month() -> None:
    months = parts(alarm_record(over_time(LOGGED)), "month")
    rates = months.select("series", "rate", "judged").rows()
    assert rates == [
        ("precision", 0.5, 2), ("precision", pytest.approx(2 / 3), 3), ("precision", pytest.approx(2 / 3), 3),
        ("recall", 1.0, 1), ("recall", pytest.approx(2 / 3), 3), ("recall", pytest.approx(2 / 3), 3),
    ]  # fmt: skip


def test_two_accounts_are_two_lines_with_their_names_at_the_end() -> None:
    chart = side_by_side(MONTHLY, MONTHLY.head(2), names=("Aurora", "Bravo"))
    assert parts(chart, "month").group_by("name", maintain_order=True).len().rows() == [("Aurora", 3), ("Bravo", 2)]
    assert parts(chart, "end")["name"].to_list() == ["Aurora", "Bravo"]
