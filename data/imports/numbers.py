"""Numbers as people write them: decimal point or comma, thousands marks, currency, sign, percent.

    1234.56   1,234.56   1.234,56   1 234,56   1'234.56   $18.09   18,09 €   EUR 5   -3   3-   (3)   12,5 %

One mark followed by exactly three digits (1.234) has two readings; then only the rest of the column, or the user, can tell.
"""

from dataclasses import dataclass

import duckdb

from data.imports import quoting

PLAIN = "1234.56"
SIGNS = r"\$€£¥₡₲₱₹₽₺฿"
CODES = "EUR|USD|GBP|CHF|CAD|AUD|NZD|MXN|ARS|CLP|COP|PEN|UYU|BOB|PYG|BRL|CRC|DOP|GTQ|HNL|NIO|PAB|VES|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF"
CURRENCY = rf"(?:[A-Z]{{0,2}}[{SIGNS}]|(?i:{CODES})|S/\.?|Kč|zł|kr)"
SPACE = r"[ \x{00A0}\x{202F}\x{2009}]"
SAME_CURRENCY = {"EUR": "€", "GBP": "£", "USD": "$"}
MISSING = ("null", "none", "nan", "n/a", "na", "#n/a", "-", "–", "—", "\\n", "n.d.", "s/d")
"""Words for "no value" in columns of numbers, dates and flags."""
WORDS = {
    "1234.56": ".",
    "1,234.56": ".",
    "1 234.56": ".",
    "1'234.56": ".",
    "decimal point": ".",
    "1234,56": ",",
    "1.234,56": ",",
    "1 234,56": ",",
    "1'234,56": ",",
    "decimal comma": ",",
}
"""What a mapping may say of a column of numbers → its decimal mark."""


def pattern(decimal: str) -> str:
    """The regular expression of a number with this decimal mark and any thousands mark but it."""
    other = r"\." if decimal == "," else ","
    mark = r"\." if decimal == "." else ","
    thousands = rf"(?:{other}|{SPACE}|['’])"
    digits = rf"(?:\d{{1,3}}(?:{thousands}\d{{3}})+|\d+)(?:{mark}\d*)?|{mark}\d+"
    beside = rf"(?:{CURRENCY}|{SPACE})*"
    return rf"{beside}[-+−(]?{beside}(?:{digits}){beside}[-)%]?{beside}"


def stored_type(kind: str) -> str:
    """The exact type in which a number is read: money has four decimals, measures such as a bottle's hectolitres need more."""
    return "decimal(18, 4)" if kind == "money" else "decimal(28, 10)"


@dataclass(frozen=True)
class Numbers:
    """How a column's numbers are read. `shown` is the format's name in reports; a percent is a hundredth where `percent_base` is 100, itself where it is 1 (scores). `currency` is the sign or the code beside them."""

    decimal: str = "."
    plain: bool = True
    shown: str = PLAIN
    percent_base: int = 100
    has_missing_words: bool = False
    currency: str = ""

    def sql(self, cell: str, kind: str) -> str:
        """The expression of the value of a trimmed cell; null where it is not a number."""
        if self.plain:
            return f"try_cast({cell} as {stored_type(kind)})"
        return f"case when regexp_full_match({cell}, {quoting.text(pattern(self.decimal))}) then {self._value(cell, kind)} end"

    def _value(self, cell: str, kind: str) -> str:
        drop = quoting.text(f"[^0-9{self.decimal}]")
        digits = f"replace(regexp_replace(regexp_replace({cell}, 'S/\\.', ''), {drop}, '', 'g'), '{self.decimal}', '.')"
        sign = f"case when regexp_matches({cell}, '[-−(]') then '-' else '' end"
        value = f"try_cast({sign} || {digits} as {stored_type(kind)})"
        if self.percent_base == 1:
            return value
        exact = f"try_cast({sign} || {digits} as decimal(18, 8))"
        return f"case when contains({cell}, '%') then ({exact} * 0.01)::{stored_type(kind)} else {value} end"


@dataclass(frozen=True)
class Evidence:
    """Rows of a column by what they say about its marks; examples of the ambiguous and of the contradicting."""

    point: int
    comma: int
    ambiguous: int
    readable: int
    example: str | None
    point_example: str | None
    comma_example: str | None
    currencies: tuple[str, ...]
    thousands: str | None
    percents: int
    currency: str = ""


def evidence(con: duckdb.DuckDBPyConnection, values: str) -> Evidence:
    """Look at every distinct value of a column: `values` is a table (value text, n rows)."""
    row = con.execute(EVIDENCE.replace("$values", values)).fetchall()[0]
    written = sorted(row[7] or ())
    currencies = {SAME_CURRENCY.get(found, found) for found in written}
    return Evidence(*row[:7], tuple(sorted(currencies)), row[8], row[9], max(written, key=len, default=""))


EVIDENCE = rf"""
with cells as (
    select value, n,
        regexp_replace(replace(value, 'S/.', ''), '[^0-9.,]', '', 'g') as body
    from $values
    where regexp_full_match(value, {quoting.text(pattern("."))}) or regexp_full_match(value, {quoting.text(pattern(","))})
), judged as (
    select value, n, body,
        case
            when contains(body, '.') and contains(body, ',') then
                case when strpos(reverse(body), '.') < strpos(reverse(body), ',') then 'point' else 'comma' end
            when length(body) - length(replace(body, ',', '')) > 1 then 'point'
            when length(body) - length(replace(body, '.', '')) > 1 then 'comma'
            when regexp_full_match(body, '[1-9]\d{{0,2}}[.,]\d{{3}}') then
                case when regexp_matches(value, '\d[ \x{{00A0}}\x{{202F}}''’]\d') then
                    case when contains(body, '.') then 'point' else 'comma' end
                else 'ambiguous' end
            when contains(body, '.') then 'point'
            when contains(body, ',') then 'comma'
            else 'neither'
        end as says
    from cells
)
select
    coalesce(sum(n) filter (where says = 'point'), 0)::bigint,
    coalesce(sum(n) filter (where says = 'comma'), 0)::bigint,
    coalesce(sum(n) filter (where says = 'ambiguous'), 0)::bigint,
    coalesce(sum(n), 0)::bigint,
    min(value) filter (where says = 'ambiguous'),
    min(value) filter (where says = 'point'),
    min(value) filter (where says = 'comma'),
    list(distinct rtrim(upper(regexp_extract(value, {quoting.text(CURRENCY)})), '.'))
        filter (where regexp_matches(value, {quoting.text(CURRENCY)})),
    min(regexp_extract(value, '\d([ .,\x{{00A0}}\x{{202F}}''’])\d{{3}}(?:\D|$)', 1))
        filter (where regexp_matches(value, '\d[ .,\x{{00A0}}\x{{202F}}''’]\d{{3}}\D+\d') or says in ('point', 'comma')
            and regexp_matches(value, '\d[ \x{{00A0}}\x{{202F}}''’]\d{{3}}')),
    coalesce(sum(n) filter (where contains(value, '%')), 0)::bigint
from judged
"""


def shown(decimal: str, found: Evidence) -> str:
    """The format's name, such as $ 1,234.56 or 1234,56 €."""
    thousands = found.thousands if found.thousands and found.thousands != decimal else ""
    thousands = " " if thousands and not thousands.isascii() and thousands != "’" else thousands
    written = f"1{thousands}234{decimal}56"
    currency = f"{found.currencies[0]} " if found.currencies else ""
    return f"{currency}{written}{' %' if found.percents else ''}"
