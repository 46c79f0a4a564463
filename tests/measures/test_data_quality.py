"""Rows, gaps, freshness and rejects of a small store."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from data.access import NOBODY, Viewer
from data.contract import TABLES
from data.imports.run import import_files
from data.store import Store
from measures.data_quality import THRESHOLDS, DataQuality, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, lines, make_store

LEAD = Viewer("n@x", "North", "lead", ("N",))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = make_store(
        tmp_path_factory.mktemp("quality"),
        regions=[{"region_id": "N", "region": "North"}],
        accounts=[
            {"account_id": "a", "account": "A", "region_id": "N", "city": "León"},
            {"account_id": "b", "account": "B", "region_id": "N"},
            {"account_id": "c", "account": "C"},
            {"account_id": "d", "account": "D"},
        ],
        products=[{"product_id": "p", "product": "Lager"}],
        transactions=lines(
            (date(2026, 1, 5), "a", "p", 1, 10, 6), (date(2026, 1, 6), "b", "p", 1, 10), (date(2026, 1, 20), "c", "p", 1, 10)
        ),
        contacts=[
            {"contact_id": "1", "account_id": "a", "name": "Ana", "role": "decision maker"},
            {"contact_id": "2", "account_id": "a", "name": "Abel", "role": "decision maker"},
            {"contact_id": "3", "account_id": "b", "name": "Bea", "role": "user"},
            {"contact_id": "4", "account_id": "d", "name": "Dan", "role": "decision maker"},
        ],
        activities=[{"activity_id": "v", "happened_on": date(2026, 1, 10), "account_id": "a"}],
    )
    with duckdb.connect(str(made.path_of(1))) as con:
        con.execute(
            """insert into rejected_rows (source_key, table_name, file_name, row_number, reasons) values
            (6, 'transactions', 'jan.csv', 2, ['unknown account']),
            (6, 'transactions', 'jan.csv', 3, ['unknown account', 'text in a number'])"""
        )
    return made


def asked(store: Store, viewer: Viewer = EVERYBODY, filters: Filters = Filters()) -> DataQuality:
    return answer(ask_as(store, viewer), filters, cuts(THRESHOLDS))


def rows_of(found: DataQuality) -> dict[str, tuple[int, int | None]]:
    return {row["table"]: (row["rows"], row["rejected"]) for row in found.tables.to_dicts()}


def test_every_contract_table_is_counted_with_its_rejects(store: Store) -> None:
    rows = rows_of(asked(store))
    assert list(rows) == list(TABLES)
    assert (rows["accounts"], rows["transactions"], rows["wallet"]) == ((4, 0), (3, 2), (0, 0))


def test_a_lead_counts_their_own_rows_and_knows_nothing_of_rejects(store: Store) -> None:
    found = asked(store, LEAD)
    rows = rows_of(found)
    assert (rows["accounts"], rows["transactions"]) == ((2, None), (2, None))
    assert found.rejects.is_empty()


def test_missing_values_are_counted_per_column(store: Store) -> None:
    missing = asked(store).missing
    city = missing.row(by_predicate=(pl.col("table") == "accounts") & (pl.col("column") == "city"), named=True)
    assert (city["missing"], city["share"]) == (3, 0.75)
    cost = missing.row(by_predicate=(pl.col("table") == "transactions") & (pl.col("column") == "cost_amount"), named=True)
    assert (cost["missing"], cost["rows"]) == (2, 3)


def test_every_optional_column_of_the_contract_is_looked_at(store: Store) -> None:
    looked_at = set(ask_as(store)("quality/filled", Filters()).select("table_name", "column_name").drop_nulls().iter_rows())
    optional = {(table.name, column.name) for table in TABLES.values() for column in table.columns if not column.required}
    assert looked_at == optional


def test_a_reason_counts_its_rows(store: Store) -> None:
    rejects = asked(store).rejects.select("table", "file_name", "reason", "rows").rows()
    assert rejects == [("transactions", "jan.csv", "unknown account", 2), ("transactions", "jan.csv", "text in a number", 1)]


def test_freshness_tells_how_far_a_table_lags_behind_the_data(store: Store) -> None:
    found = asked(store).freshness
    behind = {row["table"]: (row["sender"], row["last_on"], row["days_behind"]) for row in found.to_dicts()}
    assert behind["transactions"] == ("test", date(2026, 1, 20), 0)
    assert behind["activities"] == ("test", date(2026, 1, 10), 10)
    assert behind["accounts"] == ("test", None, None)


def test_decision_makers_are_known_where_a_buying_account_has_one(store: Store) -> None:
    found = asked(store)
    assert found.decision_makers.select("region_id", "accounts", "known").rows() == [("N", 2, 1), (None, 1, 0)]
    assert found.decision_maker_rate == pytest.approx(1 / 3)
    assert asked(store, filters=Filters(from_date=date(2026, 1, 20))).decision_maker_rate == 0.0


def test_without_any_contact_nobody_knows_how_many_decision_makers_are_known(tmp_path) -> None:
    bare = make_store(
        tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=[{"product_id": "p", "product": "P"}], transactions=lines((date(2026, 1, 5), "a", "p", 1, 10))
    )
    found = asked(bare)
    assert found.decision_maker_rate is None
    assert found.decision_makers["known"].to_list() == [None]


def test_a_stranger_gets_typed_empty_tables(store: Store) -> None:
    found = asked(store, NOBODY)
    assert found.tables["rows"].sum() == 0
    assert found.freshness.is_empty()
    assert found.decision_maker_rate is None


def test_rows_that_no_file_lists_are_told_to_who_sees_the_files(tmp_path: Path) -> None:
    files = {
        "regions": "region_id,region\nN,North\n", "products": "product_id,product\np,Lager\n",
        "accounts": "account_id,account,region_id,salesperson_id\na,A,N,ana\nb,B,S,ana\nc,C,W,ana\n",
        "transactions": "transaction_id,sold_on,account_id,product_id,quantity,net_amount\n1,2026-01-05,a,p,1,10\n",
    }  # fmt: skip
    paths = [tmp_path / f"{name}.csv" for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    made = Store.at(tmp_path / "store")
    import_files(paths, made)

    def told(viewer: Viewer) -> dict[str, tuple[int, int | None]]:
        return {row["table"]: (row["rows"], row["inferred"]) for row in asked(made, viewer).tables.to_dicts() if row["table"] in ("regions", "salespeople", "accounts")}

    assert told(EVERYBODY) == {"regions": (3, 2), "salespeople": (1, 1), "accounts": (3, None)}
    assert told(LEAD)["regions"] == (1, None)
