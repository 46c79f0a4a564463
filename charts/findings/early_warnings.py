"""The finding of the early warnings: how much is at risk, who comes first, what waits."""

from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.early_warnings import EarlyWarnings
from measures.warning_sentences import FALL


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
    lack = format_percent(first["missing_rate"], 0)
    why = _("buys {share} less than it should").format(share=lack) if first["kind"] == FALL else _("has gone silent")
    return text.format(
        n=format_number(summary["queued"]), money=format_money_compact(summary["queued_margin_at_risk"]), name=first["account"], why=why
    )
