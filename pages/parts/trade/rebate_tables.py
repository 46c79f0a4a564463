"""Tables of rebates with their codes in the reader's words."""

import polars as pl

from charts import labels
from charts.trade import rebate_words
from data.language import _


def worded(rows: pl.DataFrame) -> pl.DataFrame:
    """The codes of rebates in the reader's words."""
    codes = [name for name in ("scheme_kind", "status", "verdict") if name in rows.columns]
    flags = [name for name in ("is_near", "is_reached", "retrospective") if name in rows.columns]
    told = labels.worded(labels.worded(rows, *codes), "measure", writer=rebate_words.measure)
    return told.with_columns(pl.when(pl.col(name)).then(pl.lit(_("Yes"))).otherwise(pl.lit(_("No"))).alias(name) for name in flags)
