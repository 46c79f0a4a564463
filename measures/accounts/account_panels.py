"""The seven panels of 7P for one account (coverage.md number 13, source 001): Profile, Persistency, Profitability, Performance, Prospecting,
Product, Promotion. Each fact is a number with its unit, or a code or name; a fact that nobody knows is null.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from measures.accounts.account import Account
from measures.accounts.account_habits import Habits, habits
from measures.accounts.account_market import AccountMarket
from measures.accounts.account_products import assortment
from measures.held import only_known
from measures.metrics import ratio
from measures.pipeline.sales_model import ended_words
from measures.pipeline.stage_order import LOST, WON
from measures.thresholds import Cuts
from queries.filters import add_months

PANELS = ("profile", "persistency", "profitability", "performance", "prospecting", "product", "promotion")
SCHEMA = {"panel": pl.String, "fact": pl.String, "unit": pl.String, "value": pl.Float64, "text": pl.String}

Fact = tuple[str, str, float | str | None]


def panels(answer: Account, market: AccountMarket, place: Mapping[str, object], cuts: Cuts) -> pl.DataFrame:
    """Every panel's facts in order, by SCHEMA. `place` may hold tier, abc and quadrant, which other answers know."""
    if answer.profile.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    row = answer.profile.row(0, named=True)
    usual = habits(answer.orders, row["account_id"])
    parts = (
        _profile(row, usual, place), _persistency(answer, row), _profitability(answer, row), _performance(answer, row),
        _prospecting(answer, market, row["as_of"], cuts), _product(answer, market), _promotion(answer, usual),
    )  # fmt: skip
    found = pl.DataFrame([_row(panel, *fact) for panel, facts in zip(PANELS, parts, strict=True) for fact in facts], schema=SCHEMA, orient="row")
    return only_known(found, market.known, "value")


def _row(panel: str, name: str, unit: str, value: float | str | None) -> tuple:
    is_text = unit in ("code", "name")
    return (panel, name, unit, None if is_text or value is None else float(value), value if is_text else None)


def _profile(row: Mapping[str, object], usual: Habits, place: Mapping[str, object]) -> list[Fact]:
    return [
        ("life_stage", "code", row["life_stage"]), ("tier", "code", place.get("tier")), ("quadrant", "code", place.get("quadrant")),
        ("on_time_rate", "rate", row["on_time_rate"]), ("utilisation_rate", "rate", row["utilisation_rate"]),
        ("days_between", "days", usual.days_between), ("order_value", "money", usual.order_value),
    ]  # fmt: skip


def _persistency(answer: Account, row: Mapping[str, object]) -> list[Fact]:
    found = assortment(answer.products, answer.stopped)
    return [
        ("tenure_years", "number", ratio(row["tenure_days"], 365.25)), ("active_months_12m", "count", row["active_months_12m"]),
        ("kept_share", "rate", found.kept_share), ("products_kept", "count", found.kept),
        ("products_gained", "count", found.gained), ("products_lost", "count", found.lost),
    ]  # fmt: skip


def _profitability(answer: Account, row: Mapping[str, object]) -> list[Fact]:
    """Margin of the last twelve months; what visits and events of the period cost stands beside the period's own margin."""
    margin = answer.monthly["margin"].sum() if answer.monthly["margin"].count() else None
    cost = answer.activity_totals["activity_cost"].item()
    return [
        ("margin_12m", "money", row["margin_12m"]), ("margin_rate_12m", "rate", row["margin_rate_12m"]),
        ("margin_in_period", "money", margin), ("activity_cost", "money", cost),
        ("margin_after_activities", "money", None if margin is None or cost is None else margin - cost),
        ("return_rate_12m", "rate", row["return_rate_12m"]),
    ]  # fmt: skip


def _performance(answer: Account, row: Mapping[str, object]) -> list[Fact]:
    named = answer.categories.filter(pl.col("category").is_not_null())
    top = named.row(0, named=True) if named.height else dict.fromkeys(named.columns)
    compared = named.filter(pl.col("previous").is_not_null()).with_columns((pl.col("net_sales") - pl.col("previous")).alias("moved")).sort("moved")
    below = answer.children["net_sales"].sum() if answer.children.height else None
    return [
        ("net_sales_12m", "money", row["net_sales_12m"]), ("change_rate_12m", "rate", row["change_rate_12m"]),
        ("top_category", "name", top["category"]), ("top_category_share", "rate", top["share"]),
        ("category_grown", "name", compared["category"].last() if compared.height and compared["moved"].last() > 0 else None),
        ("category_fallen", "name", compared["category"].first() if compared.height and compared["moved"].first() < 0 else None),
        ("sales_below", "money", below),
    ]  # fmt: skip


def _prospecting(answer: Account, market: AccountMarket, as_of: date, cuts: Cuts) -> list[Fact]:
    won, lost = (market.deals.filter(ended_as(cuts, end)).height for end in (WON, LOST))
    pending = market.deals.filter(~ended_as(cuts, WON, LOST))
    new = answer.children.filter(pl.col("opened_on") >= add_months(as_of, -12))
    return [
        ("accounts_below", "count", answer.children.height), ("opened_below_12m", "count", new.height),
        ("open_deals", "count", pending.height), ("open_value", "money", pending["expected_amount"].sum()),
        ("win_rate", "rate", ratio(won, won + lost)), ("deal_source", "name", _commonest(market.deals["source"])),
    ]  # fmt: skip


def _product(answer: Account, market: AccountMarket) -> list[Fact]:
    found = assortment(answer.products, answer.stopped)
    peers = market.peers.row(0, named=True)
    return [
        ("products_bought", "count", found.products), ("peer_products", "number", peers["median_products"]),
        ("top_product", "name", answer.products["product"].first() if found.products else None), ("top_product_share", "rate", found.top_share),
        ("effective_products", "number", found.effective), ("gap_product", "name", market.gaps["product"].first()),
    ]  # fmt: skip


def _promotion(answer: Account, usual: Habits) -> list[Fact]:
    worked = answer.activity_totals.row(0, named=True)
    return [
        ("promotion_share", "rate", usual.promotion_share), ("programmes_used", "count", usual.programmes),
        *((name, "count", worked[name]) for name in ("events_attended", "visits_made", "calls_made")),
    ]  # fmt: skip


def ended_as(cuts: Cuts, *ends: str) -> pl.Expr:
    """Whether a deal's last stage means one of these ends; one without stages is open."""
    return pl.col("stage").str.strip_chars().str.to_lowercase().is_in(list(ended_words(cuts, *ends))).fill_null(False)


def _commonest(values: pl.Series) -> str | None:
    """The commonest value; of several the first by name."""
    counts = values.drop_nulls().value_counts(sort=False).sort("count", values.name, descending=[True, False])
    return counts[values.name].first()
