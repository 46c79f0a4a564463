"""One prospect: its chance in words and bars, what it may bring, its six steps, and what people write about it."""

import polars as pl
import streamlit as st

from charts import labels
from charts.pipeline import prospect_words
from charts.pipeline.drivers import drivers
from data.language import _, format_date, format_money_compact, format_number
from data.records import Record
from measures.pipeline.prospects import Prospects
from pages.parts import address, choices, draw, links
from pages.parts.escape import plain
from pages.parts.pipeline import prospect_forms

CHOICE = "prospect_choice"
VIEW = "prospects_view"
WANTED = "_prospect_wanted"


def open_one(account_id: str) -> None:
    """Show this prospect in the view of one prospect, from the next run on."""
    st.session_state[WANTED] = account_id
    st.rerun()


def take_wanted() -> None:
    """Call before the view's control is drawn: a prospect chosen in a table opens its view."""
    wanted = st.session_state.pop(WANTED, None)
    if wanted is not None:
        st.session_state[CHOICE], st.session_state[VIEW] = wanted, "one"


def choose(answer: Prospects, written: list[Record]) -> None:
    """The choice of a prospect, the largest first, and everything about it; the chosen one lives in the address."""
    names = choices.told_apart(answer.prospects.select("account_id", "account").rows())
    address.start(CHOICE, "prospect", lambda texts: texts[0], None)
    if st.session_state[CHOICE] not in names:
        st.session_state[CHOICE] = next(iter(names))
    account_id = st.selectbox(_("Prospect"), list(names), key=CHOICE, format_func=lambda key: names.get(key, key), persist_state="session")
    address.keep("prospect", account_id)
    show(answer, account_id, written)


def show(answer: Prospects, account_id: str, written: list[Record]) -> None:
    """One prospect; nothing where it is not among those shown."""
    found = answer.prospects.filter(pl.col("account_id") == account_id)
    if found.is_empty():
        return
    row = found.row(0, named=True)
    with st.container(border=True, key="prospect_card"):
        _head(row)
        left, right = st.columns([3, 2], gap="large")
        with left:
            _drivers(answer, row)
        with right:
            _facts(row)
            _steps(answer.steps.filter(pl.col("account_id") == account_id))
        prospect_forms.show(answer, row, written)


def _head(row: dict[str, object]) -> None:
    parts = [prospect_words.quadrant(row["quadrant"]) if row["quadrant"] else "", row["region"] or "", labels.salesperson(row["salesperson"]) or ""]
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{plain(row['account'])}** · {plain(' · '.join(part for part in parts if part))}", width="content")
        if st.button(_("Open the account"), key="prospect_open", type="tertiary", icon=":material/storefront:"):
            links.open_account(row["account_id"])
    st.markdown(plain(_("Chance of signing: {sentence}").format(sentence=row["sentence"])) if row["probability"] is not None else plain(row["sentence"]))


def _drivers(answer: Prospects, row: dict[str, object]) -> None:
    found = answer.drivers.filter(pl.col("account_id") == row["account_id"])
    if found.is_empty():
        st.caption(_("Too little of the rubric is known: rate it below."))
        return
    draw.chart(drivers(found, theme=draw.theme(), finding=row["sentence"]), key="prospect_drivers")


def _facts(row: dict[str, object]) -> None:
    """What it may bring and what keeps it, one line each."""
    lines = [
        _value(row),
        _("A month's delay costs {money}").format(money=format_money_compact(row["delay_cost"])),
        _("Open deals: {n}, {money}").format(n=format_number(row["open_deals"]), money=format_money_compact(row["open_value"]))
        if row["open_deals"]
        else _("No deal is open with it"),
        _("What keeps it from signing: {reason}").format(reason=row["obstacle"] or _("not known")),
        _("File renewed {n} days ago").format(n=format_number(row["file_age_days"]))
        if row["file_age_days"] is not None
        else _("The file was never renewed"),
    ]
    if row["signed_on"]:
        lines.append(_("Signed on {date}: the first order is still to come").format(date=format_date(row["signed_on"])))
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _value(row: dict[str, object]) -> str:
    if row["expected_contribution"] is None:
        return _("Nobody knows yet what it may bring")
    return _("May bring {money} a year, from {basis}").format(
        money=format_money_compact(row["expected_contribution"]), basis=prospect_words.basis(row["potential_basis"])
    )


def _steps(rows: pl.DataFrame) -> None:
    """The six steps with the day and what shows them."""
    lines = []
    for row in rows.iter_rows(named=True):
        name = plain(prospect_words.step(row["step"]))
        if not row["is_done"]:
            lines.append(f":material/radio_button_unchecked: {name}")
            continue
        told = plain(" · ".join(filter(None, (format_date(row["done_on"]) if row["done_on"] else "", prospect_words.seen_in(row["seen_in"])))))
        lines.append(f":material/check_circle: **{name}** {told}")
    st.markdown("  \n".join(lines))
