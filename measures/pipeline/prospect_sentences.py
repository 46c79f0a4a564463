"""What drives a chance, in one sentence per prospect or deal, in the reader's language."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import polars as pl
from babel.lists import format_list

from data.language import _, current, format_percent, locale
from measures.pipeline.prospect_ladder import CLASS_RATE, LOGISTIC, PLATT
from measures.pipeline.prospect_rubric import indicator_name

LEAST = {LOGISTIC: 0.1, PLATT: 0.1, CLASS_RATE: 0.01}
"""Pulls under a tenth in the log of the odds (two points of probability), or a point of the score, are not worth a word."""

MOST = 2


def drivers_of(codes: Sequence[str], pulls: np.ndarray, method: str) -> tuple[pl.Series, pl.Series]:
    """For each row the codes of the indicators that lift its chance most, and of those that lower it most; two each at most."""
    filled, least = np.nan_to_num(pulls), LEAST[method]
    order = np.argsort(-filled, axis=1, kind="stable")
    best, worst = order[:, :MOST], order[:, ::-1][:, :MOST]
    return _codes(codes, best, np.take_along_axis(filled, best, axis=1) >= least), _codes(codes, worst, np.take_along_axis(filled, worst, axis=1) <= -least)


def _codes(codes: Sequence[str], at: np.ndarray, counts: np.ndarray) -> pl.Series:
    """Lists of the codes at the positions (rows, places) that count, all made at once."""
    names = pl.Series([*codes, None], dtype=pl.String)
    places = [names.gather(np.where(counts[:, place], at[:, place], len(codes))).alias(str(place)) for place in range(at.shape[1])]
    if not places:
        return pl.Series([[]] * len(at), dtype=pl.List(pl.String))
    return pl.DataFrame(places).select(pl.concat_list(pl.all()).list.drop_nulls()).to_series()


def with_sentences(rows: pl.DataFrame, method: str, base: Mapping[str, float]) -> pl.DataFrame:
    """Rows [account, probability, lo, hi, status, rubric_score, class_won, class_closed, driver_up, driver_down] with `sentence`.

    A plain loop: Polars' own threads don't know the reader's language. `base` has unrated_won and unrated_closed.
    """
    names: dict[str, str] = {}
    texts = [_sentence(row, method, base, names) for row in rows.iter_rows(named=True)]
    return rows.with_columns(pl.Series("sentence", texts, dtype=pl.String))


def _sentence(row: Mapping[str, object], method: str, base: Mapping[str, float], names: dict[str, str]) -> str:
    if row["status"] != "rated":
        return _unrated(row, base)
    chance = _("{p} ({lo} to {hi})").format(p=_rate(row["probability"]), lo=_rate(row["lo"]), hi=_rate(row["hi"]))
    parts = [chance, *([_class(row)] if method == CLASS_RATE else []), *_drivers(row, names)]
    return "; ".join(parts)


def _drivers(row: Mapping[str, object], names: dict[str, str]) -> list[str]:
    up, down = (_listed(row[name], names) for name in ("driver_up", "driver_down"))
    if not up and not down:
        return [_("nothing sets it apart from the average")]
    return [_("for it: {names}").format(names=up)] * bool(up) + [_("against it: {names}").format(names=down)] * bool(down)


def _class(row: Mapping[str, object]) -> str:
    """What became of the deals of its class."""
    closed = int(row["class_closed"])
    if not closed:
        return _("no deal of its class has closed yet")
    return _("{won} of {n} closed deals won in its class").format(won=int(row["class_won"]), n=closed)


def _unrated(row: Mapping[str, object], base: Mapping[str, float]) -> str:
    if row["probability"] is None:
        return _("Not rated: {known} of the rubric's weight is known").format(known=_rate(row["known_weight"]))
    return _("Not rated: {p} is the rate of the closed deals without a rating ({won} of {n} won)").format(
        p=_rate(row["probability"]), won=int(base["unrated_won"]), n=int(base["unrated_closed"])
    )


def _listed(codes: Sequence[str] | None, names: dict[str, str]) -> str:
    if not codes:
        return ""
    key = "|".join(codes)
    if key not in names:
        names[key] = format_list([indicator_name(code) for code in codes], locale=locale())
    return names[key]


def _rate(rate: float | None) -> str:
    return _percent(round(100 * rate), current())


@lru_cache(maxsize=512)
def _percent(points: int, _language: str) -> str:
    return format_percent(points / 100, 0)
