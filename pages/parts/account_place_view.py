"""Where an account stands in every classification, and by which path it came there."""

import polars as pl
import streamlit as st

from charts import labels, value_words
from data.language import _, format_number
from measures.account_place import in_pyramid, in_quadrants, in_value_classes, path
from measures.registry import ANSWERS
from pages.parts import answers, cuts, tables
from queries.filters import Filters

YEARS = 3
"""This year and the two before."""


def here(account_id: str, period: Filters) -> dict[str, str | None]:
    """The account's tier, ABC class and quadrant of the period."""
    rows = _pyramid(account_id, period) + _quadrants(account_id, period)
    return {name: code for name, _until, code, *_rest in rows}


def view(account_id: str, period: Filters) -> None:
    """One row per classification and year."""
    rows = [row for earlier in _periods(period) for row in _pyramid(account_id, earlier) + _quadrants(account_id, earlier)]
    if "value_classes" in ANSWERS:
        found = answers.get("value_classes", period, cuts.saved("value_classes"))
        rows += in_value_classes(found.value_classes, account_id, period.to_date)
    table = path(rows)
    st.markdown("  \n".join(_sentences(table)))
    worded = labels.worded(labels.worded(table, "classification", writer=labels.metric), "code", writer=_code)
    tables.show(worded.rename({"number": "rests_on"}), "account_place", key="account_table_place")
    st.caption(_("Tier rests on the value score, ABC on the share of net sales, the quadrant on the variation of monthly units, the value class on actual value."))


def _code(code: str | None) -> str:
    if code in value_words.CLASSES:
        return value_words.value_class(code)
    return labels.quadrant(code) if code else "–"


def _sentences(table: pl.DataFrame) -> list[str]:
    """Each classification's path from the past to now: Medium → Large (12 of 400)."""
    found = []
    for name in table["classification"].unique(maintain_order=True):
        rows = list(table.filter(classification=name).sort("until").iter_rows(named=True))
        steps = " → ".join(_code(row["code"]) for row in rows)
        last = rows[-1]
        rank = _(" (place {n} of {all})").format(n=format_number(last["place"]), all=format_number(last["accounts"])) if last["place"] else ""
        found.append(f"{labels.metric(name)}: **{steps}**{rank}")
    return found


def _periods(period: Filters) -> list[Filters]:
    """The period and those before it, the latest first; an open period has none before."""
    found = [period]
    while len(found) < YEARS and (earlier := found[-1].previous()) is not None:
        found.append(earlier)
    return found


def _pyramid(account_id: str, period: Filters) -> list[tuple]:
    return in_pyramid(answers.get("value_pyramid", period, cuts.saved("value_pyramid")).accounts, account_id, period.to_date)


def _quadrants(account_id: str, period: Filters) -> list[tuple]:
    return in_quadrants(answers.get("portfolio_quadrants", period, cuts.saved("portfolio_quadrants")).accounts, account_id, period.to_date)
