"""Dates as people write them: ISO, day or month first, compact, with a month's name (English, Spanish, Portuguese, German), Excel's serials.

    2026-03-04   2026-03-04T10:15:00Z   04/03/2026   3/4/2026 8:26   04.03.2026   20260304   4 Mar 2026   4 de marzo de 2026
    March 4, 2026   46085   and for months   2026-03   03/2026   202603   mar 2026

03/04/2026 has two readings, and so has the century of 04/03/26; then only the rest of the column, or the user, can tell.
"""

from dataclasses import dataclass

import duckdb

from data.imports import quoting

ISO = "YYYY-MM-DD"
WORDS = {
    "YYYY-MM-DD": ("", False),
    "DD/MM/YYYY": ("dmy", False),
    "MM/DD/YYYY": ("mdy", False),
    "DD/MM/YY": ("dmy", True),
    "MM/DD/YY": ("mdy", True),
    "YYYYMMDD": ("", False),
    "EXCEL": ("", False),
}
"""What a mapping may say of a column of dates → which comes first, and whether years have two digits. - and . count as /."""

TIME = r"(?:[ T,]+\d{1,2}[:.h]\d{2}.*)?"
MONTH_NAMES = (("jan", "ene"), ("feb", "fev"), ("mar", "mär", "mrz"), ("apr", "abr"), ("may", "mai"), ("jun",), ("jul",), ("aug", "ago"))
MONTH_NAMES += (("sep", "set"), ("oct", "out", "okt"), ("nov",), ("dec", "dic", "dez"))
NAMED_MONTHS = {label: number for number, labels in enumerate(MONTH_NAMES, 1) for label in labels}
WORD = r"(?i:(" + "|".join(NAMED_MONTHS) + r")[a-zéç]*)\.?"
GAP = r"(?:[ /.,-]|\bde\b|\bdel\b|\bof\b|st\b|nd\b|rd\b|th\b)*"

YEAR_FIRST = rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){TIME}"
NUMERIC = rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){TIME}"
COMPACT = r"((?:19|20)\d{2})(\d{2})(\d{2})"
SERIAL = r"(\d{5})(?:\.\d+)?"
DAY_NAMED = rf"(\d{{1,2}}){GAP}{WORD}{GAP}(\d{{4}}){TIME}"
NAMED_DAY = rf"{WORD}{GAP}(\d{{1,2}}){GAP} *(\d{{4}}){TIME}"
YEAR_MONTH = r"(\d{4})[-/.](\d{1,2})"
MONTH_YEAR = r"(\d{1,2})[-/.](\d{4})"
COMPACT_MONTH = r"((?:19|20)\d{2})(0[1-9]|1[0-2])"
NAMED_MONTH = rf"{WORD}{GAP}(\d{{4}})"
YEAR_NAMED = rf"(\d{{4}}){GAP}{WORD}"
CENTURY_TURNS = 70
"""Two-digit years, once the user has said so: 00–69 are 2000–2069, 70–99 are 1970–1999 (as POSIX reads them)."""


@dataclass(frozen=True)
class Dates:
    """How a column's dates are read. `forms` are the patterns that occur; `order` is dmy, mdy or nothing where none is needed."""

    forms: tuple[str, ...] = ("iso",)
    order: str = ""
    two_digit_years: bool = False
    shown: str = ISO
    has_missing_words: bool = False

    def sql(self, cell: str, kind: str) -> str:
        """The expression of the day (or of the month's first day) of a trimmed cell; null where it is not a date."""
        if self.forms == ("plain",):
            day = f"try_cast(left({cell}, 10) as date)"
        else:
            cases = " ".join(f"when {test(form, cell)} then {self._day(form, cell)}" for form in self.forms)
            day = f"case {cases} end" if cases else "null::date"
        return f"date_trunc('month', {day})::date" if kind == "month" else day

    def _day(self, form: str, cell: str) -> str:
        year, month, day = PARTS[form]
        pattern = quoting.text(f"^{PATTERNS[form]}$")
        if form == "serial":
            return f"(date '1899-12-30' + try_cast(regexp_extract({cell}, {pattern}, 1) as integer))"
        if form == "numeric" and self.order == "mdy":
            month, day = day, month
        pieces = (_piece(cell, pattern, part) for part in (month, day))
        written = " || '-' || ".join((self._year(_piece(cell, pattern, year)), *pieces))
        return f"try_cast({written} as date)"

    def _year(self, year: str) -> str:
        if not self.two_digit_years:
            return year
        century = f"case when {year}::integer < {CENTURY_TURNS} then '20' else '19' end"
        return f"(case when length({year}) = 2 then {century} || {year} else {year} end)"


PATTERNS = {
    "iso": YEAR_FIRST,
    "numeric": NUMERIC,
    "compact": COMPACT,
    "serial": SERIAL,
    "day_named": DAY_NAMED,
    "named_day": NAMED_DAY,
    "year_month": YEAR_MONTH,
    "month_year": MONTH_YEAR,
    "compact_month": COMPACT_MONTH,
    "named_month": NAMED_MONTH,
    "year_named": YEAR_NAMED,
}
PARTS: dict[str, tuple[int | str, int | str, int | str]] = {
    "iso": (1, 2, 3),
    "numeric": (3, 2, 1),
    "compact": (1, 2, 3),
    "serial": (1, 1, 1),
    "day_named": (3, "name2", 1),
    "named_day": (3, "name1", 2),
    "year_month": (1, 2, "01"),
    "month_year": (2, 1, "01"),
    "compact_month": (1, 2, "01"),
    "named_month": (2, "name1", "01"),
    "year_named": (1, "name2", "01"),
}
"""Which group of a pattern holds year, month and day; "name2" is a month's name in group 2, "01" the first day."""

MONTH_ONLY = ("year_month", "month_year", "compact_month", "named_month", "year_named")
SHOWN = {
    "iso": "YYYY-MM-DD",
    "compact": "YYYYMMDD",
    "serial": "EXCEL",
    "day_named": "D Mon YYYY",
    "named_day": "Mon D, YYYY",
    "year_month": "YYYY-MM",
    "month_year": "MM/YYYY",
    "compact_month": "YYYYMM",
    "named_month": "Mon YYYY",
    "year_named": "YYYY Mon",
}


def test(form: str, cell: str) -> str:
    """The expression: does the cell have this form?"""
    return f"regexp_full_match({cell}, {quoting.text(PATTERNS[form])})"


def _piece(cell: str, pattern: str, part: int | str) -> str:
    if part == "01":
        return "'01'"
    if isinstance(part, int):
        return f"regexp_extract({cell}, {pattern}, {part})"
    label = f"lower(regexp_extract({cell}, {pattern}, {part.removeprefix('name')}))"
    cases = " ".join(f"when '{name}' then '{number:02d}'" for name, number in NAMED_MONTHS.items())
    return f"(case {label} {cases} end)"


@dataclass(frozen=True)
class Evidence:
    """Rows of a column by form, and what its numeric dates say about which part comes first."""

    rows: int
    by_form: dict[str, int]
    day_first: int
    month_first: int
    ambiguous: int
    two_digit_years: int
    example: str | None
    short_example: str | None
    separator: str


def evidence(con: duckdb.DuckDBPyConnection, values: str, kind: str) -> Evidence:
    """Look at every distinct value of a column: `values` is a table (value text, n rows)."""
    forms = [form for form in PATTERNS if kind == "month" or form not in MONTH_ONLY]
    counts = ", ".join(f"coalesce(sum(n) filter (where {test(form, 'value')}), 0)::bigint" for form in forms)
    rows, *by_form = con.execute(f"select coalesce(sum(n), 0)::bigint, {counts} from {values}").fetchall()[0]
    return Evidence(rows, dict(zip(forms, by_form, strict=True)), *con.execute(NUMERIC_EVIDENCE.replace("$values", values)).fetchall()[0])


NUMERIC_EVIDENCE = rf"""
with parts as (
    select value, n,
        try_cast(regexp_extract(value, {quoting.text(NUMERIC)}, 1) as integer) as a,
        try_cast(regexp_extract(value, {quoting.text(NUMERIC)}, 2) as integer) as b,
        length(regexp_extract(value, {quoting.text(NUMERIC)}, 3)) = 2 as is_short
    from $values
    where regexp_full_match(value, {quoting.text(NUMERIC)})
)
select
    coalesce(sum(n) filter (where a between 13 and 31 and b between 1 and 12), 0)::bigint,
    coalesce(sum(n) filter (where b between 13 and 31 and a between 1 and 12), 0)::bigint,
    coalesce(sum(n) filter (where a <= 12 and b <= 12 and a <> b), 0)::bigint,
    coalesce(sum(n) filter (where is_short), 0)::bigint,
    min(value) filter (where a <= 12 and b <= 12 and a <> b),
    min(value) filter (where is_short),
    coalesce(min(regexp_extract(value, '^\d+([-/.])', 1)), '/')
from parts
"""
