"""Who was rated how on a given day: the last score of each indicator by then, those that people wrote over included.

A score without a date is taken as known from the beginning. What people write counts from the day they write it. A *file* is an account on
a day on which somebody rated it: it holds the last score of each indicator up to then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from measures.pipeline.prospect_rubric import code_of
from measures.typed import filled

SCHEMA = {"account_id": pl.String, "code": pl.String, "score": pl.Float64, "scored_on": pl.Date, "is_own": pl.Boolean}
ALWAYS = date(1, 1, 1)
SPAN = 10_000_000
"""More days than there are dates: a file's key is its account's place × SPAN + its day."""
NEVER = SPAN
_TO_EPOCH = (date(1970, 1, 1) - ALWAYS).days


@dataclass(frozen=True)
class Entries:
    """Scores one by one: `accounts` (different ids), `codes` that anybody was rated on, and of each score its file's key, the `column` of its
    code, `score`, and whether people wrote it (`own`). `places` are those of the store's account keys, -1 for accounts that nobody rated.
    """

    accounts: pl.Series
    codes: tuple[str, ...]
    places: np.ndarray
    file: np.ndarray
    column: np.ndarray
    score: np.ndarray
    own: np.ndarray

    def place_of(self, account_keys: pl.Series) -> np.ndarray:
        """The places among `accounts` of the store's account keys."""
        # Those beyond the last known key take the -1 that stands after it.
        return np.take(np.append(self.places, np.int32(-1)), account_keys.to_numpy(), mode="clip")


@dataclass(frozen=True)
class Files:
    """Files by rising `keys`, with the scores (files, codes) as they stood then, NaN where there was none, and which people wrote."""

    keys: np.ndarray
    scores: np.ndarray
    own: np.ndarray

    def standing(self, places: np.ndarray, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Scores (rows, codes) of the accounts at these places as they stood on these days, NaN where there was none; which people wrote."""
        asked = places.astype(np.int64) * SPAN + days
        found = np.searchsorted(self.keys, asked, side="right") - 1
        rated = (found >= 0) & (places >= 0)
        rated[rated] = self.keys[found[rated]] // SPAN == places[rated]
        scores, own = np.full((len(places), self.scores.shape[1]), np.nan), np.zeros((len(places), self.scores.shape[1]), bool)
        scores[rated], own[rated] = self.scores[found[rated]], self.own[found[rated]]
        return scores, own

    def first_days(self, holds: np.ndarray, accounts: int) -> np.ndarray:
        """The day of each account's first file of which something holds, NEVER where there is none."""
        days = np.full(accounts, NEVER)
        first = self.keys[holds][::-1]
        days[first // SPAN] = first % SPAN
        return days


def days_of(dates: pl.Series) -> np.ndarray:
    """Days since ALWAYS, in 32 bits; a missing date is ALWAYS itself."""
    days = dates.to_physical()
    return filled(days, -_TO_EPOCH).to_numpy() + np.int32(_TO_EPOCH)


def dates_of(days: np.ndarray) -> pl.Series:
    """The dates so many days after ALWAYS."""
    return pl.Series(days - _TO_EPOCH, dtype=pl.Int64).cast(pl.Int32).cast(pl.Date)


def entries(found: pl.DataFrame, rated: pl.DataFrame, indicators: pl.DataFrame, written: pl.DataFrame) -> Entries:
    """Of queries/pipeline/prospect_scores.sql, rated_accounts.sql and indicators.sql, and what people wrote over them (by SCHEMA).

    Several texts of one indicator on one day count as their mean; what people wrote counts last.
    """
    told = indicators.filter(pl.col("indicator_key").is_in(found["indicator_key"].unique().implode()))
    of_texts = [code_of(text) for text in told["indicator"]]
    codes = tuple(dict.fromkeys([*of_texts, *written["code"]]))
    accounts = _accounts(rated["account_id"], written["account_id"])
    places = _lookup(rated["account_key"], np.arange(rated.height))
    columns = _lookup(told["indicator_key"], [codes.index(code) for code in of_texts])
    file = places[found["account_key"].to_numpy()].astype(np.int64) * SPAN + days_of(found["scored_on"])
    imported = _means(file, columns[found["indicator_key"].to_numpy()], found["score"].to_numpy(), max(len(codes), 1))
    own_file = places_in(accounts, written["account_id"]) * SPAN + days_of(written["scored_on"])
    own = own_file, np.array([codes.index(code) for code in written["code"]], np.int64), written["score"].to_numpy()
    both = (np.concatenate(parts) for parts in zip(imported, own, strict=True))
    return Entries(accounts, codes, places, *both, np.arange(len(imported[0]) + written.height) >= len(imported[0]))


def _accounts(rated: pl.Series, written: pl.Series) -> pl.Series:
    """The rated accounts, then those that people alone wrote about."""
    return rated if written.is_empty() else pl.concat([rated, written]).unique(maintain_order=True)


def files_of(found: Entries, codes: tuple[str, ...]) -> Files:
    """The files, with a column for each of `codes`: the entries' own are among them."""
    order = np.argsort(found.file, kind="stable")
    start = _starts(found.file[order])
    keys, at = found.file[order][start], np.repeat(np.arange(len(start)), _lengths(start, len(order)))
    scores, own = np.full((len(keys), len(codes)), np.nan), np.zeros((len(keys), len(codes)), bool)
    column = _lookup(pl.Series(range(len(found.codes)), dtype=pl.Int64), [codes.index(code) for code in found.codes])[found.column[order]]
    # Of several entries the last one stays.
    scores[at, column], own[at, column] = found.score[order], found.own[order]
    first = np.searchsorted(keys // SPAN, keys // SPAN)
    last = np.maximum.accumulate(np.where(np.isnan(scores), first[:, None], np.arange(len(keys))[:, None]), axis=0)
    return Files(keys, np.take_along_axis(scores, last, axis=0), np.take_along_axis(own, last, axis=0))


def places_in(accounts: pl.Series, ids: pl.Series) -> np.ndarray:
    """The place of each id among `accounts`, which are different ones; -1 where it is none of them."""
    if ids.is_empty():
        return np.zeros(0, np.int64)
    places = pl.DataFrame({"id": accounts, "place": np.arange(len(accounts))})
    found = ids.rename("id").to_frame().join(places, on="id", how="left", maintain_order="left")["place"]
    return found.fill_null(-1).to_numpy()


def _lookup(keys: pl.Series, values: Sequence[int]) -> np.ndarray:
    """Values by key, in 32 bits, -1 where a key has none; the keys are small."""
    found = np.full(int(keys.max() or 0) + 1, -1, np.int32)
    found[keys.to_numpy()] = values
    return found


def _means(file: np.ndarray, column: np.ndarray, score: np.ndarray, columns: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One entry for each file and column: the mean of its scores."""
    cell = file * columns + column
    order = np.argsort(cell, kind="stable")
    start = _starts(cell[order])
    means = np.add.reduceat(score[order], start) / _lengths(start, len(order)) if len(start) else score
    cells = cell[order][start]
    return cells // columns, cells % columns, means


def _starts(values: np.ndarray) -> np.ndarray:
    """Where runs of equal values begin."""
    return np.flatnonzero(np.r_[True, values[1:] != values[:-1]]) if len(values) else np.zeros(0, np.int64)


def _lengths(start: np.ndarray, rows: int) -> np.ndarray:
    return np.diff(np.r_[start, rows])
