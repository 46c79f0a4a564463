"""The settlement sheet: what an account brings and takes, and a person's judgement whether it can be changed."""

import polars as pl
import streamlit as st

from charts import labels, quadrant_words
from charts.waterfall import waterfall
from data.errors import DashboardError
from data.language import _, format_money, format_number, ngettext
from data.records import Record, add, change, open_records
from measures.portfolio_quadrants import QUADRANTS
from measures.quadrant_actions import VERDICT_KIND, verdict
from measures.quadrant_settlement import BENEFITS, COSTS, QuadrantSettlement
from pages.parts import draw, session, states, tables
from pages.parts.escape import plain

CUTS = ("hour_cost", "delivery_cost", "showcase_value", "headroom_probability")
SHOWN = ("account", "region", "net_result", "verdict", *BENEFITS, *COSTS, "net_sales", "orders", "hours", "reference_value", "strategic", "account_id")


def show(answer: QuadrantSettlement) -> None:
    """The sheets of one quadrant, and the chosen account's as a chart with its judgement."""
    quadrant = st.segmented_control(
        _("Quadrant"), QUADRANTS, default="EIV", key="settle_quadrant", format_func=labels.quadrant, required=True, label_visibility="collapsed"
    )
    judged = {record.subject: record for record in open_records(session.current().journal, VERDICT_KIND)}
    rows = with_verdicts(answer.settlement.filter(pl.col("quadrant") == quadrant), judged)
    if rows.is_empty():
        st.write(_("No account stands in this quadrant."))
        return
    losing = rows.filter(pl.col("net_result") < 0).height
    finding = ngettext(
        "{n} account of {all} takes more than it brings", "{n} accounts of {all} take more than they bring", losing
    ).format(n=format_number(losing), all=format_number(rows.height))
    st.markdown(f"**{finding}**")
    left, right = st.columns([3, 2], gap="large")
    with left:
        worded = labels.worded(rows.select(SHOWN), "verdict", writer=quadrant_words.verdict)
        row = tables.show(worded, "settlement", key=f"settlement_{quadrant}", pick=True, height=460)
    with right:
        chosen = rows.row(row if row is not None and row < rows.height else 0, named=True)
        _sheet(chosen)
        _judgement(chosen, judged.get(chosen["account_id"]))


def with_verdicts(rows: pl.DataFrame, judged: dict[str, Record]) -> pl.DataFrame:
    """The rows with what source 003 says of each, by the judgement that somebody wrote about it."""
    pairs = rows.select("account_id", "net_result").rows()
    said = [verdict(net, judged[key].content.get("is_hard_to_change") if key in judged else None) for key, net in pairs]
    return rows.with_columns(pl.Series("verdict", said, dtype=pl.String))


def _sheet(row: dict[str, object]) -> None:
    """The account's parts from its margin to the net result."""
    steps = [(labels.metric(name), row[name], "modelled" if name == "future_margin" else "step") for name in BENEFITS]
    steps += [(labels.metric(name), -row[name] if row[name] is not None else None, "step") for name in COSTS]
    steps.append((labels.metric("net_result"), row["net_result"], "total"))
    frame = pl.DataFrame(steps, schema={"name": pl.String, "amount": pl.Float64, "kind": pl.String}, orient="row")
    net = format_money(row["net_result"]) if row["net_result"] is not None else _("unknown")
    finding = _("{account}: net result {money} a year").format(account=row["account"], money=net)
    st.markdown(f"**{plain(finding)}**")
    draw.chart(waterfall(frame.filter(pl.col("amount").is_not_null()), title=_("Twelve months"), theme=draw.theme(), finding=finding), key="settlement_sheet")


def _judgement(row: dict[str, object], record: Record | None) -> None:
    """Whether the account is hard to change: the half of the decision that no figure knows."""
    account_id = row["account_id"]
    said = {True: _("Hard to change"), False: _("Can be changed")}
    before = record.content.get("is_hard_to_change") if record else None
    hard = st.segmented_control(
        _("How hard is it to change?"), list(said), default=before, key=f"settle_hard_{account_id}", format_func=said.get,
        help=_("Source 003 lets an account go only if the effort exceeds the return and it is hard to change."),
    )  # fmt: skip
    note = st.text_input(_("Note"), str((record and record.content.get("note")) or ""), key=f"settle_note_{account_id}", max_chars=200)
    if st.button(_("Write it down"), key=f"settle_save_{account_id}", disabled=hard is None):
        _write(account_id, record, {"is_hard_to_change": hard, "note": note.strip() or None})


def _write(account_id: str, record: Record | None, content: dict[str, object]) -> None:
    now = session.current()
    try:
        if record is None:
            add(now.journal, VERDICT_KIND, account_id, content, by=now.viewer.email)
        else:
            change(now.journal, record, content, by=now.viewer.email)
    except DashboardError as problem:
        states.error(problem)
        return
    st.rerun()
