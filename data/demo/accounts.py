"""The accounts table: buyers, wholesalers, outlets and prospects in one list, with their terms."""

import numpy as np
import polars as pl

from data.demo import names
from data.demo.buyers import BUYERS, DIRECT, DISTRIBUTORS, Buyers
from data.demo.chance import stream
from data.demo.network import NO_DAY, Group, Network
from data.demo.people import Force
from data.demo.places import REGIONS, cities_of, coordinates_of
from data.demo.span import MONTHS, Span

TERMS = np.array([30, 45, 60, 90])
CHANNELS = {
    "distributor": ("Distribución general", "Distribución hostelería", "Distribución alimentación"),
    "wholesaler": ("Mayorista hostelería", "Mayorista alimentación"),
    "outlet": ("Hostelería", "Alimentación", "Ocio nocturno"),
    "direct": ("Hoteles", "Gran superficie", "Restauración organizada"),
}
"""Channels by kind of account."""

STRATEGIC = (
    "Aeropuertos: visibilidad", "Patrocinio del festival de verano", "Puerta de entrada a la zona franca", "Referencia del sector hotelero",
    "Única presencia en la isla", "Estadio: imagen de marca", "Venta cruzada con el grupo hostelero",
)  # fmt: skip
"""Reasons to keep an account whatever it earns; each is one account's."""


def _channels(kind: str, count: int, rng: np.random.Generator) -> list[str]:
    options = np.array(CHANNELS[kind], dtype=object)
    return options[np.floor(rng.random(count) ** 1.3 * len(options)).astype(int)].tolist()


def _opened(buyers: Buyers, span: Span, rng: np.random.Generator) -> np.ndarray:
    """New buyers are opened some days before their first order; the others long ago, of a few it is not known when."""
    old = span.first_days[0] - rng.integers(60, 9000, BUYERS)
    new = span.first_days[np.minimum(buyers.start, MONTHS - 1)] - rng.integers(3, 25, BUYERS)
    return np.where(buyers.start > 0, new, np.where(rng.random(BUYERS) < 0.02, NO_DAY, old))


def terms_of(buyers: Buyers, seed: int) -> np.ndarray:
    """Days to pay of each buyer: the larger ones get more."""
    rank = np.log(buyers.size) + stream(seed, "terms").normal(0, 1, BUYERS)
    return TERMS[np.searchsorted((-0.9, 0.6, 2.0), rank)]


def _credit(net_cents: np.ndarray, terms: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Limits in EUR: what is open at the customary pace in the best year, with some room."""
    yearly = net_cents.reshape(BUYERS, -1, 12).sum(axis=2).max(axis=1) / 100
    room = yearly / 12 * (terms / 30 + 1) * rng.uniform(0.9, 1.6, BUYERS)
    return np.maximum(1000, np.round(room / 500) * 500)


def _buyers_part(seed: int, span: Span, force: Force, buyers: Buyers, net_cents: np.ndarray) -> pl.DataFrame:
    rng = stream(seed, "accounts")
    terms = terms_of(buyers, seed)
    called = np.concatenate(
        [
            names.businesses(names.DISTRIBUTOR_PATTERNS, names.SURNAMES, DISTRIBUTORS, rng),
            names.businesses(names.KEY_ACCOUNT_PATTERNS, names.OUTLET_WORDS, DIRECT, rng),
        ]
    )
    reasons = np.full(BUYERS, None, dtype=object)
    reasons[rng.permutation(np.flatnonzero(buyers.size < 0.8))[: len(STRATEGIC)]] = STRATEGIC
    reference = np.clip(rng.normal(45, 18, BUYERS) + 8 * np.log(buyers.size), 0, 100).round()
    return pl.DataFrame(
        {
            "account_id": buyers.ids.tolist(),
            "account": called.tolist(),
            "kind": np.where(buyers.is_direct, "direct", "distributor").tolist(),
            "parent_account_id": pl.Series([None] * BUYERS, dtype=pl.String),
            "region_id": [REGIONS[number].region_id for number in buyers.region],
            "salesperson_id": force.ids[buyers.owner[:, -1]].tolist(),
            "channel": _channels("distributor", DISTRIBUTORS, rng) + _channels("direct", DIRECT, rng),
            "city": cities_of(buyers.region, rng).tolist(),
            "opened_on": pl.Series(_opened(buyers, span, rng)),
            "credit_limit": pl.Series(_credit(net_cents, terms, rng)).cast(pl.Decimal(18, 4)),
            "payment_terms_days": terms,
            "reference_value": reference,
            "strategic": pl.Series(reasons.tolist(), dtype=pl.String),
        }
    )


def _group_part(group: Group, force: Force, rng: np.random.Generator) -> pl.DataFrame:
    count = len(group.ids)
    known = rng.random(count) < 0.25 if group.kind == "outlet" else np.full(count, False)
    has_city = rng.random(count) < 0.97
    return pl.DataFrame(
        {
            "account_id": group.ids.tolist(),
            "account": group.names.tolist(),
            "kind": [group.kind] * count,
            "parent_account_id": pl.Series(group.parent.tolist(), dtype=pl.String),
            "region_id": [REGIONS[number].region_id for number in group.region],
            "salesperson_id": force.ids[group.owner].tolist(),
            "channel": _channels(group.kind, count, rng),
            "city": np.where(has_city, group.city, None).tolist(),
            "opened_on": pl.Series(group.opened),
            "reference_value": pl.Series(np.where(known, rng.integers(5, 95, count), np.nan)).fill_nan(None),
        }
    )


def accounts_table(seed: int, span: Span, force: Force, buyers: Buyers, network: Network, net_cents: np.ndarray) -> pl.DataFrame:
    """The contract table: buyers first, then wholesalers, outlets, prospects."""
    rng = stream(seed, "groups")
    own = _buyers_part(seed, span, force, buyers, net_cents)
    groups = [_group_part(group, force, rng) for group in (network.wholesalers, network.outlets, network.prospects)]
    accounts = pl.concat([own, *groups], how="diagonal")
    return accounts.with_columns(*coordinates_of(accounts["city"], stream(seed, "coordinates")))
