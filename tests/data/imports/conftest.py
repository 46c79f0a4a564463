"""A small company on disk: two accounts, two products, and the order lines that a test writes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data.imports import check
from data.imports.result import ImportResult
from data.imports.run import import_files
from data.store import Store

ACCOUNTS = "account_id,account\nA1,Alfa\nA2,Beta\n"
PRODUCTS = "product_id,product\nP1,Lager\nP2,Stout\n"
HEADER = "transaction_id,sold_on,account_id,product_id,quantity,net_amount\n"


@pytest.fixture(autouse=True)
def import_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every import here happens on the last day of 2026."""
    monkeypatch.setattr(check, "import_day", lambda: date(2026, 12, 31))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.at(tmp_path / "store")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """write("sales.csv", text) → its path; bytes are written as they are."""

    def put(name: str, content: str | bytes, folder: str = "files") -> Path:
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


@pytest.fixture
def load(store: Store, write: Callable[..., Path]) -> Callable[..., ImportResult]:
    """load(lines) imports the two masters and order lines under the usual header."""

    def run(lines: str | bytes, header: str = HEADER, **options: object) -> ImportResult:
        content = lines if isinstance(lines, bytes) else header + lines
        paths = [write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), write("transactions.csv", content)]
        return import_files(paths, store, **options)

    return run


def rows(store: Store, query: str) -> list[tuple]:
    """The rows of a query over the current generation's tables."""
    with duckdb.connect(str(store.current_path()), read_only=True) as con:
        return con.execute(query).fetchall()


def reasons(result: ImportResult, table: str = "transactions") -> dict[str, int]:
    """Reason code → rows."""
    return {code: count for name, code, count in result.reasons if name == table}


def counts(result: ImportResult, table: str = "transactions") -> tuple[int, int, int]:
    """Rows in, loaded, rejected of a table."""
    files = [file for file in result.files if file.table == table]
    return sum(f.rows_in for f in files), sum(f.rows_loaded for f in files), sum(f.rows_rejected for f in files)
