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

COORDINATES = {
    "Buenos Aires": (-34.60, -58.42), "La Plata": (-34.93, -57.96), "Avellaneda": (-34.67, -58.36), "Montevideo": (-34.87, -56.17),
    "Rosario": (-32.95, -60.68), "Córdoba": (-31.41, -64.19), "Santa Rosa": (-36.62, -64.29), "Río Cuarto": (-33.13, -64.35),
    "Venado Tuerto": (-33.75, -61.97), "Paraná": (-31.74, -60.50), "Santa Fe": (-31.62, -60.71), "Concordia": (-31.40, -58.04),
    "Posadas": (-27.39, -55.92), "Corrientes": (-27.48, -58.81), "Mendoza": (-32.89, -68.85), "San Juan": (-31.53, -68.54),
    "San Luis": (-33.30, -66.34), "San Rafael": (-34.61, -68.33), "Salta": (-24.79, -65.42), "San Miguel de Tucumán": (-26.82, -65.22),
    "Jujuy": (-24.19, -65.30), "Catamarca": (-28.47, -65.78), "Neuquén": (-38.95, -68.07), "Bariloche": (-41.14, -71.31),
    "Trelew": (-43.25, -65.31), "Comodoro Rivadavia": (-45.86, -67.51), "Santiago": (-33.46, -70.65), "Rancagua": (-34.17, -70.73),
    "Valparaíso": (-33.06, -71.60), "Viña del Mar": (-33.03, -71.53), "Temuco": (-38.74, -72.59), "Valdivia": (-39.82, -73.23),
    "Osorno": (-40.58, -73.12), "Puerto Montt": (-41.46, -72.94), "Sevilla": (37.38, -5.97), "Málaga": (36.73, -4.43),
    "Cádiz": (36.52, -6.28), "Granada": (37.18, -3.60), "Almería": (36.85, -2.45), "Valencia": (39.47, -0.39),
    "Alicante": (38.36, -0.50), "Castellón": (39.98, -0.05), "Murcia": (37.99, -1.13), "Santander": (43.45, -3.82),
    "Gijón": (43.52, -5.67), "Bilbao": (43.26, -2.94), "A Coruña": (43.35, -8.41), "Madrid": (40.42, -3.70),
    "Valladolid": (41.65, -4.73), "Toledo": (39.86, -4.03), "Salamanca": (40.97, -5.66),
}  # fmt: skip
"""Latitude and longitude of each city's middle, in degrees."""


def summer(region: Region) -> int:
    """The calendar month (0 = January) in the middle of a region's peak."""
    return next(half.summer for half in HEMISPHERES if half.region_id == region.parent)


def seasonal_index(region: Region) -> np.ndarray:
    """The region's true seasonal index, January to December, mean 1: a cosine on the log scale."""
    angle = 2 * np.pi * (np.arange(12) - summer(region)) / 12
    index = np.exp(np.log(region.swing) / 2 * np.cos(angle))
    return index / index.mean()


def coordinates_of(cities: pl.Series, rng: np.random.Generator) -> tuple[pl.Series, pl.Series]:
    """Latitude and longitude of an address in each city, a few kilometres around its middle; null without a city, and of one in ten."""
    middle = np.array([COORDINATES.get(city, (np.nan, np.nan)) for city in cities])
    around = rng.normal(0, 0.025, middle.shape)
    known = rng.random(len(middle)) < 0.9
    found = np.where(known[:, None], np.round(middle + around, 4), np.nan)
    return pl.Series("latitude", found[:, 0], nan_to_null=True), pl.Series("longitude", found[:, 1], nan_to_null=True)


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
