"""The contract's tables in the reader's words: what an import says of them is read on a page as well as in a shell."""

from data.language import _, mark

TABLE_WORDS: dict[str, str] = {
    "regions": mark("Regions"), "salespeople": mark("Salespeople"), "accounts": mark("Accounts"), "contacts": mark("Contacts"),
    "products": mark("Products"), "transactions": mark("Order lines"), "receivables": mark("Receivables"),
    "activities": mark("Activities"), "opportunities": mark("Opportunities"), "stage_events": mark("Stage events"),
    "prospect_scores": mark("Prospect scores"), "targets": mark("Targets"), "development_plans": mark("Development plans"),
    "wallet": mark("Wallet"), "programmes": mark("Programmes"), "rebates": mark("Rebates"),
}  # fmt: skip
"""Table → its name, as headings write it."""


def table_text(table: str) -> str:
    """A table's name in the reader's language; one that the contract does not know is shown as it is."""
    return _(TABLE_WORDS[table]) if table in TABLE_WORDS else table
