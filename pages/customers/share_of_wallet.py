"""Where is more to be won, and whom must we defend? Helps a sales manager choose what to do with each account's purchases.

Answers coverage.md's numbers 12 and 52: our sales and competitors' inside each account, and share held × upcoming volume.
"""

import polars as pl
import streamlit as st

from charts import labels
from charts.customers.wallet import wallet
from charts.findings.customers.share_of_wallet import sentence
from data.language import _, format_number, format_percent
from measures.customers.share_of_wallet import ShareOfWallet
from measures.customers.wallet import MODELLED
from pages.parts import answers, cuts, dates, draw, explain, filter_bar, frame, links, metrics, states, tabs
from pages.parts.customers import quadrant_box
from pages.parts.customers.wallet_ranks import rank_form, records
from pages.parts.customers.wallet_views import NAMES, VIEWS, show_view

CUTS = ("wallet_share_cut", "wallet_large_cut", "upcoming_basis")
CHOSEN = ("account_id", "account", "region", "strategy", "tag", "share_of_wallet", "share_high", "own_sales", "wallet", "wallet_headroom", "upcoming")


def metric_row(answer: ShareOfWallet) -> None:
    """The share with its range, the wallet, what is to be won, what is coming."""
    row = answer.summary.row(0, named=True)
    develop = answer.accounts.filter(pl.col("strategy") == "develop")
    told = _("up to {share} without the model").format(share=format_percent(row["share_high"], 0))
    metrics.row(
        [
            metrics.Tile("share_of_wallet", row["share"], beside=told),
            metrics.Tile("wallet", row["wallet"], beside=_("{n} accounts, {m} modelled").format(
                n=format_number(answer.accounts["share"].count()), m=format_number(row["modelled_accounts"]))),
            metrics.Tile("wallet_headroom", row["headroom"], beside=_("{share} of it to develop").format(
                share=format_percent(develop["headroom"].sum() / row["headroom"] if row["headroom"] else None, 0))),
            metrics.Tile("upcoming", row["upcoming"], beside=labels.label(chosen["upcoming_basis"])),
        ]
    )  # fmt: skip


def drawn_accounts(answer: ShareOfWallet) -> pl.DataFrame:
    """The accounts that a box can hold: those that stand in the chart, by the names of their table."""
    drawn = answer.accounts.filter(pl.col("share").is_not_null(), (pl.col("own") > 0) | (pl.col("upcoming") > 0))
    return labels.worded(drawn, "strategy", "tag").rename(NAMES)


def under_the_chart(answer: ShareOfWallet) -> None:
    """What hollow points, lines and left-out accounts are."""
    unknown = answer.accounts["share"].null_count()
    modelled = answer.accounts.filter(pl.col("tag") == MODELLED).height
    st.caption(
        _("Hollow: the wallet is modelled ({m} accounts). Lines beside names: how far the share reaches if the model is too high. "
          "Accounts that buy nothing from us are in the tables, not in the chart; of {u} accounts no share is known.").format(
            m=format_number(modelled), u=format_number(unknown))
    )  # fmt: skip
    st.caption(_("The source names no strategy for a high share of a large volume: “defend” is ours."))
    if not answer.summary["season_known"].item():
        st.caption(_("Too little history for a season: the upcoming volume includes it."))


states.need_store()
filters = filter_bar.current()
head = st.container()
above, main, below = st.empty(), st.container(), st.empty()
with above.container():
    drawn = cuts.choose("share_of_wallet", CUTS, columns=(3, 3, 5))
with below.container():
    chosen = cuts.choose("share_of_wallet", ("wallet_attribute",), base=drawn)
found = answers.get("share_of_wallet", filters, chosen)
if found.accounts.is_empty():
    states.no_sales(filters)
    st.stop()
answer = answers.with_records("share_of_wallet", filters, chosen, records())
if answer.summary["known_accounts"].item() == 0 and answer.summary["share"].item() is None:
    below.empty()
    states.missing_table("wallet", _("Without what accounts buy from competitors, nobody knows which part of their purchases is ours."), above)
    rank_form(answer)
    st.stop()
finding = sentence(answer)
with head:
    frame.head(_("Share of wallet"), finding, dates.complete(answer.summary["as_of"].item()))
    metric_row(answer)
with main:
    figure = wallet(
        answer.accounts, share_cut=float(chosen["wallet_share_cut"]), upcoming_cut=answer.summary["upcoming_cut"].item(),
        strategies=answer.strategies, theme=draw.theme(), finding=finding,
    )  # fmt: skip
    # Other accounts, another box: the old one must not choose among the new points.
    picked, box = draw.chart_with_box(figure, key=f"wallet_{hash(filters.account_ids)}")
    if box:
        quadrant_box.chosen(quadrant_box.inside(drawn_accounts(answer), box, NAMES), CHOSEN, "share_of_wallet", NAMES["own"])
    under_the_chart(answer)
if picked:
    links.open_account(picked[0]["account_id"])
show_view(tabs.choose(_("View"), {code: _(name) for code, name in VIEWS.items()}, key="wallet_view", name="tab"), answer)
explain.panel(
    ("share_of_wallet", "wallet", "wallet_headroom", "upcoming"), chosen,
    ((_("Accounts that buy from us or report"), answer.accounts.height), (_("With a share"), int(answer.accounts["share"].count()))),
)  # fmt: skip
