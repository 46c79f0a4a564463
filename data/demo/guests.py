"""What people do around programmes that no order line carries: invitations, the event itself, what is sent, and whether anybody asks after it."""

import numpy as np

from data.demo.acts import Acts, acts_of
from data.demo.buyers import BUYERS, Buyers
from data.demo.chance import stream
from data.demo.programmes import Programmes, names_of
from data.demo.rhythm import is_buying
from data.demo.span import MONTHS, Span

EVENTS = ("training", "trip", "event")
GUESTS = 0.2
"""Share of the buyers that could take part who are at a training, a trip or an event."""

READERS = 0.5
"""Share of those who are sent a piece of content."""

ANNOUNCED = 0.6
ASKED_AFTER = {"training": 0.7, "event": 0.4, "trip": 0.15, "content": 0.4}
"""Share of the guests whose opinion is collected in the month after. Trips are made and forgotten: money without a conversation."""

MEALS = np.array(["Comida", "Golf", "Cena"], dtype=object)
MEAL_RATE, MEAL_EUROS = 0.05, (60.0, 0.6)
"""Lunches, golf and dinners with a buyer a month in the mean, and what one costs: its median and the spread of its logarithm. They move nothing."""

REPLIES = np.array(["sin respuesta", "respondió", "opinión recogida"], dtype=object)


def acts_around(programmes: Programmes, buyers: Buyers, span: Span, seed: int) -> list[Acts]:
    """Trainings, trips and events with their guests, who share the programme's cost unevenly, content sent, and the messages and calls around both.

    An outcome begins with the programme's name.
    """
    rng = stream(seed, "guests")
    names = np.array(names_of(programmes, span), dtype=object)
    kinds = np.array([item.template.kind for item in programmes.listed], dtype=object)
    invited = np.where(np.isin(kinds, EVENTS), GUESTS, np.where(kinds == "content", READERS, 0.0))
    here = programmes.takes_part & (rng.random((len(kinds), BUYERS)) < invited[:, None])
    which, buyer = np.nonzero(here)
    month = np.array([item.month for item in programmes.listed])[which]
    cost = np.array([item.cost for item in programmes.listed])

    def contact(kind: str, chosen: np.ndarray, shift: int, outcome: np.ndarray, hours: tuple[float, float]) -> Acts:
        inside = chosen & (month + shift >= 0) & (month + shift < MONTHS)
        at = month[inside] + shift
        return acts_of(buyers.ids[buyer[inside]], buyers.owner[buyer[inside], at], span.some_workdays(at, rng), kind, outcome[inside], 1.0, hours, rng)

    is_content = kinds[which] == "content"
    told = names[which] + ": " + REPLIES[rng.choice(2, len(which), p=(0.6, 0.4))]
    asked = names[which] + ": " + REPLIES[rng.choice(3, len(which), p=(0.25, 0.15, 0.6))]
    attended = contact("event", ~is_content, 0, names[which], (4, 10))
    effort = np.where(is_content, 0, rng.lognormal(0, 0.5, len(which)))
    share = effort / np.maximum(np.bincount(which, effort, len(kinds)), 1e-9)[which]
    cents = np.rint((cost[which] * share * 100)[~is_content]).astype(np.int64)
    return [
        _meals(buyers, span, stream(seed, "meals")),
        contact("message", rng.random(len(which)) < ANNOUNCED, -1, told, (0.25, 0.25)),
        Acts(**{**vars(attended), "cents": cents}),
        contact("message", is_content, 0, told, (0.25, 0.25)),
        contact("call", rng.random(len(which)) < np.array([ASKED_AFTER.get(kind, 0.0) for kind in kinds])[which], 1, asked, (0.25, 0.75)),
    ]


def _meals(buyers: Buyers, span: Span, rng: np.random.Generator) -> Acts:
    """Lunches, golf and dinners: more with some buyers than with others, whatever they buy."""
    fondness = rng.gamma(0.6, 1 / 0.6, BUYERS)[:, None]
    counts = rng.poisson(MEAL_RATE * fondness * is_buying(buyers))
    buyer, month = np.nonzero(counts)
    eaten = acts_of(
        buyers.ids[buyer], buyers.owner[buyer, month], span.some_workdays(month, rng), "event", MEALS[rng.integers(0, 3, len(buyer))], 0.5, (1.5, 5), rng
    )
    middle, spread = MEAL_EUROS
    cents = np.rint(middle * rng.lognormal(0, spread, len(buyer)) * np.where(eaten.outcome == "Golf", 2.5, 1.0) * 100).astype(np.int64)
    return Acts(**{**vars(eaten), "cents": cents})
