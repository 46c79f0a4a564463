"""Words for what an import shows: tables, choices, reasons."""

from charts import labels
from data.intake import draft
from data.intake.group import Group
from data.language import _

EXAMPLE_LENGTH = 24


def table_label(table: str) -> str:
    """A contract table's name in the reader's language."""
    return labels.label(table)


def choice(code: str, group: Group) -> str:
    """A choice of the match in words: the heading with an example."""
    if code == draft.NOTHING:
        return "–"
    if code == draft.ROW:
        return _("The line's number")
    if code == draft.KEPT:
        return _("As the mapping says")
    if draft.TIMES in code:
        return " × ".join(group.header[int(place)] for place in code.split(draft.TIMES))
    example = group.example(int(code))[:EXAMPLE_LENGTH]
    heading = group.header[int(code)]
    return f"{heading} ({example})" if example else heading
