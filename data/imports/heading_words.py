"""Words of headings and of files' names, in small letters without accents: what says an identifier, a line, a table."""

import re

ID_WORDS = frozenset({"id", "code", "codigo", "cod", "no", "num", "number", "numero", "nro", "key", "clave", "ref", "sku", "nr", "nummer"})
"""Words that tell an identifier from a name."""

LINKS = frozenset({"de", "del", "la", "el", "of", "the", "do", "da", "dos", "das", "der", "des"})
"""Words that only join others."""

LINE_WORDS = frozenset({"line", "lines", "linea", "lineas", "linhas", "zeilen", "positionen"})
"""Words before a slash that say: a column of the order's lines."""

NUMBER_SIGN = re.compile(r"\b[Nn]\.?\s?[º°]")
"""Nº, N.º, n° : the word for a number."""

TABLE_WORDS = {
    "regions": ("region", "territories", "territory", "regiones", "zonas", "regioes", "gebiete"),
    "salespeople": ("salesperson", "sales people", "sales reps", "sales team", "employees", "vendedores", "comerciales", "verkaufer", "vendeurs", "commerciaux"),
    "accounts": ("account", "customers", "customer", "clients", "distributors", "clientes", "cuentas", "distribuidores", "kunden"),
    "contacts": ("contact", "contactos", "ansprechpartner", "kontakte", "contatos"),
    "products": ("product", "items", "articles", "productos", "articulos", "produtos", "artikel", "produkte", "artigos", "produits"),
    "transactions": ("transaction", "sales", "order lines", "invoice lines", "orders", "sale order", "ventas", "lineas", "transacciones", "facturas", "pedidos", "vendas", "belege", "beleg", "rechnungen", "umsatze", "verkaufe", "ventes", "factures"),
    "receivables": ("receivable", "invoices open", "cobros", "cuentas por cobrar"),
    "activities": ("activity", "visits", "visitas", "actividades", "atividades", "aktivitaten", "besuche", "visites", "activites"),
    "opportunities": ("opportunity", "deals", "pipeline", "oportunidades", "verkaufschancen", "opportunites"),
    "stage_events": ("stage event", "stage history", "stages", "etapas", "phasen", "phasenverlauf", "etapes"),
    "prospect_scores": ("prospect score", "scores", "puntuaciones"),
    "targets": ("target", "quotas", "quota", "objetivos", "cuotas", "ziele", "metas", "objectifs"),
    "development_plans": ("development plan", "plans", "planes"),
    "wallet": ("share of wallet", "competitor volumes", "cartera"),
    "programmes": ("programme", "programs", "promotions", "campaigns", "programas", "promociones"),
    "rebates": ("rebate", "rappels", "bonificaciones"),
}
"""Other words for a table in a file's name."""
