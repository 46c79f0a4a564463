"""What people of the brewery state about its market: how many outlets and wholesalers there are, region by region.

The accounts that the brewery knows are a part of them. Two regions are not stated, and two channels that nobody sells to yet are.
"""

import numpy as np
import polars as pl

from data.demo.chance import stream

SOURCES = {"outlet": "Censo de hostelería y comercio 2025", "wholesaler": "Guía de mayoristas 2025"}
TIMES = {"outlet": (1.8, 4.5), "wholesaler": (1.1, 1.9)}
"""How many times the accounts known there are, lowest and highest."""

UNSTATED = ("R-06", "R-11")
UNTAPPED = (("R-01", "Estadios y teatros", 64, "Registro de recintos 2025"), ("R-07", "Aerolíneas", 9, "Dirección de aviación civil"))


def universe_statements(seed: int, accounts: pl.DataFrame) -> list[tuple[str, dict[str, object]]]:
    """(region_id, content of a record) for each region and channel of outlets and wholesalers."""
    rng = stream(seed, "universe")
    below = accounts.filter(pl.col("kind").is_in(list(TIMES)), ~pl.col("region_id").is_in(UNSTATED))
    counted = below.group_by("region_id", "channel", "kind").len().sort("region_id", "channel")
    found = [(region, _content(channel, _rounded(known * rng.uniform(*TIMES[kind])), SOURCES[kind])) for region, channel, kind, known in counted.iter_rows()]
    return found + [(region, _content(channel, count, source)) for region, channel, count, source in UNTAPPED]


def _content(channel: str, accounts: int, source: str) -> dict[str, object]:
    return {"channel": channel, "accounts": accounts, "source": source}


def _rounded(count: float) -> int:
    return int(np.ceil(count / 5) * 5)
