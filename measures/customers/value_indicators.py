"""The five indicators of an account's value and the score that they make (methods.md section 3, source 000).

    sales      net sales of the period
    expected   net sales of the last 12 complete months, moved by the root of their growth on the 12 before (×0.5 to ×2)
    credit     mean of the share of due amounts paid on time and of the limit ÷ what is open, capped at 1
    profit     gross margin of the period
    reference  the account's reference value as stated: a judgement, never computed

An indicator that the store knows of no account is left out, its weight spread over the others; it is never invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.customers.quadrants import cost_coverage
from measures.customers.ranking import composite_score, percentiles
from measures.seasons.combo import GROWTH_LIMITS
from measures.seasons.rounding import whole_cases
from measures.thresholds import Cuts

INDICATORS = ("sales", "expected", "credit", "profit", "reference")

INDICATORS_SCHEMA = {
    "indicator": pl.String, "weight": pl.Float64, "effective_weight": pl.Float64, "accounts": pl.Int64, "status": pl.String,
}


@dataclass(frozen=True)
class Indicators:
    """Values by indicator (one per account, NaN = not known) and the weights of those that count, which sum to 1."""

    values: dict[str, np.ndarray]
    weights: dict[str, float]
    table: pl.DataFrame

    def percentiles(self) -> dict[str, np.ndarray]:
        """Mid-rank percentile of every indicator among the accounts that have it, `<indicator>_percentile`."""
        return {f"{name}_percentile": percentiles(values) for name, values in self.values.items()}

    def score(self) -> np.ndarray:
        """The composite score, 0–1; NaN where too little is known or no indicator has a weight."""
        if not self.weights:
            return np.full(len(self.values["sales"]), np.nan)
        return composite_score({name: self.values[name] for name in self.weights}, self.weights)


def indicators(rows: pl.DataFrame, cuts: Cuts) -> Indicators:
    """The indicators of the rows of queries/customers/account_value. `missing_cost`: under `cost_coverage` of net sales is costed.

    Who only returned goods has bought nothing: it has none, so that it is in no tier and before nobody, as it has no class.
    """
    is_active = rows["is_active"].to_numpy()
    values = {name: np.where(is_active, of, np.nan) for name, of in _values(rows).items()}
    known = {name: int((~np.isnan(of)).sum()) for name, of in values.items()}
    status = {name: "ok" if known[name] else "missing" for name in INDICATORS}
    if known["profit"] and cost_coverage(rows) < cuts["cost_coverage"]:
        status["profit"] = "missing_cost"
    wanted = {name: float(cuts[f"weight_{name}"]) for name in INDICATORS}
    weights = _renormalised({name: weight for name, weight in wanted.items() if status[name] == "ok"})
    table = [(name, wanted[name], weights.get(name, 0.0), known[name], status[name]) for name in INDICATORS]
    return Indicators(values, weights, pl.DataFrame(table, schema=INDICATORS_SCHEMA, orient="row"))


def expected_sales(last: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Next twelve months' net sales: the last twelve × (their growth, within limits)^½; unmoved without a year before."""
    growth = np.divide(last, before, out=np.ones(len(last)), where=before > 0)
    return np.maximum(last, 0.0) * np.sqrt(np.clip(growth, *GROWTH_LIMITS))


def credit(due: np.ndarray, on_time: np.ndarray, open_amount: np.ndarray, limit: np.ndarray, invoices: np.ndarray) -> np.ndarray:
    """0–1: how far the account pays on time and stays within its limit; NaN where neither can be known."""
    punctual = np.divide(on_time, due, out=np.full(len(due), np.nan), where=due > 0)
    within = np.divide(limit, open_amount, out=np.ones(len(limit)), where=open_amount > 0)
    within = np.where(np.isnan(limit) | (invoices == 0), np.nan, np.minimum(within, 1.0))
    both = np.stack([np.clip(punctual, 0.0, 1.0), within])
    known = ~np.isnan(both)
    return np.divide(np.where(known, both, 0.0).sum(axis=0), known.sum(axis=0), out=np.full(len(due), np.nan), where=known.any(axis=0))


def rescaled(weights: Mapping[str, float], moved: str | None = None) -> dict[str, float]:
    """The weights as whole hundredths that sum to 1: `moved` keeps its value, the others share the rest in their proportions.

    Others that are all 0 share it evenly. Without `moved` all are scaled.
    """
    others = [name for name in weights if name != moved]
    rest = 100 - (round(100 * weights[moved]) if moved else 0)
    parts = np.array([weights[name] for name in others])
    shares = whole_cases(rest, parts if parts.sum() > 0 else np.ones(len(others)), others)
    found = dict(zip(others, (int(share) / 100 for share in shares), strict=True))
    return {name: found.get(name, (100 - rest) / 100) for name in weights}


def _values(rows: pl.DataFrame) -> dict[str, np.ndarray]:
    def of(name: str) -> np.ndarray:
        return rows[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()

    return {
        "sales": of("net_sales"),
        "expected": expected_sales(of("last_sales"), of("before_sales")),
        "credit": credit(of("due_amount"), of("on_time_amount"), of("open_amount"), of("credit_limit"), of("invoices")),
        "profit": of("margin"),
        "reference": of("reference_value"),
    }


def _renormalised(weights: dict[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items() if weight > 0} if total > 0 else {}
