"""Ask the store a question by its name and get a frame."""

import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import lru_cache
from pathlib import Path
from threading import current_thread
from weakref import WeakKeyDictionary

import duckdb
import polars as pl

from data.access import Viewer
from data.errors import BadRequest
from data.language import _
from data.reader import Reader
from queries.cursors import ready
from queries.few_rows import FEW, few_rows
from queries.filters import Filters
from queries.remains import blanked

FOLDER = Path(__file__).parent

# The copy is small beside what planning a question twice costs.
warnings.filterwarnings("ignore", "Arrow output on a DB-API result", UserWarning)

_WORKER = "ask"
_WORKERS = ThreadPoolExecutor(2, thread_name_prefix=_WORKER)

PERSONAL = frozenset({"accounts/personal"})
"""Questions about people in person. Who asks must not cache the answer: a cached answer belongs to a scope, and a scope has people of
several roles."""

_CONSTANTS: WeakKeyDictionary[Reader, dict[tuple[str, tuple[int, ...]], pl.DataFrame]] = WeakKeyDictionary()
"""Answers to questions without parameters, by name and scope: one generation has one of each, and half of the pages ask for them."""
MOST_CACHED = 10_000
"""Rows up to which such an answer is cached."""

_HEIGHTS: dict[str, int] = {}
"""How many rows each question had when it was asked last: who had few has few again, as a rule."""

Ask = Callable[..., pl.DataFrame]
"""ask("section/question", filters, **parameters) → frame."""


@lru_cache(maxsize=256)
def question(name: str) -> tuple[duckdb.Statement, frozenset[str]]:
    """queries/<section>/<question>.sql, parsed once, and the names of its parameters. Raises BadRequest for an unknown name."""
    path = FOLDER / f"{name}.sql"
    if not path.is_file():
        raise BadRequest(_("There is no question {name}").format(name=name), _("It has no file under queries/."))
    statement = duckdb.extract_statements(path.read_text(encoding="utf-8"))[0]
    return statement, frozenset(statement.named_parameters)


def ask(cursor: duckdb.DuckDBPyConnection, name: str, filters: Filters, **parameters: object) -> pl.DataFrame:
    """The answer to a question as a frame at the question's grain; the cursor is one of queries/cursors.py.

    The question takes what it names of the filters; `parameters` are its thresholds. A missing or an extra one raises ValueError.
    """
    statement, names = question(name)
    given = {key: value for key, value in filters.parameters().items() if key in names}
    values = given | {key: list(value) if isinstance(value, tuple) else value for key, value in parameters.items()}
    if names != values.keys():
        raise ValueError(f"{name}: parameters {sorted(names ^ values.keys())} are missing or unknown")
    # Not cursor.sql(text).pl(): a relation is planned twice, once when it is made and once when it is read, and half a small question
    # is planning.
    result = cursor.execute(statement, values)
    found = few_rows(result) if _HEIGHTS.get(name, FEW) < FEW else None
    found = pl.from_arrow(blanked(result.to_arrow_table())) if found is None else found
    _HEIGHTS[name] = found.height
    return found


def begin(*questions: Callable[[], object]) -> Callable[[], tuple[object, ...]]:
    """Begin independent calls at the same time; what is returned waits for all of them and gives what they return.

    Half of a small question is planning, which uses one core. What they say is in the language of who asks. Inside such a call they are
    made one after the other: who waits there would hold the worker that they need.
    """
    if current_thread().name.startswith(_WORKER):
        answers = tuple(question() for question in questions)
        return lambda: answers
    begun = [_WORKERS.submit(copy_context().run, question) for question in questions]
    return lambda: tuple(one.result() for one in begun)


def together(*questions: Callable[[], object]) -> tuple[object, ...]:
    """What independent calls return, made at the same time: `together(lambda: ask(…), lambda: ask(…))`."""
    return begin(*questions)()


def asker(reader: Reader, viewer: Viewer) -> Ask:
    """`ask` bound to one generation and one viewer. Each call has a cursor of its own and reads all."""
    constants, scope = _CONSTANTS.setdefault(reader, {}), reader.scope_keys(viewer)

    def bound(name: str, filters: Filters, **parameters: object) -> pl.DataFrame:
        if parameters or question(name)[1] or name in PERSONAL:
            return asked(name, filters, **parameters)
        if (name, scope) in constants:
            return constants[name, scope]
        found = asked(name, filters)
        if found.height <= MOST_CACHED:
            constants[name, scope] = found
        return found

    def asked(name: str, filters: Filters, **parameters: object) -> pl.DataFrame:
        with ready(reader, viewer, filters, tuple(parameters.values()), personal=name in PERSONAL) as cursor:
            return ask(cursor, name, filters, **parameters)

    return bound

