"""Generations that an older version made are read and built upon; and accounts' coordinates as they come in."""

import duckdb
import pytest

from data.errors import StoreDamaged
from data.imports.run import import_files
from tests.builders import EVERYBODY
from tests.data.imports.conftest import reasons, rows

LINES = "1,2026-03-04,A1,P1,2,10.00\n2,2026-04-04,A2,P1,1,5.00\n"


def test_a_store_without_coordinates_is_read_and_built_upon(load, store, write):
    load(LINES)
    with duckdb.connect(str(store.current_path())) as con:
        con.execute("alter table accounts drop column latitude")
        con.execute("alter table accounts drop column longitude")
        con.execute("drop table stage_moves")
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


def test_a_layout_that_nobody_knows_is_refused(load, store):
    load(LINES)
    with duckdb.connect(str(store.current_path())) as con:
        con.execute("update generation set layout = 2")
    with pytest.raises(StoreDamaged):
        store.reader()


def test_a_coordinate_off_the_globe_is_rejected(load, store, write):
    result = import_files([write("accounts.csv", "account_id,account,latitude,longitude\nA1,Alfa,91,0\nA2,Beta,-90,180\n")], store)
    assert reasons(result, "accounts") == {"out_of_range": 1}
