"""Every debatable number: its value, its unit and the reason for it. Pages show and move them; settings keep another default.

One file per page or section; each has its `TITLE`, a message to translate, and its `RECORDS`.
"""

from collections.abc import Iterable, Mapping

from data.errors import BadRequest
from data.language import _
from measures.thresholds import (
    account,
    coverage,
    development_plan,
    early_warnings,
    funnel,
    monthly_evaluation,
    off_season_targets,
    pace,
    peak,
    pipeline_forecast,
    portfolio_quadrants,
    products,
    programmes,
    prospects,
    rebates,
    seasons,
    segments,
    share_of_wallet,
    store,
    value_pyramid,
    varieties,
    white_space,
)
from measures.thresholds.record import Cuts, Threshold, Value

_SECTIONS = (
    store,
    value_pyramid,
    portfolio_quadrants,
    seasons,
    off_season_targets,
    peak,
    pace,
    products,
    programmes,
    rebates,
    funnel,
    pipeline_forecast,
    prospects,
    early_warnings,
    share_of_wallet,
    coverage,
    segments,
    account,
    varieties,
    white_space,
    development_plan,
    monthly_evaluation,
)

THRESHOLDS: dict[str, Threshold] = {record.name: record for section in _SECTIONS for record in section.RECORDS}
"""Every threshold by its name."""

SECTIONS: dict[str, str] = {section.__name__.rsplit(".", 1)[1]: section.TITLE for section in _SECTIONS}
"""The sections' titles by name, in order."""


def section(name: str) -> tuple[Threshold, ...]:
    """The thresholds of a section."""
    return next(found.RECORDS for found in _SECTIONS if found.__name__.endswith(f".{name}"))


def cuts(
    names: Iterable[str], settings: Mapping[str, object] | None = None, overrides: Mapping[str, object] | None = None
) -> Cuts:
    """The named thresholds' values: an override, else the saved setting, else the default.

    Raises BadRequest for an override that is not among `names` or not possible.
    """
    names = tuple(names)
    unknown = set(overrides or {}) - set(names)
    if unknown:
        raise BadRequest(
            _("There is no threshold {name} here").format(name=", ".join(sorted(unknown))),
            _("This answer has: {names}.").format(names=", ".join(names) or "–"),
        )
    given = {**(settings or {}), **(overrides or {})}
    return Cuts(tuple((name, _value(THRESHOLDS[name], given)) for name in names))


def _value(threshold: Threshold, given: Mapping[str, object]) -> Value:
    return threshold.read(given[threshold.name]) if threshold.name in given else threshold.default


__all__ = ["SECTIONS", "THRESHOLDS", "Cuts", "Threshold", "Value", "cuts", "section"]
