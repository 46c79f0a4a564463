"""The data's finding: how much was refused, what is out of date, and for how many accounts the decision maker is known."""

import polars as pl

from charts import labels
from charts.cached import cached
from data.language import _, format_number, format_percent, ngettext
from measures.data_quality import DataQuality

STALE_DAYS = 62
"""Data that lag two months behind the newest are out of date."""

WEAK_RATE = 0.5


@cached
def sentence(answer: DataQuality) -> str:
    """What the page says, as plain text in the reader's language."""
    rows = answer.tables["rows"].fill_null(0).sum()
    rejected = answer.tables["rejected"].fill_null(0).sum()
    if not rows and not rejected:
        return _("There are no data yet")
    has_contacts = answer.tables.filter(pl.col("table") == "contacts")["rows"].sum() > 0
    deciders = _deciders(answer.decision_maker_rate) if has_contacts else ""
    doubts = [text for text in (_rejected(rows, rejected), _stale(answer.freshness), deciders) if text]
    start = ngettext("{n} row is loaded", "{n} rows are loaded", rows).format(n=format_number(rows))
    if not doubts:
        return _("{start}; nothing stands out").format(start=start)
    return "; ".join([start, *doubts])


def _rejected(rows: int, rejected: int) -> str:
    if not rejected:
        return ""
    share = format_percent(rejected / (rows + rejected), 1)
    return ngettext("{n} was rejected ({share})", "{n} were rejected ({share})", rejected).format(n=format_number(rejected), share=share)


def _stale(freshness: pl.DataFrame) -> str:
    late = freshness.filter(pl.col("days_behind") > STALE_DAYS)
    if late.is_empty():
        return ""
    worst = late.sort("days_behind", descending=True).row(0, named=True)
    return _("{table}: {days} days behind").format(table=labels.label(worst["table"]), days=format_number(worst["days_behind"]))


def _deciders(rate: float | None) -> str:
    if rate is None or rate >= WEAK_RATE:
        return ""
    return _("the decision maker is known for {rate} of the accounts").format(rate=format_percent(rate, 0))
