"""The Australian beer series of the real data sets."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest


class Beer(NamedTuple):
    """Megalitres by month, January 1956 to August 1995."""

    months: np.ndarray
    values: np.ndarray


@pytest.fixture(scope="session")
def beer(real_data: Callable[[str], Path]) -> Beer:
    """The whole series, 476 months. Its month label 1956.1 is October, so months are counted from the first one."""
    path = real_data("beer_cdnow_iowa") / "beer" / "monthly-beer-production-in-austr.csv"
    rows = list(csv.reader(path.read_text().splitlines()))[1:]
    values = np.array([float(row[1]) for row in rows])
    return Beer(np.datetime64("1956-01", "M") + np.arange(len(values)), values)
