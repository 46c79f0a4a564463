"""The monthly evaluation in a sentence: how the month went, what is proposed, what is signed; the week; two people side by side."""

import polars as pl

from charts.cached import cached
from charts.team.scorecard import indicator
from data.language import _, format_number, format_percent, ngettext
from measures.team.head_to_head import FIRST, SECOND
from measures.team.monthly_evaluation import MonthlyEvaluation
from measures.team.team_week import IDLE, TeamWeek


@cached
def sentence(answer: MonthlyEvaluation) -> str:
    """The median score, what is proposed, and how many evaluations are signed, as plain text in the reader's language."""
    row = answer.summary.row(0, named=True)
    if row["month"] is None:
        return _("No month of the period is complete yet")
    if not row["scored"] and row["people"]:
        said = ngettext("{n} person has a target, a plan or a visit, but too few indicators for a score", "{n} people have targets, plans or visits, but too few indicators for a score", row["people"])
        return said.format(n=format_number(row["people"]))
    if not row["scored"]:
        return _("Nobody had a target, a plan or a visit in this month")
    said = ngettext("{n} person reached a score of {score}", "{n} people reached a median score of {score}", row["scored"])
    parts = [said.format(n=format_number(row["scored"]), score=format_percent(row["evaluation_score"], 0)), _proposed(row)]
    return "; ".join(parts)


def _proposed(row: dict[str, object]) -> str:
    """What is proposed to how many: a reward, and what lies below the limits of chance."""
    reward = ngettext("{n} is paid more than agreed", "{n} are paid more than agreed", row["proposed_reward"]).format(n=format_number(row["proposed_reward"]))
    below = row["proposed_review"] + row["proposed_penalty"]
    if not below:
        return reward + _(", nobody lies below what chance explains")
    few = ngettext("{n} lies below what chance explains", "{n} lie below what chance explains", below).format(n=format_number(below))
    return f"{reward}, {few}"


def signed_sentence(answer: MonthlyEvaluation) -> str:
    """How many of the month's evaluations are signed."""
    row = answer.summary.row(0, named=True)
    return _("{n} of {people} evaluations are signed").format(n=format_number(row["signed"]), people=format_number(row["people"]))


def months_sentence(answer: MonthlyEvaluation) -> str:
    """Who was above the full score most often."""
    if not answer.scorecards["evaluation_score"].count():
        return _("Nobody has a score in any of these months: too few indicators are known")
    full = answer.scorecards.filter(pl.col("evaluation_score") >= 1).group_by("salesperson_id", "salesperson").agg(pl.len().alias("n"))
    if full.is_empty():
        return _("Nobody reached a full score in any month")
    best = full.sort("n", "salesperson", descending=[True, False]).row(0, named=True)
    months = answer.summary["months"].item()
    return ngettext("{name} reached a full score in {n} of {months} month", "{name} reached a full score in {n} of {months} months", months).format(
        name=best["salesperson"], n=format_number(best["n"]), months=format_number(months)
    )


def duel_sentence(rows: pl.DataFrame, first: str, second: str) -> str:
    """Who leads in how many indicators, and in how many of them by more than chance."""
    known = rows.filter(pl.col("indicator") != "evaluation_score", pl.col("leader").is_not_null())
    if known.is_empty():
        return _("Nothing is known of both in this month")
    leads = {code: known.filter(leader=code).height for code in (FIRST, SECOND)}
    leader, name = (FIRST, first) if leads[FIRST] >= leads[SECOND] else (SECOND, second)
    said = ngettext("{name} leads in {n} of {all} indicator", "{name} leads in {n} of {all} indicators", known.height).format(name=name, n=format_number(leads[leader]), all=format_number(known.height))
    sure = known.filter(pl.col("leader") == leader, pl.col("is_sure"))["indicator"].to_list()
    if not sure:
        return said + _(", in none of those that can be tested by more than chance")
    return said + _(", by more than chance in {indicator}").format(indicator=", ".join(indicator(name) for name in sure))


def week_sentence(answer: TeamWeek) -> str:
    """Visits of the week, how many ended with an order, and who is behind the month's plan."""
    row = answer.team.row(0, named=True)
    if not row["people"]:
        return _("Nobody has a plan this month, and nobody made a visit in these days")
    said = ngettext("{n} visit in seven days, {orders} with an order", "{n} visits in seven days, {orders} with an order", row["visits"])
    text = said.format(n=format_number(row["visits"]), orders=format_number(row["strikes"]))
    idle = answer.week.filter(week_verdict=IDLE)["salesperson"].to_list()
    behind = ngettext("{n} person is behind the month's plan", "{n} people are behind the month's plan", row["behind"]).format(n=format_number(row["behind"]))
    if not idle:
        return f"{text}; {behind}"
    return f"{text}; {behind}; " + ngettext("{name} made no visit", "{n} made no visit, first {name}", len(idle)).format(n=format_number(len(idle)), name=idle[0])
