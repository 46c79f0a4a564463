"""Where the names of the largest points stand so that they don't cover one another."""

from math import log

import polars as pl

WIDTH, HEIGHT = 1100.0, 460.0
"""The view that names are placed for; a narrower one shows fewer names."""

LETTER, LINE = 6.2, 14.0
_SPOTS = (("left", 12.0, 0.0), ("right", -12.0, 0.0), ("center", 0.0, -16.0), ("center", 0.0, 18.0), ("left", 12.0, -12.0), ("left", 12.0, 14.0))

Box = tuple[float, float, float, float]


def named(placed: pl.DataFrame, count: int) -> pl.DataFrame:
    """Rows [part, rank, account, contribution, stability_cv, align, dx, dy] for the `count` accounts with the most net sales.

    Each takes the first free spot around its point; one that finds none goes without a name.
    """
    largest = placed.sort("net_sales", descending=True, nulls_last=True).head(count)
    taken: list[Box] = []
    found = []
    for rank, row in enumerate(largest.iter_rows(named=True), start=1):
        spot = _free(row, _pixel(row, placed), taken)
        if spot:
            align, dx, dy = spot
            kept = {name: row[name] for name in ("account_id", "account", "contribution", "stability_cv")}
            found.append({"part": "name", "rank": rank, **kept, "align": align, "dx": dx, "dy": dy})
    return pl.DataFrame(found) if found else pl.DataFrame(schema={"part": pl.String})


def _pixel(row: dict[str, float], placed: pl.DataFrame) -> tuple[float, float]:
    right = (placed["stability_cv"].max() or 1.0) ** 0.5 or 1.0
    x = WIDTH * (1 - max(row["stability_cv"], 0) ** 0.5 / right)
    low, high = placed["contribution"].min(), placed["contribution"].max()
    if low > 0 and high > low:
        return x, HEIGHT * (1 - (log(row["contribution"]) - log(low)) / (log(high) - log(low)))
    return x, HEIGHT * (1 - (row["contribution"] - low) / ((high - low) or 1))


def _free(row: dict[str, object], at: tuple[float, float], taken: list[Box]) -> tuple[str, float, float] | None:
    for align, dx, dy in _SPOTS:
        box = _box(len(row["account"]) * LETTER, at[0] + dx, at[1] + dy, align)
        if 0 <= box[0] and box[2] <= WIDTH and not any(_touch(box, other) for other in taken):
            taken.append(box)
            return align, dx, dy
    return None


def _box(width: float, x: float, y: float, align: str) -> Box:
    left = {"left": x, "right": x - width, "center": x - width / 2}[align]
    return (left, y - LINE / 2, left + width, y + LINE / 2)


def _touch(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
