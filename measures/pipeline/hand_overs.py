"""Hand-overs: is anything lost when an account's person changes (source 002)? Four things to take up, each found in the data."""

import polars as pl

CHECKS = ("deals_taken", "is_in_touch", "has_decision_maker", "deals_dated")


def hand_overs(found: pl.DataFrame) -> pl.DataFrame:
    """queries/pipeline/hand_overs.sql with its checks and `completeness_rate`, their share; the least complete first.

    deals_taken: no open deal is left in another person's name. is_in_touch: the new person has an activity with the account.
    has_decision_maker: the account's decision maker is on file. deals_dated: every open deal has an expected close.
    """
    checked = found.with_columns(
        (pl.col("left_deals") == 0).alias("deals_taken"),
        pl.col("last_activity_on").is_not_null().alias("is_in_touch"),
        (pl.col("undated_deals") == 0).alias("deals_dated"),
    )
    share = pl.mean_horizontal(pl.col(name).cast(pl.Float64) for name in CHECKS)
    ranked = checked.with_columns(share.alias("completeness_rate")).sort(
        "completeness_rate", "left_value", "account_id", descending=[False, True, False]
    )
    return ranked.select(
        "account", "former", "salesperson", "handed_on", "completeness_rate", *CHECKS, "open_deals", "left_deals", "left_value",
        "last_activity_on", "region", "account_id", "former_id", "salesperson_id", "region_id",
    )  # fmt: skip
