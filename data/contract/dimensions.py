"""Tables of the input contract that describe: regions, people, accounts and their contacts, products, programmes."""

from data.contract.column import (
    ACCOUNT_ALIASES,
    ACCOUNT_REQUIRED,
    PRODUCT_ALIASES,
    REGION,
    SALESPERSON,
    Column,
    Table,
    key,
    reference,
)

REGIONS = Table(
    "regions",
    (
        key("region_id", "region code", "territory id", "código región"),
        Column("region", "text", required=True, aliases=("name", "territory", "nombre", "región", "zona", "nome", "gebiet")),
        reference("parent_region_id", "regions", aliases=("parent", "group", "region padre", "parent region", "región superior")),
    ),
    key=("region_id",),
)

SALESPEOPLE = Table(
    "salespeople",
    (
        key("salesperson_id", "employee id", "rep id", "agent id", "código vendedor"),
        Column("salesperson", "text", required=True, aliases=("name", "sales agent", "nombre", "vendedor", "nome", "verkäufer")),
        REGION,
        reference("manager_id", "salespeople", aliases=("manager", "supervisor", "jefe", "responsable", "gerente", "jefe de ventas")),
        Column("role", "text", aliases=("title", "position", "cargo", "puesto", "job title", "rol")),
        Column("email", "text", aliases=("mail", "correo", "e-mail", "email address", "correo electrónico")),
    ),
    key=("salesperson_id",),
)

ACCOUNTS = Table(
    "accounts",
    (
        key("account_id", *ACCOUNT_ALIASES, "customer number", "store number"),
        Column("account", "text", required=True, aliases=("name", "customer name", "customer", "store name", "nombre", "razón social", "cliente", "nome", "razão social", "kunde", "kundenname", "firma", "designação", "nome do cliente", "raison sociale", "nom", "nom du client")),
        Column(
            "kind",
            "choice",
            choices=("distributor", "wholesaler", "outlet", "direct"),
            aliases=("type", "customer type", "tipo", "clase", "account type", "tipo de cliente", "tipo de cuenta", "clase de cliente"),
        ),
        reference("parent_account_id", "accounts", aliases=("parent", "subsidiary of", "distributor id", "cliente padre", "parent account", "distributor", "distribuidor", "cuenta padre", "cliente superior")),
        REGION,
        SALESPERSON,
        Column("channel", "text", aliases=("segment", "sector", "business type", "canal", "segmento", "sales channel", "canal de venta")),
        Column("city", "text", aliases=("town", "location", "ciudad", "población", "localidad", "municipality", "municipio", "cidade", "localidade", "ort", "stadt", "ville")),
        Column("latitude", "number", minimum=-90, maximum=90, aliases=("lat", "latitud")),
        Column("longitude", "number", minimum=-180, maximum=180, aliases=("lon", "lng", "long", "longitud")),
        Column("opened_on", "date", aliases=("opened", "account opened", "since", "first order", "alta", "fecha alta", "opening date", "customer since", "cliente desde", "fecha de apertura", "abierto")),
        Column("credit_limit", "money", minimum=0, aliases=("credit", "límite de crédito", "crédito", "línea de crédito", "cupo de crédito")),
        Column("payment_terms_days", "number", minimum=0, aliases=("payment terms", "terms", "plazo de pago", "payment days", "días de pago", "plazo", "condiciones de pago", "plazo de pago días")),
        Column("reference_value", "number", minimum=0, maximum=100, aliases=("reference", "demonstration", "referencia", "valor de referencia", "efecto demostración")),
        Column("strategic", "text", aliases=("strategic reason", "estratégico", "estratégica", "motivo estratégico", "razón estratégica")),
    ),
    key=("account_id",),
    required=True,
)

CONTACTS = Table(
    "contacts",
    (
        key("contact_id", "contact", "person id", "código contacto"),
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
)

PRODUCTS = Table(
    "products",
    (
        key("product_id", *PRODUCT_ALIASES, "item number"),
        Column("product", "text", required=True, aliases=("name", "description", "item description", "nombre", "descripción", "artículo", "producto", "nome", "descrição", "bezeichnung", "artikelbezeichnung", "designação", "libellé", "désignation", "nom")),
        Column("category", "text", aliases=("family", "series", "category name", "categoría", "familia", "product category", "categoría de producto", "gama", "línea de producto", "línea", "group", "product group", "item group", "product family", "família", "famille", "catégorie", "warengruppe", "artikelgruppe", "kategorie", "produktgruppe")),
        Column("brand", "text", aliases=("make", "vendor", "vendor name", "marca", "brand name", "fabricante", "marke", "marque")),
        Column("unit_volume", "number", minimum=0, aliases=("volume", "hl", "size", "volumen", "volume per unit", "volumen unitario", "volumen por unidad", "hectolitros", "tamaño")),
        Column("list_price", "money", minimum=0, aliases=("price", "sales price", "retail", "rrp", "precio", "tarifa", "precio de lista", "precio de tarifa", "precio de venta", "pvp", "preço", "listenpreis", "prix", "prix de vente", "tarif")),
        Column("unit_cost", "money", minimum=0, aliases=("cost", "standard cost", "coste", "costo", "coste unitario", "costo unitario", "coste estándar", "coste por unidad", "custo", "custo unitário", "stückkosten", "einstandspreis", "prix d'achat", "preço de custo", "prix de revient", "coût unitaire")),
        Column("standardisation", "number", minimum=0, maximum=100, aliases=("standardization", "estandarización", "grado de estandarización", "normalización")),
        Column("launched_on", "date", aliases=("launch", "start date", "lanzamiento", "launched", "launch date", "lanzado", "lanzado el", "fecha de lanzamiento", "fecha de alta")),
        Column("discontinued_on", "date", aliases=("discontinued", "end date", "baja", "descatalogado", "discontinuation date", "descatalogado el", "fecha de baja", "retirado", "descontinuado")),
    ),
    key=("product_id",),
    required=True,
)

PROGRAMMES = Table(
    "programmes",
    (
        key("programme_id", "programme", "promotion id", "código programa"),
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
)
