"""The varieties' picture: its axes reach as far as the products do, its lines stay out of the corners' texts."""

import polars as pl
import pytest

from charts.corners import TEXT_HEIGHT
from charts.trade.varieties import varieties
from tests.charts.conftest import marks
from tests.charts.season_shapes import VARIETIES


@pytest.mark.parametrize(("times", "wide"), [(0.7, (0.5, 2.0)), (4.0, (0.5, 4.8)), (0.2, (1 / 6, 2.0)), (99.0, (0.5, 12.0))])
def test_the_axes_reach_from_half_to_twice_the_median_and_as_far_as_the_products(times: float, wide: tuple[float, float]) -> None:
    frame = VARIETIES.head(1).with_columns(distribution=times * pl.col("median_distribution"))
    reach = varieties(frame).frame.filter(part="reach")
    assert reach["wide"].to_list() == pytest.approx(wide)


def test_the_upright_line_leaves_the_corners_texts_alone() -> None:
    across, along = (rule["encoding"] for rule in marks(varieties(VARIETIES).spec, "rule"))
    assert (across["x"]["field"], across["y"], across["y2"]) == ("wide", {"value": TEXT_HEIGHT}, {"value": {"expr": f"height - {TEXT_HEIGHT}"}})
    assert set(along) == {"y"}
