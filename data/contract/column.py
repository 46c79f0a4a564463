"""What a column and a table of the input contract are, and the columns that several tables share.

A column has a `kind`, which says how its text is read:

    id       the user's own identifier, any text, trimmed
    text     any text
    choice   one of `choices`
    date     a calendar day
    month    a calendar month, kept as its first day
    money    an exact amount in the store's one currency
    number   a quantity, a measure or a score
    flag     yes or no
"""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Column:
    """One column of an input table.

    `refers_to` names the table whose key this column holds. `aliases` are other headings under which
    the column is usually found (English and Spanish), for the suggestion of a match.
    """

    name: str
    kind: str
    required: bool = False
    refers_to: str | None = None
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    personal: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One input table: its columns in order, and the columns that identify a row.

    `key` is empty where rows have no identity of their own (two equal rows are two rows).
    `one_of` lists columns of which at least one must hold a value.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    required: bool = False
    one_of: tuple[str, ...] = ()

    @cached_property
    def column(self) -> dict[str, Column]:
        """Columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def required_columns(self) -> tuple[str, ...]:
        """Names of the columns without which a row is rejected."""
        return tuple(column.name for column in self.columns if column.required)


def reference(name: str, refers_to: str | None = None, *, required: bool = False, aliases: tuple[str, ...] = ()) -> Column:
    """A column that holds an id: of another table, where `refers_to` names one."""
    return Column(name, "id", required, refers_to, aliases=aliases)


def key(name: str, *aliases: str) -> Column:
    """A column that identifies its row."""
    return Column(name, "id", required=True, aliases=aliases)


REGION = reference("region_id", "regions", aliases=("region", "territory", "county", "zone", "sales area", "región", "zona", "territorio", "departamento", "região", "gebiet", "verkaufsgebiet", "région", "secteur"))
SALESPERSON = reference(
    "salesperson_id",
    "salespeople",
    aliases=("salesperson", "sales rep", "rep", "sales agent", "employee", "vendedor", "comercial", "agente", "asesor", "asesor comercial", "verkäufer", "vertreter", "vendeur", "commercial", "représentant"),
)
ACCOUNT_ALIASES = ("account", "customer", "customer id", "client", "store", "reseller", "cliente", "cuenta", "código cliente", "kunde", "kundennummer", "kunden nr", "code client", "numéro client")
PRODUCT_ALIASES = ("product", "item", "sku", "stock code", "article", "producto", "artículo", "referencia", "produto", "artikel", "artikelnummer", "artikel nr", "artigo", "référence", "référence article", "réf. article", "code article")
ACCOUNT = reference("account_id", "accounts", aliases=ACCOUNT_ALIASES)
ACCOUNT_REQUIRED = reference("account_id", "accounts", required=True, aliases=ACCOUNT_ALIASES)
PRODUCT = reference("product_id", "products", aliases=PRODUCT_ALIASES)
PRODUCT_REQUIRED = reference("product_id", "products", required=True, aliases=PRODUCT_ALIASES)
MONTH_REQUIRED = Column("month", "month", required=True, aliases=("period", "date", "mes", "periodo", "fecha", "mês", "data", "monat", "mois"))
