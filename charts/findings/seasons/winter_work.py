"""What the off-season's work went with in the peak: an association, said with its doubt."""

from charts.cached import cached
from data.language import _, format_change
from measures.seasons.winter_work import WinterWork

CHANCE = 0.05
"""Above it, chance alone gives as much too often; seasons are few, and the interval alone forgets that."""


@cached
def sentence(found: WinterWork) -> str:
    """Whether more openings went with a better peak, as plain text."""
    row = found.association.row(0, named=True) if found.association.height else None
    if row is None:
        return _("No whole peak with an off-season before it yet")
    if row["status"] != "ok":
        return _("Too few distributors or seasons to say whether the off-season's work goes with a better peak")
    rate = format_change(row["slope_rate"])
    bounds = {"low": format_change(row["slope_low"]), "high": format_change(row["slope_high"])}
    is_apart = row["slope_low"] > 0 or row["slope_high"] < 0
    if is_apart and (row["p_value"] is None or row["p_value"] <= CHANCE):
        return _("Each outlet opened in the off-season went with {rate} in the peak ({low} to {high})").format(rate=rate, **bounds)
    if is_apart:
        return _("Each outlet opened in the off-season went with {rate} in the peak ({low} to {high}), but over so few seasons that may be chance").format(rate=rate, **bounds)
    return _("Outlets opened in the off-season cannot be told from chance in the peak: {rate} each ({low} to {high})").format(rate=rate, **bounds)
