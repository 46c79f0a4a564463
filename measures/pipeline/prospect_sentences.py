"""What drives a chance, in one sentence per prospect or deal, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat

import numpy as np
import polars as pl
from babel.lists import format_list

from data.language import _, current, format_percent, locale
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
    return pl.DataFrame({"driver_up": _codes(codes, best[first])[key], "driver_down": _codes(codes, worst[first])[key], "driver_key": key})


def _distinct(rows: np.ndarray, base: int) -> tuple[np.ndarray, np.ndarray]:
    """The places of the different rows, and of each row its place among these: a row of digits is read as one number."""
    numbers = rows @ base ** np.arange(rows.shape[1])
    return np.unique(numbers, return_index=True, return_inverse=True)[1:]


def _codes(codes: Sequence[str], at: np.ndarray) -> pl.Series:
    """Lists of the codes at the positions (rows, places); the position after the last one is none."""
    return pl.Series([[codes[place] for place in places if place < len(codes)] for places in at.tolist()], dtype=pl.List(pl.String))


def with_sentences(rows: pl.DataFrame, method: str, base: Mapping[str, float]) -> pl.DataFrame:
    """Rows [probability, lo, hi, status, known_weight, class_won, class_closed] and of `drivers_of` with `sentence`.

    A plain loop: Polars' own threads don't know the reader's language. Of what repeats each text is made once. `base` has unrated_won and
    unrated_closed.
    """
    *shares, known = (_rates(rows[name]) for name in ("probability", "lo", "hi", "known_weight"))
    classes = _each(_class, rows["class_won"], rows["class_closed"]) if method == CLASS_RATE else repeat(None)
    unrated = cache(lambda rate, weight: _unrated(rate, weight, base))
    texts = [
        "; ".join(filter(None, parts)) if status == "rated" else unrated(rate, weight)
        for status, rate, weight, *parts in zip(rows["status"].to_list(), shares[0], known, _each(_chance, *shares), classes, _drivers_of(rows), strict=False)
    ]
    return rows.with_columns(pl.Series("sentence", texts, dtype=pl.String))


def _each(text: Callable[..., str], *columns: Iterable[object]) -> list[str]:
    """The text of each row, made once for equal rows."""
    rows = list(zip(*columns, strict=True))
    texts = {row: text(*row) for row in set(rows)}
    return [texts[row] for row in rows]


def _drivers_of(rows: pl.DataFrame) -> list[str]:
    told = rows.unique("driver_key").select("driver_key", "driver_up", "driver_down")
    texts = {key: _drivers(_listed(up), _listed(down)) for key, up, down in told.iter_rows()}
    return [texts[key] for key in rows["driver_key"].to_list()]


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
    return _("Not rated: {p} is the rate of the closed deals without a rating ({won} of {n} won)").format(
        p=rate, won=int(base["unrated_won"]), n=int(base["unrated_closed"])
    )


def _listed(codes: list[str]) -> str:
    return _names(current(), tuple(codes))


@lru_cache(maxsize=4096)
def _names(_language: str, codes: tuple[str, ...]) -> str:
    return format_list([indicator_name(code) for code in codes], locale=locale())


def _rates(rates: pl.Series) -> list[str | None]:
    """Rates from 0 to 1 as whole percentages; None where there is none."""
    texts = [*_percentages(current()), None]
    points = np.rint(100 * rates.cast(pl.Float64).to_numpy())
    return [texts[point] for point in np.where(np.isnan(points), -1, points).astype(int).tolist()]


@lru_cache(maxsize=8)
def _percentages(_language: str) -> list[str]:
    return [format_percent(points / 100, 0) for points in range(101)]
