"""Prospects through the store: what they may bring × how likely they are to sign, from what was known on the day."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from data.access import Viewer
from data.language import use
from data.records import Record
from measures.pipeline.prospect_record import classes
from measures.pipeline.prospects import THRESHOLDS, Prospects, answer, with_records
from measures.registry import tables
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

INDICATORS = (
    "strength", "management", "network", "purchasing power", "marketing", "growth", "advantage", "strategic importance",
)  # fmt: skip
REGIONS = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
PRODUCTS = [{"product_id": "P", "product": "Lager"}]
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
SALES = [(date(2025, month, 1), "C", "P", 10, 1000.0, 600.0) for month in range(1, 13)] + [(LAST, "C", "P", 1, 1.0, 0.6)]
"""A customer with 12,001 a year at a margin of 40 %."""


def account(account_id: str, region: str = "N", **more: object) -> dict:
    return {"account_id": account_id, "account": f"Account {account_id}", "kind": "distributor", "region_id": region, **more}


def scored(account_id: str, score: float, on: date | None = FIRST, of: int = 8) -> list[dict]:
    """The same score on the first so many indicators."""
    return [{"account_id": account_id, "indicator": name, "score": score, "scored_on": on} for name in INDICATORS[:of]]


def deal(number: str, account_id: str, created: date, end: str | None = None, closed: date | None = None, **more: object) -> tuple[dict, list[dict]]:
    """A deal and its events: a first stage, an offer five days later, and its end."""
    events = [{"opportunity_id": number, "stage": "lead", "entered_on": created}, {"opportunity_id": number, "stage": "offer", "entered_on": created + timedelta(5)}]
    if end:
        events.append({"opportunity_id": number, "stage": end, "entered_on": closed or created + timedelta(40)})
    return {"opportunity_id": number, "account_id": account_id, "created_on": created, **more}, events


def store_of(folder, accounts: list[dict], scores: list[list[dict]], deals: list[tuple[dict, list[dict]]] = (), **more):
    listed = [account("C"), *accounts]
    chosen = {"prospect_scores": [row for rows in scores for row in rows]} if scores else {}
    if deals:
        chosen |= {"opportunities": [row for row, _events in deals], "stage_events": [event for _row, events in deals for event in events]}
    return make_store(folder, regions=REGIONS, accounts=listed, products=PRODUCTS, transactions=lines(*SALES), **chosen, **more)


def prospects(store, filters: Filters | None = None, viewer: Viewer | None = None, **overrides) -> Prospects:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def by_id(found: Prospects) -> dict[str, dict]:
    return {row["account_id"]: row for row in found.prospects.iter_rows(named=True)}


def told(account_id: str, monthly: float, month: int = 6) -> dict:
    return {"account_id": account_id, "month": date(2025, month, 1), "amount": monthly, "competitor": "Rival"}


def eight(account_id: str, wins: int) -> list[tuple[dict, list[dict]]]:
    """Eight closed deals, so many of them won at last."""
    ends = ["lost"] * (8 - wins) + ["won"] * wins
    return [deal(f"{account_id}{n}", account_id, date(2025, 2, 1 + n), end) for n, end in enumerate(ends)]


# What a prospect may bring


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    """Large and keen, large and not, small and keen, small and not; nobody has closed a deal: A signs at 75 %, D at 10 %."""
    keen = {"P1": (80, 10_000), "P2": (10, 8_000), "P3": (80, 100), "P4": (10, 50)}
    return store_of(
        tmp_path_factory.mktemp("four"), [account(name, "N" if name in ("P1", "P2") else "S") for name in keen],
        [scored(name, score) for name, (score, _amount) in keen.items()], wallet=[told(name, amount) for name, (_score, amount) in keen.items()],
    )  # fmt: skip


def test_expected_contribution_is_potential_times_target_share_times_margin_rate(four) -> None:
    found = by_id(prospects(four))["P1"]
    assert (found["potential"], found["potential_basis"]) == (120_000, "reported")
    assert found["expected_sales"] == pytest.approx(36_000)
    assert found["expected_contribution"] == pytest.approx(14_400)
    assert found["delay_cost"] == pytest.approx(1_200)


def test_two_axes_make_four_quadrants_and_are_never_multiplied(four) -> None:
    found = prospects(four)
    assert {name: row["quadrant"] for name, row in by_id(found).items()} == {"P1": "PI", "P2": "PII", "P3": "PIII", "P4": "PIV"}
    assert found.quadrants["accounts"].to_list() == [1, 1, 1, 1]
    assert found.quadrants["expected_contribution"].sum() == pytest.approx(found.prospects["expected_contribution"].sum())
    assert found.quadrants.filter("is_ours")["quadrant"].to_list() == ["PIII", "PIV"]


def test_the_cuts_decide(four) -> None:
    assert {row["quadrant"] for row in by_id(prospects(four, intention_cut=0.9)).values()} == {"PII", "PIV"}
    assert by_id(prospects(four, prospect_cut=0.3))["P2"]["quadrant"] == "PIV"
    assert by_id(prospects(four, target_wallet=0.6))["P1"]["expected_contribution"] == pytest.approx(28_800)


def test_equal_contributions_stand_on_the_same_side_of_the_cut_whatever_their_ids(tmp_path) -> None:
    amounts = {"P1": 300, "P2": 100, "P3": 100, "P4": 100, "P5": 50}
    store = store_of(tmp_path, [account(name) for name in amounts], [scored(name, 80) for name in amounts], wallet=[told(*pair) for pair in amounts.items()])

    def high(cut: float) -> list[str]:
        return [name for name, row in by_id(prospects(store, prospect_cut=cut)).items() if row["quadrant"] == "PI"]

    # 300 of 650 are 46 %, with the first of the three equal ones 62 %.
    assert high(0.46) == ["P1"]
    assert high(0.50) == high(0.80) == ["P1", "P2", "P3", "P4"]


def test_without_a_report_open_deals_speak_and_without_these_similar_customers(tmp_path) -> None:
    customers = [account(f"K{n}") for n in range(8)]
    sold = lines(*SALES, *((date(2025, 3, 1), f"K{n}", "P", 1, 100.0 * (n + 1), 60.0 * (n + 1)) for n in range(8)))
    rows, events = deal("1", "P1", date(2025, 11, 1), expected_amount=5_000)
    store = make_store(
        tmp_path, regions=REGIONS, products=PRODUCTS, transactions=sold, opportunities=[rows], stage_events=events,
        accounts=[account("C"), *customers, account("P1"), account("P2"), account("P3", kind="outlet")],
    )  # fmt: skip
    found = by_id(prospects(store))
    assert (found["P1"]["potential_basis"], found["P1"]["potential"], found["P1"]["expected_sales"]) == ("deals", None, 5_000)
    # Nine distributors bought 100, 200 … 800 and 12,001: the middle one is 500.
    assert (found["P2"]["potential_basis"], found["P2"]["expected_sales"]) == ("similar", 500)
    assert (found["P3"]["potential_basis"], found["P3"]["expected_contribution"], found["P3"]["quadrant"]) == ("unknown", None, None)


def test_without_costs_contribution_is_measured_in_net_sales(tmp_path) -> None:
    sold = lines(*((day, who, what, quantity, amount) for day, who, what, quantity, amount, _cost in SALES))
    store = make_store(tmp_path, accounts=[account("C", None), account("P1", None)], products=PRODUCTS, transactions=sold, wallet=[told("P1", 100)])
    found = prospects(store)
    assert by_id(found)["P1"]["expected_contribution"] == pytest.approx(1200 * 0.3)
    assert found.summary.select("contribution_basis", "basis_reason", "margin_rate").row(0) == ("net_sales", "missing_cost", 1.0)


# Who is a prospect


def test_who_bought_or_is_supplied_by_another_is_no_prospect_unless_somebody_rated_it(tmp_path) -> None:
    accounts = [account("P"), account("O", parent_account_id="C"), account("R", parent_account_id="C"), account("F", opened_on=date(2026, 5, 1))]
    found = prospects(store_of(tmp_path, accounts, [scored("R", 50), scored("C", 90)]))
    assert set(by_id(found)) == {"P", "R"}


def test_an_account_is_a_prospect_until_the_day_of_its_first_order(tmp_path) -> None:
    sold = lines(*SALES, (date(2025, 10, 15), "N1", "P", 1, 10.0))
    store = make_store(tmp_path, accounts=[account("C", None), account("N1", None)], products=PRODUCTS, transactions=sold, prospect_scores=scored("N1", 80))
    assert set(by_id(prospects(store, Filters(to_date=date(2025, 10, 15))))) == {"N1"}
    assert set(by_id(prospects(store, Filters(to_date=date(2025, 10, 16))))) == set()


# Chances


def test_one_win_of_eight_in_class_b_is_a_third(tmp_path) -> None:
    found = by_id(prospects(store_of(tmp_path, [account("B"), account("P")], [scored("B", 50), scored("P", 55)], eight("B", wins=1))))["P"]
    assert (round(found["probability"], 4), found["stated_class"], found["class"]) == (0.3333, "B", "C")
    assert found["lo"] < found["probability"] < found["hi"]
    assert found["sentence"].split("; ")[1] == "1 of 8 closed deals won in its class"


def test_each_class_has_its_own_deals_and_its_prior(tmp_path) -> None:
    accounts, scores = [account("B"), account("A"), account("D")], [scored("B", 50), scored("A", 90), scored("D", 5)]
    found = by_id(prospects(store_of(tmp_path, accounts, scores, eight("B", wins=1))))
    assert (found["A"]["probability"], found["D"]["probability"]) == (0.75, pytest.approx(0.1))


def test_under_three_fifths_of_the_rubric_an_account_is_unrated(tmp_path) -> None:
    found = by_id(prospects(store_of(tmp_path, [account("E"), account("F")], [scored("E", 70, of=5), scored("F", 70, of=4)])))
    assert (found["E"]["status"], found["E"]["rubric_score"], found["E"]["known_weight"]) == ("rated", pytest.approx(0.7), 0.625)
    assert [found["F"][name] for name in ("status", "probability", "class", "quadrant", "known_weight")] == ["unrated", None, None, None, 0.5]


def test_a_score_of_tomorrow_is_not_known_today(tmp_path) -> None:
    store = store_of(tmp_path, [account("P")], [scored("P", 20), scored("P", 90, date(2025, 9, 1))])
    assert by_id(prospects(store))["P"]["rubric_score"] == pytest.approx(0.9)
    assert by_id(prospects(store, Filters(to_date=date(2025, 9, 1))))["P"]["rubric_score"] == pytest.approx(0.2)


def test_a_rating_after_the_end_teaches_nothing(tmp_path) -> None:
    late = store_of(tmp_path / "late", [account("B"), account("P")], [scored("B", 50, date(2025, 8, 1)), scored("P", 50)], eight("B", wins=1))
    assert by_id(prospects(late))["P"]["probability"] == 0.5
    undated = store_of(tmp_path / "undated", [account("B"), account("P")], [scored("B", 50, None), scored("P", 50, None)], eight("B", wins=1))
    assert (round(by_id(prospects(undated))["P"]["probability"], 4), prospects(undated).summary["undated_scores"].item()) == (0.3333, 16)


def test_a_rating_soon_after_creation_counts_and_a_later_one_does_not(tmp_path) -> None:
    store = store_of(tmp_path, [account("B"), account("P")], [scored("B", 50, date(2025, 2, 20)), scored("P", 50)], eight("B", wins=1))
    assert round(by_id(prospects(store))["P"]["probability"], 4) == 0.3333
    assert by_id(prospects(store, rating_days=5))["P"]["probability"] == 0.5


def test_open_deals_are_not_lost(tmp_path) -> None:
    open_ones = [deal(f"X{n}", "B", date(2025, 6, 1)) for n in range(50)]
    found = prospects(store_of(tmp_path, [account("B"), account("P")], [scored("B", 50), scored("P", 50)], [*eight("B", wins=1), *open_ones]))
    assert round(by_id(found)["P"]["probability"], 4) == 0.3333
    assert found.summary.select("closed", "won").row(0) == (8, 1)


def test_a_deal_that_closed_after_the_day_was_open_on_it(tmp_path) -> None:
    store = store_of(tmp_path, [account("B"), account("P")], [scored("B", 50), scored("P", 50)], eight("B", wins=1))
    found = prospects(store, Filters(to_date=date(2025, 2, 28)))
    assert (by_id(found)["P"]["probability"], found.summary["closed"].item()) == (0.5, 0)


def many(count: int) -> tuple[list[dict], list[list[dict]], list[tuple[dict, list[dict]]]]:
    """So many rated accounts with one closed deal each: nine of ten good ones sign, one of ten others."""
    accounts = [account(f"A{n:03}") for n in range(count)]
    scores, deals = [], []
    for n in range(count):
        good, odd = n % 2 == 0, n % 10 < 2 and n % 20 < 2
        scores.append([row | {"score": row["score"] + (n * (7 + place) % 11)} for place, row in enumerate(scored(f"A{n:03}", 75 if good else 20))])
        deals.append(deal(f"D{n:03}", f"A{n:03}", date(2025, 1, 10) + timedelta(n * 2), "won" if good != odd else "lost"))
    return accounts, scores, deals


@pytest.mark.parametrize(("count", "method"), [(19, "class_rate"), (20, "platt"), (79, "platt"), (100, "logistic")])
def test_the_ladder_climbs_with_what_has_closed(tmp_path, count: int, method: str) -> None:
    accounts, scores, deals = many(count)
    found = prospects(store_of(tmp_path, [*accounts, account("P"), account("Q")], [*scores, scored("P", 80), scored("Q", 22)], deals))
    rows = by_id(found)
    assert found.summary.select("method", "closed").row(0) == (method, count)
    assert rows["P"]["probability"] > 0.6 > 0.4 > rows["Q"]["probability"]
    assert found.indicators["learnt"].is_not_null().all() == (method == "logistic")


def test_the_record_states_each_deal_before_it_is_known_and_the_brier_score_is_its_mean_square(tmp_path) -> None:
    accounts, scores, deals = many(150)
    found = prospects(store_of(tmp_path, accounts, scores, deals))
    first = found.record.filter(pl.col("rated_on") < date(2025, 4, 1))
    assert set(first["method"]) == {"class_rate"} and set(first["stated"].round(6)) <= {0.75, 0.5, 0.25, 0.1}
    assert "platt" in set(found.record["method"])
    by_hand = [(row["stated"] - row["is_won"]) ** 2 for row in found.record.iter_rows(named=True)]
    assert found.summary["brier"].item() == pytest.approx(sum(by_hand) / len(by_hand))
    assert found.summary["brier"].item() < found.summary["brier_base"].item()
    assert found.calibration["n"].sum() == found.classes["n"].sum() == found.record.height == found.summary["judged"].item()
    assert set(found.record["opportunity_id"]) == {f"D{n:03}" for n in range(150)}


def test_stated_rates_stand_against_realised_ones(tmp_path) -> None:
    scores = [scored("B", 50, date(2024, 1, 1)), scored("A", 90, date(2024, 1, 1))]
    deals = [*eight("B", wins=2), *(deal(f"L{n}", "A", date(2025, 2, 1), "lost") for n in range(9))]
    found = {row["class"]: row for row in prospects(store_of(tmp_path, [account("B"), account("A")], scores, deals)).classes.iter_rows(named=True)}
    assert (found["B"]["stated_rate"], found["B"]["realised_rate"], found["B"]["won"], found["B"]["n"]) == (0.5, 0.25, 2, 8)
    assert (found["B"]["status"], found["A"]["status"], found["D"]["status"]) == ("provisional", "too_high", "insufficient")


@pytest.mark.parametrize(
    ("won", "judged", "status"), [(1, 1, "provisional"), (10, 19, "provisional"), (10, 20, "ok"), (0, 19, "too_high"), (9, 9, "too_low"), (0, 0, "insufficient")]
)
def test_a_class_is_confirmed_by_twenty_deals_and_contradicted_by_fewer(won: int, judged: int, status: str) -> None:
    """B was stated at a half. Of 0 wins of 19 the interval ends at 17 %, of 9 of 9 it begins at 70 %; of 1 of 1 it is 21 % to 100 %."""
    past = pl.DataFrame({"class": ["B"] * judged, "stated": [0.5] * judged, "is_won": [n < won for n in range(judged)]}, schema={"class": pl.String, "stated": pl.Float64, "is_won": pl.Boolean})
    nobody = pl.DataFrame(schema={"class": pl.String, "expected_contribution": pl.Float64})
    assert classes(past, nobody, cuts(THRESHOLDS)).row(by_predicate=pl.col("class") == "B", named=True)["status"] == status


def test_first_deals_teach_unless_all_deals_bear_more(tmp_path) -> None:
    renewals = [deal(f"W{n}", "B", date(2025, 4, 1), "won") for n in range(5)]
    few = prospects(store_of(tmp_path / "few", [account("B"), account("P")], [scored("B", 50), scored("P", 50)], [*eight("B", wins=1), *renewals]))
    assert few.summary.select("learnt_from", "closed", "rated_closed").row(0) == ("first_deals", 8, 13)
    more = [deal(f"W{n}", "B", date(2025, 4, 1), "won") for n in range(15)]
    enough = prospects(store_of(tmp_path / "enough", [account("B"), account("P")], [scored("B", 50), scored("P", 50)], [*eight("B", wins=1), *more]))
    assert enough.summary.select("learnt_from", "closed", "method").row(0) == ("all_deals", 23, "platt")


def test_a_sales_model_learns_from_its_own_deals_once_enough_of_them_closed(tmp_path) -> None:
    rated, unrated = [account("B", kind="outlet"), account("D")], [account("U", kind="outlet"), account("V")]
    others = [*(deal(f"U{n}", "U", FIRST, "lost") for n in range(2)), *(deal(f"V{n}", "V", FIRST, "won") for n in range(3))]
    store = store_of(tmp_path, [*rated, *unrated, account("P", kind="outlet")], [scored(name, 50) for name in "BDP"], [*eight("B", wins=1), *eight("D", wins=7), *others])
    learnt = ("learnt_of", "model_closed", "closed", "won", "unrated_closed", "unrated_won", "judged")
    told = {
        case: prospects(store, **chosen).summary.select(learnt).row(0)
        for case, chosen in {
            "all": {"platt_deals": 8}, "few": {"deal_kinds": "outlet", "platt_deals": 9}, "enough": {"deal_kinds": "outlet", "platt_deals": 8},
            "nobody": {"deal_channels": "bar", "platt_deals": 8},
        }.items()
    }  # fmt: skip
    assert told == {
        "all": ("company", None, 16, 8, 5, 3, 16), "few": ("company", 8, 16, 8, 5, 3, 16), "enough": ("model", 8, 8, 1, 2, 0, 8),
        "nobody": ("company", 0, 16, 8, 5, 3, 16),
    }  # fmt: skip
    by_own, by_all = (by_id(prospects(store, deal_kinds="outlet", platt_deals=least))["P"]["probability"] for least in (8, 17))
    assert (by_own, by_all) == (pytest.approx(1 / 8), pytest.approx((8 + 5) / 26))


def test_all_won_all_lost_and_nothing_closed_give_chances_between_none_and_certain(tmp_path) -> None:
    for name, end in (("won", "won"), ("lost", "lost")):
        deals = [deal(f"{name}{n}", "B", date(2025, 2, 1), end) for n in range(30)]
        found = prospects(store_of(tmp_path / name, [account("B"), account("P")], [scored("B", 50), scored("P", 50)], deals))
        assert found.summary["method"].item() == "class_rate"
        assert by_id(found)["P"]["probability"] == pytest.approx(35 / 40 if end == "won" else 5 / 40)
    nothing = prospects(store_of(tmp_path / "nothing", [account("P")], [scored("P", 50)]))
    assert nothing.summary.select("brier", "judged", "closed").row(0) == (None, 0, 0)
    assert nothing.calibration.is_empty() and nothing.classes["n"].sum() == 0


def test_the_sentence_names_what_speaks_for_and_against(tmp_path) -> None:
    scores = [row | {"score": 95 if row["indicator"] == "growth" else 10 if row["indicator"] == "network" else 50} for row in scored("P", 50)]
    found = prospects(store_of(tmp_path, [account("P"), account("Q")], [scores, scored("Q", 50)]))
    assert by_id(found)["P"]["sentence"] == "50% (21% to 79%); no deal of its class has closed yet; for it: growth; against it: network"
    top = found.drivers.filter(account_id="P")
    assert set(top.filter(pl.col("points").abs() > 0.01)["indicator"]) == {"growth", "network"}
    use("es")
    again = with_records(found, [], cuts(THRESHOLDS))
    assert "a favor: crecimiento; en contra: red" in by_id(again)["P"]["sentence"]


def test_two_indicators_are_joined_as_spanish_is_spoken(tmp_path) -> None:
    scores = [row | {"score": {"growth": 95, "strategic importance": 90}.get(row["indicator"], 50)} for row in scored("P", 50)]
    use("es")
    found = prospects(store_of(tmp_path, [account("P"), account("Q")], [scores, scored("Q", 50)]))
    assert "a favor: crecimiento e importancia estratégica" in by_id(found)["P"]["sentence"]


# Steps and what people write


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """P went all the way, in May; Q is on file only, since nobody wrote anything else."""
    acts = [
        {"activity_id": "1", "happened_on": date(2025, 3, 1), "account_id": "P", "kind": "call", "outcome": "No answer"},
        {"activity_id": "2", "happened_on": date(2025, 4, 1), "account_id": "P", "kind": "call", "outcome": "Answered"},
        {"activity_id": "3", "happened_on": date(2025, 5, 20), "account_id": "P", "kind": "message", "outcome": "Contacted us"},
    ]  # fmt: skip
    people = [{"contact_id": name, "account_id": name, "name": "Ana", "role": "decision maker"} for name in "PQ"]
    rows, events = deal("1", "P", date(2025, 5, 1), "lost", date(2025, 5, 30), lost_reason="Price")
    return store_of(
        tmp_path_factory.mktemp("followed"), [account("P"), account("Q", "S")], [scored("P", 80, date(2025, 2, 1))], [(rows, events)],
        activities=acts, contacts=people,
    )  # fmt: skip


def written(topic: str, account_id: str, on: str = "2025-12-30", **content: object) -> Record:
    return Record(1, 1, "prospect", account_id, {"topic": topic, **content}, True, "ana@example.com", f"{on}T10:00:00+00:00")


def test_the_steps_come_from_contacts_scores_deals_and_activities(followed) -> None:
    found = prospects(followed)
    rows = {row["step"]: (row["done_on"], row["seen_in"]) for row in found.steps.filter(account_id="P").iter_rows(named=True)}
    assert rows == {
        "file": (None, "contacts"), "needs": (date(2025, 2, 1), "prospect_scores"), "pack": (date(2025, 5, 1), "opportunities"),
        "contact": (date(2025, 4, 1), "activities"), "value": (date(2025, 5, 6), "stage_events"), "trust": (date(2025, 5, 6), "stage_events"),
    }  # fmt: skip
    progress = {name: (row["next_step"], row["steps_done"], row["file_age_days"], row["is_stale"]) for name, row in by_id(found).items()}
    assert progress == {"P": (None, 6, (LAST - date(2025, 5, 30)).days, True), "Q": ("needs", 1, None, True)}
    assert found.step_totals.filter(step="needs").select("done", "waiting", "stale").row(0) == (1, 1, 1)


def test_a_file_is_fresh_within_its_days(followed) -> None:
    assert not by_id(prospects(followed, file_days=300))["P"]["is_stale"]


def test_steps_were_what_they_were_on_an_earlier_day(followed) -> None:
    found = by_id(prospects(followed, Filters(to_date=date(2025, 4, 15))))["P"]
    assert (found["next_step"], found["steps_done"], found["obstacle"]) == ("pack", 3, None)


def test_people_set_steps_that_the_data_do_not_see(followed) -> None:
    base = prospects(followed)
    notes = [written("steps", "Q", steps={"needs": "2025-12-01", "trust": None}), written("steps", "P", steps={"trust": None})]
    found = with_records(base, notes, cuts(THRESHOLDS))
    assert (by_id(found)["Q"]["next_step"], by_id(found)["P"]["next_step"]) == ("pack", "trust")
    assert found.steps.filter(account_id="Q", step="needs").select("is_done", "done_on", "seen_in").row(0) == (True, date(2025, 12, 1), "hand")
    assert by_id(found)["Q"]["file_age_days"] == 1


@pytest.mark.parametrize(("topic", "content"), [("scores", {"scores": {"strength": 70}, "reason": "Met them"}), ("obstacle", {"obstacle": "Waits for its board"})])
def test_whatever_people_write_about_a_prospect_renews_its_file(followed, topic: str, content: dict) -> None:
    """P's file is of 30 May and Q's was never written: what is written on 30 December renews one of them until it is taken back."""
    base, note = prospects(followed), written(topic, "Q", **content)
    found, back = (by_id(with_records(base, [record], cuts(THRESHOLDS))) for record in (note, replace(note, is_open=False)))
    assert {name: (row["file_age_days"], row["is_stale"]) for name, row in found.items()} == {"P": ((LAST - date(2025, 5, 30)).days, True), "Q": (1, False)}
    assert (back["Q"]["file_age_days"], back["Q"]["is_stale"]) == (None, True)


def test_what_keeps_a_prospect_from_signing_is_the_last_lost_reason_or_what_people_say(followed) -> None:
    base = prospects(followed)
    assert by_id(base)["P"]["obstacle"] == "Price"
    assert by_id(with_records(base, [written("obstacle", "P", obstacle="Waits for its board")], cuts(THRESHOLDS)))["P"]["obstacle"] == "Waits for its board"


def test_a_last_loss_without_a_reason_has_none_whatever_an_older_one_says(tmp_path) -> None:
    lost = [deal(str(n), "P", date(2025, 4, n), "lost", date(2025, 5, n), lost_reason=reason) for n, reason in ((1, "Price"), (2, "Time"), (3, None))]
    found = {n: by_id(prospects(store_of(tmp_path / str(n), [account("P")], [scored("P", 80)], lost[:n])))["P"]["obstacle"] for n in (1, 2, 3)}
    assert found == {1: "Price", 2: "Time", 3: None}


def test_a_score_that_somebody_writes_over_counts_from_that_day_on(four) -> None:
    base = prospects(four)
    note = written("scores", "P2", scores=dict.fromkeys(("strength", "management", "network", "purchasing_power", "marketing", "growth", "advantage"), 90), reason="Met them")
    found = with_records(base, [note], cuts(THRESHOLDS))
    assert (by_id(found)["P2"]["rubric_score"], by_id(found)["P2"]["quadrant"]) == (pytest.approx(0.8), "PI")
    assert by_id(found)["P2"]["is_overridden"] and not by_id(found)["P1"]["is_overridden"]
    assert found.overrides.select("account_id", "own_score", "reason", "written_by").row(0) == ("P2", 90.0, "Met them", "ana@example.com")
    past = prospects(four, Filters(to_date=date(2025, 7, 1)))
    assert not by_id(with_records(past, [note], cuts(THRESHOLDS)))["P2"]["is_overridden"]
    late = written("scores", "P2", on="2026-03-01", scores={"strength": 0}, reason="Heard")
    assert by_id(with_records(base, [late], cuts(THRESHOLDS)))["P2"]["rubric_score"] == pytest.approx((0 + 7 * 0.1) / 8)


def test_what_is_written_about_somebody_elses_prospect_stays_out(four) -> None:
    south = prospects(four, viewer=Viewer("lead@example.com", "Lead", "lead", ("S",)))
    notes = [written("scores", "P1", scores={"strength": 0}, reason="Secret"), written("steps", "P1", steps={"trust": "2025-12-01"})]
    found = with_records(south, notes, cuts(THRESHOLDS))
    assert set(by_id(found)) == {"P3", "P4"}
    assert found.overrides.is_empty()
    assert "P1" not in set(found.steps["account_id"])
    assert prospects(four, viewer=Viewer("x@example.com", "X", "lead", ())).prospects.is_empty()


def test_filters_choose_who_is_shown_not_what_is_learnt(tmp_path) -> None:
    store = store_of(tmp_path, [account("B", "S"), account("P")], [scored("B", 50), scored("P", 50)], eight("B", wins=1))
    found = by_id(prospects(store, Filters(region_ids=("N",))))
    assert set(found) == {"P"} and round(found["P"]["probability"], 4) == 0.3333


# Edges


def test_three_tables_are_enough_to_list_who_never_bought(tmp_path) -> None:
    store = make_store(tmp_path, accounts=[account("C", None), account("P", None)], products=PRODUCTS, transactions=lines(*SALES))
    found = prospects(store)
    assert by_id(found)["P"]["status"] == "unrated"
    assert found.summary.select("prospects", "rated", "placed", "brier").row(0) == (1, 0, 0, None)


def test_a_store_without_a_prospect_has_the_same_tables(tmp_path) -> None:
    found = prospects(store_of(tmp_path, [], [scored("C", 50)]))
    assert found.prospects.is_empty() and found.quadrants["accounts"].to_list() == [0, 0, 0, 0]
    assert found.step_totals["waiting"].sum() == 0


def test_a_single_prospect_without_a_region_is_placed(tmp_path) -> None:
    found = by_id(prospects(store_of(tmp_path, [account("P", None)], [scored("P", 80)], wallet=[told("P", 10)])))["P"]
    assert (found["quadrant"], found["region_id"], found["next_step"]) == ("PI", None, "file")


def test_no_number_is_infinite_or_not_a_number(tmp_path, four) -> None:
    accounts, scores, deals = many(100)
    for found in (prospects(four), prospects(store_of(tmp_path, accounts, scores, deals)), prospects(four, **{f"rubric_{name}": 0.0 for name in (
        "strength", "management", "network", "purchasing_power", "marketing", "growth", "advantage", "importance", "other")})):  # fmt: skip
        for name, frame in tables(found).items():
            for column in frame.select(pl.col(pl.Float64)).iter_columns():
                assert column.is_finite().fill_null(True).all(), (name, column.name)
