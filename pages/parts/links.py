"""From a name to its page."""

import streamlit as st

from pages.parts import address

ACCOUNT_PAGE = "pages/customers/account.py"

SHARED = ("lang", "period", "from", "through", "region", "distributor", "category", "product", "salesperson")
"""What every page's address has in common; the rest of an address is its page's own."""


def open_account(account_id: str | None) -> None:
    """Go to an account's page."""
    if account_id:
        st.session_state["account_choice"] = account_id
        kept = {name: values for name, values in address.query().items() if name in SHARED}
        query = kept | {"account": [account_id]}
        address.lead_to(query)
        st.switch_page(ACCOUNT_PAGE, query_params=query)
