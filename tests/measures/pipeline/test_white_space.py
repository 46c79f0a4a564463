"""The universe through the store: who is reached, what is open, what people state of it, and what a channel's and the base's growth say."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from data.records import UNIVERSE, Record
from measures.pipeline.white_space import THRESHOLDS, WhiteSpace, answer, with_records
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

REGIONS = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}, {"region_id": "E", "region": "East"}]
PRODUCTS = [{"product_id": "P", "product": "Lager", "category": "Beer"}, {"product_id": "Q", "product": "Cider", "category": "Cider"}]
CUTS = cuts(THRESHOLDS)


def monthly(account: str, months: range, amount: float = 10, product: str = "P") -> list[tuple]:
    """The same purchase on the second of each month, counted from January 2023."""
    return [(date(2023 + step // 12, step % 12 + 1, 2), account, product, 1, amount, amount / 2) for step in months]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Data from January 2023 to December 2025; the window is 2025.

    North: D buys all along (bars' distributor), O1 and O2 hang under it, L bought in 2023 only, F is known by name. South: B began in June 2025
    in a new channel, V was visited (two people noted what it buys of another maker in April), T has a deal, H hangs under L. East: nobody.
    """
    def account(identifier: str, region: str, channel: str, opened: date | None = None, **more) -> dict:
        return {"account_id": identifier, "account": f"Name {identifier}", "region_id": region, "channel": channel, "opened_on": opened} | more

    accounts = [
        account("D", "N", "Distribution"), account("L", "N", "Distribution"), account("F", "N", "Bars"),
        account("O1", "N", "Bars", date(2020, 1, 1), parent_account_id="D", latitude=40.0, longitude=-3.0, city="Madrid"),
        account("O2", "N", "Bars", date(2025, 3, 1), parent_account_id="D", latitude=40.2, longitude=-3.2, city="Madrid"),
        account("B", "S", "Hotels", latitude=-34.6, longitude=-58.4, city="Buenos Aires"), account("V", "S", "Hotels"), account("T", "S", "Bars"),
        account("H", "S", "Bars", date(2026, 1, 5)), account("U", "S", "Bars", parent_account_id="L"),
    ]  # fmt: skip
    return make_store(
        tmp_path_factory.mktemp("universe"), regions=REGIONS, accounts=accounts, products=PRODUCTS,
        transactions=lines(*monthly("D", range(36)), *monthly("L", range(12)), *monthly("B", range(29, 36), 30, "Q"), *monthly("D", range(36), 5, "Q")),
        activities=[{"activity_id": "1", "happened_on": date(2025, 5, 5), "account_id": "V", "kind": "visit"}],
        opportunities=[{"opportunity_id": "1", "account_id": "T", "created_on": date(2025, 5, 5)}],
        wallet=[{"account_id": "V", "month": date(2025, 4, 1), "amount": amount, "category": "Beer", "competitor": "Other"} for amount in (500, 300)],
    )  # fmt: skip


def state(region: str, channel: str | None, accounts: int, number: int = 1, version: int = 1) -> Record:
    return Record(number, version, UNIVERSE, region, {"channel": channel, "accounts": accounts, "source": "census"}, True, "ana", "2026-01-01")


def space(store, filters=None, viewer=None, stated=(), **overrides) -> WhiteSpace:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    chosen = cuts(THRESHOLDS, overrides=overrides)
    return with_records(answer(ask, filters or Filters(), chosen), stated, chosen)


def of_region(found: WhiteSpace) -> dict[str, dict]:
    return {row["region_id"]: row for row in found.by_region.iter_rows(named=True)}


def of_channel(found: WhiteSpace) -> dict[str, dict]:
    return {row["channel"]: row for row in found.by_channel.iter_rows(named=True)}


def test_each_known_account_has_one_status(store):
    north, south = (of_region(space(store))[region] for region in "NS")
    told = ("known_accounts", "buys", "supplied", "lapsed", "prospect", "untouched")
    assert [north[name] for name in told] == [5, 1, 2, 1, 0, 1]
    assert [south[name] for name in told] == [4, 1, 0, 0, 2, 1]


def test_who_opens_later_is_not_known_yet(store):
    assert space(store).summary["known_accounts"].item() == 9
    assert of_region(space(store, Filters(to_date=date(2025, 3, 1))))["N"]["known_accounts"] == 4


def test_supplied_accounts_are_reached_unless_only_own_orders_count(store):
    assert (of_region(space(store))["N"]["reached_accounts"], of_region(space(store))["N"]["penetration"]) == (3, 0.6)
    own = of_region(space(store, reached_by="own_orders"))["N"]
    assert (own["reached_accounts"], own["supplied"], own["open_accounts"]) == (1, 2, 4)


def test_an_account_that_hangs_under_one_that_no_longer_buys_is_not_supplied(store):
    assert space(store).open_accounts.filter(account_id="U")["status"].item() == "untouched"
    assert space(store, Filters(to_date=date(2024, 1, 1))).open_accounts.filter(account_id="U").is_empty()


def test_who_is_supplied_from_another_region_stays_reached_where_that_region_is_not_shown(store):
    early = Filters(to_date=date(2024, 1, 1))
    whole, south = (of_region(space(store, filters))["S"] for filters in (early, replace(early, region_ids=("S",))))
    assert (south["supplied"], south["reached_accounts"]) == (whole["supplied"], whole["reached_accounts"]) == (1, 1)


def test_a_longer_window_reaches_those_who_bought_long_ago(store):
    assert of_region(space(store, reach_months=25))["N"]["buys"] == 2


def test_a_region_without_an_account_is_a_row(store):
    east = of_region(space(store))["E"]
    assert (east["universe"], east["penetration"], east["universe_basis"]) == (0, None, "known_only")


def test_accounts_without_a_region_are_no_region(tmp_path):
    accounts = [{"account_id": "A", "region_id": "N"}, {"account_id": "B"}]
    found = space(make_store(tmp_path, regions=REGIONS[:1], accounts=accounts, products=PRODUCTS, transactions=lines(*monthly("A", range(12)))))
    assert (found.summary["regions"].item(), found.summary["known_accounts"].item(), found.by_region.height) == (1, 2, 2)


def test_what_people_state_is_the_universe_and_never_less_than_what_is_known(store):
    found = space(store, stated=[state("N", "Bars", 100, 1), state("S", "Hotels", 1, 2)])
    assert (of_region(found)["N"]["universe"], of_region(found)["N"]["open_accounts"], of_region(found)["N"]["universe_basis"]) == (102, 99, "partly_stated")
    assert (of_region(found)["S"]["universe"], of_channel(found)["Hotels"]["universe"]) == (4, 2)
    assert of_channel(found)["Bars"]["penetration"] == pytest.approx(2 / 102)
    assert (found.summary["universe"].item(), found.summary["stated_regions"].item()) == (106, 2)


def test_a_whole_region_is_stated_for_no_channel(store):
    found = space(store, stated=[state("S", None, 50)])
    assert (of_region(found)["S"]["universe"], of_region(found)["S"]["universe_basis"], of_region(found)["S"]["stated_accounts"]) == (50, "all_stated", 50)
    assert sum(row["universe"] for row in of_channel(found).values()) == 9


def test_more_in_its_channels_outweighs_less_for_the_whole_region(store):
    found = of_region(space(store, stated=[state("S", None, 10, 1), state("S", "Bars", 30, 2)]))["S"]
    assert (found["universe"], found["universe_basis"]) == (32, "partly_stated")


def test_a_channel_that_nobody_sells_to_is_a_row_once_it_is_stated(store):
    found = space(store, stated=[state("E", "Airlines", 7)])
    airlines = of_channel(found)["Airlines"]
    assert (airlines["channel_status"], airlines["open_accounts"], of_region(found)["E"]["universe"]) == ("untapped", 7, 7)


def test_the_last_word_on_a_place_counts_and_a_closed_one_does_not(store):
    closed = Record(9, 2, UNIVERSE, "S", {"channel": None, "accounts": 999}, False, "ana", "2026-01-02")
    found = space(store, stated=[state("N", "Bars", 100, 1), state("N", "Bars", 80, 2), closed])
    assert found.statements["stated_accounts"].to_list() == [80]
    assert of_region(found)["N"]["universe"] == 82


def test_with_a_filter_by_account_only_what_is_known_counts(store):
    found = space(store, Filters(account_ids=("D",)), stated=[state("N", "Bars", 100)])
    assert (found.summary["universe"].item(), found.summary["takes_statements"].item()) == (3, False)


def test_a_product_filter_asks_who_buys_it(store):
    cider = space(store, Filters(categories=("Cider",)))
    assert (of_region(cider)["S"]["buys"], of_region(cider)["N"]["lapsed"]) == (1, 0)
    assert of_region(space(store, Filters(product_ids=("P",))))["S"]["buys"] == 0


def test_the_base_grows_by_who_opened_or_began(store):
    """North: O2 opened in March 2025, four were known before. South: B began in June; V, T and U have no date and were always known."""
    found = of_region(space(store))
    assert (found["N"]["base_growth"], found["S"]["base_growth"]) == (0.25, pytest.approx(1 / 3))
    assert (found["N"]["reached_before"], found["S"]["reached_before"], found["S"]["first_buyers"]) == (2, 0, 1)
    months = {row["month"]: row for row in space(store).base_months.iter_rows(named=True)}
    assert (months[date(2025, 6, 1)]["added"], months[date(2025, 6, 1)]["first_buyers"], months[date(2025, 12, 1)]["known_accounts"]) == (1, 1, 9)


def test_growth_is_unknown_where_the_sales_begin_with_the_window(tmp_path):
    made = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=PRODUCTS, transactions=lines(*monthly("a", range(24, 36))))
    row = space(made).summary.row(0, named=True)
    assert (row["base_growth"], row["reached_before"], row["previous_sales"], row["reached_accounts"]) == (None, None, None, 1)
    assert space(made).by_channel["channel_status"].to_list() == [None]


def test_channels_are_new_by_their_first_purchase(store):
    found = of_channel(space(store, new_months=12))
    assert {name: row["channel_status"] for name, row in found.items()} == {"Hotels": "new_channel", "Distribution": "established", "Bars": "through_others"}
    assert of_channel(space(store, new_months=6))["Hotels"]["channel_status"] == "established"
    hotels, distribution = found["Hotels"], found["Distribution"]
    assert (hotels["first_month"], hotels["net_sales"], hotels["margin_rate"], hotels["sales_per_buyer"]) == (date(2025, 6, 1), 210, 0.5, 210)
    assert (distribution["growth_rate"], distribution["sales_share"]) == (0, pytest.approx(180 / 390))


def test_accounts_to_reach_begin_with_those_that_buy_elsewhere(store):
    found = space(store).open_accounts
    assert found["account_id"].to_list()[0] == "V"
    assert dict(found.select("account_id", "status").rows()) == {"V": "prospect", "L": "lapsed", "T": "prospect", "F": "untouched", "U": "untouched"}


def test_places_are_cities_with_the_mean_of_their_addresses(store):
    found = {row["town"]: row for row in space(store).places.iter_rows(named=True)}
    assert (found["Madrid"]["latitude"], found["Madrid"]["known_accounts"], found["Madrid"]["reached_accounts"]) == (pytest.approx(40.1), 2, 2)
    assert (found["Buenos Aires"]["area"], found["Madrid"]["area"]) == (0, 1)
    assert space(store).summary["located_accounts"].item() == 3


def test_the_parts_add_up_to_the_whole(store):
    found = space(store, stated=[state("N", "Bars", 100, 1), state("S", None, 70, 2)])
    for name in ("known_accounts", "reached_accounts", "buys", "net_sales"):
        assert found.by_region[name].sum() == found.by_channel[name].sum() == found.cells[name].sum() == found.summary[name].item()
    assert found.summary["net_sales"].item() == 12 * 15 + 7 * 30
    assert found.summary["open_accounts"].item() == found.by_region["open_accounts"].sum()


def test_a_lead_sees_the_accounts_and_the_statements_of_their_region_only(store):
    lead = Viewer("s@example.com", "S", "lead", ("S",))
    found = space(store, viewer=lead, stated=[state("N", "Bars", 100, 1), state("S", "Bars", 40, 2)])
    assert found.by_region["region_id"].to_list() == ["S"]
    assert found.statements["region_id"].to_list() == ["S"]
    assert set(found.open_accounts["account_id"]) == {"V", "T", "U"}
    assert space(store, viewer=Viewer("x@example.com", "X", "lead", ())).summary["universe"].item() == 0


def test_accounts_of_no_region_have_a_universe_of_their_own(tmp_path):
    made = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=PRODUCTS, transactions=lines(*monthly("a", range(36))))
    found = space(made, stated=[state("", None, 20)])
    assert found.by_region.select("region_id", "universe", "penetration").rows() == [(None, 20, 0.05)]


def test_a_store_without_sales_still_knows_its_accounts(tmp_path):
    made = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A", "channel": "Bars"}], products=PRODUCTS)
    row = space(made).summary.row(0, named=True)
    assert (row["known_accounts"], row["reached_accounts"], row["penetration"]) == (1, 0, 0)
    assert isinstance(space(made).open_accounts, pl.DataFrame)


def test_who_first_buys_in_the_running_month_is_not_known_yet(tmp_path):
    """The data reach 9 December: November is the last complete month, b began after it, and c has no date at all."""
    accounts = [{"account_id": key, "account": key} for key in "abc"]
    rows = [*monthly("a", range(12, 35)), (date(2025, 12, 1), "b", "P", 1, 10), (date(2025, 12, 9), "a", "P", 1, 10)]
    made = make_store(tmp_path, accounts=accounts, products=PRODUCTS, transactions=lines(*rows))
    row = space(made).summary.row(0, named=True)
    assert (row["as_of"], row["known_accounts"], row["buys"], row["untouched"]) == (date(2025, 12, 1), 2, 1, 1)


def test_a_product_that_an_account_takes_up_later_does_not_make_it_unknown_before(store):
    cider = space(store, Filters(categories=("Beer",), to_date=date(2025, 1, 1)))
    assert of_region(cider)["S"]["known_accounts"] == 3
    assert of_region(space(store, Filters(product_ids=("Q",), to_date=date(2024, 1, 1))))["N"]["known_accounts"] == 4
