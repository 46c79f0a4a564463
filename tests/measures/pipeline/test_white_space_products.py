"""What peers buy and an account does not: nearness by hand, ranks, expected purchases, the hidden months, and who sees what."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from measures.pipeline import expected_purchase
from measures.pipeline.affinity import Proposals, affinity, proposals, recalled, scores
from measures.pipeline.proposal_trial import recall_table
from measures.pipeline.purchases import Trial, purchases, trial
from measures.pipeline.white_space_products import THRESHOLDS, WhiteSpaceProducts, answer
from measures.thresholds import cuts
from measures.trade.product_pairs import figures
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, lines, make_store
from tests.measures.on_a_page import assert_moved_cut_counts, assert_readings_stay_apart

REGIONS = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
PRODUCTS = [{"product_id": p, "product": f"Product {p}", "category": c} for p, c in (("P", "Beer"), ("Q", "Beer"), ("R", "Cider"), ("Z", "Cider"))]


def bought(*rows: str) -> np.ndarray:
    """Accounts by the letters of what they buy of P, Q, R, Z."""
    return np.array([[letter in row for letter in "PQRZ"] for row in rows])


def test_nearness_is_the_cosine_of_who_buys():
    """P has 4 buyers, Q 3, both 2: 2 ÷ √12. R and P have one account in common, under the two that are asked for."""
    found = affinity(bought("PQ", "PQ", "PR", "P", "Q"), 2)
    assert found.buyers.tolist() == [4, 3, 1, 0]
    assert found.cosine[0, 1] == found.cosine[1, 0] == pytest.approx(2 / 12**0.5)
    assert (found.cosine[2], found.cosine[3], np.diag(found.cosine)) == (pytest.approx(0), pytest.approx(0), pytest.approx(0))


def test_an_account_is_offered_what_its_products_speak_for_and_never_what_it_buys():
    matrix = bought("PQ", "PQ", "PR", "P", "Q")
    found = affinity(matrix, 1)
    account, product, rank, _weight = proposals(matrix, lambda own: scores(own, found.cosine), 2)
    assert list(zip(account.tolist(), product.tolist(), rank.tolist(), strict=True)) == [(0, 2, 1), (1, 2, 1), (2, 1, 1), (3, 1, 1), (3, 2, 2), (4, 0, 1)]


def test_popularity_offers_everybody_the_same():
    matrix = bought("P", "PQ", "PR", "QR", "")
    account, product, _rank, _weight = proposals(matrix, lambda _own: affinity(matrix, 2).popularity, 1)
    assert dict(zip(account.tolist(), product.tolist(), strict=True)) == {0: 1, 1: 2, 2: 1, 3: 0, 4: 0}


@pytest.mark.parametrize("order", [[0, 1, 2], [0, 2, 1], [2, 1, 0]])
def test_equal_ranks_of_the_trial_go_by_the_product_whatever_the_hidden_months_sell(order):
    """All buy product 9; one more buys 1 and one more 2: the first takes up 1, which stands before 2."""
    known = np.array([[1, 0, 0], [1, 1, 0], [1, 0, 1]], bool)
    hidden = np.array([[0, 1, 0], [0, 0, 0], [0, 0, 0]], bool)
    found = Trial(np.array([9, 1, 2])[order], known[:, order], hidden[:, order], 3)
    assert recall_table(found, 1).filter(pl.col("method") == "popularity")["hits"].to_list() == [1]


def test_recall_counts_what_was_taken_up_among_the_first():
    proposed = Proposals(np.array([0, 0, 1, 1]), np.array([0, 1, 2, 3]), np.array([1, 2, 1, 2]), np.ones(4))
    taken = np.array([[0, 1, 1, 0], [0, 0, 1, 0], [0, 0, 0, 0]], bool)
    assert recalled(proposed, taken, 1) == (1, 2)
    assert recalled(proposed, taken, 2) == (2, 4)


def test_support_confidence_and_lift_of_the_groceries_baskets():
    """methods.md: 9,835 baskets, other vegetables 1,903, whole milk 2,513, both 736."""
    pair = pl.DataFrame({"both": [736], "one": [1903], "other": [2513]})
    row = pair.select(*figures(pl.col("both"), pl.col("one"), pl.col("other"), 9835)).row(0, named=True)
    assert (round(row["support"], 6), round(row["confidence"], 6), round(row["product_lift"], 6)) == (0.074835, 0.386758, 1.513634)
    assert row["cosine"] == pytest.approx(736 / (1903 * 2513) ** 0.5)


def bought_in_a_year(*rows: tuple[int, int, float, float]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"account_key": pl.Int32, "product_key": pl.Int32, "quantity": pl.Float64, "net_sales": pl.Float64}, orient="row")


def tried(*rows: tuple[int, int, bool, bool]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"account_key": pl.Int32, "product_key": pl.Int32, "is_known": pl.Boolean, "is_hidden": pl.Boolean}, orient="row")


def test_a_large_catalogue_keeps_what_most_accounts_buy(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("measures.pipeline.purchases.MOST_PRODUCTS", 1)
    found = purchases(bought_in_a_year((2, 9, 1.0, 10.0), (1, 8, 5.0, 50.0), (1, 9, 1.0, 10.0)))
    assert (found.products.tolist(), found.size.tolist()) == ([9], [60.0, 10.0])
    tables = trial(found, tried((1, 8, True, True), (1, 9, False, True), (2, 9, True, True), (2, 7, True, False)))
    assert (tables.products.tolist(), tables.catalogue) == ([9], 3)
    assert (tables.known.tolist(), tables.hidden.tolist()) == ([[False], [True]], [[True], [True]])


def test_a_trial_has_the_accounts_and_products_that_were_bought_before_the_year_alone():
    found = purchases(bought_in_a_year((7, 4, 2.0, 20.0)))
    tables = trial(found, tried((7, 4, False, True), (3, 5, True, False), (3, 2, True, False)))
    assert (found.accounts.tolist(), found.products.tolist(), tables.products.tolist()) == ([7], [4], [4, 2, 5])
    assert tables.hidden.tolist() == [[False, False, False], [True, False, False]]
    assert tables.known.tolist() == [[False, True, True], [False, False, False]]


def monthly(account: str, product: str, quantity: float, amount: float, months: range = range(24)) -> list[tuple]:
    """A purchase on the first working days of each of 24 months, 2024 and 2025."""
    return [(date(2024 + step // 12, step % 12 + 1, 2), account, product, quantity, amount) for step in months]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Six northern accounts buy P for 90 and Q for 10 a month; N7, twice as large, buys P for 200 only, N8 returns what it buys.

    S1 to S4 in the south buy P and Z; S5 buys P and took up Z in December 2025, S6 P only. Nobody buys R any more.
    """
    north, south = [f"N{n}" for n in range(1, 9)], [f"S{n}" for n in range(1, 7)]
    accounts = [{"account_id": a, "account": f"Bar {a}", "region_id": a[0], "channel": "Bars"} for a in (*north, *south)]
    sold = [row for a in north[:6] for row in (*monthly(a, "P", 9, 90), *monthly(a, "Q", 1, 10))]
    sold += [*monthly("N7", "P", 20, 200), *monthly("N8", "P", 1, -1)]
    sold += [row for a in south for row in monthly(a, "P", 1, 50)]
    sold += [row for a in south[:4] for row in monthly(a, "Z", 1, 50)] + monthly("S5", "Z", 1, 50, range(23, 24))
    return make_store(tmp_path_factory.mktemp("space"), regions=REGIONS, accounts=accounts, products=PRODUCTS, transactions=lines(*sold))


def space(store, filters=None, viewer=None, **overrides) -> WhiteSpaceProducts:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def offered(found: WhiteSpaceProducts) -> dict[tuple[str, str], float]:
    return {(row["account_id"], row["product_id"]): row["expected_sales"] for row in found.white_space.iter_rows(named=True)}


def test_what_peers_buy_is_worth_their_median_share_of_the_accounts_size(store):
    """N7 sells 2,400 a year; the six who buy Q give it a tenth and 12 units of 1,200: 240 and 24 units. All six buyers are its peers."""
    row = space(store).white_space.filter(account_id="N7", product_id="Q").row(0, named=True)
    assert (row["expected_sales"], row["expected_quantity"], row["peers"], row["buyers"], row["rank"]) == (pytest.approx(240), pytest.approx(24), 6, 6, 1)


def test_who_buys_nothing_in_all_or_everything_gets_no_proposal(store):
    found = offered(space(store))
    assert "N8" not in {account for account, _product in found}
    assert ("N1", "Q") not in found and ("N1", "P") not in found
    assert ("S6", "Z") in found and ("S5", "Z") not in found


def test_the_least_co_buyers_decide_what_is_near(store):
    assert ("N7", "Z") in offered(space(store, least_co_buyers=5))
    assert ("N7", "Z") not in offered(space(store, least_co_buyers=6))
    assert ("N7", "Q") in offered(space(store, least_co_buyers=6))


def test_a_product_that_is_not_sold_any_more_is_not_offered(store, tmp_path):
    products = [row | ({"discontinued_on": date(2025, 11, 30)} if row["product_id"] == "Q" else {}) for row in PRODUCTS]
    sold = [row for a in [f"N{n}" for n in range(1, 7)] for row in (*monthly(a, "P", 9, 90), *monthly(a, "Q", 1, 10))] + monthly("N7", "P", 20, 200)
    accounts = [{"account_id": f"N{n}", "account": f"Bar {n}"} for n in range(1, 8)]
    ended = make_store(tmp_path, accounts=accounts, products=products, transactions=lines(*sold))
    assert offered(space(ended)) == {}


def test_filters_say_to_whom_and_what_and_leave_the_evidence(store):
    cider = offered(space(store, Filters(account_ids=("N7",), categories=("Cider",))))
    assert cider == {("N7", "Z"): pytest.approx(1200)}
    assert offered(space(store, Filters(region_ids=("S",)))).keys() == {("S1", "Q"), ("S2", "Q"), ("S3", "Q"), ("S4", "Q"), ("S5", "Q"), ("S6", "Q"), ("S6", "Z")}


def test_the_count_of_proposals_is_per_account(store):
    assert dict.fromkeys(space(store, proposal_count=1).white_space["account_id"], 1).keys() == {"N1", "N2", "N3", "N4", "N5", "N6", "N7", "S1", "S2", "S3", "S4", "S5", "S6"}
    assert space(store, proposal_count=1).white_space.group_by("account_id").len()["len"].max() == 1


def test_the_hidden_months_ask_what_was_taken_up(store):
    """S5 took up Z in the hidden quarter: four accounts had bought it. Popularity ranks Q before it, with six buyers; so does cosine."""
    found = space(store, hidden_months=3, least_co_buyers=4).recall
    first = {(row["method"], row["k"]): row for row in found.iter_rows(named=True)}
    assert found["k"].to_list() == [1, 1]
    assert [first[method, 1]["taken_up"] for method in ("cosine", "popularity")] == [1, 1]
    assert [first[method, 1]["hits"] for method in ("cosine", "popularity")] == [0, 0]
    assert set(found["status"]) == {"provisional"}
    assert space(store, hidden_months=3, least_co_buyers=1).recall["accounts"].to_list() == [1, 1]


def test_nothing_was_taken_up_where_nothing_new_was_bought(store):
    quiet = space(store, Filters(to_date=date(2025, 12, 1))).recall
    assert (quiet["recall_at_k"].null_count(), set(quiet["status"])) == (2, {"insufficient"})


def test_a_leads_evidence_is_their_regions_and_names_nobody_else(store):
    lead = Viewer("s@example.com", "S", "lead", ("S",))
    found = space(store, viewer=lead, least_co_buyers=4)
    assert offered(found).keys() == {("S6", "Z")}
    assert found.space_summary["evidence_accounts"].item() == 6
    assert "Bar N" not in str([table.rows() for table in (found.white_space, found.space_products, found.pairs)])
    assert space(store, viewer=Viewer("x@example.com", "X", "lead", ())).white_space.is_empty()


def test_the_reason_is_what_goes_with_it_more_often_than_by_chance(store):
    """Everybody buys P: it speaks for nothing. Z's buyers never buy Q, so that nothing is left to say."""
    assert set(space(store).white_space["because"].to_list()) == {None}


def test_who_shares_a_rare_product_is_told_so(tmp_path):
    sold = [row for n in range(5) for row in (*monthly(f"A{n}", "P", 1, 10), *monthly(f"A{n}", "Q", 1, 10), *monthly(f"A{n}", "Z", 1, 10))]
    sold += [*monthly("B", "P", 1, 10), *monthly("B", "Q", 1, 10)] + [row for n in range(9) for row in monthly(f"C{n}", "P", 1, 10)]
    accounts = [{"account_id": a, "account": a} for a in sorted({row[1] for row in sold})]
    made = make_store(tmp_path, accounts=accounts, products=PRODUCTS, transactions=lines(*sold))
    row = space(made).white_space.filter(account_id="B").row(0, named=True)
    assert (row["product_id"], row["because"], row["peers"]) == ("Z", "Product Q", 5)


def test_products_say_who_buys_them_and_whom_they_are_offered_to(store):
    found = {row["product_id"]: row for row in space(store).space_products.iter_rows(named=True)}
    assert (found["Q"]["buyers"], found["Q"]["buyer_rate"]) == (6, pytest.approx(6 / 13))
    assert found["Q"]["proposals"] == space(store).white_space.filter(product_id="Q").height
    assert sum(row["expected_sales"] for row in found.values()) == pytest.approx(space(store).space_summary["expected_sales"].item())


def test_popularity_can_be_the_rank(store):
    found = space(store, proposal_rank="popularity", proposal_count=1)
    assert set(found.white_space.filter(pl.col("region_id") == "S")["product_id"]) == {"Q"}


def test_without_sales_there_is_nothing(tmp_path):
    bare = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=PRODUCTS)
    found = space(bare)
    assert (found.white_space.height, found.recall.height, found.space_summary["accounts"].item()) == (0, 0, 0)


def test_nothing_is_proposed_after_a_year_without_sales(tmp_path):
    """A bought P until March 2024 and again in June 2025: the year before June has none."""
    rows = [*monthly("A", "P", 1, 10, range(3)), *monthly("A", "Q", 1, 10, range(18, 19))]
    gap = make_store(tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=PRODUCTS, transactions=lines(*rows))
    found = space(gap, Filters(to_date=date(2025, 5, 1)))
    assert (found.white_space.height, found.space_summary["buying_accounts"].item(), found.space_summary["evidence_accounts"].item()) == (0, 0, 0)


def test_of_many_buyers_an_even_spread_over_their_sizes_is_looked_at(store, monkeypatch: pytest.MonkeyPatch):
    """Of the six buyers of Q, all of one size, three are looked at; each gives it a tenth."""
    monkeypatch.setattr("measures.pipeline.expected_purchase.MOST_BUYERS", 3)
    row = space(store).white_space.filter(account_id="N7", product_id="Q").row(0, named=True)
    assert (row["peers"], row["buyers"], row["expected_sales"]) == (3, 6, pytest.approx(240))


def expected_of_sixteen(wider: int) -> float:
    """Account 0 buys product 1 for 100. Buyer k of 1 to 16 has a size of 100 k and gives k % of it to product 2.

    The first `wider` buyers take product 3 too, for nothing: they are less like account 0, the others all alike.
    """
    rows = [(0, 1, 1.0, 100.0)]
    for k in range(1, 17):
        rows += [(k, 1, 1.0, 100.0 * k - k * k), (k, 2, 1.0, 1.0 * k * k), *[(k, 3, 1.0, 0.0)] * (k <= wider)]
    found = purchases(bought_in_a_year(*rows))
    product = np.flatnonzero(found.products == 2)
    return expected_purchase.expected(found, expected_purchase.buyers_of(found), np.array([0]), product).net_sales.item()


def test_equally_alike_buyers_are_taken_evenly_from_small_to_large():
    """Of sixteen the 1st, 9th, 5th, 13th, 3rd, 11th, 7th, 15th, 2nd and 10th: the middle ones give 7 % and 9 %; of the ten smallest 5 % and 6 %."""
    assert expected_of_sixteen(wider=0) == pytest.approx(8)


def test_the_more_alike_buyers_come_first_and_equal_ones_fill_up_evenly():
    """The 14th to 16th are more alike; with them the 1st, 9th, 5th, 13th, 3rd, 11th and 7th: the middle ones give 9 % and 11 %."""
    assert expected_of_sixteen(wider=13) == pytest.approx(10)


def test_of_many_equally_alike_buyers_the_even_spread_is_interleaved(monkeypatch: pytest.MonkeyPatch):
    """Thirteen are looked at, all but the 4th, 8th and 14th, in the order of 1, 11, 6, 16, 3, 13, 9, 2, 12 and 7: the middle ones give 7 % and 9 %."""
    monkeypatch.setattr(expected_purchase, "MOST_BUYERS", 13)
    assert expected_of_sixteen(wider=0) == pytest.approx(8)


@pytest.mark.parametrize("moved", [{"proposal_rank": "popularity"}, {"proposal_count": 1}, {"least_co_buyers": 7}, {"hidden_months": 3}])
def test_a_moved_cut_counts_on_a_page_that_showed_another_value(store, moved: dict):
    assert_moved_cut_counts(store, "white_space_products", Filters(), moved)


def test_viewers_periods_and_filters_have_evidence_and_proposals_of_their_own(store):
    viewers = (EVERYBODY, Viewer("south@example.com", "South", "lead", ("S",)))
    filters = (Filters(), Filters(to_date=date(2025, 7, 1)), Filters(region_ids=("N",)), Filters(product_ids=("Z",)))
    assert_readings_stay_apart(store, "white_space_products", viewers, filters)
