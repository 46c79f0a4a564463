"""What to do next, in words: the action, and its reason with the number that caused it."""

from collections.abc import Callable, Mapping

from charts.accounts.account_words import field
from data.language import _, format_money, format_number, format_percent, ngettext

Row = Mapping[str, object]

NEARLY = 0.0005
"""A share under it would be written as 0.0%."""


def action(row: Row) -> str:
    """What to do, by a row of measures.accounts.next_actions."""
    return _ACTIONS[row["rule"]](row)


def reason(row: Row) -> str:
    """Why: the number that met the rule, and the cut that it met where there is one."""
    return _REASONS[row["rule"]](row)


def _percent(rate: object) -> str:
    return format_percent(rate, 0 if rate is None or abs(rate) >= 0.1 else 1)


_ACTIONS: dict[str, Callable[[Row], str]] = {
    "collect": lambda row: _("Collect {amount} before selling more").format(amount=format_money(row["amount"])),
    "alarm": lambda row: _("Visit and find out why it buys less"),
    "credit_limit": lambda row: _("Agree on payments or a new limit before the next order"),
    "win_back": lambda row: _("Win it back, or close the file with the reason"),
    "call": lambda row: _("Call today"),
    "recover": lambda row: _("Find the cause of its ups and downs: it likes novelty, somebody offers more, or it is dissatisfied"),
    "decline": lambda row: _("Ask what has changed since last year"),
    "decision_maker": lambda row: _("Ask who decides"),
    "rebate": lambda row: _("Show how near the next tier of {scheme} is").format(scheme=row["subject"]),
    "propose": lambda row: _("Propose {product}").format(product=row["subject"]),
    "stopped": lambda row: _("Offer {product} again").format(product=row["subject"]),
    "competitor": lambda row: _("Ask what {competitor} gives that we don't").format(competitor=row["subject"] or "–"),
    "visit": lambda row: _("Plan a visit"),
    "consolidate": lambda row: _("Consolidate: make a year's plan together, with a new product as its growth"),
    "promote": lambda row: _("Promote: visit regularly, analyse its business, help with display and promotions"),
    "settle": lambda row: _("Settle what it costs and brings before spending more on it"),
    "file": lambda row: _("Complete the file: {field}").format(field=field(row["subject"])),
}


def _overdue(row: Row) -> str:
    return _("Overdue is {rate} of a year's net sales; more than {cut} is said before the next order").format(
        rate=_percent(row["value"]), cut=_percent(row["cut"])
    )


def _nobody_decides(row: Row) -> str:
    if not row["amount"]:
        return _("No contact is known at all")
    return ngettext("The one known contact does not decide", "None of {n} known contacts is the decision maker", int(row["amount"])).format(
        n=format_number(row["amount"])
    )


def _rebate(row: Row) -> str:
    if not row["value"] >= NEARLY:
        return _just_short(row)
    if row["amount"] is None:
        return _("At its natural pace the year ends {rate} short of the tier").format(rate=_percent(row["value"]))
    return _("At its natural pace the year ends {rate} short of a tier that pays {amount}").format(
        rate=_percent(row["value"]), amount=format_money(row["amount"])
    )


def _just_short(row: Row) -> str:
    if row["amount"] is None:
        return _("At its natural pace the year ends just short of the tier")
    return _("At its natural pace the year ends just short of a tier that pays {amount}").format(amount=format_money(row["amount"]))


def _stopped(row: Row) -> str:
    return ngettext(
        "It was bought in the period before, for {amount}, and not in this one",
        "{n} products were bought in the period before and not in this one; this one for {amount}",
        int(row["value"]),
    ).format(n=format_number(row["value"]), amount=format_money(row["amount"]))


def _alarm(row: Row) -> str:
    at_risk = _("{amount} of margin is at risk").format(amount=format_money(row["value"]))
    return f"{row['subject']}. {at_risk}" if row["subject"] else at_risk


def _missing(row: Row) -> str:
    return ngettext("{n} field that its stage asks for is empty", "{n} fields that its stage asks for are empty", int(row["value"])).format(
        n=format_number(row["value"])
    )


def _decline(row: Row) -> str:
    # Who returned more than it bought fell by more than all of it.
    if row["amount"] < 0:
        return _("It returned {amount} more than it bought; in the 12 months before it had bought").format(amount=format_money(-row["amount"]))
    return _("It bought {rate} less than in the 12 months before; the cut is {cut}").format(rate=_percent(-row["value"]), cut=_percent(row["cut"]))


_REASONS: dict[str, Callable[[Row], str]] = {
    "collect": _overdue,
    "alarm": _alarm,
    "credit_limit": lambda row: _("{rate} of the limit is used, {amount} is open; the cut is {cut}").format(
        rate=_percent(row["value"]), amount=format_money(row["amount"]), cut=_percent(row["cut"])
    ),
    "win_back": lambda row: _("Nothing sold for {n} days; after {cut} a customer counts as lost").format(
        n=format_number(row["value"]), cut=format_number(row["cut"])
    ),
    "call": lambda row: _("Nothing sold for {n} days; after {cut} somebody calls").format(
        n=format_number(row["value"]), cut=format_number(row["cut"])
    ),
    "recover": lambda row: _("EII: it contributes much, but its months vary by {cv}").format(cv=format_number(row["value"], 2)),
    "decline": _decline,
    "decision_maker": _nobody_decides,
    "rebate": _rebate,
    "propose": lambda row: _("{rate} of similar accounts buy it, {n} units in the period in the middle").format(
        rate=_percent(row["value"]), n=format_number(row["amount"])
    ),
    "stopped": _stopped,
    "competitor": lambda row: _("We hold {rate} of what is known of its purchases; they sell it {amount} a month").format(
        rate=_percent(row["value"]), amount=format_money(row["amount"])
    ),
    "visit": lambda row: _("The last visit was {n} days ago; after {cut} the next is due").format(
        n=format_number(row["value"]), cut=format_number(row["cut"])
    ),
    "consolidate": lambda row: _("EI: it brings {rate} of the company's contribution, steadily").format(rate=format_percent(row["value"], 2)),
    "promote": lambda row: _("EIII: it buys steadily and brings {rate} of the company's contribution").format(rate=format_percent(row["value"], 2)),
    "settle": lambda row: _("EIV: it brings {rate} of the company's contribution, unsteadily").format(rate=format_percent(row["value"], 2)),
    "file": _missing,
}
