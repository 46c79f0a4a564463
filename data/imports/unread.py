"""What a file holds that nothing reads: every such column is named, with the nearest known name, so that no value is lost in silence.

And what is read in a way that its sender should know of.
"""

from collections.abc import Collection, Sequence

import duckdb
from rapidfuzz import fuzz, process

from data.contract import TABLES, Column
from data.imports import credit_notes, read
from data.imports.mapping import Mapping
from data.imports.mapping_parts import Section
from data.imports.matching import normal
from data.imports.numbers import CODES
from data.imports.rejects import ADDED_HEADINGS, is_rejects_file
from data.imports.shape import Shaper
from data.language import _, format_number, ngettext

ALIKE = 70
"""A known name at least this close to a heading (0–100) is worth naming; farther ones only mislead."""

NAMED = 30
"""So many columns are named; more are counted, for nobody reads on."""


def passed_over(names: Sequence[str]) -> list[str]:
    """The sentence about files and sheets that nothing reads; the first few by name."""
    if not names:
        return []
    named = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
    return [ngettext("{n} file was passed over: {names}", "{n} files were passed over: {names}", len(names)).format(n=len(names), names=named)]


def notices(con: duckdb.DuckDBPyConnection, raw: read.Raw, mapping: Mapping, sections: Sequence[Section], telling: Collection[int]) -> list[str]:
    """What there is to say of a raw table: the columns that nothing reads, and whose days its instants are. Those at the places `telling`
    are read, though no section names them: they told the currency."""
    said = notice(con, raw, mapping, sections, telling)
    zones = raw.files[0].zones
    returns = credit_notes.notices(con, raw, sections, _unneeded(raw, mapping, sections))
    return [*_without_nulls(raw), *([said] if said else []), *returns, *(_days_of(zone, raw) for zone in sorted({zone for _name, zone in zones}))]


def _without_nulls(raw: read.Raw) -> list[str]:
    """Programs that fill fields up, and copies that broke off, leave NUL bytes: they hold nothing, but a cut value may stand before them."""
    return [
        ngettext(
            "{file}: {n} NUL byte was left out. It holds nothing, but look whether a value beside it is cut.",
            "{file}: {n} NUL bytes were left out. They hold nothing, but look whether a value beside them is cut.",
            file.nulls,
        ).format(file=file.source.name, n=format_number(file.nulls))
        for file in raw.files if file.nulls
    ]  # fmt: skip


def _days_of(zone: str, raw: read.Raw) -> str:
    names = ", ".join(f"“{name}”" for name, written in raw.files[0].zones if written == zone)
    return _("{file}, {columns}: the days are those of the time zone {zone}.").format(file=raw.shown, columns=names, zone=zone)


def notice(con: duckdb.DuckDBPyConnection, raw: read.Raw, mapping: Mapping, sections: Sequence[Section], telling: Collection[int]) -> str | None:
    """The sentence about the columns of a raw table that hold values but go nowhere, or None. A file that is only looked up is read elsewhere."""
    unneeded = [place for place in _unneeded(raw, mapping, sections) if place not in telling]
    headings = _filled(con, raw, unneeded) if sections else []
    if not headings:
        return None
    free = [column for section in sections for column in TABLES[section.table].columns if column.name not in section.columns]
    named = [_with_nearest(heading, free) for heading in headings[:NAMED]]
    more = len(headings) - NAMED
    named += [ngettext("{n} more", "{n} more", more).format(n=format_number(more))] if more > 0 else []
    return _("{file}: columns not read: {columns}. Map them, or rename them as docs/data-format.md lists them.").format(
        file=raw.shown, columns=", ".join(named)
    )


def currencies(con: duckdb.DuckDBPyConnection, raw: read.Raw, mapping: Mapping, sections: Sequence[Section]) -> dict[int, set[str]]:
    """The currency codes by the place of a column beside the lines that holds nothing else: "Mon." with MXN and USD. A mapping that names
    the currency itself looks into none."""
    beside = _unneeded(raw, mapping, sections) if sections and not mapping.currency else []
    places = [place for place in beside if raw.types[place] == "VARCHAR"]
    shaper, found = Shaper(con, raw, Mapping("")), {}
    for place in places:
        cell = shaper.at(place)
        is_code = f"regexp_full_match({cell}, '(?i:{CODES})')"
        codes = f"case when bool_and({is_code}) then list(distinct upper({cell})) end"
        found[place] = set(con.execute(f"select {codes} from {raw.table} as r where ({cell}) is not null").fetchall()[0][0] or ())
    return {place: codes for place, codes in found.items() if codes}


def _unneeded(raw: read.Raw, mapping: Mapping, sections: Sequence[Section]) -> list[int]:
    """The places of the columns that no section and no lookup names; those that a download of rejected rows adds are ours."""
    lookups = [lookup for section in mapping.sections for source in section.columns.values() for lookup in source.lookups]
    needed = {heading for section in sections for heading in section.needed} | {name for found in lookups for name in (found.key, found.value)}
    own = len(raw.header) - (len(ADDED_HEADINGS) if is_rejects_file(raw.header) else 0)
    return [place for place, heading in enumerate(raw.header[:own]) if heading not in needed]


def _filled(con: duckdb.DuckDBPyConnection, raw: read.Raw, places: list[int]) -> list[str]:
    """The headings of the columns at these places that hold a value; one without a heading goes by its place."""
    if not places:
        return []
    shaper = Shaper(con, raw, Mapping(""))
    counts = ", ".join(f"bool_or(({shaper.at(place)}) is not null)" for place in places)
    held = con.execute(f"select {counts} from {raw.table} as r").fetchall()[0]
    return [raw.header[place] or _("number {n}").format(n=place + 1) for place, filled in zip(places, held, strict=True) if filled]


def _with_nearest(heading: str, free: list[Column]) -> str:
    names = {normal(word): column.name for column in free for word in (column.name, *column.aliases)}
    nearest = process.extractOne(normal(heading), list(names), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return _("“{heading}” (nearest: {name})").format(heading=heading, name=names[nearest[0]]) if nearest else f"“{heading}”"
