"""The order of a table's columns on the screen."""

import polars as pl

from pages.parts.arrangement import arranged, named_first


def test_a_row_s_name_comes_first_its_figure_second_and_codes_last() -> None:
    frame = pl.DataFrame({"account_id": ["A"], "account": ["Bar"], "region": ["North"], "net_sales": [1.0], "margin": [2.0]})
    assert arranged(frame) == ["account", "net_sales", "region", "margin", "account_id"]
    assert arranged(frame, "margin") == ["account", "margin", "region", "net_sales", "account_id"]


def test_rows_of_something_else_keep_their_order_but_for_codes() -> None:
    frame = pl.DataFrame({"activity_id": ["1"], "happened_on": ["Monday"], "account_id": ["A"], "account": ["Bar"], "hours": [1.0]})
    assert arranged(frame) == ["happened_on", "account", "hours", "activity_id", "account_id"]


def test_a_table_that_begins_with_its_name_keeps_what_its_page_chose() -> None:
    frame = pl.DataFrame({"account": ["Bar"], "status": ["ok"], "net_sales": [1.0], "account_id": ["A"]})
    assert arranged(frame) == ["account", "status", "net_sales", "account_id"]


def test_a_table_without_codes_keeps_its_order() -> None:
    frame = pl.DataFrame({"month": [1], "name": ["x"], "net_sales": [1.0]})
    assert arranged(frame) == ["month", "name", "net_sales"]
    assert arranged(frame, "net_sales") == ["month", "net_sales", "name"]


def test_a_code_that_people_use_as_a_name_stays_first() -> None:
    assert arranged(pl.DataFrame({"scheme_id": ["S"], "measure": ["units"], "reward": [1.0]})) == ["scheme_id", "measure", "reward"]


def test_who_a_row_is_of_comes_before_its_month() -> None:
    frame = pl.DataFrame({"month": [1], "account_id": ["a"], "account": ["A"], "product_id": ["p"], "product": ["P"], "target": [1]})
    named = named_first(frame, "account", "product")
    assert named.columns == ["account_id", "account", "product_id", "product", "month", "target"]
    assert arranged(named, "target") == ["account", "target", "product", "month", "account_id", "product_id"]
