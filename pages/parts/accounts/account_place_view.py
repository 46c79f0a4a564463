"""Where an account stands in every classification, and by which path it came there."""

import polars as pl
import streamlit as st

from charts import labels, value_words
from charts.pipeline import prospect_words
from data.language import NOT_AVAILABLE, _, format_money, format_number, format_percent
from measures.accounts.account_place import (
    in_life_cycle,
    in_prospects,
    in_pyramid,
    in_quadrants,
    in_value_classes,
    in_wallet,
    path,
)
from measures.customers.share_of_wallet import with_records
from measures.pipeline.account_stages import NEVER_BOUGHT
from measures.pipeline.life_stages import STAGES
from measures.pipeline.prospect_actions import STRATEGIES
from measures.pipeline.prospects import with_records as prospects_with_records
from pages.parts import answers, cuts, tables
from pages.parts.customers.wallet_ranks import records
from pages.parts.pipeline import prospect_notes
from queries.filters import Filters

YEARS = 3
"""This year and the two before."""


def now(account_id: str, period: Filters, stage: str | None) -> list[tuple]:
    """The account's place of the period in every classification, as measures.accounts.account_place has it; `stage` is of its life then."""
    places = [row for placed in CLASSIFICATIONS for row in placed(account_id, period)]
    return in_life_cycle(stage, period.to_date) + (_prospect(account_id, period) if stage in NEVER_BOUGHT else []) + places


def here(account_id: str, period: Filters) -> dict[str, str | None]:
    """The account's tier, ABC class and quadrant of the period."""
    rows = _pyramid(account_id, period) + _quadrants(account_id, period)
    return {name: code for name, _until, code, *_rest in rows}


def placed(code: str | None, place: int | None, accounts: int | None) -> str:
    """A class in words, with its rank among all where there is one: VIP, 1 of 417."""
    if not place:
        return _code(code)
    return _("{label}, {n} of {all}").format(label=_code(code), n=format_number(place), all=format_number(accounts))


def _rank(place: int | None, accounts: int | None) -> str:
    return _(" (place {n} of {all})").format(n=format_number(place), all=format_number(accounts)) if place else ""


def view(account_id: str, period: Filters, stage: str | None) -> None:
    """One row per classification and year; `stage` is of the account's life at the period's end."""
    periods = _periods(period)
    stages = [stage, *(_stage(account_id, earlier) for earlier in periods[1:])]
    table = path([row for earlier, then in zip(periods, stages, strict=True) for row in now(account_id, earlier, then)])
    st.markdown("  \n".join(_sentences(table)))
    numbers = [_number(row) for row in table.iter_rows(named=True)]
    worded = labels.worded(labels.worded(table, "classification", writer=labels.metric), "code", writer=_code)
    # The day after the period's last is no day of it.
    shown = worded.drop("number").with_columns(pl.col("until").dt.offset_by("-1d"), pl.Series("rests_on", numbers, dtype=pl.String))
    tables.show(shown, "account_place", key="account_table_place")
    st.caption(_("Tier rests on the value score, ABC on the share of net sales, the quadrant on the variation of monthly units "
                 "and, near the cut, on the quadrant before, the value class on "
                 "actual value, the strategy on the share of its wallet. The life stage follows from its orders and deals, by the windows of its own sales model where there is one; a prospect has a class by its "
                 "chance to sign and a quadrant by what it may bring."))  # fmt: skip


def _number(row: dict[str, object]) -> str:
    """What a class rests on, as its unit is written."""
    if row["number"] is None:
        return NOT_AVAILABLE
    if row["classification"] in ("abc", "wallet_strategy", "prospect_class"):
        return format_percent(row["number"])
    return format_money(row["number"]) if row["classification"] in ("value_class", "prospect_quadrant") else format_number(row["number"], 2)


def _code(code: str | None) -> str:
    if code in value_words.CLASSES:
        return value_words.value_class(code)
    if code in STAGES:
        return labels.life_stage(code)
    if code in STRATEGIES:
        return prospect_words.quadrant(code)
    return labels.quadrant(code) if code else NOT_AVAILABLE


def _sentences(table: pl.DataFrame) -> list[str]:
    """Each classification's path from the past to now: Medium → Large (12 of 400)."""
    found = []
    for name in table["classification"].unique(maintain_order=True):
        rows = list(table.filter(classification=name).sort("until").iter_rows(named=True))
        steps = " → ".join(_code(row["code"]) for row in rows)
        last = rows[-1]
        found.append(f"{labels.metric(name)}: **{steps}**{_rank(last['place'], last['accounts'])}")
    return found


def _periods(period: Filters) -> list[Filters]:
    """The period and those before it, the latest first; an open period has none before."""
    found = [period]
    while len(found) < YEARS and (earlier := found[-1].previous()) is not None:
        found.append(earlier)
    return found


def _pyramid(account_id: str, period: Filters) -> list[tuple]:
    return in_pyramid(answers.get("value_pyramid", period, cuts.saved("value_pyramid")).accounts, account_id, period.to_date)


def _quadrants(account_id: str, period: Filters) -> list[tuple]:
    return in_quadrants(answers.get("portfolio_quadrants", period, cuts.saved("portfolio_quadrants")).accounts, account_id, period.to_date)


def _value_classes(account_id: str, period: Filters) -> list[tuple]:
    return in_value_classes(answers.get("value_classes", period, cuts.saved("value_classes")).value_classes, account_id, period.to_date)


def _wallet(account_id: str, period: Filters) -> list[tuple]:
    chosen = cuts.saved("share_of_wallet")
    found = answers.get("share_of_wallet", period, chosen)
    return in_wallet(with_records(found, records(), chosen).accounts, account_id, period.to_date)


def _prospect(account_id: str, period: Filters) -> list[tuple]:
    chosen = cuts.of_company("prospects")
    found = prospects_with_records(answers.get("prospects", period, chosen), prospect_notes.records(), chosen)
    return in_prospects(found.prospects, account_id, period.to_date)


def _stage(account_id: str, period: Filters) -> str | None:
    found = answers.get("account_stages", period, cuts.saved("account_stages")).account_stages
    return found.filter(pl.col("account_id") == account_id)["life_stage"].first()


CLASSIFICATIONS = (_pyramid, _quadrants, _value_classes, _wallet)
