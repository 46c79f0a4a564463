"""What drives a chance, in one sentence per prospect or deal, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np
import polars as pl

from data.language import _, current, format_compact, format_percent, listed
from measures.pipeline.prospect_ladder import CLASS_RATE, LOGISTIC, PLATT
from measures.pipeline.prospect_rubric import indicator_name

LEAST = {LOGISTIC: 0.1, PLATT: 0.1, CLASS_RATE: 0.01}
"""Pulls under a tenth in the log of the odds (two points of probability), or a point of the score, are not worth a word."""

MOST = 2
"""Reasons for, and reasons against, that a sentence can carry."""


def drivers_of(codes: Sequence[str], pulls: np.ndarray, method: str) -> pl.DataFrame:
    """For each row the codes of the indicators that lift its chance most, and of those that lower it most; two each at most.

    Columns driver_up, driver_down, and driver_key: rows of one key have the same.
    """
    filled, least, none = np.nan_to_num(pulls), LEAST[method], len(codes)
    order = np.argsort(-filled, axis=1, kind="stable")
    best, worst = order[:, :MOST], order[:, ::-1][:, :MOST]
    best = np.where(np.take_along_axis(filled, best, axis=1) >= least, best, none)
    worst = np.where(np.take_along_axis(filled, worst, axis=1) <= -least, worst, none)
    first, key = _distinct(np.hstack([best, worst]), none + 1)
    told = pl.DataFrame({"driver_up": _codes(codes, best[first]), "driver_down": _codes(codes, worst[first])})
    return told[key].with_columns(pl.Series("driver_key", key))


def _distinct(rows: np.ndarray, base: int) -> tuple[np.ndarray, np.ndarray]:
    """The places of the different rows, and of each row its place among these: a row of digits is read as one number."""
    numbers = rows @ base ** np.arange(rows.shape[1])
    return np.unique(numbers, return_index=True, return_inverse=True)[1:]


def _codes(codes: Sequence[str], at: np.ndarray) -> pl.Series:
    """Lists of the codes at the positions (rows, places); the position after the last one is none."""
    texts = pl.Series([*codes, None], dtype=pl.String)
    return pl.select(pl.concat_list(*(texts.gather(places) for places in at.T)).list.drop_nulls()).to_series()


def with_sentences(rows: pl.DataFrame, method: str, base: Mapping[str, float]) -> pl.DataFrame:
    """Rows [probability, lo, hi, status, known_weight, class_won, class_closed] and of `drivers_of` with `sentence`.

    Of what repeats each text is made once, in a plain loop: Polars' own threads don't know the reader's language. `base` is
    prospect_tables.unrated.
    """
    rate, low, high, known = (_points(rows[name]) for name in ("probability", "lo", "hi", "known_weight"))
    texts = _percentages(current())
    parts = [_each(lambda *points: _chance(*(texts[point] for point in points)), rate, low, high), _drivers_of(rows)]
    if method == CLASS_RATE:
        parts.insert(1, _each(_class, rows["class_won"].to_numpy(), rows["class_closed"].to_numpy()))
    unrated = _each(lambda point, weight: _unrated(texts[point], texts[weight], base), rate, known)
    is_rated = rows["status"] == "rated"
    said = pl.concat_str(parts, separator="; ")
    return rows.with_columns(pl.when(is_rated).then(said).otherwise(unrated).alias("sentence"))


def _each(text: Callable[..., str], *columns: np.ndarray) -> pl.Series:
    """The text of each row, made once for equal rows of small whole numbers from -1."""
    rows = np.column_stack(columns).astype(np.int64)
    first, place = _distinct(rows + 1, int(rows.max(initial=0)) + 2)
    return pl.Series([text(*row) for row in rows[first].tolist()], dtype=pl.String).gather(place)


def _drivers_of(rows: pl.DataFrame) -> pl.Series:
    first, place = np.unique(rows["driver_key"].to_numpy(), return_index=True, return_inverse=True)[1:]
    told = rows.select("driver_up", "driver_down")[first]
    return pl.Series([_drivers(_listed(up), _listed(down)) for up, down in told.iter_rows()], dtype=pl.String).gather(place)


def _chance(rate: str | None, low: str | None, high: str | None) -> str:
    return _("{p} ({lo} to {hi})").format(p=rate, lo=low, hi=high)


def _drivers(up: str, down: str) -> str:
    if not up and not down:
        return _("nothing sets it apart from the average")
    parts = [_("for it: {names}").format(names=up)] * bool(up) + [_("against it: {names}").format(names=down)] * bool(down)
    return "; ".join(parts)


def _class(won: float, closed: float) -> str:
    """What became of the deals of its class."""
    if not closed:
        return _("no deal of its class has closed yet")
    return _("{won} of {n} closed deals won in its class").format(won=int(won), n=int(closed))


def _unrated(rate: str | None, known: str | None, base: Mapping[str, float]) -> str:
    if rate is None:
        return _("Not rated: {known} of the rubric's weight is known").format(known=known)
    if not base["unrated_closed"]:
        return _("Not rated, and no deal without a rating has closed: {p} is assumed").format(p=rate)
    return _("Not rated: {p} from the closed deals without a rating ({won} of {n} won) and {weight} more assumed at {prior}").format(
        p=rate, won=int(base["unrated_won"]), n=int(base["unrated_closed"]), weight=format_compact(base["class_prior_deals"]),
        prior=format_percent(base["prior_win_rate"], 0),
    )  # fmt: skip


def _listed(codes: list[str]) -> str:
    return _names(current(), tuple(codes))


@lru_cache(maxsize=4096)
def _names(_language: str, codes: tuple[str, ...]) -> str:
    return listed([indicator_name(code) for code in codes])


def _points(rates: pl.Series) -> np.ndarray:
    """Rates from 0 to 1 as whole percentages; -1 where there is none."""
    points = np.rint(100 * rates.cast(pl.Float64).to_numpy())
    return np.where(np.isnan(points), -1, points)


@lru_cache(maxsize=8)
def _percentages(_language: str) -> list[str | None]:
    """The texts of 0 to 100 %, and none as the last: that of -1."""
    return [*(format_percent(points / 100, 0) for points in range(101)), None]
