"""Order lines as numbers: each month's demand cut into orders and lines, with the returns that follow them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data.demo.buyers import BUYERS, Buyers
from data.demo.catalogue import Catalogue
from data.demo.chance import shares_to_counts, stream
from data.demo.demand import FULL_VOLUME_LINES, Demand
from data.demo.outlets import Outlets, outlet_lines
from data.demo.people import Force
from data.demo.programmes import Programmes
from data.demo.rhythm import is_buying
from data.demo.span import MONTHS, Span

RETURN_SHARE = 0.018
"""Share of all lines that are returns."""

LINES_PER_ORDER = 4.5
"""At `FULL_VOLUME_LINES`; larger demos have longer orders."""

UNKNOWN_COST_SHARE = 0.012
"""Share of the lines whose cost was not recorded, beside the products without a cost."""

Lines = dict[str, np.ndarray]
"""Lines as arrays of numbers: day, buyer, order, product, owner, quantity, cents, cost (cents), is_costed, mark."""


@dataclass(frozen=True)
class World:
    """All that sales are made of; `lines` counts the returns, too, and `outlet_lines` those of directly served outlets."""

    seed: int
    lines: int
    span: Span
    force: Force
    buyers: Buyers
    catalogue: Catalogue
    programmes: Programmes
    demand: Demand
    outlets: Outlets
    outlet_lines: int


def returns_among(lines: int) -> int:
    """How many of `lines` are returns."""
    return int(lines * RETURN_SHARE)


def _products(world: World, month: int, rows: np.ndarray, place: np.ndarray) -> np.ndarray:
    """A product for each line: `place` (0–1) read off the buyer's cumulated shares."""
    cumulated = np.cumsum(world.demand.mix[month], axis=1)
    cumulated[:, -1] = 1
    products = cumulated.shape[1]
    found = np.searchsorted((cumulated + np.arange(BUYERS)[:, None]).ravel(), rows + place, side="right")
    return np.clip(found - rows * products, 0, products - 1)


def _orders(
    world: World, month: int, rows: np.ndarray, counts: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """An order number within the month and a day for each line."""
    length = LINES_PER_ORDER * max(1.0, world.demand.lines.sum() / FULL_VOLUME_LINES) ** 0.4
    orders = np.ceil(counts / length).astype(np.int64)
    start = np.cumsum(orders) - orders
    order = start[rows] + np.floor(rng.random(len(rows)) * orders[rows]).astype(np.int64)
    days = world.span.workdays(month)
    return order, days[rng.integers(0, len(days), int(orders.sum()))][order]


def _quantities(world: World, month: int, rows: np.ndarray, product: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Whole sales units of each line, so that a buyer's lines of the month add up to its volume."""
    weight = rng.gamma(4.0, 1.0, len(rows))
    share = weight / np.bincount(rows, weight, BUYERS)[rows]
    hl = world.demand.volume[rows, month] * share
    return np.maximum(1, np.rint(hl / world.catalogue.volume[product])).astype(np.int64)


def _amounts(
    world: World, month: int, rows: np.ndarray, product: np.ndarray, quantity: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Net amount and cost of each line in cents; the cost is 0 for a product without one."""
    demand = world.demand
    off = demand.buyer_discount[rows] + demand.extra_discount[month, rows, product]
    price = world.catalogue.price[product] * demand.price_level[month] * (1 - off) * (1 + 0.01 * rng.standard_normal(len(rows)))
    cost = np.rint(quantity * np.nan_to_num(world.catalogue.cost[product]) * demand.cost_level[month] * 100).astype(np.int64)
    return quantity * np.rint(price * 100).astype(np.int64), cost


def _sold(world: World, month: int, rng: np.random.Generator) -> Lines:
    """The month's sold lines, in no order."""
    counts = world.demand.lines[:, month]
    rows = np.repeat(np.arange(BUYERS), counts)
    within = np.arange(len(rows)) - (np.cumsum(counts) - counts)[rows]
    # Evenly spaced places keep each month's products near the buyer's true shares, as regular orders do.
    product = _products(world, month, rows, (within + rng.random(BUYERS)[rows]) / counts[rows])
    order, day = _orders(world, month, rows, counts, rng)
    quantity = _quantities(world, month, rows, product, rng)
    cents, cost = _amounts(world, month, rows, product, quantity, rng)
    mark = world.demand.mark[month, rows, product]
    owner = world.buyers.owner[rows, month]
    is_costed = ~np.isnan(world.catalogue.cost[product]) & (rng.random(len(rows)) >= UNKNOWN_COST_SHARE)
    lines = {"day": day, "buyer": rows, "order": order, "product": product, "owner": owner, "mark": mark}
    return lines | {"quantity": quantity, "cents": cents, "cost": cost, "is_costed": is_costed}


def _returned(world: World, month: int, lines: Lines, count: int, rng: np.random.Generator) -> Lines:
    """Returns of `count` of the month's lines: part of the quantity, at the price sold, some days later."""
    active = is_buying(world.buyers)
    leaving = active[:, month] & ~active[:, min(month + 1, MONTHS - 1)]
    careless = np.where(world.buyers.pattern == "erratic", 2.5, 1.0) * np.where(leaving, 1e-9, 1.0)
    key = rng.exponential(1.0, len(lines["day"])) / careless[lines["buyer"]]
    chosen = np.sort(np.argsort(key, kind="stable")[:count])
    original = {name: values[chosen] for name, values in lines.items()}
    back = np.ceil(original["quantity"] * rng.uniform(0.05, 0.6, count)).astype(np.int64)
    cents, cost = (-np.rint(original[name] / original["quantity"] * back).astype(np.int64) for name in ("cents", "cost"))
    day = world.span.later_workday(original["day"], rng.integers(2, 15, count))
    return original | {"day": day, "quantity": -back, "cents": cents, "cost": cost}


def _joined(parts: list[Lines]) -> Lines:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _taken(lines: Lines, chosen: np.ndarray) -> Lines:
    return {name: values[chosen] for name, values in lines.items()}


def _numbered(lines: Lines, first_order: int) -> Lines:
    """The lines sorted by day and order, their orders numbered from `first_order` in that order."""
    lines = _taken(lines, np.lexsort((lines["order"], lines["day"])))
    starts = np.diff(lines["order"], prepend=-1) != 0
    return lines | {"order": first_order - 1 + np.cumsum(starts)}


def months_of_lines(world: World) -> Iterator[Lines]:
    """Each month's lines in order of date, buyers' orders numbered through; a return may come in the month after its sale.

    `buyer` goes on after the buyers with the directly served outlets, who return nothing.
    """
    sold = world.demand.lines.sum(axis=0)
    returns = shares_to_counts(sold, returns_among(world.lines))
    waiting: Lines | None = None
    first_order = 1
    levels = (world.demand.price_level, world.demand.cost_level)
    direct = outlet_lines(world.seed, world.outlet_lines, world.span, world.outlets, world.catalogue, levels)
    for month in range(MONTHS):
        rng = stream(world.seed, f"sales {month}")
        lines = _numbered(_sold(world, month, rng), first_order)
        first_order = int(lines["order"][-1]) + 1 if len(lines["order"]) else first_order
        back = _returned(world, month, lines, int(returns[month]), rng)
        back = back if waiting is None else _joined([waiting, back])
        is_due = back["day"] <= world.span.last_days[month]
        waiting = _taken(back, ~is_due)
        served = direct[month] | {"buyer": BUYERS + direct[month]["buyer"]}
        lines = _joined([lines, _taken(back, is_due), served])
        yield _taken(lines, np.argsort(lines["day"], kind="stable"))
