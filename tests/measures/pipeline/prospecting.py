"""A small company with prospects for tests: accounts, their scores, deals with their events, and what people write."""

from datetime import date, timedelta

from data.access import Viewer
from data.records import Record
from measures.pipeline.prospects import THRESHOLDS, Prospects, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

INDICATORS = (
    "strength", "management", "network", "purchasing power", "marketing", "growth", "advantage", "strategic importance",
)  # fmt: skip
REGIONS = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
PRODUCTS = [{"product_id": "P", "product": "Lager"}]
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
SALES = [(date(2025, month, 1), "C", "P", 10, 1000.0, 600.0) for month in range(1, 13)] + [(LAST, "C", "P", 1, 1.0, 0.6)]
"""A customer with 12,001 a year at a margin of 40 %."""


def account(account_id: str, region: str = "N", **more: object) -> dict:
    return {"account_id": account_id, "account": f"Account {account_id}", "kind": "distributor", "region_id": region, **more}


def scored(account_id: str, score: float, on: date | None = FIRST, of: int = 8) -> list[dict]:
    """The same score on the first so many indicators."""
    return [{"account_id": account_id, "indicator": name, "score": score, "scored_on": on} for name in INDICATORS[:of]]


def deal(number: str, account_id: str, created: date, end: str | None = None, closed: date | None = None, **more: object) -> tuple[dict, list[dict]]:
    """A deal and its events: a first stage, an offer five days later, and its end."""
    events = [{"opportunity_id": number, "stage": "lead", "entered_on": created}, {"opportunity_id": number, "stage": "offer", "entered_on": created + timedelta(5)}]
    if end:
        events.append({"opportunity_id": number, "stage": end, "entered_on": closed or created + timedelta(40)})
    return {"opportunity_id": number, "account_id": account_id, "created_on": created, **more}, events


def store_of(folder, accounts: list[dict], scores: list[list[dict]], deals: list[tuple[dict, list[dict]]] = (), **more):
    listed = [account("C"), *accounts]
    chosen = {"prospect_scores": [row for rows in scores for row in rows]} if scores else {}
    if deals:
        chosen |= {"opportunities": [row for row, _events in deals], "stage_events": [event for _row, events in deals for event in events]}
    return make_store(folder, regions=REGIONS, accounts=listed, products=PRODUCTS, transactions=lines(*SALES), **chosen, **more)


def prospects(store, filters: Filters | None = None, viewer: Viewer | None = None, **overrides) -> Prospects:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def by_id(found: Prospects) -> dict[str, dict]:
    return {row["account_id"]: row for row in found.prospects.iter_rows(named=True)}


def told(account_id: str, monthly: float, month: int = 6) -> dict:
    return {"account_id": account_id, "month": date(2025, month, 1), "amount": monthly, "competitor": "Rival"}


def eight(account_id: str, wins: int) -> list[tuple[dict, list[dict]]]:
    """Eight closed deals, so many of them won at last."""
    ends = ["lost"] * (8 - wins) + ["won"] * wins
    return [deal(f"{account_id}{n}", account_id, date(2025, 2, 1 + n), end) for n, end in enumerate(ends)]


def written(topic: str, account_id: str, on: str = "2025-12-30", **content: object) -> Record:
    return Record(1, 1, "prospect", account_id, {"topic": topic, **content}, True, "ana@example.com", f"{on}T10:00:00+00:00")


def many(count: int) -> tuple[list[dict], list[list[dict]], list[tuple[dict, list[dict]]]]:
    """So many rated accounts with one closed deal each: nine of ten good ones sign, one of ten others."""
    accounts = [account(f"A{n:03}") for n in range(count)]
    scores, deals = [], []
    for n in range(count):
        good, odd = n % 2 == 0, n % 10 < 2 and n % 20 < 2
        scores.append([row | {"score": row["score"] + (n * (7 + place) % 11)} for place, row in enumerate(scored(f"A{n:03}", 75 if good else 20))])
        deals.append(deal(f"D{n:03}", f"A{n:03}", date(2025, 1, 10) + timedelta(n * 2), "won" if good != odd else "lost"))
    return accounts, scores, deals
