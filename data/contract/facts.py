"""Tables of the input contract that tell what happened, is owed, is planned or is promised."""

from data.contract.column import (
    ACCOUNT,
    ACCOUNT_REQUIRED,
    MONTH_REQUIRED,
    PRODUCT,
    PRODUCT_REQUIRED,
    REGION,
    SALESPERSON,
    Column,
    Table,
    key,
    reference,
)

TRANSACTIONS = Table(
    "transactions",
    (
        key("transaction_id", "line id", "invoice line", "id", "invoice item number", "line ref", "línea", "número de línea"),
        Column("order_id", "id", aliases=("order", "invoice", "invoice no", "order number", "order reference", "referencia del pedido", "pedido", "factura", "invoice number", "número de pedido", "nº pedido", "nº de pedido", "número de factura", "nº factura", "código de pedido", "nota fiscal", "beleg", "belegnummer", "rechnung", "rechnungsnummer", "auftrag", "auftragsnummer", "número do documento", "nº documento", "número da fatura", "nº fatura", "nº facture", "numéro de facture", "nº commande", "commande", "facture")),
        Column("sold_on", "date", required=True, aliases=("date", "order date", "invoice date", "tax point", "fecha", "fecha factura", "sale date", "fecha de venta", "fecha del pedido", "vendido el", "data", "data da venda", "data da nota", "datum", "belegdatum", "rechnungsdatum", "bestelldatum", "data doc", "data do documento", "data da fatura", "date de facture", "date facture", "date de commande", "date pièce")),
        ACCOUNT_REQUIRED,
        PRODUCT_REQUIRED,
        SALESPERSON,
        Column("quantity", "number", required=True, aliases=("qty", "units", "bottles sold", "cantidad", "unidades", "quantidade", "qtd", "menge", "anzahl", "quantité", "qté")),
        Column(
            "net_amount",
            "money",
            required=True,
            aliases=("amount", "sales", "sales amount", "net sales", "revenue", "total", "subtotal", "importe", "importe neto", "ventas", "valor líquido", "valor", "betrag", "nettobetrag", "umsatz", "nettoumsatz", "montante líquido", "total líquido", "montant net", "montant ht", "total ht", "chiffre d'affaires"),
        ),
        Column("cost_amount", "money", aliases=("cost", "total cost", "coste", "coste total", "cost of sales", "costo", "costo total", "coste de la línea", "importe de coste", "custo", "custo total", "wareneinsatz", "coût", "coût total")),
        reference("promotion_id", "programmes", aliases=("promotion", "promo", "campaign", "promoción", "campaña", "programme", "programa", "código promoción", "código programa")),
    ),
    key=("transaction_id",),
    required=True,
)

RECEIVABLES = Table(
    "receivables",
    (
        key("invoice_id", "invoice", "document", "factura"),
        ACCOUNT_REQUIRED,
        Column("issued_on", "date", aliases=("issued", "invoice date", "emisión", "issue date", "fecha de emisión", "fecha de factura", "emitida")),
        Column("due_on", "date", required=True, aliases=("due", "due date", "vencimiento", "fecha de vencimiento", "vence")),
        Column("amount", "money", required=True, aliases=("total", "balance", "importe", "saldo", "importe pendiente")),
        Column("paid_on", "date", aliases=("paid", "payment date", "cobro", "fecha de cobro", "pagado", "pagada", "fecha de pago", "cobrado", "cobrada")),
    ),
    key=("invoice_id",),
)

ACTIVITIES = Table(
    "activities",
    (
        key("activity_id", "visit id", "id", "código visita"),
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
)

OPPORTUNITIES = Table(
    "opportunities",
    (
        key("opportunity_id", "deal id", "deal", "oportunidad"),
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
)

STAGE_EVENTS = Table(
    "stage_events",
    (
        reference("opportunity_id", "opportunities", required=True, aliases=("deal id", "deal", "oportunidad")),
        Column("stage", "text", required=True, aliases=("deal stage", "status", "etapa", "fase", "estado")),
        Column("entered_on", "date", required=True, aliases=("date", "entered", "fecha", "entrada", "entry date", "fecha de entrada", "entró el")),
    ),
    key=("opportunity_id", "stage", "entered_on"),
)

PROSPECT_SCORES = Table(
    "prospect_scores",
    (
        ACCOUNT_REQUIRED,
        Column("indicator", "text", required=True, aliases=("criterion", "indicador", "criterio")),
        Column("score", "number", required=True, minimum=0, maximum=100, aliases=("points", "puntuación", "nota", "puntos", "valoración")),
        Column("scored_on", "date", aliases=("date", "scored", "fecha", "fecha de puntuación", "puntuado el")),
    ),
    key=("account_id", "indicator", "scored_on"),
)

TARGETS = Table(
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
)

DEVELOPMENT_PLANS = Table(
    "development_plans",
    (
        MONTH_REQUIRED,
        reference("salesperson_id", "salespeople", required=True, aliases=SALESPERSON.aliases),
        Column("area", "text", aliases=("zone", "route", "zona", "ruta", "área", "territorio")),
        Column("kind", "choice", choices=("wholesaler", "outlet"), aliases=("type", "tipo")),
        Column("planned_visits", "number", minimum=0, aliases=("visits", "visitas previstas", "visitas", "visitas planificadas", "visitas planeadas")),
        Column("planned_developments", "number", minimum=0, aliases=("developments", "new outlets", "aperturas previstas", "planned openings", "aperturas", "aperturas planificadas", "desarrollos", "desarrollos previstos")),
    ),
    key=("month", "salesperson_id", "area", "kind"),
)

WALLET = Table(
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
)

REBATES = Table(
    "rebates",
    (
        key("scheme_id", "scheme", "rebate", "código rappel"),
        ACCOUNT,
        Column("measure", "choice", choices=("net_sales", "quantity", "volume", "growth", "cumulative"), aliases=("basis", "medida", "base", "magnitud")),
        Column("from_value", "number", minimum=0, aliases=("threshold", "from", "desde", "umbral", "from value", "valor desde", "a partir de", "escalón")),
        Column("rate", "number", minimum=0, maximum=1, aliases=("percent", "tasa", "porcentaje", "percentage", "tipo", "descuento", "bonificación")),
        Column("retrospective", "flag", aliases=("retroactive", "retroactivo", "retrospectivo", "con efecto retroactivo")),
    ),
    key=("scheme_id", "account_id", "from_value"),
)
