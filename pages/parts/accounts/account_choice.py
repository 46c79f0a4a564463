"""Which account the page is about, and with which other one it is compared."""

import streamlit as st

from data.language import _
from pages.parts import address, answers, choices, cuts, session
from queries.filters import Filters

CHOICE = "account_choice"
OTHER = "account_other"


def choose(period: Filters) -> str | None:
    """The account of the address, or the one picked here; at first the one with the largest sales of the period."""
    offered = choices.of(session.current()).accounts
    if CHOICE not in st.session_state and not address.given("account"):
        st.session_state[CHOICE] = _largest(period) or next(iter(offered), None)
    address.start(CHOICE, "account", lambda texts: texts[0], None)
    here = st.session_state[CHOICE]
    options = list(offered) if here in offered or here is None else [here, *offered]
    chosen = st.selectbox(
        _("Account"), options, key=CHOICE, format_func=lambda identifier: offered.get(identifier, identifier), persist_state="session",
        label_visibility="collapsed",
    )
    address.keep("account", chosen)
    return chosen


def choose_other(account_id: str, period: Filters) -> str | None:
    """The account to compare with; at first the largest other one of the period."""
    offered = {key: name for key, name in choices.of(session.current()).accounts.items() if key != account_id}
    address.start(OTHER, "with", lambda texts: texts[0] if texts[0] in offered else None, _largest(period, without=account_id))
    if st.session_state[OTHER] not in offered:
        st.session_state[OTHER] = _largest(period, without=account_id) or next(iter(offered), None)
    chosen = st.selectbox(
        _("Compare with"), list(offered), key=OTHER, format_func=lambda identifier: offered.get(identifier, identifier), persist_state="session"
    )
    address.keep("with", chosen)
    return chosen


def _largest(period: Filters, without: str | None = None) -> str | None:
    found = answers.get("value_pyramid", period, cuts.saved("value_pyramid")).accounts["account_id"]
    return next((identifier for identifier in found if identifier != without), None)
