"""Pieces of sentences: levels against a comparison, the few that explain most of a total."""

import polars as pl

from data.language import _, format_compact, format_percent

LEVEL = 0.01
"""Changes under one per cent are called level."""


def compared(rate: float, above: str, below: str, level: str) -> str:
    """The sentence for a change: above, below or level, with {rate} filled in without its sign."""
    if abs(rate) < LEVEL:
        return level
    return (above if rate > 0 else below).replace("{rate}", format_percent(abs(rate)))


def units(value: float) -> str:
    """Units in short: millions to two decimals, less to one."""
    return format_compact(value, 2 if abs(value) >= 1_000_000 else 1)


def few(frame: pl.DataFrame, name: str, amount: str, most: int = 2, enough: float = 0.5) -> tuple[list[str], float]:
    """The fewest names (`most` at most) with the largest positive `amount` that hold `enough` of all of it, and their share.

    No names where a single row is all there is, or where `most` of them don't explain that much.
    """
    ranked = frame.filter(pl.col(amount) > 0).sort(amount, descending=True)
    if frame.height < 2 or ranked.is_empty():
        return [], 0.0
    total = ranked[amount].sum()
    for count in range(1, min(most, ranked.height) + 1):
        share = ranked[amount][:count].sum() / total
        if share >= enough:
            return [named(value) for value in ranked[name][:count]], share
    return [], 0.0


def named(value: str | None) -> str:
    """A name, or the words for what has none."""
    return value or _("no name")
