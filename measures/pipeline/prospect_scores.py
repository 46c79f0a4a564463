"""Who was rated how on a given day: the last score of each indicator by then, those that people wrote over included.

A score without a date is taken as known from the beginning. What people write counts from the day they write it.
"""

from datetime import date

import numpy as np
import polars as pl

from measures.pipeline.prospect_rubric import code_of

SCHEMA = {"account_id": pl.String, "code": pl.String, "score": pl.Float64, "scored_on": pl.Date, "is_own": pl.Boolean}
ALWAYS = date(1, 1, 1)


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
    if not subjects.height or not codes:
        return np.full(shape, np.nan), np.zeros(shape, bool)
    asked = subjects.select("account_id", "day").with_row_index("row").join(pl.DataFrame({"code": codes}).with_row_index("column"), how="cross")
    found = asked.sort("day").join_asof(
        rows, left_on="day", right_on="scored_on", by=["account_id", "code"], strategy="backward", check_sortedness=False
    )
    at = (found["row"].to_numpy(), found["column"].to_numpy())
    scores, own = np.full(shape, np.nan), np.zeros(shape, bool)
    scores[at] = found["score"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    own[at] = found["is_own"].fill_null(False).to_numpy()
    return scores, own
