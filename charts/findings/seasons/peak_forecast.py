"""The peak's finding: what the next one will sell, how sure that is, and against what."""

from charts.cached import cached
from charts.findings.phrases import compared, units
from data.language import _, format_month
from measures.seasons.peak_forecast import PeakForecast


@cached
def sentence(answer: PeakForecast) -> str:
    """What the forecast says, as plain text in the reader's language."""
    row = answer.season.row(0, named=True)
    start = _("The next peak, from {month}, will sell {total} units").format(month=format_month(row["peak_start"], short=False), total=units(row["total"]))
    if row["low"] is not None:
        start = _("{start} ({low} to {high})").format(start=start, low=units(row["low"]), high=units(row["high"]))
    if row["change_rate"] is None:
        return start
    against = compared(row["change_rate"], _("{rate} above the last one"), _("{rate} below the last one"), _("as many as the last one"))
    return f"{start}: {against}"
