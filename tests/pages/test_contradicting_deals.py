"""The funnel says that deals count as open although somebody wrote that they ended, and leads to their list in Data quality."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.measures.pipeline.pipelines import deals_store
from tests.pages.conftest import PATIENCE

DASHBOARD = str(Path(__file__).parents[2] / "dashboard.py")
FUNNEL, QUALITY = "pages/pipeline/funnel.py", "pages/store/data_quality.py"
SAID = "Of all periods, 1 deal worth €40 counts as open today although it was won or lost: that day lies before all its other stages."
GOOD = {"won": [("lead", 1), ("offer", 4), ("won", 9)], "open": [("lead", 2), ("offer", 31)]}
EARLY = GOOD | {"early": [("won", 3), ("lead", 10)]}


def opened(folder: Path, paths: dict, page: str, monkeypatch: pytest.MonkeyPatch, language: str = "en", **chosen: str) -> AppTest:
    store = deals_store(folder / "store", paths, {"early": {"expected_amount": 40}})
    monkeypatch.setenv("CARTERA_STORE", str(store.root))
    app = AppTest.from_file(DASHBOARD, default_timeout=PATIENCE)
    app.query_params["lang"] = language
    for key, value in chosen.items():
        app.session_state[key] = value
    return app.switch_page(page).run()


def captions(app: AppTest) -> str:
    return "\n".join(element.value for element in app.caption)


def test_the_funnel_tells_of_them_and_leads_to_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(tmp_path, EARLY, FUNNEL, monkeypatch)
    assert SAID in captions(app)
    app.button(key="see_contradictions").click().run()
    assert not app.exception
    assert next(control for control in app.segmented_control if control.key == "quality_view").value == "deals"
    assert app.dataframe[0].value["opportunity_id"].to_list() == ["early"]


def test_where_there_are_none_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(tmp_path, GOOD, FUNNEL, monkeypatch)
    assert not app.exception
    assert "although" not in captions(app)


def test_data_quality_says_in_spanish_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(tmp_path, EARLY, QUALITY, monkeypatch, "es", quality_view="deals")
    assert "De todos los períodos, 1 oportunidad por 40\xa0€ cuenta hoy como abierta" in captions(app)
    assert "importe el archivo de nuevo" in captions(app)
