"""Whose deals are open, were won and lost: the funnel's breakdowns and lost reasons in its three views, of five deals."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from data.store import Store
from measures.pipeline import funnel_losses
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as
from tests.measures.pipeline.pipelines import five_deals
from tests.measures.pipeline.test_funnel import asked

SECOND_WEEK = Filters(date(2026, 1, 4), date(2026, 1, 11))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return five_deals(tmp_path_factory.mktemp("breakdowns"))


def losses_of(store: Store, filters: Filters = Filters(), **overrides: object) -> pl.DataFrame:
    return funnel_losses.answer(ask_as(store), filters, cuts(funnel_losses.THRESHOLDS, None, overrides)).lost_reasons


@pytest.mark.parametrize("view", ["snapshot", "transitions"])
def test_the_breakdowns_of_a_period_are_of_what_closed_in_it_and_is_open_at_its_end(store: Store, view: str) -> None:
    """All were created before. d1 is won on the 9th and d2 lost on the 4th; d3, d4 and, in the South, d5 are open on the 10th."""
    found = asked(store, SECOND_WEEK, view=view)
    columns = ("created", "won", "lost", "open", "won_value", "lost_value", "open_value", "win_rate")
    assert found.by_region.select("region", *columns).rows() == [("North", 0, 1, 1, 2, 100.0, 200.0, 700.0, 0.5), ("South", 0, 0, 0, 1, 0.0, 0.0, 500.0, None)]
    assert found.by_source.select("source", "won", "lost", "open").rows() == [("fair", 1, 0, 0), (None, 0, 1, 3)]
    assert found.by_quarter.select("quarter", "won", "lost").rows() == [(date(2026, 1, 1), 1, 1)]


def test_a_lead_reads_of_their_regions_part_of_a_period(store: Store) -> None:
    found = asked(store, SECOND_WEEK, Viewer("l@x", "Lead", "lead", ("S",)), view="transitions")
    assert found.by_region.select("region", "open", "open_value").rows() == [("South", 1, 500.0)]
    assert found.by_source.select("source", "open").rows() == [(None, 1)]


def test_who_was_created_in_the_period_is_counted_whatever_became_of_it(store: Store) -> None:
    found = asked(store, Filters(date(2026, 1, 1), date(2026, 1, 11)), view="transitions").by_region
    assert dict(found.select("region", "created").iter_rows()) == {"North": 4, "South": 1}


@pytest.mark.parametrize("view", ["snapshot", "transitions"])
@pytest.mark.parametrize("period", [Filters(), SECOND_WEEK, Filters(to_date=date(2026, 1, 6))])
def test_the_breakdowns_of_a_period_add_up_to_its_flow(store: Store, view: str, period: Filters) -> None:
    found = asked(store, period, view=view)
    names = ("created", "won", "lost", "open", "won_value", "lost_value", "open_value")
    for rows in (found.by_region, found.by_salesperson, found.by_manager, found.by_source, found.by_product):
        assert rows.select(names).sum().row(0) == found.flow.select(names).row(0)


def test_what_was_lost_is_told_of_the_views_period(store: Store) -> None:
    later = Filters(date(2026, 1, 5), date(2026, 1, 11))
    losses = {view: losses_of(store, SECOND_WEEK, view=view)["lost"].sum() for view in ("cohort", "snapshot", "transitions")}
    assert losses == {"cohort": 0, "snapshot": 1, "transitions": 1}
    assert losses_of(store, later, view="transitions").is_empty()
    assert losses_of(store)["lost"].to_list() == [1]
