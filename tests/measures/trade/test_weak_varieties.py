"""Weak varieties: distribution × rate of sale on rows that a person can add up, and the reasons that follow."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from data.records import Record
from measures.history import History
from measures.thresholds import cuts
from measures.trade import weak_varieties
from queries.filters import Filters, add_months
from tests.builders import ask_as, lines, make_store

SPAN = History(date(2022, 1, 1), date(2025, 1, 1))
CUTS = cuts(weak_varieties.THRESHOLDS)
PRODUCTS = [
    {"product_id": key, "product": key.upper(), "category": "Beer", "launched_on": launched, "discontinued_on": None}
    for key, launched in (("both", None), ("few", None), ("good", None), ("new", date(2024, 9, 3)), ("slow", None))
]
STOCKISTS = {"both": 2, "few": 2, "good": 8, "new": 1, "slow": 8}
RATES = {"both": 1.0, "few": 9.0, "good": 9.0, "new": 5.0, "slow": 1.0}


def sales(margin: dict[str, float] | None = None, shrinking: tuple[str, ...] = ()) -> pl.DataFrame:
    """Each stockist takes RATES units a month at 10 each; shrinking products sold 3 and 2 times as much in the years before."""
    rows = []
    for product, rate in RATES.items():
        first = 32 if product == "new" else 0
        for step in range(first, 36):
            more = (3, 2, 1)[step // 12] if product in shrinking else 1
            units = more * rate * STOCKISTS[product]
            kept = (margin or {}).get(product, 0.3)
            rows.append((product, add_months(SPAN.start, step), units, 10 * units, kept * 10 * units, 10 * units))
    names = ("product_id", "month", "quantity", "net_sales", "margin", "costed")
    return pl.DataFrame(rows, schema=dict(zip(names, (pl.String, pl.Date, *(pl.Float64,) * 4), strict=True)), orient="row")


def classified(stockists: dict[str, int] = STOCKISTS, moved: dict[str, float] | None = None, products: list[dict] = PRODUCTS, **more: object) -> dict[str, dict]:
    since = {"new": date(2024, 9, 1)}
    stocking = pl.DataFrame(
        [(product, since.get(product, date(2024, 1, 1)), count) for product, count in stockists.items()],
        schema={"product_id": pl.String, "since": pl.Date, "accounts": pl.Int64}, orient="row",
    )  # fmt: skip
    known = pl.DataFrame(products, schema_overrides={"launched_on": pl.Date, "discontinued_on": pl.Date})
    found = weak_varieties.classified(known, sales(**more), stocking, 10, SPAN, cuts(weak_varieties.THRESHOLDS, overrides=moved or {}))
    return {row["product_id"]: row for row in found.iter_rows(named=True)}


def test_distribution_is_the_share_of_distributors_and_the_rate_is_per_stockist_and_month() -> None:
    found = classified()
    assert {key: row["distribution"] for key, row in found.items()} == {"both": 0.2, "few": 0.2, "good": 0.8, "new": 0.1, "slow": 0.8}
    assert {key: row["rate_of_sale"] for key, row in found.items()} == pytest.approx(RATES, rel=0.002)


def test_the_reason_follows_from_both_medians_and_a_new_product_is_not_judged() -> None:
    found = classified()
    assert (found["good"]["median_distribution"], found["good"]["median_rate"]) == (0.5, 5.0)
    reasons = {"slow": "slow", "few": "unwilling", "both": "slow_and_unwilling", "good": "strong", "new": "new"}
    assert {key: row["variety"] for key, row in found.items()} == reasons
    assert found["new"]["months"] == 4
    assert list(found) == ["slow", "few", "both", "new", "good"]


def test_what_sold_before_its_stated_launch_is_as_old_as_its_first_sale() -> None:
    relaunched = [product | {"launched_on": date(2024, 11, 1)} if product["product_id"] == "few" else product for product in PRODUCTS]
    found = classified(products=relaunched)
    assert (found["few"]["months"], found["few"]["variety"], found["new"]["months"]) == (36, "unwilling", 4)


@pytest.mark.parametrize(("tolerance", "few"), [(0.0, "unwilling"), (0.2, "unwilling"), (0.4, "strong")])
def test_a_little_under_the_median_is_on_the_good_side(tolerance: float, few: str) -> None:
    """4 of 10 stock it against a median of 6: a third under it."""
    found = classified({"both": 2, "few": 4, "good": 8, "new": 1, "slow": 8}, {"median_tolerance": tolerance})
    assert (found["few"]["distribution"], found["few"]["median_distribution"], found["few"]["variety"]) == (0.4, pytest.approx(0.6), few)


def test_a_rate_a_little_under_the_median_is_not_slow() -> None:
    """Rates 9, 9, 1 and 1 have the median 5; a rate of 1 is 80 % under it."""
    assert classified(moved={"median_tolerance": 0.79})["slow"]["variety"] == "slow"
    assert classified(moved={"median_tolerance": 0.81})["slow"]["variety"] == "strong"


def test_what_most_distributors_stock_is_never_scarce() -> None:
    """8 of 10 stock it against a median of 9.5."""
    stockists = {"both": 10, "few": 8, "good": 9, "new": 1, "slow": 10}
    assert classified(stockists, {"wide_distribution": 0.8})["few"]["variety"] == "strong"
    assert classified(stockists, {"wide_distribution": 0.9})["few"]["variety"] == "unwilling"


def test_unwilling_distributors_need_an_incentive_and_what_is_slow_and_scarce_goes() -> None:
    found = classified()
    assert (found["few"]["suggestion"], found["both"]["suggestion"], found["good"]["suggestion"]) == ("mend_incentive", "eliminate", "keep")


def test_a_slow_variety_goes_only_if_it_earns_little_and_fell_two_years_running() -> None:
    assert classified()["slow"]["suggestion"] == "weaken"
    assert classified(margin={"slow": 0.1})["slow"]["suggestion"] == "weaken"
    assert classified(shrinking=("slow",))["slow"]["suggestion"] == "weaken"
    both = classified(margin={"slow": 0.1}, shrinking=("slow",))["slow"]
    assert (both["suggestion"], both["change_rate"], round(both["change_before_rate"], 4)) == ("eliminate", -0.5, -0.3333)


def test_a_season_does_not_speak_for_a_product_that_began_in_the_peak() -> None:
    """Two products sell the same share of every month; one began in October, when a month sells three times an average one."""
    shape = [0.5] * 9 + [2.5, 2.5, 2.5]
    rows = [("old", step, 10 * shape[step % 12]) for step in range(36)] + [("young", step, 10 * shape[step % 12]) for step in range(33, 36)]
    frame = pl.DataFrame([(p, add_months(SPAN.start, at), q, q, q, q) for p, at, q in rows], schema=sales().schema, orient="row")
    stocking = pl.DataFrame(
        [("old", date(2024, 1, 1), 1), ("young", date(2024, 10, 1), 1)],
        schema={"product_id": pl.String, "since": pl.Date, "accounts": pl.Int64}, orient="row",
    )  # fmt: skip
    products = pl.DataFrame(
        [(key, key, "Beer", None, None) for key in ("old", "young")],
        schema={"product_id": pl.String, "product": pl.String, "category": pl.String, "launched_on": pl.Date, "discontinued_on": pl.Date}, orient="row",
    )  # fmt: skip
    found = weak_varieties.classified(products, frame, stocking, 1, SPAN, CUTS)
    rate = dict(found.select("product_id", "rate_of_sale").iter_rows())
    assert rate["young"] == pytest.approx(rate["old"], rel=0.15)


def test_without_known_costs_there_is_no_margin_rate_and_it_is_said() -> None:
    frame = sales().with_columns(costed=pl.lit(0.0))
    products = pl.DataFrame(PRODUCTS, schema_overrides={"launched_on": pl.Date, "discontinued_on": pl.Date})
    stocking = pl.DataFrame({"product_id": ["good"], "since": [date(2024, 1, 1)], "accounts": [8]})
    found = weak_varieties.classified(products, frame, stocking, 10, SPAN, CUTS)
    assert found.select("product_id", "margin_rate", "status", "compared_with").row(0) == ("good", None, "missing_cost", "all_products")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    sold = [
        (add_months(date(2022, 1, 1), step), account, product, 2, 20.0)
        for step in range(36)
        for account, product in (("a", "p"), ("a", "q"), ("b", "p"), ("c", "p"))
    ]
    returned = [(date(2024, 6, 1), "d", "q", -1, -10.0)]
    return make_store(
        tmp_path_factory.mktemp("varieties"),
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        accounts=[
            {"account_id": "a", "account": "A", "kind": "distributor", "region_id": "N"}, {"account_id": "b", "account": "B", "kind": "direct", "region_id": "S"},
            {"account_id": "c", "account": "C", "kind": "outlet", "region_id": "S"}, {"account_id": "d", "account": "D", "kind": "distributor", "region_id": "S"},
        ],
        products=[{"product_id": "p", "product": "Pale", "category": "Beer"}, {"product_id": "q", "product": "Quad", "category": "Beer"}],
        transactions=lines(*sold, *returned),
    )  # fmt: skip


def test_distributors_and_direct_customers_count_and_who_only_returned_is_none_but_takes_its_units_off(store) -> None:
    found = weak_varieties.answer(ask_as(store), Filters(), CUTS)
    assert found.summary.row(0, named=True)["distributors"] == 2
    assert found.varieties.select("product_id", "distribution", "rate_of_sale", "stockists").sort("product_id").rows() == [
        ("p", 1.0, pytest.approx(2), 2), ("q", 0.5, pytest.approx(23 / 12), 1),
    ]  # fmt: skip


def test_two_viewers_have_their_own_varieties_and_a_stranger_none(store) -> None:
    north = weak_varieties.answer(ask_as(store, Viewer("n", "N", "lead", ("N",))), Filters(), CUTS)
    south = weak_varieties.answer(ask_as(store, Viewer("s", "S", "lead", ("S",))), Filters(), CUTS)
    assert north.varieties["product_id"].to_list() == ["p", "q"]
    assert south.varieties["product_id"].to_list() == ["p"]
    assert weak_varieties.answer(ask_as(store, Viewer("x", "X", "lead", ())), Filters(), CUTS).varieties.is_empty()


def decision(number: int, region_ids: list[str] | None, *, is_open: bool = True) -> Record:
    return Record(number, 1, "variety_decision", "p", {"decision": "weaken", "region_ids": region_ids}, is_open, "x@y", "2025-01-01T00:00:00Z")


def test_a_decision_is_read_by_those_whose_regions_it_concerns(store) -> None:
    written = [decision(1, None), decision(2, ["N"]), decision(3, ["S"]), decision(4, None, is_open=False)]

    def read(viewer: Viewer) -> list[int]:
        answer = weak_varieties.answer(ask_as(store, viewer), Filters(), CUTS)
        return weak_varieties.with_records(answer, written, CUTS).decisions["record_id"].sort().to_list()

    assert read(Viewer("n", "N", "lead", ("N",))) == [1, 2]
    assert read(Viewer("m", "M", "manager", None)) == [1, 2, 3]
