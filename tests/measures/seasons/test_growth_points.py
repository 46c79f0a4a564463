"""Growth points of all kinds: outlets that do not buy yet, what competitors sell, and nothing counted twice."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from measures.seasons.off_season_targets import THRESHOLDS, OffSeasonTargets, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store
from tests.measures.seasons.test_off_season_targets import monthly

REGIONS = [{"region_id": key, "region": key} for key in "NS"]
DISTRIBUTORS = [f"D{n}" for n in range(8)]
LAST = date(2025, 12, 1)


def found(store, viewer: Viewer | None = None, **overrides) -> OffSeasonTargets:
    return answer(ask_as(store, viewer) if viewer else ask_as(store), Filters(), cuts(THRESHOLDS, overrides=overrides))


def points(store, kind: str, **overrides) -> pl.DataFrame:
    return found(store, **overrides).growth_points.filter(kind=kind).sort("account_id")


def network(outlets: int = 10) -> list[dict]:
    """Eight distributors of 1,000 units a month, each with ten outlets; D0 and D1 are in the north."""
    above = [{"account_id": key, "account": key, "kind": "distributor", "region_id": "N" if key in ("D0", "D1") else "S"} for key in DISTRIBUTORS]
    below = [
        {"account_id": f"{key}-{n}", "account": f"Bar {n} of {key}", "kind": "outlet", "parent_account_id": key, "region_id": row["region_id"]}
        for key, row in zip(DISTRIBUTORS, above, strict=True) for n in range(outlets)
    ]
    return above + below


def sold() -> list[tuple]:
    return [row for key in DISTRIBUTORS for row in monthly(key, "P", 1000)]


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    """All outlets are visited. Three of D0's ten order, six of each other's."""
    visits = [
        {"activity_id": f"{key}-{n}", "happened_on": LAST, "account_id": f"{key}-{n}", "kind": "visit",
         "outcome": "Order" if n < (3 if key == "D0" else 6) else "Nothing"}
        for key in DISTRIBUTORS for n in range(10)
    ]  # fmt: skip
    products = [{"product_id": "P", "product": "Pale"}]
    return make_store(tmp_path_factory.mktemp("visited"), regions=REGIONS, accounts=network(), products=products, transactions=lines(*sold()), activities=visits)


def test_outlets_that_do_not_order_are_worth_an_even_part_of_natural_sales(visited) -> None:
    """Own distribution 30 %, the peers' upper quartile 60 %, ten outlets: three outlets, each a tenth of the natural season."""
    (row,) = points(visited, "outlets").to_dicts()
    assert (row["account_id"], row["product_id"], row["outlets"]) == ("D0", None, 10)
    assert (row["own_share"], row["peer_share"]) == (pytest.approx(0.3), pytest.approx(0.6))
    assert row["rate_of_sale"] == pytest.approx(row["natural"] / 10)
    assert row["headroom"] == pytest.approx(0.3 * row["natural"])
    assert row["weight"] == pytest.approx(0.5 * row["headroom"])
    assert row["reason"].startswith("30% of its 10 outlets buy, a good distributor reaches 60%")


def test_what_counts_as_an_order_is_a_setting(visited) -> None:
    assert points(visited, "outlets", ordering_outcomes="sold").is_empty()
    assert points(visited, "outlets", ordering_outcomes=" Sold, ORDER ").height == 1


def test_the_chance_of_an_outlet_is_a_setting(visited) -> None:
    (row,) = points(visited, "outlets", outlet_probability=0.2).to_dicts()
    assert (row["probability"], row["weight"]) == (0.2, pytest.approx(0.2 * row["headroom"]))


@pytest.mark.parametrize(("name", "value"), [("least_outlets", 11), ("outlet_peers", 9)])
def test_too_few_outlets_or_accounts_to_compare_with_give_no_points(visited, name: str, value: int) -> None:
    assert points(visited, "outlets", **{name: value}).is_empty()


def test_what_a_good_distributor_reaches_is_a_setting(delivered) -> None:
    """Shares are 0, 20 and six times 50 %: at the seventh part, the second lowest."""
    (row,) = points(delivered, "outlets", outlet_percentile=1 / 7).to_dicts()
    assert (row["account_id"], row["peer_share"]) == ("D1", pytest.approx(0.2))


def test_a_lead_has_too_few_peers_of_their_own_region(visited) -> None:
    assert found(visited, Viewer("n", "N", "lead", ("N",))).growth_points.filter(kind="outlets").is_empty()


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """Outlets buy themselves: two units of P a month. Of D0's ten two buy it, of each other's five; nobody under D1 buys it."""
    bars = [(LAST, f"{key}-{n}", "P", 24, 24.0) for key in DISTRIBUTORS for n in range({"D0": 2, "D1": 0}.get(key, 5))]
    products = [{"product_id": "P", "product": "Pale"}]
    return make_store(tmp_path_factory.mktemp("delivered"), regions=REGIONS, accounts=network(), products=products, transactions=lines(*sold(), *bars))


def test_outlets_that_buy_themselves_have_a_distribution_of_each_product(delivered) -> None:
    """The peers' upper quartile is 50 %: three outlets more for D0, five for D1; 24 units a year each, brought to the season."""
    rows = points(delivered, "outlets").to_dicts()
    assert [(row["account_id"], row["product_id"]) for row in rows] == [("D0", "P"), ("D1", "P")]
    assert [row["own_share"] for row in rows] == [pytest.approx(0.2), 0]
    season = rows[0]["natural"] / sum(quantity for day, _, _, quantity, _ in monthly("D0", "P", 1000) if day.year == 2025)
    assert [row["rate_of_sale"] for row in rows] == pytest.approx([24 * season] * 2)
    assert [row["headroom"] for row in rows] == pytest.approx([0.3 * 10 * 24 * season, 0.5 * 10 * 24 * season])


@pytest.fixture(scope="module")
def declared(tmp_path_factory):
    """D0 buys 1,000 units of us for 12,000 a year and says that it buys as much again of another."""
    people = [{"account_id": key, "account": key, "kind": "distributor", "region_id": "N"} for key in ("D0", "D1")]
    rows = [(day, key, "P", quantity, 12.0 * quantity) for key in ("D0", "D1") for day, _, _, quantity, _ in monthly(key, "P", 100)]
    year = sum(money for day, key, _, _, money in rows if key == "D0" and day.year == 2025)
    wallet = [{"account_id": "D0", "month": LAST, "category": "Beer", "competitor": "Other", "amount": year / 12, "source": "declared"}]
    return make_store(tmp_path_factory.mktemp("declared"), regions=REGIONS, accounts=people, products=[{"product_id": "P", "product": "Pale", "category": "Beer"}],
                      transactions=lines(*rows), wallet=wallet)  # fmt: skip


def test_a_wallets_other_half_is_headroom_as_large_as_natural_sales(declared) -> None:
    (row,) = points(declared, "wallet").to_dicts()
    assert (row["account_id"], row["product_id"], row["own_share"]) == ("D0", None, pytest.approx(0.5))
    assert row["headroom"] == pytest.approx(row["natural"])
    assert row["weight"] == pytest.approx(0.1 * row["natural"])
    assert row["reason"] == "We hold 50% of what it buys; competitors have the rest"


def test_growth_points_carry_their_share_of_the_lift_where_they_are(declared) -> None:
    """The whole lift goes to D0, which has the only growth point; without a share for growth points both have half of it."""
    there = found(declared, requirement_basis="forecast", requirement_growth=0.02, growth_share=1.0).by_account
    assert {row["account_id"]: round(row["gap"] / row["natural"], 2) for row in there.to_dicts()}["D1"] == pytest.approx(0, abs=0.005)
    even = found(declared, requirement_basis="forecast", requirement_growth=0.02, growth_share=0.0).by_account
    assert even["target"][0] == pytest.approx(even["target"][1], abs=1)


def test_points_that_cannot_carry_the_gap_are_said(declared) -> None:
    (row,) = found(declared, requirement_basis="forecast", requirement_growth=0.2).summary.to_dicts()
    assert row["growth_points_in_limits"] < row["gap"]
    assert row["growth_points_missing"] == pytest.approx(row["gap"] - row["growth_points_in_limits"])


def test_what_other_points_explain_is_not_counted_again_in_the_wallet(tmp_path) -> None:
    """Nine accounts buy P and Q half and half, the tenth only P; its wallet's other half is what it lacks of Q and more."""
    keys = [f"A{n}" for n in range(10)]
    rows = [(day, key, product, quantity, float(quantity)) for key in keys for product in "PQ" if (key, product) != ("A9", "Q")
            for day, _, _, quantity, _ in monthly(key, product, 100)]  # fmt: skip
    year = sum(money for day, key, _, _, money in rows if key == "A9" and day.year == 2025)
    wallet = [{"account_id": "A9", "month": LAST, "category": "Beer", "competitor": "Other", "amount": year / 12, "source": "declared"}]
    people = [{"account_id": key, "account": key, "kind": "distributor"} for key in keys]
    products = [{"product_id": key, "product": key, "category": "Beer"} for key in "PQ"]
    store = make_store(tmp_path, accounts=people, products=products, transactions=lines(*rows), wallet=wallet)
    space, rest = (points(store, kind).filter(account_id="A9")["headroom"].item() for kind in ("white_space", "wallet"))
    assert rest + space == pytest.approx(points(store, "wallet")["natural"].item())
