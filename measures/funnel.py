"""Where do deals stop, and who comes back? The pipeline and the life cycle (methods.md section 4). Deals are seen in three views:

    cohort       the deals created in the period, followed to the last day of the data
    snapshot     what is open at the period's end; counts and value, never called conversion
    transitions  the moves that deals made in the period

A skipped stage counts as passed. A deal that comes back to a stage stays there anew, but has entered it once. `won` is the last
stage; lost is a way out of every stage. A deal's outcome is the stage that it is in now, so a lost deal that came back is open.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from measures import life_cycle as cycle
from measures import stage_cohorts, stage_losses, stage_outcomes, stage_tables, stage_times
from measures.hand_overs import hand_overs
from measures.leads import lead_totals, leads
from measures.sales_model import THRESHOLDS as MODEL_THRESHOLDS
from measures.sales_model import Windows, windows, words
from measures.stage_order import StageOrder, stage_order
from measures.thresholds import Cuts
from measures.velocity import levers, velocity
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = (
    "view", "stage_order", *MODEL_THRESHOLDS, "stuck_percentile", "alive_cut", "one_way_outcomes", "own_touch_outcomes", "referral_sources",
)  # fmt: skip
DEALS_PER_STAGE = 500
STUCK_COLUMNS = (
    "opportunity_id", "account_id", "account", "region_id", "region", "salesperson_id", "salesperson", "stage", "age_days", "stuck_days",
    "value", "created_on", "expected_close_on",
)  # fmt: skip


@dataclass(frozen=True)
class Funnel:
    """The pipeline's tables. Money is expected_amount; a deal without one counts as 0 there.

    `summary`, `velocity`, `lost_reasons`, `openings` and the `by_…` tables tell what became of the deals created in the period,
    whatever the view; `cohorts` too, by the month of entering each stage. `survival`, `exits`, `stuck` and `deals` are of the view's
    deals, `leads` of all deals open at its end. `life_cycle` counts accounts at its end, `hand_overs` those that changed hands since its
    beginning.
    """

    stages: pl.DataFrame
    summary: pl.DataFrame
    velocity: pl.DataFrame
    levers: pl.DataFrame
    cohorts: pl.DataFrame
    survival: pl.DataFrame
    exits: pl.DataFrame
    stuck: pl.DataFrame
    by_region: pl.DataFrame
    by_salesperson: pl.DataFrame
    by_manager: pl.DataFrame
    by_source: pl.DataFrame
    by_product: pl.DataFrame
    by_month: pl.DataFrame
    by_quarter: pl.DataFrame
    lost_reasons: pl.DataFrame
    openings: pl.DataFrame
    life_cycle: pl.DataFrame
    repurchase: pl.DataFrame
    lead_totals: pl.DataFrame
    leads: pl.DataFrame
    hand_overs: pl.DataFrame
    deals: pl.DataFrame
    view: str
    as_of: date | None


@dataclass(frozen=True)
class _Reading:
    """What one answer looks at: how it asks, whose deals, in which view, up to which day."""

    ask: Ask
    filters: Filters
    cuts: Cuts
    order: StageOrder
    windows: Windows
    as_of: date | None

    @property
    def view(self) -> str:
        return str(self.cuts["view"])

    @property
    def until(self) -> date | None:
        """The last day that the view looks at: a cohort is followed to the end of the data, the others end with the period."""
        return self.as_of if self.view == "cohort" else self.period_end

    @property
    def period_end(self) -> date | None:
        """The period's last day, or the last day of the data where that is earlier."""
        if self.filters.to_date is None or self.as_of is None:
            return self.as_of
        return min(self.as_of, self.filters.to_date - timedelta(days=1))

    @property
    def created(self) -> dict[str, date | None]:
        """Whose stages are looked at: in a cohort the deals created in the period."""
        cohort = self.view == "cohort"
        return {"created_from": self.filters.from_date if cohort else None, "created_to": self.filters.to_date if cohort else None}

    def before(self, day: date | None) -> date | None:
        """The end of what is read up to `day`: open where that is all."""
        return None if day is None or self.as_of is None or day >= self.as_of else day + timedelta(days=1)


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Funnel:
    """The funnel of the deals within the filters. Win rates are null where nothing has closed."""
    order = stage_order(ask("pipeline/stage_order", filters), str(cuts["stage_order"]))
    now = _Reading(ask, filters, cuts, order, windows(cuts), last_day(ask, filters, order))
    found = ask("pipeline/deals", filters, as_of=now.as_of, maturity_days=now.windows.maturity_days, closed=order.closed)
    counted = stage_outcomes.with_outcome(found, order)
    return Funnel(**_stages(now, counted), **_outcomes(now, counted), **_people(now), deals=_deals(now), view=now.view, as_of=now.as_of)


def last_day(ask: Ask, filters: Filters, order: StageOrder) -> date | None:
    """The last day of the data: deals may be newer than the last sale."""
    found = [*ask("store/generation", filters)["as_of"], order.last_on]
    return max((day for day in found if day is not None), default=None)


def _stages(now: _Reading, counted: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """How deals pass the stages, and how long they take."""
    entered_from = now.filters.from_date if now.view == "transitions" else None
    days = now.ask(
        "pipeline/stage_days", now.filters, **now.created, entered_from=entered_from, until=now.until, won=now.order.won,
        closed=now.order.closed,
    )  # fmt: skip
    times = stage_times.times(days, now.order, float(now.cuts["stuck_percentile"]))
    return {
        "stages": _table(now, counted, days, times),
        "survival": stage_times.survival(days, now.order),
        "exits": stage_times.exits(days, now.order),
        "cohorts": _cohorts(now),
        **_open_deals(now, times),
    }


def _table(now: _Reading, counted: pl.DataFrame, days: pl.DataFrame, times: pl.DataFrame) -> pl.DataFrame:
    if now.view == "snapshot":
        return stage_tables.snapshot(times, now.order)
    if now.view == "transitions":
        return stage_tables.transitions(now.ask("pipeline/moves", now.filters), times, now.order)
    stuck = stage_times.stuck_by_reach(days, times, now.order)
    return stage_tables.cohort(counted.filter(pl.col("breakdown") == "stages"), times, now.order, stuck)


def _cohorts(now: _Reading) -> pl.DataFrame:
    maturity = now.windows.maturity_days
    moves = now.ask("pipeline/cohorts", now.filters, stages=now.order.stages, won=now.order.won, maturity_days=maturity)
    return stage_cohorts.cohorts(moves, now.order, maturity, now.as_of)


def _open_deals(now: _Reading, times: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The leads among all open deals, and the stuck ones of the view's deals, the longest waiting first."""
    found = now.ask(
        "pipeline/open_deals", now.filters, until=now.until, closed=now.order.closed, one_way=words(now.cuts["one_way_outcomes"]),
        own_touch=words(now.cuts["own_touch_outcomes"]), protection_days=now.windows.protection_days,
    )  # fmt: skip
    started, ended = now.created.values()
    entered = now.filters.from_date if now.view == "transitions" else None
    inside = found.filter(
        pl.col("created_on") >= started if started else pl.lit(True), pl.col("created_on") < ended if ended else pl.lit(True),
        pl.col("entered_on") >= entered if entered else pl.lit(True),
    )  # fmt: skip
    limited = inside.join(times.select("stage", "stuck_days"), on="stage", how="inner", maintain_order="left")
    held = leads(found, now.until, now.windows.protection_days)
    return {
        "stuck": limited.filter(pl.col("age_days") > pl.col("stuck_days")).select(STUCK_COLUMNS),
        "leads": held,
        "lead_totals": lead_totals(held),
    }


def _outcomes(now: _Reading, counted: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """What became of the deals created in the period."""
    total = stage_outcomes.summary(counted)
    row = total.row(0, named=True)
    speed = velocity(row["open"], row["win_rate"], stage_outcomes.average_won(row), row["cycle_days"])
    opened = stage_outcomes.with_end(now.ask("pipeline/openings", now.filters, won=now.order.won), now.order)
    return {
        "summary": total.with_columns(speed["value_per_day"].alias("velocity")),
        "velocity": speed,
        "levers": levers(speed),
        "by_region": stage_outcomes.by(counted, "region"),
        "by_salesperson": stage_outcomes.by(counted, "salesperson", "manager_id", "manager"),
        "by_manager": stage_outcomes.by_manager(counted),
        "by_source": stage_outcomes.by_source(counted),
        "by_product": stage_outcomes.by(counted, "product"),
        "by_month": stage_outcomes.by_month(counted, now.windows.maturity_days, now.as_of),
        "by_quarter": stage_outcomes.by_quarter(counted),
        "lost_reasons": stage_losses.lost_reasons(now.ask("pipeline/losses", now.filters, lost_stages=now.order.lost), now.order),
        "openings": stage_losses.openings(opened, words(now.cuts["referral_sources"])),
    }


def _people(now: _Reading) -> dict[str, pl.DataFrame]:
    """Accounts along their life cycle at the period's end, and those that changed hands since its beginning."""
    end = now.period_end
    found = _accounts(now, end)
    rules = _rules(now, end)
    handed = now.ask("pipeline/hand_overs", now.filters, until=end, before=now.before(end), closed=now.order.closed)
    return {
        "life_cycle": cycle.life_cycle(found, rules, _earlier(now)),
        "repurchase": cycle.repurchase_cohorts(found, rules),
        "hand_overs": hand_overs(handed),
    }


def _earlier(now: _Reading) -> pl.DataFrame | None:
    """The life cycle on the day before the period; only where moves are looked at."""
    if now.view != "transitions" or now.filters.from_date is None:
        return None
    day = now.filters.from_date - timedelta(days=1)
    return cycle.life_cycle(_accounts(now, day), _rules(now, day))


def _accounts(now: _Reading, end: date | None) -> pl.DataFrame:
    return now.ask(
        "pipeline/life_cycle", now.filters, until=end, before=now.before(end), closed=now.order.closed, lost_months=now.windows.lost_months
    )


def _rules(now: _Reading, end: date | None) -> cycle.Rules:
    return cycle.Rules(end, now.windows.lost_months, float(now.cuts["alive_cut"]))


def _deals(now: _Reading) -> pl.DataFrame:
    cohort = now.view == "cohort"
    return now.ask(
        "pipeline/deal_list", now.filters,
        created_from=now.filters.from_date if cohort else None,
        created_to=now.filters.to_date, until=now.until, is_open_only=not cohort,
        closed=now.order.closed, most=DEALS_PER_STAGE,
    )  # fmt: skip
