"""The prospects' finding: how many to break through with now, what they may bring and what waiting costs; else who is to be rated."""

import polars as pl

from charts.cached import cached
from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.pipeline.prospects import Prospects


@cached
def sentence(answer: Prospects) -> str:
    """What the prospects say, as plain text in the reader's language."""
    total = answer.summary.row(0, named=True) if answer.summary.height else {"prospects": 0}
    if not total["prospects"]:
        return _("No account of this selection is still to be won: there is no prospect")
    if not total["rated"]:
        return ngettext(
            "{n} prospect has never been rated: nobody knows yet how likely it is to sign",
            "{n} prospects have never been rated: nobody knows yet how likely they are to sign", total["prospects"],
        ).format(n=format_number(total["prospects"]))  # fmt: skip
    sums = {row["quadrant"]: row for row in answer.quadrants.iter_rows(named=True)}
    return _break_through(answer.prospects, sums["PI"]) if sums["PI"]["accounts"] else _cultivate(answer.prospects, sums["PII"])


def _break_through(prospects: pl.DataFrame, sums: dict[str, object]) -> str:
    first = prospects.filter(pl.col("quadrant") == "PI").row(0, named=True)
    return ngettext(
        "{n} prospect is worth breaking through now: {name} may bring {money} a year, and each month of delay costs {delay}",
        "{n} prospects are worth breaking through now: they may bring {money} a year, {name} the most, and each month of delay costs {delay}",
        sums["accounts"],
    ).format(
        n=format_number(sums["accounts"]), money=format_money_compact(sums["expected_contribution"]), name=first["account"],
        delay=format_money_compact(sums["delay_cost"]),
    )  # fmt: skip


def _cultivate(prospects: pl.DataFrame, sums: dict[str, object]) -> str:
    if not sums["accounts"]:
        return _("None of the prospects that may bring much is known well enough to be placed")
    first = prospects.filter(pl.col("quadrant") == "PII").row(0, named=True)
    return _("No large prospect wants to sign yet: {n} are to be cultivated, first {name}, that may bring {money} a year").format(
        n=format_number(sums["accounts"]), name=first["account"], money=format_money_compact(first["expected_contribution"])
    )


def belief(answer: Prospects) -> str:
    """How far stated chances came true."""
    total = answer.summary.row(0, named=True) if answer.summary.height else {"judged": 0}
    if not total["judged"]:
        return _("No rated deal has closed yet: chances are what the classes are taken for")
    wrong = answer.classes.filter(pl.col("status").is_in(["too_high", "too_low"]))
    told = _against_base(total["brier_skill"])
    if wrong.is_empty():
        said = ngettext("{n} closed deal contradicts no class; {told}", "{n} closed deals contradict no class; {told}", total["judged"])
        return said.format(n=format_number(total["judged"]), told=told)
    row = wrong.row(0, named=True)
    return _("Class {name} was stated at {stated} and came true at {realised}; {told}").format(
        name=row["class"], stated=format_percent(row["stated_rate"], 0), realised=format_percent(row["realised_rate"], 0), told=told
    )


def _against_base(skill: float | None) -> str:
    if skill is None or skill <= 0:
        return _("the chances were no better than the base rate")
    return _("the chances were {rate} better than the base rate").format(rate=format_percent(skill, 0))


def obstacles(rows: pl.DataFrame) -> str:
    """What keeps prospects from signing, by what they may bring: `rows` [obstacle, expected_contribution], of which one is known at least."""
    known = rows.filter(pl.col("obstacle").is_not_null()).sort("expected_contribution", descending=True)
    unknown = rows.filter(pl.col("obstacle").is_null())["expected_contribution"].sum()
    top = known.row(0, named=True)
    text = _("What keeps most from signing: {reason}, with {money} a year")
    if unknown > known["expected_contribution"].sum():
        text = _("Of most it is not known what keeps them, {unknown} a year; of the others it is {reason}, {money} a year")
    return text.format(reason=top["obstacle"], money=format_money_compact(top["expected_contribution"]), unknown=format_money_compact(unknown))
