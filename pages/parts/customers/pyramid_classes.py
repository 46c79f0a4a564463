"""The value pyramid's view of value classes: what each class brings, what serving it costs, and what it could bring."""

import polars as pl
import streamlit as st

from charts import values
from charts.findings.customers import value_views
from charts.value_words import advice, part, value_class
from charts.waterfall import waterfall
from data.language import _, format_date, format_number, format_percent
from measures.customers.cost_to_serve import COST_PARTS
from measures.customers.value_classes import CLASSES, ValueClasses
from measures.registry import kind
from measures.thresholds import Cuts
from pages.parts import answers, cuts, draw, explain, links, metrics, states, tables, tabs
from pages.parts.customers import pyramid_register
from queries.filters import Filters

CUTS = ("mvc_share", "mgc_share", "headroom_probability", "hour_cost", "delivery_cost", "capital_rate")
SHOWN = (
    "account_id", "account", "region", "value_class", "av", "sv", "margin", "cost_to_serve", *COST_PARTS, "headroom_value", "net_sales", "growth_rate",
    "treatment", "exception",
)  # fmt: skip


def show(head: st.delta_generator.DeltaGenerator, filters: Filters) -> str:
    """Controls, the chosen class laid open, its accounts, and the register of strategic exceptions. Returns the finding."""
    with st.expander(_("Cuts and costs")):
        chosen = cuts.choose("value_classes", CUTS)
    answer = answers.get("value_classes", filters, chosen)
    finding = value_views.value_classes(answer)
    if answer.value_classes["av"].count() == 0:
        _nothing(answer)
        return finding
    with head:
        _metric_row(answer)
    code = tabs.choose(_("Class"), {code: value_class(code) for code in CLASSES}, key="pyramid_class", name="class")
    st.markdown(f"**{advice(code)}**")
    draw.chart(waterfall(_steps(answer, code), title=_("Twelve months"), theme=draw.theme(), finding=finding), key="pyramid_value")
    _caveats(answer, chosen)
    pyramid_register.write_end()
    entries = pyramid_register.entries(answer)
    rows = pyramid_register.joined(answer, entries).filter(pl.col("value_class") == code)
    _table(rows, code)
    pyramid_register.show(answer, entries)
    explain.panel(("actual_value", "strategic_value", "value_class"), chosen.only(kind("value_classes").thresholds), ((_("Accounts with sales"), answer.value_classes.height), (_("Accounts classed"), answer.value_classes["value_class"].count())))
    return finding


def _metric_row(answer: ValueClasses) -> None:
    """Actual value of each class, with its accounts; who is not classed stands in the caption."""
    shown = answer.value_class_totals.filter(pl.col("value_class").is_in(CLASSES))
    metrics.row(
        [
            metrics.Tile("actual_value", row["av"] if row["accounts"] else 0.0, label=value_class(row["value_class"]), beside=values.accounts(row["accounts"]))
            for row in shown.iter_rows(named=True)
        ]
    )


def _steps(answer: ValueClasses, code: str) -> pl.DataFrame:
    """Margin, less each known part of the cost to serve, is actual value; with the chance of growth it is strategic value."""
    row = answer.value_class_totals.filter(pl.col("value_class") == code).row(0, named=True)
    costs = [(part(name), -row[name], "step") for name in COST_PARTS if row[name] is not None]
    steps = [(part("margin"), row["margin"], "step"), *costs, (part("av"), row["av"], "total")]
    growth = [(part("headroom_value"), row["headroom_value"], "modelled"), (part("sv"), row["sv"], "total")]
    return pl.DataFrame([*steps, *growth], schema={"name": pl.String, "amount": pl.Float64, "kind": pl.String}, orient="row")


def _caveats(answer: ValueClasses, chosen: Cuts) -> None:
    basis = answer.value_basis.row(0, named=True)
    rows = answer.value_classes
    unclassed = rows["value_class"].null_count()
    known = rows.filter(pl.col("potential_status") == "ok").height
    said = [
        _("Twelve complete months before {date}; {share} of net sales has a known cost.").format(date=format_date(basis["to_date"]), share=format_percent(basis["cost_coverage"], 0)),
        _("What competitors sell is known of {n} of {all} accounts; for the others strategic value is actual value.").format(n=format_number(known), all=format_number(rows.height)),
    ]  # fmt: skip
    if unclassed:
        said.append(_("{n} accounts are not classed: their cost is not known.").format(n=format_number(unclassed)))
    if not chosen["delivery_cost"]:
        said.append(_("No cost of a delivery is set: delivery is not counted."))
    missing = [part(name) for name in COST_PARTS if rows[name].count() == 0]
    if missing:
        said.append(_("The data hold nothing on: {parts}.").format(parts=", ".join(missing)))
    st.caption(" ".join(said))


def _table(rows: pl.DataFrame, code: str) -> None:
    words = pyramid_register.in_words(rows)
    chosen = tables.show(words.select(SHOWN), f"value_class_{code}", key=f"pyramid_class_{code}", pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def _nothing(answer: ValueClasses) -> None:
    if answer.value_basis["status"][0] == "missing_cost":
        states.empty(
            _("Too few costs are known"),
            _("Actual value is margin less the cost to serve: without costs it would be guessed."),
            _("Import costs of order lines, or unit costs of products."),
        )
    else:
        states.empty(_("Nothing was sold in these twelve months, net of returns"), _("Value classes look at a year of sales."), _("Choose another period or take a filter off."))
