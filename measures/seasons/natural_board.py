"""Natural sales by account × product over the next off-season: the ground that targets are set on (methods.md sections 6, 7).

The board holds the accounts that bought in the last twelve months and the products that sold in them and are not discontinued by the
off-season. All who buy are on it (`board_accounts`), so that its parts are the whole; or those only who resell or are served directly
(distributors and direct customers; every kind where there are none of these). Growth points compare an account with its own kind alone
(measures/pipeline/peer_points.py). Regions whose off-seasons contradict each other are planned apart (`season_group`,
measures/seasons/season_groups.py). What all that leaves out is said (`year_total`, `other_kinds`, `other_seasons`). Everything on the
board, the last peak too, is of the same accounts and products. This is the slow part, it knows nothing of the requirement: a page keeps it
while a person tries requirements.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from measures.history import History, months_between
from measures.seasons.cell_prices import cell_prices
from measures.seasons.cell_sales import CellSales, cell_sales, chosen_rows
from measures.seasons.natural import natural_sales, summed
from measures.seasons.regions_by_hand import common_season, regions_by_hand
from measures.seasons.season_choice import scope_cuts
from measures.seasons.season_groups import SeasonGroup, season_groups
from measures.seasons.season_overrides import RegionSeason
from measures.seasons.season_plan import SeasonPlan, horizon, season_plan
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

BOARD_KINDS = ("distributor", "direct")
RESELLERS = "resellers"


@dataclass(frozen=True)
class Board:
    """Cells that have natural sales. `account`, `product` are rows of `accounts`, `products`; `natural` is (cells, months).

    `last_year` are the same calendar months' units a year before, `peak` each cell's natural sales over the peak, `recent` its
    units of the last twelve months. `last_peak` is what the board's accounts bought of its products in the last whole peak, None without one.
    `price` is money per unit (measures/seasons/cell_prices.py), `sold` each cell's units in the months that are gone of a season that runs.
    `year_total` are the units of the last twelve months of all within the filters, `other_kinds` those of accounts of kinds that the board leaves
    out, `other_seasons` those of regions that are planned apart. `groups` are the regions by their off-season, empty where one board
    plans them all, `group` which of them this is (1 is the first, 0 all together).
    """

    accounts: pl.DataFrame
    products: pl.DataFrame
    account: np.ndarray
    product: np.ndarray
    natural: np.ndarray
    last_year: np.ndarray
    peak: np.ndarray
    recent: np.ndarray
    method: np.ndarray
    plan: SeasonPlan
    span: History
    last_peak: float | None
    price: np.ndarray
    sold: np.ndarray
    year_total: float = 0.0
    other_kinds: float = 0.0
    other_seasons: float = 0.0
    groups: tuple[SeasonGroup, ...] = ()
    group: int = 0


def natural_board(ask: Ask, filters: Filters, cuts: Cuts, *, running: bool = False) -> Board | None:
    """The board at the end of the complete months within the period; None without sales or without an off-season.

    The period's beginning plays no part: a forecast takes all the history that there is. A season that was set for the regions of all
    its accounts is the board's. With `running` it is the board of what is left of the off-season that the data end in, if there is one.
    """
    sales = cell_sales(ask, filters)
    if sales is None:
        return None
    by_hand, year = regions_by_hand(ask, cuts), sales.units[:, -YEAR:].sum(axis=1)
    groups, group, planned = _group(sales, by_hand, cuts)
    grouped = sales.only(planned)
    season = scope_cuts(cuts, common_season(by_hand, sales.accounts["region_id"][np.unique(grouped.account)].unique()))
    plan = season_plan(grouped.units.sum(axis=0), sales.span, season, running=running) if len(grouped.units) else None
    if plan is None:
        return None
    is_kind = planned_accounts(grouped, cuts)[grouped.account]
    held = grouped.only(is_kind & _goes_on(grouped, plan))
    price = cell_prices(held.paid, held.accounts, held.products, held.account, held.product)
    return replace(
        _forecast(held, price, plan), year_total=float(year.sum()), other_kinds=float(year[planned][~is_kind].sum()),
        other_seasons=float(year[~planned].sum()), groups=groups, group=group,
    )  # fmt: skip


def _group(sales: CellSales, by_hand: Mapping[str, RegionSeason], cuts: Cuts) -> tuple[tuple[SeasonGroup, ...], int, np.ndarray]:
    """The regions by their off-season, which group is planned, and which cells are in it."""
    names, of = np.unique(sales.accounts["region_id"].fill_null("").to_numpy().astype(str), return_inverse=True)
    regions = [name or None for name in names.tolist()]
    region = of[sales.account]
    values = summed(sales.units, region, len(regions))
    sold = np.flatnonzero(values[:, -YEAR:].any(axis=1))
    groups = season_groups([regions[at] for at in sold], values[sold], sales.span, by_hand, cuts)
    group = min(int(cuts["season_group"]), len(groups))
    if not group:
        return groups, 0, np.ones(len(region), bool)
    return groups, group, np.array([name in groups[group - 1].regions for name in regions])[region]


def planned_accounts(sales: CellSales, cuts: Cuts) -> np.ndarray:
    """Which accounts are of a kind that is planned (`board_accounts`): every kind too where no distributor or direct customer bought in the
    last twelve months."""
    resells = sales.accounts["kind"].is_in(BOARD_KINDS).fill_null(False).to_numpy()
    return resells if cuts["board_accounts"] == RESELLERS and sales.units[resells[sales.account], -YEAR:].any() else np.ones_like(resells)


def _goes_on(sales: CellSales, plan: SeasonPlan) -> np.ndarray:
    """Which cells go on: account and product sold lately, the product beyond the off-season's beginning."""
    ends = sales.products["discontinued_on"]
    return sales.sold_lately & (ends.is_null() | (ends > plan.off_season.start)).to_numpy()[sales.product]


def _forecast(sales: CellSales, price: np.ndarray, plan: SeasonPlan) -> Board:
    span, units = sales.span, sales.units
    shown, parents = np.unique(sales.account, return_inverse=True)
    found = natural_sales(units, parents, span.months, horizon(plan, span))
    off, peak = (_columns(span, months) for months in (plan.off_season, plan.peak))
    natural = found.cells[:, off]
    recent = np.maximum(units[:, -YEAR:].sum(axis=1), 0.0)
    kept = (natural > 0).any(axis=1) | (found.cells[:, peak] > 0).any(axis=1) | (recent > 0)
    sold = _units_in(units, span, plan.gone).sum(axis=1) if plan.gone else np.zeros(len(units))
    last_peak = float(_units_in(units, span, plan.last_peak).sum()) if plan.last_peak else None
    in_peak = found.cells[:, peak].sum(axis=1)
    cells = parents, sales.product, natural, _last_year(units, span, plan.off_season), in_peak, recent, found.cell_method
    return Board(sales.accounts[shown], sales.products, *chosen_rows(kept, *cells), plan, span, last_peak, *chosen_rows(kept, price, sold))


def _columns(span: History, months: History) -> slice:
    """Where the months lie in a forecast that begins at the history's end."""
    start = months_between(span.end, months.start)
    return slice(start, start + months.length)


def _last_year(units: np.ndarray, span: History, months: History) -> np.ndarray:
    """The units of the same calendar months in the last year that has them; 0 where the history does not reach."""
    columns = months_between(span.start, months.start) + np.arange(months.length)
    while (columns >= span.length).any():
        columns = np.where(columns >= span.length, columns - YEAR, columns)
    return np.where(columns >= 0, units[:, np.maximum(columns, 0)], 0.0)


def _units_in(units: np.ndarray, span: History, months: History) -> np.ndarray:
    start = months_between(span.start, months.start)
    return units[:, max(start, 0) : max(start + months.length, 0)]
