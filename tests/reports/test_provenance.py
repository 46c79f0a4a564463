"""What a handed-out file says of itself: whose money it is in, above all."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data import language
from data.journal import Journal
from measures.request import requested
from reports.__main__ import _parser as parser
from reports.__main__ import deck
from reports.provenance import provenance
from tests.builders import EVERYBODY, lines, make_store


@pytest.mark.parametrize(("lang", "heading"), [("en", "Currency"), ("es", "Moneda")])
def test_a_file_with_amounts_names_their_currency(lang: str, heading: str) -> None:
    language.use(lang, "BRL")
    assert provenance(EVERYBODY, None, [pl.DataFrame({"account": ["Bar A"]}), pl.DataFrame({"net_sales": [1234.5]})])[0] == (heading, "BRL")


def test_a_file_without_amounts_names_none() -> None:
    assert "Currency" not in dict(provenance(EVERYBODY, None, [pl.DataFrame({"account": ["Bar A"], "orders": [3]})]))


def test_the_shell_writes_amounts_in_the_stores_currency_and_names_it(tmp_path: Path) -> None:
    store = make_store(
        tmp_path, accounts=[{"account_id": "a", "account": "Bar A"}], products=[{"product_id": "p", "product": "Pale"}],
        transactions=lines((date(2025, 1, 15), "a", "p", 10, 1234.0)),
    )  # fmt: skip
    Journal(store.journal_path).save_setting("currency", "BRL", by="ana")
    options = parser().parse_args(["overview", "--store", str(store.root), "--from", "2025-01-01", "--to", "2025-02-01"])
    made = deck(requested(options), options)
    assert dict(made.stated)["Currency"] == "BRL"
    assert "R$1.2K" in made.slides[0].finding
