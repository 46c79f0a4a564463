"""The range of a weighted forecast: deals are won or lost many times over (methods.md section 4).

Each deal is won with its own probability, independently of the others. The mean is Σ p·a and the standard deviation √Σ p(1 − p)a²:
(100, .9), (200, .5), (400, .1) → 230 and 159.06. The range is the 10th to the 90th percentile of these sums: 100 to 300.
"""

from functools import lru_cache

import numpy as np

from measures.blocks import blocks

SHARES = (10, 90)
"""The percentiles that bound the range."""
FEW = 12
"""Up to so many deals all 4,096 combinations are counted instead of drawn."""
ROUNDING = 1e-9
"""A share that is met but for the last digits is met."""
DRAWS = 2_000
"""The tenth and ninetieth percentile of so many are known to a twenty-fifth of the sum's standard deviation."""
SEED = 20_040
"""Any fixed one: the same deals have the same range at every look."""
SINGLE = 1_000
"""So many deals are drawn one by one, those that matter most; the sum of the others is normal, being of very many small ones."""

TOGETHER = 100
"""So many draws at once stay in the processor's cache."""
TABLES = 2
"""Tables of draws that are cached: of the past and of the months to come, eight megabytes each."""


def mean_and_sd(amounts: np.ndarray, chances: np.ndarray) -> tuple[float, float]:
    """Mean and standard deviation of the sum that the deals bring."""
    return float((chances * amounts).sum()), float(np.sqrt((chances * (1 - chances) * amounts**2).sum()))


def simulated(amounts: np.ndarray, chances: np.ndarray, groups: np.ndarray, count: int, draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """Sums of the won amounts, draws × count; `groups` has each deal's group, 0 ≤ group < count."""
    first = widest(chances * (1 - chances) * amounts**2)
    is_rest = amounts != 0
    is_rest[first] = False
    first = first[np.argsort(groups[first], kind="stable")]
    sums = np.zeros((draws, count))
    table, rng = _table(draws, len(first), seed)
    if len(first):
        chance, amount, group = chances[first].astype(np.float32), amounts[first], groups[first]
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        for drawn in blocks(draws, TOGETHER):
            sums[drawn, group[starts]] = np.add.reduceat((table[drawn] < chance) * amount, starts, axis=1)
    return sums + _others(amounts, chances, groups, np.flatnonzero(is_rest), sums.shape, rng)


def _table(draws: int, deals: int, seed: int) -> tuple[np.ndarray, np.random.Generator]:
    """The numbers from 0 to 1 that every simulation of so many deals draws, and the generator that goes on after them."""
    table, state = _drawn(draws, deals, seed)
    rng = np.random.default_rng(seed)
    rng.bit_generator.state = state
    return table, rng


@lru_cache(maxsize=TABLES)
def _drawn(draws: int, deals: int, seed: int) -> tuple[np.ndarray, dict]:
    """The same seed gives the same numbers, which take most of a simulation's time: they are drawn once."""
    rng = np.random.default_rng(seed)
    return rng.random((draws, deals), dtype=np.float32), rng.bit_generator.state


def widest(spread: np.ndarray) -> np.ndarray:
    """The places of the SINGLE largest, the largest first, of equals the first: sorting these alone, not the many small ones."""
    if len(spread) <= SINGLE:
        return np.argsort(-spread, kind="stable")
    # Parted from the front: at the other end the many equal small ones make it twenty times slower.
    least = -np.partition(-spread, SINGLE - 1)[SINGLE - 1]
    above, equal = np.flatnonzero(spread > least), np.flatnonzero(spread == least)
    return np.concatenate([above[np.argsort(-spread[above], kind="stable")], equal[: SINGLE - len(above)]])


def _others(
    amounts: np.ndarray, chances: np.ndarray, groups: np.ndarray, rest: np.ndarray, shape: tuple[int, int], rng: np.random.Generator
) -> np.ndarray:
    """The sums of the remaining deals as normal draws, never below 0."""
    if not len(rest):
        return np.zeros(shape)
    a, p, group = amounts[rest], chances[rest], groups[rest]
    mean = np.bincount(group, p * a, shape[1])
    sd = np.sqrt(np.bincount(group, p * (1 - p) * a**2, shape[1]))
    return np.maximum(mean + sd * rng.standard_normal(shape), 0.0)


def ranges(amounts: np.ndarray, chances: np.ndarray, groups: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """P10 and P90 of what each group's deals bring, and, as the last element, of all deals together: arrays (count + 1,).

    Up to FEW deals every combination of wins is counted, so that a range is exact where chance is coarsest; more are simulated.
    """
    sums = simulated(amounts, chances, groups, count)
    low, high = np.percentile(np.column_stack([sums, sums.sum(axis=1)]), SHARES, axis=0, method="inverted_cdf")
    priced = np.flatnonzero(amounts > 0)
    own = np.bincount(groups[priced], minlength=count)
    for place in np.flatnonzero(own <= FEW):
        chosen = priced[groups[priced] == place]
        low[place], high[place] = exact_range(amounts[chosen], chances[chosen])
    if len(priced) <= FEW:
        low[count], high[count] = exact_range(amounts[priced], chances[priced])
    return low, high


def exact_range(amounts: np.ndarray, chances: np.ndarray) -> tuple[float, float]:
    """P10 and P90 of the sum over all combinations of wins: the smallest sums that are not exceeded with 10 % and with 90 %.

    >>> exact_range(np.array([100.0, 200.0, 400.0]), np.array([0.9, 0.5, 0.1]))
    (100.0, 300.0)
    """
    sums, weights = np.zeros(1), np.ones(1)
    for amount, chance in zip(amounts, chances, strict=True):
        sums, weights = np.concatenate([sums, sums + amount]), np.concatenate([weights * (1 - chance), weights * chance])
    order = np.argsort(sums, kind="stable")
    reached = weights[order].cumsum()
    low, high = np.searchsorted(reached, np.array(SHARES) / 100 - ROUNDING)
    return float(sums[order][low]), float(sums[order][high])
