"""The demo brewery, made once for all its tests."""

import numpy as np
import polars as pl
import pytest

from data.demo import demo_tables, demo_truth
from data.demo.places import REGIONS, seasonal_index
from tests.data.demo import LINES, Tables


@pytest.fixture(scope="package")
def tables() -> Tables:
    return demo_tables(LINES)


@pytest.fixture(scope="package")
def truth() -> pl.DataFrame:
    return demo_truth()


@pytest.fixture(scope="package")
def months(tables: Tables) -> pl.Series:
    """The first days of the five years' months."""
    return tables["transactions"]["sold_on"].dt.truncate("1mo").unique().sort()


@pytest.fixture(scope="package")
def volume(tables: Tables, truth: pl.DataFrame, months: pl.Series) -> np.ndarray:
    """Net volume in hl of each buyer (in the order of the truth) and month."""
    hl = pl.col("quantity") * pl.col("unit_volume")
    lines = (
        tables["transactions"].join(tables["products"], on="product_id").with_columns(month=pl.col("sold_on").dt.truncate("1mo"))
    )
    wide = lines.group_by("account_id", "month").agg(hl.sum()).pivot("month", index="account_id", values="quantity")
    rows = truth.select("account_id").join(wide, on="account_id", how="left", maintain_order="left")
    return rows.select(str(month) for month in months).fill_null(0).to_numpy()


@pytest.fixture(scope="package")
def level(volume: np.ndarray, truth: pl.DataFrame, months: pl.Series) -> np.ndarray:
    """The same without the season that was constructed."""
    index = {region.region_id: seasonal_index(region) for region in REGIONS}
    season = np.array([index[region_id] for region_id in truth["region_id"]])[:, months.dt.month().to_numpy() - 1]
    return volume / season ** truth["amplitude"].to_numpy()[:, None]
