"""The life cycle's finding: who buys, who is about to stop, and what cools down."""

import polars as pl

from charts.cached import cached
from data.language import _, format_money_compact, format_number, ngettext
from measures.pipeline.life_cycle import LifeCycle

BUYING = ("first_order", "repurchase", "active", "reactivated")


@cached
def sentence(answer: LifeCycle) -> str:
    """What the life cycle says, as plain text in the reader's language."""
    counts = dict(answer.life_cycle.select("life_stage", "accounts").iter_rows())
    buying = sum(counts[stage] for stage in BUYING)
    if not buying:
        reached = counts["prospect"] + counts.get("opportunity", 0)
        if counts["at_risk"] or counts["lost"]:
            return "; ".join([_("No account buys any more"), *_fading(counts), *_cooling(answer.lead_totals)])
        return ngettext("No account has bought yet; {n} is being worked on", "No account has bought yet; {n} are being worked on", reached).format(
            n=format_number(reached)
        )
    said = ngettext("{n} account buys", "{n} accounts buy", buying).format(n=format_number(buying))
    ends = [said, *_fading(counts), *_cooling(answer.lead_totals)]
    return "; ".join(ends)


def _fading(counts: dict[str, int]) -> list[str]:
    if not counts["at_risk"] and not counts["lost"]:
        return [_("none is at risk")]
    risk = ngettext("{n} is at risk", "{n} are at risk", counts["at_risk"]).format(n=format_number(counts["at_risk"]))
    lost = ngettext("{n} is lost", "{n} are lost", counts["lost"]).format(n=format_number(counts["lost"]))
    if counts["at_risk"] and counts["lost"]:
        return [_("{risk} and {lost}").format(risk=risk, lost=lost)]
    return [risk if counts["at_risk"] else lost]


def _cooling(totals: pl.DataFrame) -> list[str]:
    cooled = totals.filter(pl.col("lead_status") == "cooled").row(0, named=True)
    if not cooled["deals"]:
        return []
    if not cooled["value"]:
        return [ngettext("{n} open deal has cooled", "{n} open deals have cooled", cooled["deals"]).format(n=format_number(cooled["deals"]))]
    return [
        ngettext("{n} open deal worth {value} has cooled", "{n} open deals worth {value} have cooled", cooled["deals"]).format(
            n=format_number(cooled["deals"]), value=format_money_compact(cooled["value"])
        )
    ]


def returned(cohorts: pl.DataFrame) -> str:
    """How many first-time buyers ordered again in time: `cohorts` [cohort, first_orders, repurchased, mature].

    The quarter in which the data begin is left out: whoever bought before seems to begin there.
    """
    later = cohorts.sort("cohort").slice(1)
    if not later["first_orders"].sum():
        return _("Everybody who bought did so from the quarter on in which the data begin: who was new is not known")
    judged = later.filter(pl.col("mature"))
    first, again = judged["first_orders"].sum(), judged["repurchased"].sum()
    if not first:
        return _("No first-time buyer has had the time to order again")
    return ngettext("{again} of {n} new account ordered again in time", "{again} of {n} new accounts ordered again in time", first).format(
        again=format_number(again), n=format_number(first)
    )
