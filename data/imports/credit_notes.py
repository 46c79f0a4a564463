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
    return [said for place in texts if plain and (said := _notice(con, raw, place, plain[0]))]


def _notice(con: duckdb.DuckDBPyConnection, raw: read.Raw, place: int, amount: str) -> str | None:
    shaper = Shaper(con, raw, Mapping(""))
    kind, value = shaper.at(place), f"({shaper.cell(amount)})::varchar"
    counted = con.execute(
        f"select min({kind}), count(*) from {raw.table} as r where lower({kind}) in ({quoting.texts(WORDS)}) and {value} similar to '[^-(−]*[1-9][^-(−]*'"
    ).fetchall()
    word, lines = counted[0]
    if not lines:
        return None
    told = _(
        "{file}, “{column}”: {n} lines say “{word}”, but their amounts are above zero, so they count as sales. If they are returns, take them off by a "
        "mapping (docs/data-format.md, “Returns as documents of their own”)."
    )
    return told.format(file=raw.shown, column=raw.header[place], n=format_number(lines), word=word)
