"""From a name to its page."""

import streamlit as st

ACCOUNT_PAGE = "pages/customers/account.py"


def open_account(account_id: str | None) -> None:
    """Go to an account's page."""
    if account_id:
        st.session_state["account_choice"] = account_id
        st.switch_page(ACCOUNT_PAGE, query_params={"account": account_id})
