"""Credit notes that would count as sales: an unread column says that lines are returns, but their amounts are above zero."""

from collections.abc import Sequence

import duckdb

from data.imports import quoting, read
from data.imports.mapping import Mapping
from data.imports.mapping_parts import Section
from data.imports.shape import Shaper
from data.language import _, format_number

WORDS = (
    "nc", "cn", "credit", "credit note", "credit memo", "return", "returns", "refund", "nota de crédito", "nota de credito", "nota de abono", "abono",
    "devolución", "devolucion", "devolução", "devolucao", "rectificativa", "factura rectificativa", "gutschrift", "retoure", "storno", "avoir", "retour",
)  # fmt: skip
"""What document types call a return, in lower case, in the languages of our customers' systems."""


def notices(con: duckdb.DuckDBPyConnection, raw: read.Raw, sections: Sequence[Section], unread: Sequence[int]) -> list[str]:
    """A sentence for each unread column (by its place) that calls lines returns although their amounts have no minus."""
    amounts = [section.columns["net_amount"] for section in sections if section.table == "transactions" and "net_amount" in section.columns]
    plain = [source.columns[0] for source in amounts if source.how == "column"]
    texts = [place for place in unread if raw.types[place] == "VARCHAR"]
    return [_told(raw, place, word, lines) for place, word, lines in _counted(con, raw, texts, plain[0]) if lines] if plain and texts else []


def _counted(con: duckdb.DuckDBPyConnection, raw: read.Raw, places: Sequence[int], amount: str) -> list[tuple[int, str, int]]:
    """Per place: the first word for a return, and how many lines hold one beside an amount above zero."""
    shaper = Shaper(con, raw, Mapping(""))
    above_zero = f"({shaper.cell(amount)})::varchar similar to '[^-(−]*[1-9][^-(−]*'"
    returned = [f"(where lower({shaper.at(place)}) in ({quoting.texts(WORDS)}))" for place in places]
    counts = ", ".join(f"min({shaper.at(place)}) filter {rows}, count(*) filter {rows}" for place, rows in zip(places, returned, strict=True))
    found = con.execute(f"select {counts} from {raw.table} as r where {above_zero}").fetchall()[0]
    return list(zip(places, found[::2], found[1::2], strict=True))


def _told(raw: read.Raw, place: int, word: str, lines: int) -> str:
    told = _(
        "{file}, “{column}”: {n} lines say “{word}”, but their amounts are above zero, so they count as sales. If they are returns, take them off by a "
        "mapping (docs/data-format.md, “Returns as documents of their own”)."
    )
    return told.format(file=raw.shown, column=raw.header[place], n=format_number(lines), word=word)
