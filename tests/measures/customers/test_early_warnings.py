"""The queue of early warnings on a store that a person can add up, and what people log about it."""

from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from data.access import Viewer
from data.language import use
from data.records import Record
from data.store import Store
from measures.customers.early_warnings import THRESHOLDS, EarlyWarnings, answer, with_records
from measures.customers.warning_record import LOG_SCHEMA, record_table, totals, unannounced
from measures.thresholds import cuts
from measures.wilson import wilson
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

DEFAULTS = cuts(THRESHOLDS)
MONTHS = [(year, month) for year in (2023, 2024, 2025) for month in range(1, 13)]
LARGE = 1_000_000
"""So large that the season is its own: a fall in a region of few accounts would bend the region's season."""

KINDS = {"steady": "distributor", "falls": "distributor", "rhythm": None, "bar": "outlet", "seldom": "outlet"}


def sale(day: date, account: str, units: int) -> tuple:
    """Ten euros a unit, six of them cost."""
    return day, account, "p", units, 10 * units, 6 * units


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Three years: one sells evenly, one falls by 60 % in September 2025, one of no kind is even; a bar orders every 14 days to 1 October."""
    return store_with(tmp_path_factory.mktemp("warnings"))


def store_with(folder: Path, *more: tuple) -> Store:
    """That store with more sales."""
    rows = list(more)
    for year, month in MONTHS:
        rows.append(sale(date(year, month, monthrange(year, month)[1]), "steady", LARGE))
        rows.append(sale(date(year, month, 2), "falls", 40 if (year, month) >= (2025, 9) else 100))
        rows.append(sale(date(year, month, 2), "rhythm", 100))
    rows += [sale(date(2025, 10, 1) - timedelta(days=14 * step), "bar", 10) for step in range(20)]
    rows += [sale(date(2025, month, 5), "seldom", 10) for month in (1, 2, 3)]
    regions = {"falls": "north", "steady": "north", "bar": "south"}
    return make_store(
        folder,
        regions=[{"region_id": "north", "region": "North"}, {"region_id": "south", "region": "South"}],
        accounts=[{"account_id": key, "account": key.title(), "kind": kind, "region_id": regions.get(key)} for key, kind in KINDS.items()],
        products=[{"product_id": "p", "product": "Pale"}],
        transactions=lines(*rows),
    )


@pytest.fixture
def found(store: Store) -> EarlyWarnings:
    return answer(ask_as(store), Filters(), DEFAULTS)


def acknowledged(account: str, kind: str, day: str, outcome: str | None = None) -> Record:
    content = {"kind": kind, "raised_on": day, "seen_on": day, "cause": "competitor", "outcome": outcome}
    return Record(1, 1, "early_warning", account, content, outcome is None, "", "")


def test_the_queue_ranks_risk_times_margin(found: EarlyWarnings) -> None:
    first, second = found.queue.iter_rows(named=True)
    assert (first["account_id"], first["kind"], first["since"], first["raised_on"]) == ("falls", "fall", date(2025, 9, 1), date(2025, 10, 1))
    assert (first["months_below"], first["bought"], first["expected"]) == (4, 160, pytest.approx(400, rel=1e-3))
    assert first["cusum"] == pytest.approx(10)  # 2.5 in each of four months
    assert first["margin"] == pytest.approx(4 * (8 * 100 + 4 * 40))
    assert first["score"] == pytest.approx(0.6 * 3840, rel=1e-3)
    assert (second["account_id"], second["kind"], second["since"], second["pause_days"]) == ("bar", "silence", date(2025, 10, 1), 91)
    assert (second["usual_days"], second["orders"]) == (14, 20)
    assert second["score"] == pytest.approx(second["margin"]) == pytest.approx(800)


def test_who_is_watched_and_why(found: EarlyWarnings) -> None:
    placed = {row["account_id"]: (row["test"], row["basis"]) for row in found.watch.accounts.iter_rows(named=True)}
    assert placed == {
        "steady": ("fall", "kind"), "falls": ("fall", "kind"), "rhythm": ("fall", "rhythm"), "bar": ("silence", "kind"), "seldom": ("none", "rhythm"),
    }  # fmt: skip
    assert found.summary.select("watched", "by_rhythm", "unwatched").row(0) == (4, 1, 1)


@pytest.mark.parametrize(("least", "judged"), [(3, ["bar", "seldom"]), (4, ["bar"]), (20, ["bar"]), (21, [])])
def test_a_pause_is_judged_from_so_many_orders_on(store: Store, least: int, judged: list[str]) -> None:
    found = answer(ask_as(store), Filters(), DEFAULTS.but(silence_orders=least))
    assert sorted(found.watch.accounts.filter(pl.col("test") == "silence")["account_id"]) == judged


@pytest.mark.parametrize(("months", "orders"), [(18, 20), (6, 7)])
def test_a_pause_is_judged_by_the_orders_of_so_many_months(store: Store, months: int, orders: int) -> None:
    # Every 14 days back from 1 October: the seventh order of the half year is that of 9 July.
    found = answer(ask_as(store), Filters(), DEFAULTS.but(silence_months=months))
    assert found.watch.silences.filter(pl.col("account_id") == "bar")["orders"].to_list() == [orders]


def test_the_queue_is_no_longer_than_the_team_can_look_into(store: Store) -> None:
    found = answer(ask_as(store), Filters(), DEFAULTS.but(alarm_capacity=1))
    assert found.queue["account_id"].to_list() == ["falls"]
    assert found.summary.select("alarms", "queued").row(0) == (2, 1)


def test_an_alarm_explains_itself_in_the_readers_language(found: EarlyWarnings) -> None:
    assert found.queue["sentence"].to_list() == [
        "Falls has bought 60% less since September 2025 than its own season and the company's months make likely: 160 units instead of 400 in 4 months",
        "Bar usually orders every 14 days; its last order was on 1 Oct 2025, 91 days ago: a pause that long has a chance of under 0.1%",
    ]
    use("es")
    assert with_records(found, [], DEFAULTS).queue["sentence"][0].startswith("Falls compra desde septiembre 2025 un 60\u00a0% menos")


@pytest.mark.parametrize(("day", "sum_now"), [("2025-12-31", None), ("2025-11-30", None), ("2025-10-31", 5.0)])
def test_an_acknowledged_fall_leaves_the_queue_until_it_adds_up_anew(found: EarlyWarnings, day: str, sum_now: float | None) -> None:
    queue = with_records(found, [acknowledged("falls", "fall", day)], DEFAULTS).queue
    assert queue.filter(pl.col("account_id") == "falls")["cusum"].to_list() == ([] if sum_now is None else [pytest.approx(sum_now)])


@pytest.mark.parametrize(("day", "queued"), [("2025-12-31", []), ("2025-09-30", ["bar"])])
def test_an_acknowledged_silence_stays_quiet_until_the_next_order(found: EarlyWarnings, day: str, queued: list[str]) -> None:
    queue = with_records(found, [acknowledged("bar", "silence", day)], DEFAULTS).queue
    assert [account for account in queue["account_id"] if account == "bar"] == queued


def test_a_small_chart_has_the_alarms_months_or_pauses(found: EarlyWarnings) -> None:
    months = found.series.filter(pl.col("kind") == "fall")
    assert months.height == 24 and months.filter("is_below")["bought"].to_list() == [40.0] * 4
    assert found.series.filter(pl.col("kind") == "silence").select("pause_days", "pauses", "is_open").rows() == [(14, 19, False), (91, 1, True)]


def test_a_month_ago_is_answered_with_what_was_known_then(store: Store) -> None:
    found = answer(ask_as(store), Filters(to_date=date(2025, 10, 1)), DEFAULTS)
    assert found.queue.is_empty()  # one month of 2.5 is no alarm, and the bar had just ordered


def test_an_order_of_the_running_month_ends_a_pause_for_who_looks_at_the_months_up_to_now(tmp_path: Path) -> None:
    ask = ask_as(store_with(tmp_path, sale(date(2026, 1, 8), "bar", 10), sale(date(2026, 1, 10), "steady", 1)))
    ends = (None, date(2026, 1, 1), date(2026, 1, 8), date(2026, 1, 9), date(2025, 12, 1))
    queued = [answer(ask, Filters(to_date=end), DEFAULTS).queue["account_id"].to_list() for end in ends]
    assert queued == [["falls"], ["falls"], ["falls", "bar"], ["falls"], ["falls", "bar"]]


def test_what_was_acknowledged_later_was_an_alarm_still(store: Store) -> None:
    earlier = answer(ask_as(store), Filters(to_date=date(2025, 11, 1)), DEFAULTS)
    for day, queued in (("2025-12-31", ["falls", "bar"]), ("2025-10-31", ["bar"])):
        assert with_records(earlier, [acknowledged("falls", "fall", day)], DEFAULTS).queue["account_id"].to_list() == queued


def test_a_lead_sees_alarms_and_records_of_their_own_region(store: Store) -> None:
    lead = Viewer("lead@example.com", "Lead", "lead", ("south",))
    found = with_records(answer(ask_as(store, lead), Filters(), DEFAULTS), [acknowledged("falls", "fall", "2025-12-31")], DEFAULTS)
    assert (found.queue["account_id"].to_list(), found.log.height) == (["bar"], 0)


def test_a_stranger_sees_nothing(store: Store) -> None:
    found = answer(ask_as(store, Viewer("x@example.com", "", "salesperson", ())), Filters(), DEFAULTS)
    assert (found.queue.height, found.series.height, found.summary.height) == (0, 0, 0)


def test_filters_choose_who_is_shown_and_change_no_alarm(store: Store, found: EarlyWarnings) -> None:
    north = answer(ask_as(store), Filters(region_ids=("north",)), DEFAULTS)
    assert north.queue.drop("rank").equals(found.queue.filter(pl.col("region_id") == "north").drop("rank"))


def test_an_account_that_earns_nothing_is_not_queued(tmp_path: Path) -> None:
    rows = [(date(year, month, 28), "a", "p", 1 if (year, month) >= (2025, 9) else 100, 100.0, 200.0) for year, month in MONTHS]
    rows += [(date(year, month, 28), "b", "p", 100, 1000.0, 500.0) for year, month in MONTHS]
    accounts = [{"account_id": key, "account": key, "kind": "distributor"} for key in "ab"]
    store = make_store(tmp_path, accounts=accounts, products=[{"product_id": "p", "product": "P"}], transactions=lines(*rows))
    assert answer(ask_as(store), Filters(), DEFAULTS).queue.is_empty()


def test_wilsons_interval_of_the_worked_examples() -> None:
    lo, hi = wilson([8, 0, 1, 45], [10, 5, 1, 60])
    assert lo == pytest.approx([0.4902, 0, 0.2065, 0.6277], abs=5e-5)
    assert hi == pytest.approx([0.9433, 0.4345, 1, 0.8422], abs=5e-5)


def test_precision_and_recall_by_month_count_what_was_logged() -> None:
    logged = [("true_alarm", 9), ("true_alarm", 9), ("false_alarm", 9), ("missed", 9), ("missed", 9), (None, 9), (None, 10)]
    rows = [{"account_id": str(place), "seen_on": date(2025, month, 20), "outcome": outcome} for place, (outcome, month) in enumerate(logged)]
    log = pl.DataFrame(rows, schema=LOG_SCHEMA)
    september, october = record_table(log).iter_rows(named=True)
    assert (september["month"], september["alarms"], september["precision"], september["recall"]) == (date(2025, 9, 1), 4, 2 / 3, 0.5)
    assert (october["alarms"], october["precision"], october["recall"], october["status"]) == (1, None, None, "open")
    assert (totals(log, date(2025, 11, 1))["alarms"], totals(log, date(2027, 11, 1))["precision"]) == (5, None)


@pytest.mark.parametrize(("end", "alarms"), [(date(2026, 10, 1), 2), (date(2026, 9, 21), 2), (date(2026, 9, 20), 1), (date(2025, 9, 20), 0)])
def test_the_twelve_months_end_before_their_end(end: date, alarms: int) -> None:
    days = (date(2025, 10, 3), date(2026, 9, 20), date(2026, 10, 1))
    log = pl.DataFrame([{"account_id": str(day), "seen_on": day, "outcome": "true_alarm"} for day in days], schema=LOG_SCHEMA)
    assert totals(log, end)["alarms"] == alarms


def test_a_loss_without_an_alarm_is_logged_once_and_of_nobody_who_raised_one() -> None:
    logged = [("right", "true_alarm", 9), ("wrong", "false_alarm", 9), ("logged", "missed", 9), ("in hand", None, 9), ("long ago", "missed", 1)]
    rows = [{"account_id": account, "seen_on": date(2025 if month > 1 else 2024, month, 20), "outcome": outcome} for account, outcome, month in logged]
    accounts = pl.DataFrame({"account_id": [*(account for account, _outcome, _month in logged), "queued", "quiet"]})
    left = unannounced(accounts, pl.DataFrame(rows, schema=LOG_SCHEMA), pl.Series(["queued"]), date(2025, 10, 1))
    assert left["account_id"].to_list() == ["wrong", "long ago", "quiet"]


def test_what_was_acknowledged_later_is_not_in_an_earlier_days_record(store: Store) -> None:
    """Of three true alarms one has no day and is in no month."""
    logged = [acknowledged("falls", "fall", "2025-10-31", "true_alarm"), acknowledged("bar", "silence", "2025-12-31", "true_alarm")]
    undated = Record(1, 1, "early_warning", "steady", {"kind": "fall", "outcome": "true_alarm"}, False, "", "")
    earlier = with_records(answer(ask_as(store), Filters(to_date=date(2025, 11, 1)), DEFAULTS), [*logged, undated], DEFAULTS)
    assert earlier.record.select("month", "alarms").rows() == [(date(2025, 10, 1), 1)]
    assert earlier.log["account_id"].to_list() == ["falls", "steady"]
    assert with_records(answer(ask_as(store), Filters(), DEFAULTS), [*logged, undated], DEFAULTS).record["alarms"].to_list() == [1, 1]


def test_what_was_acknowledged_in_a_month_that_is_not_over_is_known(store: Store) -> None:
    running = answer(ask_as(store), Filters(to_date=date(2025, 12, 16)), DEFAULTS)
    assert (running.watch.end, running.watch.until) == (date(2025, 12, 1), date(2025, 12, 16))
    found = with_records(running, [acknowledged("falls", "fall", day, "true_alarm") for day in ("2025-12-15", "2025-12-16")], DEFAULTS)
    assert (found.log["seen_on"].to_list(), totals(found.log, running.watch.until)["alarms"]) == ([date(2025, 12, 15)], 1)
