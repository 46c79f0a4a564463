"""What a rebate scheme pays at any volume, tier by tier (methods.md section 13).

A retrospective tier pays its rate on everything once it is the highest of its kind that is reached, a marginal one what its rate is above
the tier before on what lies beyond it. Where a scheme has both, a retrospective tier takes the place of those before it. Returns have come off; V = V* qualifies. A tier may be stated in net sales, units or hl of the year, as
growth on the year before (`growth`: 0.05 = 5 % more net sales), or in units since the first order (`cumulative`): the last two are
turned into a volume of this year, and what they pay is of this year's net sales like all the others'.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

MEASURES = ("net_sales", "quantity", "volume")
GROWTH, CUMULATIVE = "growth", "cumulative"
COUNTED_IN = {GROWTH: "net_sales", CUMULATIVE: "quantity"}
KEYS = ("account_id", "scheme_id", "measure")


@dataclass(frozen=True)
class Tiers:
    """The tiers of several schemes of several accounts, each line one account in one scheme, its tiers rising.

    `lines` [account_id, scheme_id, measure, counted_in, is_own]; the arrays are (lines, most tiers): `start` in what the line is counted
    in, inf where it has fewer tiers, `stated` as the scheme says it, `rate`, and `is_retrospective`.
    """

    lines: pl.DataFrame
    start: np.ndarray
    stated: np.ndarray
    rate: np.ndarray
    is_retrospective: np.ndarray

    @property
    def extra(self) -> np.ndarray:
        """What each tier's rate is above the tier's before it."""
        return np.diff(self.rate, axis=1, prepend=0.0)

    def only(self, kept: np.ndarray) -> "Tiers":
        """The lines for which `kept` (lines,) holds."""
        return Tiers(self.lines.filter(pl.Series(kept)), *(of[kept] for of in (self.start, self.stated, self.rate, self.is_retrospective)))

    @property
    def kind(self) -> np.ndarray:
        """What each line is called: growth, cumulative, retroactive or marginal."""
        measure = self.lines["measure"].to_numpy()
        whole = (self.is_retrospective | ~np.isfinite(self.start)).all(axis=1)
        return np.where(np.isin(measure, list(COUNTED_IN)), measure, np.where(whole, "retroactive", "marginal"))

    def paid(self, values: np.ndarray) -> np.ndarray:
        """What each line pays at its values (lines, n), in the unit of its values × a rate; nothing at or below 0."""
        reached = (values[:, None, :] >= self.start[:, :, None]) & (values[:, None, :] > 0)
        place, whole = np.arange(self.start.shape[1])[:, None], self.is_retrospective[:, :, None]
        last = np.where(reached & whole, place, -1).max(axis=1, initial=-1)
        rate = np.where(last >= 0, np.take_along_axis(self.rate, np.maximum(last, 0), axis=1), 0.0)
        start = np.where(np.isfinite(self.start), self.start, 0.0)[:, :, None]
        beyond = np.where(reached & ~whole & (place > last[:, None, :]), (values[:, None, :] - start) * self.extra[:, :, None], 0.0)
        return values * rate + beyond.sum(axis=1)

    def paid_at(self, values: np.ndarray) -> np.ndarray:
        """`paid` at one value of each line (lines,)."""
        return self.paid(values[:, None])[:, 0]


def tiers_of(steps: pl.DataFrame) -> Tiers:
    """The tiers of the rows of `for_accounts`; rows without a start are left out."""
    rows = steps.filter(pl.col("start").is_not_null()).sort(*KEYS, "start", "rate")
    lines = rows.unique(KEYS, keep="first", maintain_order=True).select(*KEYS, "counted_in", "is_own")
    at = rows.select(KEYS).join(lines.with_row_index("line"), on=KEYS, how="left", maintain_order="left")["line"].to_numpy()
    place = rows.select(pl.int_range(pl.len()).over(KEYS).alias("place"))["place"].to_numpy()
    shape = (lines.height, int(place.max()) + 1 if len(place) else 0)
    start, stated, rate, retrospective = np.full(shape, np.inf), np.full(shape, np.nan), np.zeros(shape), np.zeros(shape, bool)
    for array, name in ((start, "start"), (stated, "from_value"), (rate, "rate"), (retrospective, "retrospective")):
        array[at, place] = rows[name].to_numpy()
    return Tiers(lines, start, stated, rate, retrospective)


def for_accounts(schemes: pl.DataFrame, year: pl.DataFrame) -> pl.DataFrame:
    """The tiers that hold for each account: its own, and those open to all of schemes in which it has none of its own; with `counted_in` and the `start` in that measure.

    `schemes` [scheme_id, account_id (null = for all), measure, from_value, rate, retrospective]; `year` [account_id,
    previous_net_sales, earlier_quantity]: the net sales of the year before and the units of all years before. Growth on a year
    without sales has no tier: its start is null.
    """
    own = schemes.filter(pl.col("account_id").is_not_null()).join(year, on="account_id", how="inner")
    common = schemes.filter(pl.col("account_id").is_null()).drop("account_id").join(year, how="cross")
    others = common.join(own, on=["account_id", "scheme_id"], how="anti").select(own.columns)
    tiers = pl.concat([own.with_columns(is_own=pl.lit(True)), others.with_columns(is_own=pl.lit(False))])
    # Rounded to the store's own precision: who grows by exactly 5 % has reached the tier of 5 %.
    grown = pl.when(pl.col("previous_net_sales") > 0).then((pl.col("previous_net_sales") * (1 + pl.col("from_value"))).round(4))
    started = pl.when(pl.col("measure") == GROWTH).then(grown)
    started = started.when(pl.col("measure") == CUMULATIVE).then((pl.col("from_value") - pl.col("earlier_quantity").fill_null(0)).clip(lower_bound=0))
    return tiers.with_columns(counted_in=pl.col("measure").replace(COUNTED_IN), start=started.otherwise(pl.col("from_value")))


def measured(lines: pl.DataFrame, amounts: pl.DataFrame) -> np.ndarray:
    """The value of each line of `Tiers.lines` in what it is counted in (lines,); NaN where that is not known.

    `amounts` [account_id, net_sales, quantity, volume] are an account's sums over the year, or over any part of it.
    """
    told = lines.join(amounts.select("account_id", *MEASURES), on="account_id", how="left", maintain_order="left")
    chosen = pl.coalesce(pl.when(pl.col("counted_in") == name).then(pl.col(name)) for name in MEASURES)
    return told.select(chosen.cast(pl.Float64).alias("value"))["value"].fill_null(np.nan).to_numpy()


def money_per_unit(lines: pl.DataFrame, amounts: pl.DataFrame) -> np.ndarray:
    """Net sales per unit of what each line is counted in (lines,): 1 for money; NaN where nothing was bought or more was credited than sold."""
    value = measured(lines, amounts)
    net = measured(lines.with_columns(counted_in=pl.lit("net_sales")), amounts)
    return np.divide(net, value, out=np.full(len(value), np.nan), where=(value > 0) & (net >= 0))
