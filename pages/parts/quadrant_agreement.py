"""Where the classifications disagree, and which strategy wins with what reason."""

import polars as pl
import streamlit as st

from charts import labels, quadrant_words
from charts.findings.agreement import sentence
from charts.matrix import matrix
from data.language import _, format_number, format_percent
from measures.agreement import Agreement
from measures.quadrant_bases import BASES
from pages.parts import draw, links, tables

SHOWN = ("account_id", "account", "region", "strategy", "winning_basis", "reason", *BASES, "value_class", "net_sales")


def show(answer: Agreement) -> None:
    """The matrix of bases, what the winning strategies add up to, the accounts."""
    finding = sentence(answer)
    st.markdown(f"**{finding}**")
    left, right = st.columns([3, 2], gap="large")
    with left:
        picked = draw.chart(_matrix(answer.matrix, finding), key="agreement_matrix")
    with right:
        worded = labels.worded(labels.worded(answer.strategies, "strategy", writer=quadrant_words.strategy), "winning_basis", writer=quadrant_words.basis)
        tables.show(labels.worded(worded, "source", writer=quadrant_words.source), "strategies", key="agreement_strategies")
    rows = answer.accounts
    if picked:
        rows = _apart(rows, picked[0]["row"], picked[0]["column"])
    else:
        views = {"all": _("All"), "contested": _("Contested")}
        view = st.segmented_control(
            _("Accounts"), list(views), default="contested", key="agreement_of", format_func=views.get, required=True, label_visibility="collapsed"
        )
        rows = rows.filter("is_contested") if view == "contested" else rows
    _table(rows)


def _matrix(pairs: pl.DataFrame, finding: str):
    rows = pairs.rows(named=True)
    cells = pl.DataFrame(
        {
            "row": [row["basis"] for row in rows], "column": [row["other_basis"] for row in rows],
            "row_text": [quadrant_words.basis(row["basis"]) for row in rows], "column_text": [quadrant_words.basis(row["other_basis"]) for row in rows],
            "heat": [row["opposite"] / row["accounts"] if row["accounts"] and row["basis"] != row["other_basis"] else None for row in rows],
            "text": [format_number(row["opposite"]) if row["basis"] != row["other_basis"] else format_number(row["accounts"]) for row in rows],
            "note": [_agreeing(row) for row in rows],
            "agree": [format_number(row["agree"]) for row in rows], "near": [format_number(row["near"]) for row in rows],
        },
        schema_overrides={"heat": pl.Float64},
    )
    titles = (("row_text", _("Basis")), ("column_text", _("Other basis")), ("agree", _("Agree")), ("near", _("One class apart")), ("text", _("Opposite")))
    heading = _("Accounts on which two bases are opposite (on the diagonal: accounts known)")
    return matrix(cells, order=(BASES, BASES), heading=heading, titles=titles, theme=draw.theme(), finding=finding)


def _agreeing(row: dict[str, object]) -> str:
    if row["basis"] == row["other_basis"]:
        return _("known")
    return _("no data") if row["agree_rate"] is None else _("{share} agree").format(share=format_percent(row["agree_rate"], 0))


def _apart(rows: pl.DataFrame, basis: str, other: str) -> pl.DataFrame:
    """The accounts that both bases know; a cell of the matrix was clicked."""
    st.caption(_("Accounts that {basis} and {other} both class; click the cell again to see all.").format(
        basis=quadrant_words.basis(basis), other=quadrant_words.basis(other)
    ))  # fmt: skip
    return rows.filter(pl.col(basis).is_not_null(), pl.col(other).is_not_null())


def _table(rows: pl.DataFrame) -> None:
    worded = labels.worded(rows.select(SHOWN), *(basis for basis in BASES if basis != "performance"), writer=quadrant_words.class_of)
    worded = labels.worded(worded, "strategy", writer=quadrant_words.strategy)
    worded = labels.worded(worded, "winning_basis", writer=quadrant_words.basis)
    worded = labels.worded(labels.worded(worded, "reason", writer=quadrant_words.reason), "value_class")
    chosen = tables.show(worded, "agreement", key="agreement_accounts", pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])
