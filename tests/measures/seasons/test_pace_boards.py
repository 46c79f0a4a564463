"""Pace against signed boards: units that a person can add up, of the board's accounts and months, of what the viewer sees."""

import json
from datetime import date

import pytest

from charts.findings.seasons.pace import sentence
from data import target_versions as kept
from data.access import Viewer
from data.journal import Journal
from data.signed_boards import signed_boards, written
from data.store import Store
from measures.__main__ import main
from measures.seasons.pace import RECORDS, THRESHOLDS, Pace, answer, with_records
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as
from tests.measures.seasons.test_pace import build, row, target

MANAGER, NORTH = Viewer("ana", "Ana", "manager", None), Viewer("n", "N", "lead", ("N",))
BOARD = "2026-03+3"
ROWS = {("n", "P"): (60, 70, 80), ("s", "P"): (100, 90, 100)}
"""March to May: the north sold 50 and 100 in March and April 2026, the south 150 and 100."""


def signed(store: Store, rows: dict = ROWS, board: str = BOARD, *, frozen: bool = True) -> Journal:
    journal = Journal(store.journal_path)
    kept.save(journal, board, rows, viewer=MANAGER, accounts=("n", "s"), seen=kept.latest(journal, board), reason="Agreed", about={})
    (kept.freeze if frozen else kept.approve)(journal, board, kept.latest(journal, board), viewer=MANAGER)
    return journal


def paced(store: Store, filters: Filters | None = None, viewer: Viewer | None = None, **overrides: object) -> Pace:
    ask, chosen = ask_as(store, viewer) if viewer else ask_as(store), cuts(THRESHOLDS, overrides=overrides)
    return with_records(answer(ask, filters or Filters(), chosen), written(Journal(store.journal_path), RECORDS), chosen)


@pytest.fixture
def bare(tmp_path) -> Store:
    """Sales until April 2026 and no imported target."""
    return build(tmp_path, [])


@pytest.fixture
def both(tmp_path) -> Store:
    """A company's target of 200 a month, 400 units, imported."""
    return build(tmp_path, [target(month, 200) for month in range(1, 13)])


def test_a_frozen_board_is_the_target_of_its_months_and_accounts_in_units(bare: Store) -> None:
    """500 units from March to May. Sold in March and April: 50 + 100 in the north, 150 + 100 in the south; January and February don't count."""
    signed(bare)
    found = paced(bare)
    assert (row(found.pace)["target"], row(found.pace)["actual"]) == (500, 400)
    assert found.months.filter(target=0).height == 9
    assert found.months["target"].to_list()[2:5] == [160, 160, 180]
    assert (row(found.summary)["measure"], row(found.summary)["source"]) == ("quantity", "signed_board")
    assert dict(found.by_account.select("account_id", "target").rows()) == {"n": 210, "s": 290}
    assert dict(found.by_region.select("region", "actual").rows()) == {"North": 150, "South": 250}
    assert dict(found.by_salesperson.select("salesperson", "target").rows()) == {"ANN": 210, "SOL": 290}


def test_sales_of_accounts_that_the_board_does_not_hold_do_not_count(bare: Store) -> None:
    signed(bare, {("n", "P"): (60, 70, 80)})
    assert (row(paced(bare).pace)["target"], row(paced(bare).pace)["actual"]) == (210, 150)


def test_imported_targets_come_first_and_the_board_where_it_is_asked_for(both: Store) -> None:
    signed(both)
    assert row(paced(both).pace)["target"] == 2400
    assert row(paced(both, pace_targets="signed_board").pace)["target"] == 500
    assert row(paced(both, pace_targets="imported", pace_measure="quantity").pace)["target"] == 4800


def test_imported_targets_alone_leave_nothing_where_none_were_imported(bare: Store) -> None:
    signed(bare)
    assert row(paced(bare, pace_targets="imported").pace)["status"] == "no_target"


def test_a_board_that_nobody_signed_or_that_was_opened_again_is_no_target(bare: Store) -> None:
    journal = signed(bare)
    kept.reopen(journal, BOARD, 1, viewer=MANAGER, note="A distributor left")
    assert row(paced(bare).pace)["status"] == "no_target"
    assert row(paced(bare, pace_targets="signed_board").pace)["target"] is None


def test_an_approval_of_the_whole_company_signs_and_one_of_a_region_does_not(bare: Store) -> None:
    journal = signed(bare, frozen=False)
    assert row(paced(bare).pace)["target"] == 500
    other = "2026-01+1"
    kept.save(journal, other, {("n", "P"): (7,)}, viewer=MANAGER, accounts=("n",), seen=0, reason="Proposed", about={})
    kept.approve(journal, other, 1, viewer=NORTH, accounts=("n",))
    assert [record.subject for record in signed_boards(journal)] == [BOARD]


def test_the_version_that_was_signed_counts_not_what_was_saved_after_it(bare: Store) -> None:
    journal = signed(bare, frozen=False)
    kept.save(journal, BOARD, {("n", "P"): (1, 1, 1)}, viewer=MANAGER, accounts=("n",), seen=1, reason="A thought", about={})
    assert row(paced(bare).pace)["target"] == 500


def test_of_two_boards_on_one_month_the_one_signed_last_counts(bare: Store) -> None:
    signed(bare)
    signed(bare, {("n", "P"): (10, 20), ("s", "P"): (30, 40)}, "2026-05+2")
    assert row(paced(bare).pace)["target"] == 160 + 160 + 40 + 60


def test_a_board_whose_months_are_all_signed_again_counts_no_more(bare: Store) -> None:
    signed(bare)
    signed(bare, {("n", "P"): (1, 2, 3, 4)}, "2026-02+4")
    assert row(paced(bare).pace)["target"] == 10


def test_a_filter_that_leaves_nothing_of_the_board_leaves_no_target(bare: Store) -> None:
    signed(bare, {("n", "Q"): (5, 5, 5)})
    assert row(paced(bare, pace_targets="signed_board").pace)["status"] == "no_target"


def test_a_product_filter_leaves_that_products_part_of_the_board(bare: Store) -> None:
    signed(bare, ROWS | {("n", "Q"): (5, 5, 5)})
    assert row(paced(bare, Filters(product_ids=("P",))).pace)["target"] == 500
    assert row(paced(bare, Filters(region_ids=("S",))).pace)["target"] == 290
    assert row(paced(bare, Filters(salesperson_ids=("ann",))).pace)["target"] == 210


def test_a_lead_is_measured_by_their_part_of_the_board_and_a_stranger_by_nothing(bare: Store) -> None:
    signed(bare)
    mine = paced(bare, viewer=NORTH)
    assert (row(mine.pace)["target"], row(mine.pace)["actual"], mine.by_account["account_id"].to_list()) == (210, 150, ["n"])
    assert paced(bare, viewer=Viewer("x", "X", "lead", ())).pace.is_empty()


def test_the_shell_reads_the_board_too(bare: Store, capsys: pytest.CaptureFixture[str]) -> None:
    signed(bare)
    assert main(["pace", "--store", str(bare.root), "--format", "json"]) == 0
    tables = json.loads(capsys.readouterr().out)["tables"]
    assert (tables["pace"][0]["target"], tables["summary"][0]["source"]) == (500, "signed_board")
    assert tables["months"][2]["month"] == date(2026, 3, 1).isoformat()


def test_the_finding_names_the_signed_off_season_not_the_year(bare: Store) -> None:
    signed(bare)
    assert "the signed off-season to May 2026" in sentence(paced(bare))
