"""Customer 360's first screen: metrics, the trend, what to do next and why, basics, people, credit."""

import polars as pl
import streamlit as st

from charts import labels
from charts.accounts import account_words
from charts.findings.accounts import next_actions as words
from charts.findings.customers.early_warnings import why
from charts.trend import trend
from data.language import _, format_date, format_money, format_number, format_percent
from measures.accounts import account as account_measure
from measures.accounts import next_actions
from measures.accounts.account import Account
from measures.customers.early_warnings import with_records
from measures.customers.warning_sentences import sentence
from measures.thresholds import Cuts
from pages.parts import answers, cuts, draw, metrics
from pages.parts.customers import warning_log
from pages.parts.escape import plain
from queries.filters import Filters

SHOWN = 3
EVERYBODY = 1_000_000
"""Alarms kept at most: an account's own alarm counts even where the team's queue is full."""


def metric_row(answer: Account, profile: dict[str, object]) -> None:
    """Sales, margin, units of the last 12 months; days since the last sale; how complete the file is."""
    metrics.row(
        [
            metrics.Tile("net_sales", profile["net_sales_12m"], profile["change_rate_12m"], _("on last year") if profile["change_rate_12m"] is not None else ""),
            metrics.Tile("gross_margin", profile["margin_12m"], beside=_margin_rate(profile)),
            metrics.Tile("overdue_amount", profile["overdue_amount"], beside=_open(profile)),
            metrics.Tile("days_since_last_sale", profile["days_since_last_sale"], label=_("Since the last sale"), beside=format_date(profile["last_sold_on"])),
            metrics.Tile("file_rate", profile["file_rate"], beside=_("of what its stage asks for")),
        ]
    )  # fmt: skip


def _open(profile: dict[str, object]) -> str:
    return "" if profile["open_amount"] is None else _("of {amount} open on {date}").format(
        amount=format_money(profile["open_amount"]), date=format_date(profile["as_of"])
    )  # fmt: skip


def _margin_rate(profile: dict[str, object]) -> str:
    if profile["margin_rate_12m"] is None:
        return ""
    return _("{rate} of net sales").format(rate=format_percent(profile["margin_rate_12m"]))


def chart(answer: Account, finding: str) -> None:
    """Net sales by month against last year's."""
    if answer.monthly.is_empty():
        st.caption(_("Nothing is known yet."))
    else:
        draw.chart(trend(answer.monthly, theme=draw.theme(), finding=finding, height=300), key="account_trend")


def basics(answer: Account, profile: dict[str, object]) -> None:
    """Who it is, who decides there, how it pays."""
    below = [(_("Accounts under it"), format_number(answer.children.height))] if answer.children.height else []
    listed(_("Basics"), [*_who(profile), *below])
    deciders = answer.contacts.filter(pl.col("role") == "decision maker")
    people = deciders if deciders.height else answer.contacts
    title = _("Who decides") if deciders.height else _("People; who decides is not known")
    listed(title, [(row["name"], " · ".join(filter(None, (row["phone"], row["email"]))) or "–") for row in people.head(2).iter_rows(named=True)])
    listed(_("Credit"), _credit(profile))


def _who(profile: dict[str, object]) -> list[tuple[str, str]]:
    place = " · ".join(filter(None, (profile["city"], profile["region"]))) or "–"
    pairs = [(_("Kind"), " · ".join(filter(None, (labels.label(profile["kind"]), profile["channel"])))), (_("Region"), place)]
    pairs += [(_("Salesperson"), profile["salesperson"] or "–"), (_("Customer since"), format_date(profile["opened_on"] or profile["first_sold_on"]))]
    return pairs + ([(_("Belongs to"), profile["parent_account"])] if profile["parent_account"] else [])


def _credit(profile: dict[str, object]) -> list[tuple[str, str]]:
    return [
        (_("Credit limit"), _used(profile)),
        (_("Paid on time"), format_percent(profile["on_time_rate"], 0)),
    ]


def _used(profile: dict[str, object]) -> str:
    limit = format_money(profile["credit_limit"])
    if profile["utilisation_rate"] is None:
        return limit
    return _("{limit}, {rate} used").format(limit=limit, rate=format_percent(profile["utilisation_rate"], 0))


def listed(title: str, facts: list[tuple[str, ...]]) -> None:
    """A small list of facts: each a label, a text that stands out, and perhaps a note."""
    st.markdown(f"**{plain(title)}**")
    lines = [f"{plain(label)}: **{plain(text)}**" + "".join(f" ({plain(note)})" for note in notes if note) for label, text, *notes in facts]
    st.caption("  \n".join(lines) or _("Nothing is known yet."))


def facts_of_everybody(account_id: str, period: Filters) -> dict[str, float | str | None]:
    """What the answers about all accounts say of this one: its quadrant and its alarm, if any. They are kept for the next account."""
    portfolio = answers.get("portfolio_quadrants", period, cuts.saved("portfolio_quadrants")).accounts.filter(pl.col("account_id") == account_id)
    row = portfolio.row(0, named=True) if portfolio.height else {"quadrant": None, "stability_cv": None, "contribution": None}
    return next_actions.by_quadrant(row["quadrant"], row["stability_cv"], row["contribution"]) | _alarm(account_id, period)


def _alarm(account_id: str, period: Filters) -> dict[str, float | str | None]:
    all_cuts = cuts.saved("early_warnings").but(alarm_capacity=EVERYBODY)
    found = answers.get("early_warnings", period, all_cuts)
    own = [record for record in warning_log.records() if record.subject == account_id]
    queue = (with_records(found, own, all_cuts) if own else found).queue.filter(pl.col("account_id") == account_id)
    if queue.is_empty():
        return {}
    row = queue.row(0, named=True)
    return {"alarm_score": row["score"], "alarm_cause": sentence(row), "alarm_in_short": why(row)}


def suggestions(answer: Account, chosen: Cuts, *more: dict[str, float | str | None]) -> pl.DataFrame:
    """What to do next, from the account's own facts and more."""
    facts = account_measure.facts(answer, chosen)
    for part in more:
        facts |= part
    return next_actions.suggestions(facts, chosen)


def next_steps(found: pl.DataFrame, shown: int = SHOWN) -> None:
    """The first suggestions, each with its reason."""
    st.markdown(f"**{_('What to do next')}**")
    for row in found.head(shown).iter_rows(named=True):
        st.markdown(f"{row['place']}\\. **{plain(words.action(row))}**  \n:small[{plain(words.reason(row))}.]")
    if found.is_empty():
        st.caption(_("Nothing is urgent: no rule finds a reason to act."))


def file_fields(answer: Account) -> list[tuple[str, bool]]:
    """The fields of the file in words, and whether each is known."""
    return [(account_words.field(row["field"]), row["is_known"]) for row in answer.file.iter_rows(named=True)]
