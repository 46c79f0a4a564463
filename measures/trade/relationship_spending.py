"""Lunch, golf, dinner: what was spent on being together with each account, and what became of its sales? (coverage.md 17)

Spending is the cost of activities of kind event over the twelve complete months before the end of the period, without those that name a training
or a piece of content. The result is the change of an account's sales against the twelve months before, beside that of the accounts on which
nothing was spent. What a visit and an event go with in the month after is told over all months by measures/two_way.py.
"""

from dataclasses import dataclass
from math import fsum

import numpy as np
import polars as pl

from measures.history import History, whole_history, within
from measures.month_grid import columns_of, month_grids
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.two_way import two_way
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask, together

THRESHOLDS = ("relationship_high", "visit_cap", "programme_interval", "programme_accounts")
WORK = ("visits", "events")
LEAST_ROWS = 200
"""Months of accounts under which a slope is mostly noise."""
MOST_MONTHS = 36
"""Three years of months are enough to tell a slope, and an older year was another market."""

CELLS = ("spent_grew", "spent_not", "little_grew", "little_not")
ACCOUNT_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "region": pl.String, "salesperson": pl.String, "event_count": pl.Int64, "hours": pl.Float64,
    "spending": pl.Float64, "visits": pl.Int64, "net_sales": pl.Float64, "previous": pl.Float64, "change_rate": pl.Float64, "cell": pl.String,
}  # fmt: skip
CELL_SCHEMA = {
    "cell": pl.String, "accounts": pl.Int64, "spending": pl.Float64, "net_sales": pl.Float64, "previous": pl.Float64, "change_rate": pl.Float64,
}  # fmt: skip
EFFECT_SCHEMA = {
    "work": pl.String, "slope_rate": pl.Float64, "slope_low": pl.Float64, "slope_high": pl.Float64, "p_value": pl.Float64, "n": pl.Int64,
    "accounts": pl.Int64, "status": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class RelationshipSpending:
    """`relationship` accounts on which something was spent, most first; `relationship_cells` the four corners; `work_effects` visits and events.

    `relationship_summary` has one row; `other_change` is the change of the accounts on which nothing was spent, `spending_cut` what counts as much.
    """

    relationship: pl.DataFrame
    relationship_cells: pl.DataFrame
    work_effects: pl.DataFrame
    relationship_summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> RelationshipSpending:
    """The twelve months before the end of the period, and the association over up to three years."""
    whole = whole_history(ask)
    span = within(whole, filters.within(None, filters.to_date)) if whole else None
    if span is None or not span.length:
        return _framed(pl.DataFrame(schema=ACCOUNT_SCHEMA), pl.DataFrame(schema=EFFECT_SCHEMA), None, None, None)
    year, before = span.last(YEAR), History(add_months(span.end, -2 * YEAR), add_months(span.end, -YEAR))
    months = span.last(MOST_MONTHS)
    reach = filters.within(min(months.start, before.start), span.end)
    sold, (events, visits, about) = together(
        lambda: ask("trade/account_sales", reach),
        lambda: (ask("trade/account_events", reach), ask("trade/account_visits", reach), ask("seasons/account_people", filters)),
    )
    accounts = _accounts(about, sold, events, visits, year, before)
    spent = accounts.filter(pl.col("spending") > 0)
    others = accounts.filter(pl.col("spending") <= 0, pl.col("previous") > 0)
    other_change = _change(others)
    cut = float(np.quantile(spent["spending"].to_numpy(), float(cuts["relationship_high"]))) if spent.height else None
    placed = spent.with_columns(_cell(cut, other_change or 0.0)).sort("spending", "account_id", descending=[True, False])
    return _framed(placed, _effects(about, sold, events, visits, months, cuts), year, other_change, cut)


def _accounts(about: pl.DataFrame, sold: pl.DataFrame, events: pl.DataFrame, visits: pl.DataFrame, year: History, before: History) -> pl.DataFrame:
    joined = about.join(_sums(sold, year, "net_sales"), on="account_key", how="left", maintain_order="left")
    joined = joined.join(_sums(sold, before, "net_sales").rename({"net_sales": "previous"}), on="account_key", how="left", maintain_order="left")
    joined = joined.join(_sums(events, year, "event_count", "hours", "cost").rename({"cost": "spending"}), on="account_key", how="left", maintain_order="left")
    joined = joined.join(_sums(visits, year, "visits"), on="account_key", how="left", maintain_order="left")
    filled = joined.with_columns(pl.col("net_sales", "previous", "event_count", "hours", "spending", "visits").fill_null(0))
    rated = filled.with_columns(change_rate=pl.when(pl.col("previous") > 0).then(pl.col("net_sales") / pl.col("previous") - 1))
    return rated.with_columns(cell=pl.lit(None, pl.String)).select(typed(ACCOUNT_SCHEMA))


def _sums(rows: pl.DataFrame, months: History, *names: str) -> pl.DataFrame:
    inside = rows.filter(pl.col("month") >= months.start, pl.col("month") < months.end)
    return inside.group_by("account_key", maintain_order=True).agg(pl.col(names).sum())


def _cell(cut: float | None, other_change: float) -> pl.Expr:
    """Much or little spent, by the cut; grown or not, against the accounts on which nothing was spent. None for who bought nothing before."""
    much, grew = pl.col("spending") >= (cut or 0.0), pl.col("change_rate") >= other_change
    name = pl.when(much & grew).then(pl.lit("spent_grew")).when(much).then(pl.lit("spent_not")).when(grew).then(pl.lit("little_grew"))
    return pl.when(pl.col("change_rate").is_not_null()).then(name.otherwise(pl.lit("little_not"))).alias("cell")


def _effects(about: pl.DataFrame, sold: pl.DataFrame, events: pl.DataFrame, visits: pl.DataFrame, months: History, cuts: Cuts) -> pl.DataFrame:
    """EFFECT_SCHEMA: the month after a visit (up to `visit_cap` a month) and after an event."""
    ids, grids = month_grids(sold, "account_key", ("quantity",), months)
    if not len(ids):
        return pl.DataFrame(schema=EFFECT_SCHEMA)
    units = grids["quantity"]
    work = [_placed(visits, ids, "visits", months).clip(max=float(cuts["visit_cap"])), _placed(events, ids, "event_count", months)]
    row, month = np.nonzero(units[:, 1:] > 0)
    region = pl.DataFrame({"account_key": ids}).join(about, on="account_key", how="left", maintain_order="left")["region_id"].fill_null("")
    _, place = np.unique(region.to_numpy().astype(str), return_inverse=True)
    x = np.column_stack([of[row, month] for of in work])
    accounts = int((np.bincount(row) > 0).sum())
    if len(row) < LEAST_ROWS or accounts < int(cuts["programme_accounts"]):
        return _effect_rows(np.full((4, len(WORK)), np.nan), len(row), accounts)
    found = two_way(np.log(units[row, month + 1]), x, row, place[row] * months.length + month)
    half = found.half(float(cuts["programme_interval"]))
    rates = np.array([np.expm1(found.slope), np.expm1(found.slope - half), np.expm1(found.slope + half), found.p])
    return _effect_rows(rates, found.rows, found.clusters)


def _placed(rows: pl.DataFrame, ids: pl.Series, name: str, months: History) -> np.ndarray:
    """`name` by account and month, zero where there is none."""
    place = pl.DataFrame({"account_key": ids}).with_row_index("at")
    joined = rows.join(place, on="account_key", how="inner", maintain_order="left")
    column = columns_of(joined["month"], months.start)
    inside = (column >= 0) & (column < months.length)
    grid = np.zeros((len(ids), months.length))
    np.add.at(grid, (joined["at"].to_numpy()[inside], column[inside]), joined[name].to_numpy()[inside].astype(float))
    return grid


def _effect_rows(rates: np.ndarray, rows: int, accounts: int) -> pl.DataFrame:
    told = [
        (work, *(float(value) if np.isfinite(value) else None for value in rates[:, at]), rows, accounts, "ok" if np.isfinite(rates[0, at]) else "insufficient")
        for at, work in enumerate(WORK)
    ]
    return pl.DataFrame(told, schema=EFFECT_SCHEMA, orient="row")


def _framed(
    accounts: pl.DataFrame, effects: pl.DataFrame, year: History | None, other_change: float | None, cut: float | None
) -> RelationshipSpending:
    cells = pl.DataFrame([{"cell": cell} | _totals(accounts.filter(pl.col("cell") == cell)) for cell in CELLS], schema=CELL_SCHEMA)
    whole = {
        "as_of": [year.end if year else None], "accounts": [accounts.height], "spending": [fsum(accounts["spending"])],
        "change_rate": [_change(accounts.filter(pl.col("cell").is_not_null()))], "other_change": [other_change], "spending_cut": [cut],
    }  # fmt: skip
    schema = {"as_of": pl.Date, "accounts": pl.Int64, "spending": pl.Float64, "change_rate": pl.Float64, "other_change": pl.Float64, "spending_cut": pl.Float64}
    return RelationshipSpending(accounts, cells, effects, pl.DataFrame(whole, schema=schema))


def _totals(rows: pl.DataFrame) -> dict[str, float | None]:
    """The accounts together. Exact sums: those of a frame depend in their last digit on how many threads add up."""
    return {"accounts": rows.height, **{name: fsum(rows[name]) for name in ("spending", "net_sales", "previous")}, "change_rate": _change(rows)}


def _change(rows: pl.DataFrame) -> float | None:
    """What the accounts' sales changed by, all together; None where they bought nothing before."""
    previous = fsum(rows["previous"])
    return fsum(rows["net_sales"]) / previous - 1 if previous > 0 else None
