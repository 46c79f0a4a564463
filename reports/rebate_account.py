"""“Calculate the account”: one customer's rebates on one page to print and hand over (source 003).

Only the customer's side is on it: what was bought, the tiers, what is missing, what switching would cost. Our margin is not.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import polars as pl
import typst

from charts.findings.trade.rebates import for_customer, switching
from charts.trade.rebate_words import amount, cases, measure
from data.language import _, current, format_date, format_money, format_percent
from measures.trade.rebate_tiers import COUNTED_IN
from measures.trade.rebates import Rebates

TEMPLATE = Path(__file__).with_suffix(".typ")


@dataclass(frozen=True)
class Tick:
    """A tier on a scheme's line, as a share of its top tier."""

    at: float
    label: str


@dataclass(frozen=True)
class Scheme:
    """One scheme: what is bought and what the natural year comes to, as shares of its top tier (1 at most), and its tiers."""

    name: str
    counts: str
    sentence: str
    done: float
    natural: float
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Sheet:
    """Everything on the page, in the reader's words."""

    language: str
    title: str
    account: str
    as_of: str
    figures: tuple[tuple[str, str], ...]
    schemes: tuple[Scheme, ...]
    headings: tuple[str, ...]
    tiers: tuple[tuple[str, ...], ...]
    switching_title: str
    switching: str
    note: str
    made: str


def sheet(answer: Rebates, account_id: str) -> Sheet:
    """The account's page in the running thread's language. Raises KeyError for an account without a scheme."""
    rows, tiers = answer.accounts.filter(account_id=account_id), answer.tiers.filter(account_id=account_id)
    if rows.is_empty():
        raise KeyError(account_id)
    about = answer.summary.row(0, named=True)
    sums = rows.select(pl.col("switch_cost", "natural_rebate", "paid_so_far").sum(), pl.col("moved_amount").max()).row(0, named=True)
    return Sheet(
        language=current(), title=_("Your account {year}").format(year=about["year_from"].year), account=rows["account"].first(),
        as_of=_("Purchases from {start} to {end}, returns taken off").format(start=format_date(about["year_from"]), end=format_date(about["as_of"])),
        figures=(
            (_("Bought so far"), format_money(rows["net_sales"].first())), (_("Rebate earned already"), format_money(sums["paid_so_far"])),
            (_("Rebate at the present course"), format_money(sums["natural_rebate"])),
        ),
        schemes=tuple(_scheme(row, tiers.filter(scheme_id=row["scheme_id"], measure=row["measure"])) for row in rows.iter_rows(named=True)),
        headings=(_("Scheme"), _("Tier"), _("Rebate"), _("Still missing"), _("Pays on reaching it")),
        tiers=tuple(_tier(row) for row in tiers.iter_rows(named=True)),
        switching_title=_("What changing the supplier would cost"), switching=switching(sums, about["switch_share"]) + ".",
        note=_("The present course is what your own seasons and the last years let expect. Dark: bought; pale: the year at the present course; lines: tiers."),
        made=_("Made on {date}").format(date=format_date(date.today())),
    )  # fmt: skip


def pdf(page: Sheet) -> bytes:
    """The sheet as a PDF of one A4 page, longer only for a customer with very many tiers."""
    return typst.compile(TEMPLATE.read_bytes(), sys_inputs={"told": json.dumps(asdict(page))})


def _scheme(row: dict[str, object], tiers: pl.DataFrame) -> Scheme:
    top = tiers["tier_value"].max() or 1.0
    ticks = tuple(Tick(of["tier_value"] / top if top else 1.0, format_percent(of["rate"])) for of in tiers.iter_rows(named=True))
    return Scheme(
        row["scheme_id"], _counts(row), for_customer(row), min(max(row["value_to_date"] / top, 0.0), 1.0),
        min(max((row["natural_year"] or row["value_to_date"]) / top, 0.0), 1.0), ticks,
    )  # fmt: skip


def _counts(row: dict[str, object]) -> str:
    of = measure(row["measure"])
    return of if row["measure"] not in COUNTED_IN else _("{measure}, as {counted} of this year").format(
        measure=of, counted=measure(COUNTED_IN[row["measure"]]).lower()
    )


def _tier(row: dict[str, object]) -> tuple[str, ...]:
    missing = _("reached") if row["is_reached"] else cases(row["distance_cases"])
    return row["scheme_id"], amount(row["tier_value"], row["measure"]), format_percent(row["rate"]), missing, format_money(row["pays"])
