"""Portfolio quadrants through the store: who lands where, against what, and what is said of those that cannot be placed."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from measures.customers.portfolio_quadrants import THRESHOLDS, PortfolioQuadrants, answer
from measures.seasons.seasons import seasonal_index
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store
from tests.measures.seasons.test_seasons import MEAN

SI = np.array(MEAN) / np.mean(MEAN)
FIVE_YEARS = np.tile(SI, 5)
WILD = np.tile([0.2, 1.9, 0.6, 1.4, 0.9, 2.1, 0.3, 0.8], 8)[:60]
PRODUCTS = [{"product_id": "P", "product": "Lager", "category": "Beer"}, {"product_id": "Q", "product": "Cider", "category": "Cider"}]
# Units a month (price 1, cost 0.6): two large buyers who hold 9 of 10 of the margin, two small ones; steady and wild each.
LARGE, SMALL = 1000, 10


def quadrants(store, filters=None, viewer=None, **overrides) -> PortfolioQuadrants:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def sales(account: str, volumes, first: int = 0, cost: float | None = 0.6, product: str = "P") -> list[tuple]:
    """One line on the first of each month from January 2021 + `first` months, price 1, rounded to four decimals."""
    days = [date(2021 + month // 12, month % 12 + 1, 1) for month in range(first, first + len(volumes))]
    amounts = [round(float(volume), 4) for volume in volumes]
    costs = [() if cost is None else (round(cost * amount, 4),) for amount in amounts]
    return [(day, account, product, amount, amount, *of) for day, amount, of in zip(days, amounts, costs, strict=True) if amount]


def accounts(*ids: str, **columns: object) -> list[dict]:
    return [{"account_id": key, "account": f"Account {key}"} | columns for key in ids]


def by_id(found: PortfolioQuadrants) -> dict[str, dict]:
    return {row["account_id"]: row for row in found.accounts.iter_rows(named=True)}


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    """A steady and large, B wild and large, C steady and small, D wild and small."""
    sold = [*sales("A", LARGE * FIVE_YEARS), *sales("B", LARGE * WILD), *sales("C", SMALL * FIVE_YEARS), *sales("D", SMALL * WILD)]
    regions = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
    people = [*accounts("A", "B", region_id="N"), *accounts("C", "D", region_id="S")]
    return make_store(tmp_path_factory.mktemp("four"), regions=regions, accounts=people, products=PRODUCTS, transactions=lines(*sold))


@pytest.fixture(scope="module")
def followers(tmp_path_factory):
    """Everyone buys in proportion to the published index, so that the company's index is that index."""
    sold = [line for account, level in (("A", 600), ("B", 300), ("C", 100)) for line in sales(account, level * FIVE_YEARS)]
    return make_store(tmp_path_factory.mktemp("followers"), accounts=accounts(*"ABC"), products=PRODUCTS, transactions=lines(*sold))


def test_large_and_steady_large_and_wild_small_and_steady_small_and_wild_are_ei_to_eiv(four):
    found = quadrants(four)
    assert {key: row["quadrant"] for key, row in by_id(found).items()} == {"A": "EI", "B": "EII", "C": "EIII", "D": "EIV"}
    assert found.quadrants["quadrant"].to_list() == ["EI", "EII", "EIII", "EIV"]
    assert found.quadrants["accounts"].to_list() == [1, 1, 1, 1]
    assert found.quadrants["net_sales"].sum() == pytest.approx(found.accounts["net_sales"].sum())
    assert found.quadrants["share"].sum() == pytest.approx(1)


def test_a_buyer_in_the_companys_rhythm_has_no_variation_and_is_certainly_stable(followers):
    rows = by_id(quadrants(followers))
    for row in rows.values():
        assert row["stability_cv"] == pytest.approx(0, abs=1e-5)
        assert (row["p_stable"], row["status"], row["months"], row["active_share"]) == (pytest.approx(1), "ok", 24, 1)
        assert row["raw_cv"] == pytest.approx(0.1247, abs=1e-3)


def test_contribution_is_the_share_of_the_margin_of_the_last_twelve_months(followers):
    found = quadrants(followers)
    assert found.accounts["contribution"].to_list() == pytest.approx([0.6, 0.3, 0.1])
    assert found.accounts["cumulative_share_before"].to_list() == pytest.approx([0, 0.6, 0.9])
    assert found.accounts["is_high"].to_list() == [True, True, False]
    assert found.accounts["net_sales"].to_list() == pytest.approx([7200, 3600, 1200], abs=0.01)
    assert found.accounts["margin"].to_list() == pytest.approx([2880, 1440, 480], abs=0.01)


def test_moving_the_contribution_cut_moves_the_quadrants(followers):
    assert quadrants(followers, contribution_share=0.5).accounts["quadrant"].to_list() == ["EI", "EIII", "EIII"]


def test_the_variation_equals_the_method_written_out(four):
    found = by_id(quadrants(four))["B"]
    months = np.datetime64("2021-01", "M") + np.arange(60)
    index = np.tile(seasonal_index(months, (LARGE + SMALL) * (FIVE_YEARS + WILD)), 2)
    y = LARGE * WILD[-24:]
    log_si, log_y = np.log(index) - np.log(index).mean(), np.log(y) - np.log(y).mean()
    slope = log_si @ log_y / (log_si @ log_si)
    error = ((log_y - slope * log_si) ** 2).sum() / 22 / (log_si @ log_si)
    b = (slope / error + 1 / 0.25**2) / (1 / error + 1 / 0.25**2)
    d = y / index**b
    rest = d - np.polyval(np.polyfit(np.arange(24), d, 1), np.arange(24))
    cv = np.sqrt((rest**2).sum() / 22) / d.mean()
    assert found["amplitude"] == pytest.approx(b, abs=1e-4)
    assert found["stability_cv"] == pytest.approx(cv, abs=1e-4)
    assert found["standard_error"] == pytest.approx(cv * np.sqrt(1 / 46 + cv**2 / 24), abs=1e-4)


def test_the_cut_decides_and_the_natural_break_is_told_beside_it(four):
    found = quadrants(four)
    variations = sorted(found.accounts["stability_cv"].to_list())
    assert variations[1] < found.summary["stability_break"][0] < variations[2]
    assert {row["quadrant"] for row in by_id(quadrants(four, stability_cut=3.0)).values()} == {"EI", "EIII"}


def test_too_little_history_is_said_and_not_classified(tmp_path):
    sold = [
        *sales("A", LARGE * FIVE_YEARS), *sales("P", SMALL * FIVE_YEARS[:11], first=49), *sales("N", SMALL * FIVE_YEARS[:5], first=55),
        *sales("Z", np.full(60, -5.0)),
    ]
    found = quadrants(make_store(tmp_path, accounts=accounts(*"APNZ"), products=PRODUCTS, transactions=lines(*sold)))
    rows = by_id(found)
    assert {key: (row["status"], row["quadrant"]) for key, row in rows.items()} == {
        "A": ("ok", "EI"), "P": ("provisional", "EIII"), "N": ("new", None), "Z": ("below_zero", None),
    }
    assert (rows["P"]["months"], rows["N"]["months"]) == (10, 4)
    assert rows["Z"]["contribution"] < 0
    assert found.quadrants["borderline"].to_list()[-1] == 0
    assert dict(found.quadrants.select("quadrant", "accounts").iter_rows()) == {"EI": 1, "EII": 0, "EIII": 1, "EIV": 0, "none": 2}


def test_missed_months_are_variation(tmp_path):
    holes = LARGE * FIVE_YEARS * np.tile([1, 1, 1, 1, 1, 0], 10)
    sold = [*sales("A", 100 * LARGE * FIVE_YEARS), *sales("B", holes)]
    row = by_id(quadrants(make_store(tmp_path, accounts=accounts("A", "B"), products=PRODUCTS, transactions=lines(*sold))))["B"]
    assert (row["active_share"], row["basis"]) == (pytest.approx(20 / 24), 1)
    assert row["stability_cv"] > 0.3


def test_without_known_costs_contribution_falls_back_to_net_sales_and_says_so(tmp_path):
    sold = [*sales("A", 7 * FIVE_YEARS, cost=None), *sales("B", 3 * FIVE_YEARS, cost=0.9)]
    store = make_store(tmp_path, accounts=accounts("A", "B"), products=PRODUCTS, transactions=lines(*sold))
    found = quadrants(store)
    basis = found.summary.select("contribution_basis", "basis_reason", "cost_coverage").row(0)
    assert basis == ("net_sales", "missing_cost", pytest.approx(0.3, abs=1e-4))
    assert found.accounts["contribution"].to_list() == pytest.approx([0.7, 0.3], abs=1e-4)
    assert quadrants(store, cost_coverage=0.2).summary["contribution_basis"].to_list() == ["margin"]


def test_where_the_margin_is_a_loss_in_total_contribution_is_of_net_sales(tmp_path):
    sold = [*sales("A", 7 * FIVE_YEARS, cost=1.2), *sales("B", 3 * FIVE_YEARS, cost=0.9)]
    found = quadrants(make_store(tmp_path, accounts=accounts("A", "B"), products=PRODUCTS, transactions=lines(*sold)))
    assert found.summary.select("contribution_basis", "basis_reason").row(0) == ("net_sales", "no_margin")
    assert found.accounts["contribution"].to_list() == pytest.approx([0.7, 0.3], abs=1e-4)


def test_under_two_years_the_season_is_unknown_and_every_verdict_provisional(tmp_path):
    sold = [*sales("A", LARGE * FIVE_YEARS[:20]), *sales("B", SMALL * FIVE_YEARS[:20])]
    found = quadrants(make_store(tmp_path, accounts=accounts("A", "B"), products=PRODUCTS, transactions=lines(*sold)))
    assert found.summary["season_known"].to_list() == [False]
    assert found.accounts["status"].to_list() == ["provisional", "provisional"]
    assert found.migration.height == 2


def test_the_periods_end_sets_the_date_and_its_beginning_does_not_matter(four):
    found = quadrants(four, Filters(to_date=date(2025, 6, 17)))
    assert found.summary.select("as_of", "contribution_from", "stability_from").row(0) == (date(2025, 6, 1), date(2024, 6, 1), date(2023, 6, 1))
    late = quadrants(four, Filters(from_date=date(2025, 5, 1), to_date=date(2025, 6, 17)))
    assert late.accounts.equals(found.accounts)


def test_filters_choose_whose_contribution_adds_up_to_one_but_not_the_season(four):
    all_accounts, south = quadrants(four), quadrants(four, Filters(region_ids=("S",)))
    assert set(south.accounts["account_id"]) == {"C", "D"}
    assert south.accounts["contribution"].sum() == pytest.approx(1)
    assert by_id(south)["D"]["stability_cv"] == by_id(all_accounts)["D"]["stability_cv"]
    one = quadrants(four, Filters(account_ids=("D",)))
    assert one.accounts["contribution"].to_list() == [1]
    assert quadrants(four, Filters(product_ids=("Q",))).accounts.is_empty()


@pytest.fixture(scope="module")
def wavering(tmp_path_factory):
    """A giant and thirty small buyers around the cut, for 23 months: no season is known at any date."""
    noise = np.random.default_rng(5).lognormal(0, 0.31, (30, 23))
    sold = [*sales("A", np.full(23, 1e6))] + [line for number, own in enumerate(noise) for line in sales(f"B{number}", 100 * own)]
    people = accounts("A", *(f"B{number}" for number in range(30)))
    return make_store(tmp_path_factory.mktemp("wavering"), accounts=people, products=PRODUCTS, transactions=lines(*sold))


def test_within_the_dead_band_an_account_stays_where_it_was_and_the_place_by_the_cut_is_told_beside_it(wavering):
    dates = [date(2021 + month // 12, month % 12 + 1, 1) for month in range(6, 24)]
    told = [by_id(quadrants(wavering, Filters(to_date=end))) for end in dates]
    held = 0
    for key in (f"B{number}" for number in range(30)):
        stable = None
        for at in told:
            cv = at[key]["stability_cv"]
            if cv is not None:
                stable = cv < 0.30 if stable is None else False if cv > 0.33 else True if cv < 0.27 else stable
                assert at[key]["quadrant"] == ("EIII" if stable else "EIV")
                assert at[key]["quadrant_by_cut"] == ("EIII" if cv < 0.30 else "EIV")
                assert at[key]["is_held"] == (stable != (cv < 0.30))
                held += at[key]["is_held"]
    assert held > 50


def test_without_a_dead_band_the_cut_alone_decides(wavering):
    plain = quadrants(wavering, hysteresis=0).accounts
    assert plain["quadrant"].equals(plain["quadrant_by_cut"].alias("quadrant"))
    assert not plain["is_held"].any()
    held = quadrants(wavering).accounts
    assert held["quadrant_by_cut"].equals(plain["quadrant_by_cut"])
    assert held.filter("is_held").height > 0


def test_the_migration_is_between_the_places_that_the_map_showed_at_both_dates(wavering):
    now, before = by_id(quadrants(wavering)), by_id(quadrants(wavering, Filters(to_date=date(2021, 12, 1))))
    counted = {}
    for key, row in now.items():
        move = (before[key]["quadrant"], row["quadrant"])
        assert row["previous_quadrant"] == move[0]
        counted[move] = counted.get(move, 0) + 1
    moves = quadrants(wavering).migration
    assert {(came, went): count for came, went, count in moves.select("from_quadrant", "to_quadrant", "accounts").iter_rows()} == counted


def test_new_and_lost_accounts_are_in_the_migration(tmp_path):
    sold = [*sales("A", LARGE * FIVE_YEARS), *sales("N", SMALL * FIVE_YEARS[:8], first=52), *sales("L", SMALL * FIVE_YEARS[:40])]
    found = quadrants(make_store(tmp_path, accounts=accounts(*"ANL"), products=PRODUCTS, transactions=lines(*sold)))
    assert set(found.migration.select("from_quadrant", "to_quadrant").iter_rows()) == {("EI", "EI"), ("new", "EIII"), ("EIV", "lost")}
    assert "L" not in by_id(found)


def test_a_lead_sees_their_accounts_and_a_stranger_none(four):
    lead = quadrants(four, viewer=Viewer("s@example.com", "S", "lead", ("S",)))
    assert set(lead.accounts["account_id"]) == {"C", "D"}
    assert quadrants(four, viewer=Viewer("x", "X", "lead", ())).accounts.is_empty()


def test_an_empty_store_and_an_account_of_one_month_are_no_crash(tmp_path):
    empty = quadrants(make_store(tmp_path / "empty"))
    assert empty.accounts.is_empty()
    assert empty.accounts.schema["stability_cv"] == pl.Float64
    assert empty.quadrants["accounts"].to_list() == [0, 0, 0, 0]
    one = make_store(tmp_path / "one", accounts=accounts("A"), products=PRODUCTS, transactions=lines((date(2024, 3, 1), "A", "P", 5, 5.0), (date(2024, 3, 29), "A", "P", 5, 5.0)))
    (row,) = quadrants(one).accounts.to_dicts()
    assert (row["status"], row["quadrant"], row["contribution"], row["stability_cv"]) == ("new", None, 1.0, None)


def test_no_number_of_the_answer_is_infinite_or_not_a_number(four):
    found = quadrants(four)
    for table in (found.accounts, found.quadrants, found.migration, found.summary):
        floats = table.select(pl.selectors.float())
        assert floats.select(pl.all().is_nan() | pl.all().is_infinite()).sum().sum_horizontal().to_list() == [0]


def test_the_transition_matrix_has_every_cell_and_rows_that_sum_to_one(tmp_path):
    sold = [*sales("A", LARGE * FIVE_YEARS), *sales("N", SMALL * FIVE_YEARS[:8], first=52), *sales("L", SMALL * FIVE_YEARS[:40])]
    found = quadrants(make_store(tmp_path, accounts=accounts(*"ANL"), products=PRODUCTS, transactions=lines(*sold))).transitions
    assert found.height == 6 * 6
    reached = {(came, went): (count, share) for came, went, count, share in found.iter_rows() if count}
    assert reached == {("EI", "EI"): (1, 1.0), ("new", "EIII"): (1, 1.0), ("EIV", "lost"): (1, 1.0)}
    sums = found.group_by("from_quadrant").agg(pl.col("probability").sum(), pl.col("accounts").sum())
    assert sums.filter(pl.col("accounts") > 0)["probability"].to_list() == pytest.approx([1, 1, 1])
    assert found.filter(pl.col("from_quadrant") == "EII")["probability"].null_count() == 6


def test_a_tail_says_what_the_answer_said_at_each_date(four):
    found = quadrants(four)
    tail = found.tails.filter(pl.col("account_id") == "B")
    assert tail["months_back"].to_list() == list(range(12, -1, -1))
    assert (tail["month"][0], tail["month"][-1]) == (date(2024, 12, 1), date(2025, 12, 1))
    for back, end in ((0, date(2026, 1, 1)), (5, date(2025, 8, 1))):
        then = tail.filter(pl.col("months_back") == back).row(0, named=True)
        row = by_id(quadrants(four, Filters(to_date=end)))["B"]
        assert then["contribution"] == pytest.approx(row["contribution"])
        # The season is today's: it has since learnt from five more months.
        assert then["stability_cv"] == pytest.approx(row["stability_cv"], rel=0.02)
    assert quadrants(four, tail_accounts=1).tails["account_id"].unique().to_list() == [found.accounts["account_id"][0]]


def test_a_tail_begins_where_the_history_does(tmp_path):
    sold = [*sales("A", LARGE * FIVE_YEARS[:9]), *sales("B", SMALL * FIVE_YEARS[:2], first=7)]
    found = quadrants(make_store(tmp_path, accounts=accounts("A", "B"), products=PRODUCTS, transactions=lines(*sold)))
    ends = {key: rows["months_back"].to_list() for (key,), rows in found.tails.group_by("account_id")}
    assert ends == {"A": list(range(8, -1, -1)), "B": [1, 0]}
    assert found.tails.filter(pl.col("account_id") == "A", pl.col("months_back") > 3)["stability_cv"].null_count() == 5


def test_where_only_a_part_of_a_month_was_sold_the_answer_says_that_no_month_is_complete(tmp_path):
    sold = lines((date(2025, 3, 12), "A", "P", 5, 5.0), (date(2025, 3, 20), "A", "P", 5, 5.0))
    found = quadrants(make_store(tmp_path, accounts=accounts("A"), products=PRODUCTS, transactions=sold))
    assert found.accounts.is_empty()
    assert found.summary["status"].to_list() == ["no_complete_month"]
    assert quadrants(make_store(tmp_path / "none")).summary["status"].to_list() == ["no_sales"]
