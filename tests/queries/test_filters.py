"""Filters: periods move by whole years, months are counted from their first day."""

from datetime import date

import pytest

from queries.filters import Filters, add_months, end_of_complete_months


@pytest.mark.parametrize(
    ("period", "previous"),
    [
        ((date(2026, 1, 1), date(2027, 1, 1)), (date(2025, 1, 1), date(2026, 1, 1))),
        ((date(2026, 4, 1), date(2026, 7, 1)), (date(2025, 4, 1), date(2025, 7, 1))),
        ((date(2024, 1, 1), date(2027, 1, 1)), (date(2021, 1, 1), date(2024, 1, 1))),
        ((date(2024, 2, 29), date(2024, 3, 1)), (date(2023, 2, 28), date(2023, 3, 1))),
    ],
)
def test_the_previous_period_lies_whole_years_earlier(period: tuple[date, date], previous: tuple[date, date]) -> None:
    found = Filters(*period).previous()
    assert (found.from_date, found.to_date) == previous


@pytest.mark.parametrize(("months", "years"), [(1, 1), (12, 1), (13, 2), (36, 3)])
def test_a_period_is_compared_with_one_as_many_whole_years_ago_as_it_takes(months: int, years: int) -> None:
    assert Filters(date(2024, 1, 1), add_months(date(2024, 1, 1), months)).years == years
    assert Filters(date(2024, 1, 1), None).years == 1


def test_an_open_period_has_no_previous_one() -> None:
    assert Filters(from_date=date(2026, 1, 1)).previous() is None
    assert Filters().previous() is None


def test_months_are_added_across_years() -> None:
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 1)
    assert add_months(date(2026, 1, 15), -1) == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("as_of", "end"),
    [(date(2013, 11, 29), date(2013, 12, 1)), (date(2011, 12, 9), date(2011, 12, 1)), (date(2026, 2, 28), date(2026, 3, 1))],
)
def test_complete_months_end_after_the_last_weekday(as_of: date, end: date) -> None:
    assert end_of_complete_months(as_of) == end
