"""Every answer can be had from the shell."""

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from data.store import Store
from measures import request
from measures.__main__ import main
from measures.registry import ANSWERS, all_thresholds
from measures.thresholds import THRESHOLDS
from tests.builders import lines, make_store

OF_ONE_ACCOUNT = ("account", "account_market")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One account that buys one product every month of three years."""
    months = [date(year, month, 15) for year in (2023, 2024, 2025) for month in range(1, 13)]
    return make_store(
        tmp_path_factory.mktemp("shell"),
        accounts=[{"account_id": "a", "account": "Bar A"}],
        products=[{"product_id": "p", "product": "Pale"}],
        transactions=lines(*[(day, "a", "p", 10, 100.0) for day in months]),
    )


@pytest.mark.parametrize("name", ANSWERS)
def test_the_thresholds_of_an_answer_and_of_its_parts_exist(name: str) -> None:
    assert set(all_thresholds(ANSWERS[name])) <= THRESHOLDS.keys()


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_printed(store: Store, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    about = ["--account", "a"] if name in OF_ONE_ACCOUNT else []
    assert main([name, "--store", str(store.root), "--format", "json", *about]) == 0
    assert f'"answer": "{name}"' in capsys.readouterr().out


def test_an_unknown_answer_is_refused_with_those_that_exist(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing", "--store", str(store.root)]) == 2
    assert "value_pyramid" in capsys.readouterr().err


def test_a_journal_that_cannot_be_opened_is_told_with_the_remedy(store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def read_only(_path: Path) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(request, "Journal", read_only)
    assert main(["overview", "--store", str(store.root)]) == 2
    assert capsys.readouterr().err.startswith("The store cannot be written.")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_sums_of_cents_are_printed_in_cents(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """0.1 + 0.7 is 0.7999999999999999 to a computer."""
    store = make_store(
        tmp_path,
        accounts=[{"account_id": "a", "account": "Bar A"}],
        products=[{"product_id": "p", "product": "Pale"}],
        transactions=lines((date(2025, 1, 15), "a", "p", 1, 0.1), (date(2025, 2, 15), "a", "p", 1, 0.7)),
    )
    main(["overview", "--store", str(store.root), "--format", form])
    printed = capsys.readouterr().out
    value = json.loads(printed)["tables"]["kpis"][0]["value"] if form == "json" else float(printed.splitlines()[2].split(",")[1])
    assert repr(value) == "0.8"
