"""Stages that are written in several ways, in capitals or with spaces: each way is a stage of its own, which nobody means."""

from collections.abc import Sequence

import duckdb

from data.imports import quoting
from data.language import format_number, ngettext

SHOWN = 5

_SPELT = """select string_agg(distinct stage, ', ' order by stage) from staged.stage_events
    where lower(trim(stage)) not in ({ends})
    group by lower(trim(stage)) having count(distinct stage) > 1
    order by lower(trim(stage))"""


def told(con: duckdb.DuckDBPyConnection, ends: Sequence[str]) -> list[str]:
    """What people should know of the staged stages; the words that end a deal (`ends`, in lower case) count alike however they are written."""
    found = [row[0] for row in con.execute(_SPELT.format(ends=quoting.texts(ends))).fetchall()]
    if not found:
        return []
    said = ngettext(
        "{n} stage is written in several ways, and each counts as a stage of its own: {names}. A mapping's values make them one.",
        "{n} stages are written in several ways, and each way counts as a stage of its own: {names}. A mapping's values make them one.",
        len(found),
    )
    return [said.format(n=format_number(len(found)), names="; ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else ""))]
