"""Which columns of a file a person may fill down, and which to begin with: the import's rule on the sampled rows."""

from collections.abc import Mapping as Choices
from collections.abc import Sequence

from data.imports import fill_down
from data.imports.blank_cells import Blanks
from data.imports.fill_down import Roles
from data.imports.mapping import Mapping
from data.imports.mapping_parts import Section
from data.intake.draft import sections_of, source_of
from data.intake.group import Group

Row = tuple[str | None, ...]


def options(group: Group) -> list[str]:
    """The headings with a blank cell below a filled first one, in the file's order."""
    rows = _filled_rows(group)
    return [
        heading
        for place, heading in enumerate(group.header)
        if group.header.count(heading) == 1 and rows and not _is_blank(rows[0], place) and any(_is_blank(row, place) for row in rows)
    ]


def suggested(group: Group, tables: Choices[str, Choices[str, str]], begun_with: Mapping | None) -> tuple[str, ...]:
    """The columns to fill: what the mapping that we began with says, else the order's, where nothing else can be meant."""
    said = _said(group, begun_with)
    if said is not None:
        return said
    sections = [_section(table, codes, group) for table, codes in tables.items()]
    asked = fill_down.roles(sections)
    return fill_down.order_columns(_blanks(group, asked), asked) if asked else ()


def _said(group: Group, begun_with: Mapping | None) -> tuple[str, ...] | None:
    return fill_down.headings_said(sections_of(begun_with, group), begun_with) if begun_with else None


def _section(table: str, codes: Choices[str, str], group: Group) -> Section:
    sources = {column: source_of(code, group, None) for column, code in codes.items()}
    return Section(table, {column: source for column, source in sources.items() if source})


def _blanks(group: Group, asked: Roles) -> Blanks:
    rows, places = _filled_rows(group), {heading: group.header.index(heading) for heading in asked.headings}
    key = places[asked.key]
    below = [row for row in rows if _is_blank(row, key)]
    above = [row for row in rows if not _is_blank(row, key)]

    def held(some: Sequence[Row]) -> dict[str, int]:
        return {heading: sum(not _is_blank(row, place) for row in some) for heading, place in places.items()}

    once = len({row[key] for row in above}) == len(above)
    return Blanks(len(rows), len(below), not below or rows[0] in above, once, held(below), held(above))


def _filled_rows(group: Group) -> list[Row]:
    return [row for row in group.sample if any(row)]


def _is_blank(row: Row, place: int) -> bool:
    return not (row[place] or "").strip()
