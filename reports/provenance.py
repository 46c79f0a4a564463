"""What every file that is handed out says last: how far its data reach, when and by whom it was made."""

from datetime import datetime

from data.access import Viewer
from data.journal import LOCAL_NAME
from data.language import _, format_date, format_instant
from data.reader import Reader


def provenance(viewer: Viewer, reader: Reader | None) -> list[tuple[str, str]]:
    """[(heading, text)] in the reader's language; where there is no store yet, without the data's reach."""
    reach = [(_("Data through"), format_date(reader.as_of)), (_("Generation"), str(reader.number))] if reader else []
    name = _(viewer.name) if viewer.name == LOCAL_NAME else viewer.name
    return [*reach, (_("Made"), format_instant(datetime.now())), (_("By"), name)]
