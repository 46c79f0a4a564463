"""One line of chips that says what is filtered; each opens its choice."""

from datetime import date

import streamlit as st

from data.language import _, format_month, format_number, ngettext
from measures.thresholds import THRESHOLDS
from pages.parts import address, choices, periods
from pages.parts.escape import plain
from pages.parts.session import Session
from pages.parts.session import current as current_session
from queries.filters import Filters, add_months

FILTERED = ":material/filter_alt:"

CONTROLS = tuple(f"filter_{name}" for name in ("period", "from", "through", "region", "distributor", "category", "product", "salesperson"))
"""The keys of the bar's controls."""

_FILTERS, _LEFT_OUT = "_filters", "_left_out"


def show(session: Session) -> Filters:
    """Draw the bar and return the filters; they live in the address."""
    offered = choices.of(session)
    with st.container(horizontal=True, key="filter_bar", gap="small"):
        period = _period_chip(session, offered)
        filters = Filters(
            from_date=period.from_date,
            to_date=period.to_date,
            region_ids=_chip("region", _("Region"), _("All regions"), offered.regions),
            account_ids=_chip("distributor", _("Account"), _("All accounts"), offered.accounts),
            categories=_chip("category", _("Category"), _("All categories"), offered.categories),
            product_ids=_chip("product", _("Product"), _("All products"), offered.products),
            salesperson_ids=_chip("salesperson", _("Salesperson"), _("All salespeople"), offered.salespeople),
        )
    _say_left_out()
    st.session_state[_FILTERS] = filters
    return filters


def current() -> Filters:
    """This run's filters."""
    return st.session_state.get(_FILTERS, Filters())


def state() -> dict[str, object]:
    """The values of the bar's controls by their keys."""
    # By name: whoever goes through all that a session holds makes a copy of it, several times in a run.
    return {key: st.session_state[key] for key in CONTROLS if key in st.session_state}


def described(filters: Filters) -> list[tuple[str, str]]:
    """The filters as (label, values) for exports and captions, by their names."""
    offered = choices.of(current_session())
    listed = (
        (_("Region"), filters.region_ids, offered.regions),
        (_("Account"), filters.account_ids, offered.accounts),
        (_("Category"), filters.categories, offered.categories),
        (_("Product"), filters.product_ids, offered.products),
        (_("Salesperson"), filters.salesperson_ids, offered.salespeople),
    )
    period = periods.Period(filters.from_date, filters.to_date).label()
    named = [(label, ", ".join(names.get(value, value) for value in values)) for label, values, names in listed if values is not None]
    return [(_("Period"), period), *named]


def clear() -> None:
    """Take every filter off but the period."""
    for name in ("region", "distributor", "category", "product", "salesperson"):
        st.session_state[f"filter_{name}"] = []


def _chip(name: str, label: str, everything: str, options: dict[str, str]) -> tuple[str, ...] | None:
    if not options:
        return None
    key = f"filter_{name}"
    if key not in st.session_state:
        _note_left_out(name, label, options)
    address.start(key, name, lambda texts: [text for text in texts if text in options], [])
    st.session_state[key] = [value for value in st.session_state[key] if value in options]
    chosen = st.session_state[key]
    with st.popover(_chip_label(chosen, everything, options), icon=FILTERED if chosen else None, key=f"chip_{name}"):
        picked = st.multiselect(
            label, list(options), key=key, format_func=lambda identifier: options.get(identifier, identifier),
            placeholder=everything, select_all=False, persist_state="session",
        )
    address.keep(name, picked)
    return tuple(picked) or None


def _note_left_out(name: str, label: str, options: dict[str, str]) -> None:
    """What the link names and the reader does not see, and what is left of it."""
    named = address.given(name)
    left = [text for text in named if text in options]
    st.session_state.setdefault(_LEFT_OUT, {})[name] = (label, left, len(named) - len(left))


def _say_left_out() -> None:
    """A link from somebody who sees more: what of it is left out, until the reader chooses otherwise."""
    for name, (label, left, missing) in st.session_state.get(_LEFT_OUT, {}).items():
        if not missing or st.session_state.get(f"filter_{name}") != left:
            continue
        text = _("{label}: this link names {n} that you do not see; they are left out.") if left else _("{label}: this link names {n} that you do not see, and none that you do: nothing is filtered by it.")
        st.caption(text.format(label=label, n=format_number(missing)))


def _chip_label(chosen: list[str], everything: str, options: dict[str, str]) -> str:
    if not chosen:
        return everything
    first = plain(options[chosen[0]])
    others = len(chosen) - 1
    text = first if not others else ngettext("{name} and {n} other", "{name} and {n} others", others).format(name=first, n=others)
    return f"**{text}**"


def _period_chip(session: Session, offered: choices.Choices) -> periods.Period:
    fiscal_start = int(session.settings.get("fiscal_year_start", THRESHOLDS["fiscal_year_start"].default))
    usual = periods.default(offered.first_sold_on, offered.told_until)
    address.start("filter_period", "period", lambda texts: texts[0] if texts[0] in periods.PRESETS else None, usual)
    months = periods.months_between(offered.first_sold_on or offered.as_of, offered.as_of)
    _start_months(months)
    with st.popover(f"**{_period(offered, fiscal_start).label()}**", icon=":material/calendar_month:", key="chip_period"):
        name = st.radio(
            _("Period"), list(periods.PRESETS), key="filter_period", format_func=lambda preset: _(periods.PRESETS[preset]),
            persist_state="session",
        )
        if name == "custom":
            st.selectbox(_("From"), months, key="filter_from", format_func=format_month, persist_state="session")
            st.selectbox(_("Through"), months, key="filter_through", format_func=format_month, persist_state="session")
            address.keep("from", f"{st.session_state['filter_from']:%Y-%m}")
            address.keep("through", f"{st.session_state['filter_through']:%Y-%m}")
    address.keep("period", None if name == usual else name)
    return _period(offered, fiscal_start)


def _start_months(months: list[date]) -> None:
    def read(texts: list[str]) -> date | None:
        month = date.fromisoformat(f"{texts[0]}-01")
        return month if month in months else None

    address.start("filter_from", "from", read, months[max(0, len(months) - 12)])
    address.start("filter_through", "through", read, months[-1])
    for key in ("filter_from", "filter_through"):
        if st.session_state[key] not in months:
            st.session_state[key] = months[-1]


def _period(offered: choices.Choices, fiscal_start: int) -> periods.Period:
    name = st.session_state["filter_period"]
    if name != "custom":
        return periods.preset(name, offered.told_until, fiscal_start)
    first, last = sorted((st.session_state["filter_from"], st.session_state["filter_through"]))
    return periods.Period(first, add_months(last, 1))
