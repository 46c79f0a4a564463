"""Texts that a mapping says are whole numbers: a customer without a name is called by its number, as its code is written."""

from data.imports.mapping import Mapping
from data.imports.run import import_files
from tests.data.imports.conftest import PRODUCTS, rows

NUMBERED = Mapping.from_toml(
    """[[tables]]
table = "accounts"
file = "customers.csv"
[tables.columns]
account_id = { source = "no", format = "whole" }
account = { source = "no", format = "whole" }
city = "no"
""",
    "numbered",
)


def test_a_name_that_is_a_number_is_written_like_its_code(store, write):
    import_files([write("customers.csv", "no\n17850.0\n13047.0\n"), write("products.csv", PRODUCTS)], store, NUMBERED)
    assert rows(store, "select account_id, account, city from accounts order by 1") == [("13047", "13047", "13047.0"), ("17850", "17850", "17850.0")]
