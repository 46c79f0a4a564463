"""What the four corners of the portfolio say: name, strategy, accounts and money."""

import polars as pl

from charts import labels, values
from charts.theme import QUADRANTS
from data.language import _, format_money_compact, format_number, format_percent

_SIDES = {"EI": (True, False), "EII": (False, False), "EIII": (True, True), "EIV": (False, True)}
"""Whether a quadrant lies right, and whether it lies low."""


def corners(sums: pl.DataFrame) -> pl.DataFrame:
    """One row per quadrant [part, quadrant, corner, corner_text, corner_short, right, low] of `sums` [quadrant, accounts, net_sales, share].

    A quadrant that is missing from the sums has no accounts.
    """
    known = {row["quadrant"]: row for row in sums.iter_rows(named=True)}
    return pl.DataFrame([_corner(code, known.get(code)) for code in QUADRANTS])


def _corner(code: str, sums: dict[str, object] | None) -> dict[str, object]:
    right, low = _SIDES[code]
    return {
        "part": "corner", "quadrant": code, "corner": labels.quadrant(code), "corner_text": _text(sums), "corner_short": _short(sums), "right": right, "low": low,
    }  # fmt: skip


def _text(sums: dict[str, object] | None) -> str:
    if sums is None or not sums["accounts"]:
        return _("no accounts")
    count = values.accounts(sums["accounts"])
    return f"{count} · {format_money_compact(sums['net_sales'])} · {format_percent(sums['share'], 0)}"


def _short(sums: dict[str, object] | None) -> str:
    """The same for a phone."""
    if sums is None or not sums["accounts"]:
        return _("no accounts")
    return f"{format_number(sums['accounts'])} · {format_money_compact(sums['net_sales'])}"
