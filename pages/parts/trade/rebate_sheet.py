"""“Calculate the account”: one customer's schemes, what is missing, what switching would cost; on the screen and on one page of paper."""

import polars as pl
import streamlit as st

from charts.trade.ladder import ladder
from data.language import _
from measures.trade.rebates import Rebates
from pages.parts import draw, tables
from pages.parts.choices import told_apart
from pages.parts.escape import plain
from pages.parts.trade import rebate_tables
from reports.rebate_account import Sheet, pdf, sheet


def show(answer: Rebates) -> None:
    """The chosen account's sheet, and the same as a PDF to print and hand over: only the customer's side, never our margin."""
    names = told_apart(answer.accounts.select("account_id", "account").unique("account_id", keep="first", maintain_order=True).rows())
    account_id = st.selectbox(_("Account"), list(names), key="rebates_account", format_func=names.get, persist_state="session")
    page = sheet(answer, account_id)
    st.markdown(" · ".join(f"{plain(name)} **{plain(value)}**" for name, value in page.figures))
    draw.chart(ladder(_rungs(page), _ticks(page), title=_("Of the scheme's top tier"), theme=draw.theme(), finding=page.switching), key="rebates_sheet_ladder")
    for scheme in page.schemes:
        st.markdown(f"- **{plain(scheme.name)}**: {plain(scheme.sentence)}")
    st.markdown(f"**{plain(page.switching_title)}**: {plain(page.switching)}")
    st.download_button(
        _("One page to print (PDF)"), data=lambda: pdf(page), file_name=f"{account_id}.pdf", mime="application/pdf", key="rebates_pdf",
        icon=":material/print:", on_click="ignore",
    )  # fmt: skip
    tiers = answer.tiers.filter(account_id=account_id).drop("account_id").rename({"rate": "rebate_rate"})
    tables.show(rebate_tables.worded(tiers), "account_tiers", key="rebates_sheet_table")


def _rungs(page: Sheet) -> pl.DataFrame:
    rows = [
        {"name": of.name, "key": of.name, "done": of.done, "natural": of.natural, "label": of.counts, "short": "", "tone": "plain", "detail": of.sentence}
        for of in page.schemes
    ]
    return pl.DataFrame(rows)


def _ticks(page: Sheet) -> pl.DataFrame:
    rows = [{"name": of.name, "at": tick.at, "tick_text": tick.label} for of in page.schemes for tick in of.ticks]
    return pl.DataFrame(rows, schema={"name": pl.String, "at": pl.Float64, "tick_text": pl.String})
