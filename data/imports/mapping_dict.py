"""A mapping as plain values, for TOML: what is left at its default is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.imports.mapping import Mapping, Section, Source


def as_dict(mapping: Mapping) -> dict[str, Any]:
    """The mapping as plain values, without what is left at its default."""
    entry: dict[str, Any] = {"name": mapping.name, "sender": mapping.sender, "currency": mapping.currency, "formats": dict(mapping.formats)}
    entry["tables"] = [_section_dict(section) for section in mapping.sections]
    return _without_empty(entry)


def _section_dict(section: Section) -> dict[str, Any]:
    return _without_empty(
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


def _source_dict(source: Source) -> dict[str, Any] | str:
    held: dict[str, Any] = {
        "column": {"source": source.columns[0] if source.columns else ""},
        "join": {"join": list(source.columns), "separator": source.separator},
        "multiply": {"multiply": [*source.columns, *map(float, source.factors)]},
        "constant": {"constant": source.constant},
        "row_id": {"row_id": True},
    }[source.how]
    held |= _without_empty(
        {
            "format": source.format,
            "values": dict(source.values),
            "default": source.default,
            "empty": list(source.empty),
            "lookup": [_without_empty(vars(lookup)) for lookup in source.lookup],
            "otherwise": _source_dict(source.otherwise) if source.otherwise else None,
        }
    )
    return source.columns[0] if set(held) == {"source"} else held


def _without_empty(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value not in (None, "", False, [], {})}
