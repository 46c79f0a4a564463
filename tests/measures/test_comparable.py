"""A change is shown only where what it is measured on rests on enough cases; a multiple of ten is written as one."""

import pytest

from data import language
from measures.metrics import LEAST_CASES, change_rate, is_thin


@pytest.mark.parametrize(("value", "previous", "cases", "expected"), [
    (120.0, 100.0, None, 0.2), (120.0, 100.0, LEAST_CASES, 0.2), (120.0, 100.0, LEAST_CASES - 1, None), (120.0, 0.0, 9, None), (None, 100.0, 9, None), (0.0, 100.0, 9, -1.0),
])  # fmt: skip
def test_a_change_needs_a_positive_base_of_enough_cases(value: float | None, previous: float, cases: int | None, expected: float | None) -> None:
    assert change_rate(value, previous, cases) == (expected if expected is None else pytest.approx(expected))


def test_nobody_knows_on_how_many_cases_is_not_thin() -> None:
    assert [is_thin(cases) for cases in (None, 0, 4, 5)] == [False, True, True, False]


@pytest.mark.parametrize(("rate", "text"), [(0.0004, "0.0%"), (0.0006, "+0.1%"), (9.0, "+900.0%"), (9.01, "×10"), (107.73, "×109"), (-1.0, "-100.0%"), (0.0, "0.0%"), (None, "–")])
def test_more_than_tenfold_is_written_as_a_multiple(rate: float | None, text: str) -> None:
    language.use("en")
    assert language.format_change(rate) == text
