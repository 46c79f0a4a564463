"""A deck as a PDF of wide pages, one for each finding, set by typst; charts keep their lines and letters at any size."""

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from data.language import current
from reports import pictures
from reports.deck import Deck, Slide
from reports.extract import extract

TEMPLATE = Path(__file__).with_suffix(".typ")

WIDTH, HEIGHT, BESIDE_FIGURES = 1184, 540, 450
"""The place of a chart in pixels: its width, its height, and that where figures stand above it."""


def pdf(deck: Deck) -> bytes:
    """The deck as a PDF file; everything written on it goes into the template as data, never as markup."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        pages = [_page(root, slide, number) for number, slide in enumerate(deck.slides)]
        told = {"language": current(), "title": deck.title, "head": deck.head, "statement": deck.statement, "pages": pages}
        (root / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        return typst.compile(root / TEMPLATE.name, sys_inputs={"told": json.dumps(told)})


def _page(root: Path, slide: Slide, number: int) -> dict[str, object]:
    """What the template needs of a slide; its chart lies beside the template."""
    height = BESIDE_FIGURES if slide.figures else HEIGHT
    table = asdict(extract(slide.table)) if slide.chart is None and slide.table is not None else None
    page = {"finding": slide.finding, "figures": [asdict(figure) for figure in slide.figures], "table": table, "chart": None}
    if slide.chart is None:
        return page
    (root / f"{number}.pdf").write_bytes(pictures.pdf(slide.chart, WIDTH, height))
    return {**page, "chart": f"{number}.pdf", "alt": slide.chart.alt, "height": f"{height}"}
