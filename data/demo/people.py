"""The sales force: a director, a manager for each region, and the salespeople below them."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import names
from data.demo.chance import shares_to_counts, stream
from data.demo.places import REGIONS, WEIGHTS

REPRESENTATIVES = 47
DOMAIN = "cerveceriadosmareas.example"


@dataclass(frozen=True)
class Force:
    """Sixty people by position: 0 the director, 1–12 the managers in the order of REGIONS, then the representatives.

    `region` is the region's number (-1 for the director), `drive` a person's skill (mean 0), `diligence`
    the share of planned visits that they make.
    """

    ids: np.ndarray
    names: np.ndarray
    region: np.ndarray
    drive: np.ndarray
    diligence: np.ndarray

    @property
    def first_representative(self) -> int:
        """The position of the first representative."""
        return 1 + len(REGIONS)

    @property
    def representatives(self) -> np.ndarray:
        """The representatives' positions."""
        return np.arange(self.first_representative, len(self.ids))


def make_force(seed: int) -> Force:
    """The sales force of a seed; every region has at least two representatives."""
    rng = stream(seed, "force")
    extra = shares_to_counts(WEIGHTS, REPRESENTATIVES - 2 * len(REGIONS))
    own = np.repeat(np.arange(len(REGIONS)), extra + 2)
    region = np.concatenate([[-1], np.arange(len(REGIONS)), own])
    ids = np.array([f"S-{number:03d}" for number in range(1, len(region) + 1)], dtype=object)
    drive = rng.normal(0, 0.04, len(region))
    return Force(ids, names.people(len(region), rng), region, drive, rng.uniform(0.68, 1.0, len(region)))


def salespeople_table(force: Force) -> pl.DataFrame:
    """The contract table; a manager's manager is the director."""
    region_ids = [None if number < 0 else REGIONS[number].region_id for number in force.region]
    first = force.first_representative
    managers = [None] + [force.ids[0]] * len(REGIONS) + [force.ids[1 + number] for number in force.region[first:]]
    roles = ["Directora comercial"] + ["Jefe regional"] * len(REGIONS) + ["Vendedor"] * (len(force.ids) - first)
    return pl.DataFrame(
        {
            "salesperson_id": force.ids.tolist(),
            "salesperson": force.names.tolist(),
            "region_id": region_ids,
            "manager_id": managers,
            "role": roles,
            "email": names.emails(force.names, np.full(len(force.ids), DOMAIN, dtype=object)),
        }
    )
