"""The tables as the contract wants them: counts, types, keys, references, and the same for the same seed."""

import io
from datetime import date

import numpy as np
import polars as pl
import pytest

from data.contract import TABLES, Column, Table
from data.demo import demo_tables
from data.demo.places import COORDINATES
from tests.data.demo import MONTHS, Tables

KINDS = {
    "id": {pl.String},
    "text": {pl.String},
    "choice": {pl.String},
    "date": {pl.Date},
    "month": {pl.Date},
    "flag": {pl.Boolean},
}
NUMBERS = {"money": {pl.Decimal(18, 4)}, "number": {pl.Float64, pl.Int64}}


def bytes_of(tables: Tables) -> list[bytes]:
    written = []
    for frame in tables.values():
        file = io.BytesIO()
        frame.write_ipc(file)
        written.append(file.getvalue())
    return written


def test_the_same_seed_gives_the_same_bytes():
    assert bytes_of(demo_tables(3_000, seed=3)) == bytes_of(demo_tables(3_000, seed=3))


def test_another_seed_gives_another_brewery():
    one, other = demo_tables(3_000, seed=3), demo_tables(3_000, seed=4)
    assert not one["transactions"].equals(other["transactions"])
    assert not one["accounts"].equals(other["accounts"])


@pytest.mark.parametrize("lines", [1, 2, 57, 4_999, 60_001])
def test_the_number_of_lines_is_exact_and_changes_no_other_count_of_things(lines: int, tables: Tables):
    made = demo_tables(lines)
    assert made["transactions"].height == lines
    for name in ("accounts", "products", "salespeople", "opportunities", "programmes", "contacts", "development_plans"):
        assert made[name].height == tables[name].height


def test_a_demo_without_lines_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        demo_tables(0)


def test_the_constructed_counts_are_exact(tables: Tables):
    counted = tables["accounts"].group_by("kind").len().sort("kind")
    kinds = dict(counted.iter_rows())
    assert (tables["regions"].height, tables["regions"]["parent_region_id"].drop_nulls().len()) == (14, 12)
    assert (tables["salespeople"].height, tables["products"].height) == (60, 80)
    assert tables["products"]["category"].n_unique() == 6
    assert (kinds["distributor"], kinds["direct"]) == (400 + 180, 40)
    assert kinds["wholesaler"] > 520 and kinds["outlet"] > 1_500
    assert tables["opportunities"].height == 6_000
    assert tables["development_plans"].height == 47 * MONTHS * 2
    assert tables["programmes"].height == 9 * 2 * 5


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_filled_with_the_contracts_columns_in_its_types(name: str, tables: Tables):
    table, frame = TABLES[name], tables[name]
    assert frame.height > 0
    assert frame.columns == [column.name for column in table.columns]
    for column in table.columns:
        assert frame.schema[column.name] in (KINDS | NUMBERS)[column.kind], column.name


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_value_is_one_that_the_contract_accepts(table: Table, tables: Tables):
    frame = tables[table.name]
    for column in table.columns:
        check_column(column, frame[column.name])
    if table.one_of:
        assert frame.select(pl.any_horizontal(pl.col(table.one_of).is_not_null()).all()).item()


def check_column(column: Column, values: pl.Series) -> None:
    known = values.drop_nulls()
    assert not column.required or values.null_count() == 0, column.name
    assert not column.choices or set(known.unique()) <= set(column.choices), column.name
    assert column.minimum is None or known.min() is None or known.min() >= column.minimum, column.name
    assert column.maximum is None or known.max() is None or known.max() <= column.maximum, column.name
    if values.dtype == pl.String:
        assert (known.str.strip_chars() == known).all() and (known != "").all(), column.name
    if column.kind == "month":
        assert (known.dt.day() == 1).all(), column.name


@pytest.mark.parametrize("table", [table for table in TABLES.values() if table.key], ids=lambda table: table.name)
def test_every_key_is_unique(table: Table, tables: Tables):
    assert tables[table.name].select(table.key).is_duplicated().sum() == 0


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_reference_finds_its_row(table: Table, tables: Tables):
    for column in table.columns:
        if column.refers_to:
            found = tables[column.refers_to][TABLES[column.refers_to].key[0]]
            assert tables[table.name][column.name].drop_nulls().is_in(found.implode()).all(), column.name


def test_addresses_lie_in_their_city(tables: Tables):
    placed = tables["accounts"].filter(pl.col("latitude").is_not_null())
    assert 0.85 < placed.height / tables["accounts"].height < 0.92
    assert placed["longitude"].null_count() == placed["city"].null_count() == 0
    middle = np.array([COORDINATES[city] for city in placed["city"]])
    away = placed.select("latitude", "longitude").to_numpy() - middle
    assert 0.02 < away.std() < 0.03 and np.abs(away).max() < 0.15


def test_plans_are_nearly_met_by_openings(tables: Tables):
    planned = tables["development_plans"]["planned_developments"].sum()
    below = tables["accounts"].filter(pl.col("kind").is_in(["outlet", "wholesaler"]))
    opened = below.filter(pl.col("opened_on") >= date(2021, 11, 1)).height
    assert 0.75 < opened / planned < 1.0


def test_rebate_schemes_are_retroactive_and_marginal_with_rising_tiers(tables: Tables):
    schemes = tables["rebates"].sort("scheme_id", "account_id", "from_value")
    assert set(schemes["retrospective"]) == {True, False}
    assert set(schemes["measure"]) == {"net_sales", "quantity", "volume", "growth", "cumulative"}
    steps = schemes.group_by("scheme_id", "account_id").agg(pl.col("rate").diff().min().alias("step"), pl.len())
    assert steps["step"].min() > 0 and steps["len"].min() >= 2
