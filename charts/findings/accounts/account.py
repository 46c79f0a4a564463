"""An account's finding: what it bought in the last twelve months against the twelve before, and what it owes or how long it is silent."""

from charts.cached import cached
from charts.findings.phrases import compared
from data.language import _, format_date, format_money_compact, format_number
from measures.accounts.account import Account

SILENT_DAYS = 90
"""Three months without a sale are worth a word."""


@cached
def sentence(answer: Account) -> str:
    """What the account's page says, as plain text in the reader's language."""
    if answer.profile.is_empty():
        return _("This account does not exist, or you may not see it")
    row = answer.profile.row(0, named=True)
    if row["first_sold_on"] is None and not row["net_sales_total"]:
        return _unsold(row)
    return _bought(row) + _concern(row)


def _unsold(row: dict[str, object]) -> str:
    if row["parent_account"] is None:
        return _("{account} has bought nothing yet").format(account=row["account"])
    text = _("{account} is supplied through {parent}: what it buys there is not among our own sales")
    return text.format(account=row["account"], parent=row["parent_account"])


def _bought(row: dict[str, object]) -> str:
    texts = {"account": row["account"], "value": format_money_compact(abs(row["net_sales_12m"]))}
    if not row["net_sales_12m"]:
        return _brought_nothing(row)
    if row["net_sales_12m"] < 0:
        return _("{account} returned {value} more than it bought in the last 12 months").format(**texts)
    if row["change_rate_12m"] is None:
        return _("{account} bought {value} in the last 12 months").format(**texts)
    return compared(
        row["change_rate_12m"],
        _("{account} bought {value} in the last 12 months, {rate} more than in the 12 before"),
        _("{account} bought {value} in the last 12 months, {rate} less than in the 12 before"),
        _("{account} bought {value} in the last 12 months, as in the 12 before"),
    ).format(**texts)


def _brought_nothing(row: dict[str, object]) -> str:
    # A sale of the running month is in no complete one, and what was free or came back brought nothing: its day tells.
    if row["last_sold_on"] is None:
        return _("{account} brought no net sales in the last 12 complete months").format(account=row["account"])
    text = _("{account} brought no net sales in the last 12 complete months; its last sale was on {date}")
    return text.format(account=row["account"], date=format_date(row["last_sold_on"]))


def _concern(row: dict[str, object]) -> str:
    if row["overdue_amount"]:
        return _("; {amount} is overdue").format(amount=format_money_compact(row["overdue_amount"]))
    if row["net_sales_12m"] and (row["days_since_last_sale"] or 0) > SILENT_DAYS:
        return _("; nothing for {days} days").format(days=format_number(row["days_since_last_sale"]))
    return ""
