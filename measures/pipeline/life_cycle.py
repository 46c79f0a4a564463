"""Who comes, who comes back, and who goes? The accounts' life cycle at the period's end (measures.pipeline.life_stages), the protection of leads,
and, asked apart by PARTS, hand-overs of accounts and deals that open, renew or refer a customer (methods.md section 4, sources 000 and 002).
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from measures.held import held_tables
from measures.pipeline import account_stages, life_stages
from measures.pipeline.chosen_deals import OF_ACCOUNTS
from measures.pipeline.leads import lead_totals
from measures.pipeline.life_leads import CONTACT_THRESHOLDS, watched_deals
from measures.pipeline.stage_reading import Reading, reading
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask, together

THRESHOLDS = (*account_stages.LIFE_THRESHOLDS, *OF_ACCOUNTS, *CONTACT_THRESHOLDS, "referral_sources")
PARTS = ("life_leads", "life_hand_overs", "life_openings")


@dataclass(frozen=True)
class LifeCycle:
    """Accounts by stage of their life at the period's end; `accounts` one by one. `supplied` are those that another account serves.

    Where the viewer sees no deal at all there is no stage of opportunities, and the value of open deals is null.

    `repurchase` counts first-time buyers by quarter, `lead_totals` the deals open at the end.
    """

    life_cycle: pl.DataFrame
    accounts: pl.DataFrame
    repurchase: pl.DataFrame
    lead_totals: pl.DataFrame
    supplied: int
    as_of: date | None


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> LifeCycle:
    """The life cycle of the accounts within the filters, as it stood on the period's last day."""
    now = reading(ask, filters, cuts)
    end = now.period_end
    placed, earlier, deals, held = together(
        lambda: account_stages.placed(now, end), lambda: _earlier(now), lambda: watched_deals(now), lambda: held_tables(ask)
    )
    own = placed.filter(pl.col("life_stage").is_not_null())
    counted = life_stages.counted(own, earlier)
    return LifeCycle(
        life_cycle=counted if held["deals"].item() else life_stages.without_deals(counted), accounts=own.select(life_stages.SHOWN), repurchase=life_stages.repurchase(placed, end),
        lead_totals=lead_totals(deals), supplied=placed.height - own.height, as_of=now.as_of,
    )  # fmt: skip


def _earlier(now: Reading) -> pl.DataFrame | None:
    """The accounts by stage on the day before the period; None where it has no beginning."""
    if now.filters.from_date is None:
        return None
    day = now.filters.from_date - timedelta(days=1)
    return life_stages.placed(account_stages.standing(now, day), account_stages.rules(now, day))
