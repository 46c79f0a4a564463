"""What the varieties and the launches say before the peak."""

import polars as pl

from data.language import _, format_money_compact, format_number, format_percent, listed, ngettext
from measures.seasons.launch_readiness import LATE, LaunchReadiness
from measures.trade.weak_varieties import SLOW, UNWILLING, WeakVarieties


def weak_sentence(answer: WeakVarieties) -> str:
    """How many varieties are weak and why, as plain text."""
    rows, total = answer.varieties, answer.summary["net_sales"].item()
    slow, unwilling, gone = (rows.filter(of) for of in (pl.col("variety") == SLOW, pl.col("variety") == UNWILLING, pl.col("suggestion") == "eliminate"))
    start = _("{slow} of {all} varieties sell slowly where many stock them, {unwilling} sell well where few do").format(
        slow=format_number(slow.height), all=format_number(rows.height), unwilling=format_number(unwilling.height)
    )
    if gone.is_empty() or not total:
        return start
    share = format_percent(gone["net_sales"].sum() / total, 0)
    worth = ngettext("{n} could go, worth {money} a year ({share})", "{n} could go, worth {money} a year ({share})", gone.height).format(
        n=format_number(gone.height), money=format_money_compact(gone["net_sales"].sum()), share=share
    )
    return f"{start}; {worth}"


def launches_sentence(found: LaunchReadiness) -> str:
    """Which new products come too late for the peak, as plain text."""
    if found.launches.is_empty():
        return _("No product was launched lately: nothing new waits for the peak")
    late = found.launches.filter(pl.col("readiness") == LATE)
    if late.is_empty():
        return _("No new product is late for the peak")
    if late.height > 3:
        return ngettext("{n} new product is late for the peak", "{n} new products are late for the peak", late.height).format(n=format_number(late.height))
    return ngettext("{names} is late for the peak", "{names} are late for the peak", late.height).format(names=listed(late["product"].to_list()))
