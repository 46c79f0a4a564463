"""Invoices and their payment: one statement per account and month, some paid late, some never."""

import numpy as np
import polars as pl

from data.demo.accounts import terms_of
from data.demo.buyers import BUYERS, Buyers
from data.demo.chance import stream
from data.demo.sales import euros
from data.demo.span import Span

LATE_PAYERS = 0.14
"""Share of the buyers who pay weeks late as a habit."""

NEVER_PAID = 0.003
DISPUTED_LAST = 0.35
"""Share of all statements, and of the last two of buyers who left, that stay open."""


def _delays(buyers: Buyers, shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Days between due date and payment by buyer and month; below zero for those who pay early."""
    habit = np.where(rng.random(BUYERS) < LATE_PAYERS, rng.uniform(18, 70, BUYERS), rng.uniform(-4, 5, BUYERS))
    falls = np.where(buyers.pattern == "lost", 20, 0)
    delay = habit[:, None] + falls[:, None] * (np.arange(shape[1]) >= buyers.stop[:, None] - 4)
    return np.rint(delay + rng.exponential(4, shape) - 2).astype(np.int64)


def _stays_open(buyers: Buyers, shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    left = (buyers.pattern == "lost")[:, None] & (np.arange(shape[1]) >= buyers.stop[:, None] - 1)
    return rng.random(shape) < np.where(left, DISPUTED_LAST, NEVER_PAID)


def receivables_table(seed: int, span: Span, buyers: Buyers, net_cents: np.ndarray) -> pl.DataFrame:
    """The contract table: each month's net sales of each buyer, due after its terms; paid_on is null while it is open."""
    rng = stream(seed, "ledger")
    terms = terms_of(buyers, seed)
    delays, is_open = _delays(buyers, net_cents.shape, rng), _stays_open(buyers, net_cents.shape, rng)
    month, buyer = np.nonzero(net_cents.T)
    issued = span.last_days[month]
    due = issued + terms[buyer]
    paid = np.maximum(due + delays[buyer, month], issued)
    is_paid = ~is_open[buyer, month] & (paid <= span.end)
    return pl.DataFrame(
        {
            "invoice_id": [f"F-{number:06d}" for number in range(1, len(month) + 1)],
            "account_id": buyers.ids[buyer].tolist(),
            "issued_on": pl.Series(issued),
            "due_on": pl.Series(due),
            "amount": euros(net_cents[buyer, month]),
            "paid_on": pl.Series(np.where(is_paid, paid, np.datetime64("NaT", "D"))),
        }
    )
