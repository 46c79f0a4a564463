"""Coverage's findings: people needed against people there, and what each view says."""

from math import ceil

import polars as pl

from charts import labels, values
from charts.cached import cached
from data.language import _, format_change, format_number, format_percent, ngettext
from measures.customers.coverage import Coverage
from measures.customers.coverage_need import whole_people
from measures.customers.territories import OVER, UNDER

HUNDREDS = 100


def people_text(value: float | None) -> str:
    """A need in people: 190, or 5.3 where it is no whole number; hundreds of people are rounded up to whole ones."""
    if value is not None and value >= HUNDREDS:
        return format_number(ceil(value))
    return format_number(value, 0 if value is None or float(value).is_integer() else 1)


def people_range(row: dict[str, float]) -> str:
    """19 to 24 whole persons for 18.1 to 23.2, or one number where the ratios leave no range."""
    low, high = format_number(whole_people(row["people_low"])), format_number(whole_people(row["people_high"]))
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


@cached
def sentence(answer: Coverage) -> str:
    """Who looks after the accounts, how many people their classes ask for, and how many their calls, as plain text in the reader's language."""
    total = answer.summary.row(-1, named=True)
    needed, by_calls = people_range(total), format_number(whole_people(answer.workload.row(-1, named=True)["workload_people"]))
    accounts = values.accounts(total["accounts"])
    if total["people_now"] is None:
        return _("People needed for {accounts}: {needed} by class, {calls} by calls; how many there are is not known").format(
            accounts=accounts, needed=needed, calls=by_calls
        )
    text = ngettext(
        "{n} person looks after {accounts}: the classes ask for {needed}, the calls for {calls}",
        "{n} people look after {accounts}: the classes ask for {needed}, the calls for {calls}",
        total["people_now"],
    )
    return text.format(n=format_number(total["people_now"]), accounts=accounts, needed=needed, calls=by_calls)


def workload_sentence(answer: Coverage) -> str:
    """Calls asked for against calls made."""
    total = answer.workload.row(-1, named=True)
    if not answer.hours["activities"].sum():
        return _("The accounts ask for {needed} calls a month; no call on them is recorded").format(needed=format_number(total["calls_needed"]))
    return _("The accounts ask for {needed} calls a month; {made} were made in an average month").format(
        needed=format_number(total["calls_needed"]), made=format_number(total["calls_made"])
    )


def hours_sentence(answer: Coverage) -> str:
    """The quadrant whose hours are furthest below the plan, and the one furthest above."""
    known = answer.hours.filter(pl.col("gap_hours").is_not_null()).sort("gap_hours")
    if known.is_empty() or not known["hours"].sum():
        return _("Activities state no hours: what time was spent on whom is not known")
    short, much = known.row(0, named=True), known.row(-1, named=True)
    if not short["gap_hours"] < 0 < much["gap_hours"]:
        return _("The hours are spent as planned")
    return _("{short} gets {spent} of the hours where {planned} are planned; {much} gets the most beyond its plan").format(
        short=labels.quadrant(short["quadrant"]), spent=format_percent(short["hours_share"], 0), planned=format_percent(short["planned_share"], 0),
        much=labels.quadrant(much["quadrant"]),
    )  # fmt: skip


def balance_sentence(answer: Coverage, band: float) -> str:
    """How many territories are out of balance, and the fullest one."""
    judged = answer.territories.filter(pl.col("workload_index").is_not_null())
    if judged.is_empty():
        return _("No account has an owner: there are no territories to compare")
    if judged.height == 1:
        return _("There is one territory alone here: nothing to compare it with")
    flagged = judged.filter("is_flagged").height
    fullest = judged.sort("workload_index", descending=True).row(0, named=True)
    if flagged and not judged["status"].is_in((OVER, UNDER)).any():
        return _("{n} of {all} territories differ by more than {band} from the average, in potential alone; {name} has the most work ({change})").format(
            n=format_number(flagged), all=format_number(judged.height), band=format_percent(band, 0), name=fullest["salesperson"],
            change=format_change(fullest["workload_index"], 0),
        )  # fmt: skip
    return _("{n} of {all} territories differ by more than {band} from the average; {name} has the most work ({change})").format(
        n=format_number(flagged), all=format_number(judged.height), band=format_percent(band, 0), name=fullest["salesperson"],
        change=format_change(fullest["workload_index"], 0),
    )  # fmt: skip


def move_sentence(account: str, moved: pl.DataFrame) -> str:
    """What a move does to both territories' work."""
    sides = {row["side"]: row for row in moved.iter_rows(named=True)}
    giver, taker = sides["from"], sides["to"]
    return _("Without {account}, {giver} goes from {a} to {b} against the average workload; with it, {taker} goes from {c} to {d}").format(
        account=account, giver=giver["salesperson"], taker=taker["salesperson"],
        a=format_change(giver["workload_index_before"], 0), b=format_change(giver["workload_index_after"], 0),
        c=format_change(taker["workload_index_before"], 0), d=format_change(taker["workload_index_after"], 0),
    )  # fmt: skip
