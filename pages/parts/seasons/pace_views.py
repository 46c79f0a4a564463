"""The views under the pace's chart: distributors, regions, people, months, and what moved net sales."""

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from charts.findings.customers import value_views
from charts.value_words import component
from data.language import _, format_number, format_percent, mark
from measures.metrics import ratio
from measures.seasons.pace import Pace
from measures.trade.price_volume_mix import SCOPES, PriceVolumeMix, between
from pages.parts import answers, bridge_chart, cuts, draw, links, states, tables, tabs
from pages.parts.escape import plain
from queries.filters import Filters

VIEWS = {"account": mark("Distributors"), "region": mark("Regions"), "salesperson": mark("Salespeople"), "months": mark("Months"), "bridge": mark("What moved it")}
WHOLE = "whole"
FURTHEST = 12
SHOWN = (
    "account_id", "account", "salesperson_id", "salesperson", "region", "status", "target", "actual", "attainment", "expected", "ahead", "pace_index",
    "projection_low", "projection_high", "required_factor", "to_go", "per_day", "required_per_day",
)  # fmt: skip


UNAIMED = {
    "account": mark("{share} of what is sold is of accounts without a target: it counts in the whole, not in the table of distributors."),
    "salesperson": mark("{share} of what is sold is of salespeople without a target, or of none: it counts in the whole, not in the table of salespeople."),
}  # fmt: skip


def unaimed(answer: Pace) -> None:
    """Say what part of the sales no target speaks of, so that nobody takes it for an attainment."""
    about, sold = answer.summary.row(0, named=True), answer.pace["actual"].item()
    share = ratio(about["unaimed"], sold)
    if share is not None and round(share, 3) > 0:
        st.caption(_(UNAIMED[about["grain"]]).format(share=format_percent(share)))


def first_view(answer: Pace) -> str:
    """The view that a page opens with: distributors, or who else has targets where these have none."""
    return next((view for view in ("account", "region", "salesperson") if getattr(answer, f"by_{view}").height), "account")


def show_view(view: str, answer: Pace, filters: Filters, finding: str) -> None:
    """Draw the chosen view."""
    if view == "bridge":
        _bridge(answer, filters)
    elif view == "months":
        tables.show(answer.months, "pace_months", key="pace_months")
    else:
        _scopes(view, getattr(answer, f"by_{view}"), answer.summary["measure"].item(), finding)


def _scopes(kind: str, rows: pl.DataFrame, measure: str, finding: str) -> None:
    """The scopes' sales against what was expected by now, and their table, the furthest behind first."""
    if rows.is_empty():
        st.info(_("No target names any of them. A row of the table “Targets” may name a region, a salesperson, an account or several of them."))
        return
    shown = rows.head(FURTHEST)
    if shown.height < rows.height:
        st.caption(_("The {n} furthest behind; the table has all {all}.").format(n=shown.height, all=format_number(rows.height)))
    picked = draw.chart(
        bars(
            shown,
            name=kind,
            key=f"{kind}_id",
            value="actual",
            metric=measure,
            comparison="expected",
            theme=draw.theme(),
            finding=finding,
            limit=FURTHEST,
            by_variance=True,
        ),
        key=f"pace_bars_{kind}",
    )
    chosen = tables.show(labels.worded(rows.select(name for name in SHOWN if name in rows.columns), "status"), f"pace_{kind}", key=f"pace_table_{kind}", pick=kind == "account", leads="ahead")
    if kind == "account" and (chosen is not None or picked):
        links.open_account(rows["account_id"][chosen] if chosen is not None else picked[0]["key"])


def _bridge(answer: Pace, filters: Filters) -> None:
    """Price, volume, mix, products and accounts since the year before, of the whole or of one region or category."""
    about = answer.summary.row(0, named=True)
    end = min(about["period_to"], filters.to_date or about["period_to"])
    moved = answers.get("price_volume_mix", filters.within(about["period_from"], end), cuts.saved("price_volume_mix"))
    if moved.ends.is_empty():
        states.empty(
            _("There is no period to compare with"), _("Changes of value need two periods with sales."),
            _("Choose another period."),
        )  # fmt: skip
        return
    scopes = {WHOLE: _("Whole"), "region": _("Regions"), "category": _("Categories")}
    scope = tabs.choose(_("Of"), scopes, key="pace_bridge_of", name="bridge")
    parts, name = _chosen_parts(moved, scope)
    said = value_views.moved(parts, moved.ends.row(0, named=True)) if name is None else value_views.moved_of(name, parts)
    st.markdown(f"**{plain(said)}**")
    bridge_chart.show(parts, said, key="pace_bridge")
    if scope != WHOLE:
        st.caption(_("Each has its own average price and mix. What moved between them is a line of its own: with it, each column adds up to the whole's."))
    tables.show(labels.worded(parts, "component", writer=component) if scope == WHOLE else wide(moved, scope), "price_volume_mix", key="pace_bridge_table")


def _chosen_parts(moved: PriceVolumeMix, scope: str) -> tuple[pl.DataFrame, str | None]:
    if scope == WHOLE:
        return moved.price_volume_mix, None
    rows = getattr(moved, f"by_{scope}")
    names = rows[scope].unique(maintain_order=True).to_list()
    chosen = st.selectbox(labels.label(scope), names, key=f"pace_bridge_{scope}", format_func=lambda name: name or _("no name"))
    return rows.filter(pl.col(scope).eq_missing(chosen)), chosen or _("no name")


def wide(moved: PriceVolumeMix, scope: str) -> pl.DataFrame:
    """One row per region or category, one column per component, and their sum; then what moved between them, and the whole: the columns add up."""
    names = list(SCOPES[scope])
    last = [
        parts.with_columns(pl.lit(None, pl.String).alias(name) for name in names[:-1]).with_columns(pl.lit(word).alias(names[-1]))
        for parts, word in ((between(moved, scope), _("Between them")), (moved.price_volume_mix, _("Whole")))
    ]  # fmt: skip
    rows, *sums = (_spread(of, names) for of in (getattr(moved, f"by_{scope}"), *last))
    return pl.concat([rows.sort("change", maintain_order=True), *(of.select(rows.columns) for of in sums)])


def _spread(rows: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    spread = rows.select(*names, "component", "amount").pivot("component", index=names, values="amount", maintain_order=True)
    return spread.rename({"volume": "units_part", "price": "price_part"}).with_columns(change=pl.sum_horizontal(pl.exclude(names)))
