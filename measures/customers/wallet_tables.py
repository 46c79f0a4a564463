"""The wallet by strategy, by category, and by the competitors inside each account."""

import polars as pl

from measures.typed import typed

STRATEGIES = ("defend", "develop", "keep_contact", "acquire")
OURS = "defend"
"""The strategy that the source does not give: high share, large volume."""

STRATEGIES_SCHEMA = {
    "strategy": pl.String, "is_ours": pl.Boolean, "accounts": pl.Int64, "modelled": pl.Int64,
    "own": pl.Float64, "wallet": pl.Float64, "headroom": pl.Float64, "upcoming": pl.Float64, "share": pl.Float64,
}  # fmt: skip
BOUGHT_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "category": pl.String, "own": pl.Float64, "known": pl.Float64,
    "wallet": pl.Float64, "share": pl.Float64,
}  # fmt: skip
COMPETITORS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "category": pl.String, "competitor": pl.String, "amount": pl.Float64,
    "share": pl.Float64, "source": pl.String,
}  # fmt: skip
CATEGORIES_SCHEMA = {
    "category": pl.String, "accounts": pl.Int64, "own": pl.Float64, "known": pl.Float64, "wallet": pl.Float64, "share": pl.Float64,
    "competitor": pl.String, "competitor_amount": pl.Float64,
}  # fmt: skip


def strategies(accounts: pl.DataFrame) -> pl.DataFrame:
    """Accounts and money of each strategy, all four always; `share` is held of their wallets together."""
    money = ("own", "wallet", "headroom", "upcoming")
    sums = accounts.group_by("strategy").agg(
        pl.len().alias("accounts"), (pl.col("tag") == "modelled").sum().alias("modelled"), pl.col(money).sum()
    )
    order = pl.DataFrame({"strategy": STRATEGIES}).with_columns((pl.col("strategy") == OURS).alias("is_ours"))
    filled = order.join(sums, on="strategy", how="left", maintain_order="left").with_columns(
        pl.col("accounts", "modelled", *money).fill_null(0)
    )
    return filled.with_columns(_held("wallet")).select(typed(STRATEGIES_SCHEMA))


def account_categories(reports: pl.DataFrame, own: pl.DataFrame, supplied: pl.Series) -> pl.DataFrame:
    """Per account with known competitors and category: `own`, `known` (competitors'), their sum `wallet`, and our share of it.

    `reports` [account_id, account, category, competitor, source, amount], `own` [account_id, category, own]. `supplied` are the
    accounts whose purchases of us another account makes: their `own` is null, and so is what rests on it.
    """
    if reports.is_empty():
        return pl.DataFrame(schema=BOUGHT_SCHEMA)
    names = reports.select("account_id", "account").unique(maintain_order=True)
    known = reports.group_by("account_id", "category").agg(pl.col("amount").sum().alias("known"))
    both = known.join(own, on=["account_id", "category"], how="full", coalesce=True, nulls_equal=True)
    direct = pl.when(~pl.col("account_id").is_in(supplied.implode())).then(pl.col("own").fill_null(0.0).clip(lower_bound=0.0))
    filled = both.with_columns(pl.col("known").fill_null(0.0), direct.alias("own"))
    summed = filled.with_columns((pl.col("own") + pl.col("known")).alias("wallet")).with_columns(_held("wallet"))
    named = summed.join(names, on="account_id", how="inner")
    return named.sort("account_id", "category", nulls_last=True).select(typed(BOUGHT_SCHEMA))


def competitors(reports: pl.DataFrame, bought: pl.DataFrame) -> pl.DataFrame:
    """Each competitor in each account and category, the largest amount first; `share` is of the account's purchases in the category."""
    if reports.is_empty():
        return pl.DataFrame(schema=COMPETITORS_SCHEMA)
    wallets = bought.select("account_id", "category", "wallet")
    joined = reports.join(wallets, on=["account_id", "category"], how="left", nulls_equal=True)
    share = pl.when(pl.col("wallet") > 0).then(pl.col("amount") / pl.col("wallet")).alias("share")
    ordered = joined.with_columns(share).sort(["amount", "account_id", "competitor"], descending=[True, False, False], nulls_last=True)
    return ordered.select(typed(COMPETITORS_SCHEMA))


def categories(bought: pl.DataFrame, rivals: pl.DataFrame) -> pl.DataFrame:
    """Category by category over the accounts whose own and other purchases are known, the largest known purchases first.

    `share` is of the known purchases: what a model adds to a wallet belongs to no category. The strongest competitor stands beside.
    """
    sums = bought.filter(pl.col("own").is_not_null()).group_by("category").agg(
        pl.col("account_id").n_unique().alias("accounts"), pl.col("own", "known", "wallet").sum()
    )
    strongest = rivals.filter(pl.col("share").is_not_null()).group_by("category", "competitor").agg(pl.col("amount").sum().alias("competitor_amount"))
    strongest = strongest.sort(["competitor_amount", "competitor"], descending=[True, False]).unique("category", keep="first", maintain_order=True)
    joined = sums.join(strongest, on="category", how="left", nulls_equal=True).with_columns(_held("wallet"))
    return joined.sort(["wallet", "category"], descending=[True, False]).select(typed(CATEGORIES_SCHEMA))


def _held(wallet: str) -> pl.Expr:
    return pl.when(pl.col(wallet) > 0).then(pl.col("own") / pl.col(wallet)).alias("share")
