"""Scores of prospects, and of the new buyers as they stood before they signed."""

import numpy as np
import polars as pl

from data.demo.buyers import Buyers
from data.demo.chance import stream
from data.demo.network import Network
from data.demo.span import MONTHS, Span

INDICATORS = (
    "strength and scale", "management", "network", "buyers' purchasing power", "marketing", "growth", "our comparative advantage",
    "strategic importance",
)  # fmt: skip
MISSING_SHARE = 0.09


def _scores(ids: np.ndarray, quality: np.ndarray, days: np.ndarray, rng: np.random.Generator) -> pl.DataFrame:
    """One score for each account and indicator, some missing: what is good in one respect tends to be so in others."""
    score = np.clip(50 + 15 * quality[:, None] + rng.normal(0, 13, (len(ids), len(INDICATORS))), 0, 100).round()
    row, column = np.nonzero(rng.random(score.shape) >= MISSING_SHARE)
    return pl.DataFrame(
        {
            "account_id": ids[row].tolist(),
            "indicator": [INDICATORS[number] for number in column],
            "score": score[row, column],
            "scored_on": pl.Series(days[row]),
        }
    )


def prospect_scores_table(seed: int, span: Span, buyers: Buyers, network: Network) -> pl.DataFrame:
    """The contract table: prospects were scored once or, a third of them, a second time; new buyers before their first order."""
    rng = stream(seed, "prospect scores")
    ids = network.prospects.ids
    quality = rng.normal(0, 0.9, len(ids))
    first = span.some_workdays(rng.integers(MONTHS - 30, MONTHS - 8, len(ids)), rng)
    again = np.flatnonzero(rng.random(len(ids)) < 0.33)
    second = span.some_workdays(rng.integers(MONTHS - 7, MONTHS, len(again)), rng)
    new = np.flatnonzero(buyers.pattern == "new")
    before = span.first_days[buyers.start[new]] - rng.integers(90, 200, len(new))
    parts = [
        _scores(ids, quality, first, rng),
        _scores(ids[again], quality[again] + rng.normal(0, 0.4, len(again)), second, rng),
        _scores(buyers.ids[new], rng.normal(0.7, 0.8, len(new)), before, rng),
    ]
    return pl.concat(parts).sort("scored_on", "account_id", maintain_order=True)
