"""Decks about customers: pyramid, bridge, quadrants, wallet, coverage, warnings, segments, and one account."""

import polars as pl

from charts import labels
from charts.bars import bars
from charts.bridge import bridge
from charts.customers import segment_words
from charts.customers.concentration import concentration
from charts.customers.flow import flow
from charts.customers.plan_range import plan_range
from charts.customers.pyramid import pyramid
from charts.customers.quadrants import quadrants
from charts.customers.wallet import wallet
from charts.findings.accounts import account as account_finding
from charts.findings.customers import coverage as coverage_finding
from charts.findings.customers import early_warnings as warnings_finding
from charts.findings.customers import portfolio_quadrants as quadrants_finding
from charts.findings.customers import segments as segments_finding
from charts.findings.customers import share_of_wallet as wallet_finding
from charts.findings.customers import value_pyramid as pyramid_finding
from charts.findings.customers import value_views
from charts.trend import trend
from data.language import _
from measures.accounts.account import Account
from measures.customers.coverage import Coverage
from measures.customers.early_warnings import EarlyWarnings
from measures.customers.portfolio_quadrants import PortfolioQuadrants
from measures.customers.segment_profile import SegmentProfile
from measures.customers.share_of_wallet import ShareOfWallet
from measures.customers.value_bridge import ValueBridge
from measures.customers.value_pyramid import ValuePyramid
from measures.thresholds import Cuts
from reports.deck import Slide

QUEUE = ("account", "since", "score", "sentence")


def value_pyramid(answer: ValuePyramid, cuts: Cuts) -> list[Slide]:
    """The tiers, the curve of concentration, and who moved between tiers."""
    if answer.accounts.is_empty():
        return []
    finding, curve, moved = pyramid_finding.sentence(answer), value_views.concentration(answer), value_views.migration(answer)
    classed = answer.accounts.filter(pl.col("abc").is_not_null())
    slides = [
        Slide(finding, chart=pyramid(answer.tiers, finding=finding)),
        Slide(curve, chart=concentration(classed, abc_a=cuts["abc_a"], abc_b=cuts["abc_b"], finding=curve)),
    ]
    return slides if answer.migration.is_empty() else [*slides, Slide(moved, chart=flow(answer.migration, finding=moved))]


def value_bridge(answer: ValueBridge, _cuts: Cuts) -> list[Slide]:
    """What moved net sales, step by step."""
    if answer.bridge.is_empty():
        return []
    finding = value_views.bridge(answer)
    return [Slide(finding, chart=bridge(answer.bridge, finding=finding))]


def portfolio_quadrants(answer: PortfolioQuadrants, cuts: Cuts) -> list[Slide]:
    """The map with its cuts."""
    classified = answer.accounts.filter(pl.col("quadrant").is_not_null())
    if classified.is_empty():
        return []
    finding, summary = quadrants_finding.sentence(answer), answer.summary.row(0, named=True)
    breaks = (summary["stability_break"], summary["contribution_break"])
    figure = quadrants(answer.accounts, stability_cut=float(cuts["stability_cut"]), quadrant_sums=answer.quadrants, breaks=breaks, finding=finding)
    return [Slide(finding, chart=figure)]


def share_of_wallet(answer: ShareOfWallet, cuts: Cuts) -> list[Slide]:
    """Share held against what is upcoming."""
    if answer.accounts.is_empty() or answer.summary["share"].item() is None:
        return []
    finding = wallet_finding.sentence(answer)
    figure = wallet(
        answer.accounts, share_cut=float(cuts["wallet_share_cut"]), upcoming_cut=answer.summary["upcoming_cut"].item(), strategies=answer.strategies,
        finding=finding,
    )  # fmt: skip
    return [Slide(finding, chart=figure)]


def coverage(answer: Coverage, _cuts: Cuts) -> list[Slide]:
    """People needed against people there, by region."""
    if not answer.summary.height or not answer.summary["accounts"][-1]:
        return []
    finding = coverage_finding.sentence(answer)
    figure = plan_range(
        answer.regions, name="region", actual="people_now", low="people_low", high="people_high",
        title=_("People: there (solid), needed by class (outline), by calls (diamond)"), beside=("workload_people", labels.metric("workload_people")),
        write=coverage_finding.people_text, finding=finding,
    )  # fmt: skip
    return [Slide(finding, chart=figure)]


def early_warnings(answer: EarlyWarnings, _cuts: Cuts) -> list[Slide]:
    """Whom to call, in the order of what is at risk."""
    if answer.queue.is_empty():
        return []
    rows = answer.queue.select(name for name in QUEUE if name in answer.queue.columns)
    return [Slide(warnings_finding.sentence(answer), table=rows)]


def segment_profile(answer: SegmentProfile, _cuts: Cuts) -> list[Slide]:
    """The segments' sales; the first one's finding."""
    if answer.segments.is_empty():
        return []
    names = pl.Series("name", [segment_words.segment(code) for code in answer.segments["segment"]], dtype=pl.String)
    finding = segments_finding.sentence(answer, answer.segments.row(0, named=True))
    return [Slide(finding, chart=bars(answer.segments.with_columns(names), name="name", key="segment", finding=finding))]


def account(answer: Account, _cuts: Cuts) -> list[Slide]:
    """One account: its months, its products, its last orders."""
    if answer.monthly.is_empty():
        return []
    finding = account_finding.sentence(answer)
    return [Slide(finding, chart=trend(answer.monthly, finding=finding)), Slide(_("Products"), table=answer.products)]


SLIDES = {
    "value_pyramid": value_pyramid, "value_bridge": value_bridge, "portfolio_quadrants": portfolio_quadrants, "share_of_wallet": share_of_wallet,
    "coverage": coverage, "early_warnings": early_warnings, "segment_profile": segment_profile, "account": account,
}  # fmt: skip
