"""The people at the accounts: who decides, how to reach them, and what little is known of them."""

import numpy as np
import polars as pl

from data.demo import names
from data.demo.chance import stream
from data.demo.places import REGIONS
from data.demo.span import Span

ROLES = np.array(["decision maker", "influencer", "user", "gatekeeper"], dtype=object)
DECIDER_KNOWN = 0.72
"""Share of the accounts with contacts whose decision maker is known."""

MEAN_CONTACTS = {"distributor": 1.6, "direct": 2.0, "wholesaler": 0.7, "outlet": 0.3}
"""Contacts beside the first one of distributors and direct accounts; all contacts of the other kinds."""


def _counts(accounts: pl.DataFrame, rng: np.random.Generator) -> np.ndarray:
    kind = accounts["kind"].to_numpy()
    mean = np.array([MEAN_CONTACTS[name] for name in kind])
    return rng.poisson(mean) + np.isin(kind, ("distributor", "direct"))


def _roles(row: np.ndarray, counts: np.ndarray, rng: np.random.Generator) -> list[str | None]:
    """At most one decision maker an account, the first contact; of a few contacts the role is not known."""
    is_first = np.diff(row, prepend=-1) != 0
    decides = is_first & (rng.random(len(counts)) < DECIDER_KNOWN)[row]
    others = ROLES[1 + rng.choice(3, len(row), p=(0.4, 0.4, 0.2))]
    unknown = ~decides & (rng.random(len(row)) < 0.08)
    return np.where(unknown, None, np.where(decides, ROLES[0], others)).tolist()


def _phones(accounts: pl.DataFrame, row: np.ndarray, rng: np.random.Generator) -> list[str | None]:
    prefixes = {region.region_id: region.prefix for region in REGIONS}
    prefix = [prefixes[region_id] for region_id in accounts["region_id"].gather(row)]
    digits = rng.integers(0, 10_000, (len(row), 2))
    known = rng.random(len(row)) < 0.85
    return [
        f"{code} 555 {a:04d} {b:04d}" if is_known else None for code, (a, b), is_known in zip(prefix, digits, known, strict=True)
    ]


def _interests(count: int, rng: np.random.Generator) -> list[str | None]:
    pairs = rng.choice(np.array(names.INTERESTS, dtype=object), (count, 2))
    amount = rng.choice(3, count, p=(0.6, 0.28, 0.12))
    return [None if many == 0 else ", ".join(dict.fromkeys(pair[:many])) for pair, many in zip(pairs, amount, strict=True)]


def _birthdays(count: int, span: Span, rng: np.random.Generator) -> pl.Series:
    days = span.end - rng.integers(24 * 365, 66 * 365, count)
    return pl.Series(np.where(rng.random(count) < 0.35, days, np.datetime64("NaT", "D")))


def contacts_table(seed: int, span: Span, accounts: pl.DataFrame, nameless: np.ndarray) -> pl.DataFrame:
    """The contract table; `nameless` are the ids of accounts of which nobody is known."""
    rng = stream(seed, "contacts")
    counts = _counts(accounts, rng)
    row = np.repeat(np.arange(accounts.height), counts)
    full = names.people(len(row), rng)
    domains = np.array([f"{names.plain(name)[:24]}.example" for name in accounts["account"]], dtype=object)[row]
    has_mail = rng.random(len(row)) < 0.8
    mails = names.emails(full, domains)
    return pl.DataFrame(
        {
            "contact_id": [f"C-{number:05d}" for number in range(1, len(row) + 1)],
            "account_id": accounts["account_id"].gather(row),
            "name": full.tolist(),
            "role": pl.Series(_roles(row, counts, rng), dtype=pl.String),
            "email": [mail if known else None for mail, known in zip(mails, has_mail, strict=True)],
            "phone": _phones(accounts, row, rng),
            "birthday": _birthdays(len(row), span, rng),
            "interests": pl.Series(_interests(len(row), rng), dtype=pl.String),
        }
    ).filter(~pl.col("account_id").is_in(nameless.tolist()))
