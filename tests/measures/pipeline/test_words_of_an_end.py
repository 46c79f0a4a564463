"""A deal that goes on from one word for an end to another, such as from signed to delivered, ended on the day of the first of them."""

import random
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data.store import Store
from measures.pipeline import (
    funnel,
    funnel_cohorts,
    funnel_deals,
    funnel_losses,
    life_openings,
    pipeline_forecast,
    prospect_deals,
    prospects,
    stage_reading,
    white_space_sources,
)  # fmt: skip
from measures.thresholds import cuts
from queries.filters import Filters
from queries.shape import PlainEnds
from tests.builders import ask_as
from tests.measures.pipeline.pipelines import Path_, day, deals_store

WORDS = {"won_stages": "signed, delivered, paid", "lost_stages": "refused, cancelled"}
SECOND = {"delivered", "paid", "cancelled"}
SECOND_QUARTER = Filters(date(2026, 4, 1), date(2026, 7, 1))
FIRST_QUARTER = Filters(date(2026, 1, 1), date(2026, 4, 1))

PATHS = {
    "delivered in May": [("lead", 20), ("signed", 60), ("delivered", 130)],
    "paid in July": [("lead", 95), ("signed", 105), ("delivered", 150), ("paid", 190)],
    "opened again": [("lead", 10), ("signed", 70), ("delivered", 110), ("lead", 140)],
    "cancelled in May": [("lead", 30), ("refused", 50), ("cancelled", 125)],
    "open": [("lead", 80)],
    "last": [("lead", 275)],
}  # fmt: skip


def asked(store: Store, kind: object, filters: Filters = Filters(), **overrides: object) -> object:
    return kind.answer(ask_as(store), filters, cuts(kind.THRESHOLDS, None, {name: text for name, text in WORDS.items() if name in kind.THRESHOLDS} | overrides))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return deals_store(tmp_path_factory.mktemp("words"), PATHS, {name: {"expected_amount": 100, "expected_close_on": date(2026, 5, 1)} for name in PATHS})


def test_a_period_has_the_wins_whose_first_word_is_of_it(store: Store) -> None:
    flows = {name: asked(store, funnel, period).flow.row(0, named=True) for name, period in (("first", FIRST_QUARTER), ("second", SECOND_QUARTER))}
    assert {name: (flow["won"], flow["lost"], flow["open"]) for name, flow in flows.items()} == {"first": (2, 1, 1), "second": (1, 0, 2)}
    assert (flows["first"]["cycle_days"], flows["second"]["cycle_days"]) == (50.0, 10.0)


def test_a_quarter_of_closing_is_that_of_the_first_word(store: Store) -> None:
    found = asked(store, funnel).by_quarter.select("quarter", "won", "lost").rows()
    assert found == [(date(2026, 1, 1), 1, 1), (date(2026, 4, 1), 1, 0)]
    assert asked(store, funnel).summary["cycle_days"].item() == (40 + 10) / 2


def test_a_loss_took_the_days_to_its_first_word(store: Store) -> None:
    assert asked(store, funnel_losses).lost_reasons["mean_days"].to_list() == [20.0]


def test_the_record_has_a_win_in_the_quarter_of_its_first_word_and_in_no_other(store: Store) -> None:
    """On 1 April only one deal is open. What was signed in February and opened again in May is taken from no later quarter."""
    record = asked(store, pipeline_forecast).record.select("quarter", "actual_of_open", "actual", "closed_before").rows()
    assert record == [(date(2026, 4, 1), 0.0, 100.0, 3), (date(2026, 7, 1), 0.0, 0.0, 3)]


def test_a_win_that_the_next_quarter_only_delivers_is_the_first_ones(tmp_path: Path) -> None:
    paths = {"won": [("lead", 10), ("signed", 100), ("delivered", 200)], "last": [("lead", 275)]}
    record = asked(deals_store(tmp_path, paths, {"won": {"expected_amount": 100, "expected_close_on": date(2026, 5, 1)}}), pipeline_forecast).record
    assert record.select("quarter", "actual_of_open", "actual").rows() == [(date(2026, 4, 1), 100.0, 100.0)]


def test_a_prospect_signed_on_the_day_of_the_first_word(store: Store) -> None:
    assert asked(store, prospects).prospects["signed_on"].to_list() == [day(105)]


def test_a_segment_has_the_wins_whose_first_word_is_of_the_period(store: Store) -> None:
    rows = [ask_as(store)("customers/deals_by_account", period, **ends_of(store)).row(0, named=True) for period in (FIRST_QUARTER, SECOND_QUARTER)]
    assert [(row["open_deals"], row["won"], row["lost"]) for row in rows] == [(3, 1, 1), (3, 1, 0)]


def ends_of(store: Store) -> dict[str, tuple[int, ...]]:
    return stage_reading.reading(ask_as(store), Filters(), cuts(stage_reading.STAGE_THRESHOLDS, None, WORDS)).order.ends


def test_ends_are_plain_where_no_deal_went_on_to_another_word_for_the_same(store: Store, tmp_path: Path) -> None:
    plain = deals_store(tmp_path, {"1": [("lead", 1), ("signed", 5)], "2": [("signed", 1), ("refused", 2)]})
    assert [isinstance(ends_of(one)["closed"], PlainEnds) for one in (plain, store)] == [True, False]


def test_the_list_of_transitions_has_a_win_in_the_period_of_its_first_word(store: Store) -> None:
    """What was signed in February and opened again stands in May's lead; what was paid in July was signed in April."""
    lists = [asked(store, funnel_deals, period, view="transitions").deals for period in (FIRST_QUARTER, SECOND_QUARTER)]
    assert [sorted(found.filter(pl.col("outcome") != "open")["opportunity_id"]) for found in lists] == [
        ["cancelled in May", "delivered in May", "opened again"], ["paid in July"],
    ]  # fmt: skip
    assert dict(lists[1].select("opportunity_id", "entered_on").iter_rows()) == {"paid in July": day(105), "opened again": day(140)}


def test_the_reason_of_the_last_loss_is_that_of_the_deal_whose_first_word_came_last(tmp_path: Path) -> None:
    """Refused on 10 January and cancelled in March; refused on 1 February."""
    paths = {"1": [("refused", 10), ("cancelled", 60)], "2": [("refused", 32)]}
    found = asked(deals_store(tmp_path, paths, {"1": {"lost_reason": "price"}, "2": {"lost_reason": "stock"}}), prospects)
    assert found.prospects.select("lost_reason", "obstacle").rows() == [("stock", "stock")]


def test_what_a_deal_was_lost_for_keeps_nobody_from_signing_who_signed_since(tmp_path: Path) -> None:
    paths = {"1": [("lead", 1), ("refused", 10)], "2": [("lead", 5), ("signed", 20)]}
    found = asked(deals_store(tmp_path, paths, {"1": {"lost_reason": "price"}}), prospects)
    assert found.prospects.select("lost_reason", "obstacle", "signed_on").rows() == [("price", None, day(20))]


def walks(seed: int) -> dict[str, Path_]:
    """Deals that go from stage to stage at random, to an end and on to its other words, and back at times."""
    chance, found = random.Random(seed), {}
    following = {
        "lead": ["offer", "signed", "refused"], "offer": ["lead", "signed", "delivered", "refused", "cancelled"], "signed": ["delivered", "paid", "offer"],
        "delivered": ["paid", "signed", "lead"], "paid": ["delivered", "offer", "refused"], "refused": ["cancelled", "signed", "lead"], "cancelled": ["refused", "offer"],
    }  # fmt: skip
    for deal in range(120):
        path, on = [("lead", chance.randint(1, 400))], 0
        while chance.random() < 0.8:
            stage, on = path[-1]
            path.append((chance.choice(following[stage]), on + chance.randint(1, 60)))
        found[str(deal)] = path
    return found


def with_first_words(path: Path_) -> Path_:
    """The path without the words that only go on with an end."""
    ends = {"signed": "won", "delivered": "won", "paid": "won", "refused": "lost", "cancelled": "lost"}
    return [step for before, step in zip([("", 0), *path], path, strict=False) if ends.get(step[0], "open") != ends.get(before[0], "other") or step[0] not in ends]


@pytest.mark.parametrize("seed", range(3))
def test_more_words_for_an_end_change_no_figure(tmp_path: Path, seed: int) -> None:
    paths = walks(seed)
    more = {
        deal: {"expected_amount": 10 + int(deal), "expected_close_on": day(path[0][1] + 50), "account_id": f"a{int(deal) % 40}", "source": "fair" if int(deal) % 3 else "web", "lost_reason": "price"}
        for deal, path in paths.items()
    }  # fmt: skip
    accounts = [{"account_id": f"a{number}", "account": f"A{number}"} for number in range(40)]
    many, few = (
        deals_store(tmp_path / name, found, more, accounts=accounts)
        for name, found in (("many", paths), ("few", {deal: with_first_words(path) for deal, path in paths.items()}))
    )
    for kind, names in FIGURES.items():
        for period in (Filters(), Filters(date(2026, 7, 1), date(2027, 1, 1)), Filters(to_date=date(2027, 1, 1))):
            for view in ({"view": name} for name in ("cohort", "transitions")) if "view" in kind.THRESHOLDS else ({},):
                one, other = asked(many, kind, period, **view), asked(few, kind, period, **view)
                for name in names:
                    frames = (getattr(found, name).drop(NEWS, strict=False) for found in (one, other))
                    assert_frame_equal(*frames)


NEWS = ("file_age_days", "is_stale")
"""A second word is news of an account all the same."""
FIGURES = {
    funnel: ("summary", "by_source", "by_month", "by_quarter", "flow", "velocity", "stages", "survival"),
    funnel_cohorts: ("cohorts",),
    funnel_losses: ("lost_reasons",),
    pipeline_forecast: ("months", "record", "summary", "stages"),
    life_openings: ("openings",),
    white_space_sources: ("sources", "source_summary"),
    prospects: ("prospects", "calibration"),
    prospect_deals: ("deals",),
}
