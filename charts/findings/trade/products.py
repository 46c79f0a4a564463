"""The products' finding: what is weak, whose fault it is, and what the candidates for delisting bring."""

from charts.cached import cached
from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.trade.products import Products, delisting_share


@cached
def sentence(answer: Products) -> str:
    """What the products say, as plain text in the reader's language."""
    row = answer.summary.row(0, named=True)
    if not row["products"]:
        return _("No product was sold in the last twelve months")
    if row["new"] == row["products"]:
        return ngettext("The one product is too new to judge", "All {n} products are too new to judge", row["products"]).format(n=format_number(row["products"]))
    if not row["delist"] and not row["unwilling"]:
        return ngettext("The one product is not weak", "None of the {n} products is weak", row["products"]).format(n=format_number(row["products"]))
    told = {
        "n": format_number(row["delist"]), "all": format_number(row["products"]), "money": format_money_compact(row["delist_sales"]),
        "share": format_percent(delisting_share(answer)), "m": format_number(row["unwilling"]),
    }  # fmt: skip
    if not row["delist"]:
        few = ngettext("; {m} of {all} sells well where it is stocked, but few distributors want it", "; {m} of {all} sell well where they are stocked, but few distributors want them", row["unwilling"])
        return _("No product is a candidate for delisting") + few.format(**told)
    head = ngettext(
        "{n} of {all} products is a candidate for delisting: it brings {money}, {share} of net sales",
        "{n} of {all} products are candidates for delisting: they bring {money}, {share} of net sales", row["delist"],
    )  # fmt: skip
    tail = ngettext("; {m} sells well where it is stocked, but few distributors want it", "; {m} sell well where they are stocked, but few distributors want them", row["unwilling"])
    return head.format(**told) + (tail.format(**told) if row["unwilling"] else "")


def launched(answer: Products) -> str:
    """How many of the launches are distributed, and how long the earlier ones took; "" without one.

    They are not called new: that is a product under another, lower age, which is too young to be judged.
    """
    rows = answer.launches
    if rows.is_empty():
        return ""
    told = {"n": format_number(rows["months_to_distribution"].count()), "all": format_number(rows.height)}
    head = ngettext("Distributed so far: {n} of {all} recently launched product", "Distributed so far: {n} of {all} recently launched products", rows.height).format(**told)
    usual = rows["usual_months_to_distribution"][0]
    if usual is None:
        return head
    text = ngettext("; earlier launches usually took {months} month", "; earlier launches usually took {months} months", 1 if usual == 1 else 2)
    return head + text.format(months=format_number(usual, 0 if usual.is_integer() else 1))
