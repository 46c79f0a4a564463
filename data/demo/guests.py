"""What people do around programmes that no order line carries: invitations, the event itself, what is sent, and whether anybody asks after it."""

import numpy as np

from data.demo.acts import Acts, acts_of
from data.demo.buyers import BUYERS, Buyers
from data.demo.chance import stream
from data.demo.programmes import Programmes, names_of
from data.demo.span import MONTHS, Span

EVENTS = ("training", "trip", "event")
GUESTS = 0.2
"""Share of the buyers that could take part who are at a training, a trip or an event."""

READERS = 0.5
"""Share of those who are sent a piece of content."""

ANNOUNCED = 0.6
ASKED_AFTER = {"training": 0.7, "event": 0.4, "trip": 0.15, "content": 0.4}
"""Share of the guests whose opinion is collected in the month after. Trips are made and forgotten: money without a conversation."""

REPLIES = np.array(["sin respuesta", "respondió", "opinión recogida"], dtype=object)


def acts_around(programmes: Programmes, buyers: Buyers, span: Span, seed: int) -> list[Acts]:
    """Trainings, trips and events with their guests, who share the programme's cost, content sent, and the messages and calls around both.

    An outcome begins with the programme's name.
    """
    rng = stream(seed, "guests")
    names = np.array(names_of(programmes, span), dtype=object)
    kinds = np.array([item.template.kind for item in programmes.listed], dtype=object)
    share = np.where(np.isin(kinds, EVENTS), GUESTS, np.where(kinds == "content", READERS, 0.0))
    here = programmes.takes_part & (rng.random((len(kinds), BUYERS)) < share[:, None])
    which, buyer = np.nonzero(here)
    month = np.array([item.month for item in programmes.listed])[which]
    cost = np.array([item.cost for item in programmes.listed]) / np.maximum(here.sum(axis=1), 1)

    def contact(kind: str, chosen: np.ndarray, shift: int, outcome: np.ndarray, hours: tuple[float, float]) -> Acts:
        inside = chosen & (month + shift >= 0) & (month + shift < MONTHS)
        at = month[inside] + shift
        return acts_of(buyers.ids[buyer[inside]], buyers.owner[buyer[inside], at], span.some_workdays(at, rng), kind, outcome[inside], 1.0, hours, rng)

    is_content = kinds[which] == "content"
    told = names[which] + ": " + REPLIES[rng.choice(2, len(which), p=(0.6, 0.4))]
    asked = names[which] + ": " + REPLIES[rng.choice(3, len(which), p=(0.25, 0.15, 0.6))]
    attended = contact("event", ~is_content, 0, names[which], (4, 10))
    cents = np.rint(cost[which[~is_content]] * 100).astype(np.int64)
    return [
        contact("message", rng.random(len(which)) < ANNOUNCED, -1, told, (0.25, 0.25)),
        Acts(**{**vars(attended), "cents": cents}),
        contact("message", is_content, 0, told, (0.25, 0.25)),
        contact("call", rng.random(len(which)) < np.array([ASKED_AFTER.get(kind, 0.0) for kind in kinds])[which], 1, asked, (0.25, 0.75)),
    ]
