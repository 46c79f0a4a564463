"""Generations that an older version made are read and built upon; and accounts' coordinates as they come in."""

from datetime import date

import duckdb
import pytest

from data.errors import StoreDamaged
from data.imports.run import import_files
from tests.builders import EVERYBODY
from tests.data.imports.conftest import reasons, rows


def as_of_layout_9(con: duckdb.DuckDBPyConnection) -> None:
    """Take off what layout 10 added: the stages that accounts' deals came to."""
    con.execute("drop table account_first_stage")


def as_of_layout_8(con: duckdb.DuckDBPyConnection) -> None:
    """Take off what layout 9 added too: stays without a stage of deals that came to one, and when and after which stage stays began."""
    as_of_layout_9(con)
    con.execute("delete from stage_spells where spell = 0 and left_on is not null")
    con.execute("update stage_spells set spell = null where spell = 0")
    con.execute("alter table stage_spells drop column before_number")
    con.execute("alter table stage_spells drop column began_on")


LINES = "1,2026-03-04,A1,P1,2,10.00\n2,2026-04-04,A2,P1,1,5.00\n"


def test_a_store_without_coordinates_is_read_and_built_upon(load, store, write):
    load(LINES)
    with duckdb.connect(str(store.current_path())) as con:
        con.execute("alter table accounts drop column latitude")
        con.execute("alter table accounts drop column longitude")
        con.execute("drop table stage_moves")
        as_of_layout_8(con)
        con.execute("update generation set layout = 3")
    cursor = store.reader().cursor_for(EVERYBODY)
    assert cursor.execute("select account_id, latitude from visible_accounts order by 1").fetchall() == [("A1", None), ("A2", None)]
    import_files([write("customers.csv", "account_id,account,lat,lng\nA1,Alfa,36.72,-4.42\n")], store)
    assert rows(store, "select account_id, latitude, longitude from accounts order by 1") == [("A1", 36.72, -4.42), ("A2", None, None)]


def test_a_store_without_the_roll_up_of_moves_learns_the_stages_from_the_stays(load, store, write):
    load(LINES)
    deals = write("opportunities.csv", "opportunity_id,account_id,created_on\nD1,A1,2026-03-01\nD2,A2,2026-03-01\n")
    events = write(
        "stage_events.csv", "opportunity_id,stage,entered_on\nD1,lead,2026-03-01\nD1,won,2026-03-05\nD2,lead,2026-03-02\n"
    )
    import_files([deals, events], store)
    moves = "select stage, next_stage, stage_key, stays, position_sum, last_on from visible_stage_moves order by 1, 2 nulls last"
    now = rows(store, moves.replace("visible_", ""))
    with duckdb.connect(str(store.current_path())) as con:
        con.execute("drop table stage_moves")
        as_of_layout_8(con)
        con.execute("update generation set layout = 4")
    assert store.reader().cursor_for(EVERYBODY).execute(moves).fetchall() == now
    assert [row[:2] + row[3:5] for row in now] == [("lead", "won", 1, 1), ("lead", None, 1, 1), ("won", None, 1, 2)]


@pytest.mark.parametrize("roll_up", ["programme_month", "purchase_month"])
def test_a_store_without_a_roll_up_of_programmes_and_purchase_days_tells_the_same_from_the_lines(load, store, write, roll_up):
    load(LINES)
    programmes = write("programmes.csv", "programme_id,programme\nP,Party\n")
    marked = write(
        "transactions.csv",
        "transaction_id,sold_on,account_id,product_id,quantity,net_amount,promotion_id\n"
        "7,2026-05-02,A1,P1,3,9.00,P\n8,2026-05-04,A1,P1,1,4.00,P\n9,2026-05-05,A1,P1,-1,-4.00,P\n",
    )
    import_files([programmes, marked], store)
    now = rows(store, f"select * from {roll_up} order by all")
    with duckdb.connect(str(store.current_path())) as con:
        con.execute("drop table programme_month")
        con.execute("drop table purchase_month")
        con.execute("update generation set layout = 5")
    assert now
    assert store.reader().cursor_for(EVERYBODY).execute(f"select * from visible_{roll_up}s order by all").fetchall() == now


NEW_OF_STAYS = ("stage_number", "next_number", "last_number", "last_on", "stood_on", "source_key", "expected_close_on", "lost_reason")


def test_a_store_whose_stays_have_no_numbers_tells_the_same_from_the_deals(load, store, write):
    load(LINES)
    deals = write(
        "opportunities.csv",
        "opportunity_id,account_id,created_on,source,expected_close_on,lost_reason\n"
        "D1,A1,2026-03-01,web,2026-05-01,\nD2,A2,2026-03-01,,, price \nD3,A2,2026-03-02,fair,,\n",
    )
    events = write(
        "stage_events.csv",
        "opportunity_id,stage,entered_on\nD1,lead,2026-03-01\nD1,offer,2026-03-31\nD1,won,2026-04-01\nD2,lead,2026-03-02\nD2,lost,2026-03-09\n",
    )
    import_files([deals, events], store)
    stays = f"select opportunity_key, spell, {', '.join(NEW_OF_STAYS)} from visible_stage_spells order by all"
    sources = "select * from visible_deal_sources order by all"
    moves = "select * from visible_stage_moves order by all"
    now = [rows(store, query.replace("visible_", "")) for query in (stays, sources, moves)]
    with duckdb.connect(str(store.current_path())) as con:
        con.execute("drop table deal_sources")
        as_of_layout_8(con)
        con.execute("alter table stage_spells drop column opportunity_id")
        for column in NEW_OF_STAYS:
            con.execute(f"alter table stage_spells drop column {column}")
        con.execute("alter table stage_moves drop column stage_number")
        con.execute("update generation set layout = 5")
    cursor = store.reader().cursor_for(EVERYBODY)
    assert [cursor.execute(query).fetchall() for query in (stays, sources, moves)] == now
    in_april, close = date(2026, 4, 1), date(2026, 5, 1)
    assert [row[2:9] for row in now[0]] == [
        (1, 2, 4, in_april, None, 2, close), (2, 4, 4, in_april, in_april, 2, close), (4, None, 4, in_april, date(2026, 7, 1), 2, close),
        (None, 1, 3, date(2026, 3, 9), None, 0, None), (1, 3, 3, date(2026, 3, 9), None, 0, None), (3, None, 3, date(2026, 3, 9), in_april, 0, None),
        (None, None, None, None, in_april, 1, None),
    ]  # fmt: skip
    assert [row[9] for row in now[0]] == [None, None, None, "price", "price", "price", None]
    assert now[1] == [(0, 0, None, 1), (0, 1, "fair", 1), (0, 2, "web", 1)]


NEW_OF_PROSPECTS = ("account_first_sale", "prospect_stays", "prospect_activities", "rated_indicators", "prospect_ratings")


@pytest.mark.parametrize("roll_up", NEW_OF_PROSPECTS)
def test_a_store_without_the_roll_ups_of_prospects_tells_the_same_from_deals_activities_and_scores(load, store, write, roll_up):
    load(LINES)
    accounts = write("accounts.csv", "account_id,account\nA1,Alfa\nA2,Beta\nN1,New\n")
    deals = write(
        "opportunities.csv",
        "opportunity_id,account_id,created_on,lost_reason\nD1,A1,2026-02-01,\nD2,A1,2026-03-04,\nD3,N1,2026-05-01,price\nD4,N1,2026-05-02,\n",
    )
    events = write(
        "stage_events.csv", "opportunity_id,stage,entered_on\nD1,lead,2026-02-01\nD1,won,2026-03-04\nD3,lead,2026-05-01\nD3,lost,2026-05-09\n"
    )
    activities = write(
        "activities.csv",
        "activity_id,happened_on,account_id,kind,outcome\n1,2026-03-03,A1,call, Answered \n2,2026-03-04,A1,call,\n3,2026-05-04,N1,visit,\n",
    )
    scores = write("prospect_scores.csv", "account_id,indicator,score,scored_on\nN1,size,40,2026-04-01\nA1,growth,70,\nN1,growth,60,2026-04-01\n")
    import_files([accounts, deals, events, activities, scores], store)
    now = rows(store, f"select * from {roll_up} order by all")
    with duckdb.connect(str(store.current_path())) as con:
        for name in NEW_OF_PROSPECTS:
            con.execute(f"drop table {name}")
        con.execute("alter table stage_spells drop column opportunity_id")
        as_of_layout_8(con)
        con.execute("update generation set layout = 6")
    assert len(now) == {"account_first_sale": 2, "prospect_stays": 4, "prospect_activities": 2, "rated_indicators": 2, "prospect_ratings": 3}[roll_up]
    assert store.reader().cursor_for(EVERYBODY).execute(f"select * from visible_{roll_up} order by all").fetchall() == now


def test_a_store_whose_stays_do_not_name_their_deal_names_it_from_the_deals(load, store, write):
    load(LINES)
    deals = write("opportunities.csv", "opportunity_id,account_id,created_on\nD1,A1,2026-03-02\nD2,A2,2026-03-01\n")
    import_files([deals, write("stage_events.csv", "opportunity_id,stage,entered_on\nD1,lead,2026-03-02\n")], store)
    stays = "select opportunity_key, opportunity_id, stage from visible_stage_spells order by all"
    now = rows(store, stays.replace("visible_", ""))
    with duckdb.connect(str(store.current_path())) as con:
        con.execute("alter table stage_spells drop column opportunity_id")
        for name in NEW_OF_PROSPECTS:
            con.execute(f"drop table {name}")
        as_of_layout_8(con)
        con.execute("update generation set layout = 6")
    assert store.reader().cursor_for(EVERYBODY).execute(stays).fetchall() == now == [(1, "D2", None), (2, "D1", "lead")]


def test_a_store_without_the_roll_up_of_years_reads_the_months(load, store):
    load(LINES)
    sums = "select sum(net_amount)::double from filtered_sales_years(null, null, null, null, null, null, null)"
    assert rows(store, "select month from account_product_year group by all") == [(date(2025, 4, 1),), (date(2026, 4, 1),)]
    with duckdb.connect(str(store.current_path())) as con:
        con.execute("drop table account_product_year")
        con.execute("update generation set layout = 7")
    reader = store.reader()
    assert reader.years_begin_in is None
    assert reader.cursor_for(EVERYBODY).execute(sums).fetchall() == [(15.0,)]


def test_a_store_without_the_roll_up_of_visits_finds_the_orders_that_followed_them(load, store, write):
    load(LINES + "3,2026-03-04,A1,P1,1,4.00\n4,2026-03-08,A1,P1,1,6.00\n5,2026-03-09,A1,P1,-1,-6.00\n6,2026-05-20,A1,P1,1,7.00\n")
    visits = "activity_id,happened_on,account_id,kind\nV1,2026-03-03,A1,\nV2,2026-03-04,A1,visit\nC,2026-03-05,A1,call\nV3,2026-03-10,A1,visit\n"
    import_files([write("activities.csv", visits)], store)
    orders = "select visited_on, days_after, net_amount::double, line_count from {table} order by all"
    now = rows(store, orders.format(table="visit_order_day"))
    with duckdb.connect(str(store.current_path())) as con:
        con.execute("drop table visit_order_day")
        con.execute("update generation set layout = 7")
    # The order of 20 May comes 71 days after the last visit.
    found = store.reader().cursor_for(EVERYBODY).execute(orders.format(table="visible_visit_orders")).fetchall()
    assert found == now == [(date(2026, 3, 4), 0, 14.0, 2), (date(2026, 3, 4), 4, 6.0, 1)]


def test_a_store_of_layout_8_has_stays_before_the_first_stage_and_what_they_followed(load, store, write):
    load(LINES)
    deals = "D1,A1,2026-02-01\nD2,A2,2026-06-01\nD3,A2,2026-06-01\n"
    events = "D1,lead,2026-03-02\nD1,won,2026-05-04\nD2,lead,2026-05-01\nD2,offer,2026-07-02\n"
    files = write("opportunities.csv", f"opportunity_id,account_id,created_on\n{deals}"), write("stage_events.csv", f"opportunity_id,stage,entered_on\n{events}")
    import_files(files, store)
    queries = (
        "select opportunity_id, spell, before_number, began_on, stood_on, left_on, next_stage, next_number from visible_stage_spells order by all",
        "select * from visible_prospect_stays order by all",
    )
    now = [rows(store, query.replace("visible_", "")) for query in queries]
    with duckdb.connect(str(store.current_path())) as con:
        as_of_layout_8(con)
        con.execute("drop table prospect_stays")
        con.execute("update generation set layout = 8")
    assert [store.reader().cursor_for(EVERYBODY).execute(query).fetchall() for query in queries] == now
    assert [row[:5] for row in now[0]] == [
        ("D1", 0, None, date(2026, 2, 1), None), ("D1", 1, None, date(2026, 3, 2), date(2026, 4, 1)), ("D1", 2, 1, date(2026, 5, 4), date(2026, 7, 1)),
        ("D2", 1, None, date(2026, 6, 1), date(2026, 7, 1)), ("D2", 2, 1, date(2026, 7, 2), date(2026, 10, 1)), ("D3", 0, None, date(2026, 6, 1), date(2026, 7, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(("layout", "taken_off"), [(8, as_of_layout_8), (9, as_of_layout_9)])
def test_a_store_without_the_roll_up_of_accounts_stages_finds_them_in_the_stays(load, store, write, layout, taken_off):
    """D1 stands in lead on two occasions, from its creation; D2 belongs to nobody, D3 never came to a stage."""
    load(LINES)
    deals = write("opportunities.csv", "opportunity_id,account_id,created_on\nD1,A1,2026-02-03\nD2,,2026-02-01\nD3,A2,2026-02-01\nD4,A1,2026-01-01\n")
    events = "D1,lead,2026-02-01\nD1,offer,2026-03-02\nD1,lead,2026-04-01\nD2,won,2026-02-09\nD4,offer,2026-01-09\n"
    import_files([deals, write("stage_events.csv", f"opportunity_id,stage,entered_on\n{events}")], store)
    now = rows(store, "select * from account_first_stage order by all")
    with duckdb.connect(str(store.current_path())) as con:
        taken_off(con)
        con.execute(f"update generation set layout = {layout}")
    assert store.reader().cursor_for(EVERYBODY).execute("select * from visible_account_first_stage order by all").fetchall() == now
    assert [row[2:] for row in now] == [(1, date(2026, 1, 9)), (2, date(2026, 2, 3))]


def test_a_layout_that_nobody_knows_is_refused(load, store):
    load(LINES)
    with duckdb.connect(str(store.current_path())) as con:
        con.execute("update generation set layout = 2")
    with pytest.raises(StoreDamaged):
        store.reader()


def test_a_coordinate_off_the_globe_is_rejected(load, store, write):
    result = import_files([write("accounts.csv", "account_id,account,latitude,longitude\nA1,Alfa,91,0\nA2,Beta,-90,180\n")], store)
    assert reasons(result, "accounts") == {"out_of_range": 1}
