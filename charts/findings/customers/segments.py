"""The finding of one segment: what it brings, how it moved, and how its margin compares."""

from charts.customers import segment_words
from charts.findings.phrases import compared
from data.language import _, format_money_compact, format_percent
from measures.customers.segment_profile import SegmentProfile


def sentence(answer: SegmentProfile, row: dict[str, object]) -> str:
    """What the segment in `row` (one of answer.segments) says, as plain text in the reader's language.

    Where nothing was sold net of returns there are no shares.
    """
    if row["segment"] is None:
        return _unknown(row["share"], answer.segments.height)
    whole, before = answer.segments["net_sales"].sum(), answer.segments["previous"].sum()
    told = {"name": segment_words.segment(row["segment"]), "share": _share(row["share"]), "money": format_money_compact(row["net_sales"])}
    if row["change_rate"] is None or not before > 0:
        text = _("{name}: net sales of {money}") if row["share"] is None else _("{name} brings {share} of net sales")
        return text.format(**told)
    text = _("{name} {own} in a year; all accounts together {whole}") if row["share"] is None else _(
        "{name} brings {share} of net sales and {own} in a year; all accounts together {whole}"
    )
    return text.format(**told, own=_moved(row["change_rate"]), whole=_moved(whole / before - 1))


def _unknown(share: float | None, segments: int) -> str:
    """What the accounts say whose segment is not known."""
    if share == 1 or segments == 1:
        return _("Nothing is known that would tell the segments apart")
    if share is None:
        return _("The segment of these accounts is not known")
    return _("{share} of net sales is of accounts whose segment is not known").format(share=_share(share))


def _share(share: float | None) -> str:
    return format_percent(share, 0 if (share or 0) >= 0.1 else 1)


def _moved(rate: float) -> str:
    return compared(rate, _("grew {rate}"), _("fell {rate}"), _("stayed level"))
