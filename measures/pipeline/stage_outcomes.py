"""What became of deals: totals, and the same by region, person, team, source, product, month and quarter."""

from collections.abc import Sequence

import polars as pl

from measures.pipeline.named_people import ANOTHER_REGION
from measures.pipeline.stage_order import LOST, OPEN, WON, StageOrder
from measures.wilson import wilson

COUNTS = ("created", "won", "lost", "open", "won_value", "lost_value", "open_value")
RATES = ("win_rate", "win_rate_by_value")
INTERVAL = ("win_rate_lo", "win_rate_hi")
SUBJECT = ("subject_id", "subject", "manager_id", "manager")
SUBJECTS = {"region": (), "salesperson": ("manager_id", "manager"), "manager": (), "source": (), "product": ()}
"""What deals are broken down by, with what is told beside each."""


def with_outcome(found: pl.DataFrame, subjects: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """queries/pipeline/deals.sql with what `with_subject` says of each row, and its `reach` (number of its furthest stage).

    All these deals were `created` in the period.
    """
    reach = with_reach(order, pl.col("stage_mask"), pl.col("last_number"))
    return with_subject(found, subjects, order).with_columns(reach.alias("reach"), created="deals")


def with_subject(found: pl.DataFrame, subjects: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """queries/pipeline/deals.sql or flow_subjects.sql with each row's SUBJECT and its `outcome` (won, lost, open).

    `subjects` is queries/pipeline/subjects.sql. People whom the viewer does not see are together ANOTHER_REGION, without an id, and so is
    their manager, of whom the viewer knows nothing either.
    """
    joined = found.join(subjects, on=["breakdown", "subject_key"], how="left", maintain_order="left")
    unseen = (pl.col("breakdown") == "salesperson") & (pl.col("subject_key") > 0)
    is_nameless = unseen & pl.col("subject").is_null()
    names = (pl.when(is_nameless).then(pl.lit(ANOTHER_REGION)).otherwise(name).alias(name) for name in ("subject", "manager"))
    return with_end(joined, order).with_columns(*names)


def with_end(found: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """Rows with the `outcome` of their last_number (the store's number of the last stage): won, lost or open."""
    return found.with_columns(order.outcome_of("last_number").alias("outcome"))


def with_reach(order: StageOrder, mask: pl.Expr, last_number: pl.Expr) -> pl.Expr:
    """The number of the furthest stage that a mask of stages says, the last one for a won deal; null where no stage was seen."""
    seen = [pl.when(mask // 2**key % 2 == 1).then(pl.lit(number)) for number, key in enumerate(order.keys, start=1)]
    furthest = pl.max_horizontal(*seen) if seen else pl.lit(None, pl.Int32)
    return pl.when(last_number.is_in(order.won_numbers)).then(pl.lit(order.won_position)).otherwise(furthest).cast(pl.Int64)


def sums() -> list[pl.Expr]:
    """Counts and values per outcome, of rows of (outcome, deals, created, value, days)."""

    def total(column: str, outcome: str) -> pl.Expr:
        return pl.col(column).filter(pl.col("outcome") == outcome).sum()

    return [
        pl.col("created").sum(),
        *(total("deals", name).alias(name) for name in (WON, LOST, OPEN)),
        *(total("value", name).alias(f"{name}_value") for name in (WON, LOST, OPEN)),
        total("days", WON).alias("days"),
    ]


def rates() -> list[pl.Expr]:
    """Win rates by number and by value: null where nothing has closed.

    By value it is null too where deals were lost but none of them says for how much.
    """
    closed, closed_value = pl.col("won") + pl.col("lost"), pl.col("won_value") + pl.col("lost_value")
    priced = (closed_value > 0) & ((pl.col("lost") == 0) | (pl.col("valued_lost") > 0))
    return [
        pl.when(closed > 0).then(pl.col("won") / closed).alias("win_rate"),
        pl.when(priced).then(pl.col("won_value") / closed_value).alias("win_rate_by_value"),
    ]


def _totals(rows: pl.DataFrame, *keys: str, more: Sequence[pl.Expr] = ()) -> pl.DataFrame:
    """COUNTS, RATES and what `more` adds up, of rows of `with_subject` per key; of all of them without one."""
    added = [*sums(), pl.col("valued_deals").filter(pl.col("outcome") == LOST).sum().alias("valued_lost"), *more]
    summed = rows.lazy().group_by(*keys).agg(added) if keys else rows.lazy().select(added)
    return summed.with_columns(rates()).collect()


def breakdowns(counted: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """by_region, by_salesperson, by_manager, by_source and by_product: one row per subject, the largest won value first.

    `counted` has rows of `with_subject`, which say how many were `created` in the period.
    win_rate_lo and win_rate_hi are Wilson's 95 % interval of the win rate. A manager's row has the sums of their people. Those
    of managers or people whom the viewer does not see are one row, ANOTHER_REGION, without an id; people without a manager and deals without
    a person are one row without a name.
    """
    subjects = counted.filter(pl.col("breakdown").is_in(list(SUBJECTS)))
    teams = subjects.filter(pl.col("breakdown") == "salesperson").with_columns(
        breakdown=pl.lit("manager"), subject_id=pl.col("manager_id"), subject=pl.col("manager"), manager_id=None, manager=None
    )
    totals = _with_interval(_totals(pl.concat([subjects, teams], how="vertical_relaxed"), "breakdown", *SUBJECT)).sort(
        "won_value", "created", "subject_id", descending=[True, True, False]
    )
    return {f"by_{name}": _subjects(totals, name, *more) for name, more in SUBJECTS.items()}


def _subjects(totals: pl.DataFrame, name: str, *more: str) -> pl.DataFrame:
    ids = [] if name == "source" else [pl.col("subject_id").alias(f"{name}_id")]
    kept = totals.lazy().filter(pl.col("breakdown") == name)
    return kept.select(*ids, pl.col("subject").alias(name), *more, *COUNTS, *RATES, *INTERVAL).collect()


def _with_interval(totals: pl.DataFrame) -> pl.DataFrame:
    low, high = wilson(totals["won"].to_numpy(), (totals["won"] + totals["lost"]).to_numpy())
    return totals.with_columns(pl.Series("win_rate_lo", low).fill_nan(None), pl.Series("win_rate_hi", high).fill_nan(None))


def by_month(counted: pl.DataFrame, maturity_days: int, as_of: object) -> pl.DataFrame:
    """One row per month of creation; `is_mature` once its last deal has had the days of maturity."""
    in_time = pl.col("in_time").filter(pl.col("outcome") == WON).sum().alias("won_in_time")
    rows = _totals(counted.filter(pl.col("breakdown") == "month"), "month", more=[in_time])
    youngest = pl.col("month").dt.month_end() + pl.duration(days=maturity_days)
    return rows.select(
        "month", *COUNTS, "win_rate", "won_in_time",
        (pl.col("won_in_time") / pl.col("created")).alias("won_in_time_rate"),
        (youngest <= pl.lit(as_of, pl.Date)).alias("is_mature"),
    ).sort("month")  # fmt: skip


def by_quarter(counted: pl.DataFrame) -> pl.DataFrame:
    """One row per quarter of closing (its first day): won, lost, their values and rates."""
    closed = counted.filter(pl.col("breakdown") == "closed").with_columns(pl.col("month").dt.truncate("1q").alias("quarter"))
    return _totals(closed, "quarter").select("quarter", "won", "lost", "won_value", "lost_value", *RATES).sort("quarter")


def summary(counted: pl.DataFrame) -> pl.DataFrame:
    """One row: COUNTS and RATES of the deals created in the period, mean days from creation to win, and the velocity."""
    totals = _totals(counted.filter(pl.col("breakdown") == "month"))
    cycle = pl.when(pl.col("won") > 0).then(pl.col("days") / pl.col("won")).alias("cycle_days")
    return totals.select(*COUNTS, *RATES, cycle)
