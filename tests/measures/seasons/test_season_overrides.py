"""Seasons set by hand per region: how they are written, who takes them, and what borrows them."""

import json
from datetime import date

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from data.errors import BadRequest
from data.journal import LOCAL_EMAIL, Journal
from measures.__main__ import main
from measures.customers import early_warnings
from measures.history import History
from measures.seasons import off_season_targets, seasonality
from measures.seasons.region_seasons import region_seasons, season_of
from measures.seasons.regions_by_hand import common_season, regions_by_hand, settings_in_sight
from measures.seasons.season_choice import lent_index
from measures.seasons.season_overrides import RegionSeason, read, written
from measures.thresholds import THRESHOLDS, cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

SUMMER = [1.6, 1.5, 1.1, 1.0, 0.9, 0.6, 0.5, 0.6, 0.9, 1.0, 1.1, 1.2]
NORTH = '{"N": {"peak": [6, 3], "off_season": [11, 5]}}'


def test_a_setting_is_read_and_written_in_one_form() -> None:
    assert read(NORTH) == {"N": RegionSeason((6, 3), (11, 5))}
    assert written(read(' {"S":{}, "N":{"off_season":[11,5],"peak":[6,3]}} ')) == NORTH
    assert (read(""), written({"N": RegionSeason()})) == ({}, "")


@pytest.mark.parametrize("text", ["nonsense", "[1]", '{"N": 3}', '{"N": {"peak": [13, 3]}}', '{"N": {"peak": [6, 7]}}', '{"N": {"top": [1, 1]}}', '{"N": {"peak": 6}}'])
def test_what_is_no_season_is_refused_before_it_is_kept(text: str) -> None:
    with pytest.raises(BadRequest, match="region_seasons"):
        THRESHOLDS["region_seasons"].read(text)


def test_a_borrowed_index_has_its_peak_where_it_was_set_and_keeps_its_shape() -> None:
    index = np.array(SUMMER)
    moved = lent_index(index, RegionSeason(peak=(6, 3)))
    assert moved.tolist() == np.roll(index, 6).tolist()
    assert lent_index(index, None) is index
    assert lent_index(index, RegionSeason(off_season=(3, 2))) is index


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    """Five years in the south; a region in the north of eight months, under which a part without a sale hangs."""
    months = [date(2021 + at // 12, at % 12 + 1, 1) for at in range(60)]
    south = [(day, "s", "p", 100 * SUMMER[day.month - 1], 5.0) for day in months]
    north = [(day, "n", "p", 10.0, 5.0) for day in months[-8:]]
    return make_store(
        tmp_path_factory.mktemp("regions"),
        regions=[
            {"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"},
            {"region_id": "NN", "region": "Far north", "parent_region_id": "N"},
        ],
        accounts=[{"account_id": "s", "account": "S", "region_id": "S"}, {"account_id": "n", "account": "N", "region_id": "NN"}],
        products=[{"product_id": "p", "product": "Pale"}],
        transactions=lines(*south, *north),
    )  # fmt: skip


def test_a_region_takes_the_season_of_the_one_above_it(store) -> None:
    found = regions_by_hand(ask_as(store), cuts(seasonality.THRESHOLDS, overrides={"region_seasons": NORTH}))
    assert found == {"N": RegionSeason((6, 3), (11, 5)), "NN": RegionSeason((6, 3), (11, 5))}
    assert common_season(found, ["N", "NN", None]) == RegionSeason((6, 3), (11, 5))
    assert common_season(found, ["N", "S"]) is None
    assert regions_by_hand(ask_as(store), cuts(seasonality.THRESHOLDS)) == {}


def test_a_regions_peak_and_off_season_are_the_ones_that_were_set(store) -> None:
    season = seasonality.answer(ask_as(store), Filters(), cuts(seasonality.THRESHOLDS, overrides={"region_seasons": NORTH})).season
    named = ("peak_start", "peak_months", "off_season_start", "off_season_months", "is_set_by_hand")
    rows = {row["scope"]: tuple(row[name] for name in named) for row in season.iter_rows(named=True)}
    assert rows["region:NN"] == (6, 3, 11, 5, True)
    assert rows["region:S"][:2] == (12, 3)
    assert (rows["region:S"][4], rows["company"][4]) == (False, False)


def test_who_has_regions_reads_the_seasons_of_these_alone_and_keeps_what_is_set_above_them(store) -> None:
    kept = {"abc_a": 0.7, "region_seasons": written(read('{"N": {"peak": [6, 3]}, "S": {"peak": [2, 2]}}'))}
    of_the_far_north, manager = Viewer("l", "L", "lead", ("NN",)), Viewer("m", "M", "manager", None)
    seen = settings_in_sight(kept, of_the_far_north, ask_as(store, of_the_far_north))
    assert seen == {"abc_a": 0.7, "region_seasons": '{"NN": {"peak": [6, 3]}}'}
    assert settings_in_sight(kept, manager, ask_as(store, manager)) == kept
    assert settings_in_sight(kept, of_the_far_north, None)["region_seasons"] == ""


def test_an_answer_printed_for_a_lead_states_no_other_regions_season(store, capsys: pytest.CaptureFixture[str]) -> None:
    journal = Journal(store.journal_path)
    journal.save_setting("region_seasons", '{"N": {"peak": [6, 3]}, "S": {"peak": [2, 2]}}', by="local")
    journal.save_user(Viewer("lead@s", "L", "lead", ("S",)), by="local")
    stated = {}
    for viewer in ("lead@s", LOCAL_EMAIL):
        assert main(["seasonality", "--store", str(store.root), "--as", viewer, "--format", "json"]) == 0
        stated[viewer] = json.loads(capsys.readouterr().out)["thresholds"]["region_seasons"]
    assert stated == {"lead@s": '{"S": {"peak": [2, 2]}}', LOCAL_EMAIL: '{"N": {"peak": [6, 3]}, "S": {"peak": [2, 2]}}'}


def test_what_is_set_for_every_region_in_view_is_the_whole_views(store) -> None:
    filters = Filters(region_ids=("N",))
    set_north = cuts(seasonality.THRESHOLDS, overrides={"region_seasons": '{"S": {"peak": [2, 2]}}'})
    south = seasonality.answer(ask_as(store), Filters(region_ids=("S",)), set_north).season.filter(pl.col("scope") == "company")
    assert south.select("peak_start", "peak_months", "is_set_by_hand").row(0) == (2, 2, True)
    assert seasonality.answer(ask_as(store), filters, set_north).season.filter(pl.col("scope") == "company")["is_set_by_hand"].to_list() == [False]


def test_a_company_season_set_by_hand_goes_before_the_regions(store) -> None:
    both = cuts(seasonality.THRESHOLDS, overrides={"region_seasons": '{"S": {"peak": [2, 2]}}', "peak_start": 5})
    season = seasonality.answer(ask_as(store), Filters(region_ids=("S",)), both).season
    assert season.filter(pl.col("scope") == "company")["peak_start"].to_list() == [5]


def test_accounts_of_a_young_region_are_measured_by_the_season_that_was_set(store) -> None:
    """Early warnings take the season out of an account by its region's index: without data of its own, the moved one."""
    until = History(date(2021, 1, 1), date(2026, 1, 1))
    set_north = cuts(early_warnings.THRESHOLDS, overrides={"region_seasons": NORTH})
    ask = ask_as(store)
    moved, known = region_seasons(ask, Filters(), until, regions_by_hand(ask, set_north))
    left, _known = region_seasons(ask, Filters(), until)
    assert known
    peak = [int(season_of(of, pl.Series(["NN"]))[0].argmax()) + 1 for of in (moved, left)]
    assert peak == [7, 1]


def test_off_season_targets_take_the_season_of_the_regions_on_the_board(store) -> None:
    filters = Filters(region_ids=("S",))
    given = {"region_seasons": '{"S": {"peak": [2, 2], "off_season": [8, 3]}}'}
    found = off_season_targets.answer(ask_as(store), filters, cuts(off_season_targets.THRESHOLDS, overrides=given))
    row = found.summary.row(0, named=True)
    assert (row["off_season_start"].month, row["off_season_months"], row["peak_start"].month, row["peak_months"]) == (8, 3, 2, 2)
