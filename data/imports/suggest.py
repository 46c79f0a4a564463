"""Suggestions for a person who matches columns: by the similarity of names and by what the columns hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import polars as pl
from rapidfuzz import fuzz

from data.contract import TABLES, Column, Table
from data.imports import dates, numbers, quoting
from data.imports.matching import match_table, normal
from data.language import _

NAME_WEIGHT, CONTENT_WEIGHT = 0.7, 0.3
LEAST = 0.45
"""Below this confidence (0–1) a suggestion would be noise."""
SURE = 0.95


@dataclass(frozen=True)
class Suggestion:
    """A heading that may be a contract column. `confidence` is 0–1; `reason` is for people."""

    column: str
    heading: str
    confidence: float
    reason: str


def suggest_table(header: Sequence[str]) -> list[tuple[str, float]]:
    """Tables by how many of their columns the headings name, the likeliest first: (table, share of headings explained)."""
    matches = [match_table(table, header) for table in TABLES.values()]
    ranked = sorted(matches, key=lambda match: (match.is_complete, len(match.columns), -len(match.missing)), reverse=True)
    return [(match.table, len(match.columns) / max(len(header), 1)) for match in ranked if match.columns]


def suggest(
    table: str, header: Sequence[str], sample: pl.DataFrame, known: Mapping[str, frozenset[str]] | None = None
) -> list[Suggestion]:
    """The likeliest heading of each column of a table, each heading once, the surest first.

    `sample` holds rows as text under the headings; `known` gives the ids that the store has per table, so that a column full of
    account ids is recognised whatever it is called.
    """
    content = _Content(sample, known or {})
    scored = [
        found for column in TABLES[table].columns for heading in header if heading for found in [_score(column, heading, content)] if found
    ]
    chosen: dict[str, Suggestion] = {}
    taken: set[str] = set()
    for found in sorted(scored, key=lambda item: item.confidence, reverse=True):
        if found.column not in chosen and found.heading not in taken:
            chosen[found.column] = found
            taken.add(found.heading)
    return sorted(chosen.values(), key=lambda item: item.confidence, reverse=True)


def unmatched(table: Table, suggestions: Sequence[Suggestion]) -> tuple[str, ...]:
    """The required columns that nothing was suggested for."""
    found = {suggestion.column for suggestion in suggestions}
    return tuple(name for name in table.required_columns if name not in found)


def _score(column: Column, heading: str, content: "_Content") -> Suggestion | None:
    names = [normal(name) for name in (column.name, *column.aliases)]
    own = normal(heading)
    likeness = max(fuzz.token_sort_ratio(own, name) for name in names) / 100
    if own in names:
        likeness = 1.0
    fit, why = content.fit(column, heading)
    if fit == 0:
        return None
    confidence = NAME_WEIGHT * likeness + CONTENT_WEIGHT * fit
    if own == names[0]:
        confidence = max(confidence, SURE)
    if confidence < LEAST:
        return None
    named = _("same name") if likeness == 1 else _("similar name") if likeness > 0.7 else _("by its content")
    return Suggestion(column.name, heading, round(confidence, 3), f"{named}; {why}" if why else named)


class _Content:
    """What the sample's columns hold, each looked at once."""

    def __init__(self, sample: pl.DataFrame, known: Mapping[str, frozenset[str]]) -> None:
        self.sample = sample
        self.known = known
        self._shares: dict[tuple[str, str], float] = {}

    def fit(self, column: Column, heading: str) -> tuple[float, str]:
        """0–1 how well the content suits the column's kind, and the words for it. Half where it says nothing."""
        values = self._values(heading)
        if not values:
            return 0.5, ""
        ids = self.known.get(column.refers_to or "")
        if ids:
            share = sum(value in ids for value in values) / len(values)
            return (share, _("{share}% are known ids").format(share=round(100 * share))) if share > 0.2 else (0.3, "")
        if column.kind in ("date", "month", "money", "number"):
            share = self._share(heading, column.kind)
            words = _("{share}% are dates") if column.kind in ("date", "month") else _("{share}% are numbers")
            return share, words.format(share=round(100 * share))
        if column.kind == "choice":
            share = sum(value.lower() in column.choices for value in values) / len(values)
            return 0.3 + 0.7 * share, ""
        return 0.5, ""

    def _values(self, heading: str) -> list[str]:
        if heading not in self.sample.columns:
            return []
        texts = self.sample[heading].cast(pl.String).str.strip_chars()
        return [value for value in texts.drop_nulls().to_list() if value]

    def _share(self, heading: str, kind: str) -> float:
        group = "date" if kind in ("date", "month") else "number"
        if (heading, group) not in self._shares:
            self._shares[heading, group] = _share_of_kind(self._values(heading), group)
        return self._shares[heading, group]


def _share_of_kind(values: list[str], group: str) -> float:
    if group == "number":
        patterns = [numbers.pattern("."), numbers.pattern(",")]
    else:
        patterns = [pattern for form, pattern in dates.PATTERNS.items() if form != "serial"]
    test = " or ".join(f"regexp_full_match(value, {quoting.text(pattern)})" for pattern in patterns)
    with duckdb.connect() as con:
        return con.execute(f"select avg(({test})::integer) from (select unnest($values::varchar[]) as value)", {"values": values}).fetchall()[0][0]
