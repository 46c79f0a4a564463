"""What drives a chance, in one sentence per prospect or deal, in the reader's language."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import polars as pl
from babel.lists import format_list

from data.language import _, current, format_percent, locale, ngettext
from measures.prospect_ladder import CLASS_RATE, LOGISTIC
from measures.prospect_rubric import indicator_name

LEAST = 0.01
"""Effects under one point of probability (or of the score) are not worth a word."""

MOST = 2


def drivers_of(codes: Sequence[str], effects: np.ndarray) -> tuple[list[list[str]], list[list[str]]]:
    """For each row the codes of the indicators that lift its chance most, and of those that lower it most; two each at most."""
    filled = np.nan_to_num(effects)
    order = np.argsort(-filled, axis=1, kind="stable")
    best, worst = order[:, :MOST], order[:, ::-1][:, :MOST]
    ups = [[codes[at] for at in row if effect[at] >= LEAST] for row, effect in zip(best, filled, strict=True)]
    downs = [[codes[at] for at in row if effect[at] <= -LEAST] for row, effect in zip(worst, filled, strict=True)]
    return ups, downs


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
    up, down = _listed(row["driver_up"], names), _listed(row["driver_down"], names)
    if method == CLASS_RATE:
        return _of_class(row, chance, up, down)
    if up and down:
        return _("{p}: {up} speak for it, {down} against it").format(p=chance, up=up, down=down) if method == LOGISTIC else _(
            "{p} by its score: {up} lift it, {down} hold it back").format(p=chance, up=up, down=down)  # fmt: skip
    if up or down:
        text = _("{p}: {up} speak for it, nothing against it") if up else _("{p}: {down} speak against it, nothing for it")
        return text.format(p=chance, up=up, down=down)
    return _("{p}: nothing sets it apart from the average").format(p=chance)


def _of_class(row: Mapping[str, object], chance: str, up: str, down: str) -> str:
    """A class rate: what became of its class, and what made the class."""
    closed = row["class_closed"]
    told = ngettext("{won} of {n} closed deal of its class was won", "{won} of {n} closed deals of its class were won", int(closed)).format(
        won=int(row["class_won"]), n=int(closed)) if closed else _("no deal of its class has closed yet")  # fmt: skip
    if up and down:
        return _("{p}: {told}; {up} lift its score, {down} lower it").format(p=chance, told=told, up=up, down=down)
    if up or down:
        text = _("{p}: {told}; {up} lift its score") if up else _("{p}: {told}; {down} lower its score")
        return text.format(p=chance, told=told, up=up, down=down)
    return _("{p}: {told}").format(p=chance, told=told)


def _unrated(row: Mapping[str, object], base: Mapping[str, float]) -> str:
    if row["probability"] is None:
        return _("Not rated: {known} of the rubric's weight is known").format(known=_rate(row["known_weight"]))
    return _("Not rated: {p} is the rate of all deals without a rating ({won} of {n} won)").format(
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
