"""Where the classifications disagree, and which strategy wins with what reason."""

import polars as pl
import streamlit as st

from charts import labels
from charts.chart import Chart
from charts.customers import quadrant_words
from charts.findings.customers.agreement import sentence
from charts.matrix import matrix
from charts.value_words import value_class
from data.language import NOT_AVAILABLE, _, format_number, format_percent, listed
from measures.customers.agreement import Agreement
from measures.customers.quadrant_bases import BASES, opposite
from measures.customers.quadrant_verdicts import DECIDERS, order_of
from measures.thresholds import THRESHOLDS, Cuts
from pages.parts import address, cuts, draw, links, tables, tabs

ORDER = "basis_order"
SHOWN = ("account_id", "account", "region", "strategy", "winning_basis", "reason", *BASES, "value_class", "net_sales")


def choose_order(base: Cuts) -> Cuts:
    """Which basis wins, the first one first; one that is left out decides nothing. It lives in the address."""
    threshold, saved = THRESHOLDS[ORDER], list(order_of(str(cuts.saved("agreement")[ORDER])))
    key = f"cut_agreement_{ORDER}"
    address.start(key, ORDER, lambda texts: list(order_of(texts[0])), saved)
    chosen = st.multiselect(
        _("Which basis wins, the first one first"), DECIDERS, key=key, format_func=quadrant_words.basis, help=_(threshold.reason), select_all=False, persist_state="session"
    ) or saved  # fmt: skip
    address.keep(ORDER, None if chosen == saved else ", ".join(chosen))
    return base.but(**{ORDER: ", ".join(chosen)})


def show(answer: Agreement) -> str:
    """The matrix of bases, what the winning strategies add up to, the accounts. Returns the finding."""
    finding = sentence(answer)
    st.caption(_("Accounts on which two bases are opposite (on the diagonal: accounts known)"))
    picked = draw.chart(_matrix(answer.matrix, finding), key="agreement_matrix")
    # In full width: beside the matrix the columns that say why would be cut.
    _strategies(answer.strategies)
    if picked:
        rows = _apart(answer.accounts, picked[0]["row"], picked[0]["column"])
    else:
        rows = _chosen(answer.accounts)
    _table(rows)
    return finding


def _strategies(strategies: pl.DataFrame) -> None:
    named = labels.worded(labels.worded(strategies, "strategy", writer=quadrant_words.strategy), "winning_basis", writer=quadrant_words.basis)
    worded = labels.worded(named, "source", writer=quadrant_words.source)
    tables.show(worded.select("strategy", "accounts", "net_sales", "share", "winning_basis", "source"), "strategies", key="agreement_strategies")


def _chosen(accounts: pl.DataFrame) -> pl.DataFrame:
    views = {"all": _("All"), "contested": _("Contested")}
    view = tabs.choose(_("Accounts"), views, key="agreement_of", name="agreement", default="contested")
    return accounts.filter("is_contested") if view == "contested" else accounts


def _matrix(pairs: pl.DataFrame, finding: str) -> Chart:
    rows = pairs.rows(named=True)
    cells = pl.DataFrame(
        {
            "row": [row["basis"] for row in rows], "column": [row["other_basis"] for row in rows],
            "row_text": [quadrant_words.basis(row["basis"]) for row in rows], "column_text": [quadrant_words.basis(row["other_basis"]) for row in rows],
            "heat": [row["opposite"] / row["accounts"] if row["accounts"] and row["basis"] != row["other_basis"] else None for row in rows],
            "text": [_counted(row) for row in rows],
            "note": [_agreeing(row) for row in rows],
            "agree": [format_number(row["agree"]) for row in rows], "near": [format_number(row["near"]) for row in rows],
        },
        schema_overrides={"heat": pl.Float64},
    )
    titles = (("row_text", _("Basis")), ("column_text", _("Other basis")), ("agree", _("Agree")), ("near", _("One class apart")), ("text", _("Opposite")))
    return matrix(cells, order=(BASES, BASES), heading="", titles=titles, theme=draw.theme(), finding=finding)


def _counted(row: dict[str, object]) -> str:
    """How many accounts a cell is about; a dash where one of its bases knows no account."""
    if not row["accounts"]:
        return NOT_AVAILABLE
    return format_number(row["opposite"] if row["basis"] != row["other_basis"] else row["accounts"])


def _agreeing(row: dict[str, object]) -> str:
    if not row["accounts"]:
        return _("no data")
    if row["basis"] == row["other_basis"]:
        return _("known")
    return _("{share} agree").format(share=format_percent(row["agree_rate"], 0))


def _apart(rows: pl.DataFrame, basis: str, other: str) -> pl.DataFrame:
    """The accounts on which a cell's two bases are opposite; on the diagonal, those that the basis knows."""
    if basis == other:
        st.caption(_("Accounts that {basis} classes; click the cell again to see all.").format(basis=quadrant_words.basis(basis)))
        return rows.filter(pl.col(basis).is_not_null())
    bases = listed([quadrant_words.basis(code) for code in (basis, other)])
    st.caption(_("Accounts on which {bases} are opposite; click the cell again to see all.").format(bases=bases))
    return rows.filter(opposite(rows, basis, other))


def _table(rows: pl.DataFrame) -> None:
    worded = labels.worded(rows.select(SHOWN), *(basis for basis in BASES if basis != "performance"), writer=quadrant_words.class_of)
    worded = labels.worded(worded, "strategy", writer=quadrant_words.strategy)
    worded = labels.worded(worded, "winning_basis", writer=quadrant_words.basis)
    worded = labels.worded(labels.worded(worded, "reason", writer=quadrant_words.reason), "value_class", writer=value_class)
    chosen = tables.show(worded, "agreement", key="agreement_accounts", pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])
