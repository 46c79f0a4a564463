"""What customers buy from competitors, as declared or observed each quarter of the last two years."""

import numpy as np
import polars as pl

from data.demo.buyers import BUYERS, Buyers
from data.demo.catalogue import CATEGORIES
from data.demo.chance import stream
from data.demo.leads import Leads
from data.demo.network import Network
from data.demo.sales import euros
from data.demo.span import MONTHS, Span

COMPETITORS = ("Cervecera del Meridiano", "Grupo Tres Robles", "Brasas y Malta", "Importadora Bruma Azul")
COMPETITOR_SHARES = (0.45, 0.27, 0.17, 0.11)
QUARTERS = 8
DECLARING, OBSERVED_OUTLETS, TELLING = 0.62, 260, 0.6
"""Share of the buyers that declare, the outlets where our people count, and the share of the quarters that prospects told of."""


def _quarter_months() -> np.ndarray:
    return MONTHS - 1 - 3 * np.arange(QUARTERS)[::-1]


def _split(money: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Money (accounts × quarters) by the competitors and the category that each account buys: account, quarter, pair, amount."""
    accounts = len(money)
    weight = np.array(COMPETITOR_SHARES) * rng.gamma(0.6, 1, (accounts, len(COMPETITORS)))
    share = weight / weight.sum(axis=1, keepdims=True)
    share = np.where(share < 0.15, 0, share)
    share /= share.sum(axis=1, keepdims=True)
    cells = money[:, :, None] * share[:, None, :]
    account, quarter, competitor = np.nonzero(cells > 0)
    return account, quarter, competitor, cells[account, quarter, competitor]


def _part(ids: np.ndarray, money: np.ndarray, source: np.ndarray, span: Span, rng: np.random.Generator) -> pl.DataFrame:
    account, quarter, competitor, amount = _split(money, rng)
    # One category for each account and competitor, the same in every quarter, so that quarters can be compared.
    main = rng.choice(len(CATEGORIES), (len(ids), len(COMPETITORS)), p=[item.share for item in CATEGORIES])
    return pl.DataFrame(
        {
            "account_id": ids[account].tolist(),
            "month": pl.Series(span.first_days[_quarter_months()[quarter]]),
            "category": [CATEGORIES[number].name for number in main[account, competitor]],
            "competitor": [COMPETITORS[number] for number in competitor],
            "amount": euros(np.rint(amount / 50) * 5000),
            "source": source[account].tolist(),
        }
    ).filter(pl.col("amount") > 0)


def _buyers_money(buyers: Buyers, net_cents: np.ndarray, chosen: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Competitors' money in EUR a month: from the buyer's usual purchases and the share that we hold of them; what a falling buyer
    no longer takes from us it takes from others."""
    months = np.arange(MONTHS)
    year_before = net_cents[:, (months >= MONTHS - 36) & (months < MONTHS - 12)].mean(axis=1) / 100
    usual = np.maximum(year_before, net_cents[:, -12:].mean(axis=1) / 100)
    held = np.clip(rng.beta(3.2, 2.2, BUYERS), 0.12, 0.95)
    now = np.maximum(net_cents[:, _quarter_months()] / 100, 0)
    moved = np.where((buyers.pattern == "falling")[:, None], np.maximum(usual[:, None] - now, 0) * 0.8, 0)
    wobble = rng.lognormal(0, 0.12, (BUYERS, QUARTERS))
    return (usual[:, None] * ((1 - held) / held)[:, None] * wobble + moved)[chosen]


def wallet_table(seed: int, span: Span, buyers: Buyers, network: Network, leads: Leads, net_cents: np.ndarray) -> pl.DataFrame:
    """The contract table: amounts of competitors in EUR a month, of buyers, some outlets, and prospects (all they buy)."""
    rng = stream(seed, "wallet")
    chosen = np.flatnonzero(rng.random(BUYERS) < DECLARING)
    source = np.where(rng.random(len(chosen)) < 0.7, "declared", "observed")
    outlets = np.sort(rng.permutation(len(network.outlets.ids))[:OBSERVED_OUTLETS])
    at_outlets = rng.lognormal(np.log(650), 0.7, (OBSERVED_OUTLETS, 1)) * rng.lognormal(0, 0.2, (OBSERVED_OUTLETS, QUARTERS))
    ids = network.prospects.ids
    potential = np.median(net_cents[:, -12:].mean(axis=1)) / 100 * rng.lognormal(0.6, 0.9, (len(ids), 1))
    quarter = _quarter_months()
    in_touch = (quarter >= leads.found[:, None] - 2) & (quarter < leads.until[:, None]) & (rng.random((len(ids), QUARTERS)) < TELLING)
    parts = [
        _part(buyers.ids[chosen], _buyers_money(buyers, net_cents, chosen, rng), source, span, rng),
        _part(network.outlets.ids[outlets], at_outlets, np.full(OBSERVED_OUTLETS, "observed"), span, rng),
        _part(ids, potential * rng.lognormal(0, 0.1, (len(ids), QUARTERS)) * in_touch, np.full(len(ids), "declared"), span, rng),
    ]
    return pl.concat(parts).sort("month", maintain_order=True)
