"""When are peak and off-season, and how strong? Helps a sales manager time targets, stock and visits.

Answers coverage.md's number 40: how demand falls, where, how its mix shifts, which products suffer and which stay; it feeds number 41.
"""

import polars as pl
import streamlit as st

from charts import labels
from charts.findings.seasons.seasonality import sentence
from charts.seasons.season import season
from charts.trend import trend
from data.language import _, format_percent, month_names
from measures.seasons.seasonality import Seasonality
from pages.parts import answers, cuts, dates, draw, explain, filter_bar, frame, metrics, states, tables, tabs
from pages.parts.seasons import season_by_hand, season_views
from pages.parts.seasons.season_views import months, named
from queries.filters import add_months

COMPANY = "company"
CUTS = ("measure", "method", "years", "window", "off_season_cut")
CALENDAR = ("interval", "selling_days", "holidays")
OVERRIDES = ("peak_start", "off_season_start", "off_season_months")


def metric_row(company: dict[str, object], index: pl.DataFrame) -> None:
    """Strength, peak, off-season, highest and lowest index of the company."""
    sure = company["peak_confidence"]
    beside = named(months(company, "peak"))
    beside += "" if sure is None else " · " + _("sure to {share}").format(share=format_percent(sure, 0))
    metrics.row(
        [
            metrics.Tile("strength", company["strength"], label=_("Strength"), beside=labels.label(company["status"])),
            metrics.Tile("peak_share", company["peak_share"], beside=beside, label=_("Peak's share")),
            metrics.Tile("peak_share", company["off_season_share"], beside=named(months(company, "off_season")), label=_("Off-season's share")),
            metrics.Tile("seasonal_index", index["seasonal_index"].max(), label=_("Highest index"), beside=month_of(index, descending=True)),
            metrics.Tile("seasonal_index", index["seasonal_index"].min(), label=_("Lowest index"), beside=month_of(index, descending=False)),
        ]
    )


def month_of(index: pl.DataFrame, *, descending: bool) -> str:
    """The month with the highest or the lowest index, in full."""
    return month_names(short=False)[index.sort("seasonal_index", "month", descending=[descending, False])["month"][0] - 1]


def per_day(index: pl.DataFrame) -> pl.DataFrame:
    """The index as it is shown: per month with its interval, or per selling day."""
    by = tabs.choose(_("Index per"), {"month": _("Index per month"), "day": _("Index per selling day")}, key="season_per", name="per")
    daily = index.with_columns(seasonal_index="daily_index", low=pl.lit(None, pl.Float64), high=pl.lit(None, pl.Float64))
    return index if by == "month" else daily


def history(answer: Seasonality, row: dict[str, object], finding: str) -> None:
    """The company's measure month by month, and its table."""
    measure = str(chosen["measure"])
    bands = {"peak": months(row, "peak"), "off_season": months(row, "off_season")}
    told = answer.history.rename({"value": measure})
    draw.chart(trend(told, metric=measure, **bands, theme=draw.theme(), finding=finding), key="season_history")
    tables.show(told, "season_history", key="season_history_table")


states.need_store()
filters = filter_bar.current()
head = st.container()
with st.expander(_("Measure, history and cuts")):
    chosen = cuts.choose("seasonality", CUTS, columns=5)
    chosen = cuts.choose("seasonality", CALENDAR, base=chosen)
    chosen = cuts.choose("seasonality", OVERRIDES, base=chosen)
# A season needs years: the period's beginning is no filter here, its end is.
period = filters.within(None, filters.to_date)
answer = answers.get("seasonality", period, chosen)
company = answer.season.filter(pl.col("scope") == COMPANY)
index = answer.index.filter(pl.col("scope") == COMPANY).drop_nulls("seasonal_index")
if company.is_empty() or answer.history.is_empty():
    states.no_sales(filters)
    st.stop()
if index.is_empty():
    states.short_history(
        filters,
        _("Too little history for a season"),
        _("A seasonal index needs at least two years of complete months."),
        _("Take filters off, or import older sales."),
    )
    st.stop()
row = company.row(0, named=True)
finding = sentence(answer)
with head:
    frame.head(_("Seasonality"), finding, dates.complete(add_months(answer.history["month"].max(), 1)))
    metric_row(row, index)
draw.chart(
    season(per_day(index), peak=months(row, "peak"), off_season=months(row, "off_season"), theme=draw.theme(), finding=finding), key="season_company"
)
kinds = {
    "region": _("Regions"), "category": _("Categories"), "product": _("Products"), "account": _("Accounts"), "mix": _("Mix in and out of season"),
    "history": _("History"), "by_hand": _("Set by hand"),
}  # fmt: skip
kind = tabs.choose(_("View"), kinds, key="season_kind", name="tab")
if kind == "history":
    history(answer, row, finding)
elif kind == "mix":
    own = cuts.choose("season_mix", ("mix_cut",), base=cuts.saved("season_mix").but(**chosen.as_dict()))
    season_views.mix_shift(answers.get("season_mix", period, own))
elif kind == "account":
    accounts = answers.get("account_seasons", period, chosen)
    season_views.scope_lanes(accounts.account_season, accounts.account_index, kind, finding)
elif kind == "by_hand":
    season_by_hand.show(answer.season)
else:
    season_views.scope_lanes(answer.season.filter(pl.col("scope_kind") == kind), answer.index, kind, finding)
explain.panel(
    ("seasonal_index", "strength", "peak_share"), chosen,
    ((_("Months of history"), answer.history.height), (_("Scopes"), answer.season.height)),
)  # fmt: skip
