"""The forecast's finding: what the open deals should bring, in which range, and whether such forecasts have held."""

from collections.abc import Mapping

from charts.cached import cached
from data.language import _, format_date, format_money_compact, format_month, format_number, format_percent, ngettext
from measures.pipeline.pipeline_forecast import PipelineForecast

SMALL_ERROR = 0.10
"""Within a tenth a forecast has held."""


@cached
def sentence(answer: PipelineForecast) -> str:
    """What the forecast says, as plain text in the reader's language."""
    total = answer.summary.row(0, named=True)
    last = answer.months.filter(answer.months["n"] > 0)["month"].max()
    if not total["n"] or last is None:
        return _("No deal is open, so nothing can be forecast")
    if total["unpriced"] and not total["open_value"]:
        return ngettext(
            "{n} open deal states no amount, so nothing can be forecast", "{n} open deals state no amount, so nothing can be forecast", total["n"]
        ).format(n=format_number(total["n"]))
    said = ngettext("{n} open deal should bring {value} by {month}", "{n} open deals should bring {value} by {month}", total["n"]).format(
        n=format_number(total["n"]), value=format_money_compact(total["weighted"]), month=format_month(last)
    )
    if not answer.has_ends:
        held = _("no stage is known to end a deal, so these chances are assumed")
    elif not answer.stages["closed"].sum():
        held = _("no deal has closed yet, so these chances are assumed")
    else:
        held = _held(total["record_error"], total["adjusted"])
    return _("{said}; {held}").format(said=said, held=held) if held else said


def _held(error: float | None, adjusted: float | None) -> str:
    """How former forecasts turned out, and what that makes of this one."""
    if error is None:
        return ""
    if abs(error) <= SMALL_ERROR:
        return _("all in all, former forecasts held within {rate}").format(rate=format_percent(SMALL_ERROR, 0))
    if adjusted is None:
        return _("nothing came in of what former forecasts promised, so no rate can be drawn from them")
    rate, value = format_percent(abs(error), 0), format_money_compact(adjusted)
    if error < 0:
        return _("former forecasts promised more than came: {rate} was missing, which would leave {value}").format(rate=rate, value=value)
    return _("former forecasts were exceeded by {rate}, which would make it {value}").format(rate=rate, value=value)


def left_out(total: Mapping[str, object]) -> str:
    """From which day the forecast looks, which dates it does not believe, and what it leaves out; `total` is the summary's row."""
    moved = [text for name, text in (("overdue", _overdue(total)), ("undated", _undated(total["undated"]))) if total[name]]
    rest = [text for name, text in (("unpriced", _unpriced(total["unpriced"])), ("later", _later(total["later"]))) if total[name]]
    if moved:
        rest = [_("{deals}: these count when a win usually comes from their stage.").format(deals="; ".join(moved)), *rest]
    return " ".join([_("From {date} on.").format(date=format_date(total["as_of"])), *rest])


def _overdue(total: Mapping[str, object]) -> str:
    text = ngettext("The expected close of {n} deal worth {value} is over", "The expected close of {n} deals worth {value} is over", total["overdue"])
    return text.format(n=format_number(total["overdue"]), value=format_money_compact(total["overdue_value"]))


def _undated(n: int) -> str:
    return ngettext("{n} deal has no expected close", "{n} deals have no expected close", n).format(n=format_number(n))


def _unpriced(n: int) -> str:
    return ngettext("{n} deal without an amount counts as 0.", "{n} deals without an amount count as 0.", n).format(n=format_number(n))


def _later(n: int) -> str:
    return ngettext("{n} deal is expected later.", "{n} deals are expected later.", n).format(n=format_number(n))
