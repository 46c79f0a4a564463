"""A deck as a PowerPoint file: wide slides, the finding as each one's title, tables that can be edited, charts as pictures with their text."""

from io import BytesIO

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide as Sheet
from pptx.text.text import TextFrame
from pptx.util import Emu, Pt

from charts.theme import LIGHT
from reports import pictures
from reports.deck import Deck, Figure, Slide
from reports.extract import extract

PIXEL = 9525
"""EMU of a pixel of 1/96 inch."""

WIDTH, HEIGHT, MARGIN, GAP = 1280, 720, 48, 16
"""The slide in pixels."""

HEAD, TITLE, FIGURES, FOOT = (22, 24), (46, 76), (134, 84), (680, 26)
"""Where the page's name, the finding, the figures and the statement begin, and how high they are."""

TITLE_SIZES, SMALLEST_TITLE = ((55, 26), (140, 20), (190, 16)), 14
"""A finding of up to so many letters keeps to its two lines in so many points."""

ROW = 34
"""A table's row in pixels."""

FEW_COLUMNS = 5
"""A table of more columns is written smaller."""

PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's table style without grid and colours."""

TITLE_ONLY = 5
"""The layout of python-pptx's own template that has a title and nothing else."""


def pptx(deck: Deck) -> bytes:
    """The deck as a .pptx file of one slide for each finding; the statement of filters is on every slide and in its notes."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = _emu(WIDTH), _emu(HEIGHT)
    slides.core_properties.title, slides.core_properties.author = deck.title, "Cartera"
    for number, slide in enumerate(deck.slides, start=1):
        _slide(slides, deck, slide, number)
    out = BytesIO()
    slides.save(out)
    return out.getvalue()


def _slide(slides: Slides, deck: Deck, slide: Slide, number: int) -> None:
    sheet = slides.slides.add_slide(slides.slide_layouts[TITLE_ONLY])
    _title(sheet, slide.finding)
    _text(sheet, deck.head, (MARGIN, HEAD[0], WIDTH - 2 * MARGIN, HEAD[1]), 12, LIGHT.muted)
    _figures(sheet, slide.figures)
    top = FIGURES[0] + (FIGURES[1] + GAP if slide.figures else 0)
    place = (MARGIN, top, WIDTH - 2 * MARGIN, FOOT[0] - GAP // 2 - top)
    if slide.chart is not None:
        _picture(sheet, slide, place)
    elif slide.table is not None:
        _table(sheet, slide, place)
    _text(sheet, f"{number} · {deck.statement}", (MARGIN, FOOT[0], WIDTH - 2 * MARGIN, FOOT[1]), 9, LIGHT.muted)
    sheet.notes_slide.notes_text_frame.text = "\n".join(f"{label}: {text}" for label, text in deck.stated)


def _title(sheet: Sheet, finding: str) -> None:
    title = sheet.shapes.title
    title.left, title.top, title.width, title.height = _box((MARGIN, TITLE[0], WIDTH - 2 * MARGIN, TITLE[1]))
    size = next((size for letters, size in TITLE_SIZES if len(finding) <= letters), SMALLEST_TITLE)
    _write(title.text_frame, finding, size, LIGHT.ink, bold=True)
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _figures(sheet: Sheet, figures: tuple[Figure, ...]) -> None:
    """The figures side by side: name, value, comparison."""
    if not figures:
        return
    width = (WIDTH - 2 * MARGIN - GAP * (len(figures) - 1)) // len(figures)
    for at, figure in enumerate(figures):
        left = MARGIN + at * (width + GAP)
        _text(sheet, figure.label, (left, FIGURES[0], width, 24), 11, LIGHT.muted)
        _text(sheet, figure.value, (left, FIGURES[0] + 20, width, 38), 22, LIGHT.ink, bold=True)
        _text(sheet, figure.beside, (left, FIGURES[0] + 58, width, 24), 11, LIGHT.muted)


def _picture(sheet: Sheet, slide: Slide, place: tuple[int, int, int, int]) -> None:
    left, top, width, height = place
    drawn = pictures.fitted(slide.chart, width, height)
    scale = min(width / drawn[0], height / drawn[1])
    picture = sheet.shapes.add_picture(BytesIO(pictures.png(slide.chart, width, height)), _emu(left), _emu(top), _emu(drawn[0] * scale), _emu(drawn[1] * scale))
    picture._element.nvPicPr.cNvPr.set("descr", slide.chart.alt)


def _table(sheet: Sheet, slide: Slide, place: tuple[int, int, int, int]) -> None:
    shown, (left, top, width, _height) = extract(slide.table), place
    if not shown.headings:
        return
    rows, size = len(shown.rows) + 1, 12 if len(shown.headings) <= FEW_COLUMNS else 10
    frame = sheet.shapes.add_table(rows, len(shown.headings), *_box((left, top, width, ROW * rows)))
    for column, letters in zip(frame.table.columns, shown.widths, strict=True):
        column.width = _emu(width * letters / sum(shown.widths))
    frame._element.graphic.graphicData.tbl[0][-1].text = PLAIN_TABLE
    for row, values in enumerate((shown.headings, *shown.rows)):
        for column, text in enumerate(values):
            cell = frame.table.cell(row, column)
            _write(cell.text_frame, text, size, LIGHT.muted if row == 0 else LIGHT.ink, bold=row == 0, right=shown.is_number[column])
            cell.margin_top = cell.margin_bottom = _emu(4)
            cell.fill.solid()
            cell.fill.fore_color.rgb = RGBColor.from_string((LIGHT.panel if row % 2 == 0 else LIGHT.background)[1:])
    _text(sheet, shown.note, (left, FOOT[0] - 22, width, 20), 10, LIGHT.muted)


def _text(sheet: Sheet, text: str, box: tuple[int, int, int, int], size: int, colour: str, *, bold: bool = False) -> None:
    if text:
        _write(sheet.shapes.add_textbox(*_box(box)).text_frame, text, size, colour, bold=bold)


def _write(frame: TextFrame, text: str, size: int, colour: str, *, bold: bool = False, right: bool = False) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = _emu(2)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour[1:])


def _box(box: tuple[int, int, int, int]) -> tuple[Emu, ...]:
    return tuple(_emu(side) for side in box)


def _emu(pixels: float) -> Emu:
    return Emu(int(pixels * PIXEL))
