"""Small frames for the shapes of the prospects' page."""

import polars as pl

from charts.pipeline.calibration import calibration
from charts.pipeline.drivers import drivers
from charts.pipeline.prospects import prospects
from charts.pipeline.steps import steps

PROSPECTS = pl.DataFrame(
    {
        "account_id": ["a", "b", "c", "d", "e"], "account": ["Aurora", "Bravo", "Costa", "Delta", "Enero"], "quadrant": ["PI", "PII", "PIII", "PIV", None],
        "class": ["A", "D", "B", "C", None], "probability": [0.8, 0.1, 0.5, 0.2, None], "lo": [0.6, 0.0, 0.3, 0.1, None], "hi": [0.9, 0.3, 0.7, 0.4, None],
        "expected_contribution": [900.0, 400.0, 100.0, 50.0, 70.0], "open_value": [500.0, 0.0, 0.0, 20.0, 0.0], "is_high": [True, True, False, False, False],
        "potential_basis": ["reported", "reported", "deals", "similar", "unknown"], "sentence": ["s"] * 5,
    }
)  # fmt: skip
QUADRANTS = pl.DataFrame({"quadrant": ["PI", "PII", "PIII", "PIV"], "accounts": [1, 1, 1, 1], "expected_contribution": [900.0, 400.0, 100.0, 50.0], "share": [0.6, 0.3, 0.07, 0.03]})
BINS = pl.DataFrame(
    {"bin": [1, 2], "stated": [0.2, 0.7], "realised": [0.1, 0.8], "lo": [0.0, 0.6], "hi": [0.3, 0.9], "isotonic": [0.1, 0.8], "won": [2, 16], "n": [20, 20]}
)  # fmt: skip
DRIVEN = pl.DataFrame(
    {"indicator": ["growth", "network", "Budget"], "unit_score": [0.9, 0.2, 0.5], "average": [0.5, 0.5, 0.5], "points": [0.05, -0.04, 0.0], "effect": [0.1, -0.2, 0.0]}
)  # fmt: skip
TOTALS = pl.DataFrame(
    {"step": ["file", "needs"], "position": [1, 2], "done": [4, 1], "waiting": [1, 3], "stale": [0, 2], "expected_contribution": [10.0, 90.0]}
)  # fmt: skip
CUTS = {"intention_cut": 0.35, "class_cuts": {"C": 0.15, "B": 0.35, "A": 0.6}}

PROSPECT_SHAPES = {
    "prospects": lambda look: prospects(PROSPECTS, quadrants=QUADRANTS, theme=look, finding="It rose", **CUTS),
    "calibration": lambda look: calibration(BINS, theme=look, finding="It rose"),
    "drivers": lambda look: drivers(DRIVEN, theme=look, finding="It rose"),
    "steps": lambda look: steps(TOTALS, 5, theme=look, finding="It rose"),
}
