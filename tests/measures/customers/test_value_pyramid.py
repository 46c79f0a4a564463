"""Value pyramid: exact classes, tiers, moves, missing indicators, and the published counts of the real data sets."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.access import Viewer
from measures.customers.compared_period import compared, lengths
from measures.customers.concentration import concentration
from measures.customers.tier_moves import all_moves, migration, movers, settled_tiers
from measures.customers.value_pyramid import THRESHOLDS, ValuePyramid, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

PRODUCTS = [{"product_id": "P", "product": "Lager", "category": "Beer"}, {"product_id": "Q", "product": "Cider", "category": "Cider"}]
TEN = (500, 200, 100, 80, 50, 30, 20, 10, 6, 4)
YEAR_2024 = Filters(from_date=date(2024, 1, 1), to_date=date(2025, 1, 1))


def pyramid(store, filters=None, viewer=None, **overrides) -> ValuePyramid:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def accounts(*ids: str, **columns: object) -> list[dict]:
    return [{"account_id": key, "account": f"Account {key}"} | columns for key in ids]


def counts(table: pl.DataFrame) -> dict[str, int]:
    return dict(table.select(table.columns[0], "accounts").iter_rows())


@pytest.fixture(scope="module")
def ten(tmp_path_factory):
    sold = lines(*((date(2024, 3, 29), f"A{number}", "P", 1, amount, amount / 2) for number, amount in enumerate(TEN)))
    return make_store(tmp_path_factory.mktemp("ten"), accounts=accounts(*(f"A{n}" for n in range(10))), products=PRODUCTS, transactions=sold)


@pytest.fixture(scope="module")
def two_years(tmp_path_factory):
    """2023: X 90, Y 10, Z 5 (P). 2024: X 10, Y 90, W 7, N −3 (returns only)."""
    sold = lines(
        (date(2023, 5, 1), "X", "P", 9, 90), (date(2023, 5, 2), "Y", "P", 1, 10), (date(2023, 6, 1), "Z", "P", 1, 5),
        (date(2024, 5, 1), "X", "P", 1, 10), (date(2024, 5, 2), "Y", "P", 8, 80), (date(2024, 5, 3), "Y", "Q", 1, 10),
        (date(2024, 7, 1), "W", "P", 1, 7), (date(2024, 7, 2), "N", "P", -1, -3), (date(2024, 12, 31), "X", "P", 0, 0),
    )
    regions = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
    people = [*accounts("X", "Y", "N", region_id="N"), *accounts("Z", "W", region_id="S")]
    return make_store(tmp_path_factory.mktemp("two"), regions=regions, accounts=people, products=PRODUCTS, transactions=sold)


def test_the_worked_example_gives_three_a_three_b_four_c(ten):
    found = pyramid(ten)
    assert counts(found.abc) == {"A": 3, "B": 3, "C": 4}
    assert found.accounts["account_id"].to_list() == [f"A{n}" for n in range(10)]
    assert found.accounts["cumulative_share_before"].to_list()[:4] == pytest.approx([0, 0.5, 0.7, 0.8])
    assert found.accounts["abc"][3] == "B"


def test_moving_the_cuts_moves_the_classes(ten):
    assert counts(pyramid(ten, abc_a=0.5, abc_b=0.8).abc) == {"A": 1, "B": 2, "C": 7}


def test_tiers_have_fixed_sizes_and_the_best_score_is_vip(ten):
    found = pyramid(ten)
    assert counts(found.tiers) == {"vip": 1, "large": 1, "medium": 3, "small": 5}
    assert found.accounts.filter(tier="vip")["account_id"].to_list() == ["A0"]
    assert found.tiers["net_sales"].to_list() == [500, 200, 230, 70]
    assert found.tiers["share"].to_list() == pytest.approx([0.5, 0.2, 0.23, 0.07])


def test_the_scheme_abc_names_the_tiers_by_class(ten):
    found = pyramid(ten, scheme="abc")
    assert counts(found.tiers) == {"A": 3, "B": 3, "C": 4}
    assert (found.accounts["tier"] == found.accounts["abc"]).all()


def test_the_score_is_the_weighted_mean_of_the_percentiles_that_the_store_knows(ten):
    found = pyramid(ten)
    assert dict(found.indicators.select("indicator", "status").iter_rows()) == {
        "sales": "ok", "expected": "ok", "credit": "missing", "profit": "ok", "reference": "missing",
    }
    assert found.indicators["effective_weight"].to_list() == pytest.approx([0.4, 1 / 3, 0, 0.8 / 3, 0])
    assert found.accounts["score"][0] == pytest.approx(0.95)


def test_weights_need_not_sum_to_one(ten):
    found = pyramid(ten, weight_sales=0.5, weight_expected=0, weight_credit=0, weight_profit=0, weight_reference=0)
    assert found.indicators["effective_weight"].to_list() == [1, 0, 0, 0, 0]


def test_without_any_weight_nobody_is_rated(ten):
    found = pyramid(ten, **{f"weight_{name}": 0 for name in ("sales", "expected", "credit", "profit", "reference")})
    assert counts(found.tiers) == {"vip": 0, "large": 0, "medium": 0, "small": 0, "unrated": 10}
    assert found.accounts["score"].null_count() == 10


def test_credit_is_punctuality_and_the_limit_and_reference_is_what_is_stated(tmp_path):
    """Open 200 of a limit of 100: within ½. Paid on time 30 of 40 due: ¾. Credit ⅝ beats the late payer's 0."""
    owed = [
        {"invoice_id": "1", "account_id": "X", "due_on": date(2024, 1, 9), "amount": 30, "paid_on": date(2024, 1, 9)},
        {"invoice_id": "2", "account_id": "X", "due_on": date(2024, 1, 9), "amount": 10, "paid_on": date(2024, 1, 10)},
        {"invoice_id": "3", "account_id": "X", "issued_on": date(2024, 2, 1), "due_on": date(2024, 6, 1), "amount": 200},
        {"invoice_id": "4", "account_id": "Y", "due_on": date(2024, 1, 9), "amount": 50},
    ]
    people = [*accounts("X", credit_limit=100, reference_value=80), *accounts("Y", "Z")]
    sold = lines(*((date(2024, 3, 29), key, "P", 1, 10) for key in "XYZ"))
    found = pyramid(make_store(tmp_path, accounts=people, products=PRODUCTS, transactions=sold, receivables=owed))
    rows = {row["account_id"]: row for row in found.accounts.iter_rows(named=True)}
    assert [rows[key]["credit_percentile"] for key in "XYZ"] == [0.75, 0.25, None]
    assert [rows[key]["reference_percentile"] for key in "XYZ"] == [0.5, None, None]


def test_under_four_fifths_of_known_cost_profit_does_not_count(tmp_path):
    sold = lines((date(2024, 3, 4), "X", "P", 1, 79, 40), (date(2024, 3, 4), "Y", "P", 1, 21))
    store = make_store(tmp_path, accounts=accounts("X", "Y"), products=PRODUCTS, transactions=sold)
    assert pyramid(store).indicators.filter(indicator="profit")["status"].to_list() == ["missing_cost"]
    assert pyramid(store, cost_coverage=0.79).indicators.filter(indicator="profit")["status"].to_list() == ["ok"]
    assert pyramid(store).summary["cost_coverage"].to_list() == pytest.approx([0.79])


def test_movers_are_judged_by_the_same_rule_a_year_earlier(two_years):
    found = pyramid(two_years, YEAR_2024, scheme="abc", abc_a=0.5, abc_b=0.9)
    moves = [tuple(row) for row in found.movers.select("account_id", "from_tier", "to_tier", "net_sales", "previous_net_sales").iter_rows()]
    assert moves == [
        ("X", "A", "B", 10, 90), ("Y", "B", "A", 90, 10), ("W", "new", "C", 7, 0), ("Z", "C", "lost", 0, 5), ("N", "new", "none", -3, 0),
    ]


def test_who_crosses_a_border_within_the_dead_band_stays():
    def at(**position: float) -> pl.DataFrame:
        tier = ["A" if place < 0.8 else "B" for place in position.values()]
        return pl.DataFrame({"account_id": list(position), "account": list(position), "tier": tier, "position": list(position.values())}).with_columns(
            region=pl.lit("R"), net_sales=1.0
        )

    before, now = at(up=0.9, far_up=0.9, down=0.7, far_down=0.7, stays=0.79), at(up=0.75, far_up=0.71, down=0.87, far_down=0.89, stays=0.7)
    moves = all_moves(now, before, ("A", "B"), (0.8,), band=0.1)
    assert dict(moves.select("account_id", "is_held").iter_rows()) == {"up": True, "far_up": False, "down": True, "far_down": False, "stays": False}
    assert {key: f"{start}{end}" for key, start, end in movers(moves)["account_id", "from_tier", "to_tier"].iter_rows()} == {"far_up": "BA", "far_down": "AB"}
    (stayed,) = migration(moves, ("A", "B")).filter(from_tier="A", to_tier="A").to_dicts()
    assert (stayed["accounts"], stayed["held"], stayed["probability"]) == (2, 1, pytest.approx(2 / 3))


def test_a_fall_of_two_tiers_within_the_second_band_ends_one_tier_down():
    both = pl.DataFrame({"tier_before": ["vip", "vip", "small", "none", None], "tier": ["medium", "medium", "vip", "large", "vip"], "position": [0.21, 0.23, 0.03, 0.1, 0.01]})
    assert settled_tiers(both, ("vip", "large", "medium", "small"), (0.05, 0.2, 0.5), 0.1) == ["large", "medium", "vip", "large", "vip"]


def test_the_migration_of_each_tier_sums_to_one_and_bridges_the_two_totals(two_years):
    found = pyramid(two_years, YEAR_2024)
    assert found.migration.group_by("from_tier").agg(pl.col("probability").sum())["probability"].to_list() == pytest.approx([1.0] * found.migration["from_tier"].n_unique())
    assert found.migration["net_sales"].sum() == found.summary["net_sales"][0] == 104
    assert found.migration["previous_net_sales"].sum() == found.summary["previous_net_sales"][0] == 105


def test_the_compared_period_is_a_year_before_or_the_one_just_before_or_any_other(two_years):
    """May to July 2024 was 104 − 0; the three months before held nothing; May 2023 held X 90 and Y 10."""
    summer = Filters(from_date=date(2024, 5, 1), to_date=date(2024, 8, 1))
    year = pyramid(two_years, summer).summary.row(0, named=True)
    assert (year["previous_from"], year["previous_to"], year["previous_net_sales"]) == (date(2023, 5, 1), date(2023, 8, 1), 105)
    before = pyramid(two_years, summer, compared_with="previous_period")
    assert before.summary.select("previous_from", "previous_to", "previous_accounts").row(0) == (date(2024, 2, 1), date(2024, 5, 1), 0)
    assert before.migration.is_empty()
    own = pyramid(two_years, summer, compared_with="own_dates", compared_from="2023-05-01", compared_to="2023-06-01")
    assert own.summary["previous_net_sales"][0] == 100
    assert dict(own.migration.filter(to_tier="lost").select("from_tier", "accounts").iter_rows()) == {}


def test_a_period_that_the_data_do_not_reach_the_end_of_is_compared_with_as_many_days():
    to_june = Filters(from_date=date(2024, 1, 1), to_date=date(2024, 7, 1))
    reached = {way: compared(to_june, cuts(THRESHOLDS, overrides={"compared_with": way}), date(2024, 5, 10)) for way in ("previous_year", "previous_period")}
    assert (reached["previous_year"].from_date, reached["previous_year"].to_date) == (date(2023, 1, 1), date(2023, 5, 11))
    assert (reached["previous_period"].from_date, reached["previous_period"].to_date) == (date(2023, 7, 1), date(2023, 11, 9))


def test_gini_is_left_out_where_an_account_is_below_zero_but_the_curve_is_drawn(two_years, ten):
    below = pyramid(two_years, YEAR_2024)
    assert (below.concentration["gini"][0], below.concentration["below_zero"][0]) == (None, 1)
    assert below.lorenz["value_share"].min() == pytest.approx(-3 / 104)
    assert below.lorenz.row(-1) == (1, 1)
    assert pyramid(ten).concentration["gini"][0] == pytest.approx(0.6472)
    assert pyramid(ten).concentration["half_share"][0] == 0.1


@pytest.mark.parametrize("amount", [0.1, 8.4, 19.99])
def test_six_of_twelve_equal_accounts_bring_half(amount):
    """Half of what floats add up would be passed by the seventh alone."""
    assert concentration(pl.Series([amount] * 12), 12)["half_share"][0] == 0.5


def test_without_a_closed_period_or_sales_before_it_nobody_moved(two_years):
    assert pyramid(two_years).movers.is_empty()
    assert pyramid(two_years, Filters(from_date=date(2023, 1, 1), to_date=date(2024, 1, 1))).movers.is_empty()


def test_an_account_with_returns_only_is_shown_without_a_class_and_shares_add_up(two_years):
    found = pyramid(two_years, YEAR_2024)
    (returned,) = found.accounts.filter(account_id="N").to_dicts()
    assert (returned["abc"], returned["share"], returned["net_sales"]) == ("none", None, -3)
    assert counts(found.abc)["none"] == 1
    assert found.abc["share"].sum() == pytest.approx(1)
    assert found.tiers["accounts"].sum() == found.accounts.height == 4


def test_who_only_returned_goods_is_neither_counted_nor_in_a_tier(two_years):
    found = pyramid(two_years, Filters(date(2024, 1, 1), date(2025, 1, 1)))
    assert found.summary["accounts"].item() == found.accounts.height - 1 == 3
    assert counts(found.tiers) == {"vip": 1, "large": 0, "medium": 1, "small": 1, "unrated": 1}
    assert found.concentration.select("accounts", "half_share").row(0) == (3, pytest.approx(1 / 3))
    returned = found.accounts.filter(account_id="N")
    assert (returned["tier"].item(), returned["sales_percentile"].item()) == ("unrated", None)
    assert sorted(found.accounts["sales_percentile"].drop_nulls()) == pytest.approx([1 / 6, 3 / 6, 5 / 6])
    assert found.summary["net_sales"].item() == 104


OWN_HALF = {"compared_with": "own_dates", "compared_from": "2023-01-01", "compared_to": "2023-07-01"}
KNOWN = date(2022, 3, 10), date(2024, 10, 20)


@pytest.mark.parametrize(
    ("period", "months"),
    [
        (Filters(date(2023, 1, 1), date(2024, 1, 1)), 12),
        # March 2022 through October 2024, both of which count whole.
        (Filters(), 32), (Filters(from_date=date(2024, 1, 1)), 10), (Filters(to_date=date(2023, 1, 1)), 10),
        # A year that is not over, and one that began before the data.
        (Filters(date(2024, 1, 1), date(2025, 1, 1)), 10), (Filters(date(2022, 1, 1), date(2023, 1, 1)), 10),
    ],
)  # fmt: skip
def test_the_lengths_of_a_period_and_of_months_compared_with_it_are_told(period: Filters, months: int):
    assert lengths(period, cuts(THRESHOLDS, overrides=OWN_HALF), KNOWN) == (months, 6)


@pytest.mark.parametrize("period", [Filters(date(2024, 1, 15), date(2024, 3, 1)), Filters(date(2025, 1, 1), date(2026, 1, 1))])
def test_a_cut_month_and_a_period_without_data_have_no_length(period: Filters):
    assert lengths(period, cuts(THRESHOLDS, overrides=OWN_HALF), KNOWN) is None


def test_lengths_are_told_of_own_dates_only():
    assert lengths(Filters(date(2023, 1, 1), date(2024, 1, 1)), cuts(THRESHOLDS), KNOWN) is None


def test_every_filter_narrows_the_accounts(two_years):
    assert pyramid(two_years, Filters(region_ids=("S",))).accounts["account_id"].to_list() == ["W", "Z"]
    assert pyramid(two_years, Filters(account_ids=("Y",))).accounts["net_sales"].to_list() == [100]
    assert pyramid(two_years, Filters(product_ids=("Q",))).accounts["net_sales"].to_list() == [10]
    assert pyramid(two_years, Filters(categories=())).accounts.is_empty()


def test_a_lead_ranks_only_their_own_accounts(two_years):
    found = pyramid(two_years, viewer=Viewer("s@example.com", "S", "lead", ("S",)))
    assert set(found.accounts["account_id"]) == {"W", "Z"}
    assert pyramid(two_years, viewer=Viewer("x", "X", "lead", ())).accounts.is_empty()


def test_an_empty_store_has_typed_empty_accounts_and_all_tiers_at_zero(tmp_path):
    found = pyramid(make_store(tmp_path))
    assert found.accounts.is_empty()
    assert found.accounts.schema["score"] == pl.Float64
    assert counts(found.tiers) == {"vip": 0, "large": 0, "medium": 0, "small": 0}
    assert found.tiers["share"].to_list() == [None] * 4


def test_equal_amounts_are_ranked_by_id_and_cents_are_exact(tmp_path):
    """0.5 + 0.2 + 0.1 are 0.8 exactly: the fourth account is B."""
    sold = lines(*((date(2024, 3, 4), key, "P", 1, amount) for key, amount in zip("DCBA", (0.5, 0.2, 0.1, 0.1), strict=True)), (date(2024, 3, 4), "E", "P", 1, 0.1))
    found = pyramid(make_store(tmp_path, accounts=accounts(*"ABCDE"), products=PRODUCTS, transactions=sold))
    assert list(found.accounts.select("account_id", "abc").iter_rows()) == [("D", "A"), ("C", "A"), ("A", "A"), ("B", "B"), ("E", "B")]


def published(folder: Path, rows: pl.DataFrame):
    """A store of lines whose accounts and products are those that the lines name."""
    numbered = rows.with_row_index("transaction_id").with_columns(pl.col("transaction_id", "account_id", "product_id").cast(pl.String))
    people = numbered.select("account_id").unique().with_columns(account=pl.col("account_id"))
    items = numbered.select("product_id").unique().with_columns(product=pl.col("product_id"))
    return make_store(folder, accounts=people, products=items, transactions=numbered)


def test_the_adventureworks_resellers_have_the_published_classes_and_total(real_data, tmp_path):
    facts = pl.read_parquet(real_data("adventureworks") / "adventureworks" / "FactResellerSales.parquet")
    rows = facts.select(
        account_id="ResellerKey", product_id="ProductKey", sold_on=pl.col("OrderDate").dt.date(),
        quantity="OrderQuantity", net_amount=pl.col("SalesAmount").cast(pl.Decimal(18, 4)),
    )
    found = pyramid(published(tmp_path, rows))
    assert counts(found.abc) == {"A": 186, "B": 125, "C": 324}
    assert found.summary["net_sales"][0] == pytest.approx(80_450_596.98, abs=0.01)


def test_the_iowa_stores_have_the_published_classes_and_total(real_data, tmp_path):
    raw = pl.read_csv(real_data("beer_cdnow_iowa") / "iowa" / "Iowa_Liquor_Sales_10k.csv", separator=";", infer_schema=False)
    rows = raw.select(
        account_id="Store Number", product_id="Item Number", sold_on=pl.col("Date").str.to_date("%m/%d/%Y"),
        quantity=pl.col("Bottles Sold").cast(pl.Int64),
        net_amount=pl.col("Sale (Dollars)").str.strip_chars("$").str.replace_all(",", "").cast(pl.Decimal(18, 4)),
    )
    found = pyramid(published(tmp_path, rows))
    assert counts(found.abc) == {"A": 336, "B": 405, "C": 503}
    assert round(found.summary["net_sales"][0], 2) == 1_261_614.62


def test_the_clean_lines_of_online_retail_have_the_published_classes_and_total(real_data, tmp_path):
    raw = pl.read_csv(real_data("online_retail") / "onlineretail" / "by-day" / "*.csv", infer_schema=False)
    price, count = pl.col("UnitPrice").cast(pl.Decimal(18, 4)), pl.col("Quantity").cast(pl.Int64)
    clean = raw.filter(pl.col("CustomerID").is_not_null() & ~pl.col("InvoiceNo").str.starts_with("C") & (count > 0) & (price > 0))
    rows = clean.select(
        account_id="CustomerID", product_id="StockCode", sold_on=pl.col("InvoiceDate").str.slice(0, 10).str.to_date(),
        quantity=count, net_amount=(price * count).cast(pl.Decimal(18, 4)),
    )
    found = pyramid(published(tmp_path, rows))
    assert rows.height == 397_884
    assert counts(found.abc) == {"A": 1133, "B": 1469, "C": 1736}
    assert found.summary["net_sales"][0] == pytest.approx(8_911_407.90, abs=0.01)
