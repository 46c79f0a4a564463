"""Who was rated how on a given day: the last score of each indicator by then, those that people wrote over included.

A score without a date is taken as known from the beginning. What people write counts from the day they write it.
"""

from datetime import date

import numpy as np
import polars as pl

from measures.pipeline.prospect_rubric import code_of

SCHEMA = {"account_id": pl.String, "code": pl.String, "score": pl.Float64, "scored_on": pl.Date, "is_own": pl.Boolean}
ALWAYS = date(1, 1, 1)
SPAN = 10_000_000
"""More days than there are dates."""


def score_rows(found: pl.DataFrame, written: pl.DataFrame) -> pl.DataFrame:
    """By SCHEMA, ready for `standing`: queries/pipeline/prospect_scores.sql and what people wrote over it (same columns, `is_own`).

    Several texts of one indicator on one day count as their mean; what people wrote counts last.
    """
    codes = {text: code_of(text) for text in found["indicator"].unique()}
    imported = found.select(
        "account_id", pl.col("indicator").replace_strict(codes, return_dtype=pl.String).alias("code"), "score",
        pl.col("scored_on").fill_null(ALWAYS), pl.lit(False).alias("is_own"),
    ).group_by("account_id", "code", "scored_on", "is_own").agg(pl.col("score").mean())  # fmt: skip
    both = pl.concat([imported.select(*SCHEMA), written.select(*SCHEMA)])
    return both.sort("scored_on", "is_own", "account_id", "code", maintain_order=True)


def standing(rows: pl.DataFrame, subjects: pl.DataFrame, codes: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Scores (subjects, codes) as they stood on each subject's `day`, NaN where there was none, and which of them people wrote.

    `subjects` has account_id and day, one row each, in any order; `rows` are those of `score_rows`.
    """
    shape = (subjects.height, len(codes))
    scores, own = np.full(shape, np.nan), np.zeros(shape, bool)
    if rows.is_empty() or not subjects.height or not codes:
        return scores, own
    accounts = pl.Enum(rows["account_id"].unique().sort())
    files, at = np.unique(_keys(rows, "scored_on", accounts), return_inverse=True)
    column = rows["code"].replace_strict({code: place for place, code in enumerate(codes)}, return_dtype=pl.Int64).to_numpy()
    last = _last_rows(files, at, column, len(codes))
    asked = _keys(subjects, "day", accounts)
    found = np.searchsorted(files, asked, side="right") - 1
    rated = (found >= 0) & (files[found] // SPAN == asked // SPAN)
    row = np.where(rated[:, None], last[found], -1)
    known = row >= 0
    scores[known] = rows["score"].cast(pl.Float64).to_numpy()[row[known]]
    own[known] = rows["is_own"].to_numpy()[row[known]]
    return scores, own


def _keys(frame: pl.DataFrame, day: str, accounts: pl.Enum) -> np.ndarray:
    """One number per row that orders by account and day; accounts that are none of these come before all."""
    place = frame["account_id"].cast(accounts, strict=False).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    return place * SPAN + (frame[day].to_numpy().astype("datetime64[D]") - np.datetime64(ALWAYS)).astype(np.int64)


def _last_rows(files: np.ndarray, at: np.ndarray, column: np.ndarray, codes: int) -> np.ndarray:
    """(files, codes): the row of the last score by then, -1 for none. A file is an account on a day on which somebody rated it."""
    rows = np.full((len(files), codes), -1)
    rows[at, column] = np.arange(len(at))
    first = np.searchsorted(files // SPAN, files // SPAN)
    filled = np.where(rows >= 0, np.arange(len(files))[:, None], first[:, None])
    return np.take_along_axis(rows, np.maximum.accumulate(filled, axis=0), axis=0)
