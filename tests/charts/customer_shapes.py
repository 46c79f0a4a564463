"""Small frames for the shapes of share of wallet, coverage, early warnings' record and two accounts side by side."""

from datetime import date

import polars as pl

from charts.accounts.side_by_side import side_by_side
from charts.customers.alarm_record import alarm_record
from charts.customers.plan_range import plan_range
from charts.customers.territories import territories
from charts.customers.wallet import wallet
from charts.customers.wallet_split import wallet_split
from data.language import _
from measures.customers.territories import move_account
from measures.customers.territories import territories as judged
from measures.customers.warning_record import LOG_SCHEMA, over_time

BAND = 0.15
HELD = pl.DataFrame(
    {"account_id": ["a", "b", "c"], "account": ["Aurora", "Bravo", "Costa"], "own": [60.0, 10.0, 0.0], "share": [0.5, 0.2, 0.0],
     "share_high": [0.7, 0.2, 0.0], "upcoming": [30.0, 5.0, None], "headroom": [60.0, 40.0, 9.0], "wallet": [120.0, 50.0, 9.0],
     "tag": ["modelled", "declared", "observed"], "strategy": ["defend", "acquire", "acquire"]}
)  # fmt: skip
STRATEGIES = pl.DataFrame({"strategy": ["defend", "develop", "keep_contact", "acquire"], "accounts": [1, 0, 0, 2], "headroom": [60.0, 0.0, 0.0, 49.0]})
BOUGHT = pl.DataFrame({"category": ["Beer", None], "own": [60.0, None], "wallet": [100.0, 5.0]})
RIVALS = pl.DataFrame({"category": ["Beer", "Beer", None], "competitor": ["Rival", None, "Rival"], "amount": [30.0, 10.0, 5.0]})
NEEDED = pl.DataFrame(
    {"region": ["North", None], "people_now": [3, None], "people_low": [5.3, 1.0], "people_high": [5.8, 1.0], "workload_people": [2.5, 0.5]},
    schema_overrides={"people_now": pl.Int64},
)
OWNED = pl.DataFrame(
    [(name, name, name.title(), name == "boss", calls, money) for name, calls, money in (("ana", 120.0, 50.0), ("ben", 80.0, 450.0), ("boss", 1.0, 1.0))],
    schema=["account_id", "salesperson_id", "salesperson", "is_leader", "calls_needed", "potential"], orient="row",
).with_columns(role=pl.lit(None, pl.String), region_id=pl.lit("N"), region=pl.lit("North"), net_sales=pl.col("potential"))  # fmt: skip
LOGGED = pl.DataFrame(
    [{"account_id": str(place), "seen_on": date(2025, month, 20), "outcome": outcome} for place, (outcome, month) in enumerate(
        [("true_alarm", 9), ("false_alarm", 9), ("missed", 10), ("true_alarm", 10), (None, 11)])],
    schema=LOG_SCHEMA,
)  # fmt: skip
MONTHLY = pl.DataFrame({"month": [date(2026, month, 1) for month in (1, 2, 3)], "net_sales": [10.0, 12.0, 8.0]})


def a_plan(frame: pl.DataFrame, look: str = "light", *, beside: bool = False):
    """The need and the people there of these regions."""
    second = ("workload_people", _("By calls")) if beside else None
    return plan_range(frame, name="region", actual="people_now", low="people_low", high="people_high", title=_("People"), beside=second,
                      theme=look, finding="It rose")  # fmt: skip


CUSTOMER_SHAPES = {
    "wallet": lambda look: wallet(HELD, share_cut=0.5, upcoming_cut=20.0, strategies=STRATEGIES, theme=look, finding="It rose"),
    "wallet split": lambda look: wallet_split(BOUGHT, RIVALS, theme=look, finding="It rose"),
    "territories": lambda look: territories(
        judged(OWNED, BAND), band=BAND, move=move_account(OWNED, "ana", "ben", BAND), theme=look, finding="It rose"
    ),
    "alarm record": lambda look: alarm_record(over_time(LOGGED), theme=look, finding="It rose"),
    "side by side": lambda look: side_by_side(MONTHLY, MONTHLY.head(2), names=("Aurora", "Bravo"), theme=look, finding="It rose"),
}
EMPTY_CUSTOMER_SHAPES = {
    "wallet": lambda: wallet(HELD.clear(), share_cut=0.5, upcoming_cut=None, strategies=STRATEGIES.clear()),
    "wallet split": lambda: wallet_split(BOUGHT.clear(), RIVALS.clear()),
    "plan range": lambda: a_plan(NEEDED.clear()),
    "plan range with calls": lambda: a_plan(NEEDED.clear(), beside=True),
    "territories": lambda: territories(judged(OWNED.clear(), BAND), band=BAND),
    "alarm record": lambda: alarm_record(over_time(LOGGED.clear())),
    "side by side": lambda: side_by_side(MONTHLY.clear(), MONTHLY.clear(), names=("Aurora", "Bravo")),
}
