"""The import page: from files to a new generation, with every error told before anything changes."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.access import Viewer
from data.journal import LOCAL_EMAIL, Journal
from data.language import use
from data.store import Store
from pages.parts.imports.upload_files import safe_name
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store
from tests.pages.conftest import PATIENCE, pressed

DASHBOARD = str(Path(__file__).parents[2] / "dashboard.py")
PAGE = "pages/store/import_files.py"
ACCOUNTS = b"account_id,account\nA1,Bar Uno\nA2,Bar Dos\n"
PRODUCTS = b"product_id,product\nP1,Lager\n"
LINES = (
    b"transaction_id,sold_on,account_id,product_id,quantity,net_amount\n"
    b"1,2026-01-15,A1,P1,3,30.50\n2,2026-02-03,A2,P1,1,10.25\n3,2026-02-04,A9,P1,1,99.00\n"
)
SET = [("accounts.csv", ACCOUNTS, "text/csv"), ("products.csv", PRODUCTS, "text/csv"), ("transactions.csv", LINES, "text/csv")]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An empty store that the page writes to."""
    monkeypatch.setenv("CARTERA_STORE", str(tmp_path / "store"))
    return Store.at(tmp_path / "store")


def opened(language: str = "en") -> AppTest:
    """The page on a fresh visit."""
    app = AppTest.from_file(DASHBOARD, default_timeout=PATIENCE)
    app.query_params["lang"] = language
    return app.switch_page(PAGE).run()


def given(app: AppTest, *files: tuple[str, bytes, str]) -> AppTest:
    """The page after an upload."""
    app.file_uploader[0].set_value(list(files))
    return app.run()


def words(app: AppTest) -> str:
    """Every text of the page."""
    kinds = (app.markdown, app.header, app.subheader, app.caption, app.info, app.warning)
    return "\n".join(str(element.value) for kind in kinds for element in kind).replace("\\", "")


def test_files_are_matched_checked_and_loaded(store: Store) -> None:
    app = pressed(given(opened(), *SET), "check")
    assert store.current() is None
    assert "5 rows can be loaded, 1 would be rejected" in words(app)
    app = pressed(app, "load")
    assert not app.exception
    assert "5 of 6 rows were loaded; 1 was rejected and waits to be mended" in words(app)
    assert [metric.value for metric in app.metric] == ["6", "5", "1"]
    assert "Net sales by month: €0.00 before, €40.75 now" in words(app)
    assert store.current() == 1


def test_the_whole_dashboard_reads_the_new_generation(store: Store) -> None:
    app = pressed(pressed(given(opened(), *SET), "check"), "load")
    assert "generation 1" in words(app)


def test_an_import_is_written_into_the_history(store: Store) -> None:
    pressed(pressed(given(opened(), *SET), "check"), "load")
    entry = Journal(store.journal_path).imports()[0]
    assert (entry["outcome"], entry["generation"], entry["summary"]["rows_in"], entry["summary"]["rows_rejected"]) == ("loaded", 1, 6, 1)


def test_undo_goes_back_to_the_generation_before(store: Store) -> None:
    pressed(pressed(given(opened(), *SET), "check"), "load")
    more = LINES.replace(b"1,2026-01-15", b"11,2026-03-15").replace(b"2,2026-02-03", b"12,2026-03-16").replace(b"3,2026", b"13,2026")
    app = pressed(pressed(given(opened(), ("transactions_march.csv", more, "text/csv")), "check"), "load")
    assert store.current() == 2
    app = pressed(app, "undo_now")
    assert store.current() == 1
    assert "generation 1" in words(app)
    assert Journal(store.journal_path).imports()[0]["outcome"] == "undone"


def test_the_same_files_again_change_nothing(store: Store) -> None:
    files = (*SET[:2], ("transactions.csv", LINES.rsplit(b"3,", 1)[0], "text/csv"))
    pressed(pressed(given(opened(), *files), "check"), "load")
    app = pressed(given(opened(), *files), "check")
    app = pressed(app, "load")
    assert "These files are already loaded: nothing was changed" in words(app)
    assert store.current() == 1


def test_foreign_headings_are_matched_by_hand_and_remembered_for_the_sender(store: Store) -> None:
    foreign = b"Fecha;Quien;Cosa;Unidades;Importe\n31/01/2026;C1;P1;2;1.234,50\n"
    app = given(opened(), ("ventas_2026-01.csv", foreign, "text/csv"))
    key = next(box.key for box in app.selectbox if box.key.endswith("_transactions_account_id")).rsplit("_transactions", 1)[0]
    assert "Choose a column for" in words(app)
    app.multiselect(key=f"{key}_tables").set_value(["accounts", "products", "transactions"]).run()
    for table, column, code in (
        ("transactions", "account_id", "1"), ("transactions", "product_id", "2"), ("accounts", "account_id", "1"),
        ("accounts", "account", "1"), ("products", "product_id", "2"), ("products", "product", "2"),
    ):  # fmt: skip
        app.selectbox(key=f"{key}_{table}_{column}").set_value(code)
    app.text_input(key=f"{key[:8]}_sender").set_value("North office")
    app = pressed(pressed(app.run(), "check"), "load")
    assert "Net sales by month: €0.00 before, €1,234.50 now" in words(app)
    app = given(opened(), ("ventas_2026-02.csv", foreign.replace(b"31/01", b"28/02"), "text/csv"))
    assert "These files are known" in words(app)
    assert next(box for box in app.text_input if box.key.endswith("_sender")).value == "North office"
    app = pressed(pressed(app, "check"), "load")
    assert ask_as(store)("store/generation", Filters())["order_lines"].item() == 2


def test_an_ambiguous_date_is_asked_and_never_guessed(store: Store) -> None:
    doubtful = LINES.replace(b"2026-01-15", b"03/04/2026").replace(b"2026-02-03", b"05/06/2026").replace(b"2026-02-04", b"07/08/2026")
    app = pressed(given(opened(), *SET[:2], ("transactions.csv", doubtful, "text/csv")), "check")
    assert "only you know which is right" in words(app)
    assert "load" not in [button.key for button in app.button]
    question = next(radio for radio in app.radio if radio.key.endswith("_answer_sold_on"))
    app = question.set_value("MM/DD/YYYY").run()
    app = pressed(pressed(app, "answer"), "load")
    months = app.dataframe[-2].value["month"].astype(str).tolist()
    assert months == ["2026-05-01", "2026-03-01"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("accounts.pdf", b"%PDF-1.4", "This kind of file is not read"),
        ("accounts.csv", b"", "empty"),
        ("accounts.zip", b"PK no zip", "The zip cannot be opened"),
        ("accounts.parquet", b"PAR1 nothing", "The Parquet file cannot be read"),
        ("accounts.xlsx", b"no workbook", "The workbook cannot be read"),
    ],
)
def test_a_bad_file_gets_a_message_that_says_what_and_how_to_mend_it(store: Store, name: str, content: bytes, said: str) -> None:
    app = given(opened(), (name, content, "application/octet-stream"))
    assert not app.exception
    assert said in words(app)
    assert "Nothing was lost" in words(app)
    assert store.current() is None


ODOO = (
    b"Order Reference,Order Date,Customer,Order Lines/Product,Order Lines/Quantity,Order Lines/Subtotal\n"
    b"S1,2026-03-04,Bar Uno,Lager,2,10.50\n,,,Stout,1,4.25\nS2,2026-03-05,Bar Dos,Lager,1,5.25\n"
)


def test_an_orders_columns_are_chosen_to_be_filled_down_and_can_be_left_as_they_are(store: Store) -> None:
    app = given(opened(), ("sale.order.csv", ODOO, "text/csv"))
    filled = next(box for box in app.multiselect if box.label == "Blank cells take the value above")
    assert filled.value == ["Order Reference", "Order Date", "Customer"]
    assert "3 rows can be loaded, 0 would be rejected" in words(pressed(app, "check"))
    next(box for box in app.multiselect if box.label == filled.label).set_value([]).run()
    assert "2 rows can be loaded, 1 would be rejected" in words(pressed(app, "check"))


def test_where_every_row_would_be_rejected_nothing_can_be_imported_and_the_rows_are_handed_out(store: Store) -> None:
    bad = LINES.replace(b",A1,", b",A7,").replace(b",A2,", b",A8,")
    pressed(pressed(given(opened(), *SET), "check"), "load")
    app = pressed(given(opened(), ("transactions_march.csv", bad, "text/csv")), "check")
    assert "Every row would be rejected" in words(app)
    assert app.button(key="load").disabled
    assert [button.label for button in app.get("download_button") if button.key == "rejected_rows"] == ["Rejected rows"]


def test_a_zip_bomb_is_not_unpacked(store: Store) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("accounts.csv", b"0" * 30_000_000)
    app = given(opened(), ("accounts.zip", packed.getvalue(), "application/zip"))
    assert "The zip was not unpacked" in words(app)


def test_only_a_manager_imports_and_the_others_are_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(
        tmp_path / "store",
        regions=[{"region_id": "N", "region": "North"}],
        accounts=[{"account_id": "A1", "account": "Bar Uno", "region_id": "N"}],
        products=[{"product_id": "P1", "product": "Lager"}],
        transactions=lines(("2026-01-15", "A1", "P1", 3, 30)),
    )
    monkeypatch.setenv("CARTERA_STORE", str(store.root))
    Journal(store.journal_path).save_user(Viewer("lead@x", "Lead", "lead", ("N",)), by=LOCAL_EMAIL)
    monkeypatch.setenv("CARTERA_VIEWER", "lead@x")
    app = opened()
    assert "Only a manager of the whole company imports files" in words(app)
    assert not app.file_uploader
    assert {"load", "check", "undo_now"}.isdisjoint(button.key for button in app.button)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\ventas enero.csv", "ventas enero.csv"),
        (".hidden.csv", "hidden.csv"),
        ("año;rm -rf $HOME.csv", "año_rm -rf _HOME.csv"),
        ("", "file"),
        ("x" * 300 + ".csv", "x" * 120 + ".csv"),
    ],
)
def test_an_upload_is_kept_under_a_name_that_cannot_lead_elsewhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_the_page_speaks_spanish(store: Store) -> None:
    # AppTest words the options in the test's own thread.
    use("es")
    app = pressed(given(opened("es"), *SET), "check")
    assert "5 filas se pueden cargar; rechazadas: 1" in words(app)
