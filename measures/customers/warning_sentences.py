"""An alarm explains itself: one sentence per alarm, in the reader's language, from the evidence in its row."""

from collections.abc import Mapping

import polars as pl

from data.language import _, format_date, format_month, format_number, format_percent, ngettext

FALL, SILENCE = "fall", "silence"


def sentence(row: Mapping[str, object]) -> str:
    """The sentence of one row of the queue (its columns: kind, account, since, missing_rate, months_below, pause_days, usual_days, …)."""
    return _fallen(row) if row["kind"] == FALL else _silent(row)


def with_sentences(queue: pl.DataFrame) -> pl.DataFrame:
    """The queue with its sentences as the last column. A plain loop: Polars' own threads don't know the reader's language."""
    return queue.with_columns(pl.Series("sentence", [sentence(row) for row in queue.iter_rows(named=True)], dtype=pl.String))


def _fallen(row: Mapping[str, object]) -> str:
    if row["months_without"] == row["months_below"]:
        return ngettext(
            "{account} has bought nothing in {since}, where its season made {expected} units likely",
            "{account} has bought nothing for {n} months, since {since}; its season made {expected} units likely",
            row["months_below"],
        ).format(account=row["account"], n=row["months_below"], since=format_month(row["since"], short=False), expected=format_number(row["expected"]))
    return ngettext(
        "{account} bought {share} less in {since} than its own season and the company's month make likely: {bought} units instead of {expected}",
        "{account} has bought {share} less since {since} than its own season and the company's months make likely: {bought} units instead of {expected} in {n} months",
        row["months_below"],
    ).format(
        account=row["account"], share=format_percent(row["missing_rate"], 0), since=format_month(row["since"], short=False),
        bought=format_number(row["bought"]), expected=format_number(row["expected"]), n=row["months_below"],
    )  # fmt: skip


def _silent(row: Mapping[str, object]) -> str:
    text = _("{account} usually orders every {usual} days; its last order was on {last}, {days} days ago: a pause that long has a chance of {chance}")
    return text.format(
        account=row["account"], usual=format_number(row["usual_days"]), last=format_date(row["since"]), days=format_number(row["pause_days"]),
        chance=_chance(row["chance"]),
    )  # fmt: skip


def _chance(chance: float) -> str:
    return _("under 0.1%") if chance < 0.001 else format_percent(chance)
