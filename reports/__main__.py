"""python -m reports NAME --format pptx|pdf|xlsx: any answer as a file to hand out, with the findings and charts of the screen."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from charts import labels
from data.errors import BadRequest
from data.language import _, format_date
from measures.registry import answered, with_parts
from measures.request import FILTERS, Request, add_arguments, requested, served
from measures.thresholds import THRESHOLDS
from reports.contents import slides
from reports.deck import Deck
from reports.formats import FORMATS
from reports.provenance import provenance


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file and print its name; 0 when written, 2 when the request, the store or the file is refused."""
    return served(_parser().parse_args(arguments), _written)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description="Any answer as slides, as a PDF or as a workbook.")
    add_arguments(parser)
    parser.add_argument("--format", choices=tuple(FORMATS), default="pptx")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write (default: NAME.FORMAT here)")
    return parser


def _written(options: argparse.Namespace) -> Path:
    path = Path(options.output or f"{options.name}.{options.format}")
    made = FORMATS[options.format](deck(requested(options), options))
    try:
        path.write_bytes(made)
    except OSError as error:
        raise BadRequest(_("The file cannot be written"), f"{path}: {error.strerror}.", _("Choose another place with -o.")) from error
    return path


def deck(asked: Request, options: argparse.Namespace) -> Deck:
    """The answer's deck; `options` says how its filters were typed."""
    answer = answered(asked.kind, asked.ask, asked.filters, asked.cuts, asked.records)
    whole = with_parts(asked.kind, answer, asked.ask, asked.filters, asked.cuts, asked.records)
    found = {name: labels.people(frame) for name, frame in whole.items()}
    # A workbook has no slides: nothing is drawn for it.
    drawn = () if options.format == "xlsx" else tuple(slides(asked.kind, answer, asked.cuts, found))
    return Deck(_(asked.kind.title), _period(asked), drawn, found, tuple(_stated(asked, options, found.values())))


def _period(asked: Request) -> str:
    """The first and the last day that are asked for; the shell takes the day after the last."""
    first, end = asked.filters.from_date, asked.filters.to_date
    return _("{first} to {end}").format(first=_day(first), end=_day(end and end - timedelta(days=1))) if first or end else _("all data")


def _day(day: date | None) -> str:
    return format_date(day) if day else "…"


def _stated(asked: Request, options: argparse.Namespace, tables: Iterable[pl.DataFrame]) -> list[tuple[str, str]]:
    names = {"region": _("Region"), "account": _("Account"), "category": _("Category"), "product": _("Product"), "salesperson": _("Salesperson")}
    chosen = [(names[name], ", ".join(getattr(options, name))) for name in FILTERS if getattr(options, name)]
    moved = [(_(THRESHOLDS[name].label), str(asked.cuts[name])) for name in asked.moved if name in THRESHOLDS]
    return [(_("Period"), _period(asked)), *chosen, *moved, *provenance(asked.viewer, asked.reader, tables)]


if __name__ == "__main__":
    sys.exit(main())
