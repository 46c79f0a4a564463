"""Order lines as the contract's table, and what the other tables need to know of them.

Lines come month by month as numbers and become text only when a month is complete, so that ten million of them
fit into little memory. They stand in the order of their dates.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.buyers import BUYERS
from data.demo.lines import Lines, World, months_of_lines
from data.demo.span import MONTHS

MONEY = pl.Decimal(18, 4)


@dataclass(frozen=True)
class Sales:
    """The order lines, those of directly served outlets too; net sales in cents by buyer and month; the days on which each buyer ordered (buyer, day)."""

    frame: pl.DataFrame
    net_cents: np.ndarray
    order_days: pl.DataFrame


def euros(cents: np.ndarray) -> pl.Series:
    """Cents as exact money."""
    return pl.Series(cents / 100).cast(MONEY)


def _looked_up(ids: np.ndarray, positions: np.ndarray) -> pl.Series:
    return pl.Series(ids.tolist(), dtype=pl.String).gather(pl.Series(positions.astype(np.uint32)))


def _numbers(prefix: str, numbers: np.ndarray) -> pl.Series:
    return pl.select(pl.lit(prefix) + pl.Series(numbers).cast(pl.String).str.zfill(9)).to_series()


def _month_frame(world: World, lines: Lines, first_line: int) -> pl.DataFrame:
    programme_ids = np.array([item.programme_id for item in world.programmes.listed])
    promoted = pl.Series(lines["mark"] >= 0)
    frame = pl.DataFrame(
        {
            "transaction_id": _numbers("T-", np.arange(first_line, first_line + len(lines["day"]))),
            "order_id": _numbers("A-", lines["order"]),
            "sold_on": pl.Series(lines["day"]),
            "account_id": _looked_up(np.concatenate([world.buyers.ids, world.outlets.ids]), lines["buyer"]),
            "product_id": _looked_up(world.catalogue.ids, lines["product"]),
            "salesperson_id": _looked_up(world.force.ids, lines["owner"]),
            "quantity": lines["quantity"],
            "net_amount": euros(lines["cents"]),
            "cost_amount": euros(lines["cost"]),
            "promotion_id": _looked_up(programme_ids, np.maximum(lines["mark"], 0)),
        }
    )
    return frame.with_columns(
        pl.when(pl.Series(lines["is_costed"])).then("cost_amount").alias("cost_amount"),
        pl.when(promoted).then("promotion_id").alias("promotion_id"),
    )


def _order_days(lines: Lines) -> pl.DataFrame:
    sold = (lines["quantity"] > 0) & (lines["buyer"] < BUYERS)
    return pl.DataFrame({"buyer": lines["buyer"][sold], "day": lines["day"][sold]}).unique(maintain_order=True)


def make_sales(world: World) -> Sales:
    """All order lines of a world, exactly `world.lines`."""
    frames, days = [], []
    net = np.zeros((BUYERS, MONTHS), dtype=np.int64)
    first_line = 1
    for month, lines in enumerate(months_of_lines(world)):
        frames.append(_month_frame(world, lines, first_line))
        days.append(_order_days(lines))
        net[:, month] = np.rint(np.bincount(lines["buyer"], lines["cents"], BUYERS)[:BUYERS]).astype(np.int64)
        first_line += len(lines["day"])
    return Sales(pl.concat(frames), net, pl.concat(days))
