"""Growth points in the outlets under each account: those that do not buy yet (methods.md section 6).

Headroom = (the peers' distribution at `outlet_percentile` − own distribution) × outlets × rate of sale; peers are the accounts of the
board with `least_outlets` outlets or more, and without `outlet_peers` of them nothing is said. Where outlets buy in the data themselves, distribution is that of each product. Where they buy from their distributor,
only visits tell who orders: distribution is the share of the visited outlets that ordered, of all products together.
"""

import numpy as np
import polars as pl

from measures.seasons.cell_prices import places
from measures.seasons.natural_board import Board
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

KIND = "outlets"
OUTLET_CUTS = ("outlet_probability", "least_outlets", "outlet_peers", "outlet_percentile", "ordering_outcomes")


def outlet_points(ask: Ask, filters: Filters, board: Board, cuts: Cuts) -> pl.DataFrame | None:
    """Every such growth point of the off-season, in units, by measures.seasons.growth_points.POINTS_SCHEMA; None without outlets."""
    year = board.span.last(YEAR)
    inside = filters.within(year.start, year.end)
    words = [word.strip().lower() for word in str(cuts["ordering_outcomes"]).split(",") if word.strip()]
    reach = _on_board(ask("seasons/outlet_reach", inside, ordering=words), board)
    if reach.is_empty():
        return None
    if reach["sold_outlets"].sum() > 0:
        return _by_product(reach, _on_board(ask("seasons/outlet_products", inside), board), board, cuts)
    return _by_visits(reach, board, cuts)


def _on_board(rows: pl.DataFrame, board: Board) -> pl.DataFrame:
    """The rows of the board's accounts, with `account_at`, their row on it."""
    at = board.accounts.select("account_key").with_row_index("account_at").with_columns(pl.col("account_at").cast(pl.Int64))
    return rows.join(at, on="account_key", how="inner", maintain_order="left")


def _by_visits(reach: pl.DataFrame, board: Board, cuts: Cuts) -> pl.DataFrame | None:
    """All products together. An outlet is worth an even part of the account's natural sales: most that buy do so without a visit of ours."""
    rated = reach.filter(pl.col("seen_outlets") >= cuts["least_outlets"]).with_columns(own_share=pl.col("buying_outlets") / pl.col("seen_outlets"))
    if rated.height < cuts["outlet_peers"]:
        return None
    natural = pl.Series("natural", np.bincount(board.account, board.natural.sum(axis=1), board.accounts.height)[rated["account_at"].to_numpy()])
    usual = rated["own_share"].quantile(float(cuts["outlet_percentile"]), "linear")
    return _points(rated.with_columns(natural, rate_of_sale=natural / rated["outlets"], peer_share=pl.lit(usual)), cuts)


def _by_product(reach: pl.DataFrame, bought: pl.DataFrame, board: Board, cuts: Cuts) -> pl.DataFrame | None:
    """Each product: what an outlet that buys it takes in a year, brought to the off-season by what is natural for the account.

    Where none of an account's outlets buys the product, its rate of sale is the median of the others'.
    """
    rated = reach.filter(pl.col("outlets") >= cuts["least_outlets"])
    known = bought.filter(pl.col("product_key").is_in(board.products["product_key"].implode()))
    if rated.height < cuts["outlet_peers"] or known.is_empty():
        return None
    rows, outlets = rated["account_at"].to_numpy(), rated["outlets"].to_numpy()
    buying, units = (_table(known, name, board)[rows] for name in ("buying_outlets", "quantity"))
    own = buying / outlets[:, None]
    usual = np.broadcast_to(np.quantile(own, cuts["outlet_percentile"], axis=0), own.shape)
    rate = np.divide(units, buying, out=np.full(units.shape, np.nan), where=buying > 0)
    sold = (buying > 0).any(axis=0)
    rate[:, sold] = np.where(np.isnan(rate[:, sold]), np.nanmedian(rate[:, sold], axis=0), rate[:, sold])
    account, product = np.nonzero((usual > own) & sold)
    cells = {"account_at": rows[account], "product_at": product, "own_share": own[account, product], "peer_share": usual[account, product]}
    found = {"outlets": outlets[account], "rate_of_sale": rate[account, product] * _season_share(board)[rows[account]]}
    return _points(pl.DataFrame(cells | found | {"natural": _natural(board)[rows[account], product]}), cuts)


def _table(rows: pl.DataFrame, value: str, board: Board) -> np.ndarray:
    """A column of the outlets' purchases as a table of the board's accounts × products."""
    table = np.zeros((board.accounts.height, board.products.height))
    table[rows["account_at"].to_numpy(), places(board.products["product_key"], rows["product_key"])] = rows[value].to_numpy()
    return table


def _points(rows: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    missing = (pl.col("peer_share") - pl.col("own_share")) * pl.col("outlets")
    made = rows.with_columns(headroom=missing * pl.col("rate_of_sale"), kind=pl.lit(KIND), probability=pl.lit(float(cuts["outlet_probability"])))
    return made.filter(pl.col("headroom").is_finite() & (pl.col("headroom") > 0))


def _natural(board: Board) -> np.ndarray:
    """Natural sales of the off-season by account and product."""
    natural = np.zeros((board.accounts.height, board.products.height))
    natural[board.account, board.product] = board.natural.sum(axis=1)
    return natural


def _season_share(board: Board) -> np.ndarray:
    """The off-season's natural sales per unit of the last twelve months, by account; the whole board's where an account has no year."""
    natural = np.bincount(board.account, board.natural.sum(axis=1), board.accounts.height)
    year = np.bincount(board.account, board.recent, board.accounts.height)
    whole = natural.sum() / year.sum() if year.sum() > 0 else 0.0
    return np.divide(natural, year, out=np.full(len(natural), whole), where=year > 0)
