"""The target board's finding: what the peak's requirement asks of the off-season, and of whom the most."""

from collections.abc import Mapping

import polars as pl

from charts.findings.phrases import few
from data.language import _, format_number, format_percent, listed, ngettext


def sentence(row: Mapping[str, object], accounts: pl.DataFrame) -> str:
    """What the board says, as plain text in the reader's language, from its summary and its sums by account."""
    if row["lift"] is None:
        return _("Without a last peak or a stated requirement the targets are the natural sales of {natural} units").format(
            natural=format_number(row["natural_total"])
        )
    if row["lift"] <= 0:
        return _("The requirement of {requirement} units asks for nothing more: natural sales of {natural} units are the target").format(
            requirement=format_number(row["requirement"]), natural=format_number(row["natural_total"])
        )
    return _asked(row) + _where(accounts)


def _asked(row: Mapping[str, object]) -> str:
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
