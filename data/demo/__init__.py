"""The demo brewery: a whole company made up from a seed, so that a fresh start shows every page at work.

Nothing in it is real. `demo_tables` gives one frame per table of the contract, `demo_truth` what was constructed, for
tests to compare measures with. The modules, in the order in which the company is made:

    places, people, catalogue    where, who, what
    buyers, rhythm               who buys, in which pattern and season: the truth
    plans, network, leads, visits  salespeople's plans, wholesalers, outlets, prospects and how good they are, visits
    outlets                      which outlets the brewery serves itself, when they order and leave: the truth about them
    assortment                   which products a buyer keeps together, and since when
    programmes, demand           what moves demand; volume, products and prices by month
    lines, sales                 order lines, in the order of their dates
    accounts, contacts, guests, field, stages, pipeline, prospects, wallet, ledger, goals      the other tables
"""

from datetime import date

import polars as pl

from data.contract import TABLES
from data.demo.brewery import make_brewery
from data.demo.buyers import make_buyers
from data.demo.network import make_network
from data.demo.outlets import make_outlets, outlet_truth_table
from data.demo.people import make_force
from data.demo.plans import make_plans
from data.demo.rhythm import truth_table
from data.demo.span import THROUGH, Span

__all__ = ["THROUGH", "demo_outlet_truth", "demo_tables", "demo_truth"]


def demo_tables(lines: int = 250_000, seed: int = 7, through: date = THROUGH) -> dict[str, pl.DataFrame]:
    """One frame per contract table, all columns in the contract's order; equal for equal arguments.

    `lines` is the exact number of transactions, five years that end with the month of `through`. It never changes the number of
    accounts or products: more lines are more orders and longer ones. Beyond 250,000 volume grows with the square root of
    `lines`; below about 65,000 accounts have months without sales that their pattern does not explain.
    """
    if lines < 1:
        raise ValueError("lines must be at least 1")
    made = make_brewery(lines, seed, Span(through))
    return {name: made[name].select([column.name for column in table.columns]) for name, table in TABLES.items()}


def demo_truth(seed: int = 7, through: date = THROUGH) -> pl.DataFrame:
    """What was constructed for each buying account (see `rhythm.truth_table`): it does not depend on the number of lines."""
    return truth_table(make_buyers(seed, make_force(seed)), Span(through))


def demo_outlet_truth(seed: int = 7, through: date = THROUGH) -> pl.DataFrame:
    """What was constructed for each outlet that the brewery serves itself (see `outlets.outlet_truth_table`)."""
    span, force = Span(through), make_force(seed)
    network = make_network(seed, span, force, make_buyers(seed, force), make_plans(seed, span, force))
    return outlet_truth_table(make_outlets(seed, span, network))
