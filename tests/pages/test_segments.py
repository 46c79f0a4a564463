"""The segments' page: both controls move a number, and the chosen segment stands in the title."""

import pytest

from data.store import Store
from tests.pages.conftest import Dashboard
from tests.pages.test_widgets import assert_moves_a_number, widget

PAGE = "customers/segments"


@pytest.mark.parametrize("by", ["region", "tier", "quadrant"])
def test_another_kind_of_segment_moves_every_number(demo: Store, dashboard: Dashboard, by: str) -> None:
    assert_moves_a_number(dashboard(demo.root, PAGE), "cut_segment_profile_segment_by", by)


def test_another_segment_is_another_finding(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE)
    other = widget(app, "segment_channel").options[1]
    assert not app.header[0].value.startswith(other)
    assert_moves_a_number(app, "segment_channel", other)
    assert app.header[0].value.startswith(other)
    assert app.query_params["segment"] == other


def test_a_segment_in_the_address_that_does_not_exist_is_the_largest_one(demo: Store, dashboard: Dashboard) -> None:
    assert dashboard(demo.root, PAGE, segment="nobody").header[0].value == dashboard(demo.root, PAGE).header[0].value
