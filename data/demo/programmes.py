"""Marketing programmes: what they cost, and what those with a mark on the order lines did to volume."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from data.demo.buyers import Buyers
from data.demo.catalogue import CATEGORIES
from data.demo.chance import stream
from data.demo.places import HEMISPHERES, REGIONS, SOUTH
from data.demo.span import Span


@dataclass(frozen=True)
class Template:
    """A programme that comes back every year in both hemispheres.

    `after_summer` counts months from the middle of summer. `uplift` multiplies the category's volume at the accounts that take
    part, `discount` is off their price, `cost` in EUR a year. No category: order lines carry no mark of it.
    """

    name: str
    kind: str
    after_summer: int
    category: str | None
    uplift: float
    discount: float
    cost: int


TEMPLATES = (
    Template("Arranque de temporada", "price", -3, "Lager", 1.22, 0.07, 68_000),
    Template("Isla de verano", "display", 0, "Radler y mixtas", 1.35, 0.0, 12_000),
    Template("Vuelve el barril", "price", 3, "Barril", 1.40, 0.09, 14_000),
    Template("Rincón artesano", "display", 5, "Artesana", 1.60, 0.0, 9_000),
    Template("Cero cero de invierno", "price", 6, "Sin alcohol", 1.00, 0.12, 33_000),
    Template("Escuela de distribuidores", "training", 7, None, 1.0, 0.0, 18_000),
    Template("Viaje a la maltería", "trip", 8, None, 1.0, 0.0, 52_000),
    Template("Fiesta de la cosecha", "event", 2, None, 1.0, 0.0, 27_000),
    Template("Guía de maridaje", "content", -5, None, 1.0, 0.0, 9_000),
)
"""The calendar of programmes. What is put on display earns more than it costs, a discount mostly
does not, and one (alcohol-free in winter) costs money and moves nothing."""

TAKING_PART = 0.6


@dataclass(frozen=True)
class Programme:
    """One programme: a template in a month of the span and a hemisphere."""

    programme_id: str
    template: Template
    parent: str
    month: int
    cost: float


@dataclass(frozen=True)
class Programmes:
    """All programmes in order of date; `takes_part` is programmes × buyers."""

    listed: tuple[Programme, ...]
    takes_part: np.ndarray

    @cached_property
    def marking(self) -> tuple[int, ...]:
        """Positions of the programmes whose lines carry their mark."""
        return tuple(number for number, item in enumerate(self.listed) if item.template.category)

    def in_month(self, month: int) -> list[int]:
        """Positions of the marking programmes of a month."""
        return [number for number in self.marking if self.listed[number].month == month]


def _occurrences(span: Span) -> list[tuple[int, Template, str]]:
    found = []
    for half in HEMISPHERES:
        for template in TEMPLATES:
            calendar = (half.summer + template.after_summer) % 12
            found += [(month, template, half.region_id) for month in np.flatnonzero(span.calendar_month == calendar).tolist()]
    return sorted(found, key=lambda item: (item[0], item[1].name, item[2]))


def make_programmes(seed: int, span: Span, buyers: Buyers) -> Programmes:
    """The programmes of a seed and the buyers that take part in each."""
    rng = stream(seed, "programmes")
    occurrences = _occurrences(span)
    weight = {half.region_id: (0.7 if half.region_id == SOUTH else 0.3) for half in HEMISPHERES}
    cost = [round(item[1].cost * weight[item[2]] * rng.uniform(0.85, 1.2), -2) for item in occurrences]
    listed = tuple(
        Programme(f"PR-{number:03d}", template, parent, month, cost[number - 1])
        for number, (month, template, parent) in enumerate(occurrences, 1)
    )
    parents = np.array([region.parent for region in REGIONS])[buyers.region]
    local = np.array([item.parent for item in listed])[:, None] == parents
    return Programmes(listed, local & (rng.random(local.shape) < TAKING_PART))


def effects(programmes: Programmes, month: int, category: np.ndarray, buyers: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Volume factor, discount and mark (programme's position, -1 = none) in a month, each buyers × products."""
    shape = (buyers, len(category))
    factor, discount, mark = np.ones(shape), np.zeros(shape), np.full(shape, -1, dtype=np.int16)
    for number in programmes.in_month(month):
        template = programmes.listed[number].template
        cells = np.ix_(programmes.takes_part[number], [CATEGORIES[item].name == template.category for item in category])
        factor[cells], discount[cells], mark[cells] = template.uplift, template.discount, number
    return factor, discount, mark


def names_of(programmes: Programmes, span: Span) -> list[str]:
    """Each programme's name: its template's, its hemisphere's and its year."""
    half = {item.region_id: item.name.removeprefix("Hemisferio ") for item in HEMISPHERES}
    return [f"{item.template.name} {half[item.parent]} {span.year[item.month]}" for item in programmes.listed]


def programmes_table(programmes: Programmes, span: Span) -> pl.DataFrame:
    """The contract table: each programme runs for one whole month."""
    months = np.array([item.month for item in programmes.listed])
    return pl.DataFrame(
        {
            "programme_id": [item.programme_id for item in programmes.listed],
            "programme": names_of(programmes, span),
            "kind": [item.template.kind for item in programmes.listed],
            "starts_on": pl.Series(span.first_days[months]),
            "ends_on": pl.Series(span.last_days[months]),
            "cost": pl.Series([item.cost for item in programmes.listed]).cast(pl.Decimal(18, 4)),
        }
    )
