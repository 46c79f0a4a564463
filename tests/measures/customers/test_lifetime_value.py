"""Lifetime value: the published CDNOW parameters, the worked examples, and what is said where the model does not hold."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from data.demo import demo_outlet_truth, demo_tables
from measures.customers import bg_nbd, gamma_gamma
from measures.customers.bg_nbd import BgNbd
from measures.customers.gamma_gamma import GammaGamma
from measures.customers.lifetime_value import THRESHOLDS, LifetimeValue, answer, retained_value
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

PUBLISHED = BgNbd(0.243, 4.414, 0.793, 2.426)
PRODUCTS = [{"product_id": "P", "product": "Lager"}]


def lifetime(store, filters=None, viewer=None, **overrides) -> LifetimeValue:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


@pytest.fixture(scope="module")
def cdnow(real_data) -> pl.DataFrame:
    """The 2,357 customers of the published sample: x, t_x, seen in weeks, and their mean repeat spend."""
    return pl.read_csv(real_data("beer_cdnow_iowa") / "cdnow" / "cdnow_customers_summary_with_transactions.csv")


def test_cdnow_gives_the_published_parameters(cdnow):
    found = bg_nbd.fit(*(cdnow[name].to_numpy() for name in ("x", "t_x", "T")))
    assert [round(of, 3) for of in (found.r, found.alpha, found.a, found.b)] == [0.243, 4.414, 0.793, 2.426]
    assert round(found.log_likelihood, 2) == -9582.43
    assert bg_nbd.log_likelihood(found, *(cdnow[name].to_numpy() for name in ("x", "t_x", "T"))) == pytest.approx(found.log_likelihood)


def test_the_spend_of_the_946_cdnow_repeaters_gives_the_published_parameters(cdnow):
    repeaters = cdnow.filter(pl.col("x") > 0)
    found = gamma_gamma.fit(repeaters["x"].to_numpy(), repeaters["zbar"].to_numpy())
    assert repeaters.height == 946
    assert [round(of, 2) for of in (found.p, found.q, found.v)] == [6.25, 3.74, 15.45]
    assert abs(gamma_gamma.correlation(repeaters["x"].to_numpy(), repeaters["zbar"].to_numpy())) < 0.3


def test_the_worked_customer_buys_1_2260_times_in_39_weeks_and_is_alive_at_0_7266():
    assert bg_nbd.expected_purchases(PUBLISHED, 39, [2], [30.43], [38.86])[0] == pytest.approx(1.2260, abs=5e-5)
    assert bg_nbd.p_alive(PUBLISHED, [2], [30.43], [38.86])[0] == pytest.approx(0.7266, abs=5e-5)


def test_the_worked_spend_is_drawn_to_the_mean_of_all():
    model = GammaGamma(6.25, 3.74, 15.44)
    assert gamma_gamma.expected_spend(model, [2], [22.35])[0] == pytest.approx(24.664, abs=5e-4)
    assert gamma_gamma.expected_spend(model, [0], [0.0])[0] == pytest.approx(15.44 * 6.25 / 2.74)


def test_a_customer_that_stopped_long_ago_is_hardly_alive_and_long_histories_stay_finite():
    x, t_x, seen = np.array([200.0, 200.0, 1000.0]), np.array([200.0, 256.0, 255.0]), np.array([256.0, 256.0, 256.0])
    alive, bought = bg_nbd.p_alive(PUBLISHED, x, t_x, seen), bg_nbd.expected_purchases(PUBLISHED, 52, x, t_x, seen)
    assert alive[0] < 1e-9 < 0.98 < alive[1]
    assert np.isfinite(bought).all()
    assert (bought >= 0).all()


def test_a_margin_of_100_kept_at_80_percent_and_discounted_at_10_is_worth_266_67():
    assert round(float(retained_value(np.array([100.0]), 0.8, 0.1)[0]), 2) == 266.67


def test_the_gradient_is_that_of_the_likelihood():
    x, t_x, seen = np.array([0.0, 2.0, 5.0, 2.0]), np.array([0.0, 30.0, 11.0, 7.0]), np.array([38.0, 39.0, 37.0, 20.0])
    counts = np.array([0.0, 2.0, 5.0]), np.array([0, 1, 2, 1])
    logs, step = np.log([0.3, 4.0, 0.7, 2.0]), 1e-6
    around = [[bg_nbd.log_likelihood(BgNbd(*np.exp(logs + way * unit)), x, t_x, seen) for way in (-step, step)] for unit in np.eye(4)]
    numeric = [(below - above) / (2 * step * len(x)) for below, above in around]
    assert bg_nbd._loss(logs, x, t_x, seen, counts)[1] == pytest.approx(numeric, abs=1e-7)


def people(*ids: str, **columns: object) -> list[dict]:
    return [{"account_id": key, "account": f"Account {key}"} | columns for key in ids]


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A: three lines on two days of 2023 and one day of 2024. B: one day of 2023. O: an outlet. The last day is 30 December 2024."""
    sold = lines(
        (date(2023, 3, 1), "A", "P", 1, 10, 4), (date(2023, 3, 1), "A", "P", 1, 20, 8), (date(2023, 3, 15), "A", "P", 1, 40, 20),
        (date(2024, 3, 1), "A", "P", 2, 60, 20), (date(2024, 4, 1), "A", "P", -1, -30, -10), (date(2023, 5, 1), "B", "P", 1, 7, 3),
        (date(2024, 12, 30), "C", "P", 1, 5, 2),
    )  # fmt: skip
    regions = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
    accounts = [*people("A", "B", region_id="N"), *people("C", region_id="S"), *people("O", kind="outlet")]
    return make_store(tmp_path_factory.mktemp("few"), regions=regions, accounts=accounts, products=PRODUCTS, transactions=sold)


def test_orders_of_one_day_are_one_purchase_and_a_day_of_returns_is_none(few):
    (row,) = lifetime(few).lifetime.filter(account_id="A").to_dicts()
    assert (row["purchase_days"], row["first_on"], row["last_on"], row["mean_spend"]) == (3, date(2023, 3, 1), date(2024, 3, 1), 50)


def test_few_customers_are_valued_by_what_customers_keep(few):
    """A and B bought in 2023, A in 2024: r = 0.5. A's year: sales 60 less 30 returned, margin 40 less 20."""
    found = lifetime(few)
    model = found.lifetime_model.row(0, named=True)
    assert (model["method"], model["accounts"], model["retention_rate"], model["r"], model["only_outlets"]) == ("retention", 3, 0.5, None, False)
    (row,) = found.lifetime.filter(account_id="A").to_dicts()
    assert (row["expected_value"], row["expected_margin"]) == pytest.approx((30 * 0.5 / 0.6, 20 * 0.5 / 0.6))
    assert (row["p_alive"], row["expected_purchases"], row["status"]) == (None, None, "provisional")


def test_who_returned_more_than_it_bought_is_expected_to_buy_nothing(tmp_path):
    sold = lines((date(2023, 3, 1), "A", "P", 3, 90, 30), (date(2024, 3, 1), "A", "P", 1, 30, 10), (date(2024, 4, 1), "A", "P", -2, -60, -20))
    (row,) = lifetime(make_store(tmp_path, accounts=people("A"), products=PRODUCTS, transactions=sold)).lifetime.to_dicts()
    assert (row["expected_value"], row["expected_margin"]) == (0, 0)


def test_a_lead_sees_only_their_customers_and_the_periods_end_cuts_lives(few):
    assert lifetime(few, viewer=Viewer("s@example.com", "S", "lead", ("S",))).lifetime["account_id"].to_list() == ["C"]
    assert lifetime(few, viewer=Viewer("x", "X", "lead", ())).lifetime.is_empty()
    ended = lifetime(few, Filters(to_date=date(2023, 4, 1)))
    assert ended.lifetime["account_id"].to_list() == ["A"]
    assert ended.lifetime_model["seen_until"][0] == date(2023, 3, 31)


def test_filters_narrow_what_is_counted_as_a_purchase(few):
    assert set(lifetime(few, Filters(region_ids=("N",))).lifetime["account_id"]) == {"A", "B"}
    assert lifetime(few, Filters(product_ids=())).lifetime_model["method"].to_list() == ["none"]
    assert lifetime(few, Filters(product_ids=("P",))).lifetime.height == 3


@pytest.fixture(scope="module")
def cdnow_store(real_data, tmp_path_factory):
    """The sample's own purchases, through the store: every customer an outlet of one product."""
    raw = (real_data("beer_cdnow_iowa") / "cdnow" / "CDNOW_sample.txt").read_text().split("\n")
    rows = [line.split() for line in raw if line.strip()]
    sold = pl.DataFrame(
        {"transaction_id": [str(number) for number in range(len(rows))], "order_id": [str(number) for number in range(len(rows))],
         "account_id": [row[1] for row in rows], "product_id": ["P"] * len(rows), "quantity": [float(row[3]) for row in rows],
         "sold_on": [date(int(row[2][:4]), int(row[2][4:6]), int(row[2][6:])) for row in rows], "net_amount": [float(row[4]) for row in rows]}
    ).with_columns(pl.col("quantity", "net_amount").cast(pl.Decimal(18, 4)))  # fmt: skip
    accounts = [{"account_id": key, "account": key, "kind": "outlet"} for key in sold["account_id"].unique(maintain_order=True)]
    wholesaler = {"account_id": "W", "account": "W", "kind": "wholesaler"}
    return make_store(
        tmp_path_factory.mktemp("cdnow"), accounts=pl.DataFrame([*accounts, wholesaler]), products=PRODUCTS, transactions=sold,
    )  # fmt: skip


def test_cdnows_order_lines_give_the_published_parameters_and_value(cdnow_store):
    """Seen through 30 September 1997: 39 weeks from the first day."""
    found = lifetime(cdnow_store, Filters(to_date=date(1997, 10, 1)))
    model = found.lifetime_model.row(0, named=True)
    assert (model["method"], model["accounts"], model["repeaters"], model["only_outlets"]) == ("bg_nbd", 2357, 946, True)
    assert [round(model[name], 3) for name in ("r", "alpha", "a", "b")] == [0.243, 4.414, 0.793, 2.426]
    assert round(model["log_likelihood"], 2) == -9582.43
    # The published spend comes from means rounded to cents; whole purchases differ in the fourth digit.
    assert [model[name] for name in ("p", "q", "v")] == pytest.approx([6.25, 3.74, 15.45], rel=2e-3)
    assert model["is_uncorrelated"]
    assert (found.lifetime["expected_value"] - found.lifetime["expected_purchases"] * found.lifetime["expected_spend"]).abs().max() < 1e-9
    assert found.lifetime.filter(~pl.col("p_alive").is_between(0, 1)).is_empty()


def test_where_spend_goes_with_frequency_the_value_is_provisional(tmp_path):
    """Customer n buys every 41 − n days and spends n each time: the condition of the spend model fails."""
    days = [(date(2023, 1, 1) + timedelta(days=step), f"K{n:02}", "P", 1, float(n)) for n in range(1, 31) for step in range(0, 700, 41 - n)]
    found = lifetime(make_store(tmp_path, accounts=people(*(f"K{n:02}" for n in range(1, 31))), products=PRODUCTS, transactions=lines(*days)), lifetime_accounts=10)
    model = found.lifetime_model.row(0, named=True)
    assert model["correlation"] > 0.3
    assert not model["is_uncorrelated"]
    assert set(found.lifetime["status"]) == {"provisional"}


def test_what_never_ends_and_is_not_discounted_has_no_value() -> None:
    assert np.isnan(retained_value(np.array([100.0]), 1.0, 0.0)).all()


def test_the_demos_outlets_that_left_are_told_from_those_that_stay(tmp_path):
    tables = demo_tables(100_000)
    wanted = ("regions", "salespeople", "accounts", "products", "transactions")
    found = lifetime(make_store(tmp_path, **{name: tables[name] for name in wanted}))
    model = found.lifetime_model.row(0, named=True)
    assert (model["method"], model["accounts"], model["only_outlets"], model["is_uncorrelated"]) == ("bg_nbd", 160, True, True)
    both = found.lifetime.join(demo_outlet_truth(), on="account_id")
    stays, left = (both.filter(pl.col("has_left") == gone)["p_alive"] for gone in (False, True))
    assert (stays.len(), left.len()) == (75, 85)
    assert stays.mean() > 0.9 > 0.1 > left.mean()
    assert both["p_alive"].sum() == pytest.approx(stays.len(), rel=0.05)
