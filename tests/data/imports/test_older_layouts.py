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
        con.execute("update generation set layout = 3")
    cursor = store.reader().cursor_for(EVERYBODY)
    assert cursor.execute("select account_id, latitude from visible_accounts order by 1").fetchall() == [("A1", None), ("A2", None)]
    import_files([write("customers.csv", "account_id,account,lat,lng\nA1,Alfa,36.72,-4.42\n")], store)
    assert rows(store, "select account_id, latitude, longitude from accounts order by 1") == [("A1", 36.72, -4.42), ("A2", None, None)]


def test_a_layout_that_nobody_knows_is_refused(load, store):
    load(LINES)
    with duckdb.connect(str(store.current_path())) as con:
        con.execute("update generation set layout = 2")
    with pytest.raises(StoreDamaged):
        store.reader()


def test_a_coordinate_off_the_globe_is_rejected(load, store, write):
    result = import_files([write("accounts.csv", "account_id,account,latitude,longitude\nA1,Alfa,91,0\nA2,Beta,-90,180\n")], store)
    assert reasons(result, "accounts") == {"out_of_range": 1}
