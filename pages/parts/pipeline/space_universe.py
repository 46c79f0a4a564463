"""The universe's chart by region, by channel or by both, and what it rests on."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from charts import labels
from charts.pipeline.space_grid import OTHERS, TOTAL, region_channels
from charts.pipeline.universe import universe
from data.language import _, mark
from measures.pipeline.white_space import WhiteSpace
from measures.thresholds import Cuts
from pages.parts import draw, tables, tabs

FIGURES = (
    "universe", "universe_basis", "known_accounts", "buys", "supplied", "lapsed", "prospect", "untouched", "reached_accounts", "penetration", "open_accounts",
    "base_growth", "first_buyers", "net_sales",
)  # fmt: skip
SHAPES = {"region": mark("By region"), "channel": mark("By channel"), "both": mark("Region × channel")}


@dataclass(frozen=True)
class Told:
    """What a view adds to the page's explanation: its metrics and its thresholds."""

    metrics: tuple[str, ...] = ()
    cuts: Cuts = Cuts()


@dataclass(frozen=True)
class Place:
    """What was clicked: a region's id and a channel as the cells have them ("" for none); None where it was not asked for."""

    region_id: str | None = None
    channel: str | None = None

    def within(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows [region_id, channel] of the place."""
        for name, wanted in (("region_id", self.region_id), ("channel", self.channel)):
            rows = rows if wanted is None else rows.filter(pl.col(name).fill_null("") == wanted)
        return rows


def choose_shape() -> str:
    """By what the universe is cut: by region, by channel or by both."""
    return tabs.choose(_("Universe"), {code: _(name) for code, name in SHAPES.items()}, key="space_shape", name="universe")


def main_chart(answer: WhiteSpace, shape: str, finding: str) -> Place:
    """The universe's chart; the place that was clicked."""
    if shape == "both":
        picked = draw.chart(region_channels(answer.cells, theme=draw.theme(), finding=finding), key="space_both")
        place = Place(_asked(picked[0]["row"]), _asked(picked[0]["column"])) if picked else Place()
    else:
        place = _bars(answer, shape, finding)
    if said := " ".join([*_key(answer, shape), *_basis(answer, shape)]):
        st.caption(said)
    _table({"region": answer.by_region, "channel": answer.by_channel, "both": answer.cells}[shape], shape)
    return place


def _table(rows: pl.DataFrame, shape: str) -> None:
    """What the chart draws, and what money is in it."""
    missing = {"region": _("No region"), "channel": _("No channel")}
    named = rows.with_columns(pl.col(name).fill_null(word) for name, word in missing.items() if name in rows.columns)
    shown = named.select([*(name for name in missing if name in rows.columns), *FIGURES]).rename({"supplied": "supplied_accounts"})
    tables.show_folded(_("The figures as a table"), labels.worded(shown, "universe_basis"), "universe", key=f"space_table_{shape}")


def _bars(answer: WhiteSpace, shape: str, finding: str) -> Place:
    rows = answer.by_region if shape == "region" else answer.by_channel
    missing = _("No region") if shape == "region" else _("No channel")
    key = "region_id" if shape == "region" else "channel"
    named = rows.with_columns(pl.col(shape).fill_null(missing).alias("shown"))
    picked = draw.chart(universe(named, key=key, name="shown", theme=draw.theme(), finding=finding), key=f"space_{shape}")
    chosen = _asked(picked[0]["key"]) if picked else None
    return Place(region_id=chosen) if shape == "region" else Place(channel=chosen)


def _asked(code: str) -> str | None:
    return None if code in (OTHERS, TOTAL) else code


def _key(answer: WhiteSpace, shape: str) -> list[str]:
    """What the bars' parts are: a phone has no room for the chart's own key."""
    if shape == "both":
        return []
    if (answer.by_region["reached_accounts"] == answer.by_region["buys"]).all():
        return [_("From the left: who buys itself, who is known and not reached.")]
    return [_("From the left: who buys itself, who is supplied through another, who is known and not reached.")]


def _basis(answer: WhiteSpace, shape: str) -> list[str]:
    """What the universe rests on, so that nobody takes the known accounts for all."""
    row = answer.summary.row(0, named=True)
    if not row["takes_statements"]:
        return [_("With a filter by account or salesperson only known accounts are counted: nobody stated how many others are theirs.")]
    if row["stated_regions"] == 0:
        return [_("Only accounts known here: nobody has stated how many there are. State it under “Universe”, and the share tells what is left.")]
    return [] if shape == "both" else [_("Outlined: accounts that people state beyond the known ones. Where a bar says “known”, nobody has stated more.")]
