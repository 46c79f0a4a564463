"""What is kept of the store's answers: constants of a generation, each scope's own."""

from contextvars import copy_context

import polars as pl
import pytest

from data.access import NOBODY, Viewer
from data.language import current, use
from data.store import Store
from queries.filters import Filters
from queries.runner import together
from tests.builders import ask_as, make_store

NORTH = Viewer("north@example.org", "North", "lead", ("N",))
SOUTH = Viewer("south@example.org", "South", "lead", ("S",))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two regions."""
    regions = [{"region_id": identifier, "region": identifier} for identifier in "NS"]
    return make_store(tmp_path_factory.mktemp("runner"), regions=regions)


def regions_of(store: Store, viewer: Viewer) -> pl.DataFrame:
    return ask_as(store, viewer)("store/regions", Filters())


def test_a_question_without_parameters_is_asked_once_per_generation_and_scope(store):
    assert regions_of(store, NORTH) is regions_of(store, NORTH)


def test_what_is_kept_for_one_scope_is_not_shown_to_another(store):
    seen = [regions_of(store, viewer)["region_id"].to_list() for viewer in (NORTH, SOUTH, NOBODY, NORTH)]
    assert seen == [["N"], ["S"], [], ["N"]]


def test_a_question_with_filters_is_asked_anew(store):
    ask = ask_as(store)
    assert ask("overview/orders", Filters()) is not ask("overview/orders", Filters())


def test_questions_asked_together_are_in_the_language_of_who_asks():
    def spoken() -> tuple[str, str]:
        return together(current, current)

    assert copy_context().run(lambda: (use("es"), spoken())[1]) == ("es", "es")
    assert copy_context().run(lambda: (use("en"), spoken())[1]) == ("en", "en")


def test_questions_asked_together_inside_such_a_question_are_answered():
    def nested() -> tuple[int, ...]:
        return together(lambda: 1, lambda: 2)

    assert together(nested, nested, nested) == ((1, 2), (1, 2), (1, 2))
