"""Dashboards for tests: a browserless run of the whole frame over a store of the test's choice."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from streamlit.testing.v1 import AppTest

from data import language
from data.journal import LOCAL_EMAIL
from data.place import STORE_VARIABLE
from data.publish_demo import publish_demo
from data.store import Store
from pages.parts import folded
from pages.parts.session import VIEWER_VARIABLE
from tests.builders import lines, make_store

Dashboard = Callable[..., AppTest]
ROOT = Path(__file__).parents[2]

PATIENCE = 600
"""Seconds for one run of a page. The clock on the wall counts, and a worker's first page also imports the drawing libraries: 15 seconds
alone, minutes where many tests share the machine. It only ends what hangs."""

PAGES = (
    "overview/overview", "customers/value_pyramid", "customers/portfolio_quadrants", "customers/share_of_wallet", "customers/coverage", "customers/early_warnings", "customers/segments", "customers/account", "pipeline/funnel", "pipeline/life_cycle", "pipeline/forecast", "pipeline/white_space", "pipeline/prospects",
    "seasons/seasonality", "seasons/off_season_targets", "seasons/peak_plan", "store/import_files", "store/data_quality", "store/definitions", "store/settings", "seasons/pace", "trade/rebates", "trade/products", "trade/programmes",
    "team/development_plan",
    "team/monthly_evaluation",
)  # fmt: skip


@pytest.fixture(autouse=True)
def unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see what a page keeps folded, as a reader who has unfolded all of it."""
    monkeypatch.setattr(folded, "is_open", lambda place: True)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A small demo brewery; tests only read it."""
    store = Store.at(tmp_path_factory.mktemp("demo"))
    publish_demo(store, lines=60_000)
    return store


@pytest.fixture(scope="session")
def three_tables(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with the required tables only: two accounts, two products, three years of months."""
    months = [date(year, month, 15) for year in (2023, 2024, 2025) for month in range(1, 13)]
    rows = [(day, account, product, 10 + day.month, 100.0 + day.month) for day in months for account in "ab" for product in "pq"]
    return make_store(
        tmp_path_factory.mktemp("three"),
        accounts=[{"account_id": "a", "account": "Bar A"}, {"account_id": "b", "account": "Bar B"}],
        products=[{"product_id": "p", "product": "Pale"}, {"product_id": "q", "product": "Quad"}],
        transactions=lines(*rows),
    )


@pytest.fixture
def own(demo: Store, tmp_path: Path) -> Store:
    """A demo store whose journal the test may write."""
    copytree(demo.root, tmp_path / "own")
    return Store.at(tmp_path / "own")


@pytest.fixture
def dashboard(monkeypatch: pytest.MonkeyPatch) -> Dashboard:
    """dashboard(store, page, viewer=…, lang=…, **address) → the page after its first run."""

    def show(folder: Path, page: str | None = None, viewer: str | None = None, lang: str = "en", **address: str | list[str]) -> AppTest:
        monkeypatch.chdir(ROOT)
        monkeypatch.setenv(STORE_VARIABLE, str(folder))
        monkeypatch.setenv(VIEWER_VARIABLE, viewer or LOCAL_EMAIL)
        # Widgets write their options in the thread that reads them: the test's.
        language.use(lang)
        app = AppTest.from_file(ROOT / "dashboard.py", default_timeout=PATIENCE)
        _given(app, lang, address)
        app.run()
        if page is None:
            return app
        # The first page forgets what only another one reads.
        _given(app, lang, address)
        return app.switch_page(f"pages/{page}.py").run()

    return show


def _given(app: AppTest, lang: str, address: dict[str, str | list[str]]) -> None:
    for name, value in ({"lang": lang} | address).items():
        app.query_params[name] = value


def pressed(app: AppTest, name: str) -> AppTest:
    """The page after a click on the button with this key or label; nothing went wrong on the way."""
    app = next(button for button in app.button if name in (button.key, button.label)).click().run()
    assert [problem.message for problem in app.exception] == []
    return app


def texts(app: AppTest) -> str:
    """Everything that reaches the browser as text: titles, captions, options, and what tables' and charts' data say."""
    nodes = [node for block in (app.main, app.sidebar) for node in block]
    # As they are sent: an element's own representation leaves out what it shows.
    return "\n".join(node.proto.SerializeToString().decode("utf-8", "replace") for node in nodes if getattr(node, "proto", None) is not None)


def mentions(app: AppTest, words: tuple[str, ...]) -> list[str]:
    """Where any of the words reaches the browser: the passages around them, so that a failure tells what leaked."""
    return re.findall(rf"(?s).{{0,40}}(?:{'|'.join(map(re.escape, words))}).{{0,40}}", texts(app))
