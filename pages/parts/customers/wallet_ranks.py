"""Our place among an account's suppliers, where nobody knows volumes: written by people, kept in the journal."""

import polars as pl
import streamlit as st

from data.journal import writer_name
from data.language import _, format_number
from data.records import Record, open_records
from measures.customers.share_of_wallet import ShareOfWallet
from measures.customers.wallet_ranks import RANK_KIND
from pages.parts import choices, seen, session, states
from pages.parts.escape import plain

MOST_SUPPLIERS = 20


def records(account_id: str | None = None) -> list[Record]:
    """All open ranks, or the one account's; the answer takes those of the accounts that the viewer sees."""
    found = open_records(session.current().journal, RANK_KIND)
    return found if account_id is None else [record for record in found if record.subject == account_id]


def rank_form(answer: ShareOfWallet) -> None:
    """Write, change or take back the rank held at an account that nobody reports about."""
    unknown = answer.accounts.filter(pl.col("known").is_null(), pl.col("own") > 0)
    names = choices.told_apart(unknown.sort("own", descending=True).select("account_id", "account").rows())
    if not names:
        return
    with st.expander(_("No volumes known? Say which supplier we are")):
        subject = st.selectbox(_("Account"), list(names), key="rank_account", format_func=names.get)
        written = _records(answer).get(subject)
        drawn = seen.before(f"rank_seen_{subject}", written)
        suppliers = st.number_input(_("Its suppliers, us included"), 1, MOST_SUPPLIERS, _said(written, "suppliers", 2), key=f"rank_suppliers_{subject}")
        rank = st.number_input(_("Our place among them"), 1, int(suppliers), min(_said(written, "rank", 1), int(suppliers)), key=f"rank_rank_{subject}")
        with st.container(horizontal=True):
            if st.button(_("Save the place"), key="rank_save", type="primary"):
                _save(subject, drawn, {"rank": int(rank), "suppliers": int(suppliers)})
            if written and st.button(_("Take it back"), key="rank_close"):
                _close(drawn or written)
        if written:
            st.caption(
                _("{who} said: place {rank} of {suppliers}.").format(
                    who=plain(writer_name(written.written_by)),
                    rank=format_number(written.content["rank"]),
                    suppliers=format_number(written.content["suppliers"]),
                )
            )


def _records(answer: ShareOfWallet) -> dict[str, Record]:
    shown = set(answer.accounts["account_id"])
    return {record.subject: record for record in records() if record.subject in shown}


def _said(written: Record | None, name: str, otherwise: int) -> int:
    return int(written.content[name]) if written else otherwise


def _save(subject: str, drawn: Record | None, content: dict[str, object]) -> None:
    with states.guarded():
        seen.write(drawn, RANK_KIND, subject, content)
        st.rerun()


def _close(written: Record) -> None:
    with states.guarded():
        seen.close(written)
        st.rerun()
