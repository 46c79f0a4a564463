"""The value pyramid's finding: how few accounts bring how much, and how many moved up or down."""

import polars as pl

from charts import labels
from charts.cached import cached
from charts.theme import CLASSES, TIERS
from data.language import _, format_number, format_percent, ngettext
from measures.customers.value_pyramid import ValuePyramid


@cached
def sentence(answer: ValuePyramid) -> str:
    """What the pyramid says, as plain text in the reader's language."""
    sold = answer.tiers.filter(pl.col("accounts") > 0)
    if sold.is_empty():
        return _("Nothing was sold in this selection")
    order = CLASSES if set(answer.tiers["tier"]) & set(CLASSES) else TIERS
    best = sold.filter(pl.col("tier") == order[0])
    if best.is_empty() or best["share"].item() is None:
        return _("No account stands out: the tiers can't be told apart here")
    return _weight(best.row(0, named=True), answer.summary["accounts"].item()) + _moves(answer.movers, order)


def _weight(best: dict[str, object], accounts: int) -> str:
    texts = {"n": format_number(best["accounts"]), "tier": labels.label(best["tier"]), "share": format_percent(best["share"], 0)}
    if best["accounts"] == accounts:
        return ngettext(
            "The only account with sales brings everything", "All {n} accounts with sales are {tier}: the cut separates nobody", accounts
        ).format(**texts)
    return ngettext(
        "{n} account of {all} ({tier}) brings {share} of net sales", "{n} accounts of {all} ({tier}) bring {share} of net sales", best["accounts"]
    ).format(all=format_number(accounts), **texts)


def _moves(movers: pl.DataFrame, order: tuple[str, ...]) -> str:
    ranked = {tier: place for place, tier in enumerate(order)}
    steps = [ranked[end] - ranked[start] for start, end in movers["from_tier", "to_tier"].iter_rows() if start in ranked and end in ranked]
    up, down = sum(step < 0 for step in steps), sum(step > 0 for step in steps)
    if not steps:
        return ""
    return _("; {up} moved up a tier and {down} down").format(up=format_number(up), down=format_number(down))
