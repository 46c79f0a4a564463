"""Share of wallet through the store: what is held of whom, what is coming, and which strategy follows."""

from datetime import date

import pytest

from data.access import Viewer
from data.records import Record
from measures.accounts import account_market
from measures.customers.share_of_wallet import THRESHOLDS, ShareOfWallet, answer, with_records
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

PRODUCTS = [{"product_id": "P", "product": "Lager", "category": "Beer"}, {"product_id": "Q", "product": "Cider", "category": "Cider"}]
REGIONS = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]


def monthly(account: str, amount: float, product: str = "P") -> list[tuple]:
    """The same amount on the first of every month of 2023, 2024 and 2025: no season, no trend."""
    return [(date(2023 + step // 12, step % 12 + 1, 1), account, product, amount, amount) for step in range(36)] if amount else []


def report(account: str, month: int, amount: float, competitor: str = "Rival", category: str = "Beer", source: str = "declared") -> dict:
    return {
        "account_id": account, "month": date(2025, month, 1), "amount": amount, "competitor": competitor, "category": category, "source": source,
    }  # fmt: skip


def wallets(store, filters=None, viewer=None, **overrides) -> ShareOfWallet:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def by_id(found: ShareOfWallet) -> dict[str, dict]:
    return {row["account_id"]: row for row in found.accounts.iter_rows(named=True)}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """HL holds 90 of 100 large, LL 90 of 900 large, HS 6 of 10 small, LS 3 of 30 small; P buys of others only; O is supplied by HL.

    Sales 2025 by month: HL 90 (60 beer, 30 cider), LL 90, HS 6, LS 3. Reports are of two months, so a mean month counts twelve times.
    """
    accounts = [
        {"account_id": "HL", "account": "High large", "region_id": "N"}, {"account_id": "LL", "account": "Low large", "region_id": "N"},
        {"account_id": "HS", "account": "High small", "region_id": "S"}, {"account_id": "LS", "account": "Low small", "region_id": "S"},
        {"account_id": "P", "account": "Prospect", "region_id": "S"}, {"account_id": "U", "account": "Unknown", "region_id": "S"},
        {"account_id": "O", "account": "Outlet", "kind": "outlet", "parent_account_id": "HL", "region_id": "N"},
    ]  # fmt: skip
    sold = [line for account, amount in (("HL", 60), ("LL", 90), ("HS", 6), ("LS", 3), ("U", 1)) for line in monthly(account, amount)]
    told = [
        report("HL", 3, 8), report("HL", 9, 12), report("LL", 6, 800), report("LL", 6, 10, "Other", "Cider"), report("HS", 1, 4),
        report("LS", 1, 27, source="observed"), report("P", 2, 50), report("O", 2, 5), report("HL", 9, 11, source="observed"),
    ]  # fmt: skip
    return make_store(
        tmp_path_factory.mktemp("wallet"), regions=REGIONS, accounts=accounts, products=PRODUCTS, wallet=told,
        transactions=lines(*sold, *monthly("HL", 30, "Q")),
    )  # fmt: skip


def test_a_year_of_own_sales_stands_against_a_year_of_the_mean_reported_month(store) -> None:
    found = by_id(wallets(store))["HL"]
    assert (found["own"], found["known"], found["wallet"], found["headroom"]) == (1080, 120, 1200, 120)
    assert (found["share"], found["share_high"], found["tag"], found["status"]) == (0.9, 0.9, "declared", "ok")


def test_the_four_strategies_and_the_missing_one_is_ours(store) -> None:
    found = wallets(store)
    placed = {key: row["strategy"] for key, row in by_id(found).items()}
    assert placed == {"HL": "defend", "LL": "develop", "HS": "keep_contact", "LS": "acquire", "P": "acquire", "O": None, "U": None}
    assert found.strategies.filter("is_ours")["strategy"].to_list() == ["defend"]
    assert dict(found.strategies.select("strategy", "accounts").rows()) == {"defend": 1, "develop": 1, "keep_contact": 1, "acquire": 2}
    assert found.strategies["own"].sum() == found.summary["own"].item() == 12 * (90 + 90 + 6 + 3)


def test_upcoming_volume_is_a_quarter_of_the_last_three_months(store) -> None:
    assert {key: row["upcoming"] for key, row in by_id(wallets(store)).items() if row["upcoming"]} == pytest.approx(
        {"HL": 270, "LL": 270, "HS": 18, "LS": 9, "U": 3}
    )
    everybody = by_id(wallets(store, upcoming_basis="bought"))
    assert everybody["LL"]["upcoming"] == pytest.approx(270 + 3 * 810)


def test_who_never_bought_and_is_supplied_by_another_has_no_share(store) -> None:
    found = by_id(wallets(store))["O"]
    assert (found["own"], found["known"], found["share"], found["status"]) == (None, 60, None, "insufficient")


def test_an_amount_of_no_source_does_not_get_that_of_a_smaller_one(tmp_path) -> None:
    told = [report("A", 12, 50, source=None), report("A", 12, 40, source="declared")]
    found = wallets(make_store(tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=PRODUCTS, wallet=told, transactions=lines(*monthly("A", 10))))
    assert (by_id(found)["A"]["known"], by_id(found)["A"]["tag"]) == (600, "observed")
    assert found.competitors.select("amount", "source").rows() == [(600, None)]


@pytest.mark.parametrize("sources", [("observed", "declared"), ("declared", "observed")])
def test_of_two_sources_that_report_the_same_the_first_by_name_is_named_whatever_their_order(tmp_path, sources) -> None:
    told = [report("A", 12, 50, source=source) for source in sources]
    accounts = [{"account_id": "A", "account": "A"}]
    found = wallets(make_store(tmp_path, accounts=accounts, products=PRODUCTS, wallet=told, transactions=lines(*monthly("A", 10))))
    assert (by_id(found)["A"]["tag"], found.competitors["source"].to_list()) == ("declared", ["declared"])


def test_competitors_inside_an_account_and_our_part_of_each_category(store) -> None:
    found = wallets(store)
    inside = found.competitors.filter(account_id="LL").select("category", "competitor", "amount", "share").rows()
    assert inside == [("Beer", "Rival", 9600, pytest.approx(9600 / 10680)), ("Cider", "Other", 120, 1.0)]
    bought = {row[0]: row[1:] for row in found.account_categories.filter(account_id="HL").select("category", "own", "known", "share").rows()}
    assert bought == {"Beer": (720, 120, pytest.approx(720 / 840)), "Cider": (360, 0, 1.0)}


def test_categories_leave_out_whom_another_account_supplies(store) -> None:
    found = {row["category"]: row for row in wallets(store).categories.iter_rows(named=True)}
    assert found["Beer"]["own"] == 12 * (60 + 90 + 6 + 3)
    assert found["Beer"]["known"] == 12 * (10 + 800 + 4 + 27 + 50)
    assert (found["Beer"]["competitor"], found["Cider"]["competitor"]) == ("Rival", "Other")


def test_a_category_filter_narrows_both_sides(store) -> None:
    found = by_id(wallets(store, Filters(categories=("Cider",))))
    assert (found["HL"]["own"], found["HL"]["known"], found["HL"]["share"]) == (360, 0, 1.0)
    assert (found["LL"]["own"], found["LL"]["known"], found["LL"]["share"]) == (0, 120, 0.0)


def test_the_cuts_decide(store) -> None:
    assert by_id(wallets(store, wallet_share_cut=0.95))["HL"]["strategy"] == "develop"
    assert by_id(wallets(store, wallet_large_cut=0.0))["LL"]["strategy"] == "acquire"


def test_a_lead_sees_the_wallets_of_their_region_only(store) -> None:
    south = wallets(store, viewer=Viewer("lead@example.com", "Lead", "lead", ("S",)))
    assert set(south.accounts["account_id"]) == {"HS", "LS", "P", "U"}
    assert set(south.competitors["account_id"]) == {"HS", "LS", "P"}
    assert wallets(store, viewer=Viewer("x@example.com", "X", "lead", ())).accounts.is_empty()


def test_without_a_wallet_table_nothing_is_known(tmp_path) -> None:
    bare = make_store(tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=PRODUCTS, transactions=lines(*monthly("A", 5)))
    found = wallets(bare)
    assert (found.accounts["share"].item(), found.accounts["status"].item()) == (None, "insufficient")
    assert (found.summary["share"].item(), found.competitors.height, found.categories.height) == (None, 0, 0)


def said(account: str, rank: int, suppliers: int, *, is_open: bool = True) -> Record:
    return Record(1, 1, "supplier_rank", account, {"rank": rank, "suppliers": suppliers}, is_open, "", "")


def test_a_rank_gives_the_share_of_an_account_that_nobody_reports_about(store) -> None:
    found = by_id(with_records(wallets(store), [said("U", 2, 3)], cuts(THRESHOLDS)))["U"]
    # Second of three: (1 − 2/4) · 2/3 = 1/3; a year of 1 a month is a third of 36.
    assert (found["own"], found["share"], found["tag"], found["status"]) == (12, pytest.approx(1 / 3), "ranked", "provisional")
    assert (found["wallet"], found["headroom"], found["strategy"]) == (pytest.approx(36), pytest.approx(24), "acquire")


@pytest.mark.parametrize("record", [said("U", 2, 3, is_open=False), said("HL", 2, 3), said("P", 1, 2), said("elsewhere", 1, 2)])
def test_a_rank_that_was_taken_back_or_says_less_than_reports_changes_nothing(store, record: Record) -> None:
    found = wallets(store)
    assert with_records(found, [record], cuts(THRESHOLDS)).accounts.equals(found.accounts)


def test_the_whole_counts_what_a_rank_adds(store) -> None:
    before, after = (answer.summary["wallet"].item() for answer in (wallets(store), with_records(wallets(store), [said("U", 2, 3)], cuts(THRESHOLDS))))
    assert after - before == pytest.approx(36)


def test_a_rank_leaves_no_room_above_it_in_the_whole(store) -> None:
    whole = with_records(wallets(store), [said("U", 2, 3)], cuts(THRESHOLDS)).summary.row(0, named=True)
    # 90, 90, 6, 3 a month and 1 by rank, P buys nothing of us; of 100, 900, 10, 30, 3 and 50.
    assert (whole["share"], whole["share_high"]) == (pytest.approx(190 / 1093), pytest.approx(190 / 1093))


SAID = ("own", "known", "wallet", "share", "share_low", "share_high", "tag")


@pytest.mark.parametrize("peers", [2, 8])
@pytest.mark.parametrize("end", [None, date(2025, 7, 1)])
def test_the_accounts_own_page_says_the_same_share_for_the_same_period(store, peers: int, end: date | None) -> None:
    chosen = {"wallet_peers": peers, "wallet_attribute": "account"}
    for key, row in by_id(wallets(store, Filters(to_date=end), **chosen)).items():
        one = Filters(to_date=end, account_ids=(key,))
        own = cuts(account_market.THRESHOLDS, overrides=chosen)
        found = account_market.answer(ask_as(store), one, own).wallet_summary.to_dicts()
        assert [tuple(held[name] for name in SAID) for held in found] == ([tuple(row[name] for name in SAID)] if row["share"] is not None else [])
        assert tuple(by_id(wallets(store, one, **chosen))[key][name] for name in SAID) == tuple(row[name] for name in SAID)


def test_the_accounts_own_page_takes_the_share_by_rank_too(store) -> None:
    chosen = cuts(account_market.THRESHOLDS, overrides={"wallet_peers": 2, "wallet_attribute": "account"})
    found = account_market.answer(ask_as(store), Filters(account_ids=("U",)), chosen)
    (row,) = account_market.with_records(found, [said("U", 2, 3)], chosen).wallet_summary.to_dicts()
    assert (row["share"], row["wallet"], row["tag"]) == (pytest.approx(1 / 3), pytest.approx(36), "ranked")


def test_the_accounts_suppliers_share_what_is_known_and_tell_the_year_before(store) -> None:
    found = account_market.answer(ask_as(store), Filters(account_ids=("LL",)), cuts(account_market.THRESHOLDS)).suppliers
    assert found.select("supplier", "amount", "previous").rows() == [("Rival", 800, None), (None, 90, None), ("Other", 10, None)]
    assert found["share"].to_list() == pytest.approx([800 / 900, 0.1, 10 / 900])


def test_the_accounts_own_months_count_what_two_sources_say_once(tmp_path) -> None:
    store = make_store(
        tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=PRODUCTS, transactions=lines(*monthly("A", 60)),
        wallet=[report("A", 4, 30, source="observed"), report("A", 4, 40, source="declared"), report("A", 4, 20, competitor="Other")],
    )  # fmt: skip
    found = account_market.answer(ask_as(store), Filters(account_ids=("A",)), cuts(account_market.THRESHOLDS)).wallet
    assert found.select("month", "own", "known", "share").rows() == [(date(2025, 4, 1), 60, 60, 0.5)]
