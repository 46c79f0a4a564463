"""A clicked cell of the target board explains itself on the page, and so does one of its cells."""

import pytest
from streamlit.testing.v1 import AppTest

from data.store import Store
from tests.pages.conftest import Dashboard

PAGE = "seasons/off_season_targets"


def laid_open(dashboard: Dashboard, store: Store, cell: int | None = None) -> AppTest:
    """The page after a click on the first row's first month, and on one of the cells under it."""
    app = dashboard(store.root, PAGE)
    rows = next(table.value for table in app.dataframe if {"account_id", "month", "target"} <= set(table.value.columns))
    first = rows.iloc[0]
    app.session_state["targets_heatmap_account"] = {"selection": {"picked": [{"row": first["account_id"], "month_key": f"{first['month']:%Y-%m}"}]}}
    app.run()
    if cell is not None:
        app.session_state["targets_cell"] = {"selection": {"rows": [cell], "columns": []}}
        app.run()
    assert [problem.message for problem in app.exception] == []
    return app


def parts(app: AppTest) -> list[tuple[str, float]]:
    told = next(table.value for table in app.dataframe if "part_units" in table.value.columns)
    return list(zip(told["part"], told["part_units"], strict=True))


def adds_up(found: list[tuple[str, float]]) -> bool:
    tenths = [round(units * 10) for _part, units in found]
    return found[-1][0] == "Target" and sum(tenths[:-1]) == tenths[-1]


def test_a_clicked_cell_shows_each_growth_point_and_adds_up(demo: Store, dashboard: Dashboard) -> None:
    found = parts(laid_open(dashboard, demo))
    assert [part for part, _units in found].count("Growth point") > 1
    assert adds_up(found)


def test_one_cell_of_it_is_explained_by_itself(demo: Store, dashboard: Dashboard) -> None:
    app = laid_open(dashboard, demo, cell=0)
    cells = next(table.value for table in app.dataframe if "lift_units" in table.value.columns and "part" not in table.value.columns)
    found = parts(app)
    assert adds_up(found)
    assert found[-1][1] == pytest.approx(cells["target"].iloc[0])
    assert found[-1][1] < parts(laid_open(dashboard, demo))[-1][1]
