"""The findings of the portfolio's further views: moves between quadrants, the settlement sheets, the worklist."""

import polars as pl

from charts import labels
from data.language import _, format_money_compact, format_number, ngettext
from measures.customers.portfolio_quadrants import QUADRANTS


def moves(transitions: pl.DataFrame) -> str:
    """How many stayed where they were, and how many important ones became erratic."""
    known = transitions.filter(pl.col("from_quadrant").is_in(QUADRANTS))
    if not known["accounts"].sum():
        return _("Nobody's quadrant of a year ago is known")
    stayed = known.filter(pl.col("from_quadrant") == pl.col("to_quadrant"))["accounts"].sum()
    wavering = known.filter(pl.col("from_quadrant") == "EI", pl.col("to_quadrant") == "EII")["accounts"].sum()
    said = ngettext("{n} of {all} accounts stayed in its quadrant", "{n} of {all} accounts stayed in their quadrant", stayed)
    more = ngettext("; {n} important one became erratic", "; {n} important ones became erratic", wavering)
    text = said.format(n=format_number(stayed), all=format_number(known["accounts"].sum()))
    return text + (more.format(n=format_number(wavering)) if wavering else _("; no important one became erratic"))


def settlement(rows: pl.DataFrame, quadrant: str) -> str:
    """How many of the quadrant's accounts [net_result, …] take more than they bring, and how much."""
    if rows.is_empty():
        return _("No account is in {quadrant}").format(quadrant=labels.quadrant(quadrant))
    if rows["net_result"].count() == 0:
        return _("Too few costs are known to settle the accounts in {quadrant}").format(quadrant=labels.quadrant(quadrant))
    losing = rows.filter(pl.col("net_result") < 0)
    if losing.is_empty():
        return _("No account in {quadrant} takes more than it brings").format(quadrant=labels.quadrant(quadrant))
    text = ngettext(
        "{n} account of {all} in {quadrant} takes more than it brings: {money}",
        "{n} accounts of {all} in {quadrant} take more than they bring: {money}",
        losing.height,
    )
    return text.format(
        n=format_number(losing.height),
        all=format_number(rows.height),
        quadrant=labels.quadrant(quadrant),
        money=format_money_compact(losing["net_result"].sum()),
    )


def worklist(work: pl.DataFrame) -> str:
    """How many actions [is_overdue, account_id, …] are open, on how many accounts, and how many are overdue."""
    if work.is_empty():
        return _("No action is in hand yet")
    late = int(work["is_overdue"].sum())
    count = ngettext("{n} open action", "{n} open actions", work.height).format(n=format_number(work.height))
    return f"{count}, " + ngettext("{n} overdue", "{n} overdue", late).format(n=format_number(late))
