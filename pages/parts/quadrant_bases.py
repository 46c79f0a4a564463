"""Any two of the five bases of classification as axes, and how each is measured."""

import polars as pl
import streamlit as st

from charts import labels, quadrant_words
from charts.bases import Side, bases
from data.language import _, format_number, ngettext
from measures.agreement import Agreement
from measures.quadrant_bases import BASES, UNKNOWN
from pages.parts import address, draw, links, quadrant_box, tables

DEFAULTS = {"x": "performance", "y": "credit"}
SHOWN = ("account_id", "account", "region", *BASES, *(f"{basis}_score" for basis in BASES), "net_sales")


def show(answer: Agreement) -> None:
    """The choice of axes, the chart, what a box holds, the measures."""
    table = {row["basis"]: row for row in answer.bases.iter_rows(named=True)}
    left, right, _rest = st.columns([2, 2, 3], gap="medium")
    with left:
        across = _axis("x", _("Across"))
    with right:
        up = _axis("y", _("Up"))
    missing = [basis for basis in (across, up) if table[basis]["proxy"] == UNKNOWN]
    if missing:
        names = ", ".join(quadrant_words.basis(basis) for basis in missing)
        st.info(_("The data say nothing about: {bases}. Choose another axis.").format(bases=names))
    else:
        _chart(answer, *(Side(basis, table[basis]["proxy"], table[basis]["cut"]) for basis in (across, up)))
    st.markdown(f"**{_('How each basis is measured')}**")
    shown = answer.bases.select("basis", "proxy", "accounts", "best", "cut", "source")
    worded = labels.worded(labels.worded(shown, "basis", writer=quadrant_words.basis), "proxy", writer=quadrant_words.proxy)
    tables.show(labels.worded(worded, "source", writer=quadrant_words.source), "bases", key="bases_table")


def _axis(name: str, label: str) -> str:
    key = f"bases_{name}"
    address.start(key, name, lambda texts: texts[0] if texts[0] in BASES else None, DEFAULTS[name])
    chosen = st.selectbox(label, BASES, key=key, format_func=quadrant_words.basis, persist_state="session")
    address.keep(name, None if chosen == DEFAULTS[name] else chosen)
    return chosen


def _chart(answer: Agreement, across: Side, up: Side) -> None:
    both = answer.accounts.filter(pl.col(f"{across.basis}_score").is_not_null(), pl.col(f"{up.basis}_score").is_not_null())
    best = both.filter(*(pl.col(f"{side.basis}_score") >= side.cut for side in (across, up) if side.cut is not None)).height
    finding = ngettext(
        "{n} account of {all} is in the best class of both bases", "{n} accounts of {all} are in the best class of both bases", best
    ).format(n=format_number(best), all=format_number(both.height))
    st.markdown(f"**{finding}**")
    picked, box = draw.chart_with_box(bases(both, across, up, theme=draw.theme(), finding=finding), key=f"bases_{across.basis}_{up.basis}_{both.height}")
    if picked:
        links.open_account(picked[0]["account_id"])
    if box:
        quadrant_box.chosen(quadrant_box.inside(both, box, {"x": f"{across.basis}_score", "y": f"{up.basis}_score"}), SHOWN)
