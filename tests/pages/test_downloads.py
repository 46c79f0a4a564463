"""What a lead downloads: the same files come from a store that holds no other region, so they hold no name, id or count of one."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from math import isclose
from pathlib import Path
from shutil import copyfile
from zipfile import ZipFile

import polars as pl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.demo import demo_tables
from data.imports.frames import publish_frames
from data.publish_demo import SENDER
from data.store import Store
from pages.parts import hand_out
from tests.pages.conftest import PAGES, Dashboard
from tests.pages.test_widgets import widget

LEAD, REGION = "lead.r-03@cartera.example", "R-03"
WITHOUT = ("store/import_files", "store/settings", "store/definitions")
"""Pages that hand out no data: they are for writing, or say the same to everybody."""

PROGRAMMES = "trade/programmes"
"""Who sees the whole company reads all programmes' costs, a lead those of their own: one region alone is a company whose costs are all known."""

MOMENT = re.compile(r"\d{1,2} \w+ \d{4}, \d\d:\d\d")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
WRITTEN = re.compile(r"<[tv]>([^<]*)<|<sheet name=\"([^\"]*)\"")

Files = Callable[..., dict[str, str]]


@pytest.fixture(scope="session")
def alone(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The demo brewery as if it had that lead's region only, with the same users."""
    return published(demo, tmp_path_factory.mktemp("alone"), of_one_region(costed()))


@pytest.fixture(scope="session")
def whole(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The demo brewery without what belongs to the whole company: costs estimated from all its lines, and what programmes cost."""
    return published(demo, tmp_path_factory.mktemp("whole"), costed())


def published(demo: Store, folder: Path, tables: dict[str, pl.DataFrame]) -> Store:
    """A store of these tables with the demo's users."""
    copyfile(demo.journal_path, folder / demo.journal_path.name)
    store = Store.at(folder)
    publish_frames(store, tables, SENDER)
    return store


def costed() -> dict[str, pl.DataFrame]:
    """The demo's tables; a line without a cost has cost half of what was paid, and no programme's cost is known."""
    tables = demo_tables(60_000, 7)
    lines = tables["transactions"].with_columns(pl.col("cost_amount").fill_null(pl.col("net_amount") / 2))
    return tables | {"transactions": lines, "programmes": tables["programmes"].drop("cost")}


def of_one_region(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The contract tables' rows that belong to the region, and those that belong to the whole company."""
    own = {name: tables[name].filter(pl.col("region_id") == REGION) for name in ("accounts", "salespeople")}
    accounts, people = (own[name][key].implode() for name, key in (("accounts", "account_id"), ("salespeople", "salesperson_id")))
    kept = dict(tables) | own
    for name in ("contacts", "transactions", "receivables", "prospect_scores", "wallet"):
        kept[name] = tables[name].filter(pl.col("account_id").is_in(accounts))
    for name in ("activities", "opportunities"):
        kept[name] = tables[name].filter(pl.coalesce(pl.col("account_id").is_in(accounts), pl.col("salesperson_id").is_in(people)))
    kept["stage_events"] = tables["stage_events"].join(kept["opportunities"], on="opportunity_id", how="semi")
    kept["development_plans"] = tables["development_plans"].filter(pl.col("salesperson_id").is_in(people))
    kept["rebates"] = tables["rebates"].filter(pl.col("account_id").is_null() | pl.col("account_id").is_in(accounts))
    theirs = pl.coalesce(pl.col("account_id").is_in(accounts), pl.col("salesperson_id").is_in(people), pl.col("region_id") == REGION)
    kept["targets"] = tables["targets"].filter(theirs)
    return kept


@pytest.fixture
def files(dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch) -> Files:
    """files(store, page, viewer) → what every download of every view of the page says, by view and file name."""
    offered: dict[str, Callable[[], bytes]] = {}
    views: dict[str, list[str]] = {}
    button, switch = st.download_button, st.segmented_control

    def offer(label: str, data: Callable[[], bytes], file_name: str, **more: object) -> bool:
        offered[file_name] = data
        return button(label, data, file_name, **more)

    def note(label: str, options: list[str], **more: object) -> object:
        if label == "View":
            views[more["key"]] = list(options)
        return switch(label, options, **more)

    monkeypatch.setattr(st, "download_button", offer)
    monkeypatch.setattr(st, "segmented_control", note)

    def made(store: Path, page: str, viewer: str | None = None) -> dict[str, str]:
        app = dashboard(store, page, viewer=viewer)
        # The first page of the visit has switches of its own.
        views.clear()
        app.run()
        found: dict[str, str] = {}
        # A view may have views of its own: these are opened before the next one.
        waiting = opened = [(key, view) for key, codes in reversed(views.items()) for view in codes] or [("", "")]
        while waiting:
            (key, view), *waiting = waiting
            offered.clear()
            (widget(app, key).set_value(view) if key else app).run()
            assert [problem.message for problem in app.exception] == []
            found |= {f"{key} {view} {name}": said(name, data()) for name, data in offered.items() if not name.endswith((".pdf", ".pptx"))}
            found[f"{key} {view} slides"] = slides(app)
            inner = [(key, view) for key, codes in views.items() for view in codes if (key, view) not in opened]
            opened, waiting = opened + inner, inner + waiting
        return found

    return made


def said(name: str, content: bytes) -> str:
    """A CSV's or a workbook's text without the moment at which it was made."""
    if name.endswith(".csv"):
        return steady(content.decode("utf-8-sig"))
    with ZipFile(BytesIO(content)) as book:
        parts = [book.read(part).decode() for part in sorted(book.namelist()) if part.startswith("xl/")]
    return steady("\n".join(unescape(text or name) for part in parts for text, name in WRITTEN.findall(part)))


def steady(text: str) -> str:
    """Without the moment of making."""
    return MOMENT.sub("", text)


def says_the_same(text: str, other: str | None) -> bool:
    """Whether two files agree to the letter, and in their numbers but for the last digits, which depend on the order of a sum."""
    if other is None or NUMBER.split(text) != NUMBER.split(other):
        return False
    pairs = zip(NUMBER.findall(text), NUMBER.findall(other), strict=True)
    return all(one == two or isclose(float(one), float(two), rel_tol=1e-9, abs_tol=1e-9) for one, two in pairs)


def slides(app: AppTest) -> str:
    """All that slides, the PDF and the workbook of the page are made of, as text."""
    deck = hand_out.deck(app.session_state[hand_out._SHOWN], ())
    told = [deck.title, deck.stands]
    for slide in deck.slides:
        told += [slide.finding, str(slide.figures)]
        told += [slide.chart.alt, slide.chart.frame.write_json()] if slide.chart else []
    return steady("\n".join(told + [frame.write_json() for frame in deck.tables.values()]))


@pytest.mark.parametrize("page", [page for page in PAGES if page not in (*WITHOUT, PROGRAMMES)])
def test_a_leads_files_are_those_of_a_store_without_any_other_region(whole: Store, alone: Store, files: Files, page: str) -> None:
    theirs, expected = files(whole.root, page, LEAD), files(alone.root, page, LEAD)
    assert [name for name in theirs if not says_the_same(theirs[name], expected.get(name))] == []
    assert theirs.keys() == expected.keys()


@pytest.fixture(scope="module")
def foreign() -> set[str]:
    """Ids and names of the other regions, of their accounts and of their people, that nobody of the own region shares."""
    tables, own = demo_tables(60_000, 7), of_one_region(demo_tables(60_000, 7))
    columns = [(name, f"{one}{ending}") for name, one in (("accounts", "account"), ("salespeople", "salesperson")) for ending in ("", "_id")]
    regions = set(tables["regions"].filter(pl.col("region_id") != REGION).select("region", "region_id").unpivot()["value"])
    return regions.union(*(set(tables[name][column]) - set(own[name][column]) for name, column in columns))


def test_a_leads_programmes_name_nobody_of_another_region(whole: Store, files: Files, foreign: set[str]) -> None:
    assert foreign & set(cells(files(whole.root, PROGRAMMES, LEAD))) == set()


def test_the_same_search_finds_other_regions_in_a_managers_programmes(whole: Store, files: Files, foreign: set[str]) -> None:
    assert len(foreign & set(cells(files(whole.root, PROGRAMMES)))) > 100


def cells(found: dict[str, str]) -> list[str]:
    """What stands between two commas, lines or quotation marks."""
    return [cell for text in found.values() for cell in re.split(r'[,"\n\r]+', text)]
