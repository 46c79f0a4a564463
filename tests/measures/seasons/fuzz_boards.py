"""Many random boards against what whole cases promise, for whoever changes the rounding:
`python -m tests.measures.seasons.fuzz_boards 100000 [SEED]`.

Small boards of halves, zeros and whole figures, full and sparse, and of ordinary figures, rounded as small boards are and as large ones;
every ten thousandth is a large one.
"""

import sys

import numpy as np

from measures.seasons import case_board
from tests.measures.seasons.test_case_board import FRACTIONS, board, within_one_case

MENUS = (FRACTIONS, [0.0, 0.5], [0.0, 0.0, 0.0, 0.5], [0.5, 1.0], [0.0, 1 / 3, 2 / 3], [0.0, 0.25, 0.75, 0.5, 1e-9, 1 - 1e-9])


def random_board(rng: np.random.Generator, *, is_large: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values (cells, months), accounts and products of one board; at least one cell."""
    most = (400, 120) if is_large else [(4, 4), (7, 7), (12, 6), (6, 12), (40, 3), (25, 25)][rng.integers(6)]
    accounts, products, months = int(rng.integers(1, most[0] + 1)), int(rng.integers(1, most[1] + 1)), int(rng.integers(1, 8))
    share = float(rng.choice([1.0, 0.8, 0.5, 0.2]))
    if rng.random() < 0.3:
        values, account, product = board(int(rng.integers(1 << 30)), accounts, products, share, float(rng.uniform(-3, 4)), months)
    else:
        account, product = np.nonzero(rng.random((accounts, products)) < share)
        values = rng.choice(MENUS[rng.integers(len(MENUS))], (len(account), months))
    return (values, account, product) if len(account) else (np.full((1, months), 0.5), np.zeros(1, int), np.zeros(1, int))


def main(count: int, seed: int) -> None:
    """Round so many boards; the first that breaks its promise ends it with its number."""
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        values, account, product = random_board(rng, is_large=number % 10_000 == 0)
        case_board.LARGE = int(rng.choice([0, 12_000]))
        order = rng.permutation(len(account)) if number % 3 == 0 else slice(None)
        try:
            within_one_case(case_board.whole_board(values[order], account[order], product[order]), values[order], account[order], product[order])
        except Exception:
            sys.stderr.write(f"seed {seed}, board {number}: {values.shape}, LARGE {case_board.LARGE}\n")
            raise
    sys.stdout.write(f"{count} boards, seed {seed}: all within one case\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
