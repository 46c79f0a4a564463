"""The season that is taken out of every account's sales: that of everything the viewer sees."""

import numpy as np

from measures.history import History
from measures.month_grid import columns_of
from measures.seasons.seasons import seasonal_index
from queries.filters import Filters
from queries.runner import Ask


def company_index(ask: Ask, filters: Filters, until: History, years: int = 5, method: str = "mean") -> np.ndarray | None:
    """Seasonal index of the units of all that the viewer sees (12,); None under two years or without a sale in some month.

    An account's own season would swallow its variation, so the filters narrow it by products only.
    """
    rows = ask("seasons/company_months", filters.within(until.start, until.end))
    units = np.zeros(until.length)
    units[columns_of(rows["month"], until.start)] = rows["quantity"].to_numpy()
    index = seasonal_index(until.months, np.maximum(units, 0.0), years, method)
    return index if (index > 0).all() else None


def deseasonalised(sales: np.ndarray, calendar_months: list[int], index: np.ndarray | None) -> np.ndarray:
    """Sales (accounts, months) divided by the index of their calendar months (1–12); as they are where there is no index."""
    if index is None:
        return sales
    return sales / index[np.array(calendar_months) - 1]

