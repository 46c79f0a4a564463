"""The life cycle: nine accounts, each in a stage of its own; windows by the sales model; protection, hand-overs, renewals and referrals."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.access import Viewer
from data.store import Store
from measures.accounts import account
from measures.pipeline import account_stages, life_cycle, own_stage
from measures.pipeline.life_stages import STAGES
from measures.thresholds import cuts
from queries.filters import Filters, add_months
from tests.builders import EVERYBODY, ask_as, lines, make_store
from tests.measures.on_a_page import assert_moved_cut_counts, assert_readings_stay_apart

END = date(2026, 12, 31)
BEGIN = date(2024, 1, 15)


def months(account: str, *back: int) -> list[tuple]:
    """An order line of 100 so many months before December 2026."""
    return [(add_months(END, -number).replace(day=15), account, "p", 1, 100.0) for number in back]


ORDERS = [
    *months("first", 0),
    *months("second", 1, 0),
    *months("regular", *range(12)),
    *months("fading", *range(6, 18)),
    *months("gone", 14, 15, 16),
    *months("back", 30, 29, 0),
    *months("slow", 5),
]
"""The rhythm of the two fast repeaters puts four of five second orders within one month."""


def test_without_a_deal_nobody_is_said_to_be_no_opportunity(tmp_path: Path) -> None:
    tables = {"accounts": [{"account_id": "a", "account": "A"}], "products": [{"product_id": "p", "product": "P"}], "transactions": lines(*months("a", 1, 0))}
    asked = Filters(from_date=date(2026, 12, 1)), cuts(life_cycle.THRESHOLDS)
    found = life_cycle.answer(ask_as(make_store(tmp_path / "none", **tables)), *asked).life_cycle
    assert found["life_stage"].to_list() == [stage for stage in STAGES if stage != "opportunity"]
    assert (found["open_value"].null_count(), found["accounts"].sum()) == (8, 1)
    deal = {"opportunities": [{"opportunity_id": "d", "account_id": "a", "created_on": date(2020, 1, 1)}]}
    known = life_cycle.answer(ask_as(make_store(tmp_path / "one", **tables, **deal)), *asked).life_cycle
    assert known["life_stage"].to_list() == list(STAGES)
    assert known["open_value"].null_count() == 0


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    names = ("future", "met", "dealt", "won once", "first", "second", "regular", "fading", "gone", "back", "slow", "supplied", "supplied with a deal")
    parents = {"supplied": "regular", "supplied with a deal": "regular"}
    deals = {"dealt": "lead", "won once": "won", "supplied with a deal": "lead", "regular": "lead"}
    return make_store(
        tmp_path_factory.mktemp("life"),
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        accounts=[
            {"account_id": name, "account": name.title(), "region_id": "S" if name == "back" else "N", "parent_account_id": parents.get(name)} for name in names
        ],
        products=[{"product_id": "p", "product": "Pale"}],
        transactions=lines(*ORDERS),
        activities=[
            {"activity_id": "1", "happened_on": date(2026, 5, 1), "account_id": "met", "kind": "visit"},
            {"activity_id": "2", "happened_on": date(2026, 5, 1), "account_id": "supplied", "kind": "visit"},
        ],
        opportunities=[{"opportunity_id": name, "account_id": name, "created_on": date(2026, 11, 1), "expected_amount": 50} for name in deals],
        stage_events=[{"opportunity_id": name, "stage": stage, "entered_on": date(2026, 11, 1)} for name, stage in deals.items()],
    )


def asked(store: Store, filters: Filters = Filters(to_date=date(2027, 1, 1)), viewer: Viewer = EVERYBODY, **overrides: object) -> life_cycle.LifeCycle:
    return life_cycle.answer(ask_as(store, viewer), filters, cuts(life_cycle.THRESHOLDS, None, overrides))


def stages_of(found: life_cycle.LifeCycle) -> dict[str, str]:
    return dict(found.accounts.select("account_id", "life_stage").iter_rows())


def test_every_account_has_the_stage_that_its_deals_and_orders_say(store: Store) -> None:
    assert stages_of(asked(store)) == {
        "future": "future", "met": "prospect", "won once": "prospect", "dealt": "opportunity", "supplied with a deal": "opportunity",
        "first": "first_order", "second": "repurchase", "regular": "active", "fading": "at_risk", "slow": "at_risk", "gone": "lost", "back": "reactivated",
    }  # fmt: skip


def test_the_table_counts_each_stage_in_order_with_its_money_and_owner(store: Store) -> None:
    found = asked(store).life_cycle
    assert found["life_stage"].to_list() == list(STAGES)
    assert found["accounts"].to_list() == [1, 2, 2, 1, 1, 1, 2, 1, 1]
    assert found["share"].sum() == pytest.approx(1)
    rows = {row["life_stage"]: row for row in found.iter_rows(named=True)}
    assert (rows["active"]["net_sales"], rows["active"]["open_value"], rows["active"]["owner"]) == (1200.0, 50.0, "service")
    assert rows["opportunity"]["open_value"] == 100.0


def test_an_account_that_another_one_supplies_is_not_counted_until_it_has_a_deal(store: Store) -> None:
    assert asked(store).supplied == 1


def test_the_life_cycle_stands_at_the_periods_end_beside_what_it_was_before(store: Store) -> None:
    found = asked(store, Filters(date(2025, 9, 1), date(2025, 12, 1)))
    stages = stages_of(found)
    assert {name: stages[name] for name in ("fading", "gone", "back", "regular", "dealt")} == {
        "fading": "active", "gone": "active", "back": "lost", "regular": "future", "dealt": "future",
    }  # fmt: skip
    before = dict(found.life_cycle.select("life_stage", "accounts_before").iter_rows())
    assert (before["lost"], before["repurchase"], before["first_order"], before["active"]) == (1, 1, 1, 0)


@pytest.mark.parametrize("filters", [
    Filters(to_date=date(2027, 1, 1)), Filters(to_date=date(2026, 12, 20)), Filters(to_date=date(2027, 1, 1), product_ids=("p",)),
])  # fmt: skip
def test_what_comes_back_is_no_second_order(tmp_path: Path, filters: Filters) -> None:
    """Bought once in November; in December nothing but a return."""
    sold = [(date(2026, 11, 15), "a", "p", 5, 100.0), (date(2026, 12, 10), "a", "p", -1, -20.0)]
    store = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=[{"product_id": "p", "product": "Pale"}], transactions=lines(*sold))
    found = asked(store, filters)
    assert stages_of(found) == {"a": "first_order"}
    assert found.accounts["orders"].to_list() == [1]


def test_without_a_beginning_nothing_is_known_of_before(store: Store) -> None:
    assert asked(store).life_cycle["accounts_before"].null_count() == len(STAGES)


@pytest.mark.parametrize(("override", "account", "stage"), [
    ({"lost_days": 150}, "fading", "lost"),
    ({"lost_days": 1000}, "gone", "at_risk"),
    ({"lost_days": 1000}, "back", "active"),
    ({"sales_model": "heavy_b"}, "gone", "at_risk"),
    ({"sales_model": "small_c"}, "fading", "at_risk"),
    ({"lost_days": 300, "sales_model": "small_c"}, "fading", "lost"),
    ({"alive_cut": 0.0}, "fading", "active"),
])  # fmt: skip
def test_windows_move_who_is_at_risk_lost_or_back(store: Store, override: dict, account: str, stage: str) -> None:
    assert stages_of(asked(store, **override))[account] == stage


def test_first_time_buyers_by_quarter_and_who_came_back_in_time(store: Store) -> None:
    found = {row["cohort"]: row for row in asked(store).repurchase.iter_rows(named=True)}
    autumn = found[date(2026, 10, 1)]
    assert (autumn["first_orders"], autumn["repurchased"], autumn["repurchase_rate"], autumn["mature"]) == (2, 1, 0.5, False)
    summer = found[date(2026, 7, 1)]
    assert (summer["first_orders"], summer["repurchased"], summer["mature"], summer["window_months"]) == (1, 0, True, 1)


def test_a_regional_lead_sees_only_their_accounts(store: Store) -> None:
    lead = Viewer("l@x", "Lead", "lead", ("S",))
    assert stages_of(asked(store, viewer=lead)) == {"back": "reactivated"} == stages_of(asked(store, Filters(to_date=date(2027, 1, 1), region_ids=("S",))))


def test_a_store_without_anything_of_it_gives_typed_empty_tables(tmp_path: Path) -> None:
    found = asked(make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}]))
    assert found.life_cycle["accounts"].sum() <= 1
    assert found.repurchase.is_empty()
    assert found.lead_totals["deals"].to_list() == [0, 0, 0]


def test_one_account_asked_alone_has_the_stage_that_it_has_among_all(store: Store) -> None:
    ask, chosen, until = ask_as(store), cuts(account_stages.THRESHOLDS), Filters(to_date=date(2027, 1, 1))
    among_all = dict(account_stages.answer(ask, until, chosen).account_stages.select("account_id", "life_stage").iter_rows())
    assert among_all == {"supplied": None, **stages_of(asked(store))}
    assert {name: own_stage.stage_of(ask, until.of_account(name), chosen) for name in among_all} == among_all


@pytest.mark.parametrize("until", [date(2025, 11, 20), date(2026, 5, 1), date(2026, 11, 1), date(2026, 12, 16)])
def test_one_account_stood_earlier_where_it_stood_among_all(store: Store, until: date) -> None:
    """On days that cut a month too; before an account was opened it has no stage, and a deal of later is none yet."""
    ask, chosen, period = ask_as(store), cuts(account_stages.THRESHOLDS), Filters(to_date=until)
    among_all = dict(account_stages.answer(ask, period, chosen).account_stages.select("account_id", "life_stage").iter_rows())
    assert len(set(among_all.values())) > 3
    assert {name: own_stage.stage_of(ask, period.of_account(name), chosen) for name in among_all} == among_all


def test_an_account_with_a_rhythm_of_its_own_is_asked_for_alone(store: Store) -> None:
    asked_for: list[str] = []

    def recording(question: str, filters: Filters, **parameters: object) -> pl.DataFrame:
        asked_for.append(question)
        return ask_as(store)(question, filters, **parameters)

    assert own_stage.stage_of(recording, Filters(account_ids=("regular",)), cuts(account_stages.THRESHOLDS)) == "active"
    assert not {"pipeline/life_accounts", "pipeline/contact_of_account"} & set(asked_for)


def test_an_account_out_of_sight_has_no_stage(store: Store) -> None:
    lead = Viewer("s", "S", "lead", ("S",))
    found = [own_stage.stage_of(ask_as(store, lead), Filters(account_ids=(name,)), cuts(account_stages.THRESHOLDS)) for name in ("back", "regular")]
    assert found == ["reactivated", None]


def test_the_file_of_customer_360_goes_by_the_same_stage(store: Store) -> None:
    found = {}
    for name in ("met", "first", "second", "back", "gone", "supplied"):
        profile = account.answer(ask_as(store), Filters(account_ids=(name,)), cuts(account.THRESHOLDS))
        found[name] = (profile.profile["life_stage"].item(), profile.file["stage"].n_unique())
    assert found == {
        "met": ("prospect", 1), "first": ("first_order", 2), "second": ("repurchase", 3), "back": ("reactivated", 3), "gone": ("lost", 2), "supplied": (None, 1),
    }  # fmt: skip


@pytest.mark.parametrize("moved", [
    {"lost_days": 150}, {"sales_model": "heavy_b"}, {"alive_cut": 0.0}, {"protection_days": 90}, {"won_stages": "lead"},
])  # fmt: skip
def test_a_moved_cut_counts_on_a_page_that_showed_another_value(store: Store, moved: dict) -> None:
    assert_moved_cut_counts(store, "life_cycle", Filters(from_date=date(2026, 1, 1), to_date=date(2027, 1, 1)), moved)


def test_viewers_and_periods_have_a_life_cycle_of_their_own(store: Store) -> None:
    viewers = (EVERYBODY, Viewer("south@example.com", "South", "lead", ("S",)))
    filters = (Filters(to_date=date(2027, 1, 1)), Filters(to_date=date(2026, 7, 1)), Filters(region_ids=("S",)), Filters(from_date=date(2026, 7, 1)))
    assert_readings_stay_apart(store, "life_cycle", viewers, filters)
