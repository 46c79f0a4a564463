"""What do peers buy that an account does not, and what would it be worth? Accounts × products (methods.md section 12; source 003).

The window is the last twelve complete months of the data, or of the period where it ends earlier; its beginning plays no part. The
evidence is what every account that the viewer sees buys, whatever the filters: these say to whom and what is proposed. So a regional lead's
proposals rest on their region only, and no other account's name or figure is in them but as a count or a median.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from measures.blocks import blocks
from measures.history import History, whole_history, within
from measures.names import named
from measures.peers import IN_CACHE, ranks
from measures.pipeline.affinity import Affinity, affinity, proposals, scores
from measures.pipeline.expected_purchase import Buyers, buyers_of, expected
from measures.pipeline.named_people import with_people
from measures.pipeline.proposal_trial import SCHEMA as RECALL_SCHEMA
from measures.pipeline.proposal_trial import recall_table
from measures.pipeline.purchases import Purchases, Trial, purchases, trial
from measures.pipeline.spellings import channels
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.trade.product_pairs import SCHEMA as PAIRS_SCHEMA
from measures.trade.product_pairs import pairs
from measures.typed import filled, framed, typed
from queries.cache import made_once
from queries.filters import Filters, add_months
from queries.runner import Ask, begin

THRESHOLDS = ("proposal_rank", "proposal_count", "least_co_buyers", "hidden_months")
REASONS = 2
"""Own products that are named as speaking for a proposal."""

WHITE_SPACE_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "region_id": pl.String, "region": pl.String, "channel": pl.String,
    "salesperson": pl.String, "product_id": pl.String, "product": pl.String, "category": pl.String, "rank": pl.Int64, "nearness": pl.Float64,
    "buyers": pl.Int64, "peers": pl.Int64, "expected_quantity": pl.Float64, "expected_sales": pl.Float64, "because": pl.String,
}  # fmt: skip
PRODUCTS_SCHEMA = {
    "product_id": pl.String, "product": pl.String, "category": pl.String, "buyers": pl.Int64, "buyer_rate": pl.Float64,
    "proposals": pl.Int64, "expected_quantity": pl.Float64, "expected_sales": pl.Float64,
}  # fmt: skip
SUMS = ("proposals", "expected_quantity", "expected_sales")
"""Of a product's proposals."""
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "window_from": pl.Date, "hidden_from": pl.Date, "buying_accounts": pl.Int64, "evidence_accounts": pl.Int64,
    "products": pl.Int64, "catalogue": pl.Int64, "proposals": pl.Int64, "accounts": pl.Int64, "expected_sales": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class WhiteSpaceProducts:
    """`white_space`: products proposed to each account, the largest expected net sales first. `space_products`: the same by product.

    `recall`: how well both ranks foretold the hidden months. `pairs`: products that go together. `space_summary` has one row.
    Expected figures are of a year, if the account bought the product as the ten buyers most like it do.
    """

    white_space: pl.DataFrame
    space_products: pl.DataFrame
    recall: pl.DataFrame
    pairs: pl.DataFrame
    space_summary: pl.DataFrame


@dataclass(frozen=True)
class _Window:
    """Months, half-open: what is learnt from, what is hidden in the test, and the last year."""

    known_from: date
    start: date
    hidden_from: date
    end: date


@dataclass(frozen=True)
class _Evidence:
    """What everybody buys in the year, and what follows from that alone, whatever is filtered and proposed: a page makes it once."""

    found: Purchases
    learnt: Affinity
    buyers: Buyers


@dataclass(frozen=True)
class _Made:
    """What is proposed (`rows`), its `sums` by product, which products go together, the accounts that buy and the products within the filters."""

    rows: pl.DataFrame
    sums: np.ndarray
    pairs: pl.DataFrame
    buys: pl.DataFrame
    products: pl.DataFrame


@dataclass(frozen=True)
class _Tested:
    """The trial, and how well both ranks did in it."""

    trial: Trial
    recall: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> WhiteSpaceProducts:
    """The white space at the end of the complete months."""
    whole = whole_history(ask)
    span = within(whole, filters.within(None, filters.to_date)) if whole else None
    if span is None or span.length == 0:
        return _nothing()
    window, least = _window(span, int(cuts["hidden_months"])), int(cuts["least_co_buyers"])
    # The trial's question takes longest and nothing is proposed by it: it is begun first and waited for last.
    tried = begin(lambda: ask("pipeline/trial_products", Filters(from_date=window.known_from, to_date=window.end), hidden_from=window.hidden_from))
    shown = begin(lambda: ask("pipeline/proposal_accounts", filters), lambda: ask("seasons/board_products", filters))
    evidence = made_once(ask, ("white_space_evidence", window.start, window.end, least), lambda: _evidence(ask, window, least))
    tested = begin(lambda: made_once(ask, ("white_space_trial", window, least), lambda: _tested(evidence.found, tried()[0], least)))
    accounts, products = shown()
    made = _made(evidence, _buying(ask, accounts, evidence.found), products, window, cuts)
    return _answered(evidence, tested()[0], made, window)


def _evidence(ask: Ask, window: _Window, least: int) -> _Evidence:
    found = purchases(ask("pipeline/bought_products", Filters(from_date=window.start, to_date=window.end)))
    return _Evidence(found, affinity(found.bought, least), buyers_of(found))


def _tested(found: Purchases, tried: pl.DataFrame, least: int) -> _Tested:
    tables = trial(found, tried)
    return _Tested(tables, recall_table(tables, least))


def _window(span: History, hidden: int) -> _Window:
    hidden_from = add_months(span.end, -hidden)
    return _Window(add_months(hidden_from, -YEAR), add_months(span.end, -YEAR), hidden_from, span.end)


def _placed(frame: pl.DataFrame, keys: pl.Series, known: np.ndarray, positions: np.ndarray) -> pl.DataFrame:
    """The rows whose key is at one of the `positions` among the `known` ones, with its `position` there. Keys are small numbers."""
    place = np.full(max(keys.max() or 0, known.max(initial=0)) + 1, -1)
    place[known[positions]] = positions
    position = place[keys]
    return frame.filter(pl.Series(position >= 0)).with_columns(position=pl.Series(position[position >= 0]))


def _placed_products(products: pl.DataFrame, known: np.ndarray) -> pl.DataFrame:
    return _placed(products, products["product_key"], known, np.arange(len(known)))


def _buying(ask: Ask, accounts: pl.DataFrame, found: Purchases) -> pl.DataFrame:
    """The accounts that bought something in the year, with their `position` and what they are called, by account_id."""
    positions = np.flatnonzero(found.bought.any(axis=1) & (found.size > 0))
    described = named(ask, _placed(accounts, accounts["account_key"], found.accounts, positions), "account_descriptions")
    return with_people(ask, channels(ask).named(described, "channel")).sort("account_id")


def _made(evidence: _Evidence, buys: pl.DataFrame, products: pl.DataFrame, window: _Window, cuts: Cuts) -> _Made:
    found, learnt = evidence.found, evidence.learnt
    bought = found.bought
    placed = _placed_products(products, found.products)
    proposed = _proposed(bought, learnt, buys, _on_offer(placed, window.end, len(found.products)), cuts)
    worth = _worth(evidence, proposed)
    rows = _named(worth, _reasons(bought, learnt, placed, proposed, cuts), buys, placed)
    return _Made(rows, _sums(worth, len(found.products)), pairs(learnt, placed.select("position", "product_id", "product")), buys, products)


def _answered(evidence: _Evidence, tested: _Tested, made: _Made, window: _Window) -> WhiteSpaceProducts:
    """The answer once the trial tells which products there are beside those of the year."""
    of_trial, buys = tested.trial, made.buys
    counts = np.zeros((1 + len(SUMS), len(of_trial.products)))
    counts[:, : len(evidence.found.products)] = evidence.found.bought[buys["position"]].sum(axis=0), *made.sums
    products = _placed_products(made.products, of_trial.products)
    counted = products.hstack(framed(dict(zip(("buyers", *SUMS), counts[:, products["position"]], strict=True))))
    summary = _summary(evidence.found, of_trial, window, made.rows, buys)
    return WhiteSpaceProducts(made.rows, _by_product(counted, buys.height), tested.recall, made.pairs, summary)


def _on_offer(products: pl.DataFrame, end: date, count: int) -> np.ndarray:
    """Which positions may be proposed: within the filters and not discontinued."""
    goes_on = products.filter(pl.col("discontinued_on").is_null() | (pl.col("discontinued_on") >= end))
    offered = np.zeros(count, bool)
    offered[goes_on["position"]] = True
    return offered


def _proposed(bought: np.ndarray, learnt: Affinity, buys: pl.DataFrame, offered: np.ndarray, cuts: Cuts) -> pl.DataFrame:
    """The proposals: `row` of `buys` and position `place` of the account, `product_place`, rank and nearness; in the order of accounts and ranks."""

    def weigh(own: np.ndarray) -> np.ndarray:
        return np.where(offered, scores(own, learnt.cosine) if cuts["proposal_rank"] == "cosine" else learnt.popularity, 0.0)

    places = buys["position"].to_numpy()
    found = proposals(bought[places], weigh, int(cuts["proposal_count"]))
    return framed({"row": found.account, "place": places[found.account], "product_place": found.product, "rank": found.rank, "nearness": found.weight})


def _worth(evidence: _Evidence, made: pl.DataFrame) -> pl.DataFrame:
    """The proposals with what the account would buy a year, and how many accounts that rests on."""
    product = made["product_place"].to_numpy()
    worth = expected(evidence.found, evidence.buyers, made["place"].to_numpy(), product)
    return made.with_columns(
        buyers=pl.Series(evidence.learnt.buyers[product]), peers=pl.Series(worth.peers),
        expected_quantity=pl.Series(worth.quantity, nan_to_null=True), expected_sales=pl.Series(worth.net_sales, nan_to_null=True),
    )  # fmt: skip


def _reasons(bought: np.ndarray, learnt: Affinity, products: pl.DataFrame, made: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """reason_1, reason_2: positions of the account's products (of those shown) that go with the proposal more often than by chance."""
    shown = np.zeros(len(learnt.both), bool)
    shown[products["position"]] = cuts["proposal_rank"] == "cosine"
    account, product = made["place"].to_numpy(), made["product_place"].to_numpy()
    # How near each product is among those that speak for another, as a short number; what does not, or is not the account's, stands behind them.
    none = np.int32(len(shown))
    place = np.where(learnt.excess > 0, ranks(learnt.excess).argsort(axis=1).argsort(axis=1), none).astype(np.int32)
    behind = np.where(bought & shown, np.int32(0), none)
    found = np.full((REASONS, made.height), -1)
    for rows in blocks(made.height, max(1, IN_CACHE // max(len(shown), 1))):
        rank = place[product[rows]] + behind[account[rows]]
        at = np.arange(len(rank))
        for reason in found:
            near = rank.argmin(axis=1)
            reason[rows] = np.where(rank[at, near] < none, near, -1)
            rank[at, near] = none
    return framed({f"reason_{number}": of for number, of in enumerate(found, 1)})


def _named(made: pl.DataFrame, reasons: pl.DataFrame, buys: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """The rows of `white_space`, the largest expected net sales first, then as `made` is ordered."""
    ranked = made.hstack(reasons).sort("expected_sales", descending=True, nulls_last=True, maintain_order=True)
    # Where each position stands among `products`. A reason that there is none of, -1, finds the last one: a name that is missing.
    row, names = np.full((products["position"].max() or 0) + 2, products.height), products["product"].extend_constant(None, 1)
    row[products["position"]] = np.arange(products.height)
    because = pl.select(pl.concat_str([names.gather(row[ranked[reason]]) for reason in reasons.columns], separator=", ", ignore_nulls=True))
    told = ranked.hstack(buys[ranked["row"]].drop("position")).hstack(products[row[ranked["product_place"]]].drop("position"))
    return told.with_columns(because=pl.when(pl.col("reason_1") >= 0).then(because.to_series())).select(typed(WHITE_SPACE_SCHEMA))


def _sums(worth: pl.DataFrame, products: int) -> np.ndarray:
    """SUMS of the proposals of each product, (3, products). An array adds them in their order, whatever the threads do: else the last digit would be chance."""
    place = worth["product_place"].to_numpy()
    expected_worth = (filled(worth[name], 0.0).to_numpy() for name in ("expected_quantity", "expected_sales"))
    return np.stack([np.bincount(place, of, products) for of in (None, *expected_worth)])


def _by_product(products: pl.DataFrame, accounts: int) -> pl.DataFrame:
    """One row per product within the filters that is bought or proposed: who buys it of the `accounts` shown, and what is proposed."""
    rated = products.with_columns(buyer_rate=pl.when(accounts > 0).then(pl.col("buyers") / accounts))
    return rated.sort("expected_sales", "buyers", "product_id", descending=[True, True, False]).select(typed(PRODUCTS_SCHEMA))


def _summary(found: Purchases, of_trial: Trial, window: _Window, rows: pl.DataFrame, buys: pl.DataFrame) -> pl.DataFrame:
    row = (
        window.end, window.start, window.hidden_from, buys.height, int(found.bought.any(axis=1).sum()), len(of_trial.products), of_trial.catalogue,
        rows.height, rows["account_id"].n_unique(), rows["expected_sales"].sum(),
    )  # fmt: skip
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row")


def _nothing() -> WhiteSpaceProducts:
    empty = (pl.DataFrame(schema=schema) for schema in (WHITE_SPACE_SCHEMA, PRODUCTS_SCHEMA, RECALL_SCHEMA, PAIRS_SCHEMA))
    nulls = {"as_of", "window_from", "hidden_from"}
    row = tuple(None if name in nulls else 0 for name in SUMMARY_SCHEMA)
    return WhiteSpaceProducts(*empty, pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row"))
