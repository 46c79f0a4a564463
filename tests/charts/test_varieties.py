"""The varieties' picture: its axes reach as far as the products do."""

import polars as pl
import pytest

from charts.trade.varieties import varieties
from tests.charts.season_shapes import VARIETIES


@pytest.mark.parametrize(("times", "wide"), [(0.7, (0.5, 2.0)), (4.0, (0.5, 4.8)), (0.2, (1 / 6, 2.0)), (99.0, (0.5, 12.0))])
def test_the_axes_reach_from_half_to_twice_the_median_and_as_far_as_the_products(times: float, wide: tuple[float, float]) -> None:
    frame = VARIETIES.head(1).with_columns(distribution=times * pl.col("median_distribution"))
    reach = varieties(frame).frame.filter(part="reach")
    assert reach["wide"].to_list() == pytest.approx(wide)
