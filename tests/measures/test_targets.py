"""Target rows of one grain, and the months that they stand for."""

from datetime import date

import polars as pl

from measures.attainment import attained
from measures.targets import covered_months, of_one_grain
from queries.filters import Filters


def rows(*given: tuple) -> pl.DataFrame:
    return pl.DataFrame(
        given,
        schema={"month": pl.Date, "region_id": pl.String, "grain": pl.String, "amount": pl.Float64, "quantity": pl.Float64},
        orient="row",
    )


def month(number: int, year: int = 2026) -> date:
    return date(year, number, 1)


def test_rows_of_two_grains_are_never_added() -> None:
    targets = rows(
        (month(1), "N", "salesperson", 60.0, None),
        (month(1), "S", "salesperson", 40.0, None),
        (month(1), "N", "region", 65.0, None),
        (month(1), None, "company", 110.0, None),
        (month(2), "N", "region", 70.0, None),
    )
    chosen = of_one_grain(targets, "amount")
    assert chosen.rows() == [(month(1), "N", 60.0), (month(1), "S", 40.0), (month(2), "N", 70.0)]


def test_rows_without_the_measure_do_not_choose_the_grain() -> None:
    targets = rows((month(1), "N", "salesperson", None, 5.0), (month(1), "N", "region", 65.0, None))
    assert of_one_grain(targets, "amount")["target"].to_list() == [65.0]
    assert of_one_grain(targets, "quantity")["target"].to_list() == [5.0]


def test_a_monthly_target_stands_for_its_month_even_beside_a_gap() -> None:
    assert set(covered_months([month(1), month(2), month(4)])) == {month(1), month(2), month(4)}


def test_quotas_by_the_quarter_stand_for_the_months_until_the_next() -> None:
    # The quarters of a real plan: December, March, July, September.
    covered = covered_months([month(12, 2025), month(3), month(7), month(9)])
    assert [covered[month(number)] for number in (1, 2, 3, 6, 8, 9, 11)] == [
        month(12, 2025), month(12, 2025), month(3), month(3), month(7), month(9), month(9)
    ]  # fmt: skip
    assert month(12) not in covered


def test_attainment_of_a_quarters_quota_counts_the_quarters_sales() -> None:
    targets = rows((month(1), None, "company", 300.0, None), (month(4), None, "company", 300.0, None))
    sales = pl.DataFrame({"month": [month(number) for number in range(1, 7)], "net_sales": [90.0] * 6, "quantity": [1.0] * 6})
    found = attained(of_one_grain(targets, "amount"), sales, Filters(), date(2026, 6, 30))
    assert (found.actual, found.aimed, found.rate) == (540.0, 600.0, 0.9)
    april = attained(of_one_grain(targets, "amount"), sales, Filters(month(4), month(7)), date(2026, 6, 30))
    assert (april.actual, april.aimed) == (270.0, 300.0)


def test_without_targets_attainment_is_unknown() -> None:
    sales = pl.DataFrame(schema={"month": pl.Date, "net_sales": pl.Float64, "quantity": pl.Float64})
    assert attained(of_one_grain(rows(), "amount"), sales, Filters(), date(2026, 1, 1)).rate is None


def test_a_part_of_a_month_does_not_count_beside_whole_ones() -> None:
    aims = of_one_grain(rows((month(1), None, "company", 100.0, None), (month(2), None, "company", 100.0, None)), "amount")
    sales = pl.DataFrame({"month": [month(1), month(2)], "net_sales": [90.0, 20.0], "quantity": [1.0, 1.0]})
    assert attained(aims, sales, Filters(), date(2026, 2, 10)).rate == 0.9
    assert attained(aims, sales, Filters(month(1), date(2026, 2, 10)), date(2026, 12, 31)).rate == 0.9


def test_the_only_month_counts_even_in_part() -> None:
    aims = of_one_grain(rows((month(2), None, "company", 100.0, None)), "amount")
    sales = pl.DataFrame({"month": [month(2)], "net_sales": [20.0], "quantity": [1.0]})
    assert attained(aims, sales, Filters(month(2), month(3)), date(2026, 2, 10)).rate == 0.2
