"""What came of loyalty: who bought again, what the same accounts need more or less than a year ago, and who they are."""

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts import labels
from charts.bars import bars
from charts.customers.loyalty_words import group_name
from charts.findings.customers.loyalty import sentence
from data.language import _, format_number, format_percent
from measures.customers.loyalty import Loyalty
from measures.metrics import change_rate
from pages.parts import answers, cuts, draw, links, metrics, tables, tabs
from queries.filters import Filters

CUTS = ("loyalty_by",)
METRICS = ("retention_rate", "products_per_account", "orders_per_account", "tenure_years", "response_rate")


def show(answer: Loyalty, filters: Filters, head: DeltaGenerator) -> str:
    """The figures of the last year in `head`, the groups as bars, and the tables. Returns the finding."""
    finding, summary = sentence(answer), answer.summary.row(0, named=True)
    if answer.loyalty.is_empty():
        st.write(_("Loyalty is read from whole years: it shows once twelve complete months are there."))
        return finding
    with head:
        _metric_row(summary)
    named = answer.groups.with_columns(
        pl.Series("name", [group_name(code, summary["loyalty_by"]) for code in answer.groups["group"]], dtype=pl.String), previous=pl.col("products_before"),
    )  # fmt: skip
    drawn = named.filter(pl.col("products_per_account").is_not_null())
    if not drawn.is_empty():
        st.caption(_("Different products that the accounts of each group buy in a year, of those that bought in both years; behind them the year before."))
        draw.chart(bars(drawn, name="name", key="group", value="products_per_account", summed=False, theme=draw.theme(), finding=finding), key="loyalty_groups")
    _tables(answer, named, filters)
    return finding


def _metric_row(summary: dict[str, object]) -> None:
    metrics.row(
        [
            metrics.Tile("retention_rate", summary["retention_rate"], beside=_of_accounts(summary)),
            *(_needed(f"{need}_per_account", f"{need}_before", summary) for need in ("products", "orders")),
            metrics.Tile("tenure_years", summary["tenure_years"], beside=_at_least(summary)),
            metrics.Tile("response_rate", summary["response_rate"], beside=_("of {n} contacts").format(n=format_number(summary["contacts"]))),
        ]
    )


def _needed(now: str, before: str, summary: dict[str, object]) -> metrics.Tile:
    change = change_rate(summary[now], summary[before], summary["kept_accounts"])
    return metrics.Tile(now, summary[now], change, _("on the year before") if change is not None else "")


def _of_accounts(summary: dict[str, object]) -> str:
    if summary["retention_rate"] is None:
        return ""
    return _("{kept} of {all} accounts").format(kept=format_number(summary["kept_accounts"]), all=format_number(summary["accounts_before"]))


def _at_least(summary: dict[str, object]) -> str:
    share = summary["since_before"] / summary["accounts"]
    return _("at least: {share} bought before the data begin").format(share=format_percent(share, 0)) if share else ""


def _tables(answer: Loyalty, named: pl.DataFrame, filters: Filters) -> None:
    views = {"loyalty": _("Accounts"), "groups": _("Groups"), "years": _("Years")}
    view = tabs.choose(_("Table"), views, key="loyalty_table", name="loyalty")
    if view == "loyalty":
        rows = labels.worded(answer.loyalty, "quadrant", writer=labels.quadrant)
        row = tables.show(rows, "loyalty", key="loyalty_accounts", pick=True, leads="needs_change")
        if row is not None:
            links.open_account(answer.loyalty["account_id"][row])
    elif view == "groups":
        tables.show(named.drop("group", "previous").select(pl.col("name").alias("group"), pl.exclude("name")), "loyalty_groups", key="loyalty_groups_table")
    else:
        tables.show(answers.get("loyalty_years", filters, cuts.saved("loyalty_years")).years, "loyalty_years", key="loyalty_years_table")
