"""What will the open deals bring, month by month, and how good were such forecasts before (methods.md section 4)?

The forecast stands on the period's last day, or the last day of the data where that is earlier; the period's beginning plays no part.
A deal counts with its stage's win rate as known on that day, in the month of its expected close. A close that is over or missing is
moved to when a win usually comes from its stage, and said. Won and lost deals are not in it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from measures.blocks import each
from measures.metrics import ratio
from measures.pipeline import forecast_odds as odds
from measures.pipeline.forecast_record import SCHEMA as RECORD_SCHEMA
from measures.pipeline.forecast_record import quarter_starts, record
from measures.pipeline.forecast_simulation import mean_and_sd, ranges
from measures.pipeline.named_deals import named
from measures.pipeline.quarter_stays import QuarterDeals, quarter_deals
from measures.pipeline.stage_order import StageOrder
from measures.pipeline.stage_outcomes import with_end
from measures.pipeline.stage_reading import DEAL_THRESHOLDS, STAGE_THRESHOLDS, Reading, reading
from measures.targets import covered_months, of_one_grain
from measures.thresholds import Cuts
from measures.typed import typed
from queries.cache import made_once
from queries.filters import Filters, add_months
from queries.runner import Ask, begin, together

THRESHOLDS = (*STAGE_THRESHOLDS, *DEAL_THRESHOLDS, "prior_win_rate", "forecast_months")
DEALS_SHOWN = 2_000
"""Open deals that are listed, the largest first; all count in the sums."""
MONTHS_SCHEMA = {
    "month": pl.Date, "weighted": pl.Float64, "p10": pl.Float64, "p90": pl.Float64, "target": pl.Float64, "n": pl.Int64,
    "adjusted": pl.Float64, "standard_deviation": pl.Float64, "open_value": pl.Float64, "won_value": pl.Float64, "moved": pl.Int64,
    "target_cover": pl.Float64,
}  # fmt: skip
STAGES_SCHEMA = {
    "stage": pl.String, "stage_probability": pl.Float64, "won": pl.Int64, "closed": pl.Int64, "deals": pl.Int64, "open_value": pl.Float64,
    "weighted": pl.Float64, "usual_days": pl.Float64,
}  # fmt: skip
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "n": pl.Int64, "open_value": pl.Float64, "weighted": pl.Float64, "standard_deviation": pl.Float64, "p10": pl.Float64,
    "p90": pl.Float64, "adjusted": pl.Float64, "target": pl.Float64, "target_cover": pl.Float64, "overdue": pl.Int64,
    "overdue_value": pl.Float64, "undated": pl.Int64, "unpriced": pl.Int64,
    "later": pl.Int64, "later_value": pl.Float64, "record_error": pl.Float64, "record_within": pl.Int64, "record_quarters": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True)
class PipelineForecast:
    """`months` from the month after the last day on, `record` of former quarters, `stages` with their win rates, the largest `deals`.

    weighted, p10, p90: the store's currency. `adjusted` is the weighted value as the former quarters' forecasts turned out: times
    1 + record_error, null where there is no record or nothing came in of it: then it says no rate. `summary` has one row: the months' total with its own range, and what was moved or left out.
    `has_ends`: some stage of the data is known to end a deal.
    """

    months: pl.DataFrame
    record: pl.DataFrame
    stages: pl.DataFrame
    deals: pl.DataFrame
    summary: pl.DataFrame
    has_ends: bool = True


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> PipelineForecast:
    """The weighted forecast of the deals that are open on the period's last day; empty tables where none is."""
    now = reading(ask, filters, cuts)
    order, until = now.order, now.period_end
    if until is None or not order.stages:
        return _empty(bool(order.closed_numbers))
    prior = float(cuts["prior_win_rate"])
    first = (until + timedelta(days=1)).replace(day=1)
    horizon = [add_months(first, step) for step in range(int(cuts["forecast_months"]))]
    # What takes longest begins first: two are asked at a time. It is waited for once the open deals are priced.
    waited = begin(lambda: _quarters(now, quarter_starts(until)))
    won_days, open_deals, closings, targets = together(
        lambda: ask("pipeline/won_days", now.filters, until=until, won=order.won_numbers),
        lambda: ask("pipeline/open_values", now.filters, until=until, closed=order.closed_numbers),
        lambda: ask("pipeline/closings", now.filters, until=until, **order.ends),
        lambda: _targets(ask, now.filters, horizon),
    )
    closed, won_days = odds.closed_deals(closings, order), odds.won_stays(won_days, order)
    days = odds.usual_days(won_days)
    rates, won, known = odds.probabilities(closed, None, prior)
    deals = _priced(open_deals, order, rates, days, until)
    inside = deals.filter(pl.col("month") < add_months(horizon[-1], 1))
    # What is drawn for the past and for the months to come is drawn at the same time.
    (quarters,) = waited()
    past, (low, high) = each(
        lambda made: made(), (lambda: _record(now, lambda: record(quarters, closings, closed, won_days, order, prior)), lambda: _ranges(inside, horizon))
    )
    months = _months(inside, pl.DataFrame({"month": horizon, "p10": low[:-1], "p90": high[:-1]}), targets, _won(closings, order), record_factor(past))
    return PipelineForecast(
        months=months, record=past, stages=_stages(deals, order, rates, won, known, days),
        deals=named(ask, now.filters, _largest(deals, order)),
        summary=_summary(until, deals, inside, months, (low[-1], high[-1]), past), has_ends=bool(order.closed_numbers),
    )  # fmt: skip


def _quarters(now: Reading, starts: list[date]) -> QuarterDeals:
    """The deals that stood open on the first days of former quarters; a page makes them once, whatever the prior and the months ahead."""
    return made_once(now.ask, ("forecast_quarters", *_key(now)), lambda: _asked_quarters(now, starts))


def _record(now: Reading, make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """How former quarters' forecasts turned out: the same however many months are forecast."""
    return made_once(now.ask, ("forecast_record", *_key(now), now.cuts["prior_win_rate"]), make)


def _key(now: Reading) -> tuple[object, ...]:
    """Whose deals are looked at, up to when, and how their stages are read."""
    return now.filters, now.period_end, now.cuts.only(STAGE_THRESHOLDS)


def _asked_quarters(now: Reading, starts: list[date]) -> QuarterDeals:
    stays = now.ask("pipeline/quarter_stays", now.filters, since=starts[0], until=now.period_end, **now.order.ends)
    return quarter_deals(stays, now.ask("pipeline/earlier_wins", now.filters, **now.order.ends), starts)


def _priced(found: pl.DataFrame, order: StageOrder, rates: np.ndarray, days: np.ndarray, until: date) -> pl.DataFrame:
    """The open deals with probability, weighted value, the month of closing and their stage's `place`; is_overdue and is_undated say why a date moved."""
    at = odds.positions(found["stage_number"].fill_null(0).to_numpy(), order)
    closes = odds.placed_closes(found["expected_close_on"].to_numpy(), found["entered_on"].fill_null(found["created_on"]).to_numpy(), until + timedelta(days=1), days[at])
    return found.with_columns(
        pl.Series("place", at), pl.Series("probability", rates[at]), pl.Series("closes_on", closes),
        (pl.col("expected_close_on") <= until).fill_null(False).alias("is_overdue"), pl.col("expected_close_on").is_null().alias("is_undated"),
    ).with_columns(
        pl.col("closes_on").dt.truncate("1mo").alias("month"), (pl.col("probability") * pl.col("value").fill_null(0.0)).alias("weighted")
    )  # fmt: skip


def _largest(deals: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """The deals that are listed; to find them first costs a fraction of sorting all."""
    found = deals.top_k(DEALS_SHOWN, by=["weighted", "opportunity_id"], reverse=[False, True])
    ranked = found.sort("weighted", "opportunity_id", descending=[True, False])
    return ranked.drop("place").rename({"stage_number": "stage"}).with_columns(order.text_of("stage"))


def _ranges(deals: pl.DataFrame, horizon: list[date]) -> tuple[np.ndarray, np.ndarray]:
    """P10 and P90 of each month, and of all together as the last element."""
    # Of deals that matter as much the first ones are drawn: those that have stood longest, whatever the store's order.
    ordered = deals.select("value", "probability", "month", "age_days", "opportunity_id").sort(
        "age_days", "opportunity_id", descending=[True, False], nulls_last=True
    )
    return ranges(ordered["value"].fill_null(0.0).to_numpy(), ordered["probability"].to_numpy(), _places(ordered, horizon), len(horizon))


def _places(deals: pl.DataFrame, horizon: list[date]) -> np.ndarray:
    """The number of each deal's month in the horizon."""
    return np.searchsorted(np.array(horizon, "datetime64[D]"), deals["month"].to_numpy())


def _sums(groups: np.ndarray, count: int, **columns: pl.Series) -> dict[str, np.ndarray]:
    """Each column's sum per group, in the order of the deals: threads would add up the last digits in another order each time."""
    return {name: np.bincount(groups, column.fill_null(0).cast(pl.Float64).to_numpy(), count) for name, column in columns.items()}


def _sound(past: pl.DataFrame) -> pl.DataFrame:
    """The quarters whose forecast can be judged: something was forecast, and by then a deal had closed to learn from."""
    return past.filter(pl.col("weighted") > 0, pl.col("closed_before") > 0)


def record_error(past: pl.DataFrame) -> float | None:
    """What came in of all former quarters' forecasts together, as a rate above or below them; None without any."""
    sound = _sound(past)
    return sound["actual_of_open"].sum() / sound["weighted"].sum() - 1 if sound.height else None


def record_factor(past: pl.DataFrame) -> float | None:
    """What came in for each unit that was forecast; None without a record, or where nothing came in.

    A rate of nought would say that no deal will ever be won, which no number of lost deals says.
    """
    error = record_error(past)
    return 1 + error if error is not None and error > -1 else None


def _months(
    deals: pl.DataFrame, frame: pl.DataFrame, targets: pl.DataFrame, won: pl.DataFrame, factor: float | None
) -> pl.DataFrame:
    """One row per month from the first to the last that has a deal or a target; `frame` has all months with p10 and p90."""
    horizon = frame["month"].to_list()
    places = _places(deals, horizon)
    sums = _sums(
        places, len(horizon), weighted=deals["weighted"], open_value=deals["value"], moved=deals["is_overdue"] | deals["is_undated"],
        variance=deals["probability"] * (1 - deals["probability"]) * deals["value"] ** 2,
    )  # fmt: skip
    counted = pl.DataFrame({"month": horizon, "n": np.bincount(places, minlength=len(horizon)), **sums}).filter(pl.col("n") > 0).with_columns(
        pl.col("variance").sqrt().alias("standard_deviation")
    )
    joined = frame.join(counted, on="month", how="left").join(targets, on="month", how="left").join(won, on="month", how="left").sort("month")
    zeros = [pl.col(name).fill_null(0) for name in ("weighted", "n", "standard_deviation", "open_value", "moved")]
    used = joined.filter(pl.col("n").is_not_null() | pl.col("target").is_not_null())["month"].max()
    shown = joined.filter(pl.col("month") <= used) if used else joined.clear()
    adjusted = pl.lit(None) if factor is None else pl.col("weighted") * factor
    brought = pl.col("won_value").fill_null(0.0) + pl.col("weighted")
    covered = pl.when(pl.col("target") > 0).then(brought / pl.col("target")).alias("target_cover")
    return shown.with_columns(*zeros).with_columns(adjusted.alias("adjusted"), covered).select(typed(MONTHS_SCHEMA))


def _targets(ask: Ask, filters: Filters, horizon: list[date]) -> pl.DataFrame:
    """The months' targets in money; one that stands for several months is shared out evenly. A target knows no source of deals."""
    if filters.of_some_deals:
        return pl.DataFrame(schema={"month": pl.Date, "target": pl.Float64})
    period = filters.within(add_months(horizon[0], -12), add_months(horizon[-1], 1))
    rows = of_one_grain(ask("overview/targets", period), "amount").group_by("month").agg(pl.col("target").sum())
    amounts = dict(rows.iter_rows())
    stands = covered_months(amounts)
    shares = {month: amounts[start] / sum(other == start for other in stands.values()) for month, start in stands.items()}
    return pl.DataFrame({"month": list(shares), "target": list(shares.values())}, schema={"month": pl.Date, "target": pl.Float64})


def _won(closings: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """What was won in each month, less what was opened again in it; a win of an earlier month was that month's."""
    won = with_end(closings, order).filter(pl.col("outcome") == "won", pl.col("closed_month") == pl.col("month"))
    return won.group_by("month").agg(pl.col("value").sum().alias("won_value"))


def _stages(
    deals: pl.DataFrame, order: StageOrder, rates: np.ndarray, won: np.ndarray, known: np.ndarray, days: np.ndarray
) -> pl.DataFrame:
    at = deals["place"].to_numpy()
    sums = {"deals": np.bincount(at, minlength=len(rates)), **_sums(at, len(rates), open_value=deals["value"], weighted=deals["weighted"])}
    frame = pl.DataFrame(
        {"stage": list(order.stages), "stage_probability": rates[1:], "won": won[1:], "closed": known[1:], "usual_days": days[1:]}
        | {name: counted[1:] for name, counted in sums.items()},
        schema_overrides={"stage": pl.String},
    )
    return frame.select(typed(STAGES_SCHEMA))


def _summary(
    until: date, deals: pl.DataFrame, inside: pl.DataFrame, months: pl.DataFrame, bounds: tuple[float, float], past: pl.DataFrame
) -> pl.DataFrame:
    mean, sd = mean_and_sd(inside["value"].fill_null(0.0).to_numpy(), inside["probability"].to_numpy())
    aimed = months.filter(pl.col("target").is_not_null())
    sound = _sound(past)
    error, factor = record_error(past), record_factor(past)
    row = (
        until, inside.height, inside["value"].sum(), mean, sd, *bounds,
        None if factor is None else mean * factor, *_cover(aimed),
        deals["is_overdue"].sum(), deals.filter("is_overdue")["value"].sum(), deals["is_undated"].sum(), deals["value"].null_count(),
        deals.height - inside.height, deals["value"].sum() - inside["value"].sum(), error, sound["is_within"].sum(), sound.height,
    )  # fmt: skip
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row")


def _cover(aimed: pl.DataFrame) -> tuple[float | None, float | None]:
    """The months' sales target, and the share of it that their deals bring: won in these months already, and forecast."""
    target = aimed["target"].sum() if aimed.height else None
    return target, ratio(aimed["won_value"].sum() + aimed["weighted"].sum(), target)


def _empty(has_ends: bool) -> PipelineForecast:
    deals = pl.DataFrame(schema={"opportunity_id": pl.String, "stage": pl.String, "weighted": pl.Float64})
    return PipelineForecast(*(pl.DataFrame(schema=kind) for kind in (MONTHS_SCHEMA, RECORD_SCHEMA, STAGES_SCHEMA)), deals, pl.DataFrame(schema=SUMMARY_SCHEMA), has_ends)
