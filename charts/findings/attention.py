"""What needs attention, in sentences: one per row of the overview's table of that name."""

from collections.abc import Mapping

from data.language import _, format_change, format_money_compact, format_number, format_percent, ngettext


def sentence(row: Mapping[str, object]) -> str:
    """The sentence of one row of measures.attention (its kinds and columns)."""
    return _WRITERS[row["kind"]](row)


def _changed(row: Mapping[str, object]) -> str:
    if not row["value"]:
        return _("{subject}: nothing sold, last year it was {value}").format(subject=row["subject"], value=format_money_compact(row["comparison"]))
    if not row["comparison"]:
        return _("{subject}: {value}, last year nothing").format(subject=row["subject"], value=format_money_compact(row["value"]))
    return _("{subject}: {difference} on last year ({rate})").format(
        subject=row["subject"], difference=_signed(row["difference"]), rate=format_change(row["difference"] / row["comparison"])
    )


def _new(row: Mapping[str, object]) -> str:
    return _("{subject} is new and bought {value}").format(subject=row["subject"], value=format_money_compact(row["value"]))


def _lost(row: Mapping[str, object]) -> str:
    return _("{subject} bought nothing; last year it was {value}").format(
        subject=row["subject"], value=format_money_compact(row["comparison"])
    )


def _all_new(row: Mapping[str, object]) -> str:
    return ngettext("{n} new account brought {value}", "{n} new accounts brought {value}", row["count"]).format(
        n=row["count"], value=format_money_compact(row["value"])
    )


def _all_lost(row: Mapping[str, object]) -> str:
    return ngettext(
        "{n} account stopped buying; last year it was worth {value}",
        "{n} accounts stopped buying; last year they were worth {value}",
        row["count"],
    ).format(n=format_number(row["count"]), value=format_money_compact(row["comparison"]))


def _gap(row: Mapping[str, object]) -> str:
    rate = row["value"] / row["comparison"] if row["comparison"] else None
    return _("{subject} is at {rate} of its target, {difference}").format(
        subject=row["subject"], rate=format_percent(rate, 0), difference=_signed(row["difference"])
    )


def _returns(row: Mapping[str, object]) -> str:
    return _("Returns rise in {subject}: {value} of sales after {comparison} last year").format(
        subject=row["subject"], value=format_percent(row["value"]), comparison=format_percent(row["comparison"])
    )


def _overdue(row: Mapping[str, object]) -> str:
    return _("{subject} owes {value} past its due date").format(subject=row["subject"], value=format_money_compact(row["value"]))


def _all_overdue(row: Mapping[str, object]) -> str:
    return ngettext("{n} invoice is overdue: {value}", "{n} invoices are overdue: {value}", row["count"]).format(
        n=row["count"], value=format_money_compact(row["value"])
    )


def _signed(amount: float) -> str:
    return ("+" if amount > 0 else "") + format_money_compact(amount)


_WRITERS = {
    "region_change": _changed,
    "product_change": _changed,
    "account_change": _changed,
    "account_new": _new,
    "account_lost": _lost,
    "accounts_new": _all_new,
    "accounts_lost": _all_lost,
    "region_gap": _gap,
    "returns_rising": _returns,
    "receivable_overdue": _overdue,
    "receivables_overdue": _all_overdue,
}
