"""What every file that is handed out says last: in which currency its amounts are, how far its data reach, when and by whom it was made."""

from collections.abc import Iterable
from datetime import datetime

import polars as pl

from charts.columns import column_unit
from data.access import Viewer
from data.journal import LOCAL_NAME
from data.language import _, currency, format_date, format_instant
from data.reader import Reader


def provenance(viewer: Viewer, reader: Reader | None, tables: Iterable[pl.DataFrame] = ()) -> list[tuple[str, str]]:
    """[(heading, text)] in the reader's language; where there is no store yet, without the data's reach. `tables` are those of the file:
    their amounts stand there as bare numbers, so that the currency is named where one holds any."""
    money = [(_("Currency"), currency())] if any(column_unit(column) == "money" for table in tables for column in table.columns) else []
    reach = [(_("Data through"), format_date(reader.as_of)), (_("Generation"), str(reader.number))] if reader else []
    name = _(viewer.name) if viewer.name == LOCAL_NAME else viewer.name
    return [*money, *reach, (_("Made"), format_instant(datetime.now())), (_("By"), name)]
