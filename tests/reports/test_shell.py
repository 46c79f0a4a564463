"""Every answer can be handed out from the shell, in any format, and to its viewer alone."""

import zipfile
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from data.store import Store
from measures.registry import ANSWERS
from measures.request import requested
from reports.__main__ import _parser as parser
from reports.__main__ import deck, main
from reports.contents import SLIDES
from reports.deck import Deck

PERIOD = ("--from", "2025-11-01", "--to", "2026-11-01")
OF_ONE_ACCOUNT = ("account", "account_market")
NOTHING_WRONG = ("contradicting_deals",)
"""Lists of what is wrong in the data: the demo brewery has nothing of the kind."""
LEAD = "lead.r-03@cartera.example"


@pytest.fixture(scope="session")
def bought(demo: Store) -> pl.DataFrame:
    """The accounts with their regions and net sales, as the answer has them."""
    return told(demo, "value_pyramid").tables["accounts"]


def told(demo: Store, name: str, *more: str) -> Deck:
    options = parser().parse_args([name, "--store", str(demo.root), *PERIOD, *more])
    return deck(requested(options), options)


def written(demo: Store, folder: Path, name: str, kind: str, *more: str) -> Path:
    path = folder / f"{name}.{kind}"
    assert main([name, "--store", str(demo.root), "--format", kind, "-o", str(path), *PERIOD, *more]) == 0
    return path


@pytest.mark.parametrize("name", [name for name in ANSWERS if name not in NOTHING_WRONG])
def test_every_answer_has_slides_that_say_something(demo: Store, bought: pl.DataFrame, name: str) -> None:
    about = ["--account", bought["account_id"][0]] if name in OF_ONE_ACCOUNT else []
    slides = told(demo, name, *about).slides
    assert slides
    assert all(slide.finding and (slide.chart is not None or slide.table is not None) for slide in slides)


@pytest.mark.parametrize("name", NOTHING_WRONG)
def test_an_answer_without_a_row_says_so(demo: Store, name: str) -> None:
    assert [slide.finding for slide in told(demo, name).slides] == ["There is nothing in this selection"]


def test_every_deck_of_its_own_belongs_to_an_answer() -> None:
    assert SLIDES.keys() <= ANSWERS.keys()


def test_what_is_handed_out_is_what_was_sold(demo: Store, bought: pl.DataFrame, tmp_path: Path) -> None:
    book = fastexcel.read_excel(written(demo, tmp_path, "value_pyramid", "xlsx"))
    assert book.load_sheet("accounts").to_polars()["Net sales"].sum() == pytest.approx(bought["net_sales"].cast(pl.Float64).sum(), abs=0.005)


@pytest.mark.parametrize("kind", ["pptx", "xlsx"])
def test_a_lead_hands_out_no_other_regions_name(demo: Store, tmp_path: Path, kind: str) -> None:
    regions = told(demo, "overview").tables["by_region"]["region"]
    own = set(told(demo, "overview", "--as", LEAD).tables["by_region"]["region"])
    assert 0 < len(own) < regions.len()
    with zipfile.ZipFile(written(demo, tmp_path, "overview", kind, "--as", LEAD)) as archive:
        text = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if name.endswith((".xml", ".txt")))
    assert [name for name in regions if name not in own and name in text] == []


def test_it_states_the_filters_and_the_moved_thresholds(demo: Store) -> None:
    stated = dict(told(demo, "value_pyramid", "--set", "abc_a=0.75").stated)
    assert stated["Period"] == "1 Nov 2025 to 31 Oct 2026"
    assert "0.75" in stated.values()


def test_an_empty_period_is_said_and_not_drawn(demo: Store) -> None:
    options = parser().parse_args(["overview", "--store", str(demo.root), "--from", "1990-01-01", "--to", "1990-02-01"])
    assert all(slide.chart is None for slide in deck(requested(options), options).slides)


def test_an_unknown_answer_and_a_place_that_cannot_be_written_are_refused(demo: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing", "--store", str(demo.root)]) == 2
    assert "There is no answer nothing" in capsys.readouterr().err
    assert main(["data_quality", "--store", str(demo.root), "-o", str(tmp_path / "no" / "where.pptx")]) == 2
    assert "Choose another place with -o." in capsys.readouterr().err


def test_without_a_name_it_lists_the_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(ANSWERS)
