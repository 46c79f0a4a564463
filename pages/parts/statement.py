"""What a file that is handed out says of itself."""

from datetime import datetime

from data.journal import LOCAL_NAME
from data.language import _, format_date
from pages.parts import cuts, filter_bar, session


def statement() -> list[tuple[str, str]]:
    """Filters, moved thresholds, how far the data reach, when and by whom it was made."""
    now = session.current()
    made = [(_("Made"), f"{datetime.now():%Y-%m-%d %H:%M}"), (_("By"), _(now.viewer.name) if now.viewer.name == LOCAL_NAME else now.viewer.name)]
    if now.reader is None:
        return made
    reach = [(_("Data through"), format_date(now.reader.as_of)), (_("Generation"), str(now.reader.number))]
    return filter_bar.described(filter_bar.current()) + cuts.moved() + reach + made
