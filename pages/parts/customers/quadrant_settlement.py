"""The settlement sheet: what an account brings and takes, and a person's judgement whether it can be changed."""

import polars as pl
import streamlit as st

from charts import labels
from charts.columns import column_label
from charts.customers import quadrant_words
from charts.findings.customers.quadrant_views import settlement as sentence
from charts.waterfall import waterfall
from data.language import _, format_money
from data.records import Record, open_records
from measures.customers.portfolio_quadrants import QUADRANTS
from measures.customers.quadrant_actions import VERDICT_KIND, verdict
from measures.customers.quadrant_settlement import BENEFITS, COSTS, QuadrantSettlement
from measures.thresholds import THRESHOLDS, Cuts
from pages.parts import draw, seen, session, states, tables, tabs
from pages.parts.escape import plain

CUTS = ("hour_cost", "delivery_cost", "showcase_value", "headroom_probability")
RATES = ("hour_cost", "delivery_cost", "showcase_value")
SHOWN = ("account", "net_result", "verdict", *BENEFITS, *COSTS, "net_sales", "orders", "hours", "reference_value", "strategic", "region", "account_id")


def show(answer: QuadrantSettlement, chosen: Cuts) -> str:
    """The sheets of one quadrant, and the chosen account's as a chart with its judgement. Returns the finding."""
    quadrant = tabs.choose(_("Quadrant"), {code: labels.quadrant(code) for code in QUADRANTS}, key="settle_quadrant", name="settle", default="EIV")
    written = {record.subject: record for record in open_records(session.current().journal, VERDICT_KIND)}
    rows = with_verdicts(answer.settlement.filter(pl.col("quadrant") == quadrant), written)
    if not rows.is_empty():
        _sheets(rows, quadrant, written, chosen)
    return sentence(rows, quadrant)


def with_verdicts(rows: pl.DataFrame, judged: dict[str, Record]) -> pl.DataFrame:
    """The rows with what source 003 says of each, by the judgement that somebody wrote about it."""
    pairs = rows.select("account_id", "net_result").rows()
    said = [verdict(net, judged[key].content.get("is_hard_to_change") if key in judged else None) for key, net in pairs]
    return rows.with_columns(pl.Series("verdict", said, dtype=pl.String))


def _sheets(rows: pl.DataFrame, quadrant: str, written: dict[str, Record], chosen: Cuts) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        worded = labels.worded(rows.select(SHOWN), "verdict", writer=quadrant_words.verdict)
        wide = {"verdict": st.column_config.Column(column_label("verdict"), width=140)}
        picked = tables.show(worded, "settlement", key=f"settlement_{quadrant}", pick=True, height=460, columns=wide)
        _caveats(chosen)
    with right:
        row = rows.row(picked or 0, named=True)
        _sheet(row)
        _judgement(row, written.get(row["account_id"]))


def _caveats(chosen: Cuts) -> None:
    """Which rates nobody has set: what they price counts as nothing."""
    missing = [_(THRESHOLDS[name].label) for name in RATES if not chosen[name]]
    if missing:
        st.caption(_("Not set, so that it counts as nothing: {rates}.").format(rates=", ".join(missing)))


def _sheet(row: dict[str, object]) -> None:
    """The account's parts from its margin to the net result; a part that is not known is named instead of drawn."""
    steps = [(labels.metric(name), row[name], "modelled" if name == "future_margin" else "step") for name in BENEFITS]
    steps += [(labels.metric(name), -row[name] if row[name] is not None else None, "step") for name in COSTS]
    steps.append((labels.metric("net_result"), row["net_result"], "total"))
    frame = pl.DataFrame(steps, schema={"name": pl.String, "amount": pl.Float64, "kind": pl.String}, orient="row")
    net = format_money(row["net_result"]) if row["net_result"] is not None else _("unknown")
    finding = _("{account}: net result {money} a year").format(account=row["account"], money=net)
    st.markdown(f"**{plain(finding)}**")
    known = frame.filter(pl.col("amount").is_not_null())
    draw.chart(waterfall(known, title=_("Twelve months"), theme=draw.theme(), finding=finding), key="settlement_sheet")
    unknown = frame.filter(pl.col("amount").is_null())["name"].to_list()
    if unknown:
        st.caption(_("Not known of this account: {parts}.").format(parts=", ".join(unknown)))


def _judgement(row: dict[str, object], record: Record | None) -> None:
    """Whether the account is hard to change: the half of the decision that no figure knows."""
    account_id = row["account_id"]
    said = {True: _("Hard to change"), False: _("Can be changed")}
    drawn = seen.before(f"settle_seen_{account_id}", record)
    written = record.content if record else {}
    hard = st.segmented_control(
        _("How hard is it to change?"), list(said), default=written.get("is_hard_to_change"), key=f"settle_hard_{account_id}", format_func=said.get,
        help=_("Source 003 lets an account go only if the effort exceeds the return and it is hard to change."),
    )  # fmt: skip
    note = st.text_input(_("Note"), str(written.get("note") or ""), key=f"settle_note_{account_id}", max_chars=200)
    if st.button(_("Write it down"), key=f"settle_save_{account_id}", disabled=hard is None):
        with states.guarded():
            seen.write(drawn, VERDICT_KIND, account_id, {"is_hard_to_change": hard, "note": note.strip() or None})
            st.rerun()
