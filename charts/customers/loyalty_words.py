"""The words of loyalty's groups."""

from charts import labels
from data.language import _
from measures.customers.loyalty_groups import EARLIER


def group_name(code: str | None, by: str) -> str:
    """A group of measures.customers.loyalty: a quadrant in words, a region's own name, a year as a customer."""
    if code is None:
        return _("Not classified") if by == "quadrant" else _("Not known")
    if code == EARLIER:
        return _("Since before the data begin")
    return _("Year {n} as a customer").format(n=code) if code.isdigit() else labels.quadrant(code)
