"""A deck in its three formats: what is on the screen is in the file, to the letter, and nothing in it runs."""

from datetime import date
from io import BytesIO

import fastexcel
import polars as pl
import pytest
from pptx import Presentation

from charts.trend import trend
from data.language import use
from reports import pictures
from reports.deck import Deck, Figure, Slide
from reports.extract import LONG, ROWS, extract
from reports.pdf import pdf
from reports.pptx import pptx
from reports.workbook import workbook

MONTHLY = pl.DataFrame({"month": [date(2026, 1, 1), date(2026, 2, 1)], "net_sales": [100.0, 120.0]})
REGIONS = pl.DataFrame({"region_id": ["N", "S"], "region": ["=North", "South"], "net_sales": [1234.6, 2.0]})
STATED = (("Period", "Jan – Feb 2026"), ("Region", "=North"))
DECK = Deck(
    "Overview", "Jan – Feb 2026",
    (
        Slide("Sales rose by 20%", (Figure("Net sales", "€220", "+20.0% on last year"),), trend(MONTHLY, theme="dark", finding="Sales rose by 20%")),
        Slide("#emph[North] sells *most*", table=REGIONS),
    ),
    {"regions": REGIONS}, STATED,
)  # fmt: skip


@pytest.fixture(scope="module")
def slides():
    """The deck read back from its .pptx file."""
    return list(Presentation(BytesIO(pptx(DECK))).slides)


def words(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_each_slides_title_is_its_finding(slides):
    assert [slide.shapes.title.text_frame.text for slide in slides] == ["Sales rose by 20%", "#emph[North] sells *most*"]


def test_figures_stand_with_their_comparison(slides):
    assert {"Net sales", "€220", "+20.0% on last year"} <= set(words(slides[0]))


def test_every_slide_states_its_time_and_its_filters(slides):
    for number, slide in enumerate(slides, start=1):
        assert {"Overview · Jan – Feb 2026", f"{number} · Period: Jan – Feb 2026 · Region: =North"} <= set(words(slide))
        assert slide.notes_slide.notes_text_frame.text == "Period: Jan – Feb 2026\nRegion: =North"


def test_a_chart_is_a_picture_with_its_finding_as_text(slides):
    (picture,) = [shape for shape in slides[0].shapes if shape.shape_type.name == "PICTURE"]
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Sales rose by 20%"
    assert picture.image.content_type == "image/png"


def test_a_table_can_be_edited_and_leaves_out_the_id_beside_the_name(slides):
    (table,) = [shape.table for shape in slides[1].shapes if shape.has_table]
    assert [[cell.text_frame.text for cell in row.cells] for row in table.rows] == [["Region", "Net sales"], ["=North", "€1,235"], ["South", "€2"]]


def test_everything_stays_on_its_slide(slides):
    for slide in slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= 1280 * 9525
            assert 0 <= shape.top <= shape.top + shape.height <= 720 * 9525


def test_a_chart_of_the_dark_theme_is_handed_out_in_light_colours():
    light, dark = (pictures.png(trend(MONTHLY, theme=theme, finding="x"), 400, 300) for theme in ("light", "dark"))
    assert light == dark


def test_a_picture_is_written_in_the_readers_language():
    english = pictures.png(trend(MONTHLY, finding="x"), 400, 300)
    use("es", "EUR")
    assert pictures.png(trend(MONTHLY, finding="x"), 400, 300) != english


def test_a_chart_that_is_higher_than_its_place_keeps_its_proportions():
    high = trend(MONTHLY, height=1300)
    assert pictures.fitted(high, 1300, 650) == (2600, 1300)


def test_the_pdf_has_a_page_for_each_finding():
    made = pdf(DECK)
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") + made.count(b"/Type/Page\n") + made.count(b"/Type /Page/") + made.count(b"/Type/Page/") == 2


def test_a_workbook_has_every_row_a_sheet_for_each_table_and_what_it_stands_for():
    long_name = "a table whose name is longer than a sheet's may be"
    book = fastexcel.read_excel(workbook({"regions": REGIONS, "Regions": REGIONS, long_name: MONTHLY, "a/b?": MONTHLY}, STATED))
    assert book.sheet_names == ["regions", "Regions 2", long_name[:31], "a b", "Filters"]
    assert book.load_sheet("regions").to_polars().rows() == [("N", "=North", 1234.6), ("S", "South", 2.0)]
    assert book.load_sheet("Filters", header_row=None).to_polars().rows() == list(STATED)


def test_a_table_too_long_for_a_slide_says_what_is_left_out():
    shown = extract(pl.DataFrame({"account": [f"Bar {n}" for n in range(40)], "net_sales": [1.0] * 40}))
    assert len(shown.rows) == ROWS
    assert shown.note == f"{ROWS} of 40 rows, 2 of 2 columns; the workbook has them all."


def test_codes_are_in_the_readers_words_and_names_are_not_touched():
    use("es", "EUR")
    shown = extract(pl.DataFrame({"account": ["active", "Bar"], "status": ["active", "lost"]}))
    assert shown.rows == (("active", "Activo"), ("Bar", "Perdida"))


def test_sentences_leave_room_for_fewer_rows():
    shown = extract(pl.DataFrame({"sentence": ["x" * (LONG + 1)] * ROWS}))
    assert len(shown.rows) < ROWS
