"""What the mix says: how much demand falls in the off-season, who suffers most and who stays."""

import polars as pl

from charts.cached import cached
from data.language import _, format_percent, listed, ngettext
from measures.seasons.season_mix import STAYS, SUFFERS, SeasonMix

MOST = 2


@cached
def sentence(found: SeasonMix) -> str:
    """The company's fall, and the categories (else products) that suffer and stay most, as plain text."""
    company = found.mix.filter(pl.col("mix_kind") == "company").row(0, named=True)
    start = _("A month of the off-season sells {share} of a month of the peak").format(share=format_percent(company["retention"], 0))
    rows = found.mix.filter(pl.col("mix_kind") == "category", pl.col("mix_name").is_not_null(), pl.col("role").is_in([SUFFERS, STAYS]))
    if rows.is_empty():
        rows = found.mix.filter(pl.col("mix_kind") == "product")
    worst = rows.filter(pl.col("role") == SUFFERS).sort("relative_retention")["mix_name"].head(MOST).to_list()
    best = rows.filter(pl.col("role") == STAYS).sort("relative_retention", descending=True)["mix_name"].head(MOST).to_list()
    told = [start]
    if worst:
        told.append(ngettext("{names} suffers most", "{names} suffer most", len(worst)).format(names=listed(worst)))
    if best:
        told.append(ngettext("{names} holds up best", "{names} hold up best", len(best)).format(names=listed(best)))
    return "; ".join(told)
