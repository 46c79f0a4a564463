import pytest

from data.contract import TABLES
from data.errors import ImportRefused
from data.imports import mapping, matching
from data.imports.mapping import Mapping


@pytest.mark.parametrize("name", mapping.shipped_names())
def test_a_mapping_survives_the_way_to_toml_and_back(name):
    loaded = mapping.load(name)
    again = Mapping.from_toml(loaded.to_toml(), name)
    assert again == loaded
    assert again.signature == loaded.signature


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[tables]\n", "not TOML"),
        ('[[tables]]\ntable = "sales"\n', "no table “sales”"),
        ('[[tables]]\ntable = "regions"\n[tables.columns]\nregion_id = "a"\n', "region"),
        ('[[tables]]\ntable = "regions"\n[tables.columns]\nregion_id = "a"\nregion = "b"\nregoin = "c"\n', "did you mean “region"),
        ('[[tables]]\ntable = "regions"\n[tables.columns]\nregion_id = { soruce = "a" }\nregion = "b"\n', "did you mean “source”"),
        ('[[tables]]\ntable = "regions"\n[tables.columns]\nregion_id = { source = "a", constant = "b" }\nregion = "b"\n', "exactly one"),
        ("tables = 3\n", "list"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused_with_the_place(text, said):
    with pytest.raises(ImportRefused, match=said):
        Mapping.from_toml(text)


def test_a_mapping_that_is_not_there_names_those_that_are():
    with pytest.raises(ImportRefused, match="online_retail"):
        mapping.load("nothing.toml")


def test_headings_are_matched_by_name_alias_and_slip_of_a_letter():
    match = matching.match_table(TABLES["transactions"], ["Transaction ID", "Fecha", "acount_id", "Artículo", "Qty", "Net amount (EUR)"])
    assert match.is_complete
    assert match.columns["account_id"] == "acount_id"
    assert match.columns["net_amount"] == "Net amount (EUR)"


def test_of_a_code_and_a_name_the_code_is_the_id():
    lines = ["Nº línea", "Fecha", "Código cliente", "Cliente", "Cod. de artículo", "Artículo", "Cantidad", "Importe neto"]
    match = matching.match_table(TABLES["transactions"], lines)
    assert (match.columns["account_id"], match.columns["product_id"]) == ("Código cliente", "Cod. de artículo")
    named = matching.match_table(TABLES["accounts"], ["Código cliente", "Cliente"])
    assert (named.columns["account_id"], named.columns["account"]) == ("Código cliente", "Cliente")


def test_two_headings_for_one_column_are_not_chosen_between():
    with pytest.raises(ImportRefused, match="sold_on.*could be any of"):
        matching.section_for("transactions.csv", ["transaction_id", "date", "order date", "account_id", "product_id", "quantity", "net_amount"])


def test_a_refusal_names_what_was_understood_and_what_is_nearest():
    with pytest.raises(ImportRefused) as refusal:
        matching.section_for("accounts.csv", ["account_id", "acc name"])
    assert "account_id = “account_id”" in refusal.value.message
    assert "nearest: acc name" in refusal.value.message


def test_lines_that_name_their_products_are_not_a_list_of_products():
    with pytest.raises(ImportRefused):
        matching.section_for("export.csv", ["InvoiceNo", "StockCode", "Description", "Quantity", "Day", "UnitPrice", "Cust", "Country"])


@pytest.mark.parametrize(
    ("file", "table"),
    [("transactions_2025.csv", "transactions"), ("Ventas enero.xlsx", "transactions"), ("stage_events.csv", "stage_events"), ("x.csv", None)],
)
def test_a_file_name_tells_its_table(file, table):
    assert matching.table_of_name(file) == table
