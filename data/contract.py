"""The input contract: every table and column that an import accepts, in one place.

docs/data-format.md is its prose. A column has a `kind`, which says how its text is read:

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


def _id(name: str, refers_to: str | None = None, *, required: bool = False, aliases: tuple[str, ...] = ()) -> Column:
    return Column(name, "id", required, refers_to, aliases=aliases)


def _key(name: str, *aliases: str) -> Column:
    return Column(name, "id", required=True, aliases=aliases)


REGION = _id("region_id", "regions", aliases=("region", "territory", "county", "zone", "región", "zona", "territorio"))
SALESPERSON = _id(
    "salesperson_id",
    "salespeople",
    aliases=("salesperson", "sales rep", "sales agent", "employee", "vendedor", "comercial", "agente"),
)
ACCOUNT_ALIASES = ("account", "customer", "customer id", "client", "store", "reseller", "cliente", "cuenta", "código cliente")
PRODUCT_ALIASES = ("product", "item", "sku", "stock code", "article", "producto", "artículo", "referencia")
ACCOUNT = _id("account_id", "accounts", aliases=ACCOUNT_ALIASES)
ACCOUNT_REQUIRED = _id("account_id", "accounts", required=True, aliases=ACCOUNT_ALIASES)
PRODUCT = _id("product_id", "products", aliases=PRODUCT_ALIASES)
PRODUCT_REQUIRED = _id("product_id", "products", required=True, aliases=PRODUCT_ALIASES)
MONTH_REQUIRED = Column("month", "month", required=True, aliases=("period", "date", "mes", "periodo", "fecha"))

_TABLES = (
    Table(
        "regions",
        (
            _key("region_id", "region code", "territory id", "código región"),
            Column("region", "text", required=True, aliases=("name", "territory", "nombre", "región", "zona")),
            _id("parent_region_id", "regions", aliases=("parent", "group", "region padre", "parent region", "región superior")),
        ),
        key=("region_id",),
    ),
    Table(
        "salespeople",
        (
            _key("salesperson_id", "employee id", "rep id", "agent id", "código vendedor"),
            Column("salesperson", "text", required=True, aliases=("name", "sales agent", "nombre", "vendedor")),
            REGION,
            _id("manager_id", "salespeople", aliases=("manager", "supervisor", "jefe", "responsable", "gerente", "jefe de ventas")),
            Column("role", "text", aliases=("title", "position", "cargo", "puesto", "job title", "rol")),
            Column("email", "text", aliases=("mail", "correo", "e-mail", "email address", "correo electrónico")),
        ),
        key=("salesperson_id",),
    ),
    Table(
        "accounts",
        (
            _key("account_id", *ACCOUNT_ALIASES, "customer number", "store number"),
            Column("account", "text", required=True, aliases=("name", "customer name", "customer", "store name", "nombre", "razón social", "cliente")),
            Column(
                "kind",
                "choice",
                choices=("distributor", "wholesaler", "outlet", "direct"),
                aliases=("type", "customer type", "tipo", "clase", "account type", "tipo de cliente", "tipo de cuenta", "clase de cliente"),
            ),
            _id("parent_account_id", "accounts", aliases=("parent", "subsidiary of", "distributor id", "cliente padre", "parent account", "distributor", "distribuidor", "cuenta padre", "cliente superior")),
            REGION,
            SALESPERSON,
            Column("channel", "text", aliases=("segment", "sector", "business type", "canal", "segmento", "sales channel", "canal de venta")),
            Column("city", "text", aliases=("town", "location", "ciudad", "población", "localidad", "municipality", "municipio")),
            Column("latitude", "number", minimum=-90, maximum=90, aliases=("lat", "latitud")),
            Column("longitude", "number", minimum=-180, maximum=180, aliases=("lon", "lng", "long", "longitud")),
            Column("opened_on", "date", aliases=("opened", "since", "first order", "alta", "fecha alta", "opening date", "customer since", "cliente desde", "fecha de apertura", "abierto")),
            Column("credit_limit", "money", minimum=0, aliases=("credit", "límite de crédito", "crédito", "línea de crédito")),
            Column("payment_terms_days", "number", minimum=0, aliases=("payment terms", "terms", "plazo de pago", "payment days", "días de pago", "plazo", "condiciones de pago", "plazo de pago días")),
            Column("reference_value", "number", minimum=0, maximum=100, aliases=("reference", "demonstration", "referencia", "valor de referencia", "efecto demostración")),
            Column("strategic", "text", aliases=("strategic reason", "estratégico", "estratégica", "motivo estratégico", "razón estratégica")),
        ),
        key=("account_id",),
        required=True,
    ),
    Table(
        "contacts",
        (
            _key("contact_id", "contact", "person id", "código contacto"),
            ACCOUNT_REQUIRED,
            Column("name", "text", required=True, aliases=("contact name", "full name", "nombre", "nombre completo", "nombre del contacto")),
            Column(
                "role",
                "choice",
                choices=("decision maker", "influencer", "user", "gatekeeper"),
                aliases=("position", "rol", "cargo", "job title", "title", "puesto", "papel"),
            ),
            Column("email", "text", aliases=("mail", "correo", "e-mail", "email address", "correo electrónico")),
            Column("phone", "text", aliases=("telephone", "mobile", "teléfono", "móvil", "phone number", "celular")),
            Column("birthday", "date", personal=True, aliases=("date of birth", "cumpleaños", "birth date", "fecha de nacimiento", "nacimiento")),
            Column("interests", "text", personal=True, aliases=("hobbies", "aficiones", "intereses", "gustos")),
        ),
        key=("contact_id",),
    ),
    Table(
        "products",
        (
            _key("product_id", *PRODUCT_ALIASES, "item number"),
            Column("product", "text", required=True, aliases=("name", "description", "item description", "nombre", "descripción", "artículo", "producto")),
            Column("category", "text", aliases=("family", "series", "category name", "categoría", "familia", "product category", "categoría de producto", "gama", "línea de producto")),
            Column("brand", "text", aliases=("make", "vendor", "vendor name", "marca", "brand name", "fabricante")),
            Column("unit_volume", "number", minimum=0, aliases=("volume", "hl", "size", "volumen", "volume per unit", "volumen unitario", "volumen por unidad", "hectolitros", "tamaño")),
            Column("list_price", "money", minimum=0, aliases=("price", "sales price", "retail", "precio", "tarifa", "precio de lista", "precio de tarifa", "precio de venta", "pvp")),
            Column("unit_cost", "money", minimum=0, aliases=("cost", "standard cost", "coste", "costo", "coste unitario", "costo unitario", "coste estándar", "coste por unidad")),
            Column("standardisation", "number", minimum=0, maximum=100, aliases=("standardization", "estandarización", "grado de estandarización", "normalización")),
            Column("launched_on", "date", aliases=("launch", "start date", "lanzamiento", "launched", "launch date", "lanzado", "lanzado el", "fecha de lanzamiento", "fecha de alta")),
            Column("discontinued_on", "date", aliases=("discontinued", "end date", "baja", "descatalogado", "discontinuation date", "descatalogado el", "fecha de baja", "retirado", "descontinuado")),
        ),
        key=("product_id",),
        required=True,
    ),
    Table(
        "transactions",
        (
            _key("transaction_id", "line id", "invoice line", "id", "invoice item number", "línea", "número de línea"),
            Column("order_id", "id", aliases=("order", "invoice", "invoice no", "order number", "pedido", "factura", "invoice number", "número de pedido", "nº pedido", "nº de pedido", "número de factura", "nº factura", "código de pedido")),
            Column("sold_on", "date", required=True, aliases=("date", "order date", "invoice date", "fecha", "fecha factura", "sale date", "fecha de venta", "fecha del pedido", "vendido el")),
            ACCOUNT_REQUIRED,
            PRODUCT_REQUIRED,
            SALESPERSON,
            Column("quantity", "number", required=True, aliases=("qty", "units", "bottles sold", "cantidad", "unidades")),
            Column(
                "net_amount",
                "money",
                required=True,
                aliases=("amount", "sales", "sales amount", "net sales", "revenue", "total", "importe", "importe neto", "ventas"),
            ),
            Column("cost_amount", "money", aliases=("cost", "total cost", "coste", "coste total", "cost of sales", "costo", "costo total", "coste de la línea", "importe de coste")),
            _id("promotion_id", "programmes", aliases=("promotion", "promo", "campaign", "promoción", "campaña", "programme", "programa", "código promoción", "código programa")),
        ),
        key=("transaction_id",),
        required=True,
    ),
    Table(
        "receivables",
        (
            _key("invoice_id", "invoice", "document", "factura"),
            ACCOUNT_REQUIRED,
            Column("issued_on", "date", aliases=("issued", "invoice date", "emisión", "issue date", "fecha de emisión", "fecha de factura", "emitida")),
            Column("due_on", "date", required=True, aliases=("due", "due date", "vencimiento", "fecha de vencimiento", "vence")),
            Column("amount", "money", required=True, aliases=("total", "balance", "importe", "saldo", "importe pendiente")),
            Column("paid_on", "date", aliases=("paid", "payment date", "cobro", "fecha de cobro", "pagado", "pagada", "fecha de pago", "cobrado", "cobrada")),
        ),
        key=("invoice_id",),
    ),
    Table(
        "activities",
        (
            _key("activity_id", "visit id", "id", "código visita"),
            Column("happened_on", "date", required=True, aliases=("date", "visit date", "fecha", "fecha visita", "activity date", "fecha de actividad", "realizada", "fecha realizada")),
            ACCOUNT,
            SALESPERSON,
            Column(
                "kind",
                "choice",
                choices=("visit", "call", "message", "event"),
                aliases=("type", "activity", "tipo", "actividad", "activity type", "tipo de actividad"),
            ),
            Column("planned_on", "date", aliases=("planned", "plan date", "planificada", "planned date", "fecha prevista", "fecha planificada", "fecha planeada", "prevista")),
            Column("outcome", "text", aliases=("result", "resultado", "desenlace")),
            Column("hours", "number", minimum=0, aliases=("duration", "horas", "duración", "time spent", "duración horas")),
            Column("cost", "money", minimum=0, aliases=("expense", "coste", "gasto", "costo", "coste de la visita")),
        ),
        key=("activity_id",),
    ),
    Table(
        "opportunities",
        (
            _key("opportunity_id", "deal id", "deal", "oportunidad"),
            ACCOUNT,
            Column("created_on", "date", required=True, aliases=("created", "engage date", "creación", "fecha", "creation date", "fecha de creación", "creada", "creada el")),
            SALESPERSON,
            Column("source", "text", aliases=("lead source", "origin", "origen", "fuente", "procedencia", "canal de entrada")),
            PRODUCT,
            Column("expected_amount", "money", minimum=0, aliases=("amount", "value", "close value", "importe", "valor", "expected value", "importe esperado", "importe previsto", "importe estimado", "valor esperado", "valor estimado")),
            Column("expected_close_on", "date", aliases=("expected close", "cierre previsto", "expected close date", "cierre esperado", "fecha prevista de cierre", "fecha de cierre prevista", "fecha estimada de cierre", "fecha de cierre esperada", "fecha prevista")),
            Column("closed_on", "date", aliases=("close date", "closed", "cierre", "closing date", "fecha de cierre", "cerrada", "cerrada el", "fecha real de cierre")),
            Column("lost_reason", "text", aliases=("reason", "loss reason", "motivo", "motivo de pérdida", "lost because", "razón de pérdida", "motivo perdida", "causa de pérdida")),
        ),
        key=("opportunity_id",),
    ),
    Table(
        "stage_events",
        (
            _id("opportunity_id", "opportunities", required=True, aliases=("deal id", "deal", "oportunidad")),
            Column("stage", "text", required=True, aliases=("deal stage", "status", "etapa", "fase", "estado")),
            Column("entered_on", "date", required=True, aliases=("date", "entered", "fecha", "entrada", "entry date", "fecha de entrada", "entró el")),
        ),
        key=("opportunity_id", "stage", "entered_on"),
    ),
    Table(
        "prospect_scores",
        (
            ACCOUNT_REQUIRED,
            Column("indicator", "text", required=True, aliases=("criterion", "indicador", "criterio")),
            Column("score", "number", required=True, minimum=0, maximum=100, aliases=("points", "puntuación", "nota", "puntos", "valoración")),
            Column("scored_on", "date", aliases=("date", "scored", "fecha", "fecha de puntuación", "puntuado el")),
        ),
        key=("account_id", "indicator", "scored_on"),
    ),
    Table(
        "targets",
        (
            MONTH_REQUIRED,
            Column("amount", "money", aliases=("target", "quota", "sales amount quota", "objetivo", "cuota", "importe", "target amount", "objetivo de ventas", "importe objetivo", "meta")),
            Column("quantity", "number", aliases=("target units", "units", "unidades", "cantidad", "target quantity", "objetivo unidades", "unidades objetivo", "cantidad objetivo")),
            REGION,
            SALESPERSON,
            ACCOUNT,
            PRODUCT,
        ),
        key=("month", "region_id", "salesperson_id", "account_id", "product_id"),
        one_of=("amount", "quantity"),
    ),
    Table(
        "development_plans",
        (
            MONTH_REQUIRED,
            _id("salesperson_id", "salespeople", required=True, aliases=SALESPERSON.aliases),
            Column("area", "text", aliases=("zone", "route", "zona", "ruta", "área", "territorio")),
            Column("kind", "choice", choices=("wholesaler", "outlet"), aliases=("type", "tipo")),
            Column("planned_visits", "number", minimum=0, aliases=("visits", "visitas previstas", "visitas", "visitas planificadas", "visitas planeadas")),
            Column("planned_developments", "number", minimum=0, aliases=("developments", "new outlets", "aperturas previstas", "planned openings", "aperturas", "aperturas planificadas", "desarrollos", "desarrollos previstos")),
        ),
        key=("month", "salesperson_id", "area", "kind"),
    ),
    Table(
        "wallet",
        (
            ACCOUNT_REQUIRED,
            MONTH_REQUIRED,
            Column("category", "text", aliases=("family", "categoría")),
            Column("competitor", "text", aliases=("brand", "supplier", "competidor", "competencia", "proveedor", "marca")),
            Column("amount", "money", required=True, minimum=0, aliases=("value", "spend", "importe", "gasto")),
            Column("source", "text", aliases=("origin", "fuente")),
        ),
        key=("account_id", "month", "category", "competitor", "source"),
    ),
    Table(
        "programmes",
        (
            _key("programme_id", "programme", "promotion id", "código programa"),
            Column("programme", "text", required=True, aliases=("name", "promotion", "nombre", "programa")),
            Column(
                "kind",
                "choice",
                choices=("price", "display", "training", "trip", "event", "content"),
                aliases=("type", "tipo"),
            ),
            Column("starts_on", "date", aliases=("start", "start date", "inicio", "starts", "fecha de inicio", "empieza", "desde")),
            Column("ends_on", "date", aliases=("end", "end date", "fin", "ends", "fecha de fin", "fecha final", "termina", "hasta")),
            Column("cost", "money", minimum=0, aliases=("budget", "coste", "presupuesto", "total cost", "costo", "coste total")),
        ),
        key=("programme_id",),
    ),
    Table(
        "rebates",
        (
            _key("scheme_id", "scheme", "rebate", "código rappel"),
            ACCOUNT,
            Column("measure", "choice", choices=("net_sales", "quantity", "volume", "growth", "cumulative"), aliases=("basis", "medida", "base", "magnitud")),
            Column("from_value", "number", minimum=0, aliases=("threshold", "from", "desde", "umbral", "from value", "valor desde", "a partir de", "escalón")),
            Column("rate", "number", minimum=0, maximum=1, aliases=("percent", "tasa", "porcentaje", "percentage", "tipo", "descuento", "bonificación")),
            Column("retrospective", "flag", aliases=("retroactive", "retroactivo", "retrospectivo", "con efecto retroactivo")),
        ),
        key=("scheme_id", "account_id", "from_value"),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
"""Every input table by its name, dimensions before the facts that refer to them."""

DIMENSIONS: tuple[str, ...] = ("regions", "salespeople", "accounts", "products", "programmes")
"""Tables whose rows other tables refer to: a later file updates a row of the same key."""

INFERRED: tuple[str, ...] = ("regions", "salespeople", "programmes")
"""Optional dimensions: an id that no file lists is added under its own name, and the import says so."""
