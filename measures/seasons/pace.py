"""Will the target be reached? Attainment, pace and projection of the period that is running, by month, region, person and account.

The last day is that of the data, or of the filters' period where it ends earlier; its beginning plays no part. Expected by now is the
share of the season's selling weight that is over, or the targets' own months (`pace_expected`); formulas: measures/seasons/run_rate.py,
methods.md section 6. A part of a month counts by its weekdays. A scope without a target above 0 has no pace: n/a.

Targets are those that were imported, or the off-season boards that people signed (`pace_targets`): these are in units, and sales count for
their accounts and months only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.records import Record
from data.signed_boards import SIGNED_BOARD
from measures.history import History, whole_history, within
from measures.seasons import running_period
from measures.seasons.company_season import company_index
from measures.seasons.pace_boards import GRAIN, board_targets
from measures.seasons.pace_scopes import Aims, Sales, Scopes, aims_of, sales_of, scopes_of
from measures.seasons.region_seasons import region_seasons
from measures.seasons.run_rate import divided, run_rate
from measures.seasons.running_period import RunningPeriod
from measures.seasons.seasons import YEAR
from measures.targets import GRAINS, rows_of_one_grain
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask, together

RECORDS = SIGNED_BOARD
THRESHOLDS = ("pace_period", "pace_targets", "pace_measure", "pace_expected", "pace_band", *running_period.THRESHOLDS)
IMPORTED, BOARD = "imported", "signed_board"
TARGET_COLUMNS = {"net_sales": "amount", "quantity": "quantity"}
PERSON_GRAINS, ACCOUNT_GRAINS = ("salesperson", "salesperson_product"), ("account", "account_product")

PACE_SCHEMA = {
    "target": pl.Float64, "actual": pl.Float64, "attainment": pl.Float64, "expected_share": pl.Float64, "expected": pl.Float64,
    "ahead": pl.Float64, "pace_index": pl.Float64, "projection_low": pl.Float64, "projection_high": pl.Float64,
    "required_factor": pl.Float64, "to_go": pl.Float64, "per_day": pl.Float64, "required_per_day": pl.Float64, "status": pl.String,
}  # fmt: skip
REGION_SCHEMA = {"region_id": pl.String, "region": pl.String, **PACE_SCHEMA}
PERSON_SCHEMA = {"salesperson_id": pl.String, "salesperson": pl.String, **PACE_SCHEMA}
ACCOUNT_SCHEMA = {"account_id": pl.String, "account": pl.String, "region_id": pl.String, "region": pl.String, **PACE_SCHEMA}
MONTHS_SCHEMA = {
    "month": pl.Date, "target": pl.Float64, "expected": pl.Float64, "actual": pl.Float64, "attainment": pl.Float64, "is_over": pl.Boolean,
    "projection_low": pl.Float64, "projection_high": pl.Float64, "target_sum": pl.Float64, "expected_sum": pl.Float64,
    "actual_sum": pl.Float64, "low_sum": pl.Float64, "high_sum": pl.Float64,
}  # fmt: skip
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "period": pl.String, "period_from": pl.Date, "period_to": pl.Date, "months": pl.Int64, "months_elapsed": pl.Float64,
    "days_gone": pl.Int64, "days_left": pl.Int64, "measure": pl.String, "source": pl.String, "grain": pl.String, "season_known": pl.Boolean,
    "unaimed": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """`pace` has one row for the whole; `by_region`, `by_salesperson`, `by_account` one per scope with a target, the furthest behind first.

    `months`: the period's months, each alone and summed up, of what has a target; `expected` is the target by the season. `summary`
    has one row. Without sales all are empty; without targets only `pace` and `summary` have a row.
    """

    pace: pl.DataFrame
    by_region: pl.DataFrame
    by_salesperson: pl.DataFrame
    by_account: pl.DataFrame
    months: pl.DataFrame
    summary: pl.DataFrame
    ground: "Ground | None" = None


@dataclass(frozen=True)
class Ground:
    """What every scope is measured with; `accounts` and `products` are those within the filters, `source` is where the targets come from."""

    targets: pl.DataFrame
    sales: pl.DataFrame
    seasons: pl.DataFrame
    season_known: bool
    period: RunningPeriod
    cuts: Cuts
    accounts: pl.DataFrame
    products: pl.DataFrame
    source: str = IMPORTED

    @property
    def measure(self) -> str:
        """What is measured: a board's targets are units."""
        return "quantity" if self.source == BOARD else str(self.cuts["pace_measure"])

    @property
    def person_grains(self) -> tuple[str, ...]:
        """Grains of the rows that say what a salesperson aims at: on a board, what their accounts do."""
        return (GRAIN,) if self.source == BOARD else PERSON_GRAINS

    @property
    def column(self) -> str:
        """The targets' column of the measure."""
        return TARGET_COLUMNS[self.measure]


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Pace:
    """The pace of what is within the filters at their last day."""
    reach, whole = ask("store/generation", Filters()), whole_history(ask)
    if whole is None:
        return Pace(*(pl.DataFrame(schema=of) for of in (PACE_SCHEMA, REGION_SCHEMA, PERSON_SCHEMA, ACCOUNT_SCHEMA, MONTHS_SCHEMA, SUMMARY_SCHEMA)))
    until = within(whole, filters.within(None, filters.to_date))
    period = _running(ask, filters, reach["as_of"].item(), until, cuts)
    start, end = period.months.start, min(filters.to_date or date.max, add_months(period.as_of, 1))
    targets, sales, (seasons, season_known), accounts, products = together(
        # A target may stand for the months until the next one, so that those of the year before matter, too.
        lambda: ask("seasons/pace_targets", filters.within(add_months(start, -YEAR), period.months.end)),
        lambda: ask("seasons/pace_sales", filters.within(start, max(end, start))),
        lambda: region_seasons(ask, filters, until),
        lambda: ask("seasons/pace_accounts", filters),
        lambda: ask("seasons/board_products", filters),
    )
    return _measured(Ground(targets, sales, seasons, season_known, period, cuts, accounts, products))


def with_records(found: Pace, records: Iterable[Record], cuts: Cuts) -> Pace:
    """The same answer by the signed boards, where these are asked for or nothing imported can be measured."""
    if found.ground is None or cuts["pace_targets"] == IMPORTED or (cuts["pace_targets"] != BOARD and not found.months.is_empty()):
        return found
    targets = board_targets(records, found.ground.accounts, found.ground.products)
    if targets.is_empty() and cuts["pace_targets"] != BOARD:
        return found
    sales = found.ground.sales.join(targets, on=["account_id", "month"], how="semi", maintain_order="left")
    return _measured(replace(found.ground, targets=targets, sales=sales, source=BOARD))


def _measured(ground: Ground) -> Pace:
    present, sales = set(ground.targets["grain"].unique()), sales_of(ground.sales, ground.measure, ground.period.months)
    # Where all targets are of one kind, those of the whole and those of its people or accounts are the same.
    wanted = [tuple(grain for grain in grains if grain in present) for grains in (GRAINS, ground.person_grains, ACCOUNT_GRAINS)]
    found = {grains: _aims(ground, grains) for grains in dict.fromkeys(wanted)}
    aims, of_people, of_accounts = (found[grains] for grains in wanted)
    scopes = scopes_of(aims, None)
    actual = scopes.actual(sales)
    people, accounts = _named(ground, of_people, sales, PERSON_SCHEMA), _named(ground, of_accounts, sales, ACCOUNT_SCHEMA)
    return Pace(
        _whole(ground, scopes, actual), _named(ground, aims, sales, REGION_SCHEMA), people, accounts, _months(ground, scopes, actual),
        _summary(ground, aims, scopes, {"salesperson": people["salesperson_id"], "account": accounts["account_id"]}), ground,
    )  # fmt: skip


def _aims(ground: Ground, grains: Sequence[str]) -> Aims:
    return aims_of(rows_of_one_grain(ground.targets, ground.column, grains), ground.column, ground.seasons, ground.period.months)


def _running(ask: Ask, filters: Filters, as_of: date, until: History, cuts: Cuts) -> RunningPeriod:
    last = min(as_of, filters.to_date - timedelta(days=1)) if filters.to_date else as_of
    by_season = cuts["pace_period"] == running_period.SEASON and until.length > 0
    index = company_index(ask, filters, until, int(cuts["years"]), str(cuts["method"])) if by_season else None
    return running_period.running_period(str(cuts["pace_period"]), last, until.end, index, cuts)


def _whole(ground: Ground, scopes: Scopes, actual: np.ndarray) -> pl.DataFrame:
    if len(scopes.keys):
        return _rates(ground, scopes, actual)
    nothing = pl.DataFrame({"actual": [float(ground.sales[ground.measure].sum())], "status": ["no_target"]})
    return nothing.select(pl.col(name) if name in nothing.columns else pl.lit(None, kind).alias(name) for name, kind in PACE_SCHEMA.items())


def _named(ground: Ground, aims: Aims, sales: Sales, schema: dict) -> pl.DataFrame:
    """The rates of the scopes that the target rows name by the schema's first column, the furthest behind in sales first."""
    key = next(iter(schema))
    if aims.rows[key].null_count() == aims.rows.height:
        return pl.DataFrame(schema=schema)
    scopes = scopes_of(aims, key)
    rates = _rates(ground, scopes, scopes.actual(sales))
    names = aims.rows.select(name for name in schema if name not in PACE_SCHEMA).unique(key, keep="first")
    found = rates.with_columns(scopes.keys.alias(key)).join(names, on=key, how="left")
    return found.select(typed(schema)).sort("ahead", key, nulls_last=True)


def _expected_weights(ground: Ground, scopes: Scopes) -> np.ndarray:
    """What says how much of each month is expected: the season, or the targets' own months."""
    return np.maximum(scopes.target, 0.0) if ground.cuts["pace_expected"] == "plan" else scopes.weights


def _rates(ground: Ground, scopes: Scopes, by_month: np.ndarray) -> pl.DataFrame:
    target, actual = scopes.target.sum(axis=1), by_month.sum(axis=1)
    found = run_rate(target, actual, _expected_weights(ground, scopes), ground.period.elapsed)
    projections = np.stack([found.additive, found.ratio])
    unknown = np.isnan(projections).all(axis=0)
    gone, to_come = (scopes.has_target @ days for days in (ground.period.weekdays_gone, ground.period.weekdays_left))
    is_open = ~found.is_final & (target > 0) & (to_come > 0)
    columns = {
        "target": target, "actual": actual, "attainment": divided(actual, target), "expected_share": found.expected_share,
        "expected": target * found.expected_share, "ahead": actual - target * found.expected_share, "pace_index": found.pace_index,
        "projection_low": np.where(unknown, np.nan, np.fmin(*projections)), "projection_high": np.where(unknown, np.nan, np.fmax(*projections)),
        "required_factor": found.required_factor, "to_go": np.where(target > 0, np.maximum(target - actual, 0.0), np.nan),
        "per_day": divided(actual, gone),
        "required_per_day": np.where(is_open, np.maximum(target - actual, 0.0) / np.maximum(to_come, 1), np.nan),
        "status": _status(target, actual, found.pace_index, found.is_final, float(ground.cuts["pace_band"])),
    }
    return pl.DataFrame(columns, schema=PACE_SCHEMA).with_columns(pl.col(pl.Float64).fill_nan(None))


def _status(target: np.ndarray, actual: np.ndarray, index: np.ndarray, is_final: np.ndarray, band: float) -> list[str]:
    """no_target; reached, or target_missed at the end; else ahead, on_pace, behind, or not_begun."""
    index = np.nan_to_num(index, nan=-1.0)
    states = [target <= 0, actual >= target, is_final, index < 0, index > 1 + band, index >= 1 - band]
    return np.select(states, ["no_target", "reached", "target_missed", "not_begun", "ahead", "on_pace"], "behind").tolist()


def _months(ground: Ground, scopes: Scopes, by_month: np.ndarray) -> pl.DataFrame:
    """The whole's months: what is aimed at, expected, sold, and what the projection adds to each month that is not over."""
    if not len(scopes.keys) or scopes.target.sum() <= 0:
        return pl.DataFrame(schema=MONTHS_SCHEMA)
    span, target = ground.period.months, scopes.target[0]
    actual, weights = by_month[0], _expected_weights(ground, scopes)
    found = run_rate(scopes.target.sum(axis=1), by_month.sum(axis=1), weights, ground.period.elapsed)
    expected = target.sum() * weights[0] / weights[0].sum()
    over = np.clip(ground.period.elapsed - np.arange(span.length), 0, 1)
    pace = 1.0 if np.isnan(found.pace_index[0]) else found.pace_index[0]
    low, high = (actual + expected * (1 - over) * factor for factor in (min(pace, 1.0), max(pace, 1.0)))
    is_begun, is_over = over > 0, over >= 1
    columns = {
        "month": span.months, "target": target, "expected": expected, "actual": np.where(is_begun, actual, np.nan),
        "attainment": np.where(is_over, divided(actual, target), np.nan), "is_over": is_over,
        "projection_low": np.where(is_over, np.nan, low), "projection_high": np.where(is_over, np.nan, high),
        "target_sum": target.cumsum(), "expected_sum": expected.cumsum(), "actual_sum": np.where(is_begun, actual.cumsum(), np.nan),
        "low_sum": np.where(is_over, np.nan, low.cumsum()), "high_sum": np.where(is_over, np.nan, high.cumsum()),
    }
    return pl.DataFrame(columns, schema=MONTHS_SCHEMA).with_columns(pl.col(pl.Float64).fill_nan(None))


def _summary(ground: Ground, aims: Aims, whole: Scopes, named: dict[str, pl.Series]) -> pl.DataFrame:
    """Weekdays are those of the months that have a target. `unaimed`: what of the sales is of people or accounts without a target, where the targets are people's or accounts'."""
    period, grain = ground.period, aims.grain
    aimed = whole.has_target[0] if len(whole.keys) else np.ones(period.months.length, bool)
    is_named = pl.col(f"{grain}_id").is_in(named[grain].implode()).fill_null(False) if grain in named else pl.lit(True)
    row = (
        period.as_of, period.kind, period.months.start, period.months.end, period.months.length, period.elapsed,
        int(aimed @ period.weekdays_gone), int(aimed @ period.weekdays_left), ground.measure, ground.source, grain, ground.season_known,
        float(ground.sales.filter(~is_named)[ground.measure].sum()),
    )  # fmt: skip
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row")
