"""A few rows are the same frame whichever way they come."""

import duckdb
import polars as pl

from data.access import Viewer
from queries import runner
from queries.few_rows import FEW, few_rows
from queries.filters import Filters
from queries.remains import blanked
from tests.builders import ask_as, make_store

KNOWN = """
    select 1::bigint as n, 2::integer as k, 0.1::double as x, 'ñ' as s, '2024-02-29'::date as d, true as b
    union all select null, null, null, null, null, null union all select -5, 0, 'nan'::double, '', '1969-12-31', false
"""


def by_arrow(text: str) -> pl.DataFrame:
    return pl.from_arrow(blanked(duckdb.connect().execute(text).to_arrow_table()))


def test_rows_have_the_values_and_types_that_they_have_by_way_of_arrow():
    found = few_rows(duckdb.connect().execute(KNOWN))
    assert found.schema == by_arrow(KNOWN).schema
    assert found.equals(by_arrow(KNOWN))


def test_no_row_has_the_types_too():
    nothing = f"select * from ({KNOWN}) where false"
    assert few_rows(duckdb.connect().execute(nothing)).schema == by_arrow(nothing).schema


def test_nothing_lies_under_a_missing_value():
    missing = few_rows(duckdb.connect().execute(KNOWN))
    for name, width in (("n", 8), ("k", 4), ("x", 8), ("d", 4)):
        column = missing[name].to_arrow()
        assert column[1].as_py() is None
        assert not any(column.buffers()[1].to_pybytes()[width : 2 * width])


def test_a_result_with_another_type_is_left_for_arrow():
    cursor = duckdb.connect().execute("select 1.5::decimal(18, 4) as amount")
    assert few_rows(cursor) is None
    assert cursor.to_arrow_table().num_rows == 1


def test_a_question_that_had_few_rows_and_now_has_many_is_answered_in_full(tmp_path):
    accounts = [{"account_id": f"A{number:03}", "account": "", "kind": "outlet"} for number in range(2 * FEW)]
    ask = ask_as(make_store(tmp_path, accounts=accounts), Viewer("m@example.org", "M", "manager", None))
    name = "accounts/tree"
    for ids, height in ((("A000",), 1), (("A001",), 1), (tuple(row["account_id"] for row in accounts), 2 * FEW), (("A002",), 1)):
        found = ask(name, Filters(account_ids=ids))
        assert found["account_id"].sort().to_list() == list(ids)
        assert runner._HEIGHTS[name] == height
