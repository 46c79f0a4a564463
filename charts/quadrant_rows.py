"""What the portfolio's chart draws, as rows by part: accounts, cuts, natural breaks, error bars, tails."""

import polars as pl

from charts import labels
from data.language import _

LARGEST = 10
SKEW = 8
MOST = 5_000
UNSURE = 40
"""Borderline accounts that get an error bar beside the largest ones; more would be a hedge."""


def placed(accounts: pl.DataFrame) -> pl.DataFrame:
    """The points: accounts with a quadrant, of more than 5,000 those with the most net sales. Paler = less certain, hollow = provisional."""
    chosen = accounts.filter(pl.col("quadrant").is_not_null(), pl.col("stability_cv").is_not_null())
    chosen = chosen.sort("net_sales", descending=True, nulls_last=True).head(MOST)
    opacity = (2 * pl.col("p_stable") - 1).abs().cast(float).fill_null(0.5)
    return chosen.select(
        pl.lit("account").alias("part"), "account_id", "account", "quadrant", pl.col("contribution").cast(float),
        pl.col("stability_cv").cast(float), pl.col("standard_error").cast(float), pl.col("p_stable").cast(float),
        pl.col("net_sales").cast(float), (0.25 + 0.65 * opacity).alias("certainty"), (pl.col("status") != "ok").alias("is_hollow"),
        pl.col("net_sales").cast(float).clip(lower_bound=0).alias("area"), pl.Series("side", _sides(chosen), dtype=pl.String),
    )  # fmt: skip


def _sides(accounts: pl.DataFrame) -> list[str]:
    """How sure the side of the stability cut is: clear, borderline, or kept within the dead band against the cut."""
    rows = accounts.select("quadrant_by_cut", "is_held", "is_borderline").iter_rows()
    return [
        _("kept by the dead band; by the cut alone {quadrant}").format(quadrant=labels.quadrant(plain)) if held else _("borderline") if near else _("clear")
        for plain, held, near in rows
    ]


def is_skewed(contribution: pl.Series) -> bool:
    """Whether a log axis shows more: all positive, and the largest would press half of the accounts to the floor."""
    if contribution.is_empty() or contribution.min() <= 0:
        return False
    return contribution.max() > SKEW * contribution.median()


def cut_rows(points: pl.DataFrame, stability_cut: float) -> pl.DataFrame:
    """The two cuts; that of contribution lies between the least contributing high account and the most contributing low one."""
    high = points.filter(pl.col("quadrant").is_in(["EI", "EII"]))["contribution"]
    low = points.filter(pl.col("quadrant").is_in(["EIII", "EIV"]))["contribution"]
    ends = [value for value in (high.min(), low.max()) if value is not None]
    contribution = ends and (max(ends[0] * ends[-1], 0) ** 0.5 or sum(ends) / len(ends))
    return lines("cut", stability_cut, contribution or None)


def lines(kind: str, stability: float | None, contribution: float | None) -> pl.DataFrame:
    """A line of that kind across each axis; a value that is missing has none."""
    rows = {
        "part": [f"stability_{kind}", f"contribution_{kind}"],
        "stability_cv": [stability, None],
        "contribution": [None, contribution],
    }
    schema = {"stability_cv": pl.Float64, "contribution": pl.Float64}
    return pl.DataFrame(rows, schema_overrides=schema).filter(pl.any_horizontal(pl.col(*schema).is_not_null()))


def error_bars(points: pl.DataFrame) -> pl.DataFrame:
    """One standard error to either side of the variation, for the largest accounts and for borderline ones."""
    largest = points.head(LARGEST)
    unsure = points.filter(pl.col("p_stable").is_between(0.2, 0.8, closed="none")).head(UNSURE)
    rows = pl.concat([largest, unsure]).unique("account_id", maintain_order=True).filter(pl.col("standard_error") > 0)
    return rows.select(
        pl.lit("error").alias("part"), "account_id", "quadrant", "contribution",
        (pl.col("stability_cv") - pl.col("standard_error")).clip(lower_bound=0).alias("stability_cv"),
        (pl.col("stability_cv") + pl.col("standard_error")).alias("stability_end"),
    )  # fmt: skip


def tail_rows(points: pl.DataFrame, tails: pl.DataFrame, *, is_log: bool) -> pl.DataFrame:
    """The way of the largest points among `tails` through the last year, month by month."""
    chosen = points.filter(pl.col("account_id").is_in(tails["account_id"].unique().implode())).head(LARGEST)
    seen = tails.join(chosen.select("account_id", "quadrant"), on="account_id", how="inner", maintain_order="left")
    whole = seen.filter(pl.col("stability_cv").is_not_null(), pl.col("contribution").is_not_null())
    return whole.filter(pl.lit(not is_log) | (pl.col("contribution") > 0)).select(
        pl.lit("tail").alias("part"), "account_id", "account", "quadrant", "months_back", "contribution", "stability_cv",
        (4.5 - 0.34 * pl.col("months_back")).alias("thickness"),
    )  # fmt: skip
