"""The catalogue: eighty beers in six categories, with their prices, costs, seasons and lives."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.chance import stream
from data.demo.span import MONTHS, Span


@dataclass(frozen=True)
class Category:
    """A category: euros of list price per hl, share of volume, how strongly it follows the season (1 = as the
    region does), how standardised it is (0–100), its brands in order of popularity and its formats."""

    name: str
    price: float
    share: float
    season: float
    standard: int
    brands: tuple[str, ...]
    formats: tuple[str, ...]


FORMATS = {
    "botella 33 cl × 24": (0.0792, 1.10),
    "lata 33 cl × 24": (0.0792, 1.00),
    "botella 1 L × 12": (0.1200, 0.86),
    "lata 50 cl × 24": (0.1200, 0.94),
    "barril 20 L": (0.2000, 1.05),
    "barril 30 L": (0.3000, 1.00),
}
"""Sales unit → (volume in hl, price against the category's)."""

CASES = ("botella 33 cl × 24", "lata 33 cl × 24", "botella 1 L × 12", "lata 50 cl × 24")
SMALL_CASES = CASES[:2]

CATEGORIES = (
    Category("Lager", 165, 0.42, 1.0, 92, ("Dos Mareas", "Cerro Pardo", "Quilla", "Aguaverde", "La Tejedora"), CASES),
    Category("Especial", 215, 0.17, 0.7, 74, ("Dos Mareas Reserva", "Cerro Pardo Tostada", "Nube Negra", "Quilla Extra"), CASES),
    Category(
        "Artesana", 360, 0.08, 0.6, 28,
        ("Tordo IPA", "Zarza Roja", "Calandria Trigo", "Viento Sur Pale Ale", "Encina Ámbar", "Limonar Saison", "Brasero Porter",
         "Piedra Alta Stout"),
        SMALL_CASES,
    ),
    Category(
        "Sin alcohol", 190, 0.10, 0.8, 85,
        ("Dos Mareas 0,0", "Aguaverde 0,0", "Quilla Cero", "Dos Mareas 0,0 Tostada", "Cerro Pardo Sin"), SMALL_CASES,
    ),
    Category("Radler y mixtas", 180, 0.10, 1.7, 80, ("Quilla Radler Limón", "Aguaverde Pomelo", "Marea Clara", "Tinto Marea"), SMALL_CASES),
    Category(
        "Barril", 205, 0.13, 1.2, 55,
        ("Dos Mareas", "Cerro Pardo", "Tordo IPA", "Quilla", "Nube Negra"),
        ("barril 30 L", "barril 20 L"),
    ),
)  # fmt: skip
"""The catalogue's plan: brands × formats of each category, 80 products together."""

WINTER_BEERS = ("Brasero Porter", "Piedra Alta Stout")
"""Beers that sell better in the cold months."""

LAUNCHES, DELISTED, UNCOSTED = 10, 6, 4


@dataclass(frozen=True)
class Catalogue:
    """Products by position, as arrays; `cost` is nan where the company does not know it.

    `first` and `last` are the months (positions in the span) between which a product is sold.
    """

    ids: np.ndarray
    names: np.ndarray
    brand: np.ndarray
    category: np.ndarray
    volume: np.ndarray
    price: np.ndarray
    cost: np.ndarray
    popularity: np.ndarray
    season: np.ndarray
    standard: np.ndarray
    first: np.ndarray
    last: np.ndarray

    @property
    def house(self) -> np.ndarray:
        """The number of each product's brewing house: its brand's first word (Quilla, Quilla Extra and Quilla Cero are one house)."""
        return np.unique([brand.split()[0] for brand in self.brand], return_inverse=True)[1]

    @property
    def flagships(self) -> np.ndarray:
        """Positions of the products that every buyer stocks: the first two beers of the first brand."""
        return np.array([0, 1])


def _plan() -> list[tuple[int, int, int, str, str]]:
    return [
        (number, place, rank, brand, unit)
        for number, category in enumerate(CATEGORIES)
        for place, brand in enumerate(category.brands)
        for rank, unit in enumerate(category.formats)
    ]


def _popularity(category: np.ndarray, place: np.ndarray, rank: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    raw = 0.62**place * 0.75**rank * rng.lognormal(0, 0.35, len(category))
    totals = np.bincount(category, raw)
    return raw / totals[category] * np.array([item.share for item in CATEGORIES])[category]


def _lives(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    first, last = np.zeros(count, dtype=int), np.full(count, MONTHS - 1)
    chosen = rng.permutation(np.arange(4, count))[: LAUNCHES + DELISTED]
    first[chosen[:LAUNCHES]] = np.linspace(8, MONTHS - 3, LAUNCHES).astype(int)
    last[chosen[LAUNCHES:]] = np.linspace(18, MONTHS - 6, DELISTED).astype(int)
    return first, last


def _price(category: np.ndarray, place: np.ndarray, units: list[str], rng: np.random.Generator) -> np.ndarray:
    per_hl = (
        np.array([item.price for item in CATEGORIES])[category] * (1.06 - 0.03 * place) * rng.uniform(0.97, 1.03, len(category))
    )
    return np.round([per * FORMATS[unit][0] * FORMATS[unit][1] for per, unit in zip(per_hl, units, strict=True)], 1)


def make_catalogue(seed: int) -> Catalogue:
    """The catalogue of a seed."""
    rng = stream(seed, "catalogue")
    plan = _plan()
    category, place, rank = (np.array([row[index] for row in plan]) for index in range(3))
    brands, units = [row[3] for row in plan], [row[4] for row in plan]
    price = _price(category, place, units, rng)
    cost = np.round(price * rng.uniform(0.46, 0.60, len(plan)), 2)
    cost[rng.permutation(np.arange(8, len(plan)))[:UNCOSTED]] = np.nan
    season = np.array([item.season for item in CATEGORIES])[category] + rng.normal(0, 0.06, len(plan))
    season[np.isin(brands, WINTER_BEERS)] = -0.5
    first, last = _lives(len(plan), rng)
    return Catalogue(
        ids=np.array([f"P-{number:03d}" for number in range(1, len(plan) + 1)], dtype=object),
        names=np.array([f"{brand} {unit}" for brand, unit in zip(brands, units, strict=True)], dtype=object),
        brand=np.array(brands, dtype=object),
        category=category,
        volume=np.array([FORMATS[unit][0] for unit in units]),
        price=price,
        cost=cost,
        popularity=_popularity(category, place, rank, rng),
        season=season,
        standard=np.clip(
            np.array([item.standard for item in CATEGORIES])[category] + rng.normal(0, 6, len(plan)), 0, 100
        ).round(),
        first=first,
        last=last,
    )


def _launch_days(catalogue: Catalogue, span: Span, rng: np.random.Generator) -> list:
    old = span.first_days[0] - rng.integers(200, 6000, len(catalogue.ids))
    days = np.where(catalogue.first > 0, span.first_days[catalogue.first], old)
    unknown = rng.permutation(np.flatnonzero(catalogue.first == 0))[:3]
    return [None if number in unknown else day for number, day in enumerate(days.tolist())]


def products_table(catalogue: Catalogue, span: Span, seed: int) -> pl.DataFrame:
    """The contract table; prices and costs are those of the last year, per sales unit."""
    ended = np.where(catalogue.last < MONTHS - 1, span.last_days[catalogue.last], np.datetime64("NaT", "D"))
    return pl.DataFrame(
        {
            "product_id": catalogue.ids.tolist(),
            "product": catalogue.names.tolist(),
            "category": [CATEGORIES[number].name for number in catalogue.category],
            "brand": catalogue.brand.tolist(),
            "unit_volume": catalogue.volume,
            "list_price": pl.Series(catalogue.price).cast(pl.Decimal(18, 4)),
            "unit_cost": pl.Series(catalogue.cost).fill_nan(None).cast(pl.Decimal(18, 4)),
            "standardisation": catalogue.standard,
            "launched_on": pl.Series(_launch_days(catalogue, span, stream(seed, "launches")), dtype=pl.Date),
            "discontinued_on": pl.Series(ended.astype("datetime64[D]")),
        }
    )
