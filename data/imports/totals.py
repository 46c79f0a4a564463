"""Rows of totals within a list: a sum under the last customer, whose id is the word for it. No list has such a member."""

from collections.abc import Iterator

from data.contract import DIMENSIONS
from data.imports import quoting
from data.imports.part import Part

TOTALS = (
    "total", "totals", "grand total", "overall total", "sum", "total general", "gran total", "totales", "suma", "suma total", "total geral", "soma",
    "total général", "somme", "summe", "gesamt", "gesamtsumme", "gesamtergebnis", "insgesamt", "endsumme", "totale", "totale generale",
    "totale complessivo", "somma", "razem", "suma końcowa", "ogółem", "łącznie", "totaal", "eindtotaal",
)  # fmt: skip
"""What spreadsheets and programs write into the first cell of a row of totals, in lower case."""
SUBTOTALS = ("subtotal", "sub-total", "sub total", "zwischensumme", "sous-total", "subtotale", "totale parziale", "subtotaal", "suma częściowa")
"""The words for a sum of some rows; the group's name may follow."""

TOTAL = rf"({'|'.join(TOTALS)})[\s:=.]*[(\[]?[\d.,\s]*[)\]]?|({'|'.join(SUBTOTALS)})([\s:(–-].*)?"
COUNT = r"[^\pL]*|[\d.,]+\s+\pL+"
"""A figure, or a figure of something: "412", "412 customers"."""


def checks(part: Part) -> Iterator[tuple[str, str, str, str]]:
    """The check of a list's part: its id says that the row is a total, and nothing beside it is a name of its own."""
    if part.table.name not in DIMENSIONS:
        return
    key, label = (part.field(name) for name in part.table.required_columns[:2])
    if not key:
        return
    test = _is(f"({key.value})", TOTAL)
    if label:
        test += f" and (({label.value}) is null or {_is(f'({label.value})', f'{COUNT}|{TOTAL}')})"
    yield quoting.text("totals_row"), f"({test})", key.column.name, key.text


def _is(value: str, pattern: str) -> str:
    return f"coalesce(regexp_full_match(lower({value}), {quoting.text(pattern)}), false)"
