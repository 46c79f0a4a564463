"""The finding of the early warnings: how much is at risk, who comes first, what waits."""

from collections.abc import Mapping

from charts.cached import cached
from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.customers.early_warnings import EarlyWarnings
from measures.customers.warning_record import totals
from measures.customers.warning_sentences import FALL


@cached
def sentence(answer: EarlyWarnings) -> str:
    """What the queue says, as plain text in the reader's language."""
    summary = answer.summary.row(0, named=True)
    if not summary["watched"]:
        return _("Nobody can be watched yet: it takes twelve months of sales, or four orders")
    if not summary["alarms"]:
        return ngettext(
            "No alarm: the {n} account watched buys as its season suggests", "No alarm: the {n} accounts watched buy as their seasons suggest",
            summary["watched"],
        ).format(n=format_number(summary["watched"]))
    first = answer.queue.row(0, named=True)
    text = ngettext(
        "{n} account to call puts {money} a year at risk: {name} {why}",
        "{n} accounts to call put {money} a year at risk; first {name}, which {why}",
        summary["queued"],
    )
    return text.format(
        n=format_number(summary["queued"]), money=format_money_compact(summary["queued_margin_at_risk"]), name=first["account"], why=why(first)
    )


def record_sentence(answer: EarlyWarnings) -> str:
    """How many alarms of the last twelve months were right, and how many losses they announced."""
    row = totals(answer.log, answer.watch.until)
    judged, lost = row["true_alarms"] + row["false_alarms"], row["true_alarms"] + row["missed"]
    if not judged and not lost:
        return _("None of the last twelve months' alarms has an outcome yet")
    right = ngettext("{right} of {n} judged alarm was right", "{right} of {n} judged alarms were right", judged).format(
        right=format_number(row["true_alarms"]), n=format_number(judged)
    )
    announced = ngettext("{n} of {all} loss was announced", "{n} of {all} losses were announced", lost).format(
        n=format_number(row["true_alarms"]), all=format_number(lost)
    )
    return _("In the last twelve months {right}; {announced}").format(right=right, announced=announced)


def why(row: Mapping[str, object]) -> str:
    """What is wrong with the account of one row of the queue, in a few words."""
    if row["kind"] != FALL:
        return _("has gone silent")
    if row["missing_rate"] >= 1:
        return _("buys nothing any more")
    return _("buys {share} less than expected").format(share=format_percent(row["missing_rate"], 0))
