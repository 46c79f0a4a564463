"""Targets of the sales force and rebate schemes of the buyers, both set from what a planner would have expected."""

import numpy as np
import polars as pl

from data.demo.buyers import BUYERS, Buyers
from data.demo.catalogue import Catalogue
from data.demo.chance import stream
from data.demo.demand import Demand
from data.demo.people import Force
from data.demo.places import REGIONS
from data.demo.span import MONTHS, Span

AMBITION = 1.03
"""Targets ask for a little more than is expected."""

SCHEMES = (("RAP-ORO", "net_sales", True, (0.90, 1.00, 1.12), (0.010, 0.020, 0.030)),
           ("RAP-VOL", "volume", False, (0.85, 1.00, 1.15), (0.008, 0.016, 0.024)),
           ("RAP-CAJ", "quantity", True, (0.80, 1.05), (0.010, 0.018)))  # fmt: skip
"""Scheme, measure, retroactive, tiers as shares of the buyer's expected year, their rates."""

GENERAL_TIERS = ((60_000, 0.005), (150_000, 0.010), (400_000, 0.015))
"""Open to every account, marginal, in EUR a year."""

ENROLLED = 180


def _per_hl(demand: Demand, catalogue: Catalogue) -> tuple[np.ndarray, np.ndarray]:
    """Euros and sales units per hl of each buyer's mix: two arrays buyers × months."""
    units = demand.mix / catalogue.volume
    off = demand.buyer_discount[None, :, None] + demand.extra_discount
    money = (units * catalogue.price * (1 - off)).sum(axis=2) * demand.price_level[:, None]
    return money.T, units.sum(axis=2).T


def planned(demand: Demand, catalogue: Catalogue) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What a planner expects of each buyer and month: EUR, sales units, hl."""
    money, units = _per_hl(demand, catalogue)
    # A demo with few lines leaves months without any: its targets shrink with it.
    covered = demand.volume[demand.lines > 0].sum() / demand.volume.sum()
    hl = demand.planned * covered
    return hl * money, hl * units, hl


def _summed(values: np.ndarray, buyers: Buyers, people: int) -> np.ndarray:
    """Buyers × months added up to person × month × region."""
    region = np.repeat(buyers.region, MONTHS)
    cell = (buyers.owner.ravel() * MONTHS + np.tile(np.arange(MONTHS), BUYERS)) * len(REGIONS) + region
    return np.bincount(cell, values.ravel(), people * MONTHS * len(REGIONS)).reshape(people, MONTHS, len(REGIONS))


def targets_table(seed: int, span: Span, force: Force, buyers: Buyers, catalogue: Catalogue, demand: Demand) -> pl.DataFrame:
    """The contract table at one grain, month × salesperson × region, both in money and in sales units: rows add up."""
    rng = stream(seed, "targets")
    money, units, _ = planned(demand, catalogue)
    stretch = AMBITION * rng.normal(1, 0.035, len(force.ids)).clip(0.92, 1.08)[:, None, None]
    money, units = (_summed(values, buyers, len(force.ids)) * stretch for values in (money, units))
    month, person, region = np.nonzero(money.transpose(1, 0, 2) > 50)
    return pl.DataFrame(
        {
            "month": pl.Series(span.first_days[month]),
            "amount": pl.Series(np.round(money[person, month, region], -2)).cast(pl.Decimal(18, 4)),
            "quantity": np.round(units[person, month, region]),
            "region_id": [REGIONS[number].region_id for number in region],
            "salesperson_id": force.ids[person].tolist(),
            "account_id": pl.Series([None] * len(month), dtype=pl.String),
            "product_id": pl.Series([None] * len(month), dtype=pl.String),
        }
    )


def _rounded(value: float) -> float:
    """To two figures, as a scheme would say it."""
    digits = 1 - int(np.floor(np.log10(max(value, 1))))
    return max(1.0, float(np.round(value, digits)))


def rebates_table(seed: int, buyers: Buyers, catalogue: Catalogue, demand: Demand) -> pl.DataFrame:
    """The contract table: tiers of the larger buyers, from their expected year, and one scheme for everybody."""
    rng = stream(seed, "rebates")
    money, units, hl = (values[:, -12:].sum(axis=1) for values in planned(demand, catalogue))
    yearly = {"net_sales": money, "quantity": units, "volume": hl}
    staying = (buyers.stop == MONTHS - 1) & (money > 0)
    enrolled = np.flatnonzero(staying)[np.argsort(-money[staying], kind="stable")][:ENROLLED]
    rows = []
    for buyer, choice in zip(np.sort(enrolled), rng.choice(len(SCHEMES), ENROLLED, p=(0.5, 0.3, 0.2)), strict=True):
        scheme, measure, retroactive, tiers, rates = SCHEMES[choice]
        steps = [_rounded(share * yearly[measure][buyer]) for share in tiers]
        rows += [(scheme, buyers.ids[buyer], measure, step, rate, retroactive) for step, rate in zip(steps, rates, strict=True)]
    rows += [("RAP-GEN", None, "net_sales", float(step), rate, False) for step, rate in GENERAL_TIERS]
    columns = {"scheme_id": pl.String, "account_id": pl.String, "measure": pl.String, "from_value": pl.Float64}
    return pl.DataFrame(rows, schema=columns | {"rate": pl.Float64, "retrospective": pl.Boolean}, orient="row")
