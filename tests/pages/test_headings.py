"""Every column of every table, in every view of every page, has a heading that people read."""

from collections.abc import Callable

import polars as pl
import pytest
import streamlit as st

from charts.columns import has_label
from data.store import Store
from pages.parts import hand_out
from tests.pages.conftest import PAGES, Dashboard
from tests.pages.test_widgets import widget

SWITCHES = ("View", "Table")
"""What the controls are called that put another table on a page."""

Headings = Callable[[str], dict[str, list[str]]]


@pytest.fixture
def headings(demo: Store, dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch) -> Headings:
    """headings(page) → the columns of each table that the page shows in any of its views, by the table's name."""
    found: dict[str, list[str]] = {}
    views: list[tuple[str, str]] = []
    switch, note = st.segmented_control, hand_out.table

    def offered(label: str, options: list[str], **more: object) -> object:
        if label in SWITCHES:
            views.extend((more["key"], view) for view in options if (more["key"], view) not in views)
        return switch(label, options, **more)

    def shown(name: str, frame: pl.DataFrame) -> None:
        found.setdefault(name, []).extend(frame.columns)
        note(name, frame)

    monkeypatch.setattr(st, "segmented_control", offered)
    monkeypatch.setattr(hand_out, "table", shown)

    def of_page(page: str) -> dict[str, list[str]]:
        app = dashboard(demo.root, page)
        # The first page of the visit has switches of its own.
        views.clear()
        app.run()
        opened: set[tuple[str, str]] = set()
        while waiting := [view for view in views if view not in opened]:
            # A view may have views of its own, the newest: these are opened before the next one.
            key, view = waiting[-1]
            widget(app, key).set_value(view).run()
            assert [problem.message for problem in app.exception] == []
            opened.add((key, view))
        return found

    return of_page


@pytest.mark.parametrize("page", PAGES)
def test_every_column_of_a_pages_tables_has_a_heading(headings: Headings, page: str) -> None:
    assert [(table, name) for table, names in headings(page).items() for name in sorted(set(names)) if not has_label(name)] == []
