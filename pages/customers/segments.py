"""How does a whole segment behave, and what must be different for it? Helps a sales manager decide what all accounts of a kind are offered.

Answers coverage.md's number 13 by segment: the seven panels for every region, channel, tier or quadrant, beside those of all accounts.
"""

import polars as pl
import streamlit as st

from charts.accounts import account_words
from charts.bars import bars
from charts.customers import segment_words
from charts.findings.customers.segments import sentence
from data.language import _, format_number, format_percent
from measures.accounts.account_panels import PANELS
from measures.customers.segment_profile import SegmentProfile
from pages.parts import address, answers, cuts, dates, draw, explain, filter_bar, frame, metrics, states, tables
from pages.parts.accounts.account_screen import listed

NAMELESS = "-"
"""The segment of accounts of which it is not known where they belong, in the address."""


def choose_segment(answer: SegmentProfile) -> dict[str, object]:
    """The chosen segment's row; the largest one until somebody chooses."""
    rows = {row["segment"] or NAMELESS: row for row in answer.segments.iter_rows(named=True)}
    key = f"segment_{chosen['segment_by']}"
    address.start(key, "segment", lambda texts: texts[0] if texts[0] in rows else None, next(iter(rows)))
    if st.session_state[key] not in rows:
        st.session_state[key] = next(iter(rows))
    code = st.selectbox(_("Segment"), list(rows), key=key, format_func=lambda code: segment_words.segment(rows[code]["segment"]), persist_state="session")
    address.keep("segment", None if code == next(iter(rows)) else code)
    return rows[code]


def metric_row(row: dict[str, object], facts: pl.DataFrame) -> None:
    """Net sales, margin, accounts, what is kept."""
    value = dict(facts.select("fact", "value").iter_rows())
    whole = dict(facts.select("fact", "all_value").iter_rows())
    beside = _("{n} of all accounts")
    metrics.row(
        [
            metrics.Tile("net_sales", row["net_sales"], row["change_rate"], _("on last year") if row["change_rate"] is not None else ""),
            metrics.Tile("gross_margin", row["margin"], beside=_of_sales(value["margin_rate_12m"])),
            metrics.Tile("active_accounts", row["accounts"], beside=_("of {n}").format(n=format_number(whole["accounts"]))),
            metrics.Tile("kept_share", value["kept_share"], beside=beside.format(n=format_percent(whole["kept_share"], 0))),
        ]
    )  # fmt: skip


def _of_sales(rate: float | None) -> str:
    return "" if rate is None else _("{rate} of net sales").format(rate=format_percent(rate))


def panels(facts: pl.DataFrame) -> None:
    """The seven panels: each fact of the segment, with that of all accounts in brackets."""
    for names in (PANELS[:4], PANELS[4:]):
        for spot, name in zip(st.columns(len(names), gap="small"), names, strict=True):
            with spot, st.container(border=True, height="stretch"):
                rows = facts.filter(pl.col("panel") == name).iter_rows(named=True)
                listed(account_words.panel(name), [(account_words.fact(row["fact"]), *segment_words.beside_all(row)) for row in rows])


def table(answer: SegmentProfile) -> None:
    """Every fact of every segment, to download."""
    tables.show(segment_words.told(answer.segment_profile), "segment_profile", key="segment_facts")


states.need_store()
filters = filter_bar.current()
title, head = st.container(), st.container()
left, right = st.columns([3, 2], gap="medium", vertical_alignment="bottom")
with left:
    chosen = cuts.choose("segment_profile", ("segment_by",), columns=1)
answer = answers.get("segment_profile", filters, chosen)
if answer.segments.is_empty():
    states.no_sales(filters)
    st.stop()
with right:
    row = choose_segment(answer)
facts = answer.segment_profile.filter(pl.col("segment").eq_missing(pl.lit(row["segment"], pl.String)))
finding = sentence(answer, row)
with title:
    frame.head(_("Segments"), finding, dates.complete(answer.summary["as_of"].item()))
with head:
    metric_row(row, facts)
named = answer.segments.with_columns(pl.Series("name", [segment_words.segment(code) for code in answer.segments["segment"]], dtype=pl.String))
draw.chart(bars(named, name="name", key="segment", theme=draw.theme(), finding=finding), key="segments")
panels(facts)
table(answer)
explain.panel(
    ("net_sales", "gross_margin", "kept_share", "retention_rate"), chosen.only(("segment_by",)),
    ((_("Segments"), answer.segments.height), (_("Accounts with sales"), answer.summary["accounts"].item())),
)  # fmt: skip
