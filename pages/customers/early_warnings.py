"""Whom to call before they are gone? Helps a sales manager use the team's few hours on the accounts that are slipping away.

Answers coverage.md's numbers 29 (causes of an unsteady account, each with its countermeasure) and 39 (risks of the off-season).
"""

from datetime import timedelta

import polars as pl
import streamlit as st

from charts import labels
from charts.customers.alarm_record import alarm_record
from charts.customers.warning import warning
from charts.findings.customers.early_warnings import record_sentence, sentence
from data.language import _, format_number, format_percent
from measures.customers.early_warnings import EarlyWarnings
from measures.customers.warning_record import over_time, totals
from pages.parts import answers, cuts, dates, draw, explain, filter_bar, frame, links, metrics, states, tables, tabs
from pages.parts.customers import warning_correction, warning_log
from pages.parts.escape import plain

CUTS, CAPACITY = ("alarm_h", "alarm_k", "alarm_clip", "silence_odds"), ("alarm_capacity",)
QUEUE_ROWS, QUEUE_HEIGHT = 14, 560
"""A queue with more rows is as high, in pixels, as the alarm's form beside it."""

SHOWN = (
    "account", "margin_at_risk", "missing_rate", "since", "kind", "region", "margin", "risk", "status", "basis", "sentence", "account_id",
)  # fmt: skip


def rated(record: dict[str, object], name: str) -> str:
    """A rate's Wilson interval, or that nothing was logged."""
    if record[name] is None:
        return _("nothing logged yet")
    return _("between {lo} and {hi}").format(lo=format_percent(record[f"{name}_lo"], 0), hi=format_percent(record[f"{name}_hi"], 0))


def metric_row(answer: EarlyWarnings) -> None:
    """What is at risk, how much of it fits the team's time, and how far alarms can be trusted."""
    summary, record = answer.summary.row(0, named=True), totals(answer.log, answer.watch.until)
    waiting = format_number(summary["alarms"] - summary["queued"])
    metrics.row(
        [
            metrics.Tile("margin_at_risk", summary["queued_margin_at_risk"], beside=_("a year, in the queue")),
            metrics.Tile("alarms", summary["queued"], label=_("Alarms in the queue"), beside=_("{n} more wait").format(n=waiting)),
            metrics.Tile("watched", summary["watched"], beside=_("{n} by their rhythm").format(n=format_number(summary["by_rhythm"]))),
            metrics.Tile("alarm_precision", record["precision"], label=_("Right alarms"), beside=rated(record, "precision")),
            metrics.Tile("alarm_recall", record["recall"], label=_("Announced losses"), beside=rated(record, "recall")),
        ]
    )


def queue(answer: EarlyWarnings) -> None:
    """The queue; beside it the chosen alarm with its chart and its form."""
    if answer.queue.is_empty():
        st.write(_("Nothing stands in the queue."))
        return
    left, right = st.columns([5, 4], gap="medium")
    with left:
        listed = answer.queue.with_columns(margin_at_risk="score").select(SHOWN)
        worded = labels.worded(listed, "kind", "status", "basis")
        chosen = tables.show(worded, "early_warnings", key="warning_queue", pick=True, height=QUEUE_HEIGHT if listed.height > QUEUE_ROWS else None)
    with right:
        alarm = answer.queue.row(chosen or 0, named=True)
        st.markdown(f"**{plain(alarm['sentence'])}**")
        series = answer.series.filter(pl.col("account_id") == alarm["account_id"])
        draw.chart(warning(series, kind=alarm["kind"], theme=draw.theme(), finding=alarm["sentence"]), key="warning_chart")
        warning_log.acknowledge_form(alarm, answer.watch)
        if st.button(_("Open the account"), key="warning_open", type="tertiary", icon=":material/storefront:"):
            links.open_account(alarm["account_id"])


def in_hand(answer: EarlyWarnings) -> None:
    """Acknowledged alarms that wait for their outcome."""
    waiting = warning_log.in_hand(answer)
    if waiting.is_empty():
        st.write(_("No acknowledged alarm waits for its outcome."))
        return
    shown = labels.worded(waiting.drop("record_id", "outcome").select("account", "owner", pl.exclude("account", "owner")), "kind", "cause")
    chosen = tables.show(shown, "alarms_in_hand", key="warning_in_hand", pick=True)
    alarm = waiting.row(chosen or 0, named=True)
    record = next(record for record in written if record.record_id == alarm["record_id"])
    warning_log.outcome_form(alarm["account"], record)
    warning_correction.show(record)


def hits(answer: EarlyWarnings) -> None:
    """Precision and recall over time, and the form for what no alarm announced."""
    if answer.record.is_empty():
        st.write(_("Nothing logged yet: acknowledge alarms and say how they turned out, and this page shows how far to trust them."))
    else:
        said = record_sentence(answer)
        st.markdown(f"**{plain(said)}**")
        if (answer.record["status"] == "ok").any():
            draw.chart(alarm_record(over_time(answer.log), theme=draw.theme(), finding=said), key="warning_record_chart")
            st.caption(_("Each point: the twelve months up to it, with the range that so few cases leave open (Wilson, 95%). The table: each month by itself."))
        tables.show(labels.worded(answer.record, "status"), "alarm_record", key="warning_record")
    warning_log.missed_form(answer)


states.need_store()
filters = filter_bar.current()
head = st.container()
limit, rules = st.columns([1, 4], gap="medium", vertical_alignment="bottom")
with rules, st.expander(_("When an account raises an alarm")):
    judged = cuts.choose("early_warnings", CUTS, columns=4)
with limit:
    chosen_cuts = cuts.choose("early_warnings", CAPACITY, columns=1, base=judged)
warning_log.write_handed_in()
warning_correction.write_handed_in()
written = warning_log.records()
answer = answers.with_records("early_warnings", filters, chosen_cuts, written)
if answer.watch is None or answer.watch.accounts.is_empty():
    states.no_sales(filters)
    st.stop()
with head:
    stands = dates.both(dates.complete(answer.watch.end), _("pauses {date}").format(date=dates.on(answer.watch.today - timedelta(days=1))))
    frame.head(_("Early warnings"), sentence(answer), stands)
    metric_row(answer)
VIEWS = {"queue": (_("Queue"), queue), "in_hand": (_("In hand"), in_hand), "hits": (_("Hits and misses"), hits)}
view = tabs.choose(_("View"), {code: name for code, (name, _view) in VIEWS.items()}, key="warning_view", name="tab")
VIEWS[view][1](answer)
summary = answer.summary.row(0, named=True)
if summary["worth_basis"] == "net_sales":
    st.caption(_("Too few costs are known, or there is no margin: the risk is measured in net sales."))
if not summary["season_known"]:
    st.caption(_("Too little history for a season: what falls every year may raise an alarm."))
explain.panel(
    ("margin_at_risk", "risk", "cusum", "pause_chance", "alarm_precision", "alarm_recall"), chosen_cuts,
    ((_("Accounts watched"), summary["watched"]), (_("Too little history"), summary["unwatched"]), (_("Alarms"), summary["alarms"])),
)  # fmt: skip
