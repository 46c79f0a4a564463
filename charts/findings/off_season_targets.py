"""The target board's finding: what the peak's requirement asks of the off-season, and of whom the most."""

import polars as pl

from charts.findings.phrases import few, listed
from data.language import _, format_number, format_percent, ngettext
from measures.seasons.off_season_targets import OffSeasonTargets


def sentence(answer: OffSeasonTargets) -> str:
    """What the board says, as plain text in the reader's language."""
    if answer.summary.is_empty() or answer.targets.is_empty():
        return _("There is nothing to set targets on: no account has sold in the last twelve months, or there is no off-season")
    row = answer.summary.row(0, named=True)
    if row["lift"] is None:
        return _("Without a last peak or a stated requirement the targets are the natural sales of {natural} units").format(
            natural=format_number(row["natural_total"])
        )
    if row["lift"] <= 0:
        return _("The requirement of {requirement} units asks for nothing more: natural sales of {natural} units are the target").format(
            requirement=format_number(row["requirement"]), natural=format_number(row["natural_total"])
        )
    return _asked(row) + _where(answer.by_account)


def _asked(row: dict[str, float]) -> str:
    more = row["target_total"] - row["natural_total"]
    texts = {
        "more": format_number(more),
        "rate": format_percent(more / row["natural_total"] if row["natural_total"] else None),
    }
    if not row["is_feasible"]:
        return _("The peak's requirement is out of reach: the limits allow {more} units more in the off-season, {rate} over natural sales").format(**texts)
    return _("The peak's requirement asks for {more} units more in the off-season, {rate} over natural sales").format(**texts)


def _where(accounts: pl.DataFrame) -> str:
    names, share = few(accounts, "account", "gap", most=10)
    if not names:
        return ""
    if len(names) > 3:
        return _("; {n} of {all} accounts carry half of them").format(n=len(names), all=format_number(accounts.height))
    carry = ngettext("; {names} carries {share} of them", "; {names} carry {share} of them", len(names))
    return carry.format(names=listed(names), share=format_percent(share, 0))
