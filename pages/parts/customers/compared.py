"""Which earlier period a page compares with: a chip that says it and opens its choice."""

from datetime import date, timedelta

import streamlit as st

from charts import labels
from data.language import _, format_date, format_month, format_number, ngettext
from measures.customers.compared_period import OWN_DATES, PREVIOUS_PERIOD, PREVIOUS_YEAR, lengths
from measures.thresholds import Cuts
from pages.parts import address, choices, cuts, dates, periods, session
from queries.filters import Filters, add_months

NAMES = ("compared_with", "compared_from", "compared_to")
KEYS = {"compared_from": "pyramid_compared_from", "compared_to": "pyramid_compared_through"}


def choose(base: Cuts) -> Cuts:
    """Draw the chip and return the cuts with the chosen comparison."""
    chosen = cuts.current("value_pyramid", "compared_with")
    with st.popover(_("Compared with: {period}").format(period=labels.label(chosen)), icon=":material/compare_arrows:", key="chip_compared"):
        picked = cuts.choose("value_pyramid", ("compared_with",), columns=1, base=base)
        return picked.but(**_own_months()) if picked["compared_with"] == OWN_DATES else picked


def described(first: date | None, end: date | None) -> str:
    """The compared period in words: from its first through its last day."""
    if first is None or end is None:
        return _("no earlier period")
    return f"{format_date(first)} – {format_date(end - timedelta(days=1))}"


def beside(filters: Filters, chosen: Cuts) -> str:
    """What a change beside a metric is measured on, in two or three words."""
    if months := _lengths(filters, chosen):
        return ngettext("on {n} other month", "on {n} other months", months[1]).format(n=format_number(months[1]))
    words = {PREVIOUS_YEAR: _("on last year"), PREVIOUS_PERIOD: _("on the period before"), OWN_DATES: _("on the other months")}
    return words[str(chosen["compared_with"])]


def period(filters: Filters, chosen: Cuts) -> str:
    """The period, and where it is longer or shorter than what it is compared with, both lengths: a change is then one of length too."""
    months = _lengths(filters, chosen)
    if months is None or months[0] == months[1]:
        return dates.period(filters)
    text = ngettext("{n} month compared with {m}", "{n} months compared with {m}", months[0])
    return dates.both(dates.period(filters), text.format(n=format_number(months[0]), m=format_number(months[1])))


def _lengths(filters: Filters, chosen: Cuts) -> tuple[int, int] | None:
    offered = choices.of(session.current())
    return lengths(filters, chosen, (offered.first_sold_on, offered.as_of)) if offered.first_sold_on else None


def _own_months() -> dict[str, str]:
    """Two months, drawn and kept in the address, as half-open dates."""
    offered = choices.of(session.current())
    months = periods.months_between(offered.first_sold_on or offered.as_of, offered.as_of)
    chosen = [_month(name, label, months, back) for name, label, back in (("compared_from", _("From"), 24), ("compared_to", _("Through"), 13))]
    first, last = sorted(chosen)
    return {"compared_from": first.isoformat(), "compared_to": add_months(last, 1).isoformat()}


def _month(name: str, label: str, months: list[date], back: int) -> date:
    key = KEYS[name]

    def read(texts: list[str]) -> date | None:
        month = date.fromisoformat(f"{texts[0]}-01")
        return month if month in months else None

    address.start(key, name, read, months[max(0, len(months) - back)])
    month = st.selectbox(label, months, key=key, format_func=format_month, persist_state="session")
    address.keep(name, f"{month:%Y-%m}")
    return month
