"""Earlier values of a setting: the settings keep the last one alone, the audit keeps them all."""

import json
from dataclasses import dataclass

from data.journal import OF_SETTING, Journal


@dataclass(frozen=True)
class SettingVersion:
    """One value that a setting had; `value` is None for its default, `number` counts from 1, `written_at` is UTC, ISO 8601."""

    number: int
    value: object
    written_by: str
    written_at: str


def versions(journal: Journal, name: str) -> list[SettingVersion]:
    """All values that somebody gave the setting, the first one first; a return to the default is one of them."""
    with journal.reading() as connection:
        rows = connection.execute(f"select detail, actor, happened_at {OF_SETTING} order by audit_id", [name]).fetchall()
    return [SettingVersion(number, json.loads(detail).get("to"), who, when) for number, (detail, who, when) in enumerate(rows, start=1)]
