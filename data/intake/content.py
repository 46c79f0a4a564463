"""What a column's values say of it where its heading says nothing to us: a sender's own language, words that only they use."""

import re
from collections.abc import Collection

from data.contract import Column
from data.intake.group import Group

FITS = 0.9
"""Share of the sampled values that must look like the column's kind."""
SHAPES = {
    "money": r"^[-+(]?\s*[^\d\s]{0,4}\s*[-+]?[\d.,'\s]*\d[\d.,]*\s*[^\d\s]{0,4}[-)]?$",
    "number": r"^[-+(]?[\d.,'\s]*\d[\d.,]*\s*%?[-)]?$",
    "date": r"^\d{1,4}[-/. ]?([a-zA-Zéäç]{3,10}|\d{1,2})[-/. ,]?.*\d",
    "month": r"^([a-zA-Zéäç]{3,10}|\d{1,4})[-/. ]?.*\d",
}
DAY = r"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d\d))(\D.*)?$"
"""A day beyond doubt: other figures look like the loose shape above, too."""
FRACTION = r"[.,]\d{1,4}\D{0,5}$"
"""How an amount ends; identifiers are whole."""


def looks_like(column: Column, group: Group, place: int) -> bool:
    """Whether the sampled values of the column at a place could be the contract column's. Ids and texts can be anything."""
    shape, values = SHAPES.get(column.kind), group.values(place)
    if column.kind == "choice":
        return bool(values) and all(value.lower() in column.choices for value in values)
    if not shape or not values:
        return not shape
    return _all_like(shape, values)


def table_of(group: Group) -> str:
    """The table that values alone suggest: days beside amounts are lines, a list with prices is one of products, any other of accounts."""
    amounts = [place for place in _places(group) if _is_amount(group, place)]
    if amounts and any(_is_day(group, place) for place in _places(group)):
        return "transactions"
    return "products" if amounts else "accounts"


def day(group: Group, taken: Collection[str]) -> str:
    """The code of the one free column that holds days; "" where there is none, or several."""
    days = [str(place) for place in _places(group) if str(place) not in taken and _is_day(group, place)]
    return days[0] if len(days) == 1 else ""


def key(group: Group, taken: Collection[str]) -> str:
    """The code of the first column, where it is free and tells the rows apart: its values differ, and are neither days nor amounts."""
    values = group.values(0) if group.header and "0" not in taken else []
    tells = bool(values) and len(set(values)) >= FITS * len(values) and not _is_day(group, 0) and not _is_amount(group, 0)
    return "0" if tells else ""


def _places(group: Group) -> range:
    return range(len(group.header))


def _is_day(group: Group, place: int) -> bool:
    return _all_like(DAY, group.values(place))


def _is_amount(group: Group, place: int) -> bool:
    values = group.values(place)
    return _all_like(SHAPES["money"], values) and any(re.search(FRACTION, value.strip()) for value in values) and not _is_day(group, place)


def _all_like(shape: str, values: list[str]) -> bool:
    return bool(values) and sum(bool(re.match(shape, value.strip())) for value in values) >= FITS * len(values)
