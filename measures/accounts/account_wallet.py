"""What an account buys from us and from whom else: the share-of-wallet answer's figures of one account (methods.md section 10).

Over the same months and by the same function as Share of wallet, so that both pages say the same; by month only in those in which
somebody declared or saw what it buys elsewhere.
"""

from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from data.records import Record
from measures.accounts.account_tree import own_key
from measures.customers.share_of_wallet import reports_of, wallets
from measures.customers.wallet_ranks import ranked, ranks_of
from measures.history import History, whole_history, within
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask

THRESHOLDS = ("wallet_attribute", "wallet_months", "wallet_percentile", "wallet_peers")
REPORTS_SCHEMA = {"competitor": pl.String, "amount": pl.Float64}
SUPPLIERS_SCHEMA = {"supplier": pl.String, "is_own": pl.Boolean, "amount": pl.Float64, "share": pl.Float64, "previous": pl.Float64}
QUARTERS_SCHEMA = {"month": pl.Date, "own": pl.Float64, "known": pl.Float64, "share": pl.Float64}
SUMMARY_SCHEMA = {
    "account_id": pl.String, "own": pl.Float64, "known": pl.Float64, "wallet": pl.Float64, "share": pl.Float64, "share_low": pl.Float64,
    "share_high": pl.Float64, "tag": pl.String, "previous_share": pl.Float64, "months": pl.Int64, "last_stated": pl.Date,
}  # fmt: skip


def held(ask: Ask, filters: Filters, cuts: Cuts) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Our share of the one account of the filters (no or one row, SUMMARY_SCHEMA) and its suppliers (SUPPLIERS_SCHEMA).

    A share that nobody knows has no row. Suppliers are named where somebody stated what the account buys elsewhere.
    """
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    if until is None or until.length == 0:
        return pl.DataFrame(schema=SUMMARY_SCHEMA), pl.DataFrame(schema=SUPPLIERS_SCHEMA)
    span = until.last(int(cuts["wallet_months"]))
    now, reports = _over(ask, filters, span, cuts)
    if now["share"].count() == 0 and reports.is_empty():
        # Nothing is known that the year before could stand beside.
        return pl.DataFrame(schema=SUMMARY_SCHEMA), pl.DataFrame(schema=SUPPLIERS_SCHEMA)
    before, earlier = _over(ask, filters, History(add_months(span.start, -YEAR), add_months(span.end, -YEAR)), cuts)
    share_before = before["share"].first() if before.height else None
    named = now.rename({"reported_months": "months", "last_report": "last_stated"}).with_columns(pl.lit(share_before, pl.Float64).alias("previous_share"))
    rated = named.filter(pl.col("share").is_not_null()).select(typed(SUMMARY_SCHEMA))
    return rated, _suppliers(_sellers(now, reports, span.length), _sellers(before, earlier, span.length))


def by_rank(summary: pl.DataFrame, records: Iterable[Record]) -> pl.DataFrame:
    """The summary with the share that follows from our place among the account's suppliers, where somebody wrote it and no volume is known."""
    rated = ranked(summary.with_columns(is_large=None, headroom=None), ranks_of(records, summary["account_id"]))
    return summary if rated is None else rated.select(*SUMMARY_SCHEMA)


def by_month(ask: Ask, filters: Filters, tree: pl.DataFrame) -> pl.DataFrame:
    """Own and known competitors' purchases of each stated month and our share of both, by QUARTERS_SCHEMA.

    `filters` are the period and the account; `tree` is account_tree.tree's.
    """
    known = ask("accounts/wallet", filters, account_key=own_key(tree))
    if known.is_empty():
        return pl.DataFrame(schema=QUARTERS_SCHEMA)
    own = ask("accounts/months", filters).filter(pl.col("account_key") == own_key(tree))
    rows = known.join(own.select("month", pl.col("net_sales").alias("own")), on="month", how="left")
    bought = rows.with_columns(pl.col("own").fill_null(0.0).clip(lower_bound=0))
    whole = pl.col("own") + pl.col("known")
    shared = bought.with_columns(pl.when(whole > 0).then(pl.col("own") / whole).alias("share"))
    return shared.sort("month").select(typed(QUARTERS_SCHEMA))


def facts(found: pl.DataFrame, sold_by: pl.DataFrame) -> dict[str, float | str | None]:
    """Our share of what is known and the main competitor, as the rules of next_actions read them: nobody can be asked about a model."""
    rivals = sold_by.filter(~pl.col("is_own"))
    return {
        "own_share": found["share_high"].first() if found.height and rivals.height else None,
        "main_competitor": rivals["supplier"].first(), "competitor_amount": rivals["amount"].first(),
    }


def _over(ask: Ask, filters: Filters, span: History, cuts: Cuts) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The account's own row of the wallets over the span, without the accounts under it, and its reports."""
    # Everybody is asked once: the model needs its peers anyway.
    inside = replace(filters, account_ids=None).within(span.start, span.end)
    own = pl.col("account_id").is_in(list(filters.account_ids or ()))
    held = wallets(ask, inside, span, cuts).filter(own)
    if not held["reported_months"].sum():
        return held, pl.DataFrame(schema=REPORTS_SCHEMA)
    return held, reports_of(ask, inside, held, span)


def _sellers(row: pl.DataFrame, reports: pl.DataFrame, months: int) -> pl.DataFrame:
    """What each one sells the account in a month of the span [supplier, amount], ours without a name; none without a report."""
    rivals = reports.group_by(pl.col("competitor").fill_null("–").alias("supplier")).agg(pl.col("amount").sum() / months)
    if rivals.is_empty():
        return pl.DataFrame(schema={"supplier": pl.String, "amount": pl.Float64})
    ours = row.select(pl.lit(None, pl.String).alias("supplier"), pl.col("own") / months).rename({"own": "amount"})
    return pl.concat([ours.drop_nulls("amount"), rivals])


def _suppliers(now: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Who sells how much to the account, the largest first: `share` of what is known, ours being the upper end of our share's range."""
    joined = now.join(before.rename({"amount": "previous"}), on="supplier", how="left", nulls_equal=True)
    if before.height:
        joined = joined.with_columns(pl.col("previous").fill_null(0.0))
    total = joined["amount"].sum()
    share = pl.col("amount") / total if total > 0 else pl.lit(None)
    placed = joined.with_columns(pl.col("supplier").is_null().alias("is_own"), share.alias("share")).sort(
        "amount", "supplier", descending=[True, False]
    )
    return placed.select(typed(SUPPLIERS_SCHEMA))
