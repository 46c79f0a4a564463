"""Every column that people see has a name in their language and a unit."""

import polars as pl
import pytest

from charts import labels
from charts.columns import _SECTIONS, column_label, column_unit, has_label
from data import language
from data.contract import TABLES
from measures.metrics import METRICS


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_the_contract_has_a_name(table: str) -> None:
    assert [column.name for column in TABLES[table].columns if not has_label(column.name)] == []


def test_a_metrics_column_is_called_like_the_metric() -> None:
    language.use("es")
    assert column_label("net_sales") == "Ventas netas"


def test_a_column_has_one_name_whichever_table_shows_it() -> None:
    told = {(name, label) for section in _SECTIONS for name, label in section.LABELS.items()}
    told |= {(name, METRICS[name].label) for name, _label in told if name in METRICS}
    names = [name for name, _label in told]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize(
    ("column", "unit"),
    [("net_sales", "money"), ("previous_net_sales", "money"), ("won_in_time_rate", "rate"), ("entered", "count"), ("stuck_days", "days"), ("stuck_percentile", "number"), ("p_value", "p_value")],
)
def test_a_columns_unit_follows_from_its_name(column: str, unit: str) -> None:
    assert column_unit(column) == unit


def test_codes_in_a_table_are_written_in_the_readers_language() -> None:
    language.use("es")
    frame = pl.DataFrame({"from": ["large", None], "to": ["small", "large"]})
    assert labels.worded(frame, "from", "to").rows() == [("Grande", "Pequeño"), ("–", "Grande")]
