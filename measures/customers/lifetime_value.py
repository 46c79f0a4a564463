"""What is each outlet still worth? BG/NBD and gamma-gamma over purchase days (methods.md section 3).

A part of the value pyramid that is asked apart: it counts every account's days and fits two models, so a page asks it only when it is
looked at; `python -m measures value_pyramid` prints it with the rest. It suits outlets: where outlets buy, only they are judged,
else every account that buys. The model knows no season: its horizon should be whole years. With few customers, or where it does not
converge, a customer's next year is valued by what customers keep: margin · r ÷ (1 + i − r), of the last year's net sales and margin, all
returns in them. The model counts purchase days and what these brought: a day of returns alone is none.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from measures.customers import bg_nbd, gamma_gamma
from measures.customers.bg_nbd import BgNbd
from measures.customers.gamma_gamma import GammaGamma
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = ("lifetime_weeks", "lifetime_accounts", "spend_correlation", "discount_rate")
MODEL, RETENTION, NOTHING = "bg_nbd", "retention", "none"
OUTLET = "outlet"

LIFETIME_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "region": pl.String,
    "p_alive": pl.Float64, "expected_purchases": pl.Float64, "expected_spend": pl.Float64, "expected_value": pl.Float64,
    "expected_margin": pl.Float64, "status": pl.String,
    "purchase_days": pl.Int64, "first_on": pl.Date, "last_on": pl.Date, "mean_spend": pl.Float64,
}
MODEL_SCHEMA = {
    **dict.fromkeys(("r", "alpha", "a", "b", "log_likelihood", "p", "q", "v"), pl.Float64),
    "method": pl.String, "accounts": pl.Int64, "repeaters": pl.Int64, "correlation": pl.Float64, "is_uncorrelated": pl.Boolean,
    "retention_rate": pl.Float64, "only_outlets": pl.Boolean, "seen_until": pl.Date,
}


@dataclass(frozen=True)
class LifetimeValue:
    """`lifetime` by falling expected value over the horizon, in net sales; `lifetime_model` has one row: parameters and checks.

    `method` is bg_nbd, retention (then parameters, `p_alive` and `expected_purchases` are null) or none (nobody bought).
    `status` is provisional where the model's own condition, |correlation| under the limit, does not hold.
    """

    lifetime: pl.DataFrame
    lifetime_model: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> LifetimeValue:
    """The customers who bought before the period's end, as of its last day that the data reach."""
    reach = ask("store/generation", Filters())
    if reach.is_empty():
        return _empty()
    until = _last_day(filters, reach["as_of"].item())
    rows = ask("customers/purchase_days", filters, end=until + timedelta(days=1))
    outlets = rows.filter(pl.col("kind") == OUTLET)
    judged = outlets if outlets.height else rows
    return valued(judged, until, cuts, only_outlets=bool(outlets.height)) if judged.height else _empty()


def valued(rows: pl.DataFrame, until: date, cuts: Cuts, *, only_outlets: bool = False) -> LifetimeValue:
    """The value of the rows of queries/customers/purchase_days, seen through the day `until`."""
    x, t_x, seen = histories(rows, until)
    z = mean_spend(rows)
    model = bg_nbd.fit(x, t_x, seen) if rows.height >= cuts["lifetime_accounts"] else None
    repeats = (x > 0) & (z > 0)
    spend = gamma_gamma.fit(x[repeats], z[repeats]) if model else None
    correlation = gamma_gamma.correlation(x[repeats], z[repeats])
    kept = retention(rows)
    holds = abs(correlation) < cuts["spend_correlation"]
    if model and spend:
        lifetime = _modelled(rows, model, spend, (x, t_x, seen), z, float(cuts["lifetime_weeks"]), holds)
    else:
        lifetime = _retained(rows, z, kept, float(cuts["discount_rate"]))
    method = MODEL if model and spend else RETENTION
    facts = (method, rows.height, int((x > 0).sum()), correlation, holds, kept, only_outlets, until)
    return LifetimeValue(lifetime, _model_table(model if spend else None, spend, facts))


def histories(rows: pl.DataFrame, until: date) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Repeat purchase days, weeks from the first to the last, weeks from the first through `until`, per row."""
    days = rows.select(
        pl.col("purchase_days") - 1, (pl.col("last_on") - pl.col("first_on")).dt.total_days(), (pl.lit(until) - pl.col("first_on")).dt.total_days(),
    )  # fmt: skip
    x, t_x, seen = (column.to_numpy().astype(float) for column in days)
    return x, t_x / 7, seen / 7


def mean_spend(rows: pl.DataFrame) -> np.ndarray:
    """Net sales per repeat purchase day; 0 where there is none. The first day is left out: it made the customer, it repeats nothing."""
    repeats = rows["purchase_days"].to_numpy() - 1
    after = (rows["net_sales"] - rows["first_sales"]).to_numpy()
    return np.divide(after, repeats, out=np.zeros(len(after)), where=repeats > 0)


def retention(rows: pl.DataFrame) -> float | None:
    """Share of those who bought in the year before last that bought in the last one too; None where nobody did."""
    before = rows.filter(pl.col("days_before") > 0)
    return before.filter(pl.col("days_last") > 0).height / before.height if before.height else None


def retained_value(yearly: np.ndarray, rate: float, discount: float) -> np.ndarray:
    """What a yearly amount is worth to come while a share `rate` of it stays each year: yearly · r ÷ (1 + i − r).

    NaN where nothing is ever lost and nothing discounted: the sum has no end.
    """
    left = 1 + discount - rate
    return np.asarray(yearly, float) * (rate / left if left > 0 else np.nan)


def _modelled(
    rows: pl.DataFrame, model: BgNbd, spend: GammaGamma, lives: tuple[np.ndarray, np.ndarray, np.ndarray], z: np.ndarray, weeks: float, holds: bool
) -> pl.DataFrame:
    purchases = bg_nbd.expected_purchases(model, weeks, *lives)
    each = gamma_gamma.expected_spend(spend, lives[0], z)
    rate = pl.when(pl.col("net_sales") > 0).then(pl.col("margin") / pl.col("net_sales"))
    return _table(
        rows.with_columns(
            pl.Series("p_alive", bg_nbd.p_alive(model, *lives)), pl.Series("expected_purchases", purchases, nan_to_null=True),
            pl.Series("expected_spend", each), pl.Series("expected_value", purchases * each, nan_to_null=True),
            pl.Series("mean_spend", z), status=pl.lit("ok" if holds else "provisional"),
        ).with_columns(expected_margin=pl.col("expected_value") * rate)
    )  # fmt: skip


def _retained(rows: pl.DataFrame, z: np.ndarray, kept: float | None, discount: float) -> pl.DataFrame:
    returned_more = rows["sales_last"].to_numpy() < 0

    def worth(name: str) -> pl.Series:
        # Who returned more than it bought is expected to buy nothing, not less than that.
        yearly = np.where(returned_more, 0.0, rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy())
        return pl.Series(retained_value(yearly, np.nan if kept is None else kept, discount), nan_to_null=True)

    unknown = {name: pl.lit(None) for name in ("p_alive", "expected_purchases", "expected_spend")}
    return _table(
        rows.with_columns(
            pl.Series("mean_spend", z), expected_value=worth("sales_last"), expected_margin=worth("margin_last"),
            status=pl.lit("insufficient" if kept is None else "provisional"), **unknown,
        )
    )  # fmt: skip


def _table(rows: pl.DataFrame) -> pl.DataFrame:
    shown = rows.select(typed(LIFETIME_SCHEMA))
    return shown.sort("expected_value", "account_id", descending=[True, False], nulls_last=True)


def _model_table(model: BgNbd | None, spend: GammaGamma | None, facts: tuple) -> pl.DataFrame:
    parameters = [getattr(model, name, None) for name in ("r", "alpha", "a", "b", "log_likelihood")]
    spending = [getattr(spend, name, None) for name in ("p", "q", "v")]
    made = pl.DataFrame([(*parameters, *spending, *facts)], schema=MODEL_SCHEMA, orient="row")
    return made.with_columns(pl.col("correlation").fill_nan(None))


def _last_day(filters: Filters, as_of: date) -> date:
    return as_of if filters.to_date is None else min(as_of, filters.to_date - timedelta(days=1))


def _empty() -> LifetimeValue:
    nothing = (None,) * 8 + (NOTHING, 0, 0, None, None, None, None, None)
    return LifetimeValue(pl.DataFrame(schema=LIFETIME_SCHEMA), pl.DataFrame([nothing], schema=MODEL_SCHEMA, orient="row"))
