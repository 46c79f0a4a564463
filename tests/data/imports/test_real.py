"""The public data sets come out to the cent. Skipped where they are not at hand."""

from decimal import Decimal

from data.imports.run import import_files
from tests.data.imports.conftest import counts, reasons, rows


def test_iowa_reconciles(real_data, store):
    result = import_files([real_data("beer_cdnow_iowa") / "iowa"], store)
    assert result.rows_rejected == 0
    assert rows(store, "select sum(net_amount)::varchar, sum(quantity)::int, count(*) from order_lines") == [("1261614.6200", 95739, 10000)]
    assert rows(store, "select count(distinct account_key), count(distinct product_key) from order_lines") == [(1244, 1574)]
    assert rows(store, "select count(distinct brand) from products") == [(70,)]


def test_online_retail_reconciles(real_data, store):
    result = import_files([real_data("online_retail") / "onlineretail" / "by-day"], store)
    assert counts(result) == (541_909, 406_829, 135_080)
    assert reasons(result) == {"missing_value": 135_080}
    loaded = rows(store, "select sum(net_amount) from order_lines")[0][0]
    amount = "(row_json::json->>'Quantity')::integer * (row_json::json->>'UnitPrice')::decimal(18, 4)"
    rejected = rows(store, f"select sum({amount})::decimal(18, 4) from rejected_rows")[0][0]
    assert round(loaded + rejected, 2) == Decimal("9747747.93")
    clean = "order_id not like 'C%' and quantity > 0 and net_amount > 0"
    assert rows(
        store, f"select count(*), count(distinct order_id), count(distinct account_key), sum(net_amount)::decimal(18, 2)::varchar from order_lines where {clean}"
    ) == [(397_884, 18_532, 4_338, "8911407.90")]


def test_adventureworks_reconciles(real_data, store):
    result = import_files([real_data("adventureworks") / "adventureworks"], store, "adventureworks")
    assert result.rows_rejected == 0
    assert rows(store, "select sum(net_amount)::decimal(18, 2)::varchar, count(distinct order_id), count(distinct account_key) from order_lines") == [
        ("80450596.98", 3796, 635)
    ]
    assert rows(store, "select count(*) from accounts") == [(701,)]
    assert rows(store, "select sum(amount)::integer from targets") == [(95_714_000,)]
    assert rows(store, "select count(*) from targets where month = date '2011-07-01'")[0][0] > 0
    assert rows(store, "select parent_region_id from regions where region_id = 'Southwest'") == [("North America",)]


def test_maven_reconciles(real_data, store):
    result = import_files([real_data("maven_crm") / "maven"], store)
    assert result.rows_rejected == 0
    assert rows(store, "select stage, count(*) from stage_events group by all order by 1") == [
        ("Engaging", 8300),
        ("Prospecting", 500),
        ("lost", 2473),
        ("won", 4238),
    ]
    won = "opportunity_id in (select opportunity_id from stage_events where stage = 'won')"
    assert rows(store, f"select sum(expected_amount)::integer from opportunities where {won}") == [(10_005_534,)]
    assert rows(store, "select sum(net_amount)::integer, count(*) from order_lines") == [(10_005_534, 4238)]
    assert rows(store, "select count(*) from opportunities where expected_amount is null") == [(0,)]
    assert rows(store, "select sum(expected_amount)::integer from opportunities where closed_on is null") == [(4_966_215,)]
    assert rows(store, "select count(*) from opportunities where account_id is null") == [(1425,)]
    assert rows(store, "select count(*) from opportunities where product_id = 'GTXPro'") == [(0,)]
