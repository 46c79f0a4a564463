"""What readers' aids tell of a chart's shapes: the lines of their tooltips, in the reader's language.

Vega-Lite would tell every field that it encodes by its name in the code, dates as numbers, and each label once more.
"""

from collections.abc import Mapping
from json import dumps

Spec = Mapping[str, object]


def described(layer: Spec) -> Spec:
    """The layer with its shapes told by their tooltips; shapes without one are for the eye, as they label or part what others show."""
    if "mark" not in layer:
        return layer
    tooltip = layer.get("encoding", {}).get("tooltip")
    lines = [_line(line) for line in tooltip] if isinstance(tooltip, list) else []
    told = {"description": {"expr": " + '; ' + ".join(lines)}} if lines else {"aria": False}
    mark = layer["mark"] if isinstance(layer["mark"], Mapping) else {"type": layer["mark"]}
    return {**layer, "mark": {**mark, **told}}


def _line(line: Spec) -> str:
    """Vega expression of a tooltip's line: its title, and the value as the tooltip shows it."""
    value = f"datum[{dumps(line['field'])}]"
    shown = f"format({value}, {dumps(line['format'])})" if "format" in line else value
    return f"{dumps(line['title'] + ': ', ensure_ascii=False)} + (isValid({value}) ? {shown} : '–')"
