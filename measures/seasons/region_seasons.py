"""Each region's season: two hemispheres have opposite ones, and an account is measured by its own region's (methods.md section 5)."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from measures.history import History
from measures.month_grid import month_grid
from measures.seasons.season_choice import lent_index
from measures.seasons.season_overrides import RegionSeason
from measures.seasons.season_pooling import pooled_indices
from measures.seasons.seasons import YEAR, seasonal_index
from queries.filters import Filters
from queries.runner import Ask

NO_REGION = ""


def region_seasons(
    ask: Ask, filters: Filters, until: History, by_hand: Mapping[str, RegionSeason] | None = None
) -> tuple[pl.DataFrame, bool]:
    """Rows [region_id, season]: the index (12) of each region that the viewer sees, shrunk to that of all; and whether there is a season.

    Under two years, or with a month in which nothing at all was sold, there is none: every index is 1. Accounts of no region are
    measured by the row of an empty region_id, the company's season. Where somebody set a region's peak (`by_hand`), it borrows the
    company's season with its peak there: that matters as far as its own data are poor.
    """
    rows = ask("seasons/region_months", filters.within(until.start, until.end)).with_columns(pl.col("region_id").fill_null(NO_REGION))
    regions, grid = month_grid(rows, "region_id", "quantity", until)
    # Summed first: what one region returned is not the company's any more, as in company_season.
    company = seasonal_index(until.months, np.maximum(grid.sum(axis=0), 0.0))
    known = bool(len(regions) and (company > 0).all())
    if not known:
        return _frame(regions, np.ones((len(regions), YEAR)), np.ones(YEAR)), False
    lent = np.array([lent_index(company, (by_hand or {}).get(region)) for region in regions])
    index, _how = pooled_indices(until.months, np.maximum(grid, 0.0), lent)
    return _frame(regions, index, company), True


def season_of(seasons: pl.DataFrame, regions: pl.Series) -> np.ndarray:
    """The index of each account's region: (accounts, 12); the company's where a region has no row."""
    return season_table(seasons)[season_rows(seasons, regions)]


def season_table(seasons: pl.DataFrame) -> np.ndarray:
    """The seasonal index of each row as a matrix, (rows, 12)."""
    return np.array(seasons["season"].to_list()).reshape(-1, YEAR)


def season_rows(seasons: pl.DataFrame, regions: pl.Series) -> np.ndarray:
    """The row of each account's region; the company's where a region has no row."""
    places = seasons.select("region_id").with_row_index("place")
    company = int(places.filter(pl.col("region_id") == NO_REGION)["place"].item())
    found = regions.fill_null(NO_REGION).to_frame("region_id").join(places, on="region_id", how="left", maintain_order="left")
    return found["place"].fill_null(company).cast(pl.Int64).to_numpy()


def _frame(regions: pl.Series, index: np.ndarray, company: np.ndarray) -> pl.DataFrame:
    named = [(region, values.tolist()) for region, values in zip(regions, index, strict=True) if region != NO_REGION]
    return pl.DataFrame([*named, (NO_REGION, company.tolist())], schema={"region_id": pl.String, "season": pl.List(pl.Float64)}, orient="row")
