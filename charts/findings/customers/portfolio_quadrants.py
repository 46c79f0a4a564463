"""The portfolio's finding: how much money is unstable and who to recover first; else how solid the portfolio is."""

import polars as pl

from charts.cached import cached
from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.customers.portfolio_quadrants import PortfolioQuadrants


@cached
def sentence(answer: PortfolioQuadrants) -> str:
    """What the portfolio says, as plain text in the reader's language."""
    sums = {row["quadrant"]: row for row in answer.quadrants.iter_rows(named=True)}
    placed = sum(row["accounts"] for code, row in sums.items() if code != "none")
    if not answer.accounts.height:
        return _("Nothing was sold in the last twelve complete months of this selection")
    if not placed:
        return _("No account can be placed yet: it takes at least six complete months of sales")
    recover = sums["EII"]
    if recover["accounts"]:
        return _to_recover(recover, answer.accounts)
    solid = sums["EI"]
    if solid["share"] is None:
        text = ngettext("No important account is erratic; {n} account to consolidate", "No important account is erratic; {n} accounts to consolidate", solid["accounts"])
        return text.format(n=format_number(solid["accounts"]))
    return ngettext(
        "No important account is erratic; {n} account to consolidate brings {share} of net sales",
        "No important account is erratic; {n} accounts to consolidate bring {share} of net sales",
        solid["accounts"],
    ).format(n=format_number(solid["accounts"]), share=format_percent(solid["share"], 0))


def _to_recover(recover: dict[str, object], accounts: pl.DataFrame) -> str:
    first = accounts.filter(pl.col("quadrant") == "EII").sort("net_sales", descending=True, nulls_last=True).row(0, named=True)
    text = ngettext(
        "{n} important account buys erratically: {money}, {share} of net sales, is at stake ({name})",
        "{n} important accounts buy erratically: {money}, {share} of net sales, is at stake; {name} is the largest",
        recover["accounts"],
    ) if recover["share"] is not None else ngettext(
        "{n} important account buys erratically: {money} is at stake ({name})",
        "{n} important accounts buy erratically: {money} is at stake; {name} is the largest",
        recover["accounts"],
    )  # fmt: skip
    return text.format(
        n=format_number(recover["accounts"]), money=format_money_compact(recover["net_sales"]), share=format_percent(recover["share"], 0),
        name=first["account"],
    )  # fmt: skip
