"""When the customer calls: its last orders, who was there last, where it stands, our share of it and its rebates, at one glance."""

import polars as pl
import streamlit as st

from charts import labels
from charts.customers import wallet_words
from data.language import _, format_date, format_money, format_money_compact, format_number, format_percent, ngettext
from measures.accounts.account import Account
from measures.accounts.account_habits import last_orders
from measures.accounts.account_market import AccountMarket
from measures.trade import rebate_distance
from pages.parts.accounts import account_place_view, account_rebates
from pages.parts.accounts.account_screen import listed
from queries.filters import Filters

SHOWN = 3


def orders(answer: Account, account_id: str) -> None:
    """The last orders: day, amount, lines; of an account under it, whose they are."""
    rows = last_orders(answer.orders, SHOWN).iter_rows(named=True)
    listed(_("Last orders"), [(format_date(row["sold_on"]), _order(row, account_id)) for row in rows])


def _order(row: dict[str, object], account_id: str) -> str:
    lines = ngettext("{n} line", "{n} lines", row["lines"]).format(n=format_number(row["lines"]))
    return _joined(format_money(row["net_amount"]), lines, _whose(row, account_id))


def contacts(answer: Account, account_id: str) -> None:
    """The last visits, calls and messages: day, kind, who of us, how it ended."""
    rows = answer.activities.head(SHOWN).iter_rows(named=True)
    listed(_("Last visits and contacts"), [(format_date(row["happened_on"]), _contact(row, account_id)) for row in rows])


def _contact(row: dict[str, object], account_id: str) -> str:
    return _joined(labels.label(row["kind"]), row["salesperson"], row["outcome"], _whose(row, account_id))


def standing(profile: dict[str, object], period: Filters, alarm: str | None) -> None:
    """The stage of its life, its class by every classification, and whether an alarm is raised."""
    rows = account_place_view.now(profile["account_id"], period, profile["life_stage"])
    pairs = [(labels.metric(name), account_place_view.placed(code, place, accounts)) for name, _until, code, place, accounts, _number in rows if code]
    listed(_("Where it stands"), [*pairs, (_("Alarm"), alarm or _("none"))])


def market(found: AccountMarket) -> None:
    """Our share and the strongest competitor, the nearest tier of a rebate, what similar accounts buy and it does not."""
    listed(_("Our share, rebates, gaps"), [*_share(found), *_rebates(found.rebates), *_gap(found.gaps)])


def _share(found: AccountMarket) -> list[tuple[str, str]]:
    if found.wallet_summary.is_empty():
        return [(_("Our share"), _("not known"))]
    held = (_("Our share"), wallet_words.share_in_short(found.wallet_summary.row(0, named=True)))
    rivals = found.suppliers.filter(~pl.col("is_own"))
    if rivals.is_empty():
        return [held]
    row = rivals.row(0, named=True)
    sold = _("{amount} a month").format(amount=format_money_compact(row["amount"]))
    return [held, (row["supplier"] or _("Unnamed competitor"), sold)]


def _rebates(rebates: pl.DataFrame) -> list[tuple[str, str]]:
    nearest = rebate_distance.next_tiers(rebates).head(1)
    return [(row["scheme_id"], account_rebates.distance(row)) for row in nearest.iter_rows(named=True)]


def _gap(gaps: pl.DataFrame) -> list[tuple[str, str]]:
    first = gaps.head(1)
    text = _("{product}, {rate} of similar accounts")
    return [(_("Not bought"), text.format(product=row["product"], rate=format_percent(row["peer_rate"], 0))) for row in first.iter_rows(named=True)]


def _whose(row: dict[str, object], account_id: str) -> str | None:
    return row["account"] if row["account_id"] != account_id else None


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def columns() -> list[st.delta_generator.DeltaGenerator]:
    """Where the four lists stand, in order: orders, contacts, standing, market."""
    return st.columns([3, 4, 4, 4], gap="small", border=True)
