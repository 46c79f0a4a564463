"""Order lines and what follows from them: orders, returns, costs, promotions, invoices, targets."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from data.demo import THROUGH, demo_tables
from tests.data.demo import LINES, Tables


def test_lines_stand_in_the_order_of_their_dates_within_five_years_on_working_days(tables: Tables):
    sold_on = tables["transactions"]["sold_on"]
    assert sold_on.is_sorted()
    assert date(2021, 11, 1) <= sold_on.min() and sold_on.max() <= THROUGH
    assert sold_on.dt.weekday().max() <= 5


def test_another_last_day_moves_the_five_years():
    sold_on = demo_tables(3_000, through=date(2024, 2, 29))["transactions"]["sold_on"]
    assert (sold_on.min().strftime("%Y-%m"), sold_on.max().strftime("%Y-%m")) == ("2019-03", "2024-02")


def test_each_order_is_one_accounts_on_one_day_apart_from_its_returns(tables: Tables):
    sold = tables["transactions"].filter(pl.col("quantity") > 0)
    orders = sold.group_by("order_id").agg(pl.col("account_id").n_unique(), pl.col("sold_on").n_unique(), pl.len())
    assert orders["account_id"].max() == 1 and orders["sold_on"].max() == 1
    assert 2 < orders["len"].mean() < 6


def test_returns_are_a_small_share_and_follow_a_sale_of_the_same_order(tables: Tables):
    lines = tables["transactions"]
    returned, sold = lines.filter(pl.col("quantity") < 0), lines.filter(pl.col("quantity") > 0)
    assert returned.height == int(LINES * 0.018)
    assert returned.height + sold.height == LINES
    assert (returned["net_amount"] < 0).all() and (sold["net_amount"] > 0).all()
    linked = returned.join(sold, on=["order_id", "account_id", "product_id"], suffix="_sold")
    possible = linked.filter((pl.col("sold_on") >= pl.col("sold_on_sold")) & (-pl.col("quantity") <= pl.col("quantity_sold")))
    assert possible["transaction_id"].n_unique() == returned.height


def test_only_distributors_direct_accounts_and_some_outlets_have_lines(tables: Tables):
    bought = tables["accounts"].filter(pl.col("account_id").is_in(tables["transactions"]["account_id"].unique().implode()))
    assert dict(bought["kind"].value_counts().iter_rows()) == {"distributor": 400, "direct": 40, "outlet": 160}


def test_outlets_that_buy_have_nobody_above_them_and_a_small_part_of_the_lines(tables: Tables):
    outlets = tables["accounts"].filter(pl.col("kind") == "outlet")
    theirs = tables["transactions"].join(outlets, on="account_id")
    assert theirs.height == int(LINES * 0.09)
    assert theirs["parent_account_id"].null_count() == theirs.height
    assert outlets["parent_account_id"].null_count() == 160
    assert theirs.group_by("order_id").agg(pl.col("account_id").n_unique())["account_id"].max() == 1


def test_with_many_lines_an_outlets_orders_are_no_longer_than_they_are():
    lines, accounts = (demo_tables(400_000)[name] for name in ("transactions", "accounts"))
    theirs = lines.join(accounts.filter(pl.col("kind") == "outlet"), on="account_id")
    assert theirs.height == 4 * theirs["order_id"].n_unique()
    assert lines.height == 400_000


def test_a_fifth_of_the_buyers_makes_three_quarters_of_the_sales(tables: Tables):
    lines = tables["transactions"].filter(pl.col("sold_on") > date(2025, 10, 31))
    sums = (
        lines.group_by("account_id")
        .agg(pl.col("net_amount").sum().cast(pl.Float64))
        .sort("net_amount", descending=True)["net_amount"]
    )
    assert 0.70 < sums.head(sums.len() // 5).sum() / sums.sum() < 0.85


def test_products_without_a_cost_leave_their_lines_without_one(tables: Tables):
    lines = tables["transactions"].join(tables["products"], on="product_id")
    uncosted = lines.filter(pl.col("unit_cost").is_null())
    assert uncosted.height > 0 and uncosted["cost_amount"].null_count() == uncosted.height
    assert 0.005 < lines["cost_amount"].null_count() / lines.height < 0.10


def test_products_are_sold_only_in_their_life(tables: Tables):
    lines = tables["transactions"].filter(pl.col("quantity") > 0).join(tables["products"], on="product_id")
    outside = (pl.col("sold_on") < pl.col("launched_on")) | (pl.col("sold_on") > pl.col("discontinued_on"))
    assert lines.filter(outside).height == 0
    assert tables["products"]["discontinued_on"].drop_nulls().len() == 6


def test_promoted_lines_are_sold_while_their_programme_runs(tables: Tables):
    sold = tables["transactions"].filter(pl.col("quantity") > 0)
    promoted = sold.join(tables["programmes"], left_on="promotion_id", right_on="programme_id")
    assert promoted.height > LINES * 0.01
    assert promoted.filter(~pl.col("sold_on").is_between("starts_on", "ends_on")).height == 0
    assert set(promoted["kind"]) == {"price", "display"}


def test_invoices_add_up_to_the_lines_and_some_are_paid_late(tables: Tables):
    invoices = tables["receivables"]
    # Directly served outlets pay the driver.
    outlets = tables["accounts"].filter(pl.col("kind") == "outlet")
    assert invoices["amount"].sum() == tables["transactions"].join(outlets, on="account_id", how="anti")["net_amount"].sum()
    late = invoices.filter(pl.col("paid_on") > pl.col("due_on").dt.offset_by("10d"))
    assert 0.08 < late.height / invoices.height < 0.25
    overdue = invoices.filter(pl.col("paid_on").is_null() & (pl.col("due_on") < date(2026, 9, 1)))
    assert overdue.height > 20


def test_targets_of_people_have_one_grain_and_ask_for_what_can_be_reached(tables: Tables):
    targets, lines = tables["targets"].filter(pl.col("account_id").is_null()), tables["transactions"]
    assert targets["region_id"].null_count() == targets["salesperson_id"].null_count() == 0
    assert targets["product_id"].null_count() == targets.height
    for year in range(2022, 2026):
        asked = targets.filter(pl.col("month").dt.year() == year)["amount"].sum()
        sold = lines.filter(pl.col("sold_on").dt.year() == year)["net_amount"].sum()
        assert Decimal("0.85") < sold / asked < Decimal("1.12")


def test_the_accounts_targets_are_the_peoples_again_for_the_running_year_and_the_season_ahead(tables: Tables):
    targets = tables["targets"]
    of_accounts = targets.filter(pl.col("account_id").is_not_null())
    assert of_accounts["salesperson_id"].null_count() == of_accounts["region_id"].null_count() == of_accounts.height
    assert (of_accounts["month"].min(), of_accounts["month"].max()) == (date(2026, 1, 1), date(2027, 3, 1))
    of_people = targets.filter(pl.col("account_id").is_null(), pl.col("month") >= date(2026, 1, 1))
    assert float(of_accounts["amount"].sum()) == pytest.approx(float(of_people["amount"].sum()), rel=0.001)
