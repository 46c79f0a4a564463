"""Customer 360's words: the seven panels, their facts, the fields of an account's file, and facts written as their unit asks."""

from charts import labels
from charts.columns import column_label, has_label
from data.language import _, format_compact, format_money, format_money_compact, format_number, format_percent, mark, ngettext

PANELS = {
    "profile": mark("Profile"), "persistency": mark("Persistency"), "profitability": mark("Profitability"), "performance": mark("Performance"),
    "prospecting": mark("Prospecting"), "product": mark("Assortment"), "promotion": mark("Promotion"),
}  # fmt: skip

_FACTS = {
    "quadrant": mark("Quadrant"), "on_time_rate": mark("Paid on time"), "utilisation_rate": mark("Credit limit used"),
    "days_between": mark("Days between orders"), "order_value": mark("Usual order"),
    "tenure_years": mark("Years as a customer"), "active_months_12m": mark("Months with purchases, of 12"),
    "kept_share": mark("Last year's purchases still bought"), "products_kept": mark("Products kept"), "products_gained": mark("Products gained"),
    "products_lost": mark("Products lost"),
    "margin_12m": mark("Margin, 12 months"), "margin_rate_12m": mark("Margin rate, 12 months"), "margin_in_period": mark("Margin in the period"),
    "activity_cost": mark("Visits and events cost"), "margin_after_activities": mark("Margin after these"), "return_rate_12m": mark("Returned"),
    "net_sales_12m": mark("Net sales, 12 months"), "change_rate_12m": mark("On the year before"), "top_category": mark("Largest category"),
    "top_category_share": mark("Its share"), "category_grown": mark("Grew most"), "category_fallen": mark("Fell most"),
    "sales_below": mark("Sales of accounts under it"),
    "accounts_below": mark("Accounts under it"), "opened_below_12m": mark("Of these opened in 12 months"), "open_deals": mark("Open deals"),
    "open_value": mark("Value of open deals"), "win_rate": mark("Deals won"), "deal_source": mark("Deals come mostly from"),
    "products_bought": mark("Products bought"), "peer_products": mark("A usual similar account buys"), "top_product": mark("Largest product"),
    "top_product_share": mark("Share of the largest product"), "effective_products": mark("Spread like this many equal products"),
    "gap_product": mark("Most similar accounts also buy"),
    "promotion_share": mark("Last lines under a promotion"), "programmes_used": mark("Programmes among them"),
    "events_attended": mark("Events attended"), "visits_made": mark("Visits in the period"), "calls_made": mark("Calls and messages"),
    "accounts": mark("Accounts"), "retention_rate": mark("Bought last year and still do"), "sales_per_account": mark("Per account"),
    "products_per_account": mark("Products per account"), "visits_per_account": mark("Visits per account"),
    "calls_per_account": mark("Calls and messages per account"),
    "quantity_12m": mark("Units, 12 months"), "days_since_last_sale": mark("Days since the last sale"), "open_amount": mark("Open amount"),
    "overdue_amount": mark("Overdue"), "net_sales_with_children_12m": mark("With accounts under it, 12 months"), "file_rate": mark("File complete"),
}  # fmt: skip

_FIELDS = {
    "decision_maker": mark("Who decides"), "contact": mark("A contact"), "reachable": mark("A phone or an email"), "kind": mark("What kind of customer it is"),
    "region": mark("Region"), "city": mark("City"), "channel": mark("Channel"), "salesperson": mark("Salesperson in charge"),
    "credit_limit": mark("Credit limit"), "payment_terms_days": mark("Payment terms"), "opened_on": mark("Customer since"),
    "invoices": mark("Invoices and how they are paid"), "reference_value": mark("What its example is worth"),
    "competitors": mark("What it buys elsewhere"), "activity": mark("A visit or a call in the period"), "birthday": mark("The decision maker's birthday"),
    "interests": mark("The decision maker's interests"),
}  # fmt: skip


SMALL_RATE = 0.01
"""Below it a rate is written with a decimal."""


def panel(code: str) -> str:
    """A panel's name in the reader's language."""
    return _(PANELS[code])


def fact(name: str) -> str:
    """A fact's name in the reader's language."""
    return _(_FACTS[name]) if name in _FACTS else column_label(name)


def field(name: str) -> str:
    """A field of the file in the reader's language."""
    return _(_FIELDS[name]) if name in _FIELDS else column_label(name) if has_label(name) else name


def difference_text(name: str, unit: str, difference: float | None) -> str:
    """What lies between two accounts' values of a fact, with its sign; rates differ by points."""
    if difference is None:
        return "–"
    said = _("{points} pts").format(points=format_number(100 * difference)) if unit == "rate" else fact_text(name, unit, difference)
    return f"+{said}" if difference > 0 and not said.startswith("0") else said


def fact_text(name: str, unit: str, value: float | None, text: str | None = None) -> str:
    """A fact's value as its unit is written; a dash where nobody knows it."""
    if unit == "code":
        return {"quadrant": labels.quadrant, "tier": labels.tier}.get(name, labels.label)(text)
    if unit == "name":
        return text or "–"
    if value is None:
        return "–"
    if unit == "money":
        return format_money_compact(value) if abs(value) >= 10_000 else format_money(value)
    if unit == "rate":
        # A small change is no standstill.
        return format_percent(value, 0 if value == 0 or abs(value) >= SMALL_RATE else 1)
    if unit == "days":
        return ngettext("{n} day", "{n} days", abs(round(value))).format(n=format_number(value))
    if unit == "number":
        return format_number(value, 1)
    return format_number(value) if abs(value) < 100_000 else format_compact(value)
