"""When are peak and off-season, and how strong? Helps a sales manager time targets, stock and visits.

Answers product.md's number 40: how demand falls, where, and which products suffer; it feeds number 41.
"""

import polars as pl
import streamlit as st

from charts import labels
from charts.findings.seasonality import sentence
from charts.season import calendar_run, lanes, season
from charts.trend import trend
from data.language import _, month_names
from measures.seasonality import Seasonality
from pages.parts import answers, cuts, draw, explain, filter_bar, frame, metrics, states, tables

COMPANY = "company"
LANES = 12
CUTS = ("measure", "method", "years", "window", "off_season_cut")
OVERRIDES = ("peak_start", "off_season_start", "off_season_months")


def months(row: dict[str, object], kind: str) -> tuple[int, ...]:
    """The calendar months of a scope's peak or off-season."""
    return calendar_run(row[f"{kind}_start"], row[f"{kind}_months"])


def named(run: tuple[int, ...]) -> str:
    """Oct – Dec; a dash without a run."""
    names = month_names()
    return f"{names[run[0] - 1]} – {names[run[-1] - 1]}" if run else "–"


def metric_row(company: dict[str, object], index: pl.DataFrame) -> None:
    """Strength, peak, off-season, highest and lowest index of the company."""
    peak, low = months(company, "peak"), months(company, "off_season")
    metrics.row(
        [
            metrics.Tile("strength", company["strength"], label=_("Strength"), beside=labels.label(company["status"])),
            metrics.Tile("peak_share", company["peak_share"], beside=named(peak), label=_("Peak's share")),
            metrics.Tile("peak_share", company["off_season_share"], beside=named(low), label=_("Off-season's share")),
            metrics.Tile("seasonal_index", index["seasonal_index"].max(), label=_("Highest index")),
            metrics.Tile("seasonal_index", index["seasonal_index"].min(), label=_("Lowest index")),
        ]
    )


def scope_lanes(answer: Seasonality, kind: str) -> None:
    """The scopes of one kind under each other, with their seasons' table."""
    seasons = answer.season.filter(pl.col("scope_kind") == kind)
    shown = seasons.head(LANES)
    index = answer.index.filter(pl.col("scope").is_in(shown["scope"].implode()))
    runs = {row["scope_name"]: (months(row, "peak"), months(row, "off_season")) for row in shown.iter_rows(named=True)}
    if not index.is_empty():
        draw.chart(lanes(index, runs, theme=draw.theme(), finding=finding), key=f"season_{kind}")
    if seasons.height > LANES:
        st.caption(_("The first {n} of {total}; the table has all.").format(n=LANES, total=seasons.height))
    rows = seasons.iter_rows(named=True)
    runs_named = [(named(months(row, "peak")), named(months(row, "off_season"))) for row in rows]
    worded = labels.worded(seasons, "status", "basis").with_columns(
        pl.Series("peak", [peak for peak, _low in runs_named], dtype=pl.String),
        pl.Series("off_season", [low for _peak, low in runs_named], dtype=pl.String),
    )
    columns = ("scope_name", "peak", "peak_share", "off_season", "off_season_share", "strength", "kruskal_p", "status", "basis", "years")
    tables.show(worded.select(columns), f"seasons_{kind}", key=f"season_table_{kind}")


states.need_store()
filters = filter_bar.current()
head = st.container()
with st.expander(_("Measure, history and cuts")):
    chosen = cuts.choose("seasonality", CUTS, columns=5)
    chosen = cuts.choose("seasonality", OVERRIDES, base=chosen)
# A season needs years: the period's beginning is no filter here, its end is.
answer = answers.get("seasonality", filters.within(None, filters.to_date), chosen)
company = answer.season.filter(pl.col("scope") == COMPANY)
index = answer.index.filter(pl.col("scope") == COMPANY).drop_nulls("seasonal_index")
if company.is_empty() or answer.history.is_empty():
    states.no_sales(filters)
    st.stop()
if index.is_empty():
    states.empty(
        _("Too little history for a season"),
        _("A seasonal index needs at least two years of complete months."),
        _("Take filters off, or import older sales."),
    )
    st.stop()
row = company.row(0, named=True)
finding = sentence(answer)
with head:
    frame.head(_("Seasonality"), finding)
    metric_row(row, index)
draw.chart(
    season(index, peak=months(row, "peak"), off_season=months(row, "off_season"), theme=draw.theme(), finding=finding), key="season_company"
)
kinds = {"region": _("Regions"), "category": _("Categories"), "product": _("Products"), "history": _("History")}
kind = st.segmented_control(
    _("View"), list(kinds), default="region", key="season_kind", format_func=kinds.get, required=True, label_visibility="collapsed"
)
if kind == "history":
    measure = str(chosen["measure"])
    history = answer.history.rename({"value": measure})
    draw.chart(
        trend(history, metric=measure, peak=months(row, "peak"), off_season=months(row, "off_season"), theme=draw.theme(), finding=finding),
        key="season_history",
    )
    tables.show(answer.history, "season_history", key="season_history_table")
else:
    scope_lanes(answer, kind)
explain.panel(
    ("seasonal_index", "strength", "peak_share"), chosen,
    ((_("Months of history"), answer.history.height), (_("Scopes"), answer.season.height)),
)  # fmt: skip
