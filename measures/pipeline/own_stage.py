"""Where does one account stand in its life cycle? Its row of account_stages, from what is asked of the account alone.

Its own months with an order decide, once it has a rhythm; what deals and contacts say matters only before the first order. How soon the
other accounts of its model buy again is asked for where its stage waits for that.
"""

from dataclasses import replace
from datetime import date

import polars as pl

from measures.pipeline import life_stages
from measures.pipeline.account_stages import accounts, after, by_model, owners, rules
from measures.pipeline.order_runs import order_runs
from measures.pipeline.stage_reading import Reading, reading
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

UNTOUCHED = {"has_touch": False, "has_deal": False, "has_open_deal": False}


def stage_of(ask: Ask, filters: Filters, cuts: Cuts) -> str | None:
    """The stage of the one account of filters.account_ids, by its own sales model; None where it has none, or is out of sight."""
    return stage_in(ask, filters, cuts, ask("accounts/tree", filters))


def stage_in(ask: Ask, filters: Filters, cuts: Cuts, tree: pl.DataFrame) -> str | None:
    """The same of rows of queries/accounts/tree."""
    is_own = pl.col("account_id").is_in(list(filters.account_ids or ()))
    own = tree.filter(is_own)
    now = reading(ask, Filters(filters.from_date, filters.to_date), cuts)
    owner = owners(own, now).first()
    if owner:
        now = by_model(now, owner)
    found = _known(now, filters, own)
    if life_stages.waits_for_others(found):
        found = accounts(now, now.period_end)
    return life_stages.placed(found, rules(now, now.period_end)).filter(is_own)["life_stage"].first()


def _known(now: Reading, filters: Filters, own: pl.DataFrame) -> pl.DataFrame:
    """The account's row of account_stages.accounts as far as its stage needs it; none before it was opened."""
    end = now.period_end
    opened = pl.col("opened_on").fill_null(pl.lit(end, pl.Date)) <= pl.lit(end, pl.Date)
    there = own.lazy().filter(opened).select("account_key", "account_id", pl.col("parent_account_id").is_not_null().alias("has_parent"))
    months = now.ask("pipeline/order_months", replace(now.filters, account_ids=filters.account_ids), before=after(now, end))
    found = there.join(order_runs(months, now.windows.lost_months).lazy(), on="account_key", how="left").collect(engine="in-memory")
    return found.with_columns(pl.lit(value).alias(name) for name, value in _contact(now, end, found).items())


def _contact(now: Reading, end: date | None, found: pl.DataFrame) -> dict[str, bool]:
    if found["orders"].null_count() == 0:
        return UNTOUCHED
    known = now.ask("pipeline/contact_of_account", now.filters, account_key=found["account_key"].item(), until=end, closed=now.order.closed_numbers)
    return known.row(0, named=True)
