"""Which accounts are alike, and what the like of an account take: for growth points and white space (methods.md sections 6 and 12).

Two accounts are as alike as the cosine of what they buy: the products that both buy ÷ √(products of the one × products of the other).
What is bought is kept as bits, so that counting the products of two accounts is counting the bits of their words: exact, and on one core.
"""

import numpy as np

PEERS = 10
"""Accounts that one is compared with: methods.md section 12 takes the median of ten."""
LEAST_BUYERS = 5
"""Of the ten: what fewer than half of them buy is no habit of such accounts."""
BYTES_PER_WORD = 8
"""Of the 64 bits that numpy counts at once."""
IN_CACHE = 50_000
"""Pairs of accounts that are compared at once."""


def bits(chosen: np.ndarray) -> np.ndarray:
    """Rows of booleans (n, m) as words of 64 bits each, (n, m ÷ 64 rounded up)."""
    octets = np.packbits(chosen, axis=1)
    short = -octets.shape[1] % BYTES_PER_WORD
    return np.ascontiguousarray(np.pad(octets, ((0, 0), (0, short)))).view(np.uint64)


def shared(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """How many bits each row of `left` has in common with each row of `right`, (rows, rows) of int32."""
    found = np.zeros((len(left), len(right)), np.int32)
    columns = np.ascontiguousarray(right.T)
    for word in range(left.shape[1]):
        found += np.bitwise_count(left[:, word, None] & columns[word])
    return found


def nearest(likeness: np.ndarray, count: int) -> np.ndarray:
    """Positions of the `count` largest of each row, the largest first, (rows, ≤ count); equal ones by their order."""
    width = likeness.shape[1]
    count = min(count, width)
    if not count:
        return np.zeros((len(likeness), 0), np.int64)
    # Likeness and then order in one whole number: no two are equal, so that the first can be taken without sorting all, and the order
    # is read from the number again. Positions that are moved along with the numbers would take twice as long.
    rank = (likeness * -1e9).astype(np.int64)
    rank *= width
    rank += np.arange(width)
    rank.partition(count - 1, axis=1)
    return np.sort(rank[:, :count], axis=1) % width


def alike(words: np.ndarray, size: np.ndarray, accounts: np.ndarray, buyers: np.ndarray) -> np.ndarray:
    """Positions in `buyers` of the ten most like each of `accounts`, (accounts, ≤ 10). `size` is the root of what each account buys.

    So many accounts at once that the comparison stays in the processor's cache: ten times as fast as all of them at once.
    """
    step = max(1, IN_CACHE // max(len(buyers), 1))
    others, scale = words[buyers], 1 / size[buyers]
    parts = [nearest(shared(words[accounts[at : at + step]], others) * scale, PEERS) for at in range(0, len(accounts), step)]
    return np.concatenate(parts)


def peers(bought: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The ten accounts most like each of `rows`, (rows, ≤ 10): cosine of what they buy, (n, m) booleans; equal ones by their order."""
    words, size, count = bits(bought), np.sqrt(np.maximum(bought.sum(axis=1), 1)), min(PEERS, len(bought) - 1)
    step = max(1, IN_CACHE // max(len(bought), 1))
    parts = [_peers(words, size, rows[at : at + step], count) for at in range(0, len(rows), step)]
    return np.concatenate(parts) if parts else np.zeros((0, count), np.int64)


def _peers(words: np.ndarray, size: np.ndarray, rows: np.ndarray, count: int) -> np.ndarray:
    likeness = shared(words[rows], words) / size
    likeness[np.arange(len(rows)), rows] = -1.0
    return nearest(likeness, count)


def median_of(values: np.ndarray, count: np.ndarray) -> np.ndarray:
    """The median of each row's values that count, (rows, n) → (rows,): `count` of them, one at least; the others are infinite."""
    ranked = np.sort(values, axis=1)
    rows = np.arange(len(values))
    return (ranked[rows, (count - 1) // 2] + ranked[rows, count // 2]) / 2
