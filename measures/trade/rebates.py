"""What do rebates cost, who is near a tier, and what is reaching it worth? (methods.md section 13; source 003: calculate the account)

Counted over the fiscal year of the last day: its beginning is a threshold, the period's beginning plays no part. Each account counts its
own purchases, all of them: filters by product and by salesperson do not touch a tier. Returns have come off.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from measures.history import whole_history, within
from measures.seasons.region_seasons import region_seasons, season_of
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.trade.forward_buying import SCHEMA as FORWARD_SCHEMA
from measures.trade.forward_buying import forward_buying
from measures.trade.rebate_lines import COSTS, NEVER_PAYS, PAYS, Lines
from measures.trade.rebate_tables import (
    ACCOUNTS_SCHEMA,
    SCHEMES_SCHEMA,
    SUMMARY_SCHEMA,
    TIERS_SCHEMA,
    account_rows,
    scheme_rows,
    tier_rows,
)
from measures.trade.rebate_tiers import for_accounts, measured, money_per_unit, tiers_of
from measures.trade.rebate_year import Sold, Year, in_months, last_day, natural_year, sold_by_month, year_of
from measures.typed import typed
from queries.cache import made_once
from queries.filters import Filters, add_months
from queries.runner import Ask, together

QUICK_THRESHOLDS = ("push_share", "switch_share", "forward_months", "forward_cut")
THRESHOLDS = ("fiscal_year_start", *QUICK_THRESHOLDS)
FORWARD_TABLE = {"account": pl.String, "region": pl.String, **FORWARD_SCHEMA, "rebate_moved": pl.Float64}


@dataclass(frozen=True)
class Rebates:
    """`schemes`; `accounts`, one row per account and scheme; `tiers`, one per tier of these; `forward_buying`; `summary`, one row.

    All are empty where the store has no scheme or no sale.
    """

    schemes: pl.DataFrame
    accounts: pl.DataFrame
    tiers: pl.DataFrame
    forward_buying: pl.DataFrame
    summary: pl.DataFrame


@dataclass(frozen=True)
class Ground:
    """What no quick threshold changes: the tiers, the year, its natural end, and the sales that all of it rests on."""

    lines: Lines
    names: pl.DataFrame
    sold: Sold
    season: np.ndarray
    year: Year


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Rebates:
    """The rebates of the accounts within the filters' regions and accounts."""
    return from_ground(ground(ask, filters, cuts), cuts)


def ground(ask: Ask, filters: Filters, cuts: Cuts) -> Ground | None:
    """The fiscal year's tiers and its natural end; None without a scheme or a sale."""
    whole, reach, schemes = whole_history(ask), ask("store/generation", Filters()), ask("customers/rebate_schemes", Filters())
    if whole is None or schemes.is_empty():
        return None
    until = within(whole, filters.within(None, filters.to_date))
    year = year_of(last_day(reach["as_of"].item(), filters.to_date), until.end, int(cuts["fiscal_year_start"]))
    first, end = reach["first_sold_on"].item().replace(day=1), min(filters.to_date or date.max, add_months(year.as_of, 1))
    # The errors of forecasts are pooled over all accounts that the viewer sees, so that no filter moves an account's chances.
    rows, (seasons, _known), names, shown = together(
        lambda: ask("trade/rebate_months", Filters().within(first, end)),
        lambda: region_seasons(ask, Filters(), until),
        lambda: ask("seasons/board_accounts", Filters()),
        lambda: ask("seasons/board_accounts", Filters(region_ids=filters.region_ids, account_ids=filters.account_ids)),
    )
    sold = sold_by_month(rows, first, until)
    tiers = tiers_of(_steps(sold, schemes, year))
    series = tiers.lines.join(names.select("account_id", "region_id"), on="account_id", how="left", maintain_order="left")
    kept = series["account_id"].is_in(shown["account_id"].implode()).to_numpy()
    if not kept.any():
        return None
    so_far, recent = (in_months(sold, start, add_months(year.as_of, 1)) for start in (year.start, add_months(year.as_of, 1 - YEAR)))
    lines = Lines(tiers.only(kept), so_far, recent, natural_year(sold, series, year, seasons).only(kept))
    regions = sold.accounts.to_frame("account_id").join(names, on="account_id", how="left", maintain_order="left")["region_id"]
    return Ground(lines, names, sold, season_of(seasons, regions), year)


def natural_years(ask: Ask, cuts: Cuts) -> pl.DataFrame:
    """Rows [account_id, counted_in, natural_year]: what each account with a scheme buys in the fiscal year with no new action.

    Not known in the first year of an account's history. Made once for all accounts, whose errors are judged together.
    """
    found = made_once(ask, ("natural_years", cuts["fiscal_year_start"]), lambda: ground(ask, Filters(), cuts))
    if found is None:
        return pl.DataFrame(schema={"account_id": pl.String, "counted_in": pl.String, "natural_year": pl.Float64})
    lines = found.lines
    return lines.tiers.lines.select("account_id", "counted_in", natural_year=pl.Series(lines.natural).fill_nan(None)).unique()


def _steps(sold: Sold, schemes: pl.DataFrame, year: Year) -> pl.DataFrame:
    """The tiers of every account that has one of its own, or that bought in the last twelve months."""
    before = in_months(sold, add_months(year.start, -YEAR), year.start)
    earlier = in_months(sold, sold.span.start, year.start)
    told = before.select("account_id", previous_net_sales="net_sales").with_columns(earlier_quantity=earlier["quantity"])
    active = in_months(sold, add_months(year.as_of, 1 - YEAR), year.end).filter(pl.col("quantity") > 0)["account_id"]
    return for_accounts(schemes, told).filter(pl.col("is_own") | pl.col("account_id").is_in(active.implode()))


def from_ground(found: Ground | None, cuts: Cuts) -> Rebates:
    """The tables on known ground; empty ones without it."""
    if found is None:
        return _empty()
    accounts = account_rows(found.lines, found.names, float(cuts["switch_share"]), float(cuts["push_share"]))
    tiers = tier_rows(found.lines)
    return Rebates(scheme_rows(accounts, tiers), accounts, tiers, _bought_ahead(found, cuts), _summary(found, accounts, float(cuts["switch_share"])))


def _bought_ahead(found: Ground, cuts: Cuts) -> pl.DataFrame:
    """Who moved at least the cut's share of the usual sales over a year's end and was paid for it: what the schemes paid for nothing."""
    whole = found.sold.whole
    moved = forward_buying(
        found.sold.accounts, whole.grids["net_sales"], found.season, whole.span, found.year.complete, found.year.start, int(cuts["forward_months"])
    )
    large = moved.filter(pl.col("forward_rate") >= float(cuts["forward_cut"]))
    paid = [_paid_for_moving(found, of) for of in large.partition_by("year_end", maintain_order=True)]
    rows = pl.concat([pl.DataFrame(schema=FORWARD_SCHEMA | {"rebate_moved": pl.Float64}), *paid]).join(found.names, on="account_id", how="left")
    return rows.sort("rebate_moved", "forward", "account_id", descending=[True, True, False]).select(typed(FORWARD_TABLE))


def _paid_for_moving(found: Ground, moved: pl.DataFrame) -> pl.DataFrame:
    """With `rebate_moved`: what today's tiers would have paid on the year that ended less what they pay without the part that moved."""
    end, tiers = moved["year_end"][0], found.lines.tiers
    year = in_months(found.sold, add_months(end, -YEAR), end)
    value, price = np.nan_to_num(measured(tiers.lines, year)), np.nan_to_num(money_per_unit(tiers.lines, year))
    shifted = tiers.lines.join(moved.select("account_id", "forward"), on="account_id", how="left", maintain_order="left")["forward"].fill_null(0).to_numpy()
    without = value - np.divide(shifted, price, out=np.zeros(len(price)), where=price > 0)
    paid = (tiers.paid_at(value) - tiers.paid_at(without)) * price
    sums = tiers.lines.select("account_id", pl.Series("rebate_moved", paid)).group_by("account_id").agg(pl.col("rebate_moved").sum())
    return moved.join(sums, on="account_id", how="inner").filter(pl.col("rebate_moved") > 0)


def _summary(found: Ground, accounts: pl.DataFrame, switch_share: float) -> pl.DataFrame:
    near = accounts.filter("is_near")
    pays, costs = near.filter(pl.col("verdict") == PAYS), near.filter(pl.col("verdict").is_in([COSTS, NEVER_PAYS]))
    bought = accounts.unique("account_id")
    scale = found.lines.year_end.scale
    row = {
        "as_of": found.year.as_of, "year_from": found.year.start, "year_to": found.year.end, "months_left": found.year.months_left,
        "schemes": accounts["scheme_id"].n_unique(), "accounts": bought.height, "net_sales": bought["net_sales"].sum(),
        **{name: accounts[name].sum() for name in ("paid_so_far", "expected_rebate", "accrual", "switch_cost")},
        "near_accounts": near["account_id"].n_unique(), "near_worth": near["push_worth"].sum(),
        "paying_accounts": pays["account_id"].n_unique(), "paying_cases": pays["push_cases"].sum(), "paying_gain": pays["gain"].sum(),
        "costing_accounts": costs["account_id"].n_unique(), "costing_gain": costs["gain"].sum(),
        "switch_share": switch_share, "usual_error": float(np.nanmedian(scale)) if found.year.months_left and not np.isnan(scale).all() else None,
        "coverage": None if np.isnan(found.lines.year_end.coverage) else found.lines.year_end.coverage,
    }  # fmt: skip
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA)


def _empty() -> Rebates:
    schemas = (SCHEMES_SCHEMA, ACCOUNTS_SCHEMA, TIERS_SCHEMA, FORWARD_TABLE)
    return Rebates(*(pl.DataFrame(schema=schema) for schema in schemas), pl.DataFrame(schema=SUMMARY_SCHEMA))
