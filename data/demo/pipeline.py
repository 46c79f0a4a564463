"""The pipeline: six thousand deals with their stages, sources, owners and reasons of loss."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.buyers import BUYERS, Buyers
from data.demo.catalogue import Catalogue
from data.demo.chance import stream
from data.demo.leads import Leads
from data.demo.network import OLD_OUTLETS, OLD_WHOLESALERS, Network
from data.demo.people import Force
from data.demo.rhythm import is_buying
from data.demo.span import MONTHS, Span
from data.demo.stages import LOST, SLOTS, STAGES, WON, Ways, entered, make_ways

WITH_BUYERS, BELOW, NAMELESS = 4_100, 1_480, 180
FIRST_TRIES, SECOND_TRIES = 140, 60
"""Deals by whom they are with; prospects' first deals, and second ones after a first was lost. Each new buyer's first deal comes on
top: 6,000 together."""

SOURCES = {"Visita en frío": -0.25, "Referencia": 0.45, "Web": -0.10, "Feria": 0.0, "Distribuidor": 0.25, "Campaña": -0.20}
"""Where a deal comes from → how much easier it is to win (log-odds)."""

SOURCE_SHARES = (0.28, 0.17, 0.16, 0.12, 0.17, 0.10)
REASONS = np.array(
    ["Precio", "Competidor", "Sin respuesta", "Sin presupuesto", "Logística", "Exclusividad con otra marca"], dtype=object
)
REASON_SHARES = (0.29, 0.24, 0.19, 0.12, 0.08, 0.08)


@dataclass(frozen=True)
class Deals:
    """Deals by position. `account` is None for the nameless; `may_win` is false for prospects, who have not bought yet.

    `ease` moves the chances of going on, on the log-odds scale.
    """

    account: np.ndarray
    owner: np.ndarray
    created: np.ndarray
    must_win: np.ndarray
    may_win: np.ndarray
    ease: np.ndarray


def _when(count: int, rng: np.random.Generator) -> np.ndarray:
    """A month for each deal; the pipeline has grown over the years."""
    weight = np.linspace(0.6, 1.4, MONTHS)
    return rng.choice(MONTHS, count, p=weight / weight.sum())


def _deals(
    account: np.ndarray, owner: np.ndarray, created: np.ndarray, may_win: bool = True, must_win: bool = False, ease: float | np.ndarray = 0.0
) -> Deals:
    count = len(owner)
    return Deals(account, owner, created, np.full(count, must_win), np.full(count, may_win), np.broadcast_to(ease, count))


def _with_buyers(buyers: Buyers, span: Span, rng: np.random.Generator) -> Deals:
    weight = (is_buying(buyers) * np.linspace(0.6, 1.4, MONTHS) * buyers.size[:, None] ** 0.3).ravel()
    buyer, month = np.divmod(rng.choice(BUYERS * MONTHS, WITH_BUYERS, p=weight / weight.sum()), MONTHS)
    return _deals(buyers.ids[buyer], buyers.owner[buyer, month], span.some_workdays(month, rng))


def _with_prospects(network: Network, leads: Leads, span: Span, rng: np.random.Generator) -> Deals:
    """A first deal soon after a prospect was found; the oldest ones among them had a second try half a year later or more."""
    first = rng.permutation(len(leads.found))[:FIRST_TRIES]
    second = first[np.argsort(leads.found[first], kind="stable")[:SECOND_TRIES]]
    month = np.concatenate([leads.found[first] + rng.integers(0, 3, FIRST_TRIES), leads.found[second] + rng.integers(6, 15, SECOND_TRIES)])
    who = np.concatenate([first, second])
    created = span.some_workdays(np.minimum(month, MONTHS - 1), rng)
    return _deals(network.prospects.ids[who], network.prospects.owner[who], created, may_win=False, ease=0.6 * leads.quality[who])


def _below(network: Network, span: Span, rng: np.random.Generator) -> Deals:
    """Deals with wholesalers and outlets that were there before the span: listings, taps, exclusivity."""
    ids = np.concatenate([network.wholesalers.ids[:OLD_WHOLESALERS], network.outlets.ids[:OLD_OUTLETS]])
    owner = np.concatenate([network.wholesalers.owner[:OLD_WHOLESALERS], network.outlets.owner[:OLD_OUTLETS]])
    who = rng.integers(0, len(ids), BELOW)
    return _deals(ids[who], owner[who], span.some_workdays(_when(BELOW, rng), rng))


def _nameless(force: Force, span: Span, rng: np.random.Generator) -> Deals:
    """Leads whose account nobody has recorded."""
    owner = rng.choice(force.representatives, NAMELESS)
    return _deals(np.full(NAMELESS, None), owner, span.some_workdays(_when(NAMELESS, rng), rng))


def _first_deals(buyers: Buyers, span: Span, rng: np.random.Generator) -> Deals:
    """The deal that won each new buyer; `created` is here the day on which it must be won."""
    new = np.flatnonzero(buyers.pattern == "new")
    won = span.first_days[buyers.start[new]] - rng.integers(1, 20, len(new))
    return _deals(buyers.ids[new], buyers.owner[new, buyers.start[new]], won, must_win=True)


def _joined(parts: list[Deals]) -> Deals:
    return Deals(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})


def _all_deals(span: Span, force: Force, buyers: Buyers, network: Network, leads: Leads, rng: np.random.Generator) -> Deals:
    parts = [_with_buyers(buyers, span, rng), _with_prospects(network, leads, span, rng), _below(network, span, rng)]
    return _joined([*parts, _nameless(force, span, rng), _first_deals(buyers, span, rng)])


def _created(deals: Deals, ways: Ways, span: Span, rng: np.random.Generator) -> np.ndarray:
    """The day of creation: counted back from the day on which a new buyer must be won; so late for a prospect that would be won that
    it is still open."""
    lasting = ways.days.sum(axis=1)
    back = np.where(deals.must_win, deals.created - lasting, deals.created)
    still_open = span.end - np.floor(rng.random(len(lasting)) * lasting).astype(np.int64)
    return np.where(~deals.may_win & ways.is_won, np.maximum(back, still_open), back)


def _in_order(deals: Deals, ways: Ways, source: np.ndarray, created: np.ndarray) -> tuple[Deals, Ways, np.ndarray]:
    """Deals sorted by the day of creation."""
    order = np.argsort(created, kind="stable")
    sorted_deals = Deals(**{name: values[order] for name, values in {**vars(deals), "created": created}.items()})
    return sorted_deals, Ways(**{name: values[order] for name, values in vars(ways).items()}), source[order]


def _ids(count: int) -> pl.Series:
    return pl.select(pl.lit("N-") + pl.int_range(1, count + 1).cast(pl.String).str.zfill(5)).to_series()


def _stage_events(ids: pl.Series, ways: Ways, is_won: np.ndarray, days: np.ndarray, span: Span) -> pl.DataFrame:
    """The events up to the end of the span, by deal in the order of time."""
    taken = np.column_stack([ways.is_taken, np.full(len(ids), True)]) & (days <= span.end)
    deal, slot = np.nonzero(taken)
    labels = np.array([STAGES[number] for number in SLOTS] + [LOST], dtype=object)[slot]
    labels = np.where((slot == len(SLOTS)) & is_won[deal], WON, labels)
    return pl.DataFrame({"opportunity_id": ids.gather(deal), "stage": labels.tolist(), "entered_on": pl.Series(days[deal, slot])})


def _where(values: np.ndarray, known: np.ndarray) -> pl.Series:
    return pl.Series(np.where(known, values, np.datetime64("NaT", "D")))


def make_pipeline(
    seed: int, span: Span, force: Force, buyers: Buyers, catalogue: Catalogue, network: Network, leads: Leads
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The contract tables `opportunities` and `stage_events`."""
    rng = stream(seed, "pipeline")
    deals = _all_deals(span, force, buyers, network, leads, rng)
    count = len(deals.owner)
    source = rng.choice(len(SOURCES), count, p=SOURCE_SHARES)
    ease = np.array(list(SOURCES.values()))[source] + 5 * force.drive[deals.owner] + deals.ease
    ways = make_ways(ease, deals.must_win, rng)
    deals, ways, source = _in_order(deals, ways, source, _created(deals, ways, span, rng))
    days = entered(ways, deals.created)
    is_won = ways.is_won & deals.may_win
    is_closed = days[:, -1] <= span.end
    ids = _ids(count)
    frame = pl.DataFrame(
        {
            "opportunity_id": ids,
            "account_id": pl.Series(deals.account.tolist(), dtype=pl.String),
            "created_on": pl.Series(deals.created),
            "salesperson_id": force.ids[deals.owner].tolist(),
            "source": np.array(list(SOURCES), dtype=object)[source].tolist(),
            **_terms(catalogue, deals, is_won, is_closed, days[:, -1], rng),
        }
    )
    return frame, _stage_events(ids, ways, is_won, days, span)


def _terms(
    catalogue: Catalogue, deals: Deals, is_won: np.ndarray, is_closed: np.ndarray, closed: np.ndarray, rng: np.random.Generator
) -> dict[str, pl.Series]:
    """Product, money, dates and reasons of the deals; some are not recorded."""
    count = len(deals.owner)
    wanted = catalogue.popularity * (catalogue.first == 0) * (catalogue.last == MONTHS - 1)
    product = rng.choice(len(catalogue.ids), count, p=wanted / wanted.sum())
    amount = np.round(rng.lognormal(np.log(9_000), 0.9, count) * np.where(deals.must_win, 2.5, 1.0), -2)
    expected = deals.created + np.rint(rng.normal(85, 25, count).clip(15)).astype(np.int64)
    reason = REASONS[rng.choice(len(REASONS), count, p=REASON_SHARES)]
    has_reason = is_closed & ~is_won & (rng.random(count) < 0.94)
    return {
        "product_id": pl.Series(np.where(rng.random(count) < 0.9, catalogue.ids[product], None).tolist(), dtype=pl.String),
        "expected_amount": pl.Series(np.where(rng.random(count) < 0.95, amount, np.nan)).fill_nan(None).cast(pl.Decimal(18, 4)),
        "expected_close_on": _where(expected, rng.random(count) < 0.96),
        "closed_on": _where(closed, is_closed),
        "lost_reason": pl.Series(np.where(has_reason, reason, None).tolist(), dtype=pl.String),
    }
