"""Outlets that the brewery delivers to itself: each orders when it runs out, and one day some stop for good.

What is decided here is the truth that lifetime value is compared with: an outlet's orders come at a rate of its own, after each of them
it may leave, and what it spends does not depend on how often it orders. Nothing of it depends on the number of lines.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.catalogue import Catalogue
from data.demo.chance import stream
from data.demo.network import Network
from data.demo.places import REGIONS, seasonal_index
from data.demo.span import MONTHS, Span

RATE_SHAPE, RATE_WEEKS = 2.0, 6.0
"""Orders a week are spread as a gamma of this shape and this many weeks: one order in three weeks on average."""

LEAVING = (0.8, 40.0)
"""After an order an outlet leaves with a chance that is spread as this beta: one in fifty on average."""

LONGEST = 800
LINE_SHARE, LINES_PER_ORDER = 0.09, 4
"""Part of all lines, and how many an order has at most on average."""

FIRST_ORDER = 800_000_001
"""These orders have a series of numbers of their own."""

CASES, LEAST_KEPT, MOST_KEPT = 3.0, 4, 12
"""Sales units of a line in an average month, and how many products an outlet keeps."""

DISCOUNT = 0.02
Lines = dict[str, np.ndarray]


@dataclass(frozen=True)
class Outlets:
    """By outlet: its account's id, region, owner, size (mean 1), rate (orders a week), whether it has left. By order in time: outlet, day."""

    ids: np.ndarray
    region: np.ndarray
    owner: np.ndarray
    size: np.ndarray
    rate: np.ndarray
    has_left: np.ndarray
    outlet: np.ndarray
    day: np.ndarray


def make_outlets(seed: int, span: Span, network: Network) -> Outlets:
    """The directly served outlets of a seed and their orders, in the order of their days."""
    rng = stream(seed, "direct outlets")
    group, count = network.outlets, len(network.direct)
    rate = rng.gamma(RATE_SHAPE, 1 / RATE_WEEKS, count)
    begun = np.where(rng.random(count) < 0.7, rng.integers(0, 60, count), rng.integers(60, 30 * (MONTHS - 6), count))
    gaps = rng.exponential(7 / rate[:, None], (count, LONGEST))
    after = begun[:, None] + np.concatenate([np.zeros((count, 1)), np.cumsum(gaps[:, 1:], axis=1)], axis=1)
    leaves = rng.random((count, LONGEST)) < rng.beta(*LEAVING, count)[:, None]
    leaves[:, 0] = False
    last = np.where(leaves.any(axis=1), leaves.argmax(axis=1), LONGEST - 1)
    days = span.first_days[0] + np.floor(after).astype(np.int64)
    is_order = (np.arange(LONGEST) <= last[:, None]) & (days <= span.end)
    outlet, place = np.nonzero(is_order)
    day = span.later_workday(days[outlet, place], np.zeros(len(outlet), np.int64))
    orders = np.unique(np.stack([day.astype("datetime64[D]").astype(np.int64), outlet]), axis=1)
    return Outlets(
        ids=group.ids[network.direct], region=group.region[network.direct], owner=group.owner[network.direct],
        size=rng.gamma(4.0, 0.25, count), rate=rate, has_left=days[np.arange(count), last] <= span.end,
        outlet=orders[1], day=orders[0].astype("datetime64[D]"),
    )  # fmt: skip


def lines_of_outlets(lines: int, outlets: Outlets) -> int:
    """How many of `lines` are theirs: their share, but no longer orders than outlets have."""
    return min(int(lines * LINE_SHARE), LINES_PER_ORDER * len(outlets.day))


def outlet_lines(seed: int, count: int, span: Span, outlets: Outlets, catalogue: Catalogue, levels: tuple[np.ndarray, np.ndarray]) -> list[Lines]:
    """Each month's lines, `count` in all, in the order of their days; `levels` are those of price and cost by month.

    Where there are fewer lines than orders, some orders are left out by chance, which makes all outlets as much rarer. `buyer` is the
    outlet's position, `order` the order's number.
    """
    rng = stream(seed, "outlet lines")
    orders = len(outlets.day)
    every = np.arange(orders) if count >= orders else np.empty(0, np.int64)
    order = np.sort(np.concatenate([every, rng.permutation(orders)[: count - len(every)] if count < orders else rng.integers(0, orders, count - orders)]))
    month = (outlets.day[order].astype("datetime64[M]") - span.months[0]).astype(np.int64)
    outlet = outlets.outlet[order]
    product = _products(outlets, catalogue, outlet, month, rng)
    index = np.array([seasonal_index(region) for region in REGIONS])[outlets.region[outlet], span.calendar_month[month]]
    quantity = 1 + rng.poisson(CASES * outlets.size[outlet] * index ** catalogue.season[product])
    price = catalogue.price[product] * levels[0][month] * (1 - DISCOUNT)
    lines = {
        "day": outlets.day[order], "buyer": outlet, "order": FIRST_ORDER + order, "product": product, "owner": outlets.owner[outlet],
        "mark": np.full(count, -1), "quantity": quantity, "cents": quantity * np.rint(price * 100).astype(np.int64),
        "cost": np.rint(quantity * np.nan_to_num(catalogue.cost[product]) * levels[1][month] * 100).astype(np.int64),
        "is_costed": ~np.isnan(catalogue.cost[product]),
    }  # fmt: skip
    ends = np.searchsorted(month, np.arange(MONTHS + 1))
    return [{name: values[first:end] for name, values in lines.items()} for first, end in zip(ends[:-1], ends[1:], strict=True)]


def outlet_truth_table(outlets: Outlets) -> pl.DataFrame:
    """What was constructed, one row per directly served outlet: for tests only. `orders_a_week` while it buys."""
    return pl.DataFrame({"account_id": outlets.ids.tolist(), "orders_a_week": outlets.rate, "has_left": outlets.has_left})


def _products(outlets: Outlets, catalogue: Catalogue, outlet: np.ndarray, month: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A product for each line: one of those that the outlet keeps and that are sold in that month."""
    appeal = np.log(catalogue.popularity) + rng.gumbel(0, 1, (len(outlets.ids), len(catalogue.ids)))
    appeal[:, catalogue.flagships] = np.inf
    rank = np.argsort(np.argsort(-appeal, axis=1, kind="stable"), axis=1, kind="stable")
    kept = rank < rng.integers(LEAST_KEPT, MOST_KEPT + 1, len(outlets.ids))[:, None]
    sold = (catalogue.first <= month[:, None]) & (month[:, None] <= catalogue.last)
    chance = np.cumsum(kept[outlet] * sold * catalogue.popularity, axis=1)
    return (chance < rng.random(len(outlet))[:, None] * chance[:, -1:]).sum(axis=1)
