"""What a file that is handed out says of itself."""

from collections.abc import Iterable

import polars as pl

from pages.parts import cuts, filter_bar, session
from reports.provenance import provenance


def statement(tables: Iterable[pl.DataFrame] = ()) -> list[tuple[str, str]]:
    """Filters, moved thresholds, the currency of the file's `tables`, how far the data reach, when and by whom it was made."""
    now = session.current()
    told = filter_bar.described(filter_bar.current()) + cuts.moved() if now.reader else []
    return told + provenance(now.viewer, now.reader, tables)
