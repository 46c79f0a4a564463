"""Where the brewery sells: eight regions with the southern summer, four with the northern one."""

from dataclasses import dataclass

import numpy as np
import polars as pl

SOUTH, NORTH = "SUR", "NORTE"


@dataclass(frozen=True)
class Hemisphere:
    """A parent region: the month (0 = January) in the middle of its summer."""

    region_id: str
    name: str
    summer: int


@dataclass(frozen=True)
class Region:
    """A sales region.

    `swing` is the best month ÷ the worst, `weight` its share of the business, `growth` the change of its
    demand a year, `prefix` its telephone country code.
    """

    region_id: str
    name: str
    parent: str
    swing: float
    weight: float
    growth: float
    prefix: str
    cities: tuple[str, ...]


HEMISPHERES = (Hemisphere(SOUTH, "Hemisferio Sur", 0), Hemisphere(NORTH, "Hemisferio Norte", 6))
"""The peak is December to February in the south, June to August in the north. Five sixths of the business are southern, so
that the company as a whole has a season, too."""

REGIONS = (
    Region("R-01", "Río de la Plata", SOUTH, 2.2, 0.16, 0.03, "+54", ("Buenos Aires", "La Plata", "Avellaneda", "Montevideo")),
    Region("R-02", "Pampa", SOUTH, 2.3, 0.13, 0.02, "+54", ("Rosario", "Córdoba", "Santa Rosa", "Río Cuarto", "Venado Tuerto")),
    Region("R-03", "Litoral", SOUTH, 2.0, 0.09, 0.05, "+54", ("Paraná", "Santa Fe", "Concordia", "Posadas", "Corrientes")),
    Region("R-04", "Cuyo", SOUTH, 2.2, 0.09, 0.00, "+54", ("Mendoza", "San Juan", "San Luis", "San Rafael")),
    Region("R-05", "Noroeste", SOUTH, 1.9, 0.08, 0.06, "+54", ("Salta", "San Miguel de Tucumán", "Jujuy", "Catamarca")),
    Region("R-06", "Patagonia", SOUTH, 2.4, 0.07, -0.03, "+54", ("Neuquén", "Bariloche", "Trelew", "Comodoro Rivadavia")),
    Region("R-07", "Chile Central", SOUTH, 2.3, 0.15, 0.04, "+56", ("Santiago", "Rancagua", "Valparaíso", "Viña del Mar")),
    Region("R-08", "Araucanía", SOUTH, 2.1, 0.06, 0.01, "+56", ("Temuco", "Valdivia", "Osorno", "Puerto Montt")),
    Region("R-09", "Andalucía", NORTH, 2.3, 0.05, 0.02, "+34", ("Sevilla", "Málaga", "Cádiz", "Granada", "Almería")),
    Region("R-10", "Levante", NORTH, 2.5, 0.05, 0.04, "+34", ("Valencia", "Alicante", "Castellón", "Murcia")),
    Region("R-11", "Cantábrico", NORTH, 1.9, 0.03, -0.02, "+34", ("Santander", "Gijón", "Bilbao", "A Coruña")),
    Region("R-12", "Meseta", NORTH, 2.1, 0.04, 0.03, "+34", ("Madrid", "Valladolid", "Toledo", "Salamanca")),
)
"""Every region, with its season in the constants above: the demo's one source of geography."""

WEIGHTS = np.array([region.weight for region in REGIONS])


def summer(region: Region) -> int:
    """The calendar month (0 = January) in the middle of a region's peak."""
    return next(half.summer for half in HEMISPHERES if half.region_id == region.parent)


def seasonal_index(region: Region) -> np.ndarray:
    """The region's true seasonal index, January to December, mean 1: a cosine on the log scale."""
    angle = 2 * np.pi * (np.arange(12) - summer(region)) / 12
    index = np.exp(np.log(region.swing) / 2 * np.cos(angle))
    return index / index.mean()


def regions_table() -> pl.DataFrame:
    """The contract table: the two hemispheres, then the regions below them."""
    rows = [(half.region_id, half.name, None) for half in HEMISPHERES]
    rows += [(region.region_id, region.name, region.parent) for region in REGIONS]
    return pl.DataFrame(rows, schema=["region_id", "region", "parent_region_id"], orient="row")


def cities_of(region_numbers: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A city for each region number, the first cities of a region being the larger ones."""
    squared = rng.random(len(region_numbers)) ** 1.5
    width = max(len(region.cities) for region in REGIONS)
    grid = np.array([region.cities + ("",) * (width - len(region.cities)) for region in REGIONS], dtype=object)
    size = np.array([len(region.cities) for region in REGIONS])
    return grid[region_numbers, np.floor(squared * size[region_numbers]).astype(int)]
