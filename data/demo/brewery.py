"""All tables of the demo brewery, made in the order in which they depend on each other."""

import polars as pl

from data.demo.accounts import accounts_table
from data.demo.buyers import make_buyers
from data.demo.catalogue import make_catalogue, products_table
from data.demo.contacts import contacts_table
from data.demo.demand import make_demand
from data.demo.field import make_activities
from data.demo.goals import rebates_table, targets_table
from data.demo.leads import make_leads
from data.demo.ledger import receivables_table
from data.demo.lines import World, returns_among
from data.demo.network import make_network
from data.demo.outlets import lines_of_outlets, make_outlets
from data.demo.people import make_force, salespeople_table
from data.demo.pipeline import make_pipeline
from data.demo.places import regions_table
from data.demo.plans import development_plans_table, make_plans
from data.demo.programmes import make_programmes, programmes_table
from data.demo.prospects import prospect_scores_table
from data.demo.sales import make_sales
from data.demo.span import Span
from data.demo.visits import make_visits
from data.demo.wallet import wallet_table


def make_brewery(lines: int, seed: int, span: Span) -> dict[str, pl.DataFrame]:
    """A frame for each contract table, by name."""
    force, catalogue = make_force(seed), make_catalogue(seed)
    buyers, leads = make_buyers(seed, force), make_leads(seed)
    programmes, plans = make_programmes(seed, span, buyers), make_plans(seed, span, force)
    network, visits = make_network(seed, span, force, buyers, plans), make_visits(seed, force, buyers)
    outlets = make_outlets(seed, span, network)
    direct = lines_of_outlets(lines, outlets)
    demand = make_demand(seed, lines - returns_among(lines) - direct, span, buyers, catalogue, programmes, visits)
    sales = make_sales(World(seed, lines, span, force, buyers, catalogue, programmes, demand, outlets, direct))
    accounts = accounts_table(seed, span, force, buyers, network, sales.net_cents)
    opportunities, stage_events = make_pipeline(seed, span, force, buyers, catalogue, network, leads)
    return {
        "regions": regions_table(),
        "salespeople": salespeople_table(force),
        "accounts": accounts,
        "contacts": contacts_table(seed, span, accounts, network.prospects.ids[leads.is_nameless]),
        "products": products_table(catalogue, span, seed),
        "transactions": sales.frame,
        "receivables": receivables_table(seed, span, buyers, sales.net_cents),
        "activities": make_activities(seed, span, force, buyers, network, leads, plans, programmes, visits, sales.order_days),
        "opportunities": opportunities,
        "stage_events": stage_events,
        "prospect_scores": prospect_scores_table(seed, span, buyers, network, leads),
        "targets": targets_table(seed, span, force, buyers, catalogue, demand),
        "development_plans": development_plans_table(plans, span, force),
        "wallet": wallet_table(seed, span, buyers, network, leads, sales.net_cents),
        "programmes": programmes_table(programmes, span),
        "rebates": rebates_table(seed, span, buyers, catalogue, demand),
    }
