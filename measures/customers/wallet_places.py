"""Where each account stands by share of wallet and upcoming volume, and what all of them come to (methods.md section 10)."""

from datetime import date

import polars as pl

from measures.customers.ranking import high_contribution
from measures.customers.wallet import MODELLED, RANKED
from measures.thresholds import Cuts
from measures.typed import typed

ACCOUNTS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "channel": pl.String, "region_id": pl.String, "region": pl.String,
    "own": pl.Float64, "known": pl.Float64, "model": pl.Float64, "wallet": pl.Float64, "headroom": pl.Float64,
    "share": pl.Float64, "share_low": pl.Float64, "share_high": pl.Float64, "tag": pl.String,
    "upcoming": pl.Float64, "is_large": pl.Boolean, "strategy": pl.String, "status": pl.String,
    "peers": pl.Int64, "reported_months": pl.Int64, "last_report": pl.Date,
}  # fmt: skip
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "wallet_from": pl.Date, "accounts": pl.Int64, "known_accounts": pl.Int64, "modelled_accounts": pl.Int64,
    "own": pl.Float64, "known": pl.Float64, "wallet": pl.Float64, "headroom": pl.Float64,
    "share": pl.Float64, "share_high": pl.Float64, "upcoming": pl.Float64, "upcoming_cut": pl.Float64, "season_known": pl.Boolean,
}  # fmt: skip


def placed_accounts(accounts: pl.DataFrame, cuts: Cuts, *, season_known: bool) -> pl.DataFrame:
    """Accounts with a share and `upcoming`, by falling headroom, with `is_large`, `strategy` and `status`, by ACCOUNTS_SCHEMA."""
    rated = accounts.filter(pl.col("share").is_not_null()).select("account_id", "upcoming")
    large = high_contribution(rated, "upcoming", cut=float(cuts["wallet_large_cut"]))
    sizes = large.select("account_id", pl.col("is_high").fill_null(False).alias("is_large"))
    sized = accounts.join(sizes, on="account_id", how="left", maintain_order="left").with_columns(
        (pl.col("wallet") - pl.col("own")).clip(lower_bound=0).alias("headroom")
    )
    placed = sized.with_columns(_strategy(cuts), _status(season_known=season_known))
    ordered = placed.sort(["headroom", "account_id"], descending=[True, False], nulls_last=True)
    return ordered.select(typed(ACCOUNTS_SCHEMA))


def _strategy(cuts: Cuts) -> pl.Expr:
    """High/small keep in contact, low/large develop, low/small acquire or abandon; high/large is not in the source: defend (ours)."""
    high, large = pl.col("share") >= float(cuts["wallet_share_cut"]), pl.col("is_large")
    found = pl.when(high & large).then(pl.lit("defend")).when(high).then(pl.lit("keep_contact"))
    found = found.when(large).then(pl.lit("develop")).otherwise(pl.lit("acquire"))
    return pl.when(pl.col("share").is_not_null()).then(found).alias("strategy")


def _status(*, season_known: bool) -> pl.Expr:
    rated = pl.when(pl.col("share").is_null()).then(pl.lit("insufficient"))
    unsure = pl.col("tag").is_in([MODELLED, RANKED]) if season_known else pl.lit(True)
    return rated.when(unsure).then(pl.lit("provisional")).otherwise(pl.lit("ok")).alias("status")


def summary(accounts: pl.DataFrame, as_of: date | None, wallet_from: date | None, *, season_known: bool) -> pl.DataFrame:
    """One row over the placed accounts, by SUMMARY_SCHEMA."""
    rated = accounts.filter(pl.col("share").is_not_null())
    own, known, wallet = rated["own"].sum(), rated["known"].sum(), rated["wallet"].sum()
    # Without the model: what is known to be bought, and the wallets that follow from a rank, which no model made.
    told = rated.select(pl.when(pl.col("tag") == RANKED).then(pl.col("wallet")).otherwise(pl.col("own") + pl.col("known").fill_null(0.0)).sum()).item()
    large = accounts.filter("is_large")["upcoming"]
    row = (
        as_of, wallet_from, accounts.height, accounts["known"].count(),
        rated.filter(pl.col("tag") == MODELLED).height, own, known, wallet, rated["headroom"].sum(),
        own / wallet if wallet > 0 else None, own / told if told > 0 else None,
        rated["upcoming"].sum(), large.min(), season_known,
    )  # fmt: skip
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row")
