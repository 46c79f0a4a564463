"""What early warnings rest on, whatever their thresholds say: who is watched by which test, and what each test needs."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from measures.customers.account_months import money_by_month, units_by_month
from measures.customers.falling import Surprise, surprise
from measures.customers.quadrants import contribution_basis
from measures.customers.ranking import UNITS
from measures.customers.silence import pauses
from measures.customers.stability import INTERMITTENT_GAP, since_first_order
from measures.history import History, months_between, whole_history, within
from measures.month_grid import grids_of
from measures.seasons.region_seasons import region_seasons, season_of
from measures.seasons.regions_by_hand import regions_by_hand
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from queries.filters import Filters, add_months, end_of_complete_months
from queries.runner import Ask, begin, together

RESELLERS = ("distributor", "wholesaler")
OUTLET = "outlet"
SUMMED = ("net_sales", "margin", "costed_sales")
THRESHOLDS = (
    "stability_months", "amplitude_tau", "least_months", "full_months", "spread_months", "least_spread", "alarm_peers", "silence_months", "silence_orders",
    "cost_coverage", "region_seasons",
)  # fmt: skip


@dataclass(frozen=True)
class Falls:
    """Accounts whose months are tested: their place, their complete months, and how far each lies from the expected.

    `months_known` counts each account's months, `volumes` and `surprise` are (accounts, months).
    """

    account_id: pl.Series
    span: History
    volumes: np.ndarray
    months_known: np.ndarray
    surprise: Surprise


@dataclass(frozen=True)
class Watch:
    """`accounts`: one row per account of the filters, with what it is worth and how it is watched.

    Its columns: account_id, account, kind, region_id, region, test (fall, silence, none), basis (kind, rhythm), worth (the last
    twelve months' margin, or their net sales: `worth_basis`). `silences` has measures.customers.silence.pauses' columns (of those with enough orders), `lengths` the pauses
    themselves. `today` is the day after the data's last, `end` the first day after the complete months.
    """

    accounts: pl.DataFrame
    falls: Falls
    silences: pl.DataFrame
    lengths: pl.DataFrame
    today: date
    worth_basis: str
    worth_reason: str
    season_known: bool

    @property
    def end(self) -> date:
        """The first day after the complete months."""
        return self.falls.span.end

    @property
    def until(self) -> date:
        """The first day of which nothing is known: weekends that complete a month are known before the data reach them."""
        return max(self.today, self.end)


def watched(ask: Ask, filters: Filters, cuts: Cuts) -> Watch | None:
    """The accounts of the filters, watched as of the end of their period; None where nothing was sold by then.

    Season and company's month are those of all that the viewer sees; region, account and salesperson only choose who is shown.
    """
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    if until is None or until.length == 0:
        return None
    everybody = Filters(categories=filters.categories, product_ids=filters.product_ids)
    span = until.last(int(cuts["stability_months"]))
    by_hand = regions_by_hand(ask, cuts)
    year = until.last(YEAR)
    (about, units), (seasons, season_known), earned = together(
        lambda: units_by_month(ask, everybody.within(None, span.end)),
        lambda: region_seasons(ask, everybody, until, by_hand),
        lambda: money_by_month(ask, everybody.within(year.start, year.end)),
    )
    tested = _tested(units, about, span, whole, seasons, cuts)
    today = _today(ask, filters)
    asked = begin(lambda: _lengths(ask, filters, tested.account_id, today, int(cuts["silence_months"])), lambda: _shown(ask, filters, about, span.end))
    sums = _worth(earned)
    basis, reason = contribution_basis(sums, cuts)
    lengths, shown = asked()
    silences = pauses(lengths, today - timedelta(days=1), int(cuts["silence_orders"])).filter(pl.col("chance").is_not_null())
    placed = _placed(shown, tested.account_id, silences["account_id"], sums.select("account_key", worth=basis))
    return Watch(placed, tested, silences, lengths, today, basis, reason, season_known)


def has_rhythm(volumes: np.ndarray, least_months: int = 6, full_months: int = 12) -> np.ndarray:
    """Whether months can be judged one by one: `full_months` that count, `least_months` with a purchase, few empty ones up to the last of these.

    Empty months after the last purchase are what is looked for, so they don't speak against an account.
    """
    counted, active = ~np.isnan(volumes), volumes > 0
    bought_later = np.cumsum(active[:, ::-1], axis=1)[:, ::-1] > 0
    lived = (counted & bought_later).sum(axis=1)
    bought = active.sum(axis=1)
    return (counted.sum(axis=1) >= full_months) & (bought >= least_months) & (lived < INTERMITTENT_GAP * bought)


def _tested(units: pl.DataFrame, about: pl.DataFrame, span: History, whole: History, seasons: pl.DataFrame, cuts: Cuts) -> Falls:
    """The accounts that are no outlets and whose rhythm allows the test."""
    known = about.filter(pl.col("kind").ne_missing(OUTLET))
    monthly = units.filter(pl.col("account_key").is_in(known["account_key"].implode()))
    bought = grids_of(known["account_key"], monthly, ("quantity",), span)["quantity"] / UNITS
    first = [-1 if month <= whole.start else months_between(span.start, month) for month in known["first_month"].to_list()]
    volumes = since_first_order(bought, np.array(first, int))
    regular = has_rhythm(volumes, int(cuts["least_months"]), int(cuts["full_months"]))
    volumes, told = volumes[regular], known.filter(pl.Series(regular, dtype=pl.Boolean))
    season = season_of(seasons, told["region_id"])
    found = surprise(
        volumes, span.months, season, tau=cuts["amplitude_tau"], prior_months=cuts["spread_months"], least_spread=cuts["least_spread"],
        least_peers=cuts["alarm_peers"],
    )  # fmt: skip
    return Falls(told["account_id"], span, volumes, (~np.isnan(volumes)).sum(axis=1), found)


def _shown(ask: Ask, filters: Filters, about: pl.DataFrame, end: date) -> pl.DataFrame:
    if filters.region_ids is None and filters.account_ids is None and filters.salesperson_ids is None:
        return about
    return units_by_month(ask, filters.within(None, end))[0]


def _worth(earned: pl.DataFrame) -> pl.DataFrame:
    """Sums of the last twelve complete months by account; a margin that is nowhere known stays null."""
    sums = [pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum() / UNITS).alias(name) for name in SUMMED]
    return earned.group_by("account_key", maintain_order=True).agg(sums)


def _today(ask: Ask, filters: Filters) -> date:
    """The day after the last one that the data and the period have.

    Who looks at the complete months up to now looks at the present: an order of the running month ends a pause.
    """
    as_of = ask("store/generation", Filters())["as_of"][0]
    end = as_of + timedelta(days=1)
    return end if filters.to_date in (None, end_of_complete_months(as_of)) else min(end, filters.to_date)


def _lengths(ask: Ask, filters: Filters, regular: pl.Series, today: date, months: int) -> pl.DataFrame:
    """The pauses of those who are not tested by their months."""
    span = filters.within(add_months(today, -months), today)
    return ask("customers/order_pauses", span, regular_ids=regular.to_list())


def _placed(shown: pl.DataFrame, regular: pl.Series, ordering: pl.Series, worth: pl.DataFrame) -> pl.DataFrame:
    test = (
        pl.when(pl.col("account_id").is_in(regular.implode())).then(pl.lit("fall"))
        .when(pl.col("account_id").is_in(ordering.implode())).then(pl.lit("silence")).otherwise(pl.lit("none"))
    )  # fmt: skip
    valued = shown.join(worth, on="account_key", how="left", maintain_order="left")
    placed = valued.drop("account_key", "first_month").with_columns(test=test)
    by_kind = (pl.col("test") == "fall") & pl.col("kind").is_in(RESELLERS) | (pl.col("test") == "silence") & (pl.col("kind") == OUTLET)
    return placed.with_columns(basis=pl.when(by_kind.fill_null(False)).then(pl.lit("kind")).otherwise(pl.lit("rhythm")))
