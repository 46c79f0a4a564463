"""The prospects' charts: what each draws of small frames."""

from pathlib import Path

import polars as pl
import pytest

from charts.findings.pipeline.prospects import belief, obstacles, sentence
from charts.pipeline.drivers import drivers
from charts.pipeline.prospects import prospects
from charts.theme import PROSPECTS as COLOURS
from charts.theme import QUADRANTS as PORTFOLIO
from data import language
from measures.pipeline.prospects import THRESHOLDS, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, make_store
from tests.charts.conftest import text_of
from tests.charts.prospect_shapes import CUTS, DRIVEN, PROSPECTS, QUADRANTS


def parts(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    return frame.filter(pl.col("part") == name)


def test_the_map_draws_the_placed_prospects_the_cuts_and_the_classes() -> None:
    frame = prospects(PROSPECTS, quadrants=QUADRANTS, **CUTS).frame
    assert parts(frame, "account")["account_id"].to_list() == ["a", "b", "c", "d"]
    assert parts(frame, "account")["is_hollow"].to_list() == [False, False, True, True]
    assert parts(frame, "intention_cut")["probability"].item() == 0.35
    assert parts(frame, "contribution_cut")["expected_contribution"].item() == pytest.approx((400 * 100) ** 0.5)
    assert parts(frame, "class")["class_text"].to_list() == ["C from 15%", "B from 35%", "A from 60%"]


def test_each_corner_has_its_name_count_and_money_and_ours_are_labelled() -> None:
    frame = prospects(PROSPECTS, quadrants=QUADRANTS, **CUTS).frame
    corners = {row["corner"]: row["corner_text"] for row in parts(frame, "corner").iter_rows(named=True)}
    assert corners["PI Break through now"] == "1 account · €900 · 60%"
    assert [name for name in corners if name.endswith("(ours)")] == ["PIII Take along (ours)", "PIV Keep on file (ours)"]


def test_prospects_wear_the_colours_of_the_quadrants_that_they_stand_in() -> None:
    assert [COLOURS[f"P{code}"] for code in ("I", "II", "III", "IV")] == [PORTFOLIO[f"E{code}"] for code in ("I", "II", "III", "IV")]
    assert all(colour in text_of(prospects(PROSPECTS, quadrants=QUADRANTS, **CUTS).spec) for colour in COLOURS.values())


def test_what_drives_a_chance_is_drawn_by_its_effect_and_without_one_by_its_points() -> None:
    assert drivers(DRIVEN).frame.select("name", "moved_text").rows() == [("Network", "-20.0"), ("Growth", "+10.0"), ("Budget", "0.0")]
    young = DRIVEN.with_columns(effect=pl.lit(None, pl.Float64))
    assert drivers(young).frame["moved_text"].to_list() == ["+5.0", "-4.0", "0.0"]


def test_where_nobody_is_there_the_findings_say_so(tmp_path: Path) -> None:
    nothing = answer(ask_as(make_store(tmp_path)), Filters(), cuts(THRESHOLDS))
    assert sentence(nothing) == "No account of this selection is still to be won: there is no prospect"
    assert belief(nothing).startswith("No rated deal has closed yet")
    language.use("es", "EUR")
    assert sentence(nothing).startswith("En esta selección no queda")


def test_what_keeps_prospects_says_so_where_it_is_mostly_not_known() -> None:
    rows = pl.DataFrame({"obstacle": [None, "price", "brand"], "expected_contribution": [100.0, 60.0, 30.0]})
    assert obstacles(rows) == "Of most it is not known what keeps them, €100 a year; of the others it is price, €60 a year"
    assert obstacles(rows.tail(2)) == "What keeps most from signing: price, with €60 a year"
