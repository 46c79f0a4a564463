"""Which accounts are alike, and what the like of an account take: for growth points and white space (methods.md sections 6 and 12).

Two accounts are as alike as the cosine of what they buy: the products that both buy ÷ √(products of the one × products of the other).
What is bought is kept as bits, so that counting the products of two accounts is counting the bits of their words: exact, and on one core.
"""

import numpy as np

PEERS = 10
"""Accounts that one is compared with: methods.md section 12 takes the median of ten."""
LEAST_BUYERS = 5
"""Of the ten: what fewer than half of them buy is no habit of such accounts."""
BYTES_PER_WORD, BITS_PER_WORD = 8, 64
"""Of the words whose bits numpy counts at once."""
IN_CACHE = 100_000
"""Pairs of accounts that are compared at once."""


def bits(chosen: np.ndarray) -> np.ndarray:
    """Rows of booleans (n, m) as words of 64 bits each, (n, m ÷ 64 rounded up)."""
    octets = np.packbits(chosen, axis=1)
    short = -octets.shape[1] % BYTES_PER_WORD
    return np.ascontiguousarray(np.pad(octets, ((0, 0), (0, short)))).view(np.uint64)


def shared(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """How many bits each row of `left` has in common with each row of `right`, (rows, rows) of whole numbers that hold them."""
    found = np.zeros((len(left), len(right)), np.min_scalar_type(left.shape[1] * BITS_PER_WORD))
    common, count = np.empty(found.shape, np.uint64), np.empty(found.shape, np.uint8)
    columns = np.ascontiguousarray(right.T)
    for word in range(left.shape[1]):
        np.bitwise_and(left[:, word, None], columns[word], out=common)
        found += np.bitwise_count(common, out=count)
    return found


def nearest(likeness: np.ndarray, count: int) -> np.ndarray:
    """Positions of the `count` largest of each row, the largest first, (rows, ≤ count); equal ones by their order."""
    return first(ranks(likeness), count)


def ranks(likeness: np.ndarray) -> np.ndarray:
    """Likeness and then order in one whole number, the most alike with the smallest (rows, n); no two of a row are equal."""
    rank = _steps(likeness)
    rank *= likeness.shape[1]
    rank += np.arange(likeness.shape[1])
    return rank


def first(rank: np.ndarray, count: int) -> np.ndarray:
    """Positions of the `count` smallest `ranks` of each row, the smallest first, (rows, ≤ count). The ranks lose their order."""
    width = rank.shape[1]
    count = min(count, width)
    if count == 0:
        return np.zeros((len(rank), 0), np.int64)
    # No two are equal, so that the first can be taken without sorting all, and the order is read from the number again: positions that are
    # moved along with the numbers would take twice as long.
    rank.partition(count - 1, axis=1)
    return np.sort(rank[:, :count], axis=1) % width


def _steps(likeness: np.ndarray) -> np.ndarray:
    """Likeness in whole billionths, the most alike with the smallest."""
    return (likeness * -1e9).astype(np.int64)


class Alike:
    """Which accounts are most like others: cosine of what they buy, `bought` (accounts, products)."""

    def __init__(self, bought: np.ndarray) -> None:
        products = bought.sum(axis=1)
        self._words = bits(bought)
        roots, size = np.unique(np.sqrt(np.maximum(products, 1)), return_inverse=True)
        # Two whole numbers make a likeness: each one that there can be is ranked once, not the same ones for every pair of accounts.
        possible = _steps(np.arange(products.max(initial=0) + 1) * (1 / roots)[:, None])
        self._place = np.unique(possible, return_inverse=True)[1].ravel()
        self._row = size * possible.shape[1]

    def nearest(self, accounts: np.ndarray, buyers: np.ndarray) -> np.ndarray:
        """Positions in `buyers` of the ten most like each of `accounts`, (accounts, ≤ 10); equal ones by their order.

        So many accounts at once that the comparison stays in the processor's cache: ten times as fast as all of them at once.
        """
        step = max(1, IN_CACHE // max(len(buyers), 1))
        # As short as the numbers allow: half the memory is half the time.
        place = (self._place * len(buyers)).astype(np.min_scalar_type(-self._place.size * len(buyers)))
        words, row, order = self._words[buyers], self._row[buyers], np.arange(len(buyers), dtype=place.dtype)

        def look(chosen: np.ndarray) -> np.ndarray:
            # Every likeness has its place: to look whether one lies outside of the table would take as long as finding it.
            rank = place.take(shared(self._words[chosen], words) + row, mode="clip")
            rank += order
            return first(rank, PEERS)

        return np.concatenate([look(accounts[at : at + step]) for at in range(0, len(accounts), step)])


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
