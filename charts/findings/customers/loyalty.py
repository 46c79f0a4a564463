"""The finding about loyalty: who bought again, and whether the same accounts need more than a year ago."""

from data.language import _, format_number, format_percent
from measures.customers.loyalty import Loyalty


def sentence(answer: Loyalty) -> str:
    """Retention, and the change of the products that an account needs; what chance explains is no change."""
    row = answer.summary.row(0, named=True)
    if row["status"] in ("no_sales", "no_complete_year"):
        return _("There is no complete year yet to read loyalty from")
    if row["retention_rate"] is None:
        return _("The data hold one year so far: whether loyalty grows shows with the next one")
    again = _("{rate} of the accounts of the year before bought again").format(rate=format_percent(row["retention_rate"], 0))
    if not row["kept_accounts"]:
        return again
    needs = {"now": format_number(row["products_per_account"], 1), "before": format_number(row["products_before"], 1)}
    return f"{again}; {_direction(row).format(**needs)}"


def _direction(row: dict[str, float | None]) -> str:
    low, high = row["needs_change_low"], row["needs_change_high"]
    if low is not None and low > 0:
        return _("they buy more products: {now} each, {before} before")
    if high is not None and high < 0:
        return _("they buy fewer products: {now} each, {before} before")
    return _("they buy about as many products: {now} each, {before} before")
