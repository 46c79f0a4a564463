"""The forecast's finding: what the open deals should bring, in which range, and whether such forecasts have held."""

from data.language import _, format_money_compact, format_month, format_percent, ngettext
from measures.pipeline.pipeline_forecast import PipelineForecast

SMALL_ERROR = 0.10
"""Within a tenth a forecast has held."""


def sentence(answer: PipelineForecast) -> str:
    """What the forecast says, as plain text in the reader's language."""
    total = answer.summary.row(0, named=True)
    last = answer.months.filter(answer.months["n"] > 0)["month"].max()
    if not total["n"] or last is None:
        return _("No deal is open, so nothing can be forecast")
    said = ngettext("{n} open deal should bring {value} by {month}", "{n} open deals should bring {value} by {month}", total["n"]).format(
        n=total["n"], value=format_money_compact(total["weighted"]), month=format_month(last)
    )
    held = _held(total["record_error"], total["adjusted"]) if answer.stages["closed"].sum() else _("no deal has closed yet, so these chances are assumed")
    return _("{said}; {held}").format(said=said, held=held) if held else said


def _held(error: float | None, adjusted: float | None) -> str:
    """How former forecasts turned out, and what that makes of this one."""
    if error is None:
        return ""
    if abs(error) <= SMALL_ERROR:
        return _("former forecasts held within {rate}").format(rate=format_percent(SMALL_ERROR, 0))
    rate, value = format_percent(abs(error), 0), format_money_compact(adjusted)
    if error < 0:
        return _("former forecasts promised more than came: {rate} was missing, which would leave {value}").format(rate=rate, value=value)
    return _("former forecasts were exceeded by {rate}, which would make it {value}").format(rate=rate, value=value)
