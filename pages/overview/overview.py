"""Where do sales stand against last year and target, and what needs attention? The first page of a meeting.

Answers coverage.md's number 26 (existing customers are the base) and opens the way to every other page.
"""

import streamlit as st

from charts import labels
from charts.bars import bars
from charts.findings import attention
from charts.findings.overview import sentence, without_target
from charts.trend import trend
from data.language import _
from measures.overview import Overview
from pages.parts import answers, cuts, dates, draw, explain, filter_bar, frame, links, metrics, states, tables, tabs
from pages.parts.escape import plain

TILES = ("net_sales", "gross_margin", "volume", "active_accounts", "attainment")
NOTES_SHOWN = 6


def tiles(answer: Overview) -> list[metrics.Tile]:
    """Each metric against last year with its months as a sparkline; the attainment against the target."""
    rows = {row["metric"]: row for row in answer.kpis.iter_rows(named=True)}
    months: dict[str, list[float]] = {name: [] for name in rows}
    for metric, _month, value in answer.monthly_metrics.iter_rows():
        months[metric].append(value or 0)
    return [_tile(rows[name], months[name]) for name in TILES]


def _tile(row: dict[str, object], history: list[float]) -> metrics.Tile:
    # What is not known has no line at zero either.
    history = history if row["value"] is not None else []
    if row["metric"] == "attainment":
        return metrics.Tile("attainment", row["value"], row["difference"], _("on last year") if row["difference"] is not None else "", history)
    return metrics.Tile(row["metric"], row["value"], row["change_rate"], _("on last year") if row["change_rate"] is not None else "", history)


def notes(answer: Overview) -> None:
    """What needs attention, in sentences; an account's sentence opens the account."""
    st.subheader(_("What needs attention"), anchor=False)
    if answer.attention.is_empty():
        st.write(_("Nothing moved by more than everyday noise."))
    for row in answer.attention.head(NOTES_SHOWN).iter_rows(named=True):
        mark = ":blue[▲]" if row["is_better"] else ":orange[▼]"
        text = f"{mark} {plain(attention.sentence(row))}"
        if row["subject_kind"] == "account" and row["subject_id"]:
            if st.button(text, key=f"note_{row['rank']}", type="tertiary", wrap=True):
                links.open_account(row["subject_id"])
        else:
            st.markdown(text)


def breakdown(answer: Overview) -> None:
    """Regions, categories or products against last year, with their table."""
    views = {"region": _("Regions"), "category": _("Categories"), "product": _("Products")}
    view = tabs.choose(_("By"), views, key="overview_by", name="by")
    rows = {"region": answer.by_region, "category": answer.by_category, "product": answer.by_product}[view]
    key = view if view == "category" else f"{view}_id"
    draw.chart(bars(rows, name=view, key=key, theme=draw.theme(), finding=finding), key=f"overview_{view}")
    tables.show_folded(_("Table"), rows, f"overview_{view}", key=f"overview_table_{view}")


states.need_store()
filters = filter_bar.current()
head = st.container()
chosen = cuts.saved("overview")
answer = answers.get("overview", filters, chosen)
if not any(answer.monthly["net_sales"]):
    states.no_sales(filters)
    st.stop()
finding = sentence(answer)
with head:
    frame.head(_("Overview"), finding, dates.period(filters))
    metrics.row(tiles(answer))
    partly = without_target(answer)
    if partly:
        st.caption(partly)
left, right = st.columns([3, 2], gap="large")
with left:
    measures = {name: labels.metric(name) for name in ("net_sales", "gross_margin", "quantity")}
    measure = tabs.choose(_("Measure"), measures, key="overview_measure", name="trend")
    draw.chart(trend(answer.trends, metric=measure, theme=draw.theme(), finding=finding), key="overview_trend")
with right:
    notes(answer)
breakdown(answer)
tables.show_folded(_("Months"), answer.monthly, "overview_months", key="overview_months")
explain.panel(
    ("net_sales", "gross_margin", "volume", "active_accounts", "attainment", "change_rate"), chosen,
    ((_("Months"), answer.monthly.height), (_("Regions"), answer.by_region.height), (_("Products"), answer.by_product.height)),
)  # fmt: skip
