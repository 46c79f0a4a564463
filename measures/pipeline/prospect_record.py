"""How stated chances turned out: each closed deal's probability as it would have been stated when the deal was rated.

Quarter by quarter the ladder climbs on what had closed before, and states the chances of the deals that were rated in the quarter. Deals
that are still open are not judged yet. The last twelve quarters count.
"""

from datetime import date

import numpy as np
import polars as pl

from measures.by_code import added, coded
from measures.pipeline.calibration import brier
from measures.pipeline.prospect_ladder import CLASSES, Deals, class_index, climb, priors
from measures.pipeline.prospect_rubric import Rubric
from measures.thresholds import Cuts
from measures.typed import framed, typed
from measures.wilson import wilson

QUARTERS = 12
"""Three years of classes beside what became of their deals."""
LEAST_JUDGED = 20
"""Judged deals of a class under which the 95 % interval around a half is 41 points and more: wider than any class, it confirms none."""
SCHEMA = {"opportunity_id": pl.String, "rated_on": pl.Date, "closed_on": pl.Date, "stated": pl.Float64, "base": pl.Float64, "class": pl.String, "is_won": pl.Boolean, "method": pl.String}
CLASSES_SCHEMA = {
    "class": pl.String, "from_rate": pl.Float64, "prior": pl.Float64, "stated_rate": pl.Float64, "realised_rate": pl.Float64, "lo": pl.Float64,
    "hi": pl.Float64, "won": pl.Int64, "n": pl.Int64, "status": pl.String, "prospects": pl.Int64, "expected_contribution": pl.Float64,
}  # fmt: skip


def record(closed: pl.DataFrame, deals: Deals, rubric: Rubric, cuts: Cuts, until: date) -> pl.DataFrame:
    """By SCHEMA, in the order of rating: `closed` [opportunity_id, rated_on, closed_on] and the same rows as `deals`.

    `base` is what one who knows only how many had been won would have stated.
    """
    rated, ended = (closed[name].to_numpy().astype("datetime64[D]") for name in ("rated_on", "closed_on"))
    parts = [
        (now, *_stated(deals.only(now), deals.only(ended < start), rubric, cuts))
        for start, end in _quarters(until)
        if len(now := np.flatnonzero((rated >= start) & (rated < end)))
    ]
    if not parts:
        return pl.DataFrame(schema=SCHEMA)
    rows, stated, base, method = zip(*parts, strict=True)
    at, sizes = np.concatenate(rows), [len(now) for now in rows]
    chance = np.concatenate(stated)
    told = closed[at].with_columns(
        pl.Series("stated", chance), pl.Series("base", np.repeat(base, sizes)), pl.Series("class", CLASSES).gather(class_index(chance, cuts)),
        pl.Series("is_won", deals.won[at].astype(bool)), pl.Series("method", method).gather(np.repeat(np.arange(len(sizes)), sizes)),
    )  # fmt: skip
    return told.select(typed(SCHEMA)).sort("rated_on", "opportunity_id")


def classes(past: pl.DataFrame, prospects: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """By CLASSES_SCHEMA, A to D: what was stated against what came true, and who is in the class today.

    status: `ok` where the stated rate lies within the 95 % interval of what came true, `provisional` where fewer than twenty deals say so,
    `too_high` or `too_low` where it does not, however few they are, `insufficient` without a closed deal.
    """
    of_past, of_prospects = (coded(rows["class"], CLASSES) for rows in (past, prospects))
    n = added(of_past, CLASSES)
    counted = framed(
        {
            "class": CLASSES, "from_rate": [*(cuts[f"class_{name}_from"] for name in "abc"), 0.0], "prior": priors(cuts), "n": n,
            "stated_rate": np.divide(added(of_past, CLASSES, past["stated"]), n, out=np.full(len(CLASSES), np.nan), where=n > 0),
            "won": added(of_past, CLASSES, past["is_won"]), "prospects": added(of_prospects, CLASSES),
            "expected_contribution": added(of_prospects, CLASSES, prospects["expected_contribution"]),
        }
    )  # fmt: skip
    lo, hi = wilson(counted["won"].to_numpy(), counted["n"].to_numpy())
    ends = counted.with_columns(pl.Series("lo", lo, nan_to_null=True), pl.Series("hi", hi, nan_to_null=True))
    rate = pl.when(pl.col("n") > 0).then(pl.col("won") / pl.col("n")).alias("realised_rate")
    return ends.with_columns(rate, _status().alias("status")).select(typed(CLASSES_SCHEMA))


def skill(past: pl.DataFrame) -> tuple[float | None, float | None]:
    """The Brier scores of what was stated and of the base rate alone; None without a judged deal."""
    won = past["is_won"].cast(pl.Float64).to_numpy()
    return brier(past["stated"].to_numpy(), won), brier(past["base"].to_numpy(), won)


def _quarters(until: date) -> list[tuple[np.datetime64, np.datetime64]]:
    """First days of the last quarters and of those that follow them, the oldest first."""
    this = (until.year * 4 + (until.month - 1) // 3) * 3
    months = [np.datetime64(f"{month // 12:04}-{month % 12 + 1:02}-01") for month in range(this - 3 * (QUARTERS - 1), this + 6, 3)]
    return list(zip(months, months[1:], strict=False))


def _stated(now: Deals, known: Deals, rubric: Rubric, cuts: Cuts) -> tuple[np.ndarray, float, str]:
    """What is stated of these deals and of all alike, and by which method, from the deals that are known."""
    ladder = climb(known, rubric, cuts)
    weight = float(cuts["class_prior_deals"])
    base = (known.won.sum() + weight * float(cuts["prior_win_rate"])) / (len(known.won) + weight)
    return ladder.chances(now.units, now.score)[0], base, ladder.method


def _status() -> pl.Expr:
    unjudged = pl.when(pl.col("n") == 0).then(pl.lit("insufficient"))
    wrong = unjudged.when(pl.col("stated_rate") > pl.col("hi")).then(pl.lit("too_high")).when(pl.col("stated_rate") < pl.col("lo")).then(pl.lit("too_low"))
    return wrong.when(pl.col("n") < LEAST_JUDGED).then(pl.lit("provisional")).otherwise(pl.lit("ok"))
