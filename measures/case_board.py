"""Whole cases for a large board of account × product × month, exact in total and true in every margin (methods.md section 6).

Plain largest remainders within each account would never give a case to a product of which everybody takes a third: it would
vanish from the plan. So the total goes to the months, and each month's to the products (or to the accounts, whichever are
fewer) by largest remainders; within one of these the cells are rounded with what the ones before left over or owe of each
account. All margins stay within about one case whatever the board's size. The linear program of measures/rounding.py comes a
little closer in each cell, but takes seconds on 2,000 × 120.
"""

import numpy as np

from measures.rounding import whole_cases


def whole_board(values: np.ndarray, account: np.ndarray, product: np.ndarray) -> np.ndarray:
    """Cells (cells, months) in whole cases, int64, that sum to the rounded total of the values.

    `account` and `product` number the cells' rows and columns from 0; each pair comes once. Values must not be negative;
    a cell of 0 stays 0. Months, and the fewer of products and accounts within a month, are largest remainders of theirs.
    """
    if values.size == 0 or values.sum() == 0:
        return np.zeros(values.shape, np.int64)
    few, many = (product, account) if product.max() <= account.max() else (account, product)
    order = np.lexsort((many, few))
    starts = np.flatnonzero(np.diff(few[order], prepend=-1))
    months_first = np.ascontiguousarray(values[order].T)
    whole = np.empty(values.shape, np.int64)
    whole[order] = _carried(months_first, starts, many[order], _budgets(months_first, starts)).T
    return whole


def _budgets(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Whole cases of each group of cells in each month: (months, cells) and the groups' starts → (months, groups)."""
    sums = np.add.reduceat(values, starts, axis=1)
    months = whole_cases(int(np.rint(values.sum())), sums.sum(axis=1))
    # A month without natural sales has no cases, and whole_cases rightly refuses to divide any without weights.
    return whole_cases(np.where(sums.any(axis=1), months, 0), sums)


def _carried(values: np.ndarray, starts: np.ndarray, other: np.ndarray, budgets: np.ndarray) -> np.ndarray:
    """The groups' cells in turn (months, cells), the rounding errors of each `other` side carried on to the next group."""
    whole = np.empty(values.shape, np.int64)
    owed = np.zeros((len(values), int(other.max()) + 1))
    bounds = np.append(starts, values.shape[1]).tolist()
    for place, (start, end) in enumerate(zip(bounds, bounds[1:], strict=False)):
        mine, given = other[start:end], values[:, start:end]
        wanted = given + owed[:, mine]
        whole[:, start:end] = _rounded(wanted, given > 0, budgets[:, place])
        owed[:, mine] = wanted - whole[:, start:end]
    return whole


def _rounded(wanted: np.ndarray, is_open: np.ndarray, budget: np.ndarray) -> np.ndarray:
    """One group's cells (months, cells) in whole cases that sum to its budget (months,); closed cells get none."""
    fitted = np.maximum(wanted, 0.0) * is_open
    # Wishes are first made to fit the budget: what was carried in must not be paid with other cells' cases.
    surplus = (budget - fitted.sum(axis=1)) / np.maximum(is_open.sum(axis=1), 1)
    fitted = np.maximum(fitted + surplus[:, None], 0.0) * is_open
    floor = np.floor(fitted)
    whole = floor.astype(np.int64)
    missing = budget - whole.sum(axis=1)
    nearest = np.where(is_open, floor - fitted, 1.0)
    for month, count in enumerate(missing.tolist()):
        if count > 0:
            whole[month, np.argpartition(nearest[month], count - 1)[:count]] += 1
        elif count < 0:
            _take_back(whole[month], -count)
    return whole


def _take_back(whole: np.ndarray, surplus: int) -> None:
    """Take the surplus from the month's cells in place, case by case from the largest."""
    for _ in range(surplus):
        whole[np.argmax(whole)] -= 1
