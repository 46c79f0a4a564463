"""Protection of leads (source 002), hand-overs, renewals and referrals."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

from measures.pipeline import life_cycle, life_hand_overs, life_leads, life_openings
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines
from tests.measures.pipeline.pipelines import day, deals_store

PATHS = {name: [("lead", 1)] for name in ("quiet", "visited", "unanswered", "unread", "mailed", "pushed", "woke", "fresh")} | {"today": [("lead", 100)]}
"""All created on day 1 with an account of their own name; today is day 100."""

TOUCHES = [
    ("visited", 80, "visit", "talked"),
    ("unanswered", 90, "call", "No answer "),
    ("unread", 95, "message", "Summer guide 2026: Sin respuesta"),
    ("mailed", 95, "message", None),
    ("pushed", 5, "visit", "talked"), ("pushed", 75, "visit", "talked"),
    ("woke", 5, "visit", "talked"), ("woke", 75, "call", "Nos llamó"), ("woke", 78, "visit", "talked"),
]  # fmt: skip


class Asked(NamedTuple):
    """The leads one by one, and their totals of the answer `life_cycle`."""

    leads: pl.DataFrame
    lead_totals: pl.DataFrame


def asked(folder: Path, paths: dict = PATHS, filters: Filters = Filters(), overrides: dict | None = None, **tables: list[dict]) -> Asked:
    own = {
        "accounts": [{"account_id": name, "account": name.title()} for name in paths],
        "activities": [
            {"activity_id": str(number), "account_id": account, "happened_on": day(on), "kind": kind, "outcome": outcome}
            for number, (account, on, kind, outcome) in enumerate(TOUCHES)
            if account in paths
        ],
    }
    store = deals_store(folder, paths, {name: {"account_id": name, "expected_amount": 10} for name in paths}, **(own | tables))
    chosen = cuts(life_cycle.THRESHOLDS, None, overrides or {})
    return Asked(life_leads.answer(ask_as(store), filters, chosen).leads, life_cycle.answer(ask_as(store), filters, chosen).lead_totals)


def statuses(found: Asked) -> dict[str, str]:
    return dict(found.leads.select("opportunity_id", "lead_status").iter_rows())


def test_only_an_answered_contact_protects_and_only_the_customers_own_wakes(tmp_path: Path) -> None:
    assert statuses(asked(tmp_path)) == {
        "quiet": "cooled", "visited": "protected", "unanswered": "cooled", "unread": "cooled", "mailed": "cooled", "pushed": "protected", "woke": "reawakened",
        "fresh": "cooled", "today": "protected",
    }  # fmt: skip


def test_a_lead_is_its_owners_for_thirty_days_from_the_last_contact_and_says_until_when(tmp_path: Path) -> None:
    found = asked(tmp_path).leads.filter(opportunity_id="visited")
    assert found.select("last_contact_on", "silent_days", "protected_until").row(0) == (day(80), 20, day(110))


def test_the_thirtieth_day_still_protects(tmp_path: Path) -> None:
    paths = {"day 30": [("lead", 70)], "day 31": [("lead", 69)], "today": [("lead", 100)]}
    assert statuses(asked(tmp_path, paths)) == {"day 30": "protected", "day 31": "cooled", "today": "protected"}


@pytest.mark.parametrize(("overrides", "status"), [({"protection_days": 10}, "cooled"), ({"sales_model": "small_c"}, "cooled"), ({"protection_days": 99}, "protected")])
def test_the_window_moves_who_is_protected(tmp_path: Path, overrides: dict, status: str) -> None:
    assert statuses(asked(tmp_path, overrides=overrides))["visited"] == status


def test_ones_own_words_say_what_an_answer_and_an_own_contact_are(tmp_path: Path) -> None:
    found = statuses(asked(tmp_path, overrides={"unanswered_outcomes": "talked", "own_touch_outcomes": "no answer"}))
    assert (found["visited"], found["unanswered"]) == ("cooled", "reawakened")


def test_the_totals_count_every_open_deal_once(tmp_path: Path) -> None:
    totals = asked(tmp_path).lead_totals
    assert totals.rows() == [("protected", 3, 30.0), ("cooled", 5, 50.0), ("reawakened", 1, 10.0)]


def test_a_closed_deal_is_no_lead(tmp_path: Path) -> None:
    paths = {"won": [("lead", 1), ("won", 5)], "lost": [("lead", 1), ("lost", 5)], "today": [("lead", 100)]}
    assert list(statuses(asked(tmp_path, paths))) == ["today"]


def test_leads_stand_at_the_periods_end(tmp_path: Path) -> None:
    found = statuses(asked(tmp_path, filters=Filters(to_date=day(40))))
    assert (found["pushed"], found["visited"]) == ("cooled", "cooled")
    assert "today" not in found


PEOPLE = [{"salesperson_id": name, "salesperson": name.title()} for name in ("ana", "bea", "cid")]


def handed(folder: Path, filters: Filters = Filters(), more_work: tuple = ()) -> list[dict]:
    """Ana worked on all three accounts until January; Bea has them now. Only at `good` has she taken up everything.

    `more_work` are more visits: account, person, day.
    """
    names = ("good", "bad", "silent")
    paths = {"good deal": [("lead", 1)], "bad deal": [("lead", 1)]}
    deals = {
        "good deal": {"account_id": "good", "salesperson_id": "bea", "expected_amount": 10, "expected_close_on": day(90)},
        "bad deal": {"account_id": "bad", "salesperson_id": "ana", "expected_amount": 20},
    }
    work = [("good", "ana", 5), ("good", "bea", 70), ("bad", "ana", 5), ("silent", "ana", 5), *more_work]
    store = deals_store(
        folder, paths, deals,
        salespeople=PEOPLE, accounts=[{"account_id": name, "account": name.title(), "salesperson_id": "bea"} for name in names],
        products=[{"product_id": "p", "product": "Pale"}],
        contacts=[{"contact_id": "1", "account_id": "good", "name": "Eva", "role": "decision maker"}],
        activities=[
            {"activity_id": str(number), "account_id": account, "salesperson_id": person, "happened_on": day(on), "kind": "visit"}
            for number, (account, person, on) in enumerate(work)
        ],
        transactions=[row | {"salesperson_id": "bea"} for row in lines((day(65), "bad", "p", 1, 100.0), (day(65), "silent", "p", 1, 50.0))],
    )  # fmt: skip
    found = life_hand_overs.answer(ask_as(store), filters, cuts(life_hand_overs.THRESHOLDS)).hand_overs
    return found.to_dicts()


def test_a_hand_over_says_what_was_taken_up_the_least_complete_first(tmp_path: Path) -> None:
    found = handed(tmp_path)
    checks = ("deals_taken", "is_in_touch", "has_decision_maker", "deals_dated")
    assert [(row["account_id"], row["completeness_rate"], *(row[name] for name in checks)) for row in found] == [
        ("bad", 0.0, False, False, False, False), ("silent", 0.5, True, False, False, True), ("good", 1.0, True, True, True, True),
    ]  # fmt: skip
    assert (found[0]["former"], found[0]["salesperson"], found[0]["handed_on"], found[0]["left_value"]) == ("Ana", "Bea", date(2026, 3, 1), 20.0)


def test_of_two_who_worked_until_the_same_month_the_later_comer_is_the_former_person(tmp_path: Path) -> None:
    beside = handed(tmp_path / "beside", more_work=(("bad", "cid", 6),))
    later = handed(tmp_path / "later", more_work=(("bad", "ana", 40), ("bad", "cid", 40)))
    assert [{row["account_id"]: row["former"] for row in found}["bad"] for found in (beside, later)] == ["Ana", "Cid"]


def test_a_hand_over_before_the_period_is_none_of_it(tmp_path: Path) -> None:
    assert handed(tmp_path, Filters(from_date=date(2026, 4, 1))) == []


def test_deals_open_renew_or_come_by_referral(tmp_path: Path) -> None:
    paths = {"new": [("lead", 1), ("won", 3)], "again": [("lead", 70), ("won", 80)], "asks": [("lead", 75)], "lost": [("lead", 5), ("lost", 9)]}
    deals = {
        "new": {"account_id": "a", "expected_amount": 10, "source": " Referral"}, "again": {"account_id": "a", "expected_amount": 30},
        "asks": {"account_id": "b", "expected_amount": 5, "source": "web"}, "lost": {"account_id": "b", "expected_amount": 5, "source": "Boca a boca"},
    }  # fmt: skip
    store = deals_store(tmp_path, paths, deals, accounts=[{"account_id": name, "account": name} for name in "ab"])
    found = life_openings.answer(ask_as(store), Filters(), cuts(life_openings.THRESHOLDS)).openings
    assert found.rows() == [
        ("new", 3, 1, 1, 1, 10.0, 0.5, 2.0), ("renewal", 1, 1, 0, 0, 30.0, 1.0, 10.0), ("referral", 2, 1, 1, 0, 10.0, 0.5, 2.0),
    ]  # fmt: skip
    asked_again = life_openings.answer(ask_as(store), Filters(), cuts(life_openings.THRESHOLDS, None, {"referral_sources": "web"})).openings
    assert asked_again.filter(opening="referral")["created"].item() == 1


def test_a_deal_that_was_won_before_it_was_created_renews_what_follows_its_creation_and_not_itself(tmp_path: Path) -> None:
    paths = {"early": [("lead", 20), ("won", 41)], "same month": [("lead", 50)], "later": [("lead", 95)], "other": [("lead", 69)]}
    deals = {"early": {"created_on": day(69)}, "other": {"account_id": "b"}}
    found = {}
    for name, chosen in {"alone": ("early", "other"), "together": tuple(paths)}.items():
        store = deals_store(tmp_path / name, {deal: paths[deal] for deal in chosen}, deals, accounts=[{"account_id": key, "account": key} for key in "ab"])
        rows = life_openings.answer(ask_as(store), Filters(), cuts(life_openings.THRESHOLDS)).openings
        found[name] = dict(rows.select("opening", "created").rows())
    # Alone the early deal is new; together with it only the deal created in the month after its creation is a renewal.
    assert found == {"alone": {"new": 2, "renewal": 0, "referral": 0}, "together": {"new": 3, "renewal": 1, "referral": 0}}
