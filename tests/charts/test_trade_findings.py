"""The findings of pace, rebates and products, to the letter."""

from datetime import date

import polars as pl
import pytest

from charts.findings.seasons import pace
from charts.findings.trade import products, rebates
from data import language
from measures.seasons.pace import ACCOUNT_SCHEMA, MONTHS_SCHEMA, PACE_SCHEMA, PERSON_SCHEMA, REGION_SCHEMA, SUMMARY_SCHEMA, Pace
from measures.trade.products import SUMMARY_SCHEMA as PRODUCTS_SUMMARY
from measures.trade.products import Products
from measures.trade.rebate_tables import SUMMARY_SCHEMA as REBATES_SUMMARY
from measures.trade.rebates import Rebates


def frame(schema: dict, *rows: dict) -> pl.DataFrame:
    """Rows of a schema; what they leave out is null."""
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def paced(*, regions: tuple = (), months: tuple = (), **row: object) -> str:
    about = {"as_of": date(2026, 10, 30), "period": "year", "period_from": date(2026, 1, 1), "period_to": date(2027, 1, 1), "months": 12, "measure": "net_sales"}
    tables = [frame(REGION_SCHEMA, *regions), frame(PERSON_SCHEMA), frame(ACCOUNT_SCHEMA), frame(MONTHS_SCHEMA, *months)]
    return pace.sentence(Pace(frame(PACE_SCHEMA, row), *tables, frame(SUMMARY_SCHEMA, about)))


OPEN = {"target": 1000.0, "pace_index": 0.95, "required_factor": 1.1, "status": "behind"}


def test_a_pace_says_what_will_be_missing_and_where() -> None:
    regions = ({"region_id": "N", "region": "North", "ahead": -60.0}, {"region_id": "S", "region": "South", "ahead": 5.0})
    assert paced(regions=regions, projection_low=950.0, projection_high=980.0, **OPEN) == (
        "By 30 Oct 2026 95.0% of what was to be expected is sold: the fiscal year to Dec 2026 is heading for €20 to €50 less than the target of €1K; "
        "North explains 100% of the shortfalls"
    )


def test_a_pace_above_around_reached_final_and_without_a_target() -> None:
    assert "is heading for €1.1K to €1.2K, above the target of €1K" in paced(projection_low=1100.0, projection_high=1200.0, **OPEN)
    assert "the target of €1K for the fiscal year to Dec 2026 is within reach" in paced(projection_low=990.0, projection_high=1010.0, **OPEN)
    reached = OPEN | {"status": "reached", "required_factor": 0.0}
    assert paced(projection_low=1100.0, projection_high=1200.0, **reached) == "The target of €1K for the fiscal year to Dec 2026 is reached: it ends at €1.1K to €1.2K"
    some = tuple({"month": date(2026, month, 1), "target": 90.0 if month < 12 else 0.0} for month in range(1, 13))
    assert paced(target=1000.0, attainment=0.9, status="target_missed", months=some) == (
        "The period with targets (Jan 2026 to Nov 2026) ended at 90.0% of its target of €1K"
    )
    assert paced(target=1000.0, attainment=0.9, status="target_missed") == "The fiscal year to Dec 2026 ended at 90.0% of its target of €1K"
    language.use("es", "EUR")
    assert paced(status="no_target") == "No hay objetivo fijado para el ejercicio hasta dic 2026"


def rebated(**row: object) -> str:
    return rebates.sentence(Rebates(*(pl.DataFrame() for _table in range(4)), frame(REBATES_SUMMARY, row)))


def test_rebates_say_what_has_accrued_whom_to_push_and_whom_not() -> None:
    sums = {"accrual": 20.0, "net_sales": 1000.0, "paying_accounts": 1, "paying_cases": 30.0, "paying_gain": 90.0, "costing_accounts": 2, "costing_gain": -50.0}
    assert rebated(**sums) == (
        "€20 of rebates have accrued, 2.0% of net sales; 1 account lacks 30 cases to a tier that leaves us €90; for 2 it would cost €50 more than it brings"
    )
    assert rebated(**sums | {"paying_accounts": 0, "costing_accounts": 0}).endswith("; nobody is within reach of a further tier")


def test_products_say_what_could_go_and_what_distributors_do_not_want() -> None:
    def said(**row: object) -> str:
        told = {"products": 10, "delist": 0, "delist_sales": 0.0, "unwilling": 0, "new": 0, "total_sales": 100.0} | row
        sold = pl.DataFrame({"net_sales": [100.0]})
        gone = pl.DataFrame({"net_sales": [told["delist_sales"]]})
        return products.sentence(Products(sold, pl.DataFrame(), pl.DataFrame(), pl.DataFrame(), pl.DataFrame(), gone, frame(PRODUCTS_SUMMARY, told)))

    assert said(delist=1, delist_sales=5.0, unwilling=2) == (
        "1 of 10 products is a candidate for delisting: it brings €5, 5.0% of net sales; 2 sell well where they are stocked, but few distributors want them"
    )
    assert said() == "None of the 10 products is weak"
    assert said(products=1) == "The one product is not weak"
    assert said(new=10) == "All 10 products are too new to judge"
    assert said(unwilling=2) == "No product is a candidate for delisting; 2 of 10 sell well where they are stocked, but few distributors want them"


@pytest.mark.parametrize(
    ("took", "usual", "said"),
    [
        ([], None, ""), ([None], None, "Distributed so far: 0 of 1 recently launched product"),
        ([3, None], 5.5, "Distributed so far: 1 of 2 recently launched products; earlier launches usually took 5.5 months"),
        ([2], 1.0, "Distributed so far: 1 of 1 recently launched product; earlier launches usually took 1 month"),
    ],
)
def test_new_products_say_how_many_are_distributed_and_how_long_earlier_ones_took(took: list[int | None], usual: float | None, said: str) -> None:
    launches = pl.DataFrame({"months_to_distribution": took, "usual_months_to_distribution": [usual] * len(took)}, schema={"months_to_distribution": pl.Int64, "usual_months_to_distribution": pl.Float64})
    empty = pl.DataFrame()
    assert products.launched(Products(empty, empty, empty, launches, empty, empty, empty)) == said
