"""Each programme's accounts by month around it: those that took part, those that are their comparison, and the months that serve as a base.

A programme with a mark on order lines is looked at in the products that carry it, the others in everything. The base are the twelve months
before it, without those in which more than `promoted_share` of these products went under any programme's mark; where under three months are
left, all of them. Who bought anything in under half of these months is too new, or too rare, to be compared. The comparison are the
accounts of the same regions and kinds that did not take part, bought in the base months and, as a mark only shows on who bought, in a
marked programme's own months; who bought much of it under another mark meanwhile is no comparison.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.history import History, months_between
from measures.month_grid import columns_of, month_grids
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from queries.filters import Filters, add_months
from queries.runner import Ask

BEFORE, AFTER = YEAR, 6
"""Months around a programme that are looked at."""

LEAST_BASE = 3
"""Months without a programme under which there is no level to compare with."""
MEASURES = ("quantity", "net_sales", "margin")


@dataclass(frozen=True)
class Panel:
    """One programme: `offset` of each month from its first (T,), `length` in months, `is_base` (T,).

    Accounts (n,): `took_part` within the filters, `is_other`. `values` and `rest` (other products; None where all are looked at) are
    (n, T) by measure; `has_margin` says whether costs are known well enough.
    """

    programme_id: str
    offset: np.ndarray
    length: int
    is_base: np.ndarray
    took_part: np.ndarray
    is_other: np.ndarray
    values: dict[str, np.ndarray]
    rest: np.ndarray | None
    regions: frozenset[str | None]
    has_margin: bool
    start: History

    def months(self, first: int, last: int) -> np.ndarray:
        """Which months (T,) lie from `first` to before `last`, counted from the programme's first."""
        return (self.offset >= first) & (self.offset < last)


@dataclass(frozen=True)
class _Sold:
    """Everything sold by account and month: the accounts' ids, regions and kinds, and the measures (accounts, months) over `span`."""

    ids: pl.DataFrame
    regions: np.ndarray
    kinds: np.ndarray
    values: dict[str, np.ndarray]
    span: History


def panels(ask: Ask, filters: Filters, listed: pl.DataFrame, participants: pl.DataFrame, span: History, cuts: Cuts) -> Iterator[Panel]:
    """The panels of the programmes `listed` that have begun within the complete months and have a participant within the filters."""
    begun = listed.filter(pl.col("starts_on").is_not_null(), pl.col("starts_on") < span.end, pl.col("ends_on") >= span.start)
    begun = begun.join(participants.filter("is_inside").select("programme_id").unique(), on="programme_id", how="semi")
    if begun.is_empty():
        return
    reach = History(max(span.start, add_months(begun["starts_on"].min(), -BEFORE)), min(span.end, add_months(begun["ends_on"].max(), AFTER + 1)))
    everybody = Filters(reach.start, reach.end, filters.region_ids, None, filters.categories, filters.product_ids)
    marked = participants.filter(pl.col("marked_sales") > 0)["programme_id"].unique().to_list()
    rows = ask("trade/programme_sales", everybody, programme_ids=tuple(marked), months_before=BEFORE, months_after=AFTER)
    own = rows.partition_by("programme_id", as_dict=True) if rows.height else {}
    sold = _sold(ask, everybody, reach)
    who = participants.partition_by("programme_id", as_dict=True)
    for programme in begun.iter_rows(named=True):
        key = (programme["programme_id"],)
        yield _panel(programme, who[key], own.get(key, rows.clear()) if programme["programme_id"] in marked else None, sold, cuts)


def _sold(ask: Ask, filters: Filters, span: History) -> _Sold:
    rows = ask("customers/account_months", filters)
    ids, grids = month_grids(rows, "account_id", ("net_sales", "quantity", "margin", "costed_sales"), span)
    named = pl.DataFrame({"account_id": ids}).join(
        ask("seasons/account_people", filters).select("account_id", "region_id", "kind"), on="account_id", how="left", maintain_order="left"
    )
    return _Sold(named.with_row_index("at"), named["region_id"].to_numpy(), named["kind"].to_numpy(), grids, span)


def _panel(programme: dict[str, object], who: pl.DataFrame, rows: pl.DataFrame | None, sold: _Sold, cuts: Cuts) -> Panel:
    first = months_between(sold.span.start, programme["starts_on"])
    length = months_between(programme["starts_on"], programme["ends_on"]) + 1
    window = slice(max(0, first - BEFORE), min(sold.span.length, first + length + AFTER))
    took, inside = (sold.ids["account_id"].is_in(rows_of["account_id"].implode()).to_numpy() for rows_of in (who, who.filter("is_inside")))
    regions, kinds = (frozenset(of[inside].tolist()) for of in (sold.regions, sold.kinds))
    near = np.array([region in regions and kind in kinds for region, kind in zip(sold.regions, sold.kinds, strict=True)], dtype=bool)
    everything = {name: grid[near][:, window] for name, grid in sold.values.items()}
    offset = np.arange(window.start, window.stop) - first
    values, promoted = (everything, None) if rows is None else _marked(rows, sold, near, window)
    is_base = _base(offset, values["net_sales"], promoted, float(cuts["promoted_share"]))
    is_known = (everything["net_sales"][:, is_base] > 0).sum(axis=1) * 2 >= is_base.sum()
    is_other = ~took[near] & is_known & (values["net_sales"][:, is_base].sum(axis=1) > 0)
    if promoted is not None:
        is_other &= _unpromoted(values["net_sales"], promoted, offset >= 0, float(cuts["promoted_share"]))
        is_other &= values["net_sales"][:, (offset >= 0) & (offset < length)].sum(axis=1) > 0
    known, net = float(everything["costed_sales"].sum()), float(everything["net_sales"].sum())
    return Panel(
        programme["programme_id"], offset, length, is_base, inside[near] & is_known, is_other, {name: values[name] for name in MEASURES},
        None if rows is None else everything["net_sales"] - values["net_sales"], regions, known >= float(cuts["cost_coverage"]) * net,
        History(add_months(sold.span.start, window.start), add_months(sold.span.start, window.stop)),
    )  # fmt: skip


def _marked(rows: pl.DataFrame, sold: _Sold, near: np.ndarray, window: slice) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The measures of a programme's products (accounts, months), and what of them went under any mark."""
    placed = rows.join(sold.ids.select("account_id", "at"), on="account_id", how="inner", maintain_order="left")
    at, column = placed["at"].to_numpy(), columns_of(placed["month"], sold.span.start)
    inside = (column >= window.start) & (column < window.stop)
    grids = {}
    for name in (*MEASURES, "promoted"):
        grid = np.zeros((sold.ids.height, window.stop - window.start))
        grid[at[inside], column[inside] - window.start] = placed[name].fill_null(0.0).to_numpy()[inside]
        grids[name] = grid[near]
    return {name: grids[name] for name in MEASURES}, grids["promoted"]


def _base(offset: np.ndarray, sales: np.ndarray, promoted: np.ndarray | None, most: float) -> np.ndarray:
    before = offset < 0
    if promoted is None:
        return before
    quiet = before & (promoted.sum(axis=0) <= most * np.maximum(sales.sum(axis=0), 0))
    return quiet if quiet.sum() >= LEAST_BASE else before


def _unpromoted(sales: np.ndarray, promoted: np.ndarray, months: np.ndarray, most: float) -> np.ndarray:
    return promoted[:, months].sum(axis=1) <= most * np.maximum(sales[:, months].sum(axis=1), 0)
