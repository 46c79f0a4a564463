"""The names beside deals that are shown: of accounts, regions and salespeople. They cost more than all else that is asked of open deals."""

import polars as pl

from queries.filters import Filters
from queries.runner import Ask

NAMES = ("account_id", "account", "region_id", "region", "salesperson_id", "salesperson")
KEYS = ("opportunity_key", "account_key")


def named(ask: Ask, filters: Filters, deals: pl.DataFrame) -> pl.DataFrame:
    """Rows of queries/pipeline/open_values.sql, with more columns or fewer rows, in their order: NAMES after the id in place of KEYS."""
    names = ask("pipeline/deal_names", filters, deals=deals["opportunity_key"].to_list())
    joined = deals.join(names, on="opportunity_key", how="left", maintain_order="left")
    return joined.select("opportunity_id", *NAMES, pl.exclude("opportunity_id", *NAMES, *KEYS))
