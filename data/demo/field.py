"""What the sales force did: visits, calls, messages and events, with what came of them."""

import numpy as np
import polars as pl

from data.demo.acts import Acts, acts_of, joined
from data.demo.buyers import BUYERS, Buyers
from data.demo.chance import pick_by_group, stream
from data.demo.guests import acts_around
from data.demo.leads import Leads
from data.demo.network import OLD_OUTLETS, OLD_WHOLESALERS, Group, Network
from data.demo.people import Force
from data.demo.places import REGIONS
from data.demo.plans import Plans
from data.demo.programmes import Programmes
from data.demo.sales import euros
from data.demo.span import MONTHS, Span

ORDER_DAYS = 7
"""An order within so many days of a visit is that visit's outcome."""

CHECKED_FROM, CHECKED_TO, CHECKED, CHECK_FINDS = 61, 90, 0.85, 0.95
"""A new account is looked up between these days after its opening; how often that is done, and how often one that buys has an order ready."""

ORDERED = "Pedido"
NOT_ORDERED = np.array(["Sin pedido", "Ausente", "Reclamación", "Presentación de novedades"], dtype=object)
ANSWERS = np.array(["Sin respuesta", "Respondió", "Nos contactó", "Pide propuesta"], dtype=object)
UNPLANNED_SHARE = 0.15


def _has_order(buyer: np.ndarray, day: np.ndarray, order_days: pl.DataFrame) -> np.ndarray:
    """Whether each buyer ordered within `ORDER_DAYS` of each day."""
    far = 1_000_000
    ordered = order_days["buyer"].to_numpy() * far + order_days["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    ordered = np.append(np.sort(ordered), np.iinfo(np.int64).max)
    asked = buyer * far + day.astype(np.int64)
    return ordered[np.searchsorted(ordered, asked)] - asked <= ORDER_DAYS


def _with_buyers(
    kind: str, counts: np.ndarray, buyers: Buyers, span: Span, order_days: pl.DataFrame, rng: np.random.Generator
) -> Acts:
    """Visits or calls to buyers: `counts` by buyer and month."""
    buyer = np.repeat(np.repeat(np.arange(BUYERS), MONTHS), counts.ravel())
    month = np.repeat(np.tile(np.arange(MONTHS), BUYERS), counts.ravel())
    day = span.some_workdays(month, rng)
    other = NOT_ORDERED[rng.choice(len(NOT_ORDERED), len(buyer), p=(0.62, 0.13, 0.05, 0.20))]
    outcome = np.where(_has_order(buyer, day, order_days), ORDERED, other)
    hours, planned = ((0.5, 2.5), 1 - UNPLANNED_SHARE) if kind == "visit" else ((0.25, 0.5), 0.3)
    return acts_of(buyers.ids[buyer], buyers.owner[buyer, month], day, kind, outcome, planned, hours, rng)


def _places(group: Group, codes: dict[str, int]) -> np.ndarray:
    return np.array([codes[city] for city in group.city])


def _outcome_below(group: Group, found: np.ndarray, day: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """An outlet that did not live on orders in its first two months only."""
    is_young = day - group.opened[found] < np.timedelta64(60, "D")
    orders = (rng.random(len(found)) < 0.46) & (group.lives_on[found] | is_young)
    other = NOT_ORDERED[rng.choice(len(NOT_ORDERED), len(found), p=(0.66, 0.18, 0.04, 0.12))]
    return np.where(orders, ORDERED, other)


def _by_plan(kind: int, group: Group, old: int, plans: Plans, span: Span, force: Force, rng: np.random.Generator) -> Acts:
    """Visits to wholesalers or outlets in the planned areas, as many of those planned as the salesperson's diligence allows."""
    made = rng.binomial(plans.visits, force.diligence[plans.owner]) * (plans.kind == kind)
    row = np.repeat(np.arange(len(made)), made)
    codes = {city: number for number, city in enumerate(city for region in REGIONS for city in region.cities)}
    wanted = np.array([codes[city] for city in plans.area])[row]
    day = span.some_workdays(plans.month[row], rng)
    members = _places(group, codes)
    found = pick_by_group(wanted, members, rng)
    is_later = group.opened[found] > day
    found = np.where(is_later, pick_by_group(wanted, members[:old], rng), found)
    row, found, day = (part[found >= 0] for part in (row, found, day))
    outcome = _outcome_below(group, found, day, rng)
    return acts_of(group.ids[found], plans.owner[row], day, "visit", outcome, 0.92, (0.25, 1.25), rng)


def _openings(group: Group, span: Span, rng: np.random.Generator) -> Acts:
    """The visit that won each account opened within the span."""
    new = np.flatnonzero(group.opened >= span.first_days[0])
    outcome = np.full(len(new), "Alta", dtype=object)
    return acts_of(group.ids[new], group.owner[new], group.opened[new], "visit", outcome, 0.6, (0.75, 2.0), rng)


def _checks(group: Group, span: Span, rng: np.random.Generator) -> Acts:
    """The visit some two months after an opening, to see whether the account still buys: most of them are made."""
    days = group.opened + rng.integers(CHECKED_FROM, CHECKED_TO, len(group.ids))
    made = np.flatnonzero((group.opened >= span.first_days[0]) & (days <= span.end) & (rng.random(len(days)) < CHECKED))
    buys = group.lives_on[made] & (rng.random(len(made)) < CHECK_FINDS)
    outcome = np.where(buys, ORDERED, NOT_ORDERED[0])
    return acts_of(group.ids[made], group.owner[made], span.later_workday(days[made], np.zeros(len(made), dtype=int)), "visit", outcome, 0.8, (0.25, 1.0), rng)


def _with_prospects(kind: str, mean: float, group: Group, leads: Leads, span: Span, rng: np.random.Generator) -> Acts:
    """Contacts with prospects, from when they were found and for as long as people stayed in touch."""
    months = np.arange(MONTHS)
    in_touch = (months >= leads.found[:, None]) & (months < leads.until[:, None])
    counts = rng.poisson(mean * rng.gamma(1.2, 0.8, (len(group.ids), 1)) * in_touch)
    who, month = (np.repeat(grid, counts.ravel()) for grid in (np.repeat(np.arange(len(group.ids)), MONTHS), np.tile(months, len(group.ids))))
    outcome = ANSWERS[rng.choice(len(ANSWERS), len(who), p=(0.5, 0.3, 0.12, 0.08))]
    return acts_of(group.ids[who], group.owner[who], span.some_workdays(month, rng), kind, outcome, 0.4, (0.25, 1.5), rng)


def _planned_days(acts: Acts, span: Span, rng: np.random.Generator) -> pl.Series:
    late = np.where(rng.random(len(acts.day)) < 0.75, 0, rng.integers(1, 5, len(acts.day)))
    days = np.busday_offset(acts.day, -late, roll="backward", holidays=span.holidays)
    return pl.Series(np.where(acts.is_planned, days, np.datetime64("NaT", "D")))


def make_activities(
    seed: int, span: Span, force: Force, buyers: Buyers, network: Network, leads: Leads, plans: Plans, programmes: Programmes, visits: np.ndarray,
    order_days: pl.DataFrame,
) -> pl.DataFrame:  # fmt: skip
    """The contract table, in the order of dates; `visits` are those to buyers, by month."""
    rng = stream(seed, "field")
    acts = joined(
        [
            *_parts(seed, span, force, buyers, network, leads, plans, visits, order_days, rng),
            *acts_around(programmes, buyers, span, seed),
        ]
    )
    planned = _planned_days(acts, span, rng)
    frame = _table(acts, planned, force)[np.argsort(acts.day, kind="stable")]
    numbers = pl.int_range(1, frame.height + 1, eager=True).cast(pl.String).str.zfill(6)
    return frame.select((pl.lit("V-") + numbers).alias("activity_id"), pl.all())


def _parts(
    seed: int, span: Span, force: Force, buyers: Buyers, network: Network, leads: Leads, plans: Plans, visits: np.ndarray,
    order_days: pl.DataFrame, rng: np.random.Generator,
) -> list[Acts]:  # fmt: skip
    """What belongs to no programme, always in this order: all but the checks draw from one stream."""
    calls = rng.poisson(0.7, visits.shape) * (visits > 0)
    return [
        _with_buyers("visit", visits, buyers, span, order_days, rng),
        _with_buyers("call", calls, buyers, span, order_days, rng),
        _by_plan(0, network.wholesalers, OLD_WHOLESALERS, plans, span, force, rng),
        _by_plan(1, network.outlets, OLD_OUTLETS, plans, span, force, rng),
        _openings(network.wholesalers, span, rng),
        _openings(network.outlets, span, rng),
        _checks(network.wholesalers, span, stream(seed, "checks of wholesalers")),
        _checks(network.outlets, span, stream(seed, "checks of outlets")),
        _with_prospects("visit", 0.22, network.prospects, leads, span, rng),
        _with_prospects("call", 0.36, network.prospects, leads, span, rng),
        _with_prospects("message", 0.54, network.prospects, leads, span, rng),
    ]


def _table(acts: Acts, planned: pl.Series, force: Force) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "happened_on": pl.Series(acts.day),
            "account_id": acts.account.tolist(),
            "salesperson_id": force.ids[acts.owner].tolist(),
            "kind": acts.kind.tolist(),
            "planned_on": planned,
            "outcome": acts.outcome.tolist(),
            "hours": acts.hours,
            "cost": euros(acts.cents),
        }
    )
