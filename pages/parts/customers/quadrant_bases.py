"""Any two of the five bases of classification as axes, and how each is measured."""

import polars as pl
import streamlit as st

from charts import labels
from charts.customers import quadrant_words
from charts.customers.bases import MONEY, Side, bases
from data.language import _, format_money, format_number, format_percent, listed, ngettext
from measures.customers.agreement import Agreement
from measures.customers.quadrant_bases import BASES, UNKNOWN, in_best_class
from pages.parts import address, draw, links, tables
from pages.parts.customers import quadrant_box

DEFAULTS = {"x": "performance", "y": "credit"}
SHOWN = ("account_id", "account", "region", *BASES, *(f"{basis}_score" for basis in BASES), "net_sales")
CUTS = {"attitude": ("attitude_warm", "attitude_cold"), "credit": ("credit_good", "credit_poor"), "amount": ("abc_a", "abc_b"), "potential": ("abc_a", "abc_b")}
"""What decides the classes of a basis; those of performance are the quadrants' own cuts."""


def choose_axes() -> tuple[str, str]:
    """The two bases that are the axes; they live in the address."""
    left, right, _rest = st.columns([2, 2, 3], gap="medium")
    with left:
        across = _axis("x", _("Across"))
    with right:
        return across, _axis("y", _("Up"))


def cuts_of(axes: tuple[str, str]) -> tuple[str, ...]:
    """The cuts that move the chosen axes' classes."""
    return tuple(dict.fromkeys(name for basis in axes for name in CUTS.get(basis, ())))


def show(answer: Agreement, axes: tuple[str, str]) -> str:
    """The chart, what a box holds, how each basis is measured. Returns the finding."""
    table = {row["basis"]: row for row in answer.bases.iter_rows(named=True)}
    missing = listed([quadrant_words.basis(basis).lower() for basis in dict.fromkeys(axes) if table[basis]["proxy"] == UNKNOWN])
    if missing:
        finding = _("Nothing is known that would class the accounts by {bases}").format(bases=missing)
        known = [quadrant_words.basis(basis).lower() for basis in BASES if table[basis]["proxy"] != UNKNOWN]
        st.info(_("Choose other axes: the data tell {bases}.").format(bases=listed(known)))
    else:
        finding = _chart(answer, *(Side(basis, table[basis]["proxy"], table[basis]["cut"]) for basis in axes))
    st.markdown(f"**{_('How each basis is measured')}**")
    _measures(answer.bases)
    return finding


def _axis(name: str, label: str) -> str:
    key = f"bases_{name}"
    address.start(key, name, lambda texts: texts[0] if texts[0] in BASES else None, DEFAULTS[name])
    chosen = st.selectbox(label, BASES, key=key, format_func=quadrant_words.basis, persist_state="session")
    address.keep(name, None if chosen == DEFAULTS[name] else chosen)
    return chosen


def _chart(answer: Agreement, across: Side, up: Side) -> str:
    both = answer.accounts.filter(pl.col(f"{across.basis}_score").is_not_null(), pl.col(f"{up.basis}_score").is_not_null())
    finding = _finding(both, across, up)
    picked, box = draw.chart_with_box(bases(both, across, up, theme=draw.theme(), finding=finding), key=f"bases_{across.basis}_{up.basis}_{both.height}")
    if picked:
        links.open_account(picked[0]["account_id"])
    if box:
        quadrant_box.chosen(quadrant_box.inside(both, box, {"x": f"{across.basis}_score", "y": f"{up.basis}_score"}), SHOWN)
    return finding


def _finding(both: pl.DataFrame, across: Side, up: Side) -> str:
    """How many are in the best class of both bases."""
    best = in_best_class(both, across.basis, up.basis).height
    text = ngettext(
        "{n} account of {all} is in the best class by {across} and by {up}", "{n} accounts of {all} are in the best class by {across} and by {up}", best
    )
    names = {"across": quadrant_words.basis(across.basis).lower(), "up": quadrant_words.basis(up.basis).lower()}
    return text.format(n=format_number(best), all=format_number(both.height), **names)


def _measures(table: pl.DataFrame) -> None:
    cuts = [format_money(cut) if basis in MONEY else format_percent(cut, 0) for basis, cut in table["basis", "cut"].iter_rows()]
    shown = table.select("basis", "proxy", "accounts", "best", pl.Series("cut", cuts, dtype=pl.String), "source")
    worded = labels.worded(labels.worded(shown, "basis", writer=quadrant_words.basis), "proxy", writer=quadrant_words.proxy)
    tables.show(labels.worded(worded, "source", writer=quadrant_words.source), "bases", key="bases_table")
