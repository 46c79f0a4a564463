"""The Australian beer series of the real data sets; tests that need it skip where the data is absent."""

import csv
import io
import os
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

REAL_DATA = Path(os.environ.get("CARTERA_REAL_DATA", Path(__file__).resolve().parents[2].parent / "shared" / "data"))


class Beer(NamedTuple):
    """Megalitres by month, January 1956 to August 1995."""

    months: np.ndarray
    values: np.ndarray


@pytest.fixture(scope="session")
def beer() -> Beer:
    """The whole series, 476 months. Its month label 1956.1 is October, so months are counted from the first one."""
    archive = REAL_DATA / "beer_cdnow_iowa.zip"
    if not archive.exists():
        pytest.skip(f"real data not found at {archive}: set CARTERA_REAL_DATA")
    with zipfile.ZipFile(archive) as opened:
        name = next(name for name in opened.namelist() if name.endswith("monthly-beer-production-in-austr.csv"))
        rows = list(csv.reader(io.StringIO(opened.read(name).decode())))[1:]
    values = np.array([float(row[1]) for row in rows])
    return Beer(np.datetime64("1956-01", "M") + np.arange(len(values)), values)
