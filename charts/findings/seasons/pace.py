"""The pace's finding: where the period ends against its target, and who explains what is missing."""

import polars as pl

from charts.cached import cached
from charts.findings.phrases import few
from data.language import _, format_compact, format_date, format_money_compact, format_month, format_percent, listed, ngettext
from measures.seasons.pace import BOARD, Pace
from queries.filters import add_months


@cached
def sentence(answer: Pace) -> str:
    """What the pace says, as plain text in the reader's language."""
    if answer.pace.is_empty():
        return _("Nothing was sold in this selection")
    row, about = answer.pace.row(0, named=True), answer.summary.row(0, named=True)
    texts = {"period": _period(answer, about), "as_of": format_date(about["as_of"]), **_amounts(row, about["measure"])}
    if row["status"] == "no_target":
        return _("No target is set for {period}").format(**texts)
    if row["required_factor"] is None:
        return _("{period_capital} ended at {attainment} of its target of {target}").format(period_capital=_capital(texts["period"]), **texts)
    if row["status"] == "reached":
        return _("The target of {target} for {period} is reached: it ends at {low} to {high}").format(**texts)
    if row["pace_index"] is None:
        return _("{period_capital} has just begun: {target} are to be sold").format(period_capital=_capital(texts["period"]), **texts)
    behind = row["projection_high"] < row["target"]
    return _headed(row, texts) + (_who(answer.by_region if answer.by_region.height > 1 else answer.by_account) if behind else "")


def _headed(row: dict[str, float], texts: dict[str, str]) -> str:
    if row["projection_low"] > row["target"]:
        return _("By {as_of} {pace} of what was to be expected is sold: {period} is heading for {low} to {high}, above the target of {target}").format(**texts)
    if row["projection_high"] < row["target"]:
        text = _("By {as_of} {pace} of what was to be expected is sold: {period} is heading for {least} to {most} less than the target of {target}")
        return text.format(**texts)
    return _("By {as_of} {pace} of what was to be expected is sold: the target of {target} for {period} is within reach").format(**texts)


def _who(scopes: pl.DataFrame) -> str:
    name = "region" if "salesperson_id" not in scopes.columns and scopes.columns[0] == "region_id" else "account"
    names, share = few(scopes.with_columns(short=-pl.col("ahead")), name, "short", most=3, enough=0.4)
    if not names:
        return ""
    text = ngettext("; {names} explains {share} of the shortfalls", "; {names} explain {share} of the shortfalls", len(names))
    return text.format(names=listed(names), share=format_percent(share, 0))


def _amounts(row: dict[str, float], measure: str) -> dict[str, str]:
    write = format_money_compact if measure == "net_sales" else lambda value: _("{n} units").format(n=format_compact(value))
    target, low, high = row["target"], row["projection_low"], row["projection_high"]
    known = target is not None and low is not None
    return {
        "target": write(target), "low": write(low), "high": write(high), "pace": format_percent(row["pace_index"]),
        "attainment": format_percent(row["attainment"]),
        "least": write(target - high if known else None), "most": write(target - low if known else None),
    }  # fmt: skip


def _period(answer: Pace, about: dict[str, object]) -> str:
    aimed = answer.months.filter(pl.col("target") > 0)
    if about["source"] == BOARD and not aimed.is_empty():
        return _("the signed off-season to {month}").format(month=format_month(aimed["month"].max()))
    if 0 < aimed.height < about["months"]:
        first, last = (format_month(day) for day in (aimed["month"].min(), aimed["month"].max()))
        return _("the period with targets ({first} to {last})").format(first=first, last=last)
    last = format_month(add_months(about["period_to"], -1))
    told = {
        "year": _("the fiscal year to {month}"), "quarter": _("the quarter to {month}"), "off_season": _("the off-season to {month}"),
        "high_season": _("the high season to {month}"),
    }  # fmt: skip
    return told[about["period"]].format(month=last)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
