"""The input contract: every table and column that an import accepts, in one place.

docs/data-format.md is its prose.
"""

from data.contract import dimensions, facts
from data.contract.column import Column, Table

__all__ = ["DIMENSIONS", "INFERRED", "TABLES", "Column", "Table"]

_TABLES = (
    dimensions.REGIONS,
    dimensions.SALESPEOPLE,
    dimensions.ACCOUNTS,
    dimensions.CONTACTS,
    dimensions.PRODUCTS,
    facts.TRANSACTIONS,
    facts.RECEIVABLES,
    facts.ACTIVITIES,
    facts.OPPORTUNITIES,
    facts.STAGE_EVENTS,
    facts.PROSPECT_SCORES,
    facts.TARGETS,
    facts.DEVELOPMENT_PLANS,
    facts.WALLET,
    dimensions.PROGRAMMES,
    facts.REBATES,
)

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
"""Every input table by its name, dimensions before the facts that refer to them."""

DIMENSIONS: tuple[str, ...] = ("regions", "salespeople", "accounts", "products", "programmes")
"""Tables whose rows other tables refer to: a later file updates a row of the same key."""

INFERRED: tuple[str, ...] = ("regions", "salespeople", "programmes")
"""Optional dimensions: an id that no file lists is added under its own name, and the import says so."""
