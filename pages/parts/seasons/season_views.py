"""Seasonality's views below its chart: scopes under each other, accounts, the mix, and the regions' seasons set by hand."""

import polars as pl
import streamlit as st

from charts import labels
from charts.findings.seasons.season_mix import sentence as mix_sentence
from charts.seasons.mix import mix
from charts.seasons.peak_words import word
from charts.seasons.season import calendar_run, lanes
from data.language import _, format_number, month_names
from measures.seasons.season_mix import SeasonMix
from pages.parts import draw, tables, tabs

LANES = 12
SEASON = (
    "scope_name", "peak", "peak_share", "peak_confidence", "off_season", "off_season_share", "strength", "kruskal_p", "status", "basis", "years",
    "is_set_by_hand",
)  # fmt: skip
MIX = (
    "mix_name", "category", "season_role", "retention", "relative_retention", "peak_month", "off_season_month", "peak_mix_share", "off_season_mix_share",
    "mix_shift", "years", "status", "mix_id",
)  # fmt: skip


def months(row: dict[str, object], kind: str) -> tuple[int, ...]:
    """The calendar months of a scope's peak or off-season."""
    return calendar_run(row[f"{kind}_start"], row[f"{kind}_months"])


def named(run: tuple[int, ...]) -> str:
    """Oct – Dec; a dash without a run."""
    names = month_names()
    return f"{names[run[0] - 1]} – {names[run[-1] - 1]}" if run else "–"


def scope_lanes(season: pl.DataFrame, index: pl.DataFrame, kind: str, finding: str) -> None:
    """The first scopes of one kind under each other as a calendar, with all seasons' table."""
    if season.is_empty():
        st.write({"region": _("No account says which region it belongs to."), "category": _("No product says which category it belongs to.")}.get(kind, _("Nothing has sold for long enough to have a season.")))
        return
    season = season.with_columns(scope_id=pl.col("scope").str.strip_prefix(f"{kind}:")).with_columns(scope_name=labels.told_apart("scope_name", "scope_id"))
    shown = season.head(LANES)
    drawn = index.drop("scope_name").join(shown.select("scope", "scope_name"), on="scope", how="inner", maintain_order="left").drop_nulls("seasonal_index")
    runs = {row["scope_name"]: (months(row, "peak"), months(row, "off_season")) for row in shown.iter_rows(named=True)}
    if not drawn.is_empty():
        draw.chart(lanes(drawn, runs, theme=draw.theme(), finding=finding), key=f"season_{kind}")
    if season.height > LANES:
        st.caption(_("The first {n} of {total}; the table has all.").format(n=LANES, total=format_number(season.height)))
    runs_named = [(named(months(row, "peak")), named(months(row, "off_season"))) for row in season.iter_rows(named=True)]
    worded = labels.worded(season, "status", "basis").with_columns(
        pl.Series("peak", [peak for peak, _low in runs_named], dtype=pl.String),
        pl.Series("off_season", [low for _peak, low in runs_named], dtype=pl.String),
    )
    tables.show(worded.select(SEASON), f"seasons_{kind}", key=f"season_table_{kind}")


def mix_shift(found: SeasonMix) -> None:
    """What suffers in the off-season, what stays, and how the shares shift."""
    if found.mix.is_empty():
        st.write(_("The mix needs two years of sales and an off-season."))
        return
    finding = mix_sentence(found)
    st.markdown(f"**{finding}**")
    kind = tabs.choose(_("Rows"), {"category": _("Categories"), "product": _("Products")}, key="season_mix_kind", name="mix")
    rows = found.mix.filter(pl.col("mix_kind") == kind).with_columns(pl.col("mix_name").fill_null(_("Not known")))
    draw.chart(mix(rows, theme=draw.theme(), finding=finding), key=f"season_mix_{kind}")
    shown = rows.rename({"role": "season_role"}).select(name for name in MIX if name != kind)
    tables.show(labels.worded(shown, "season_role", "status", writer=word), f"season_mix_{kind}", key=f"season_mix_table_{kind}", leads="retention")
