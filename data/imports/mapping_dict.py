"""A mapping's tables as plain values, for TOML: what is left at its default is left out."""

from typing import Any

from data.imports.mapping_parts import Section, Source


def section_dict(section: Section) -> dict[str, Any]:
    """One table's entry as plain values."""
    entry = without_empty(
        {
            "table": section.table,
            "file": section.file,
            "sheet": section.sheet,
            "distinct": section.distinct,
            "where": {column: list(values) for column, values in section.where},
            "except": {column: list(values) for column, values in section.without},
            "present": list(section.present),
            "formats": dict(section.formats),
            "columns": {column: _source_dict(source) for column, source in section.columns.items()},
        }
    )
    # Before the columns, which open a table of their own in TOML. An empty list says something: nothing is filled down.
    return entry if section.fill_down is None else {"table": section.table, "fill_down": list(section.fill_down)} | entry


def _source_dict(source: Source) -> dict[str, Any] | str:
    held: dict[str, Any] = {
        "column": {"source": source.columns[0] if source.columns else ""},
        "join": {"join": list(source.columns), "separator": source.separator},
        "multiply": {"multiply": [*source.columns, *map(float, source.factors)]},
        "constant": {"constant": source.constant},
        "row_id": {"row_id": True},
    }[source.how]
    held |= without_empty(
        {
            "format": source.format,
            "values": dict(source.values),
            "default": source.default,
            "empty": list(source.empty),
            "lookup": [without_empty(vars(lookup)) for lookup in source.lookup],
            "otherwise": _source_dict(source.otherwise) if source.otherwise else None,
        }
    )
    return source.columns[0] if set(held) == {"source"} else held


def without_empty(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry without what is left at its default."""
    return {key: value for key, value in entry.items() if value not in (None, "", False, [], {})}
