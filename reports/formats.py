"""The formats that a deck is written in."""

from collections.abc import Callable

from reports.deck import Deck
from reports.pdf import pdf
from reports.pptx import pptx
from reports.workbook import workbook

FORMATS: dict[str, Callable[[Deck], bytes]] = {"pptx": pptx, "pdf": pdf, "xlsx": lambda deck: workbook(deck.tables, deck.stated)}
"""Each format's writer by its ending."""
