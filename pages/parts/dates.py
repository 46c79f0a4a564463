"""Which time a page's figures stand for: said beside its name, in the same words on every page."""

from datetime import date, timedelta

import streamlit as st

from charts.cells import MONTHS
from data.language import _, format_date, format_month
from pages.parts import choices, periods, session
from queries.filters import Filters, add_months, end_of_complete_months


def period(filters: Filters) -> str:
    """The filter bar's period; where it is open or reaches past the data, how far these reach."""
    label, offered = periods.Period(filters.from_date, filters.to_date).label(), choices.of(session.current())
    if filters.to_date is None or filters.to_date > end_of_complete_months(offered.told_until):
        return _("{period}, data through {date}").format(period=label, date=format_date(offered.as_of))
    return label


def complete(end: date | None, months: int | None = None) -> str:
    """Complete months: all that there are before `end`, the first day after them, or the last `months`."""
    if end is None:
        return ""
    last = format_month(add_months(end, -1))
    if months is None:
        return _("complete months through {month}").format(month=last)
    return _("{n} complete months through {month}").format(n=months, month=last)


def on(day: date | None) -> str:
    """How things stand at the end of a day."""
    return _("as of {date}").format(date=format_date(day)) if day else ""


def last_day(filters: Filters, reach: date | None = None) -> date:
    """The last day of the period, or of the data where these end before it; `reach` is theirs where it is not the last sale's."""
    reach = reach or choices.of(session.current()).as_of
    return reach if filters.to_date is None else min(reach, filters.to_date - timedelta(days=1))


def both(*said: str) -> str:
    """Figures of several times, in one line."""
    return "; ".join(filter(None, said))


def shape() -> str:
    """How a day is written where people type it."""
    return _("YYYY-MM-DD")


def column(name: str, label: str) -> dict[str, object]:
    """How a table shows a column of days, or of months where the name says so. The browser's names of months are English: Spanish has figures."""
    return st.column_config.DateColumn(label, format=_("MMM YYYY") if name in MONTHS else _("D MMM YYYY"))
