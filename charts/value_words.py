"""The reader's words for what the value pyramid is made of: indicators, components of the bridge, value classes, parts of cost."""

from data.language import _, mark

INDICATORS = {
    "sales": mark("Net sales"), "expected": mark("Expected sales"), "credit": mark("Credit"), "profit": mark("Profit"),
    "reference": mark("Reference effect"),
}  # fmt: skip
COMPONENTS = {
    "volume": mark("Volume"), "mix": mark("Mix of products"), "price": mark("Prices"), "new_accounts": mark("New accounts"),
    "lost_accounts": mark("Lost accounts"), "new_products": mark("New products"), "delisted_products": mark("Products no longer bought"),
    "change": mark("Change of net sales"),
}  # fmt: skip
CLASSES = {
    "MVC": mark("Most valuable (MVC)"), "MGC": mark("Most growable (MGC)"), "migrator": mark("Migrators"),
    "invest_to_fix": mark("Invest to fix"), "below_zero": mark("Below zero"), "unclassed": mark("Not classed"),
}  # fmt: skip
ADVICE = {
    "MVC": mark("Strengthen: people, service and first place in supply."),
    "MGC": mark("Develop: win what they buy elsewhere."),
    "migrator": mark("Keep at the cost of today; watch which way they move."),
    "invest_to_fix": mark("They cost more than they bring, but buy enough elsewhere to be worth mending."),
    "below_zero": mark("Exclude, unless a strategic exception is written down."),
    "unclassed": mark("Too few costs are known to say what they bring."),
}
PARTS = {
    "margin": mark("Gross margin"), "visit_cost": mark("Visits and other activities"), "delivery_cost": mark("Delivery"), "credit_cost": mark("Credit"),
    "rebate_cost": mark("Rebates"), "av": mark("Actual value"), "headroom_value": mark("Chance of growth"), "sv": mark("Strategic value"),
}  # fmt: skip


def indicator(code: str) -> str:
    """An indicator of value."""
    return _(INDICATORS[code])


def component(code: str) -> str:
    """A component of the value bridge."""
    return _(COMPONENTS[code])


def value_class(code: str | None) -> str:
    """A value class; who has none is not classed."""
    return _(CLASSES[code or "unclassed"])


def advice(code: str) -> str:
    """What to do with the accounts of a value class."""
    return _(ADVICE[code])


def part(code: str) -> str:
    """A part of an account's actual or strategic value."""
    return _(PARTS[code])
