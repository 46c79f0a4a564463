"""Share of wallet: what an account buys in all, and what part of it we hold (methods.md section 10).

Amounts are money over one span. Missing is null; a share of an empty wallet is null.
"""

import polars as pl

DECLARED, OBSERVED, MODELLED, RANKED = "declared", "observed", "modelled", "ranked"


def rank_share(rank: int, suppliers: int) -> float | None:
    """Share held by the supplier of that rank (1 = first) among `suppliers`, where no volumes are known.

    (1 − rank ÷ (n + 1)) · 2 ÷ n: the shares of all ranks sum to 1. None for a rank that is not among them.

    >>> round(rank_share(1, 2), 4), round(rank_share(2, 3), 4)
    (0.6667, 0.3333)
    """
    if not 1 <= rank <= suppliers:
        return None
    return (1 - rank / (suppliers + 1)) * 2 / suppliers


def with_model(
    accounts: pl.DataFrame, attribute: str, percentile: float = 0.80, least_peers: int = 8, everybody: pl.DataFrame | None = None
) -> pl.DataFrame:
    """`accounts` [kind, channel, own, known, <attribute>] with `model`, the purchases expected of such an account, and `peers`.

    The model is that percentile of purchases (own and competitors') per unit of the attribute among the accounts of the same kind
    and channel whose competitors are known, times the account's own attribute. Null where fewer than `least_peers` of these have
    the attribute, or the account itself has none. Peers are among `everybody` (the same columns), without it among `accounts`; the
    account is one of its own.
    """
    rate = pl.when(pl.col("known").is_not_null() & (pl.col(attribute) > 0)).then(_bought() / pl.col(attribute))
    similar = ("kind", "channel")
    among = accounts if everybody is None else everybody
    usual = among.with_columns(rate.alias("rate")).group_by(similar).agg(
        pl.col("rate").count().cast(pl.Int64).alias("peers"), pl.col("rate").quantile(percentile, "linear").alias("usual")
    )
    rated = accounts.join(usual, on=similar, how="left", nulls_equal=True, maintain_order="left")
    model = pl.when((pl.col("peers") >= least_peers) & (pl.col(attribute) > 0)).then(pl.col("usual") * pl.col(attribute))
    return rated.with_columns(pl.col("peers").fill_null(0), model.alias("model")).drop("usual")


def with_shares(accounts: pl.DataFrame) -> pl.DataFrame:
    """`accounts` [own, known, model, source] with `wallet`, `share`, `share_low`, `share_high` and `tag`.

    Wallet = max(own + known, model); share = own ÷ wallet; the range runs from own ÷ wallet to own ÷ (own + known). Without a
    known competitor its upper end is open and reads 1. Null where nothing is known of the account's other purchases.
    """
    bought, told = _bought(), pl.col("known").is_not_null()
    wallet = pl.when(told | pl.col("model").is_not_null()).then(pl.max_horizontal(bought, "model"))
    held = accounts.with_columns(pl.when(pl.col("own").is_not_null()).then(wallet).alias("wallet"))
    low = pl.when(pl.col("wallet") > 0).then(pl.col("own") / pl.col("wallet"))
    high = pl.when(pl.col("wallet") > 0).then(pl.when(bought > 0).then(pl.col("own") / bought).otherwise(0.0))
    return held.with_columns(low.alias("share"), low.alias("share_low"), high.alias("share_high"), _tag().alias("tag"))


def _bought() -> pl.Expr:
    return pl.col("own") + pl.col("known").fill_null(0)


def _tag() -> pl.Expr:
    """What the wallet rests on: the model where it is larger than what is known, else who said it."""
    modelled = pl.col("model").is_not_null() & (pl.col("known").is_null() | (pl.col("model") > _bought()))
    told = pl.when(pl.col("source").str.to_lowercase().str.starts_with("declar")).then(pl.lit(DECLARED)).otherwise(pl.lit(OBSERVED))
    return pl.when(pl.col("wallet").is_null()).then(None).when(modelled).then(pl.lit(MODELLED)).otherwise(told)
