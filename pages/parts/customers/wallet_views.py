"""The views under the wallet's chart: the accounts, one account from inside, the categories, the strategies."""

import polars as pl
import streamlit as st

from charts import labels
from charts.customers.wallet_split import wallet_split
from data.language import _, format_percent, mark
from measures.customers.share_of_wallet import ShareOfWallet
from pages.parts import choices, draw, links, tables
from pages.parts.customers.wallet_ranks import rank_form
from pages.parts.escape import plain

VIEWS = {"accounts": mark("Accounts"), "inside": mark("Inside an account"), "categories": mark("By category"), "strategies": mark("Strategies")}
NAMES = {
    "own": "own_sales", "known": "competitor_sales", "model": "model_amount", "share": "share_of_wallet", "headroom": "wallet_headroom",
}  # fmt: skip
SHOWN = (
    "account_id", "account", "region", "strategy", "share", "share_low", "share_high", "tag", "upcoming", "own", "known", "model",
    "wallet", "headroom", "status", "peers", "reported_months", "last_report",
)  # fmt: skip


def show_view(view: str, answer: ShareOfWallet) -> None:
    """Draw the chosen view."""
    {"accounts": _accounts, "inside": _inside, "categories": _categories, "strategies": _strategies}[view](answer)


def _accounts(answer: ShareOfWallet) -> None:
    rows = labels.worded(answer.accounts.select(SHOWN), "strategy", "tag", "status").rename(NAMES)
    chosen = tables.show(rows, "share_of_wallet", key="wallet_accounts", pick=True, leads="wallet_headroom")
    if chosen is not None:
        links.open_account(answer.accounts["account_id"][chosen])
    rank_form(answer)


def _inside(answer: ShareOfWallet) -> None:
    """One account: ours and each competitor's part of every category."""
    told = answer.account_categories.filter(pl.col("account_id").is_in(answer.competitors["account_id"].implode()))["account_id"].unique()
    ordered = answer.accounts.filter(pl.col("account_id").is_in(told.implode()))
    if ordered.is_empty():
        st.info(_("No competitor is known in these accounts."))
        return
    names = choices.told_apart(ordered.select("account_id", "account").rows())
    account_id = st.selectbox(
        _("Account"), list(names), key="wallet_inside_account", format_func=names.get, persist_state="session"
    )
    bought = answer.account_categories.filter(pl.col("account_id") == account_id)
    rivals = answer.competitors.filter(pl.col("account_id") == account_id)
    row = ordered.filter(pl.col("account_id") == account_id).row(0, named=True)
    said = _inside_sentence(row, rivals)
    st.markdown(f"**{plain(said)}**")
    draw.chart(wallet_split(bought, rivals, theme=draw.theme(), finding=said), key="wallet_inside")
    shown = rivals.select("category", "competitor", "amount", pl.col("share").alias("competitor_share"), "source")
    tables.show(labels.worded(shown, "source"), "competitors", key="wallet_competitors")


def _inside_sentence(row: dict[str, object], rivals: pl.DataFrame) -> str:
    strongest = rivals.group_by("competitor").agg(pl.col("amount").sum()).sort("amount", descending=True)["competitor"][0] or _("Unnamed competitor")
    if row["share"] is None:
        return _("{account} is supplied by another account, so that our share is not known; {competitor} is the strongest competitor there").format(
            account=row["account"], competitor=strongest)  # fmt: skip
    return _("We hold {low} to {high} of what {account} buys; {competitor} is the strongest competitor there").format(
        low=format_percent(row["share_low"], 0), high=format_percent(row["share_high"], 0), account=row["account"], competitor=strongest
    )


def _categories(answer: ShareOfWallet) -> None:
    if answer.categories.is_empty():
        st.info(_("No competitor is known in these accounts."))
        return
    weakest = answer.categories.filter(pl.col("known") > 0).sort("known", descending=True).row(0, named=True)
    said = _("Competitors sell most in {category}, where our share of known purchases is {share}").format(
        category=weakest["category"] or "–", share=format_percent(weakest["share"], 0)
    )
    st.markdown(f"**{plain(said)}**")
    direct = answer.competitors.filter(pl.col("share").is_not_null())
    draw.chart(wallet_split(answer.categories, direct, theme=draw.theme(), finding=said), key="wallet_categories")
    st.caption(_("Only accounts whose competitors are known; what a model adds to a wallet belongs to no category."))
    renamed = {"share": "category_share", "own": "own_sales", "known": "competitor_sales", "competitor": "strongest"}
    tables.show(answer.categories.rename(renamed), "wallet_categories", key="wallet_category_table")


def _strategies(answer: ShareOfWallet) -> None:
    shown = labels.worded(answer.strategies, "strategy").drop("is_ours")
    tables.show(shown.rename({name: new for name, new in NAMES.items() if name in shown.columns}), "wallet_strategies", key="wallet_strategies", leads="wallet_headroom")
