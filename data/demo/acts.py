"""Activities of one sort as arrays, before they become a table."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Acts:
    """Activities of one sort, as arrays: account ids, salespeople's positions, days, kinds, outcomes, hours, costs in cents."""

    account: np.ndarray
    owner: np.ndarray
    day: np.ndarray
    kind: np.ndarray
    outcome: np.ndarray
    is_planned: np.ndarray
    hours: np.ndarray
    cents: np.ndarray


def acts_of(
    account: np.ndarray,
    owner: np.ndarray,
    day: np.ndarray,
    kind: str,
    outcome: np.ndarray,
    planned_share: float,
    hours: tuple[float, float],
    rng: np.random.Generator,
) -> Acts:
    """Activities of a kind; `hours` are the least and the most spent on one. Only visits cost travel."""
    count = len(account)
    spent = np.round(rng.uniform(*hours, count) * 4) / 4
    cents = np.where(kind == "visit", np.rint(1200 + 1400 * spent + rng.uniform(0, 1500, count)), 0).astype(np.int64)
    is_planned = rng.random(count) < planned_share
    return Acts(account, owner, day, np.full(count, kind, dtype=object), outcome, is_planned, spent, cents)


def joined(parts: list[Acts]) -> Acts:
    """Several sorts in one."""
    return Acts(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})
