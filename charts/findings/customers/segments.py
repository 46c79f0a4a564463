"""The finding of one segment: what it brings, how it moved, and how its margin compares."""

from charts.customers import segment_words
from charts.findings.phrases import compared
from data.language import _, format_percent
from measures.customers.segment_profile import SegmentProfile


def sentence(answer: SegmentProfile, row: dict[str, object]) -> str:
    """What the segment in `row` (one of answer.segments) says, as plain text in the reader's language."""
    name, share = segment_words.segment(row["segment"]), format_percent(row["share"], 0 if (row["share"] or 0) >= 0.1 else 1)
    if row["segment"] is None:
        if row["share"] == 1:
            return _("Nothing is known that would tell the segments apart")
        return _("{share} of net sales is of accounts whose segment is not known").format(share=share)
    whole, before = answer.segments["net_sales"].sum(), answer.segments["previous"].sum()
    if row["change_rate"] is None or not before > 0:
        return _("{name} brings {share} of net sales").format(name=name, share=share)
    text = _("{name} brings {share} of net sales and {own} in a year; all accounts together {whole}")
    return text.format(name=name, share=share, own=_moved(row["change_rate"]), whole=_moved(whole / before - 1))


def _moved(rate: float) -> str:
    return compared(rate, _("grew {rate}"), _("fell {rate}"), _("stayed level"))
