"""Scores of prospects, and of the new buyers as they stood before they signed."""

import numpy as np
import polars as pl

from data.demo.buyers import Buyers
from data.demo.chance import stream
from data.demo.leads import Leads
from data.demo.network import Network
from data.demo.span import MONTHS, Span

INDICATORS = {
    "strength and scale": 14, "management": 11, "network": 17, "buyers' purchasing power": 10, "marketing": 8, "growth": 15,
    "our comparative advantage": 19, "strategic importance": 9,
}  # fmt: skip
"""Indicator → points that it moves with a lead's quality: some tell more than others."""

NOISE, MISSING_SHARE = 14, 0.09
SIGNED_QUALITY, SIGNED_SPREAD = 0.9, 0.8
"""Quality of the new buyers, and its deviation: who signed was good, on the whole."""

GLANCED_AT, GLANCE = 14, 3
"""Prospects that somebody has only glanced at so far, and the indicators known of each."""


def _scores(ids: np.ndarray, quality: np.ndarray, days: np.ndarray, rng: np.random.Generator, glanced: np.ndarray | None = None) -> pl.DataFrame:
    """One score for each account and indicator, some missing: what is good in one respect tends to be so in others."""
    weight = np.array(list(INDICATORS.values()))
    score = np.clip(50 + weight * quality[:, None] + rng.normal(0, NOISE, (len(ids), len(weight))), 0, 100).round()
    known = rng.random(score.shape) >= MISSING_SHARE
    if glanced is not None:
        known[glanced] = np.argsort(rng.random((len(glanced), len(weight))), axis=1) < GLANCE
    row, column = np.nonzero(known)
    return pl.DataFrame(
        {
            "account_id": ids[row].tolist(),
            "indicator": [list(INDICATORS)[number] for number in column],
            "score": score[row, column],
            "scored_on": pl.Series(days[row]),
        }
    )


def prospect_scores_table(seed: int, span: Span, buyers: Buyers, network: Network, leads: Leads) -> pl.DataFrame:
    """The contract table: prospects were scored when they were found or, a third of them, a second time; new buyers before their first order."""
    rng = stream(seed, "prospect scores")
    ids = network.prospects.ids
    first = span.some_workdays(leads.found, rng)
    again = np.flatnonzero((rng.random(len(ids)) < 0.5) & (leads.found < MONTHS - 6) & (leads.until == MONTHS))
    second = span.some_workdays(rng.integers(MONTHS - 5, MONTHS, len(again)), rng)
    new = np.flatnonzero(buyers.pattern == "new")
    before = span.first_days[buyers.start[new]] - rng.integers(90, 200, len(new))
    glanced = np.sort(rng.permutation(np.setdiff1d(np.arange(len(ids)), again))[:GLANCED_AT])
    parts = [
        _scores(ids, leads.quality, first, rng, glanced),
        _scores(ids[again], leads.quality[again] + rng.normal(0, 0.4, len(again)), second, rng),
        _scores(buyers.ids[new], rng.normal(SIGNED_QUALITY, SIGNED_SPREAD, len(new)), before, rng),
    ]
    return pl.concat(parts).sort("scored_on", "account_id", maintain_order=True)
