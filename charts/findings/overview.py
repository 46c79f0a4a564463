"""The overview's finding: net sales against target, else against last year, and who explains the difference."""

from math import floor

import polars as pl

from charts.cached import cached
from charts.findings.phrases import LEVEL, compared, few, named
from data.language import _, format_money_compact, format_percent, listed, ngettext
from measures.overview import Overview

MET = 0.995
"""From this attainment on nobody has to explain what is missing."""
CENT = 0.01


@cached
def sentence(answer: Overview) -> str:
    """What the overview says, as plain text in the reader's language."""
    kpis = {row["metric"]: row for row in answer.kpis.iter_rows(named=True)}
    sales = kpis.get("net_sales", {})
    if not sales.get("value"):
        return _("Nothing was sold in this selection")
    if sales["attainment"] is not None:
        return _against_target(sales["attainment"], answer.by_region)
    if sales["change_rate"] is not None:
        return _against_last_year(sales, answer.by_region)
    return _alone(sales["value"], answer.by_region)


def _against_target(attainment: float, regions: pl.DataFrame) -> str:
    reached = _("Net sales reach {rate} of target").format(rate=_reached(attainment))
    if attainment >= MET:
        return reached
    gaps = regions.with_columns(gap=pl.col("target") - pl.col("attained").fill_null(0))
    names, share = few(gaps, "region", "gap")
    if not names:
        return _("{start}; the gap is spread over many regions").format(start=reached) if _several(gaps) else reached
    explain = ngettext("{start}; {names} explains {share} of what is missing", "{start}; {names} explain {share} of what is missing", len(names))
    return explain.format(start=reached, names=listed(names), share=format_percent(share, 0))


def without_target(answer: Overview) -> str | None:
    """What part of the sales that count against the target is of regions without one; None where every region has one, or a target names none."""
    rows, whole = answer.by_region, answer.kpis.filter(pl.col("metric") == "net_sales")["target"].sum()
    sold = rows["attained"].sum()
    beside = rows.filter(pl.col("target").is_null())["attained"].sum()
    if not whole or not sold or abs(rows["target"].sum() - whole) > CENT or round(beside / sold, 3) <= 0:
        return None
    return _("{share} of the sales that count against the target are of regions without one.").format(share=format_percent(beside / sold))


def _reached(attainment: float) -> str:
    """In whole percent, but a target that was just missed is never rounded up to 100 %."""
    just_missed = MET <= attainment < 1
    return format_percent(floor(1000 * attainment) / 1000, 1) if just_missed else format_percent(attainment, 0)


def _several(gaps: pl.DataFrame) -> bool:
    return gaps.filter(pl.col("gap") > 0).height > 2


def _against_last_year(sales: dict[str, float], regions: pl.DataFrame) -> str:
    start = compared(
        sales["change_rate"],
        _("Net sales of {value} are {rate} above last year"),
        _("Net sales of {value} are {rate} below last year"),
        _("Net sales of {value} are level with last year"),
    ).format(value=format_money_compact(sales["value"]))
    if abs(sales["change_rate"]) < LEVEL:
        return _("{start}; nothing stands out").format(start=start)
    sign = 1 if sales["change_rate"] > 0 else -1
    moved = regions.with_columns(moved=sign * (pl.col("compared_value") - pl.col("compared_previous")))
    names, share = few(moved, "region", "moved")
    if not names:
        return start
    if sign > 0:
        brings = ngettext("{start}; {names} brings {share} of the growth", "{start}; {names} bring {share} of the growth", len(names))
    else:
        brings = ngettext("{start}; {names} explains {share} of the decline", "{start}; {names} explain {share} of the decline", len(names))
    return brings.format(start=start, names=listed(names), share=format_percent(share, 0))


def _alone(value: float, regions: pl.DataFrame) -> str:
    start = _("Net sales are {value}").format(value=format_money_compact(value))
    if regions.height < 2:
        return start
    first = regions.sort("net_sales", descending=True).row(0, named=True)
    share = first["net_sales"] / value
    return _("{start}; {name} brings {share} of them").format(start=start, name=named(first["region"]), share=format_percent(share, 0))
