"""A question put from the shell: which answer, of which store, for whom, with which filters and thresholds."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from data.access import Viewer
from data.errors import BadRequest, DashboardError
from data.imports.workplace import room
from data.journal import LOCAL_EMAIL, Journal
from data.language import _, current, use
from data.reader import Reader
from data.records import Record, may_read
from data.signed_boards import written
from data.store import Store
from measures.pipeline.sales_models import CHOICE, with_model
from measures.registry import ANSWERS, AnswerKind, all_thresholds, kind
from measures.seasons.regions_by_hand import settings_in_sight
from measures.thresholds import THRESHOLDS, Cuts, cuts
from queries.filters import Filters
from queries.runner import Ask, asker

FILTERS = ("region", "account", "category", "product", "salesperson")


@dataclass(frozen=True)
class Request:
    """An answer's kind and all that it is asked with. `moved` are the thresholds that --set moved."""

    kind: AnswerKind
    reader: Reader
    viewer: Viewer
    ask: Ask
    filters: Filters
    cuts: Cuts
    records: Callable[[str], Iterable[Record]]
    moved: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that all commands about answers share: store, period, filters, thresholds, viewer, language."""
    parser.add_argument("name", nargs="?", help="the answer; none lists them")
    parser.add_argument("--store", help="the store's folder (default: CARTERA_STORE, else .store/)")
    parser.add_argument("--from", dest="from_date", help="first day, YYYY-MM-DD")
    parser.add_argument("--to", dest="to_date", help="the day after the last day, YYYY-MM-DD")
    for name in FILTERS:
        parser.add_argument(f"--{name}", action="append", help=f"only this {name}; may be repeated")
    parser.add_argument("--set", dest="sets", action="append", default=[], metavar="threshold=value", help="move a threshold")
    parser.add_argument("--as", dest="viewer", default=LOCAL_EMAIL, metavar="EMAIL", help="answer as this user sees it")
    parser.add_argument("--language", choices=("en", "es"), default="en")


def served(options: argparse.Namespace, answer: Callable[[argparse.Namespace], object]) -> int:
    """Print what `answer` makes of the options, or the answers' names where none is given; 0 when answered, 2 when something is refused."""
    use(options.language)
    try:
        print(listed() if options.name is None else answer(options))
    except DashboardError as error:
        print(f"{error.title}. {error.message} {error.hint}".strip(), file=sys.stderr)
        return 2
    return 0


def listed() -> str:
    """The answers that can be asked for, each with its question."""
    return "\n".join(f"{known.name:22} {_(known.title)}" for known in ANSWERS.values())


def requested(options: argparse.Namespace) -> Request:
    """The question of these options; from now on amounts are written in the store's currency.

    Raises BadRequest for what does not exist, StoreMissing for an empty store, ImportRefused where the journal beside it cannot be opened.
    """
    asked = kind(options.name)
    store = Store.at(options.store)
    reader = store.reader()
    with room(store):
        journal = Journal(store.journal_path)
    viewer = journal.viewer(options.viewer)
    ask = asker(reader, viewer)
    filters = _identified(ask, _filters(options))
    saved = journal.setting_values()
    use(current(), str(saved.get("currency", THRESHOLDS["currency"].default)))
    settings = settings_in_sight(saved, viewer, ask)
    overrides = _overrides(options.sets)
    chosen = cuts(all_thresholds(asked), with_model(settings, overrides.get(CHOICE, "")), overrides)
    return Request(asked, reader, viewer, ask, filters, chosen, partial(_readable, journal, viewer), tuple(overrides))


def _readable(journal: Journal, viewer: Viewer, asked: str) -> Iterable[Record]:
    """The journal's records of a kind; none where the viewer may not read them."""
    return written(journal, asked) if may_read(asked, viewer) else ()


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
