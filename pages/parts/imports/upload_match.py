"""Match columns: which table each file holds and which of its columns is which, suggested, and changed by hand where wrong."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from charts.columns import column_label
from data.contract import DIMENSIONS, TABLES, Column
from data.imports import matching
from data.imports.mapping import Mapping
from data.intake import blanks, draft
from data.intake.group import Group
from data.language import _, ngettext
from pages.parts import session
from pages.parts.escape import plain
from pages.parts.imports.upload_labels import choice, table_label

Match = tuple[dict[str, dict[str, str]], tuple[str, ...] | None]
"""What a reader settles on for a group of files: the codes of its tables' columns, and the columns to fill down."""


def match(groups: Sequence[Group], formats: dict[str, str], key: str, *, is_checked: bool) -> tuple[str, Mapping | None]:
    """The sender and the mapping that the reader settles on; None while a required column has none.

    `key` tells uploads apart; what was checked before folds, so that what the check found is near.
    """
    saved = _saved()
    found = draft.mapping_for(groups, [mapping for _sender, mapping in saved]) or _shipped(groups)
    sender = _sender(saved, found, key)
    if found:
        st.caption(_("These files are known: read as before ({name}).").format(name=plain(" · ".join(filter(None, (found.sender, found.name))))))
    if found and not draft.is_simple(found, groups):
        chosen: Mapping | None = replace(found, sender=sender, formats=found.formats | formats)
    else:
        chosen = _by_hand(groups, found, sender, formats, key, is_checked=is_checked)
    return sender, _as_text(chosen, key)


def _saved() -> list[tuple[str, Mapping]]:
    return [(sender, Mapping.from_toml(toml, name)) for sender, name, toml in session.current().journal.mappings()]


def _shipped(groups: Sequence[Group]) -> Mapping | None:
    named = [(file, group.header) for group in groups for file in group.files]
    return None if all(matching.is_sure(file, header) for file, header in named) else matching.shipped_for(named)


def _sender(saved: list[tuple[str, Mapping]], found: Mapping | None, key: str) -> str:
    known = ", ".join(sorted({sender for sender, _mapping in saved if sender}))
    given = st.text_input(
        _("Sender"), value=found.sender if found else "", key=f"{key}_sender", placeholder=_("Who sends these files, such as North office"),
        help=_("The match is kept under this name and used for the sender's next files; a corrected file replaces its own rows."),
    )  # fmt: skip
    if not given.strip():
        senders = _("Known senders: {names}.").format(names=plain(known)) if known else ""
        st.caption(f"{_('Without a sender the match is not kept.')} {senders}".strip())
    return given.strip()


def _by_hand(
    groups: Sequence[Group], found: Mapping | None, sender: str, formats: dict[str, str], key: str, *, is_checked: bool
) -> Mapping | None:
    missing = _missing(groups)
    chosen = [_group(f"{key}_{number}", group, found, missing, is_checked=is_checked) for number, group in enumerate(groups)]
    lacking = {pair for tables, _filled in chosen for pair in draft.lacking(tables)}
    if lacking:
        names = ", ".join(f"{table_label(table)}: {column_label(column)}" for table, column in sorted(lacking))
        st.warning(_("Choose a column for: {columns}.").format(columns=plain(names)))
        return None
    codes, filled = [tables for tables, _filled in chosen], [columns for _tables, columns in chosen]
    return draft.compose(groups, codes, found, sender, formats, filled)


def _missing(groups: Sequence[Group]) -> tuple[str, ...]:
    """Required dimensions that no file of its own brings and that the store does not hold."""
    given = {matching.table_of_name(file) for group in groups for file in group.files}
    given |= {next(iter(draft.suggest(group, None))) for group in groups}
    return () if session.current().reader else tuple(table for table in ("accounts", "products") if table not in given)


def _group(key: str, group: Group, found: Mapping | None, missing: tuple[str, ...], *, is_checked: bool) -> Match:
    suggested = draft.suggest(group, found, missing)
    more = len(group.files) - 1
    name = plain(group.files[0])
    name = name if not more else ngettext("{name} and {n} more file", "{name} and {n} more files", more).format(name=name, n=more)
    with st.container(border=True):
        tables = st.multiselect(
            name, list(TABLES), default=list(suggested), key=f"{key}_tables", format_func=table_label,
            placeholder=_("Leave this file out"), help=_("What this file holds. Several tables come from one file where it names them all."), select_all=False,
        )  # fmt: skip
        codes = {table: suggested.get(table) or draft.suggest_table(table, group) for table in tables}
        with st.expander(_("Columns"), expanded=bool(draft.lacking(codes)) or (found is None and not is_checked)):
            chosen = {table: _table(key, table, group, codes[table]) for table in tables}
            return chosen, _filled_down(key, group, chosen, found)


def _filled_down(key: str, group: Group, chosen: draft.Choices, found: Mapping | None) -> tuple[str, ...] | None:
    """The columns whose blank cells take the value above; None where none is suggested and none is chosen."""
    suggested = blanks.suggested(group, chosen, found)
    # In a list of customers a blank city is a blank city: only what is one row per event has groups.
    offered = [] if all(table in DIMENSIONS for table in chosen) else blanks.options(group)
    options = list(dict.fromkeys([*offered, *suggested]))
    if not options:
        return None
    filled = st.multiselect(
        _("Blank cells take the value above"), options, default=list(suggested), key=f"{key}_filled_{'_'.join(suggested)}",
        placeholder=_("In no column"), select_all=False,
        help=_("For files that write an order's number, day and customer on its first line only. Where that is clear, the columns are chosen already."),
    )  # fmt: skip
    return tuple(filled) if filled or suggested else None


def _table(key: str, table: str, group: Group, suggested: dict[str, str]) -> dict[str, str]:
    st.markdown(f"**{table_label(table)}**")
    places = st.columns(3, gap="small")
    return {
        column.name: _column(places[place % 3], key, table, column, group, suggested.get(column.name, draft.NOTHING))
        for place, column in enumerate(TABLES[table].columns)
    }


def _column(place: st.delta_generator.DeltaGenerator, key: str, table: str, column: Column, group: Group, suggested: str) -> str:
    codes = draft.options(column, group, suggested)
    label = column_label(column.name) + (" \\*" if column.required else "")
    return place.selectbox(
        label, codes, index=codes.index(suggested), key=f"{key}_{table}_{column.name}", format_func=lambda code: choice(code, group)
    )


def _as_text(chosen: Mapping | None, key: str) -> Mapping | None:
    """The mapping as its text, which a person may write by hand: value translations, constants, look-ups."""
    if chosen is None:
        return None
    with st.expander(_("The mapping as text")):
        st.caption(_("For what a column choice cannot say: translated values, constants, look-ups. docs/data-format.md lists the words."))
        if not st.toggle(_("Write it by hand"), key=f"{key}_by_hand"):
            st.code(chosen.to_toml(), language="toml")
            return chosen
        text = st.text_area(_("Mapping"), value=chosen.to_toml(), height=400, key=f"{key}_text")
    return replace(Mapping.from_toml(text, chosen.name), sender=chosen.sender)
