"""Where are accounts that we do not reach? Universe and penetration by region and channel (coverage.md 2 and 36; source 000).

The window is the `reach_months` before the end of the complete months of the data, or of the period where it ends earlier; its
beginning plays no part. What people state about the universe counts for whole regions: with a filter by account or salesperson it is left
out, because nobody stated how many of them are theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from data.records import UNIVERSE, Record
from measures.history import whole_history, within
from measures.pipeline import universe
from measures.pipeline.spellings import Spellings, channels
from measures.pipeline.universe_tables import base_months, by_channel, open_accounts, places
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask, together

THRESHOLDS = ("reached_by", "reach_months", "new_months")
PARTS = ("white_space_products", "white_space_sources", "white_space_launches")
RECORDS = UNIVERSE

LEAST_DATED = 0.9
"""Share of accounts with a date of opening from which the growth of the base is known without a longer history."""

NO_DAY = date(2000, 1, 1)
"""Where there are no data, for a viewer who sees nothing: any window is empty."""

SUMMARY_SCHEMA = {
    "as_of": pl.Date, "window_from": pl.Date, **universe.RATED_SCHEMA, "regions": pl.Int64, "stated_regions": pl.Int64,
    "located_accounts": pl.Int64, "takes_statements": pl.Boolean,
}  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """What statements do not change: the accounts with their status, the regions, the window, whether statements can be compared, and how
    channels are called."""

    accounts: pl.DataFrame
    regions: pl.DataFrame
    start: date
    end: date
    first_sale: date | None
    takes_statements: bool
    channels: Spellings


@dataclass(frozen=True)
class WhiteSpace:
    """`by_region`, `by_channel` and `cells` (region × channel) tell known, reached and open accounts; the most open first.

    `open_accounts`: those that are known and not reached. `base_months`: how the known base grew. `places`: the same on the map.
    `statements`: what people stated. `summary` has one row.
    """

    by_region: pl.DataFrame
    by_channel: pl.DataFrame
    cells: pl.DataFrame
    open_accounts: pl.DataFrame
    base_months: pl.DataFrame
    places: pl.DataFrame
    statements: pl.DataFrame
    summary: pl.DataFrame
    ground: Ground
    new_months: int


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> WhiteSpace:
    """The universe as the data know it; `with_records` adds what people state."""
    found = _ground(ask, filters, cuts)
    new = int(cuts["new_months"])
    nobody = universe.statements_of((), (), found.channels)
    tables = open_accounts(found.accounts), base_months(found.accounts, found.end), places(found.accounts)
    return _stated(WhiteSpace(*(pl.DataFrame(),) * 3, *tables, nobody, pl.DataFrame(), found, new), nobody)


def with_records(found: WhiteSpace, records: Iterable[Record], cuts: Cuts) -> WhiteSpace:
    """The same with the universe as people state it, of the regions that are shown."""
    shown = [*found.ground.regions["region_id"], *([None] if found.ground.accounts["region_id"].null_count() else [])]
    statements = universe.statements_of(records, shown, found.ground.channels)
    if statements.is_empty():
        return found
    return _stated(replace(found, statements=statements), statements if found.ground.takes_statements else statements.clear())


def _ground(ask: Ask, filters: Filters, cuts: Cuts) -> Ground:
    months = int(cuts["reach_months"])
    whole = whole_history(ask)
    span = within(whole, filters.within(None, filters.to_date)) if whole and within(whole, filters.within(None, filters.to_date)).length else None
    end = span.end if span else _end_without_sales(ask, filters)
    start = add_months(end, -months)
    rows, regions, called = together(
        lambda: ask("pipeline/universe_accounts", filters.within(start, end), before_from=add_months(start, -months)),
        lambda: ask("pipeline/universe_regions", filters),
        lambda: channels(ask),
    )
    has_earlier = bool(span) and span.length >= 2 * months
    is_dated = has_earlier or (rows.height > 0 and rows["opened_on"].count() / rows.height >= LEAST_DATED)
    named = called.named(rows, "channel")
    accounts = universe.placed(named, start, supplied_count=cuts["reached_by"] == "with_supplied", is_dated=is_dated, has_earlier=has_earlier)
    comparable = filters.account_ids is None and filters.salesperson_ids is None
    return Ground(accounts, _shown(regions, accounts), start, end, span.start if span else None, comparable, called)


def _end_without_sales(ask: Ask, filters: Filters) -> date:
    """The first day of the month after the last day that the data or the period reach."""
    found = ask("store/generation", filters)["as_of"].to_list()
    last = [day for day in (*found, filters.to_date and filters.to_date - timedelta(days=1)) if day]
    return add_months(min(last, default=NO_DAY), 1)


def _shown(regions: pl.DataFrame, accounts: pl.DataFrame) -> pl.DataFrame:
    """Regions with accounts of their own, and those without regions under them."""
    own = accounts["region_id"].drop_nulls().unique()
    return regions.filter(~pl.col("has_regions") | pl.col("region_id").is_in(own.implode())).drop("has_regions")


def _stated(found: WhiteSpace, statements: pl.DataFrame) -> WhiteSpace:
    ground = found.ground
    cells = universe.cells(ground.accounts, ground.regions, statements)
    regions = universe.by_region(cells, ground.regions, statements)
    channels = by_channel(cells, ground.accounts, ground.end, ground.first_sale, found.new_months)
    # Accounts without a region count in every sum, but are no region.
    named = regions.drop_nulls("region_id")
    total = universe.total(regions).with_columns(
        as_of=pl.lit(ground.end), window_from=pl.lit(ground.start), regions=pl.lit(named.height),
        stated_regions=pl.lit(int(named["stated_accounts"].count())), located_accounts=pl.lit(int(ground.accounts["latitude"].count())),
        takes_statements=pl.lit(ground.takes_statements),
    )  # fmt: skip
    return replace(
        found, cells=cells.select(typed(universe.CELLS_SCHEMA)), by_region=regions.select(typed(universe.REGIONS_SCHEMA)), by_channel=channels,
        summary=total.select(typed(SUMMARY_SCHEMA)),
    )  # fmt: skip
