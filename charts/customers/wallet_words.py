"""Our share of one account's purchases in words: how much, by what, and between which ends."""

from charts import labels
from data.language import _, format_month, format_number, format_percent
from measures.customers.wallet import MODELLED, RANKED


def share_in_short(row: dict[str, object]) -> str:
    """The share with what it rests on; a modelled one with the share of what is known beside it."""
    share = format_percent(row["share"], 0)
    if row["tag"] == MODELLED and row["known"] is not None:
        return _("{share} by model, {high} of what is known").format(share=share, high=format_percent(row["share_high"], 0))
    return f"{share} ({labels.label(row['tag'])})"


def account_share(row: dict[str, object]) -> str:
    """The share as a sentence, with that of the year before."""
    said = {"share": format_percent(row["share"], 0), "previous": format_percent(row["previous_share"], 0)}
    if row["tag"] == RANKED:
        return _("We hold {share} of its purchases by our place among its suppliers.").format(**said)
    if row["tag"] == MODELLED and row["known"] is None:
        return _("We hold {share} of what such an account usually buys ({previous} in the year before); nobody has stated what it buys elsewhere.").format(**said)
    stated = {"n": format_number(row["months"]), "date": format_month(row["last_stated"])}
    if row["tag"] == MODELLED:
        text = _("We hold {share} of what such an account usually buys ({previous} in the year before) and {high} of what is known of its purchases, from {n} stated months, the last {date}.")
        return text.format(high=format_percent(row["share_high"], 0), **said, **stated)
    return _("We hold {share} of its purchases ({previous} in the year before), from {n} stated months, the last {date}.").format(**said, **stated)
