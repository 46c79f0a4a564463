"""Weak varieties with what is decided about them, and new products on their way to the peak."""

import polars as pl
import streamlit as st

from charts import labels
from charts.findings.trade.varieties import launches_sentence, weak_sentence
from charts.seasons.peak_words import word
from charts.trade.varieties import varieties
from data import records
from data.language import _, format_number
from measures.seasons.launch_readiness import LaunchReadiness
from measures.thresholds import Cuts
from measures.trade.variety_decisions import DECISIONS, RECORD_KIND
from measures.trade.weak_varieties import STRONG, WeakVarieties, with_records
from pages.parts import draw, seen, session, states, tables
from pages.parts.escape import plain

SHOWN = (
    "product", "category", "variety", "suggestion", "distribution", "rate_of_sale", "median_distribution", "median_rate", "net_sales", "margin_rate",
    "change_rate", "change_before_rate", "status", "product_id",
)  # fmt: skip


def weak(found: WeakVarieties, cuts: Cuts) -> None:
    """The picture of all varieties, the weak ones' table, and the decision about a chosen one."""
    answer = with_records(found, records.all_records(session.current().journal, RECORD_KIND), cuts)
    if answer.varieties.is_empty():
        st.write(_("No product sold in the last twelve months."))
        return
    finding = weak_sentence(answer)
    st.markdown(f"**{finding}**")
    picked = draw.chart(varieties(answer.varieties, theme=draw.theme(), finding=finding), key="peak_varieties")
    listed = answer.varieties.filter(pl.col("variety") != STRONG)
    if picked:
        listed = answer.varieties.filter(pl.col("product_id") == picked[0]["product_id"])
    shown = labels.worded(listed.select(SHOWN), "variety", "suggestion", "status", writer=word)
    row = tables.show(shown, "weak_varieties", key="peak_weak", pick=True, leads="net_sales")
    _decide(answer, listed.row(row if row is not None and row < listed.height else 0, named=True) if listed.height else None)
    if answer.decisions.height:
        st.markdown(f"**{_('Decided')}**")
        tables.show(labels.worded(answer.decisions.drop("record_id"), "decision", writer=word), "variety_decisions", key="peak_decisions")


def _decide(answer: WeakVarieties, product: dict[str, object] | None) -> None:
    """Eliminate or weaken: whoever sees the whole company decides for it, a lead for the own regions."""
    if product is None:
        return
    mine = session.current().viewer.region_ids
    scope = sorted(mine) if mine is not None else None
    open_ones = [record for record in records.open_records(session.current().journal, RECORD_KIND)
                 if record.subject == product["product_id"] and record.content.get("region_ids") == scope]  # fmt: skip
    last = open_ones[-1] if open_ones else None
    name = f"variety_{product['product_id']}"
    drawn, key = seen.before(f"{name}_seen", last), seen.fresh(name)
    usual = last.content["decision"] if last else product["suggestion"]
    default = usual if usual in DECISIONS else None
    with st.form(f"{key}_form"):
        st.markdown(_("Decide about **{product}**").format(product=plain(product["product"])))
        decision = st.segmented_control(
            _("Decision"), DECISIONS, default=default, required=default is not None, key=f"{key}_decision", format_func=word, label_visibility="collapsed",
        )  # fmt: skip
        note = st.text_input(_("Why, and what happens next"), str((last and last.content.get("note")) or ""), key=f"{key}_note", max_chars=300)
        pressed = st.form_submit_button(_("Write it down"))
        if pressed and not decision:
            st.warning(_("Choose what is decided."))
        elif pressed:
            with states.guarded():
                content = {"decision": decision, "note": note.strip() or None, "region_ids": scope}
                seen.write(drawn, RECORD_KIND, str(product["product_id"]), content, apart=["region_ids"])
                seen.done(name)
                st.rerun()


def launches(found: LaunchReadiness) -> None:
    """New products: how far they are distributed, and how far they will be when the peak begins."""
    st.markdown(f"**{launches_sentence(found)}**")
    if found.launches.is_empty():
        return
    st.caption(_("“Usual” is the median of {n} earlier launches at the same age; a product is ready at the median distribution of its category.").format(n=format_number(found.earlier)))
    tables.show(labels.worded(found.launches, "readiness", writer=word), "launches", key="peak_launches", leads="distribution")

