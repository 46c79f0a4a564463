"""What each programme went with: uplift, extra margin, payback, what came after, and what may be said of it (coverage.md 6, 45, 46)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.metrics import ratio
from measures.thresholds import Cuts
from measures.trade.programme_estimate import Estimate, against_index, against_others, index_variance
from measures.trade.programme_panels import LEAST_BASE, Panel

OTHERS, BOTH, SEASON = "others", "others_rest", "own_season"
PAYS_BACK, LOSES, UNCLEAR, NO_COST, INSUFFICIENT = "pays_back", "loses", "unclear", "no_cost", "insufficient"

EFFECT_SCHEMA = {
    "programme_id": pl.String, "compared": pl.Int64, "others": pl.Int64, "baseline": pl.String, "net_sales": pl.Float64, "natural_sales": pl.Float64,
    "uplift": pl.Float64, "uplift_low": pl.Float64, "uplift_high": pl.Float64, "uplift_rate": pl.Float64, "uplift_rate_low": pl.Float64,
    "uplift_rate_high": pl.Float64, "uplift_units": pl.Float64, "units_rate": pl.Float64, "extra_margin": pl.Float64, "extra_margin_low": pl.Float64,
    "extra_margin_high": pl.Float64, "after_rate": pl.Float64, "after_rate_low": pl.Float64, "after_rate_high": pl.Float64, "rest_rate": pl.Float64,
    "rest_rate_low": pl.Float64, "rest_rate_high": pl.Float64, "months_seen": pl.Int64, "status": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Baseline:
    """How natural sales are found: against others, there with each account's other products or without, or by the index of the programme's
    products and regions (12,), None where unknown."""

    index: np.ndarray | None
    kind: str

    @property
    def by_others(self) -> bool:
        """Whether accounts that did not take part are the comparison."""
        return self.kind != SEASON


def baseline_of(panel: Panel, index: np.ndarray | None, cuts: Cuts) -> Baseline:
    """The comparison that was asked for: others alone where the other products are too few, the season where too few others are left."""
    asked, enough = str(cuts["programme_baseline"]), int(panel.is_other.sum()) >= int(cuts["programme_accounts"])
    if index is not None and (asked == SEASON or not enough):
        return Baseline(index, SEASON)
    return Baseline(index, BOTH if asked == BOTH and _rest_share(panel) >= float(cuts["programme_rest"]) else OTHERS)


def estimate(panel: Panel, values: np.ndarray, months: np.ndarray, by: Baseline) -> Estimate:
    """Those who took part in these months (T,), `values` (n, T) being units or money."""
    base, now = (np.maximum(values[:, which].sum(axis=1), 0.0) for which in (panel.is_base, months))
    if by.kind == BOTH:
        base = base * _rest_moved(panel, months)
    own_base, own = base[panel.took_part], now[panel.took_part]
    if by.by_others:
        return against_others(own_base, own, base[panel.is_other], now[panel.is_other])
    calendar = (panel.start.start.month - 1 + np.arange(len(panel.offset))) % 12
    index = by.index[calendar] if by.index is not None else np.full(len(calendar), np.nan)
    together = np.maximum(values[panel.took_part][:, panel.is_base].sum(axis=0), 0.0)
    unsure = index_variance(together, index[panel.is_base], int(months.sum()))
    return against_index(own_base, own, float(index[panel.is_base].sum()), float(index[months].sum()), unsure)


def effect(panel: Panel, by: Baseline, as_far: int, cuts: Cuts) -> dict[str, object]:
    """A row of EFFECT_SCHEMA: the programme's months and those after it that are judged; `as_far` is how many of these were asked for."""
    last = panel.length + as_far
    judged = panel.months(0, last)
    sales = estimate(panel, panel.values["net_sales"], judged, by)
    units = estimate(panel, panel.values["quantity"], judged, by)
    status = _status(panel, sales, by, int(judged.sum()), last, cuts)
    facts = {
        "programme_id": panel.programme_id, "compared": sales.accounts, "others": int(panel.is_other.sum()),
        "baseline": by.kind, "net_sales": sales.actual, "months_seen": int(judged.sum()), "status": status,
    }  # fmt: skip
    if status == INSUFFICIENT:
        return dict.fromkeys(EFFECT_SCHEMA) | facts
    share = float(cuts["programme_interval"])
    (low, high), rate = sales.ends(share), _margin_rate(panel, panel.is_base)
    # What was earned less what natural sales would have earned at the margin of the base months: a discount is paid on all that is sold.
    extra = sales.actual * _margin_rate(panel, judged) - sales.natural * rate if panel.has_margin else None
    margin_low, margin_high = (None, None) if extra is None else sorted(extra + rate * (end - sales.uplift) for end in (low, high))
    return facts | {
        "natural_sales": sales.natural, "uplift": sales.uplift, "uplift_low": low, "uplift_high": high,
        **_rates("uplift_rate", sales, share), "uplift_units": units.uplift, "units_rate": ratio(units.uplift, units.natural),
        "extra_margin": extra, "extra_margin_low": margin_low, "extra_margin_high": margin_high,
        **_rates("after_rate", estimate(panel, panel.values["net_sales"], panel.months(panel.length, last), by), share),
        **_rates("rest_rate", _rest(panel, judged, by), share),
    }  # fmt: skip


def with_verdicts(programmes: pl.DataFrame) -> pl.DataFrame:
    """Programmes with `payback` and its range, `net_result` and `verdict`; they need cost_here, extra_margin with its range, status."""
    paid = pl.col("cost_here") > 0
    ratios = [
        pl.when(paid).then(pl.col(f"extra_margin{end}") / pl.col("cost_here")).alias(f"payback{end}") for end in ("", "_low", "_high")
    ]  # fmt: skip
    judged = programmes.with_columns(*ratios, net_result=pl.col("extra_margin") - pl.col("cost_here"))
    verdict = (
        pl.when(pl.col("status") == INSUFFICIENT).then(pl.lit(INSUFFICIENT))
        .when(pl.col("payback").is_null()).then(pl.lit(NO_COST))
        .when(pl.col("payback_low") >= 1).then(pl.lit(PAYS_BACK))
        .when(pl.col("payback_high") < 1).then(pl.lit(LOSES))
        .otherwise(pl.lit(UNCLEAR))
    )  # fmt: skip
    return judged.with_columns(verdict=verdict, no_effect=pl.col("uplift_low") <= 0)


def _status(panel: Panel, sales: Estimate, by: Baseline, seen: int, wanted: int, cuts: Cuts) -> str:
    least = int(cuts["programme_accounts"])
    too_few = sales.accounts < least or sales.freedom < 1 or not np.isfinite(sales.error) or (by.by_others and panel.is_other.sum() < least)
    if too_few or panel.is_base.sum() < LEAST_BASE:
        return INSUFFICIENT
    return "provisional" if seen < wanted or not by.by_others else "ok"


def _rest(panel: Panel, months: np.ndarray, by: Baseline) -> Estimate | None:
    """The other products of those who took part against the others'; None where there are none, or no others."""
    return estimate(panel, panel.rest, months, Baseline(None, OTHERS)) if panel.rest is not None and by.by_others else None


def _rest_share(panel: Panel) -> float:
    """What part of the base months' sales of both sides the other products are; 0 where all products are looked at."""
    if panel.rest is None:
        return 0.0
    compared = panel.took_part | panel.is_other
    rest, own = (of[compared][:, panel.is_base].sum() for of in (panel.rest, panel.values["net_sales"]))
    return float(rest / (rest + own)) if rest > 0 and rest + own > 0 else 0.0


def _rest_moved(panel: Panel, months: np.ndarray) -> np.ndarray:
    """How each account's other products moved from the base months to these (n,); 0 where it bought none, so that it is left out."""
    before, now = (np.maximum(panel.rest[:, which].sum(axis=1), 0.0) for which in (panel.is_base, months))
    return np.divide(now, before, out=np.zeros(len(now)), where=before > 0)


def _margin_rate(panel: Panel, months: np.ndarray) -> float:
    """Margin ÷ net sales of those who took part, in these months."""
    sales, margin = (panel.values[name][panel.took_part][:, months].sum() for name in ("net_sales", "margin"))
    return float(margin / sales) if sales > 0 else 0.0


def _rates(name: str, found: Estimate | None, share: float) -> dict[str, float | None]:
    """An uplift and its range as rates of the natural sales; None where it cannot be told."""
    if found is None or found.natural <= 0 or not np.isfinite(found.ends(share)).all():
        return {f"{name}{end}": None for end in ("", "_low", "_high")}
    low, high = found.ends(share)
    return {name: found.uplift / found.natural, f"{name}_low": low / found.natural, f"{name}_high": high / found.natural}
