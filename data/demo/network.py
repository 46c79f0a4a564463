"""Wholesalers, outlets, prospects.

Sales are booked where the brewery sells: at distributors, direct key accounts and some outlets that it serves itself. A wholesaler or
another outlet has a parent, activities, declared purchases and a place in the plans, but no order lines: its purchases are part of its
distributor's.
"""

from dataclasses import dataclass

import numpy as np

from data.demo import names
from data.demo.buyers import DISTRIBUTORS, Buyers
from data.demo.chance import dealt, pick_by_group, stream
from data.demo.people import Force
from data.demo.places import WEIGHTS, cities_of
from data.demo.plans import Plans
from data.demo.span import Span

OLD_WHOLESALERS, OLD_OUTLETS, PROSPECTS = 520, 1500, 180
"""Accounts known before the span, and prospects; openings by plan come on top."""

DIRECT_OUTLETS = 160
"""Old outlets that the brewery delivers to itself: nobody stands above them."""

NO_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Group:
    """Accounts of one kind by position; `parent` holds account ids (None at the top), `opened` days (NaT unknown)."""

    ids: np.ndarray
    names: np.ndarray
    kind: str
    region: np.ndarray
    city: np.ndarray
    owner: np.ndarray
    parent: np.ndarray
    opened: np.ndarray
    lives_on: np.ndarray


@dataclass(frozen=True)
class Network:
    """The three groups; `direct` are the positions of the outlets that buy from the brewery itself."""

    wholesalers: Group
    outlets: Group
    prospects: Group
    direct: np.ndarray


def _ids(prefix: str, count: int) -> np.ndarray:
    return np.array([f"{prefix}-{number:04d}" for number in range(1, count + 1)], dtype=object)


def _old_days(count: int, span: Span, rng: np.random.Generator) -> np.ndarray:
    days = span.first_days[0] - rng.integers(30, 5500, count)
    return np.where(rng.random(count) < 0.04, NO_DAY, days)


def _opened_by_plan(plans: Plans, kind: int, span: Span, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Owner, city and day of each opening of a kind."""
    rows = np.repeat(np.flatnonzero(plans.kind == kind), plans.made[plans.kind == kind])
    days = span.some_workdays(plans.month[rows], rng)
    return plans.owner[rows], plans.area[rows], days


def _representatives(region: np.ndarray, force: Force, rng: np.random.Generator) -> np.ndarray:
    team = force.representatives
    return team[pick_by_group(region, force.region[team], rng)]


def _below(ids: np.ndarray, own_region: np.ndarray, region: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A parent of the same region for each account."""
    return ids[pick_by_group(region, own_region, rng)]


def _grown(
    prefix: str, kind: int, old: int, plans: Plans, span: Span, force: Force, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Old accounts of a kind and those opened by plan, in order of opening."""
    region = dealt(WEIGHTS, old, rng)
    owner, city, opened = _opened_by_plan(plans, kind, span, rng)
    order = np.argsort(opened, kind="stable")
    everywhere = np.concatenate([region, force.region[owner[order]]])
    return {
        "ids": _ids(prefix, len(everywhere)),
        "region": everywhere,
        "owner": np.concatenate([_representatives(region, force, rng), owner[order]]),
        "city": np.concatenate([cities_of(region, rng), city[order]]),
        "opened": np.concatenate([np.sort(_old_days(old, span, rng)), opened[order]]),
        "lives_on": rng.random(len(everywhere)) < 0.82,
    }


def _wholesalers(plans: Plans, span: Span, force: Force, buyers: Buyers, rng: np.random.Generator) -> Group:
    own = _grown("W", 0, OLD_WHOLESALERS, plans, span, force, rng)
    staying = np.flatnonzero(~np.isin(buyers.pattern[:DISTRIBUTORS], ("lost", "new")))
    parent = _below(buyers.ids[staying], buyers.region[staying], own["region"], rng)
    called = names.businesses(names.WHOLESALER_PATTERNS, names.SURNAMES, len(parent), rng)
    return Group(names=called, kind="wholesaler", parent=parent, **own)


def _outlets(plans: Plans, span: Span, force: Force, buyers: Buyers, above: Group, rng: np.random.Generator) -> Group:
    own = _grown("O", 1, OLD_OUTLETS, plans, span, force, rng)
    staying = np.flatnonzero(~np.isin(buyers.pattern[:DISTRIBUTORS], ("lost", "new")))
    early = np.arange(OLD_WHOLESALERS)
    through = _below(above.ids[early], above.region[early], own["region"], rng)
    straight = _below(buyers.ids[staying], buyers.region[staying], own["region"], rng)
    parent = np.where(rng.random(len(through)) < 0.7, through, straight)
    called = names.businesses(names.OUTLET_PATTERNS, names.OUTLET_WORDS, len(parent), rng)
    return Group(names=called, kind="outlet", parent=parent, **own)


def _named(patterns: np.ndarray, surnames: np.ndarray, cities: np.ndarray) -> np.ndarray:
    parts = zip(patterns, surnames, cities, strict=True)
    return np.array([pattern.format(surname, city) for pattern, surname, city in parts], dtype=object)


def _prospects(force: Force, rng: np.random.Generator) -> Group:
    """Distributors of others, named after their city: nobody sells to them yet."""
    region = dealt(WEIGHTS, PROSPECTS, rng)
    city = cities_of(region, rng)
    words = rng.permutation(np.resize(np.array(names.PROSPECT_PATTERNS, dtype=object), PROSPECTS))
    return Group(
        ids=_ids("L", PROSPECTS),
        names=_named(words, rng.choice(names.SURNAMES, PROSPECTS), city),
        kind="distributor",
        region=region,
        city=city,
        owner=_representatives(region, force, rng),
        parent=np.full(PROSPECTS, None),
        opened=np.full(PROSPECTS, NO_DAY),
        lives_on=np.full(PROSPECTS, True),
    )


def make_network(seed: int, span: Span, force: Force, buyers: Buyers, plans: Plans) -> Network:
    """The network of a seed, independent of the number of lines."""
    rng = stream(seed, "network")
    wholesalers = _wholesalers(plans, span, force, buyers, rng)
    outlets = _outlets(plans, span, force, buyers, wholesalers, rng)
    direct = np.sort(stream(seed, "direct").permutation(OLD_OUTLETS)[:DIRECT_OUTLETS])
    outlets.parent[direct] = None
    return Network(wholesalers, outlets, _prospects(force, rng), direct)
