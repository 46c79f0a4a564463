"""What part of each account's purchases do we hold, and where is more to be had? Share × upcoming volume (methods.md section 10).

The date is the end of the complete months of the data, or of the period where it ends earlier; the period's beginning plays no part.
Own sales and competitors' are those of the `wallet_months` before it: months without a report count as the average of the reported
ones. An account that never bought and hangs under another one is supplied by that one: what it buys of us is not known here.
Region, account and salesperson filters choose who is shown; a modelled wallet rests on the similar accounts of everything that the viewer
sees, so that an account has the same share whoever stands beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from data.records import Record
from measures.customers.wallet import with_model, with_shares
from measures.customers.wallet_places import ACCOUNTS_SCHEMA, placed_accounts, summary
from measures.customers.wallet_purchases import known_purchases
from measures.customers.wallet_ranks import RANK_KIND, ranked, ranks_of
from measures.customers.wallet_tables import account_categories, categories, competitors, strategies
from measures.history import History, whole_history, within
from measures.pipeline.sales_model import ended_words
from measures.pipeline.stage_order import LOST, WON
from measures.seasons.company_season import company_index, deseasonalised
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask, together

THRESHOLDS = (
    "wallet_share_cut", "wallet_large_cut", "upcoming_basis", "wallet_attribute", "wallet_months", "wallet_percentile", "wallet_peers", "won_stages",
    "lost_stages",
)  # fmt: skip
RECORDS = RANK_KIND
RECENT, OPEN_ORDERS = "recent", "open_orders"
QUARTER = 3
"""Months of the upcoming volume (methods.md section 10)."""


@dataclass(frozen=True)
class ShareOfWallet:
    """`accounts` by falling headroom (wallet − own); `strategies` (the four, always); `categories`; `competitors` in each account.

    `account_categories` is what each account with known competitors buys of us and of them by category. `summary` has one row;
    its `share` covers the accounts whose share is known, `upcoming_cut` is the smallest upcoming volume that is still large.
    """

    accounts: pl.DataFrame
    strategies: pl.DataFrame
    categories: pl.DataFrame
    competitors: pl.DataFrame
    account_categories: pl.DataFrame
    summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> ShareOfWallet:
    """The wallets at the end of the complete months."""
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    if until is None or until.length == 0:
        return _framed(pl.DataFrame(schema=ACCOUNTS_SCHEMA), pl.DataFrame(), pl.DataFrame(), until, cuts, season_known=False)
    span = until.last(int(cuts["wallet_months"]))
    inside = filters.within(span.start, span.end)
    held, reports, own_categories, coming, index = together(
        lambda: wallets(ask, inside, span, cuts),
        lambda: ask("customers/wallet_reports", inside), lambda: ask("customers/wallet_own_categories", inside),
        lambda: _coming(ask, inside, cuts), lambda: company_index(ask, filters, until),
    )  # fmt: skip
    buying = held.with_columns(_upcoming(coming, held, span, index, cuts).alias("upcoming"))
    placed = placed_accounts(buying, cuts, season_known=index is not None)
    return _framed(placed, _over_the_span(reports, held, span), own_categories, span, cuts, season_known=index is not None)


def wallets(ask: Ask, filters: Filters, span: History, cuts: Cuts) -> pl.DataFrame:
    """Each account's wallet and our share of it over the span; `filters` are over the span.

    The one definition of a share of wallet: every page that shows one asks here.
    """
    attribute = str(cuts["wallet_attribute"])
    known = known_purchases(ask, filters, span, attribute)
    everybody = Filters(categories=filters.categories, product_ids=filters.product_ids).within(filters.from_date, filters.to_date)
    peers = known if everybody == filters else known_purchases(ask, everybody, span, attribute)
    return with_wallets(known, cuts, peers)


def reports_of(ask: Ask, filters: Filters, held: pl.DataFrame, span: History) -> pl.DataFrame:
    """What is behind the `known` of the accounts `held`: who sells them how much of which category over the span; `filters` are over it."""
    return _over_the_span(ask("customers/wallet_reports", filters), held, span)


def with_wallets(accounts: pl.DataFrame, cuts: Cuts, everybody: pl.DataFrame) -> pl.DataFrame:
    """Accounts of `known_purchases` with `wallet`, `share`, its range and `tag`; wallet_attribute, wallet_percentile, wallet_peers decide."""
    sized, among = (frame.with_columns(pl.lit(1.0).alias("account_size")) for frame in (accounts, everybody))
    attribute = {"account": "account_size"}.get(str(cuts["wallet_attribute"]), str(cuts["wallet_attribute"]))
    return with_shares(with_model(sized, attribute, float(cuts["wallet_percentile"]), int(cuts["wallet_peers"]), among))


def with_records(found: ShareOfWallet, records: Iterable[Record], cuts: Cuts) -> ShareOfWallet:
    """The same answer with the shares that follow from our places among accounts' suppliers, as people wrote them."""
    rated = ranked(found.accounts, ranks_of(records, found.accounts["account_id"]))
    if rated is None:
        return found
    was = found.summary.row(0, named=True)
    placed = placed_accounts(rated, cuts, season_known=was["season_known"])
    whole = summary(placed, was["as_of"], was["wallet_from"], season_known=was["season_known"])
    return replace(found, accounts=placed, strategies=strategies(placed), summary=whole)


def _over_the_span(reports: pl.DataFrame, bought: pl.DataFrame, span: History) -> pl.DataFrame:
    """Reported amounts as those of the whole span: the mean of the account's reported months, times the span's months."""
    told = bought.select("account_id", "account", "reported_months")
    joined = reports.join(told, on="account_id", how="inner", maintain_order="left")
    return joined.with_columns(pl.col("amount") / pl.col("reported_months") * span.length).drop("reported_months")


def _coming(ask: Ask, filters: Filters, cuts: Cuts) -> pl.DataFrame:
    """What `_upcoming` rests on: the open orders, or what was bought in the last months."""
    if cuts["upcoming_basis"] == OPEN_ORDERS:
        return ask("customers/open_deals_by_account", filters, ended=ended_words(cuts, WON, LOST))
    return ask("customers/wallet_recent", filters)


def _upcoming(coming: pl.DataFrame, accounts: pl.DataFrame, span: History, index: np.ndarray | None, cuts: Cuts) -> pl.Series:
    """Money that each account is about to buy in a quarter: its last three months without their season, or its open orders."""
    if cuts["upcoming_basis"] == OPEN_ORDERS:
        return accounts.join(coming, on="account_id", how="left", maintain_order="left")["open_amount"].fill_null(0.0)
    columns = [f"month_{back}" for back in range(1, QUARTER + 1)]
    bought = accounts.select("account_key").join(coming, on="account_key", how="left", maintain_order="left")
    calendar = [(span.end.month - 1 - back) % 12 + 1 for back in range(1, QUARTER + 1)]
    recent = pl.Series(deseasonalised(bought.select(pl.col(columns).fill_null(0.0)).to_numpy(), calendar, index).sum(axis=1).clip(min=0.0), dtype=pl.Float64)
    if cuts["upcoming_basis"] == RECENT:
        return recent
    return recent + accounts["known"].fill_null(0.0) * QUARTER / span.length


def _framed(
    accounts: pl.DataFrame, reports: pl.DataFrame, own_categories: pl.DataFrame, span: History | None, cuts: Cuts, *, season_known: bool
) -> ShareOfWallet:
    bought = account_categories(reports, own_categories, accounts.filter(pl.col("own").is_null())["account_id"])
    rivals = competitors(reports, bought)
    whole = summary(accounts, span.end if span else None, span.start if span else None, season_known=season_known)
    return ShareOfWallet(accounts, strategies(accounts), categories(bought, rivals), rivals, bought, whole)
