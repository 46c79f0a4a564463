"""What a page shows, gathered while it is drawn, to be handed out as slides, as a PDF or as a workbook: the screen's own figures and charts.

The files are made when they are asked for; until then nothing is drawn twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import polars as pl
import streamlit as st

from charts.chart import Chart
from data.language import currency, current, use
from pages.parts.statement import statement
from reports.deck import Deck, Figure, Slide

_SHOWN = "_hand_out"

FORMATS = {
    "PPTX": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "PDF": "application/pdf",
    "XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass
class Shown:
    """What this run of the page has shown so far; `place` is where its head left room for the buttons."""

    title: str = ""
    stands: str = ""
    finding: str = ""
    place: st.delta_generator.DeltaGenerator | None = None
    figures: list[Figure] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)


def begin() -> None:
    """Forget what the run before has shown."""
    st.session_state[_SHOWN] = Shown()


def head(title: str, finding: str, stands: str, place: st.delta_generator.DeltaGenerator) -> None:
    """Note the page's name, its finding and its time."""
    shown = _shown()
    shown.title, shown.finding, shown.stands, shown.place = title, finding, stands, place


def figure(label: str, value: str, beside: str) -> None:
    """Note a metric."""
    _shown().figures.append(Figure(label, value, beside))


def chart(drawn: Chart) -> None:
    """Note a chart."""
    _shown().charts.append(drawn)


def table(name: str, frame: pl.DataFrame) -> None:
    """Note a table by its name."""
    _shown().tables[name] = frame


def offer(name: str) -> None:
    """Draw the buttons in the page's head, if it has a finding; `name` is what the files are called."""
    shown = _shown()
    if shown.place is None or not (shown.charts or shown.tables):
        return
    stated = tuple(statement([*shown.tables.values(), *(drawn.frame for drawn in shown.charts)]))
    with shown.place:
        for kind, mime in FORMATS.items():
            st.download_button(
                kind, data=_later(kind, shown, stated), file_name=f"{name}.{kind.lower()}", mime=mime, key=f"hand_out_{kind}", type="tertiary",
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def deck(shown: Shown, stated: tuple[tuple[str, str], ...]) -> Deck:
    """The page's finding with its figures first, then a slide for each chart; where no chart shows that finding, its first table does."""
    drawn = [Slide(chart.alt or shown.finding, chart=chart) for chart in shown.charts]
    if all(slide.finding != shown.finding for slide in drawn):
        drawn.insert(0, Slide(shown.finding, table=next(iter(shown.tables.values()), None)))
    drawn.sort(key=lambda slide: slide.finding != shown.finding)
    drawn[0] = replace(drawn[0], figures=tuple(shown.figures))
    return Deck(shown.title, shown.stands, tuple(drawn), dict(shown.tables), stated)


def _shown() -> Shown:
    return st.session_state.setdefault(_SHOWN, Shown())


def _later(kind: str, shown: Shown, stated: tuple[tuple[str, str], ...]) -> Callable[[], bytes]:
    # The file is made in a thread that knows no reader: it takes this one's language along. What writes it is imported only then.
    reader, money = current(), currency()

    def made() -> bytes:
        from reports.formats import FORMATS as WRITERS

        use(reader, money)
        return WRITERS[kind.lower()](deck(shown, stated))

    return made
