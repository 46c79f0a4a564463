"""Prospects' chances: what closed deals teach about those that are open, rung by rung, from what was known on the day."""

from datetime import date

import polars as pl
import pytest

from data.language import use
from measures.pipeline.prospect_record import classes
from measures.pipeline.prospects import THRESHOLDS, with_records
from measures.thresholds import cuts
from queries.filters import Filters
from tests.measures.pipeline.prospecting import FIRST, account, by_id, deal, eight, many, prospects, scored, store_of


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
