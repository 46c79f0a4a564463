"""The products' finding: what is weak, whose fault it is, and what the candidates for delisting bring."""

from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.trade.products import Products, delisting_share


def sentence(answer: Products) -> str:
    """What the products say, as plain text in the reader's language."""
    row = answer.summary.row(0, named=True)
    if not row["products"]:
        return _("No product was sold in the last twelve months")
    if not row["delist"] and not row["unwilling"]:
        return _("None of the {n} products is weak").format(n=format_number(row["products"]))
    told = {
        "n": format_number(row["delist"]), "all": format_number(row["products"]), "money": format_money_compact(row["delist_sales"]),
        "share": format_percent(delisting_share(answer)), "m": format_number(row["unwilling"]),
    }  # fmt: skip
    head = ngettext(
        "{n} of {all} products is a candidate for delisting: it brings {money}, {share} of net sales",
        "{n} of {all} products are candidates for delisting: they bring {money}, {share} of net sales", row["delist"],
    )  # fmt: skip
    tail = ngettext("; {m} sells well where it is stocked, but few distributors want it", "; {m} sell well where they are stocked, but few distributors want them", row["unwilling"])
    return head.format(**told) + (tail.format(**told) if row["unwilling"] else "")
