"""The weighted rubric of prospects: which indicators, how they weigh, and the score (source 003; methods.md section 2).

score = sum w_k·u_k over the known indicators ÷ their weight, u_k from 0 to 1; NaN where less than the stated share of the weight is known.
An indicator's own text is recognised by its words, English or Spanish; any other text is an indicator of the company's own.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from data.language import _, mark
from measures.customers.ranking import weighted_mean
from measures.thresholds import Cuts

INDICATORS: dict[str, str] = {
    "strength": mark("strength and scale"), "management": mark("management"), "network": mark("network"),
    "purchasing_power": mark("buyers' purchasing power"), "marketing": mark("marketing"), "growth": mark("growth"),
    "advantage": mark("our comparative advantage"), "importance": mark("strategic importance"),
}  # fmt: skip
"""Source 003's indicators → their names, to translate."""

WEIGHTS = tuple(f"rubric_{name}" for name in INDICATORS)
THRESHOLDS = (*WEIGHTS, "rubric_other", "rubric_least", "rubric_scale")

_WORDS = {
    "strength": ("strength", "scale", "size", "fortaleza", "escala", "tamano"),
    "management": ("management", "gestion", "direccion"),
    "network": ("network", "distribution", "red", "distribucion"),
    "purchasing_power": ("purchasing", "buyers", "adquisitivo", "compradores"),
    "marketing": ("marketing",),
    "growth": ("growth", "crecimiento"),
    "advantage": ("advantage", "advantages", "ventaja", "ventajas"),
    "importance": ("strategic", "importance", "estrategica", "estrategico", "importancia"),
}


@dataclass(frozen=True)
class Rubric:
    """The indicators in order and their weights (not negative)."""

    codes: tuple[str, ...]
    weights: np.ndarray
    least: float

    @property
    def shares(self) -> np.ndarray:
        """The weights as shares of their sum; zeros where nothing weighs."""
        total = self.weights.sum()
        return self.weights / total if total > 0 else self.weights

    def score(self, units: np.ndarray) -> np.ndarray:
        """The score (rows,) of `units` (rows, indicators) from 0 to 1, NaN = missing; NaN where too little is known."""
        return weighted_mean(units.T, self.weights, self.least) if self.weights.sum() > 0 else np.full(len(units), np.nan)

    def known(self, units: np.ndarray) -> np.ndarray:
        """The share of the weight that is known (rows,)."""
        return np.where(np.isnan(units), 0.0, self.shares).sum(axis=1)


def rubric_of(found: pl.Series, cuts: Cuts) -> Rubric:
    """The rubric of a store with these indicators' codes.

    Source 003's eight count whether anybody was rated on them or not: what nobody rated is missing. Only a company that rates by none of
    them has a rubric wholly of its own.
    """
    own = sorted(set(found.drop_nulls()) - INDICATORS.keys())
    listed = tuple(INDICATORS) if found.is_in(list(INDICATORS)).any() or not own else ()
    weights = [float(cuts[f"rubric_{code}"]) for code in listed] + [float(cuts["rubric_other"])] * len(own)
    return Rubric((*listed, *own), np.array(weights), float(cuts["rubric_least"]))


@lru_cache(maxsize=4096)
def code_of(text: str) -> str:
    """An indicator's code: one of INDICATORS by its words, else the text itself.

    >>> code_of("Fortaleza y escala"), code_of("our comparative advantage"), code_of("Punctuality")
    ('strength', 'advantage', 'Punctuality')
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = set(re.findall(r"[a-z]+", plain))
    return next((code for code, known in _WORDS.items() if words & set(known)), text.strip())


def indicator_name(code: str) -> str:
    """An indicator in the reader's words; the company's own are shown as they are written."""
    return _(INDICATORS[code]) if code in INDICATORS else code


def in_units(raw: np.ndarray, reference: np.ndarray, scale: str) -> np.ndarray:
    """Scores (rows, indicators) from 0 to 1: ÷ 100, ÷ 5, or their mid-rank percentile among `reference` (others, indicators)."""
    if scale == "percentile":
        columns = [_mid_rank(raw[:, at], reference[:, at]) for at in range(raw.shape[1])]
        return np.column_stack(columns) if columns else raw
    return np.clip(raw / (5.0 if scale == "five" else 100.0), 0.0, 1.0)


def _mid_rank(values: np.ndarray, among: np.ndarray) -> np.ndarray:
    known = np.sort(among[~np.isnan(among)])
    if not len(known):
        return np.full(len(values), np.nan)
    below, up_to = (np.searchsorted(known, values, side=side) for side in ("left", "right"))
    return np.where(np.isnan(values), np.nan, (below + up_to) / 2 / len(known))
