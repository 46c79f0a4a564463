"""Two accounts side by side."""

import polars as pl
import streamlit as st

from charts.accounts import account_words
from charts.accounts.side_by_side import side_by_side
from data.language import _, format_money_compact
from measures.accounts.account import Account
from measures.accounts.account_comparison import comparison, shared_products
from pages.parts import answers, cuts, draw, tables
from pages.parts.accounts import account_choice
from pages.parts.escape import plain
from queries.filters import Filters


def beside(answer: Account, filters: Filters, period: Filters, account_id: str, about: list[tuple[str, str]]) -> None:
    """The other account's choice, the facts of both and what lies between, and the products that either buys."""
    other_id = account_choice.choose_other(account_id, period)
    if other_id is None:
        st.write(_("There is no other account to compare with."))
        return
    other = answers.get("account", filters.of_account(other_id), cuts.saved("account"))
    if other.profile.is_empty():
        st.write(_("This account is not in your list"))
        return
    names = [each.profile["account"].item() for each in (answer, other)]
    heads = {"value": st.column_config.Column(names[0]), "other": st.column_config.Column(names[1])}
    found = comparison(answer, other)
    said = _compared(found, names)
    st.markdown(f"**{plain(said)}**")
    draw.chart(side_by_side(answer.monthly, other.monthly, names=(names[0], names[1]), theme=draw.theme(), finding=said), key="account_beside")
    tables.show(_written(found), "account_comparison", key="account_table_compare", columns=heads, about=about)
    st.markdown(f"**{_('Products that either buys, net sales of the period')}**")
    products = shared_products(answer, other)
    shown = {name: st.column_config.NumberColumn(label, format="localized", step=1) for name, label in zip(("net_sales", "other"), names, strict=True)}
    tables.show(products, "account_shared_products", key="account_table_shared", columns=shown, about=about)


def _compared(found: pl.DataFrame, names: list[str]) -> str:
    """Who bought how much of us in the last twelve months."""
    row = found.row(by_predicate=pl.col("fact") == "net_sales_12m", named=True)
    texts = {"name": names[0], "other": names[1], "value": format_money_compact(row["value"]), "beside": format_money_compact(row["other"])}
    return _("In the last 12 months {name} bought {value}, {other} {beside}").format(**texts)


def _written(found: pl.DataFrame) -> pl.DataFrame:
    """Facts and figures in words, each by its own unit."""
    rows = list(found.iter_rows(named=True))
    written = {name: [account_words.fact_text(row["fact"], row["unit"], row[name]) for row in rows] for name in ("value", "other")}
    written["difference"] = [account_words.difference_text(row["fact"], row["unit"], row["difference"]) for row in rows]
    return pl.DataFrame({"fact": [account_words.fact(row["fact"]) for row in rows], **written}, schema_overrides=dict.fromkeys(written, pl.String))
