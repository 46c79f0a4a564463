"""What the five bases say together: how much of the sales is contested, and which basis overrules the quadrant most."""

import polars as pl

from charts.cached import cached
from charts.customers import quadrant_words
from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.customers.agreement import Agreement

SMALL_SHARE = 0.01
"""Below it a share is written with a decimal: a little is not nothing."""


@cached
def sentence(answer: Agreement) -> str:
    """The finding as plain text in the reader's language."""
    row = answer.summary.row(0, named=True)
    if not row["contested"]:
        return _("The classifications agree: no account is in the best class of one and the last of another")
    share = row["contested_sales"] / row["net_sales"] if row["net_sales"] > 0 else 0.0
    text = ngettext(
        "The classifications contradict each other on {n} account with {money}, {share} of net sales",
        "The classifications contradict each other on {n} accounts with {money}, {share} of net sales",
        row["contested"],
    )
    said = text.format(n=format_number(row["contested"]), money=format_money_compact(row["contested_sales"]), share=format_percent(share, 0 if share >= SMALL_SHARE else 1))
    return f"{said}; {_overruled(answer.accounts)}" if _overruled(answer.accounts) else said


def _overruled(accounts: pl.DataFrame) -> str:
    """The strategy that most accounts of a quadrant take from another basis."""
    other = accounts.filter(pl.col("performance").is_not_null(), pl.col("winning_basis") != "performance")
    if other.is_empty():
        return ""
    counted = other.group_by("winning_basis").agg(pl.len().alias("n")).sort("n", "winning_basis", descending=[True, False])
    basis, n = counted.row(0)
    return ngettext("{basis} overrules the quadrant of {n}", "{basis} overrules the quadrant of {n}", n).format(
        basis=quadrant_words.basis(basis).lower(), n=format_number(n)
    )
