"""python -m measures NAME: any answer without a browser."""

import argparse
import csv
import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from io import StringIO

import polars as pl

from data.errors import BadRequest, DashboardError
from data.journal import LOCAL_EMAIL, Journal
from data.language import _, use
from data.signed_boards import written
from data.spreadsheet import defused
from data.store import Store
from measures.pipeline.sales_models import CHOICE, with_model
from measures.registry import ANSWERS, all_thresholds, complete, kind
from measures.seasons.regions_by_hand import settings_in_sight
from measures.thresholds import Cuts, cuts
from queries.filters import OF_DEALS, Filters
from queries.runner import Ask, asker


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer and print; 0 when answered, 2 when the request or the store is refused."""
    options = _parser().parse_args(arguments)
    use(options.language)
    if options.name is None:
        for known in ANSWERS.values():
            print(f"{known.name:22} {_(known.title)}")
        return 0
    try:
        print(_answered(options))
    except DashboardError as error:
        print(f"{error.title}. {error.message} {error.hint}".strip(), file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m measures", description="Any answer of the dashboard, without a browser.")
    parser.add_argument("name", nargs="?", help="the answer; none lists them")
    parser.add_argument("--store", help="the store's folder (default: CARTERA_STORE, else .store/)")
    parser.add_argument("--from", dest="from_date", help="first day, YYYY-MM-DD")
    parser.add_argument("--to", dest="to_date", help="the day after the last day, YYYY-MM-DD")
    for name in ("region", "account", "category", "product", "salesperson"):
        parser.add_argument(f"--{name}", action="append", help=f"only this {name}; may be repeated")
    parser.add_argument("--set", dest="sets", action="append", default=[], metavar="threshold=value", help="move a threshold")
    parser.add_argument("--as", dest="viewer", default=LOCAL_EMAIL, metavar="EMAIL", help="answer as this user sees it")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.add_argument("--language", choices=("en", "es"), default="en")
    return parser


def _answered(options: argparse.Namespace) -> str:
    asked = kind(options.name)
    store = Store.at(options.store)
    reader = store.reader()
    journal = Journal(store.journal_path)
    viewer = journal.viewer(options.viewer)
    ask = asker(reader, viewer)
    filters = _identified(ask, _filters(options))
    settings = settings_in_sight(journal.setting_values(), viewer, ask)
    overrides = _overrides(options.sets)
    chosen = cuts(all_thresholds(asked), with_model(settings, overrides.get(CHOICE, "")), overrides)
    found = complete(asked, ask, filters, chosen, partial(written, journal))
    if options.format == "json":
        return _json(asked.name, reader.number, reader.as_of, filters, chosen, found)
    return _csv(found) if options.format == "csv" else _table(found)


def _filters(options: argparse.Namespace) -> Filters:
    def listed(values: list[str] | None) -> tuple[str, ...] | None:
        return None if values is None else tuple(values)

    first, end = _day(options.from_date), _day(options.to_date)
    if first and end and first >= end:
        raise BadRequest(_("The period is empty"), _("--to is the day after the last day: it comes after --from."))
    return Filters(
        from_date=first,
        to_date=end,
        region_ids=listed(options.region),
        account_ids=listed(options.account),
        categories=listed(options.category),
        product_ids=listed(options.product),
        salesperson_ids=listed(options.salesperson),
    )


def _identified(ask: Ask, filters: Filters) -> Filters:
    """The filters with names turned into ids. Raises BadRequest for a word that stands for nothing the viewer sees."""
    names = {"region": "region_ids", "account": "account_ids", "category": "categories", "product": "product_ids", "salesperson": "salesperson_ids"}
    rows = ask("store/identifiers", filters).rows()
    unknown = [f"{kind} {given}" for kind, given, identifier in rows if identifier is None]
    if unknown:
        raise BadRequest(
            _("Unknown: {names}").format(names=", ".join(unknown)), _("Give an id, or the exact name, of something that this user sees.")
        )
    found = {field: tuple(identifier for kind, _given, identifier in rows if kind == name) or None for name, field in names.items()}
    return replace(filters, **found)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(_("“{value}” is not a day").format(value=text), _("Write days as YYYY-MM-DD.")) from error


def _overrides(sets: Sequence[str]) -> dict[str, str]:
    pairs = [item.partition("=") for item in sets]
    wrong = [name for name, equals, _value in pairs if not equals]
    if wrong:
        raise BadRequest(_("“{value}” sets nothing").format(value=wrong[0]), _("Write --set threshold=value."))
    return {name.strip(): value for name, _equals, value in pairs}


def _json(
    name: str, generation: int, as_of: date, filters: Filters, chosen: Cuts, found: dict[str, pl.DataFrame]
) -> str:
    document = {
        "answer": name,
        "generation": generation,
        "as_of": as_of,
        "filters": {name: value for name, value in asdict(filters).items() if name not in OF_DEALS},
        "thresholds": chosen.as_dict(),
        "tables": {table: frame.to_dicts() for table, frame in found.items()},
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
        writer.writerows([defused(value) for value in row] for row in frame.iter_rows())
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
