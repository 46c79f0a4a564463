"""What is handed out, whatever its format: one finding a slide, with its figures and its chart or table, and what it all stands for."""

from dataclasses import dataclass, field

import polars as pl

from charts.chart import Chart


@dataclass(frozen=True)
class Figure:
    """A metric as it is written on the screen: its name, its value, and what it is compared with."""

    label: str
    value: str
    beside: str = ""


@dataclass(frozen=True)
class Slide:
    """A finding as the title, its figures in a row, and below them a chart, else the beginning of a table, else nothing."""

    finding: str
    figures: tuple[Figure, ...] = ()
    chart: Chart | None = None
    table: pl.DataFrame | None = None


@dataclass(frozen=True)
class Deck:
    """Everything that is handed out of one page or answer, in the reader's words.

    `stands` is the time that the figures stand for. `tables` are whole, by the names that their sheets get. `stated` says of which filters,
    thresholds and data all of it is, when and by whom it was made, as (label, text).
    """

    title: str
    stands: str = ""
    slides: tuple[Slide, ...] = ()
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    stated: tuple[tuple[str, str], ...] = ()

    @property
    def statement(self) -> str:
        """What is stated, in one line."""
        return " · ".join(f"{label}: {text}" for label, text in self.stated)

    @property
    def head(self) -> str:
        """The name and the time, as they stand above a finding."""
        return f"{self.title} · {self.stands}" if self.stands else self.title
