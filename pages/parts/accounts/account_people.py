"""People at an account, and how complete its file is; personal fields only for roles that may see them."""

import polars as pl
import streamlit as st

from charts import labels
from charts.accounts import account_words
from data.language import _, format_number, format_percent, ngettext
from measures.accounts.account import Account
from measures.accounts.completeness import file_fields, filled_rate, known_fields, known_personal, optional, to_ask
from pages.parts import session, tables
from queries.filters import Filters
from queries.runner import asker


def personal(filters: Filters) -> pl.DataFrame | None:
    """Birthdays and interests of the account's people; None for a viewer whose role may not see them.

    Asked anew each time and kept nowhere: a kept answer belongs to a scope, and a scope has people of several roles.
    """
    now = session.current()
    if not now.viewer.sees_personal:
        return None
    return asker(now.reader, now.viewer)("accounts/personal", filters)


def view(answer: Account, filters: Filters, about: list[tuple[str, str]]) -> None:
    """The people, and what is known of them in person."""
    if answer.contacts.is_empty():
        st.write(_("No contact is known. Ask who decides, and how to reach them."))
        return
    people = personal(filters)
    rows = answer.contacts
    if people is not None:
        rows = rows.join(people.select("contact_id", "birthday", "interests"), on="contact_id", how="left", maintain_order="left")
    tables.show(labels.worded(rows, "role"), "account_contacts", key="account_table_contacts", about=about)
    if people is None:
        st.caption(_("Birthdays and interests are shown to managers and regional leads only."))


def file_view(answer: Account, filters: Filters) -> None:
    """What the account's stage asks for, what is known of it, and what to ask next."""
    people = personal(filters)
    profile = answer.profile.row(0, named=True)
    stage = profile["life_stage"]
    known = known_fields(profile, answer.contacts) | ({} if people is None else known_personal(people))
    fields = file_fields(known, stage, personal=people is not None)
    missing = to_ask(fields)
    st.markdown(
        ngettext("Stage “{stage}”: {rate} of the file is known, {n} field is missing.", "Stage “{stage}”: {rate} of the file is known, {n} fields are missing.",
                 len(missing)).format(stage=labels.life_stage(stage), rate=format_percent(filled_rate(fields), 0), n=format_number(len(missing)))
    )
    if missing:
        st.markdown(f"**{_('Ask next')}**")
        st.markdown("\n".join(f"{place}. {account_words.field(name)}" for place, name in enumerate(missing, start=1)))
    if others := optional(fields):
        st.caption(_("Worth asking when it comes up; it counts for nothing here: {fields}.").format(
            fields=", ".join(account_words.field(name) for name in others)))  # fmt: skip
    written = pl.DataFrame(
        {"field": [account_words.field(name) for name in fields["field"]], "life_stage": [labels.life_stage(name) for name in fields["stage"]],
         "is_known": [_("Yes") if is_known else _("No") for is_known in fields["is_known"]]},
        schema={"field": pl.String, "life_stage": pl.String, "is_known": pl.String},
    )  # fmt: skip
    tables.show(written, "account_file", key="account_table_file")
