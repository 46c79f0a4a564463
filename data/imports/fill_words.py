"""What an import says about cells that take the value above."""

from collections.abc import Iterable, Mapping

from data.imports.blank_cells import Blanks
from data.imports.read import Raw
from data.language import _, format_number, ngettext


def filled(raw: Raw, headings: Iterable[str], rows: int) -> str:
    """Rows were filled."""
    return ngettext(
        "{file}, {columns}: blank cells take the value above ({n} row). A mapping's fill_down can say otherwise.",
        "{file}, {columns}: blank cells take the value above ({n} rows). A mapping's fill_down can say otherwise.",
        rows,
    ).format(file=raw.shown, columns=_named(headings), n=format_number(rows))


def asked(raw: Raw, heading: str, found: Blanks) -> str:
    """It may be meant so: a mapping, or the page Import, can say it."""
    return _(
        "{file}, {columns}: blank on {n} of {rows} rows. If blank means the value above, name the columns in a mapping's fill_down, or choose them on the Import page."
    ).format(file=raw.shown, columns=_named([heading]), n=format_number(found.blank), rows=format_number(found.rows))


def merged(raw: Raw, cells: Mapping[str, int]) -> str:
    """Merged cells were filled; `cells`: heading → how many."""
    count = sum(cells.values())
    return ngettext(
        "{file}, {columns}: a merged cell counts for all its rows ({n} cell filled). A mapping's fill_down can say otherwise.",
        "{file}, {columns}: a merged cell counts for all its rows ({n} cells filled). A mapping's fill_down can say otherwise.",
        count,
    ).format(file=raw.shown, columns=_named(heading for heading, rows in cells.items() if rows), n=format_number(count))


def once(raw: Raw, headings: Iterable[str]) -> str:
    """Numbers in merged cells were not."""
    return _("{file}, {columns}: a number in a merged cell counts once, on its first row; the rows below it have none.").format(
        file=raw.shown, columns=_named(headings)
    )


def _named(headings: Iterable[str]) -> str:
    return ", ".join(f"“{heading}”" for heading in headings)
