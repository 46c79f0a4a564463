"""The season's finding: when the peak and the off-season are, how strong, and which regions run against the company."""

import polars as pl

from charts.cached import cached
from charts.seasons.season import calendar_run
from data.language import _, format_percent, listed, month_names, ngettext
from measures.seasons.seasonality import Seasonality


@cached
def sentence(answer: Seasonality) -> str:
    """What the seasons say, as plain text in the reader's language."""
    company = answer.season.filter(pl.col("scope") == "company")
    if company.is_empty():
        return _("Nothing was sold in this selection")
    row = company.row(0, named=True)
    if row["peak_start"] is None:
        return _("Too little history for a season: it takes two complete years")
    if row["status"] in ("insufficient", "provisional") and not row["is_set_by_hand"]:
        return _unproven(row)
    if row["status"] == "none" and not row["is_set_by_hand"]:
        return _("There is no season to speak of: months differ by chance")
    return _windows(row) + _opposite(answer.season, row)


def _unproven(row: dict[str, object]) -> str:
    """A season that the data show and cannot prove yet."""
    peak, share = months_named(row["peak_start"], row["peak_months"]), format_percent(row["peak_share"], 0)
    if row["status"] == "provisional":
        return _("Seen in two years, not proven yet: the peak, {months}, brings {share} of the year").format(months=peak, share=share)
    return _("Too short to tell a season from chance: so far the peak is {months}, with {share} of the year").format(months=peak, share=share)


def months_named(start: int | None, months: int | None) -> str:
    """October to December; one month by its name; a dash where there is none."""
    run = calendar_run(start, months)
    names = month_names(short=False)
    if not run:
        return "–"
    first, last = names[run[0] - 1], names[run[-1] - 1]
    return first if len(run) == 1 else _("{first} to {last}").format(first=first, last=last)


def _windows(row: dict[str, object]) -> str:
    peak = months_named(row["peak_start"], row["peak_months"])
    start = _("The peak, {months}, brings {share} of the year").format(months=peak, share=format_percent(row["peak_share"], 0))
    if row["status"] == "weak":
        start = _("A weak season: the peak, {months}, brings {share} of the year").format(
            months=peak, share=format_percent(row["peak_share"], 0)
        )
    if not row["off_season_months"]:
        return start
    low = months_named(row["off_season_start"], row["off_season_months"])
    return _("{start}; the off-season is {months}").format(start=start, months=low)


def _opposite(season: pl.DataFrame, company: dict[str, object]) -> str:
    """Regions whose peak falls into the company's off-season."""
    low = calendar_run(company["off_season_start"], company["off_season_months"])
    regions = season.filter(pl.col("scope_kind") == "region", pl.col("status").is_in(["exists", "weak"]), pl.col("peak_start").is_in(list(low)))
    if regions.is_empty():
        return ""
    if regions.height > 3:
        return ngettext("; {n} region peaks then", "; {n} regions peak then", regions.height).format(n=regions.height)
    return ngettext("; {names} peaks then", "; {names} peak then", regions.height).format(names=listed(regions["scope_name"].to_list()))
