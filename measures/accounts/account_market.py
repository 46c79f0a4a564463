"""What do we not see in an account's own sales? What its peers buy, what others sell to it, its rebates and its deals.

Apart from the answer `account`, which must be there at once: this one reads all similar accounts, and is asked where it is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from data.errors import BadRequest
from data.language import _
from data.records import Record
from measures.accounts import account_deals, account_peers, account_tree, account_wallet
from measures.accounts.account_months import by_month
from measures.customers.wallet_ranks import RANK_KIND
from measures.held import held_tables
from measures.history import told_until
from measures.periods import fiscal_year
from measures.thresholds import Cuts
from measures.trade.rebate_distance import SCHEMA as REBATES_SCHEMA
from measures.trade.rebate_distance import distances, worth_pushing
from measures.trade.rebate_tiers import MEASURES
from measures.trade.rebates import natural_years
from queries.filters import Filters, add_months
from queries.runner import Ask, together

THRESHOLDS = ("least_peers", "fiscal_year_start", *account_wallet.THRESHOLDS)
RECORDS = RANK_KIND
STATED_MONTHS = 24
"""Months of stated purchases that are read: a year, and the year before it beside it."""


@dataclass(frozen=True)
class AccountMarket:
    """`gaps` (products that peers buy and it doesn't) and `peers` (one row); `suppliers`, `wallet` (by month) and `wallet_summary`;
    `rebates` (every tier, from the year so far); `deals` (all, the newest first). Empty where the store knows nothing of them. `known`: of
    which optional tables the viewer sees any row."""

    gaps: pl.DataFrame
    peers: pl.DataFrame
    suppliers: pl.DataFrame
    wallet: pl.DataFrame
    wallet_summary: pl.DataFrame
    rebates: pl.DataFrame
    deals: pl.DataFrame
    known: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> AccountMarket:
    """The one account of filters.account_ids. Raises BadRequest unless there is exactly one."""
    if filters.account_ids is None or len(filters.account_ids) != 1:
        raise BadRequest(_("No account was named"), _("This answer is about exactly one account."), _("Name one."))
    reach = ask("store/generation", filters)
    as_of = told_until(ask, reach["as_of"].item()) if reach.height else date.min
    everybody = replace(filters, region_ids=None, account_ids=None, salesperson_ids=None)
    tree = account_tree.tree(ask, filters)
    bought, (held, suppliers), stated, deals = together(
        lambda: account_peers.bought(ask, everybody, tree),
        lambda: account_wallet.held(ask, filters, cuts),
        lambda: account_wallet.by_month(ask, _wallet_period(filters, as_of), tree),
        lambda: account_deals.deals(ask, filters, tree),
    )
    least = int(cuts["least_peers"])
    return AccountMarket(
        gaps=account_peers.not_bought(bought, least), peers=account_peers.summary(bought, least),
        suppliers=suppliers, wallet=stated, wallet_summary=held,
        rebates=_rebates(ask, filters, tree, as_of, cuts),
        deals=deals, known=held_tables(ask),
    )  # fmt: skip


def with_records(found: AccountMarket, records: Iterable[Record], cuts: Cuts) -> AccountMarket:
    """The same answer with the share that follows from our place among its suppliers, as people wrote it."""
    return replace(found, wallet_summary=account_wallet.by_rank(found.wallet_summary, records))


def _wallet_period(filters: Filters, as_of: date) -> Filters:
    """The account's two years of whole months up to the period's end, or to the end of the data."""
    account = Filters(account_ids=filters.account_ids)
    if as_of == date.min:
        return account.within(filters.from_date, filters.to_date)
    end = add_months(min(filters.to_date - timedelta(days=1) if filters.to_date else as_of, as_of), 1)
    return account.within(add_months(end, -STATED_MONTHS), end)


def facts(market: AccountMarket) -> dict[str, float | str | None]:
    """The numbers that the rules of next_actions find here."""
    nearest = worth_pushing(market.rebates)
    rebate = {
        "rebate_missing_rate": nearest["missing_rate"].first(), "rebate_scheme": nearest["scheme_id"].first(),
        "rebate_reward": nearest["reward"].first(),
    }  # fmt: skip
    return account_peers.facts(market.gaps) | account_wallet.facts(market.wallet_summary, market.suppliers) | rebate


def _rebates(ask: Ask, filters: Filters, tree: pl.DataFrame, as_of: date, cuts: Cuts) -> pl.DataFrame:
    """Every tier of the account's schemes against the fiscal year so far and the natural year, which is that of the rebates of all accounts."""
    schemes = ask("customers/rebate_schemes", filters)
    if schemes.is_empty():
        return pl.DataFrame(schema=REBATES_SCHEMA)
    own = by_month(account_tree.months(ask, Filters(account_ids=filters.account_ids), tree).filter(pl.col("depth") == 0))
    begin = fiscal_year(as_of, int(cuts["fiscal_year_start"]))
    year, before = own.filter(pl.col("month") >= begin), own.filter(pl.col("month") < begin)
    last_year = before.filter(pl.col("month") >= add_months(begin, -12))
    so_far = {name: float(year[name].sum() or 0.0) for name in MEASURES} | {
        "account_id": filters.account_ids[0], "margin": year["gross_margin"].sum() if year["gross_margin"].count() else None,
        "previous_net_sales": float(last_year["net_sales"].sum()), "earlier_quantity": float(before["quantity"].sum()),
    }  # fmt: skip
    years = natural_years(ask, cuts).filter(pl.col("account_id") == filters.account_ids[0])
    expected = dict.fromkeys(MEASURES) | dict(years.select("counted_in", "natural_year").iter_rows())
    return distances(schemes, pl.DataFrame([so_far], schema_overrides={"margin": pl.Float64}), expected)
