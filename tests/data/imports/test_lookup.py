"""What a mapping looks up in another file of the same import."""

from collections.abc import Callable
from pathlib import Path

from data.imports.mapping import Mapping
from data.imports.run import import_files
from data.store import Store
from tests.data.imports.conftest import rows

PRICED = Mapping.from_toml("""
[[tables]]
table = "products"
file = "products.csv"
[tables.columns]
product_id = "name"
product = "name"

[[tables]]
table = "accounts"
file = "deals.csv"
distinct = true
[tables.columns]
account_id = "customer"
account = "customer"

[[tables]]
table = "opportunities"
file = "deals.csv"
[tables.columns]
opportunity_id = "deal"
account_id = "customer"
created_on = "day"
expected_amount = { source = "item", values = { PaleAle = "Pale Ale" }, empty = ["?"], lookup = { file = "products.csv", key = "name", value = "price" } }
""")


def test_a_cell_is_translated_before_it_is_looked_up(write: Callable[..., Path], store: Store) -> None:
    prices = write("products.csv", "name,price\nPale Ale,12.50\nStout,9.00\n?,1.00\n")
    deals = write("deals.csv", "deal,customer,day,item\nD1,Alfa,2026-03-01,PaleAle\nD2,Alfa,2026-03-02,Stout\nD3,Alfa,2026-03-03,?\n")
    import_files([prices, deals], store, PRICED)
    assert rows(store, "select opportunity_id, expected_amount::double from opportunities order by 1") == [("D1", 12.5), ("D2", 9.0), ("D3", None)]
