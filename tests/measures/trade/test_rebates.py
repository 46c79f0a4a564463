"""Rebates through the store: a year so far, its natural end, who is near a tier, who bought ahead, and who sees what."""

from datetime import date

import pytest

from data.access import Viewer
from data.publish_demo import publish_demo
from data.store import Store
from measures.accounts import account_market
from measures.thresholds import cuts
from measures.trade.rebates import THRESHOLDS, Rebates, answer
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

REGIONS = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
LAST = date(2026, 9, 30)


def monthly(account: str, units: float, changes: dict[date, float] | None = None, since: int = 2023) -> list[tuple]:
    """`units` at 10 each, costing 6, on the first of every month until September 2026, but for some months."""
    months = [date(year, month, 1) for year in range(since, 2027) for month in range(1, 13)]
    amounts = {month: (changes or {}).get(month, units) for month in months if month <= LAST}
    return [(month, account, "P", of, 10 * of, 6 * of) for month, of in amounts.items()]


def scheme(name: str, account: str | None, measure: str, start: float, rate: float, *, retrospective: bool = True) -> dict:
    return {"scheme_id": name, "account_id": account, "measure": measure, "from_value": start, "rate": rate, "retrospective": retrospective}


def asked(store, filters=None, viewer=None, **overrides) -> Rebates:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def row(found: Rebates, account: str, scheme_id: str = "ORO") -> dict:
    return found.accounts.filter(account_id=account, scheme_id=scheme_id).row(0, named=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Everybody sells evenly, so that the natural year is known to the case: A 1,200 units, B 600, C 240; C returns 20 of a day's 40.

    A's tier of 1,100 will be reached, its next of 1,230 lacks 30; B bought 40 of January 2026 in December; D began in June.
    """
    sold = [
        *monthly("A", 100), *monthly("B", 50, {date(2025, 12, 1): 90, date(2026, 1, 1): 10}),
        *monthly("C", 20, {date(2026, 5, 1): 40}), (date(2026, 5, 9), "C", "P", -20, -200, -120),
        # E is so large that what B moves makes no season of the south.
        *monthly("E", 10_000),
        *[row for row in monthly("D", 10, since=2026) if row[0] >= date(2026, 6, 1)],
        (LAST, "A", "P", 0, 0, 0),
    ]  # fmt: skip
    schemes = [
        scheme("ORO", "A", "quantity", 1100, 0.02), scheme("ORO", "A", "quantity", 1230, 0.03),
        scheme("ORO", "B", "quantity", 600, 0.02), scheme("ORO", "C", "net_sales", 1800, 0.05),
        scheme("FID", "B", "cumulative", 2000, 0.01), scheme("CRE", "C", "growth", 0.0, 0.01),
        scheme("GEN", None, "net_sales", 5000, 0.01, retrospective=False),
    ]  # fmt: skip
    accounts = [{"account_id": key, "account": f"Bar {key}", "region_id": "S" if key in "BE" else "N"} for key in "ABCDE"]
    return make_store(
        tmp_path_factory.mktemp("rebates"), regions=REGIONS, accounts=accounts, products=[{"product_id": "P", "product": "P", "unit_volume": 0.5}],
        transactions=lines(*sold), rebates=schemes,
    )  # fmt: skip


def test_where_an_account_stands_and_what_the_next_tier_is_worth(store):
    found = row(asked(store), "A")
    assert (found["value_to_date"], found["natural_year"], found["tier"], found["next_tier"]) == (900, pytest.approx(1200), None, 1100)
    assert (found["distance"], found["distance_cases"], found["distance_amount"]) == (200, 200, 2000)
    assert (found["worth"], found["p_reaching"], found["status"]) == (pytest.approx(220), 1, "on_the_way")
    assert (found["expected_rebate"], found["accrual"]) == (pytest.approx(240), pytest.approx(180))


@pytest.mark.parametrize(("viewer", "accounts"), [(None, "ABCD"), (Viewer("north@example.org", "North", "lead", ("N",)), "ACD")])
def test_an_accounts_own_page_tells_the_same_natural_year(store, viewer, accounts):
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    known = {account: asked(store, viewer=viewer).accounts.filter(account_id=account) for account in accounts}
    for account, rows in known.items():
        own = account_market.answer(ask, Filters(account_ids=(account,)), cuts(account_market.THRESHOLDS)).rebates
        of_scheme = dict(own.select("scheme_id", "expected").iter_rows())
        assert of_scheme == dict(rows.select("scheme_id", "natural_year").iter_rows())
        assert (None in of_scheme.values()) == (account == "D")


def test_the_tier_that_the_natural_year_misses_and_whether_it_pays(store):
    found = row(asked(store), "A")
    assert (found["push_tier"], round(found["push_missing"], 6), found["push_cases"]) == (1230, 30, 30)
    assert (found["is_near"], found["push_worth"]) == (True, pytest.approx(369 - 240))
    assert (found["gain"], found["verdict"]) == (pytest.approx(30 * 4 - 129), "costs")
    assert row(asked(store, push_share=0.05), "A")["is_near"] is False


def test_returns_come_off_before_the_tier_and_the_tier_itself_qualifies(store):
    found = row(asked(store), "C")
    assert (found["value_to_date"], found["returned_amount"], found["tier"], found["status"]) == (1800, -200, 1800, "reached")
    assert (found["paid_so_far"], found["accrual"]) == (90, pytest.approx(90))


def test_growth_loyalty_and_marginal_schemes_are_counted_in_their_own_way(store):
    found = asked(store)
    grown, loyal, general = row(found, "C", "CRE"), row(found, "B", "FID"), row(found, "A", "GEN")
    assert (grown["next_tier"], grown["distance"], grown["scheme_kind"]) == (2400, 600, "growth")
    # B's units until the end of 2025 are 36 months of 50 and the 40 bought ahead: 160 are left to 2,000.
    assert (loyal["tier"], loyal["measure"], loyal["value_to_date"], loyal["status"]) == (160, "cumulative", 410, "reached")
    assert (general["tier"], general["paid_so_far"], general["scheme_kind"]) == (5000, pytest.approx(40), "marginal")
    assert general["expected_rebate"] == pytest.approx(70)


def begun(folder, *sold: tuple, measure: str, start: float) -> dict:
    """Account A's place in a scheme of its own, of these order lines alone."""
    return row(asked(make_store(
        folder, accounts=[{"account_id": "A", "account": "Bar A"}], products=[{"product_id": "P", "product": "P"}], transactions=lines(*sold),
        rebates=[scheme("ORO", "A", measure, start, 0.02)],
    )), "A")  # fmt: skip


def test_what_was_bought_in_a_first_month_that_is_not_whole_counts_too(tmp_path):
    # 300 units late in December 2022 and 36 months of 100 are 3,900 until the end of 2025: 100 are left to 4,000.
    loyal = begun(tmp_path / "loyal", (date(2022, 12, 19), "A", "P", 300, 3000, 1800), *monthly("A", 100), (LAST, "A", "P", 0, 0, 0), measure="cumulative", start=4000)
    assert (loyal["tier"], loyal["value_to_date"], loyal["paid_so_far"]) == (100, 900, pytest.approx(180))
    assert loyal["natural_year"] == pytest.approx(1200)
    young = begun(tmp_path / "young", (date(2026, 1, 19), "A", "P", 20, 200, 120), (date(2026, 2, 27), "A", "P", 30, 300, 180), measure="quantity", start=50)
    assert (young["value_to_date"], young["tier"], young["paid_so_far"]) == (50, 50, pytest.approx(10))


def test_before_the_first_month_is_over_no_natural_year_is_known(tmp_path):
    given = make_store(
        tmp_path, accounts=[{"account_id": "A", "account": "Bar A"}], products=[{"product_id": "P", "product": "P"}],
        transactions=lines((date(2026, 2, 2), "A", "P", 20, 200, 120), (date(2026, 2, 27), "A", "P", 30, 300, 180)), rebates=[scheme("ORO", "A", "quantity", 50, 0.02)],
    )  # fmt: skip
    assert row(asked(given, Filters(to_date=date(2026, 2, 15))), "A")["natural_year"] is None


def test_where_no_cost_is_known_nobody_says_whether_a_tier_pays(tmp_path):
    sold = [line[:5] for line in monthly("A", 100)]
    found = begun(tmp_path, *sold, (LAST, "A", "P", 0, 0), measure="quantity", start=1230)
    assert (found["push_tier"], found["push_worth"]) == (1230, pytest.approx(1230 * 10 * 0.02))
    assert (found["margin_rate"], found["gain"], found["verdict"]) == (None, None, None)


def test_an_account_of_a_few_months_has_no_natural_year(store):
    found = row(asked(store), "D", "GEN")
    assert (found["natural_year"], found["p_reaching"], found["status"], found["accrual"]) == (None, None, "insufficient", 0)


def test_what_was_bought_ahead_is_netted_with_the_dip_after_it(store):
    (found,) = asked(store).forward_buying.to_dicts()
    assert (found["account_id"], found["year_end"], found["forward"], found["net_extra"]) == ("B", date(2026, 1, 1), pytest.approx(400, rel=0.01), pytest.approx(0, abs=4))
    # Without the 40 units of December the 640 of 2025 are 600: every tier is reached all the same, and only their own rebates moved.
    assert found["rebate_moved"] == pytest.approx(400 * (0.02 + 0.01 + 0.01), rel=0.01)
    assert asked(store, forward_cut=0.9).forward_buying.is_empty()


def test_buying_elsewhere_costs_the_tier(store):
    found = row(asked(store, switch_share=0.5), "A")
    assert (found["moved_amount"], found["switch_cost"]) == (pytest.approx(1500), pytest.approx(240))
    assert found["switch_discount"] == pytest.approx(0.16)


def test_every_tier_is_listed_with_what_it_pays(store):
    told = asked(store).tiers.filter(account_id="A", scheme_id="ORO").select("tier_value", "is_reached", "distance_cases", "pays").rows()
    assert told == [(1100, False, 200, pytest.approx(220)), (1230, False, 330, pytest.approx(369))]


def test_the_schemes_and_the_summary_add_up_the_accounts(store):
    found = asked(store)
    total = found.summary.row(0, named=True)
    assert found.schemes["accrual"].sum() == pytest.approx(found.accounts["accrual"].sum()) == pytest.approx(total["accrual"])
    assert (total["year_from"], total["year_to"], total["months_left"], total["accounts"]) == (date(2026, 1, 1), date(2027, 1, 1), 3, 5)
    assert total["net_sales"] == 9000 + 4100 + 1800 + 400 + 900_000


def test_the_fiscal_year_may_begin_in_another_month_and_the_period_may_end_earlier(store):
    assert asked(store, fiscal_year_start=7).summary["year_from"].to_list() == [date(2026, 7, 1)]
    earlier = asked(store, Filters(to_date=date(2026, 4, 1)))
    assert (row(earlier, "A")["value_to_date"], earlier.summary["months_left"].item()) == (300, 9)


def test_at_the_years_end_only_what_is_reached_is_paid(store):
    found = row(asked(store, Filters(to_date=date(2026, 1, 1))), "A")
    assert (found["value_to_date"], found["natural_year"], found["p_reaching"], found["accrual"]) == (1200, 1200, 0, pytest.approx(240))


def test_a_lead_sees_their_own_accounts_and_a_filter_moves_no_number(store):
    south = asked(store, viewer=Viewer("s", "S", "lead", ("S",)))
    assert set(south.accounts["account_id"]) == {"B", "E"}
    assert asked(store, viewer=Viewer("x", "X", "lead", ())).accounts.is_empty()
    one = asked(store, Filters(account_ids=("A",)))
    assert one.accounts.rows() == asked(store).accounts.filter(account_id="A").rows()


def test_a_store_without_schemes_has_empty_tables(tmp_path):
    empty = make_store(tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=[{"product_id": "P", "product": "P"}], transactions=lines(*monthly("A", 1)))
    assert all(getattr(asked(empty), name).is_empty() for name in ("schemes", "accounts", "tiers", "forward_buying", "summary"))


def test_on_a_demo_brewery_the_chances_keep_what_they_promise(tmp_path):
    demo = Store.at(tmp_path)
    publish_demo(demo, lines=30_000)
    found = asked(demo)
    assert 0.7 < found.summary["coverage"].item() < 0.9
    assert found.accounts.filter(found.accounts["accrual"] < 0).is_empty()
    assert found.accounts.filter(found.accounts["accrual"] > found.accounts["expected_rebate"] + 1e-6).is_empty()
