"""The development plan against what was done: by person, by area, by month, and the new accounts one by one."""

from datetime import date, timedelta

import numpy as np
import polars as pl
from scipy import stats

from measures.team.small_samples import chance_of_at_most, funnel_limits
from measures.typed import typed
from measures.wilson import wilson

ALIVE, GONE, NOT_SEEN, YOUNG = "alive", "gone", "not_seen", "too_young"
BELOW, WITHIN, ABOVE = "below_limits", "within_limits", "above_limits"

DONE = {
    "planned_visits": pl.Float64, "visits": pl.Int64, "adherence": pl.Float64, "adherence_low": pl.Float64, "adherence_high": pl.Float64,
    "planned_developments": pl.Float64, "developments": pl.Int64, "development_rate": pl.Float64,
}  # fmt: skip
PEOPLE_SCHEMA = {
    "salesperson_id": pl.String, "salesperson": pl.String, "region": pl.String, **DONE, "chance": pl.Float64, "plan_verdict": pl.String,
    "visits_elsewhere": pl.Int64, "developments_elsewhere": pl.Int64, "on_day_rate": pl.Float64, "alive": pl.Int64, "gone": pl.Int64, "not_seen": pl.Int64,
    "too_young": pl.Int64, "alive_rate": pl.Float64, "alive_low": pl.Float64, "alive_high": pl.Float64, "limit_low": pl.Float64, "limit_high": pl.Float64,
    "alive_verdict": pl.String,
}  # fmt: skip
AREA_SCHEMA = {"area": pl.String, "region": pl.String, "kind": pl.String, "people": pl.Int64, **DONE}
MONTH_SCHEMA = {
    "month": pl.Date, "is_over": pl.Boolean, "planned_visits": pl.Float64, "visits": pl.Int64, "visits_elsewhere": pl.Int64, "planned_developments": pl.Float64,
    "developments": pl.Int64, "developments_elsewhere": pl.Int64,
}  # fmt: skip
DEVELOPMENT_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "city": pl.String, "region_id": pl.String, "region": pl.String, "parent_account": pl.String,
    "salesperson_id": pl.String, "salesperson": pl.String, "opened_on": pl.Date, "first_order_on": pl.Date, "looked": pl.Int64, "orders_seen": pl.Int64,
    "life_status": pl.String,
}  # fmt: skip


def developments(opened: pl.DataFrame, end: date | None, days: int) -> pl.DataFrame:
    """DEVELOPMENT_SCHEMA: each new account, and whether it still buys; too young where fewer than `days` have passed before `end`."""
    young = pl.col("opened_on") > pl.lit((end or date.max) - timedelta(days=days))
    status = (
        pl.when(young)
        .then(pl.lit(YOUNG))
        .when(pl.col("orders_seen") > 0)
        .then(pl.lit(ALIVE))
        .when(pl.col("looked") > 0)
        .then(pl.lit(GONE))
        .otherwise(pl.lit(NOT_SEEN))
    )
    return opened.with_columns(life_status=status).select(typed(DEVELOPMENT_SCHEMA))


def people(plans: pl.DataFrame, visits: pl.DataFrame, won: pl.DataFrame, share: float) -> pl.DataFrame:
    """PEOPLE_SCHEMA of `plans` with what belongs to them, all that each person did, and how their new accounts live; lowest adherence first.

    Limits hold `share` of the people if all are as good: of the developments under the plan, of those that live around the common rate.
    """
    own = _done(plans, ("salesperson_id", "salesperson", "region"))
    made = visits.group_by("salesperson_id").agg(
        pl.col("visits").sum().alias("all_visits"), pl.col("planned").sum(), pl.col("on_day").sum()
    )
    life = won.group_by("salesperson_id").agg(
        pl.len().alias("all_developments"), *((pl.col("life_status") == code).sum().alias(code) for code in (ALIVE, GONE, NOT_SEEN, YOUNG))
    )
    joined = own.join(made, on="salesperson_id", how="left", maintain_order="left").join(life, on="salesperson_id", how="left", maintain_order="left")
    filled = joined.with_columns(pl.col("all_visits", "planned", "on_day", "all_developments", ALIVE, GONE, NOT_SEEN, YOUNG).fill_null(0))
    rows = filled.with_columns(
        visits_elsewhere=pl.col("all_visits").cast(pl.Int64) - pl.col("visits"),
        developments_elsewhere=pl.col("all_developments").cast(pl.Int64) - pl.col("developments"),
        on_day_rate=pl.when(pl.col("planned") > 0).then(pl.col("on_day") / pl.col("planned")),
    )
    judged = _with_life(_with_chance(rows, share), share)
    ranked = judged.sort("adherence", "salesperson_id", nulls_last=True)
    return ranked.select(typed(PEOPLE_SCHEMA))


def areas(plans: pl.DataFrame) -> pl.DataFrame:
    """AREA_SCHEMA: each area and kind, the most planned visits first."""
    keyed = plans.with_columns(pl.col("area").fill_null(""))
    head = keyed.group_by("area", "region", "kind").agg(pl.col("salesperson_id").n_unique().alias("people"))
    rows = head.join(_done(keyed, ("area", "region", "kind")), on=["area", "region", "kind"], how="left", nulls_equal=True)
    ranked = rows.sort("planned_visits", "area", "kind", "region", descending=[True, False, False, False])
    return ranked.select(typed(AREA_SCHEMA))


def months(plans: pl.DataFrame, visits: pl.DataFrame, won: pl.DataFrame) -> pl.DataFrame:
    """MONTH_SCHEMA: each month with a plan, and what was done in it within and outside the plans."""
    sums = plans.group_by("month").agg(pl.col("is_over").first(), pl.col("planned_visits", "visits", "planned_developments", "developments").sum())
    made = visits.group_by("month").agg(pl.col("visits").sum().alias("all_visits"))
    opened = won.group_by(pl.col("opened_on").dt.truncate("1mo").alias("month")).agg(pl.len().alias("all_developments"))
    joined = sums.join(made, on="month", how="left").join(opened, on="month", how="left").with_columns(pl.col("all_visits", "all_developments").fill_null(0))
    rows = joined.with_columns(
        visits_elsewhere=pl.col("all_visits").cast(pl.Int64) - pl.col("visits"),
        developments_elsewhere=pl.col("all_developments").cast(pl.Int64) - pl.col("developments"),
    )
    return rows.sort("month").select(typed(MONTH_SCHEMA))


def summary(
    plans: pl.DataFrame, won: pl.DataFrame, candidates: pl.DataFrame, channel: pl.DataFrame, end: date | None, *, has_plans: bool
) -> pl.DataFrame:  # fmt: skip
    """One row: plans and what belongs to them, how the new accounts live, what could be won, what lies beyond the levels that we manage."""
    done = _done(plans.with_columns(all=pl.lit(0)), ("all",))
    alive, gone = (int((won["life_status"] == code).sum()) for code in (ALIVE, GONE))
    low, high = (float(bound[0]) if alive + gone else None for bound in wilson(np.array([alive]), np.array([alive + gone])))
    beyond = channel.filter(~pl.col("is_managed"))["accounts"].sum()
    total = channel["accounts"].sum()
    about = {
        "as_of": end, "has_plans": has_plans, "people": plans["salesperson_id"].n_unique(), "new_accounts": won.height, "alive": alive, "gone": gone,
        "not_seen": int((won["life_status"] == NOT_SEEN).sum()), "alive_rate": alive / (alive + gone) if alive + gone else None, "alive_low": low,
        "alive_high": high, "candidates": candidates.height, "candidate_amount": candidates.filter(pl.col("kind") == "outlet")["competitor_year"].sum(),
        "beyond": beyond, "beyond_rate": beyond / total if total else None,
    }  # fmt: skip
    told = done.row(0, named=True) if done.height else dict.fromkeys((*DONE, "kept"))
    schema = {"as_of": pl.Date, **DONE, "visits_kept": pl.Float64, "alive_rate": pl.Float64, "alive_low": pl.Float64, "alive_high": pl.Float64, "beyond_rate": pl.Float64}
    return pl.DataFrame([about | {name: told[name] for name in DONE} | {"visits_kept": told["kept"]}], schema_overrides=schema)


def _done(plans: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """DONE by the keys: adherence is the planned visits that were made ÷ planned, each plan by itself, with Wilson's interval."""
    kept = plans.with_columns(kept=pl.min_horizontal(pl.col("visits").cast(pl.Float64), "planned_visits"))
    sums = kept.group_by(keys, maintain_order=True).agg(pl.col("planned_visits", "visits", "kept", "planned_developments", "developments").sum())
    low, high = wilson(sums["kept"].to_numpy(), sums["planned_visits"].to_numpy())
    return sums.with_columns(
        pl.Series("adherence_low", low).fill_nan(None), pl.Series("adherence_high", high).fill_nan(None),
        adherence=pl.when(pl.col("planned_visits") > 0).then(pl.col("kept") / pl.col("planned_visits")),
        development_rate=pl.when(pl.col("planned_developments") > 0).then(pl.col("developments") / pl.col("planned_developments")),
    )


def _with_chance(rows: pl.DataFrame, share: float) -> pl.DataFrame:
    """`chance` of so few developments under the plan, and whether they lie outside the limits."""
    made, planned = rows["developments"].to_numpy(), rows["planned_developments"].to_numpy()
    few = chance_of_at_most(made, planned)
    more = 1 - chance_of_at_most(made - 1, planned)
    side = (1 - share) / 2
    verdict = [_verdict(low, high, side) for low, high in zip(few, more, strict=True)]
    return rows.with_columns(pl.Series("chance", few).fill_nan(None), pl.Series("plan_verdict", verdict, dtype=pl.String))


def _verdict(few: float, many: float, side: float) -> str | None:
    if np.isnan(few):
        return None
    return BELOW if few < side else ABOVE if many < side else WITHIN


def _with_life(rows: pl.DataFrame, share: float) -> pl.DataFrame:
    """How many of each person's new accounts still buy, with Wilson's interval, and the limits around everybody's rate."""
    alive, seen = rows[ALIVE].to_numpy().astype(float), (rows[ALIVE] + rows[GONE]).to_numpy().astype(float)
    low, high = wilson(alive, seen)
    common = alive.sum() / seen.sum() if seen.sum() > 0 else float("nan")
    least, most = funnel_limits(common, seen, float(stats.norm.ppf((1 + share) / 2)))
    rated = rows.with_columns(
        pl.Series("alive_rate", np.divide(alive, seen, out=np.full(len(seen), np.nan), where=seen > 0)), pl.Series("alive_low", low), pl.Series("alive_high", high),
        pl.Series("limit_low", least), pl.Series("limit_high", most),
    ).with_columns(pl.col("alive_rate", "alive_low", "alive_high", "limit_low", "limit_high").fill_nan(None))  # fmt: skip
    rate = pl.col("alive_rate")
    verdict = pl.when(rate < pl.col("limit_low")).then(pl.lit(BELOW)).when(rate > pl.col("limit_high")).then(pl.lit(ABOVE)).otherwise(pl.lit(WITHIN))
    return rated.with_columns(alive_verdict=pl.when(rate.is_not_null()).then(verdict))
