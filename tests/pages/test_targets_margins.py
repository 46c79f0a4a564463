"""Both margins on the page: months' totals that are typed are fitted, and what contradicts the rows is refused with both sums."""

from streamlit.testing.v1 import AppTest

from data.store import Store
from measures.seasons.board_edits import Edit
from pages.parts.seasons.targets_margins import edits
from tests.measures.seasons.test_board_edits import MAY
from tests.pages.conftest import Dashboard, pressed
from tests.pages.test_off_season_targets import grid, opened, own

__all__ = ["own"]


def typed(app: AppTest, *more: int) -> AppTest:
    """Add this much to the first months' totals and fit the cells."""
    for place, units in enumerate(more):
        field = [field for field in app.number_input if str(field.key).startswith("targets_margins_")][place]
        app = field.set_value(int(field.value) + units).run()
    return pressed(app, "targets_margins")


def sums(app: AppTest) -> tuple[list[int], dict[str, int]]:
    """The months' totals, and each row's."""
    rows = grid(app)
    months = [name for name in rows[0] if name[:2] == "20"]
    return [sum(row[month] for row in rows) for month in months], {row["account_id"]: row["target"] for row in rows}


def test_months_that_are_typed_with_the_rows_totals_are_fitted_and_both_hold(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "edit")
    months, rows = sums(app)
    after = sums(typed(app, 30, -30))
    assert after == ([months[0] + 30, months[1] - 30, *months[2:]], rows)


def test_months_that_contradict_the_rows_are_refused_with_both_sums(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "edit")
    months, rows = sums(app)
    app = typed(app, 30)
    said = " ".join(text.value for text in app.markdown)
    assert f"The rows come to {sum(months):,} units, the columns to {sum(months) + 30:,}." in said
    assert sums(app) == (months, rows)


def test_of_an_opened_account_its_products_and_months_are_set() -> None:
    assert edits({"P": 7}, {MAY: 7}, "product", "A") == (Edit("A", "P", None, 7, is_locked=False), Edit("A", None, MAY, 7, is_locked=False))
    assert edits({"A": 7}, {MAY: 7}, "account", None) == (Edit("A", None, None, 7, is_locked=False), Edit(None, None, MAY, 7, is_locked=False))
