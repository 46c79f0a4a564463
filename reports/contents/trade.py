"""Decks about trade: products, rebates, programmes, and what of a change is price, volume and mix."""

from charts.bridge import bridge
from charts.findings.customers import value_views
from charts.findings.trade import products as products_finding
from charts.findings.trade import programmes as programmes_finding
from charts.findings.trade import rebates as rebates_finding
from charts.trade.varieties import varieties
from measures.thresholds import Cuts
from measures.trade.price_volume_mix import PriceVolumeMix
from measures.trade.products import Products
from measures.trade.programmes import Programmes
from measures.trade.rebates import Rebates
from reports.deck import Slide

PROGRAMMES = ("programme", "kind", "cost_here", "extra_margin", "payback", "payback_low", "payback_high", "status")
NEAR = ("account", "scheme_id", "value_to_date", "natural_year", "push_tier", "distance", "gain", "verdict")


def products(answer: Products, _cuts: Cuts) -> list[Slide]:
    """Distribution against rate of sale."""
    if answer.products.is_empty():
        return []
    finding = products_finding.sentence(answer)
    return [Slide(finding, chart=varieties(answer.products, finding=finding))]


def price_volume_mix(answer: PriceVolumeMix, _cuts: Cuts) -> list[Slide]:
    """What of the change is price, volume, mix, products, accounts."""
    if answer.ends.is_empty():
        return []
    finding = value_views.moved(answer.price_volume_mix, answer.ends.row(0, named=True))
    return [Slide(finding, chart=bridge(answer.price_volume_mix, finding=finding))]


def programmes(answer: Programmes, _cuts: Cuts) -> list[Slide]:
    """What each programme cost and what went with it."""
    if answer.programmes.is_empty():
        return []
    rows = answer.programmes.select(name for name in PROGRAMMES if name in answer.programmes.columns)
    return [Slide(programmes_finding.sentence(answer), table=rows)]


def rebates(answer: Rebates, _cuts: Cuts) -> list[Slide]:
    """Who is near a tier, and what reaching it is worth."""
    if answer.accounts.is_empty():
        return []
    near = answer.accounts.filter("is_near").sort("gain", descending=True, maintain_order=True)
    rows = near.select(name for name in NEAR if name in near.columns)
    return [Slide(rebates_finding.sentence(answer), table=rows)]


SLIDES = {"products": products, "price_volume_mix": price_volume_mix, "programmes": programmes, "rebates": rebates}
