"""python -m measures NAME: any answer without a browser."""

import argparse
import csv
import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from io import StringIO

import polars as pl

from data.spreadsheet import cell, sure
from measures.registry import complete
from measures.request import Request, add_arguments, requested, served
from queries.filters import OF_DEALS


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer and print; 0 when answered, 2 when the request or the store is refused."""
    return served(_parser().parse_args(arguments), _answered)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m measures", description="Any answer of the dashboard, without a browser.")
    add_arguments(parser)
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    return parser


def _answered(options: argparse.Namespace) -> str:
    asked = requested(options)
    found = complete(asked.kind, asked.ask, asked.filters, asked.cuts, asked.records)
    if options.format == "json":
        return _json(asked, found)
    return _csv(found) if options.format == "csv" else _table(found)


def _json(asked: Request, found: dict[str, pl.DataFrame]) -> str:
    document = {
        "answer": asked.kind.name,
        "generation": asked.reader.number,
        "as_of": asked.reader.as_of,
        "filters": {name: value for name, value in asdict(asked.filters).items() if name not in OF_DEALS},
        "thresholds": asked.cuts.as_dict(),
        "tables": {table: [{column: sure(value) for column, value in row.items()} for row in frame.to_dicts()] for table, frame in found.items()},
    }
    return json.dumps(document, default=_plain, ensure_ascii=False, allow_nan=False)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong in an answer")


def _csv(found: dict[str, pl.DataFrame]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for table, frame in found.items():
        writer.writerow([f"# {table}"])
        writer.writerow(frame.columns)
        writer.writerows([cell(value) for value in row] for row in frame.iter_rows())
        writer.writerow([])
    return out.getvalue().rstrip("\n")


def _table(found: dict[str, pl.DataFrame]) -> str:
    with pl.Config(tbl_rows=40, tbl_cols=30, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, fmt_str_lengths=40, tbl_width_chars=-1, float_precision=4, thousands_separator=True):
        return "\n\n".join(f"{table} ({frame.height})\n{frame}" for table, frame in found.items())


if __name__ == "__main__":
    # A reader that closes the pipe early, as `head` does, is no error.
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
