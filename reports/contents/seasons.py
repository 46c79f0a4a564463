"""Decks about seasons: index, target board, next peak, pace."""

import polars as pl

from charts.findings.seasons import off_season_targets as targets_finding
from charts.findings.seasons import pace as pace_finding
from charts.findings.seasons import peak_forecast as peak_finding
from charts.findings.seasons import seasonality as season_finding
from charts.heatmap import heatmap
from charts.seasons.pace import pace as pace_chart
from charts.seasons.peak import columns, ranges
from charts.seasons.season import calendar_run, season
from data.language import _
from measures.seasons.off_season_targets import OffSeasonTargets
from measures.seasons.pace import Pace
from measures.seasons.peak_forecast import PeakForecast
from measures.seasons.seasonality import Seasonality
from measures.thresholds import Cuts
from reports.deck import Slide

COMPANY = "company"


def seasonality(answer: Seasonality, _cuts: Cuts) -> list[Slide]:
    """The company's index with peak and off-season."""
    index = answer.index.filter(pl.col("scope") == COMPANY).drop_nulls("seasonal_index")
    if index.is_empty():
        return []
    finding, row = season_finding.sentence(answer), answer.season.filter(pl.col("scope") == COMPANY).row(0, named=True)
    peak, off = (calendar_run(row[f"{name}_start"], row[f"{name}_months"]) for name in ("peak", "off_season"))
    return [Slide(finding, chart=season(index, peak=peak, off_season=off, finding=finding))]


def off_season_targets(answer: OffSeasonTargets, _cuts: Cuts) -> list[Slide]:
    """The gap by account and month, and the accounts' targets."""
    if answer.board is None or not answer.board.cells:
        return []
    board = answer.board
    finding = targets_finding.sentence(board.summary, board.by_account)
    figure = heatmap(board.month_sums("account"), key="account_id", name="account", finding=finding)
    return [Slide(finding, chart=figure), Slide(finding, table=board.by_account)]


def peak_forecast(answer: PeakForecast, _cuts: Cuts) -> list[Slide]:
    """Earlier peaks and the next one, and each distributor's range."""
    if answer.season.is_empty():
        return []
    finding = peak_finding.sentence(answer)
    whole = columns(answer.peaks, value="units", title=_("Units"), at="peak_start", finding=finding)
    return [Slide(finding, chart=whole), Slide(_("The next peak by distributor"), chart=ranges(answer.by_account, finding=finding))]


def pace(answer: Pace, _cuts: Cuts) -> list[Slide]:
    """Sold, expected and projected month by month."""
    if answer.months.is_empty():
        return []
    finding = pace_finding.sentence(answer)
    return [Slide(finding, chart=pace_chart(answer.months, metric=answer.summary["measure"].item(), finding=finding))]


SLIDES = {"seasonality": seasonality, "off_season_targets": off_season_targets, "peak_forecast": peak_forecast, "pace": pace}
