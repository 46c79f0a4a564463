"""Products: readings, candidates, and value × standardisation, on rows that a person can place."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from measures.thresholds import cuts
from measures.trade.products import THRESHOLDS, Products, answer, placed
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

CUTS = cuts(THRESHOLDS)


def varieties(*rows: tuple) -> pl.DataFrame:
    """Rows of weak varieties from (product, variety, quantity, net_sales, suggestion)."""
    told = [
        {"product_id": name, "product": name, "category": "Beer", "variety": variety, "suggestion": suggestion, "distribution": 0.5, "rate_of_sale": 2.0,
         "median_distribution": 0.5, "median_rate": 2.0, "quantity": units, "net_sales": net, "margin_rate": 0.3, "median_margin_rate": 0.4, "change_rate": -0.1,
         "change_before_rate": -0.1, "months": 40, "status": "ok"}
        for name, variety, units, net, suggestion in rows
    ]  # fmt: skip
    return pl.DataFrame(told)


def specifications(**standard: float | None) -> pl.DataFrame:
    return pl.DataFrame({"product_id": list(standard), "unit_volume": [0.5] * len(standard), "standardisation": list(standard.values())})


def test_dear_and_special_is_professional_cheap_and_standard_is_process_and_the_rest_general():
    rows = varieties(*((name, "strong", 10.0, 10.0 * price, "keep") for name, price in zip("abcdef", (60, 50, 40, 30, 20, 10), strict=True)))
    found = placed(rows, specifications(a=20.0, b=95.0, c=60.0, d=60.0, e=30.0, f=90.0), CUTS, 2100.0)
    models = {row["product_id"]: (row["delivery_model"], row["is_ours"]) for row in found.iter_rows(named=True)}
    assert models == {
        "a": ("professional", False), "b": ("general", True), "c": ("general", False), "d": ("general", False), "e": ("general", True), "f": ("process", False),
    }  # fmt: skip
    assert found.filter(product_id="a").select("price", "price_percentile").row(0) == (120, pytest.approx(5.5 / 6))


def test_a_product_without_a_stated_standard_has_no_model():
    found = placed(varieties(("a", "strong", 1.0, 9.0, "keep")), specifications(a=None), CUTS, 9.0)
    assert found["delivery_model"].to_list() == [None]


def test_the_readings_are_those_of_the_weak_varieties():
    codes = ("strong", "slow", "unwilling", "slow_and_unwilling", "new")
    rows = varieties(*((code, code, 1.0, float(at), "eliminate" if code == "slow" else "keep") for at, code in enumerate(codes)))
    found = placed(rows, specifications(**dict.fromkeys(codes, 50.0)), CUTS, 10.0)
    assert dict(found.select("product_id", "reading").rows()) == {
        "strong": "ok", "slow": "weak_product", "unwilling": "unwilling_distributors", "slow_and_unwilling": "delist", "new": "new",
    }  # fmt: skip
    assert found.filter("phase_out")["product_id"].to_list() == ["slow"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Four accounts in two regions buy L every month; S is bought by one of them, once a quarter."""
    months = [date(2023 + step // 12, step % 12 + 1, 1) for step in range(36)]
    sold = [(day, account, "L", 10, 100, 60) for day in months for account in "abcd"]
    sold += [(day, "a", "S", 1, 30, 20) for day in months[::3]]
    regions = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
    accounts = [{"account_id": key, "account": key, "region_id": "N" if key == "a" else "S", "kind": "distributor"} for key in "abcd"]
    products = [
        {"product_id": "L", "product": "Lager", "category": "Beer", "unit_volume": 0.5, "standardisation": 90},
        {"product_id": "S", "product": "Stout", "category": "Beer", "unit_volume": 0.5, "standardisation": 10},
    ]
    return make_store(tmp_path_factory.mktemp("products"), regions=regions, accounts=accounts, products=products, transactions=lines(*sold))


def asked(store, filters=None, viewer=None, **overrides) -> Products:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def test_the_tables_add_up_to_the_years_sales(store):
    found = asked(store)
    sold = 12 * 4 * 100 + 4 * 30
    assert found.summary["net_sales"].item() == found.mix["net_sales"].sum() == found.delivery_models["net_sales"].sum() == sold
    assert dict(found.products.select("product_id", "distribution").rows()) == {"L": 1.0, "S": 0.25}
    assert found.delivery_models["delivery_model"].to_list() == ["professional", "general", "process"]
    assert found.delisting["product_id"].to_list() == ["S"]
    assert found.summary["delist_sales"].item() == 120


def test_total_net_sales_are_those_of_the_filters_and_what_is_left_out_is_told_apart(tmp_path):
    """A year of 12 × 100 to a distributor, 12 × 50 to an outlet, 12 × 30 of a product that is discontinued."""
    months = [date(2024 + step // 12, step % 12 + 1, 1) for step in range(24)]
    sold = [(day, account, product, 1, money) for day in months for account, product, money in (("d", "L", 100), ("o", "L", 50), ("d", "O", 30))]
    accounts = [{"account_id": "d", "account": "D", "kind": "distributor"}, {"account_id": "o", "account": "O", "kind": "outlet"}]
    products = [{"product_id": "L", "product": "Lager"}, {"product_id": "O", "product": "Old", "discontinued_on": date(2025, 12, 1)}]
    found = asked(make_store(tmp_path, accounts=accounts, products=products, transactions=lines(*sold)))
    assert found.summary.select("total_sales", "net_sales", "other_sales", "discontinued_sales").row(0) == (2160, 1200, 600, 360)
    assert found.products["share"].to_list() == found.mix["share"].to_list() == [pytest.approx(1200 / 2160)]


def test_the_cuts_move_the_models(store):
    assert asked(store).delivery_models["products"].to_list() == [1, 0, 1]
    assert asked(store, standard_low=5.0).delivery_models["products"].to_list() == [0, 1, 1]


def test_a_lead_sees_only_what_their_region_buys(store):
    south = asked(store, viewer=Viewer("s", "S", "lead", ("S",)))
    assert south.products["product_id"].to_list() == ["L"]
    assert asked(store, viewer=Viewer("x", "X", "lead", ())).products.is_empty()
