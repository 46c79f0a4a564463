"""What a page keeps folded is not drawn, and is handed out all the same."""

import pytest

from data.store import Store
from pages.parts import folded, hand_out
from tests.pages.conftest import Dashboard

IS_OPEN = folded.is_open


@pytest.fixture
def as_read(monkeypatch: pytest.MonkeyPatch, unfolded: None) -> None:
    """The page as its reader finds it: folded."""
    monkeypatch.setattr(folded, "is_open", IS_OPEN)


def test_a_folded_table_is_drawn_once_it_is_unfolded(dashboard: Dashboard, three_tables: Store, as_read: None) -> None:
    app = dashboard(three_tables.root)
    assert (app.exception, len(app.dataframe)) == ([], 0)
    app.session_state["overview_months_fold"] = True
    app.run()
    assert [app.dataframe[0].value.shape[0], len(app.dataframe)] == [12, 1]


def test_a_folded_table_is_handed_out(dashboard: Dashboard, three_tables: Store, as_read: None) -> None:
    shown = dashboard(three_tables.root).session_state[hand_out._SHOWN]
    assert list(shown.tables) == ["overview_region", "overview_months"]


def test_thresholds_are_told_as_their_controls_show_them(dashboard: Dashboard, three_tables: Store) -> None:
    told = dashboard(three_tables.root, "customers/coverage", lang="es").markdown[-1].value
    assert "Visitas y llamadas al mes por cliente sin ventas: **0,33**" in told
    assert "A hasta esta cuota acumulada: **80\xa0%**" in told
