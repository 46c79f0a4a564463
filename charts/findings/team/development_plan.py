"""The development plan in a sentence: what was made of it, what became of what was won, and what is left to win."""

import polars as pl

from charts import labels
from charts.cached import cached
from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.team.development_plan import DevelopmentPlan
from measures.team.plan_tables import BELOW


@cached
def sentence(answer: DevelopmentPlan) -> str:
    """Visits and developments against plan, and how many of the new accounts still buy, as plain text in the reader's language."""
    row = answer.summary.row(0, named=True)
    if not row["planned_visits"] and not row["planned_developments"]:
        return _("No plan of the period has a complete month yet")
    parts = []
    if row["adherence"] is not None:
        parts.append(_("{share} of the planned visits were made").format(share=format_percent(row["adherence"], 0)))
    if row["planned_developments"]:
        parts.append(ngettext("{n} of {plan} planned development was won", "{n} of {plan} planned developments were won", round(row["planned_developments"])).format(
            n=format_number(row["developments"]), plan=format_number(row["planned_developments"])))  # fmt: skip
    if row["alive_rate"] is not None:
        parts.append(_("{share} of the new accounts still buy ({low} to {high})").format(
            share=format_percent(row["alive_rate"], 0), low=format_percent(row["alive_low"], 0), high=format_percent(row["alive_high"], 0)))  # fmt: skip
    return "; ".join(parts)


def people_sentence(answer: DevelopmentPlan) -> str:
    """Who is surely below the planned developments, or that nobody is; and who keeps surely less of the planned visits than all together."""
    return _behind_in_developments(answer) + _behind_in_visits(answer)


def _behind_in_visits(answer: DevelopmentPlan) -> str:
    behind = answer.people.filter(pl.col("adherence_high") < (answer.summary["adherence"].item() or 0.0)).sort("adherence", "salesperson_id")
    if behind.is_empty():
        return ""
    text = ngettext("; {n} person makes surely fewer of the planned visits than all together: {name} ({rate})", "; {n} people make surely fewer of the planned visits than all together, fewest {name} ({rate})", behind.height)
    return text.format(n=format_number(behind.height), name=behind["salesperson"][0], rate=format_percent(behind["adherence"][0], 0))


def _behind_in_developments(answer: DevelopmentPlan) -> str:
    below = answer.people.filter(pl.col("plan_verdict") == BELOW)
    if below.is_empty():
        return _("Nobody is below their planned developments by more than chance explains")
    names = below["salesperson"].to_list()
    text = ngettext("{n} person lies below what chance explains under the plan: {name}", "{n} people lie below what chance explains under the plan, first {name}", len(names))
    return text.format(n=format_number(len(names)), name=names[0])


def life_sentence(answer: DevelopmentPlan) -> str:
    """How the new accounts live, and whose differ from the others'."""
    row = answer.summary.row(0, named=True)
    if row["alive_rate"] is None:
        return _("No new account is old enough, or nobody looked whether it still buys")
    said = _("{alive} of {seen} new accounts that were looked at still buy; at {n} nobody looked").format(
        alive=format_number(row["alive"]), seen=format_number(row["alive"] + row["gone"]), n=format_number(row["not_seen"])
    )
    outside = answer.people.filter(pl.col("alive_verdict") == BELOW)["salesperson"].to_list()
    return said + (_("; fewer than chance explains at {name}").format(name=outside[0]) if outside else "")


def channel_sentence(answer: DevelopmentPlan, managed: int) -> str:
    """How much of the channel lies beyond the levels that we manage."""
    row = answer.summary.row(0, named=True)
    if row["beyond_rate"] is None:
        return _("No account is known")
    text = ngettext("{n} account lies beyond level {level}: {share} of all", "{n} accounts lie beyond level {level}: {share} of all", row["beyond"])
    return text.format(n=format_number(row["beyond"]), level=format_number(managed), share=format_percent(row["beyond_rate"], 0))


def candidates_sentence(rows: pl.DataFrame, kind: str) -> str:
    """How many candidates of a kind there are, and the first of them."""
    if rows.is_empty():
        return _("No candidate is known: it needs wholesalers with outlets under them, or reports of what is bought of competitors")
    first, told = rows.row(0, named=True), {"n": format_number(rows.height), "kind": labels.label(kind).lower()}
    if kind == "wholesaler":
        return _("{n} wholesalers are worth winning; {name} has {outlets} outlets under it").format(n=told["n"], name=first["account"], outlets=format_number(first["outlets_under"]))
    return _("{n} outlets buy {money} a year of competitors; {name} alone {own}").format(
        n=told["n"], money=format_money_compact(rows["competitor_year"].sum()), name=first["account"], own=format_money_compact(first["competitor_year"])
    )
