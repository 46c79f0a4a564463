"""Customer 360's views under the first screen: what each shows is asked only when it is open."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import streamlit as st

from charts import labels
from charts.accounts import account_words
from charts.bars import bars
from charts.customers import wallet_words
from charts.findings.accounts import next_actions as words
from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.accounts import account_market, next_actions
from measures.accounts.account import Account
from measures.accounts.account_market import AccountMarket
from measures.accounts.account_panels import PANELS, panels
from measures.thresholds import Cuts
from pages.parts import answers, cuts, draw, links, tables, tabs
from pages.parts.accounts import account_people, account_place_view, account_rebates, account_screen
from pages.parts.accounts.account_beside import beside
from pages.parts.customers.wallet_ranks import records
from pages.parts.escape import plain
from queries.filters import Filters


@dataclass(frozen=True)
class Shown:
    """What a view draws from: the account's answer, its profile's row, the page's filters and period, the cuts and the finding."""

    answer: Account
    profile: dict[str, object]
    filters: Filters
    period: Filters
    chosen: Cuts
    finding: str

    @property
    def account_id(self) -> str:
        """The account's id."""
        return self.profile["account_id"]

    @property
    def about(self) -> list[tuple[str, str]]:
        """What the downloads state before the filters."""
        return [(_("Account"), f"{self.profile['account']} ({self.account_id})")]

    def market(self) -> AccountMarket:
        """Peers, wallet, rebates and deals."""
        return answers.with_records("account_market", self.filters.of_account(self.account_id), cuts.saved("account_market"), records(self.account_id))


def table(shown: Shown, rows: pl.DataFrame, name: str, *, pick: bool = False) -> None:
    """A table with its downloads; a chosen row opens that account."""
    if rows.is_empty():
        st.write(_("Nothing here within the filters."))
        return
    worded = labels.worded(rows, *(column for column in ("kind", "role", "stage", "status") if column in rows.columns))
    chosen = tables.show(worded, f"account_{name}", key=f"account_table_{name}", pick=pick, about=shown.about)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def _products(shown: Shown) -> None:
    if shown.answer.products.height:
        figure = bars(shown.answer.products, name="product", key="product_id", theme=draw.theme(), finding=shown.finding)
        draw.chart(figure, key="account_products")
    table(shown, shown.answer.products.drop("last_sold_on"), "products")
    if shown.answer.stopped.height:
        st.markdown(f"**{_('Bought in the period before and not in this one')}**")
        table(shown, shown.answer.stopped, "stopped")


def _gaps(shown: Shown) -> None:
    market = shown.market()
    peers = market.peers.row(0, named=True)
    if not peers["peers"]:
        st.write(_("No similar account of this region bought anything in the period: there is nothing to compare with."))
        return
    st.caption(peers_line(peers["peers"], same_channel=peers["same_channel"]))
    gaps = market.gaps
    if gaps.height:
        figure = bars(gaps, name="product", key="product_id", value="peer_rate", comparison=None, summed=False, theme=draw.theme(), finding=_gap_finding(gaps))
        draw.chart(figure, key="account_gaps")
    table(shown, gaps, "gaps")


def peers_line(peers: int, *, same_channel: bool) -> str:
    """How many accounts this one is compared with, and of what they are the same."""
    text = ngettext(
        "Compared with {n} account of the same kind, region and channel.", "Compared with {n} accounts of the same kind, region and channel.", peers
    ) if same_channel else ngettext(
        "Compared with {n} account of the same kind and region; too few are of the same channel.",
        "Compared with {n} accounts of the same kind and region; too few are of the same channel.", peers,
    )  # fmt: skip
    return text.format(n=format_number(peers))


def _gap_finding(gaps: pl.DataFrame) -> str:
    first = gaps.row(0, named=True)
    return _("{rate} of similar accounts buy {product}").format(rate=format_percent(first["peer_rate"], 0), product=first["product"])


def _share(shown: Shown) -> None:
    market = shown.market()
    if market.wallet_summary.is_empty():
        st.write(_("Nobody has stated what this account buys elsewhere: a share cannot be known. The table “Wallet” is where it goes."))
        return
    text = wallet_words.account_share(market.wallet_summary.row(0, named=True))
    st.markdown(plain(text))
    if market.suppliers.is_empty():
        return
    named = market.suppliers.with_columns(pl.col("supplier").fill_null(_("We")))
    figure = bars(named, name="supplier", key="supplier", value="amount", metric="supplied", theme=draw.theme(), finding=text)
    draw.chart(figure, key="account_suppliers")
    table(shown, market.wallet.rename({"own": "bought_of_us", "known": "bought_of_others"}), "wallet")


def _panels(shown: Shown) -> None:
    place = account_place_view.here(shown.account_id, shown.period)
    found = panels(shown.answer, shown.market(), place, shown.chosen)
    for names in (PANELS[:4], PANELS[4:]):
        for spot, name in zip(st.columns(len(names), gap="small"), names, strict=True):
            with spot, st.container(border=True, height="stretch"):
                rows = found.filter(pl.col("panel") == name).iter_rows(named=True)
                facts = [(account_words.fact(row["fact"]), account_words.fact_text(row["fact"], row["unit"], row["value"], row["text"])) for row in rows]
                account_screen.listed(account_words.panel(name), facts)
    st.caption(_("Orders and promotions are read from the last {n} order lines.").format(n=format_number(shown.answer.orders.height)))


def _next(shown: Shown) -> None:
    cuts.choose("account", next_actions.THRESHOLDS)
    more = (account_screen.facts_of_everybody(shown.account_id, shown.period), account_market.facts(shown.market()))
    found = account_screen.suggestions(shown.answer, shown.chosen, *more)
    account_screen.next_steps(found, shown=len(next_actions.RULES))
    rows = list(found.iter_rows(named=True))
    frame = pl.DataFrame(
        {"place": found["place"], "next_action": [words.action(row) for row in rows], "reason": [words.reason(row) for row in rows]},
        schema={"place": pl.Int64, "next_action": pl.String, "reason": pl.String},
    )
    tables.downloads(frame, "account_next", key="account_next", about=shown.about)


def _children(shown: Shown) -> None:
    """The accounts under it, and what they and the account itself make together: each sale is in one of the rows."""
    children, months = shown.answer.children, shown.answer.monthly
    if children.height:
        text = ngettext(
            "{account} bought {own} itself and the {n} account under it {below}: {whole} together, each sale counted once",
            "{account} bought {own} itself and the {n} accounts under it {below}: {whole} together, each sale counted once",
            children.height,
        )
        sums = {"own": months["net_sales"].sum(), "below": children["net_sales"].sum(), "whole": months["net_sales_with_children"].sum()}
        written = {name: format_money_compact(value) for name, value in sums.items()}
        st.markdown(f"**{plain(text.format(account=shown.profile['account'], n=format_number(children.height), **written))}**")
    table(shown, children, "children", pick=True)


def _file(shown: Shown) -> None:
    account_people.file_view(shown.answer, shown.filters.of_account(shown.account_id))


View = tuple[Callable[[], str], Callable[[Shown], None]]

VIEWS: dict[str, View] = {
    "products": (lambda: _("Bought"), _products),
    "gaps": (lambda: _("Not bought"), _gaps),
    "share": (lambda: _("Our share"), _share),
    "rebates": (lambda: _("Rebates"), lambda shown: account_rebates.view(shown.market().rebates, shown.about)),
    "orders": (lambda: _("Order lines"), lambda shown: table(shown, shown.answer.orders, "orders")),
    "next": (lambda: _("Next steps"), _next),
    "contacts": (lambda: _("People"), lambda shown: account_people.view(shown.answer, shown.filters.of_account(shown.account_id), shown.about)),
    "activities": (lambda: _("Activities"), lambda shown: table(shown, shown.answer.activities, "activities")),
    "deals": (lambda: _("Deals"), lambda shown: table(shown, shown.market().deals, "deals")),
    "file": (lambda: _("Its file"), _file),
    "panels": (lambda: _("Seven panels"), _panels),
    "place": (lambda: _("Place and path"), lambda shown: account_place_view.view(shown.account_id, shown.period, shown.profile["life_stage"])),
    "children": (lambda: _("Accounts under it"), _children),
    "compare": (lambda: _("Compare"), lambda shown: beside(shown.answer, shown.filters, shown.period, shown.account_id, shown.about)),
}
"""Each view's name and what draws it."""

GROUPS: dict[str, tuple[Callable[[], str], tuple[str, ...]]] = {
    "buying": (lambda: _("What it buys"), ("products", "gaps", "share", "rebates", "orders")),
    "work": (lambda: _("Working with it"), ("next", "contacts", "activities", "deals", "file")),
    "standing": (lambda: _("Where it stands"), ("panels", "place", "children", "compare")),
}
"""The views by what their reader is after, in the order of the switches."""


def show(shown: Shown) -> None:
    """The two switches, what for and which view, and the open view."""
    group = tabs.choose(_("View"), {code: name() for code, (name, _views) in GROUPS.items()}, key="account_group", name="group")
    view = tabs.choose(_("View"), {code: VIEWS[code][0]() for code in GROUPS[group][1]}, key=f"account_{group}", name="tab")
    VIEWS[view][1](shown)
