"""The target board's finding: what the peak's requirement asks of the off-season, and of whom the most."""

import polars as pl

from charts.findings.phrases import few, listed
from data.language import _, format_number, format_percent


def sentence(answer: object) -> str:
    """What the board says, as plain text in the reader's language; `answer` is measures.off_season_targets'."""
    if answer.summary.is_empty() or answer.targets.is_empty():
        return _("There is nothing to set targets on: no account has sold in the last twelve months, or there is no off-season")
    row = answer.summary.row(0, named=True)
    more = row["target_total"] - row["natural_total"]
    if row["lift"] is None or row["lift"] <= 0:
        return _("The requirement of {requirement} units asks for nothing more: natural sales of {natural} units are the target").format(
            requirement=format_number(row["requirement"]), natural=format_number(row["natural_total"])
        )
    start = _("The peak's requirement asks for {more} units more in the off-season, {rate} over natural sales").format(
        more=format_number(more), rate=format_percent(more / row["natural_total"] if row["natural_total"] else None)
    )
    return start + _where(answer.targets)


def _where(targets: pl.DataFrame) -> str:
    gaps = targets.group_by("account_id").agg(pl.col("account").first(), pl.col("gap").sum())
    ranked = gaps.sort(["gap", "account_id"], descending=[True, False])
    names, share = few(ranked, "account", "gap", most=10)
    if not names:
        return ""
    if len(names) > 3:
        return _("; {n} of {all} accounts carry half of them").format(n=len(names), all=format_number(ranked.height))
    return _("; {names} carry {share} of them").format(names=listed(names), share=format_percent(share, 0))
