"""The wallet's finding: how much of what accounts buy is ours, and where the most is still to be won."""

import polars as pl

from charts.cached import cached
from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.customers.share_of_wallet import ShareOfWallet


@cached
def sentence(answer: ShareOfWallet) -> str:
    """What the wallets say, as plain text in the reader's language."""
    held = answer.summary.row(0, named=True)
    if held["share"] is None:
        return _("Nobody has said yet what these accounts buy from competitors")
    develop = answer.accounts.filter(pl.col("strategy") == "develop")
    if develop.is_empty():
        return _("We hold {share} of what these accounts buy; none with a large volume buys mostly elsewhere").format(share=_held(held))
    text = ngettext(
        "We hold {share} of what these accounts buy; {n} large one buys mostly elsewhere: {money} to win at {name}",
        "We hold {share} of what these accounts buy; {n} large ones buy mostly elsewhere: {money} to win, first at {name}",
        develop.height,
    )
    return text.format(
        share=_held(held), n=format_number(develop.height), money=format_money_compact(develop["headroom"].sum()), name=develop["account"][0]
    )


def _held(held: dict[str, float]) -> str:
    """The range of our share, or one figure where both ends are alike."""
    low, high = format_percent(held["share"], 0), format_percent(held["share_high"], 0)
    return _("about {share}").format(share=low) if low == high else _("between {low} and {high}").format(low=low, high=high)
