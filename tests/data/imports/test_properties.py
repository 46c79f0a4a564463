import tempfile
from decimal import Decimal
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.imports.run import prepared, silent
from data.store import Store
from tests.data.imports.conftest import ACCOUNTS, HEADER, PRODUCTS

AMOUNTS = st.one_of(st.decimals(-9999, 9999, places=2).map(str), st.sampled_from(["", "x", "1..2"]))
LINES = st.lists(
    st.tuples(
        st.integers(1, 12).map(str),
        st.sampled_from(["2026-03-04", "2026-02-31", "", "soon"]),
        st.sampled_from(["A1", "A2", "A9", ""]),
        AMOUNTS,
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)


def as_line(row):
    number, day, account, amount, is_short = row
    return f"{number},{day},{account}" if is_short else f"{number},{day},{account},P1,1,{amount}"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_rows_in_are_loaded_or_rejected_and_so_is_their_money(lines):
    # A last good line keeps the file from being refused as a whole when most lines are cut short.
    lines = [*lines, *((str(100 + n), "2026-03-04", "A1", "1.50", False) for n in range(len(lines) + 1))]
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("accounts", ACCOUNTS), ("products", PRODUCTS), ("transactions", HEADER + "\n".join(map(as_line, lines)))):
            Path(folder, f"{name}.csv").write_text(content, encoding="utf-8")
        store = Store.at(Path(folder) / "store")
        with prepared([Path(folder) / f"{name}.csv" for name in ("accounts", "products", "transactions")], store, None, None, silent, None) as ready:
            (file,) = [file for file in ready.files if file.table == "transactions"]
            loaded = ready.con.execute("select coalesce(sum(net_amount), 0) from staged.transactions").fetchall()[0][0]
            rejected = rejected_amounts(ready.con)
    assert file.rows_in == file.rows_loaded + file.rows_rejected == len(lines)
    readable = [amount for *_rest, amount, is_short in lines if not is_short and amount not in ("", "x", "1..2")]
    assert loaded + rejected == sum(map(Decimal, readable))


def rejected_amounts(con: duckdb.DuckDBPyConnection) -> Decimal:
    amount = "try_cast(row_json::json->>'net_amount' as decimal(18, 4))"
    return con.execute(f"select coalesce(sum({amount}), 0) from staged.rejected_rows where table_name = 'transactions'").fetchall()[0][0]
