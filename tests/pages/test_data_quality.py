"""The data quality page: what the store holds, what it lacks, and nothing of another region."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.access import Viewer
from data.imports.run import import_files
from data.journal import LOCAL_EMAIL, Journal
from data.language import use
from data.store import Store
from tests.builders import lines, make_store
from tests.pages.conftest import PATIENCE

DASHBOARD = str(Path(__file__).parents[2] / "dashboard.py")
PAGE = "pages/store/data_quality.py"
VIEWS = ("tables", "freshness", "missing", "rejects", "decision_makers")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Two regions; one of two accounts has a decision maker."""
    made = make_store(
        tmp_path / "store",
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        accounts=[
            {"account_id": "A1", "account": "Bar Uno", "region_id": "N", "city": "Vigo"},
            {"account_id": "A2", "account": "Bar Dos", "region_id": "S"},
        ],
        contacts=[{"contact_id": "C1", "account_id": "A1", "name": "Ana", "role": "decision maker"}],
        products=[{"product_id": "P1", "product": "Lager"}],
        transactions=lines(("2026-01-15", "A1", "P1", 3, 30), ("2026-01-30", "A2", "P1", 3, 30)),
    )
    monkeypatch.setenv("CARTERA_STORE", str(made.root))
    Journal(made.journal_path).save_user(Viewer("lead@x", "Lead", "lead", ("N",)), by=LOCAL_EMAIL)
    return made


def opened(language: str = "en") -> AppTest:
    """The page on a fresh visit."""
    app = AppTest.from_file(DASHBOARD, default_timeout=PATIENCE)
    app.query_params["lang"] = language
    return app.switch_page(PAGE).run()


def seen(app: AppTest, view: str) -> AppTest:
    """The page in one of its views."""
    control = next(control for control in app.segmented_control if control.key == "quality_view")
    return control.set_value(view).run()


def everything(app: AppTest) -> str:
    """All texts and tables of the page as one text."""
    kinds = (app.markdown, app.header, app.caption, app.info, app.metric)
    texts = [str(element.value) for kind in kinds for element in kind]
    return "\n".join([*texts, *(frame.value.to_csv() for frame in app.dataframe)])


def test_rows_and_decision_makers_are_counted(store: Store) -> None:
    app = opened()
    assert not app.exception
    assert [metric.value for metric in app.metric] == ["8", "0", "30 Jan 2026", "50%"]
    rows = app.dataframe[0].value.set_index("table")["rows"]
    assert (rows["Accounts"], rows["Order lines"], rows["Targets"]) == (2, 2, 0)


def test_every_view_shows_something_else(store: Store) -> None:
    app = opened()
    shown = {view: everything(seen(app, view)) for view in VIEWS}
    assert not app.exception
    assert len(set(shown.values())) == len(VIEWS)


def test_a_field_that_half_of_the_accounts_lack_is_listed_so(store: Store) -> None:
    missing = seen(opened(), "missing").dataframe[0].value
    city = missing[(missing["table"] == "Accounts") & (missing["column"] == "City")].iloc[0]
    assert (city["missing"], city["share"], city["rows"]) == (1, 0.5, 2)


def test_rejected_rows_are_told_with_their_reason(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "transactions.csv"
    file.write_text("transaction_id,sold_on,account_id,product_id,quantity,net_amount\n8,2026-01-17,A1,P1,1,5\n9,2026-01-17,A9,P1,1,5\n", encoding="utf-8")
    import_files([file], store)
    app = seen(opened(), "rejects")
    assert not app.exception
    assert app.metric[1].value == "1"
    row = app.dataframe[0].value.iloc[0]
    assert (row["table"], row["reason"], row["rows"]) == ("Order lines", "an account that no file lists", 1)


def test_a_lead_sees_no_rejects_and_nothing_of_another_region(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARTERA_VIEWER", "lead@x")
    app = opened()
    assert app.metric[1].value == "–"
    shown = "".join(everything(seen(app, view)) for view in VIEWS)
    assert "only viewers of the whole company" in shown
    assert "North" in shown
    assert not {"South", "Bar Dos", "A2"} & set(shown.replace(",", "\n").split("\n"))


def test_an_empty_store_asks_for_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARTERA_STORE", str(tmp_path / "empty"))
    app = opened()
    assert not app.exception
    assert "There are no data yet" in [element.value for element in app.subheader]


def test_the_page_speaks_spanish(store: Store) -> None:
    # AppTest words the options in the test's own thread.
    use("es")
    app = opened("es")
    assert not app.exception
    assert [metric.label for metric in app.metric] == ["Filas cargadas", "Filas rechazadas", "Datos hasta", "Decisor conocido"]


@pytest.mark.parametrize(("language", "shape"), [("en", "YYYY-MM-DD HH:mm"), ("es", "DD/MM/YYYY HH:mm")])
def test_the_time_of_an_import_is_written_in_the_readers_language(store: Store, language: str, shape: str) -> None:
    app = AppTest.from_file(DASHBOARD, default_timeout=PATIENCE)
    app.query_params["lang"], app.session_state["quality_view"] = language, "freshness"
    (table,) = app.switch_page(PAGE).run().dataframe
    assert json.loads(table.proto.columns)["imported_at"]["type_config"]["format"] == shape
