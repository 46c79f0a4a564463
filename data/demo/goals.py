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

AHEAD = 5
"""Months after the data that have targets: a season is planned before it begins."""

SCHEMES = (("RAP-ORO", "net_sales", True, (0.90, 1.00, 1.12), (0.010, 0.020, 0.030)),
           ("RAP-VOL", "volume", False, (0.85, 1.00, 1.15), (0.008, 0.016, 0.024)),
           ("RAP-CAJ", "quantity", True, (0.80, 1.05), (0.010, 0.018)))  # fmt: skip
"""Scheme, measure, retroactive, tiers as shares of the buyer's expected year, their rates."""

GROWTH = ("RAP-CRE", ((0.05, 0.010), (0.12, 0.015)))
"""For the buyers after the enrolled ones: retroactive, for growth on the year before."""

LOYALTY = ("RAP-FID", ((0.98, 0.003), (1.02, 0.006)))
"""For the largest lasting buyers: retroactive, for units since the first order, as shares of those expected by the year's end."""

GENERAL_TIERS = ((60_000, 0.005), (150_000, 0.010), (400_000, 0.015))
"""Open to every account, marginal, in EUR a year."""

ENROLLED, GROWING, LOYAL = 180, 60, 25


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


def _with_months_ahead(values: np.ndarray, buyers: Buyers) -> np.ndarray:
    """Buyers × months with the months ahead: as a year before, times what each buyer's plan grew by since; none of who has left."""
    before, last = values[:, -13], values[:, -1]
    growth = np.where(before > 0, np.clip(last / np.where(before > 0, before, 1), 0.5, 2), 1) * (buyers.stop == MONTHS - 1)
    return np.concatenate([values, values[:, -12 : AHEAD - 12] * growth[:, None]], axis=1)


def targets_table(seed: int, span: Span, force: Force, buyers: Buyers, catalogue: Catalogue, demand: Demand) -> pl.DataFrame:
    """The contract table, in money and in sales units: month × salesperson × region, and the same plan again by account.

    The accounts have theirs for the running year and the months ahead only.
    """
    rng = stream(seed, "targets")
    money, units, _ = planned(demand, catalogue)
    stretch = AMBITION * rng.normal(1, 0.035, len(force.ids)).clip(0.92, 1.08)
    owner = np.concatenate([buyers.owner, np.repeat(buyers.owner[:, -1:], AHEAD, axis=1)], axis=1)
    asked = [_with_months_ahead(values, buyers) * stretch[owner] for values in (money, units)]
    months = (span.months[0] + np.arange(MONTHS + AHEAD)).astype("datetime64[D]")
    return pl.concat([_of_people(*asked, owner, months, force, buyers), _of_accounts(*asked, months, buyers)])


def _of_people(money: np.ndarray, units: np.ndarray, owner: np.ndarray, months: np.ndarray, force: Force, buyers: Buyers) -> pl.DataFrame:
    region = np.repeat(buyers.region, len(months))
    cell = (owner.ravel() * len(months) + np.tile(np.arange(len(months)), BUYERS)) * len(REGIONS) + region
    shape = (len(force.ids), len(months), len(REGIONS))
    money, units = (np.bincount(cell, values.ravel(), np.prod(shape)).reshape(shape) for values in (money, units))
    month, person, place = np.nonzero(money.transpose(1, 0, 2) > 50)
    found = (person, month, place)
    return _targets(months[month], np.round(money[found], -2), units[found], [REGIONS[at].region_id for at in place], force.ids[person].tolist())


def _of_accounts(money: np.ndarray, units: np.ndarray, months: np.ndarray, buyers: Buyers) -> pl.DataFrame:
    month, buyer = np.nonzero((money > 50).T & (months >= months[-AHEAD - 1].astype("datetime64[Y]"))[:, None])
    return _targets(months[month], np.round(money[buyer, month], -1), units[buyer, month], accounts=buyers.ids[buyer].tolist())


def _targets(
    months: np.ndarray, money: np.ndarray, units: np.ndarray,
    regions: list[str] | None = None, people: list[str] | None = None, accounts: list[str] | None = None,
) -> pl.DataFrame:  # fmt: skip
    nobody = [None] * len(months)
    named = {"region_id": regions, "salesperson_id": people, "account_id": accounts, "product_id": None}
    return pl.DataFrame(
        {"month": pl.Series(months), "amount": pl.Series(money).cast(pl.Decimal(18, 4)), "quantity": np.round(units)}
        | {name: pl.Series(ids or nobody, dtype=pl.String) for name, ids in named.items()}
    )


def _rounded(value: float, figures: int = 2) -> float:
    """To two or three figures, as a scheme would say it."""
    digits = figures - 1 - int(np.floor(np.log10(max(value, 1))))
    return max(1.0, float(np.round(value, digits)))


def rebates_table(seed: int, span: Span, buyers: Buyers, catalogue: Catalogue, demand: Demand) -> pl.DataFrame:
    """The contract table: tiers of the larger buyers, from their expected year, growth and loyalty of some, one scheme for everybody."""
    rng = stream(seed, "rebates")
    money, units, hl = (values[:, -12:].sum(axis=1) for values in planned(demand, catalogue))
    yearly = {"net_sales": money, "quantity": units, "volume": hl}
    staying = (buyers.stop == MONTHS - 1) & (money > 0)
    ranked = np.flatnonzero(staying)[np.argsort(-money[staying], kind="stable")]
    enrolled, growing = ranked[:ENROLLED], ranked[ENROLLED : ENROLLED + GROWING]
    rows = []
    for buyer, choice in zip(np.sort(enrolled), rng.choice(len(SCHEMES), ENROLLED, p=(0.5, 0.3, 0.2)), strict=True):
        scheme, measure, retroactive, tiers, rates = SCHEMES[choice]
        steps = [_rounded(share * yearly[measure][buyer]) for share in tiers]
        rows += [(scheme, buyers.ids[buyer], measure, step, rate, retroactive) for step, rate in zip(steps, rates, strict=True)]
    rows += [(GROWTH[0], buyers.ids[buyer], "growth", step, rate, True) for buyer in np.sort(growing) for step, rate in GROWTH[1]]
    to_december = MONTHS + 11 - span.calendar_month[-1]
    life = _with_months_ahead(planned(demand, catalogue)[1], buyers)[:, :to_december].sum(axis=1)
    rows += [
        (LOYALTY[0], buyers.ids[buyer], "cumulative", _rounded(share * life[buyer], 3), rate, True)
        for buyer in np.sort([buyer for buyer in ranked if buyers.start[buyer] == 0][:LOYAL]) for share, rate in LOYALTY[1]
    ]  # fmt: skip
    rows += [("RAP-GEN", None, "net_sales", float(step), rate, False) for step, rate in GENERAL_TIERS]
    columns = {"scheme_id": pl.String, "account_id": pl.String, "measure": pl.String, "from_value": pl.Float64}
    return pl.DataFrame(rows, schema=columns | {"rate": pl.Float64, "retrospective": pl.Boolean}, orient="row")
