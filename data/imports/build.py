"""Staged rows → a finished generation: tables, marts, control totals, file on disk, and only then the pointer."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from data.errors import ImportRefused, StoreDamaged
from data.imports.deal_ends import USUAL
from data.imports.ticker import Progress, silent, ticking
from data.language import _
from data.store import Store

SCHEMA = Path(__file__).parents[1] / "schema.sql"
MARTS = Path(__file__).parents[1] / "marts"
MART_ORDER = (
    "account_product_month", "account_product_year", "account_month", "account_day", "account_first_sale", "purchase_month", "region_product_month", "order_line_count",
    "deal_sources", "stage_spells", "stage_moves", "account_first_stage", "prospect_stays", "prospect_activities", "rated_indicators", "prospect_ratings",
    "activity_month", "visit_order_day", "programme_month",
)  # fmt: skip


def build_generation(con: duckdb.DuckDBPyConnection, store: Store, progress: Progress = silent, ends: Sequence[str] = USUAL) -> int:
    """Publish `con`'s schema `staged` as the store's next generation and return its number.

    `staged` holds one table or view per contract table with all rows of the new generation, and `sources`, `rejected_rows`. `ends`
    are the words that end a deal: of the stages of one day they come last.
    Raises ImportRefused when sums overflow, and StoreDamaged when the totals of the finished tables differ from the staged ones; the store is then as it was.
    """
    building = store.new_building_path()
    con.execute(f"attach '{_quoted(building)}' as gen")
    try:
        _build_within_range(con, progress, ends)
        _compare_control_totals(con)
        con.execute("checkpoint gen")
    finally:
        con.execute("detach gen")
    progress(0.97, _("Publishing"))
    return store.publish(building)


def _build_within_range(con: duckdb.DuckDBPyConnection, progress: Progress, ends: Sequence[str]) -> None:
    """Build, and say so in words when sums (or costs: quantity × unit cost) leave the store's fourteen digits before the decimal point."""
    try:
        _build(con, progress, ends)
    except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
        raise ImportRefused(
            _("The amounts add up to too much"),
            _("A month's sum, or a quantity times its unit cost, goes beyond 99,999,999,999,999."),
            _("Nothing was changed. Look for amounts, quantities or costs in the wrong unit, correct them and import again."),
        ) from error


def _build(con: duckdb.DuckDBPyConnection, progress: Progress, ends: Sequence[str]) -> None:
    statements = duckdb.extract_statements(SCHEMA.read_text(encoding="utf-8"))
    steps = len(statements) + len(MART_ORDER)
    for position, statement in enumerate(statements):
        with ticking(con, _step(progress, position, steps), _("Building the tables")):
            con.execute(statement)
    for position, mart in enumerate(MART_ORDER, start=len(statements)):
        (statement,) = duckdb.extract_statements((MARTS / f"{mart}.sql").read_text(encoding="utf-8"))
        with ticking(con, _step(progress, position, steps), _("Building the roll-ups")):
            con.execute(statement, {"usual_ends": list(ends)} if statement.named_parameters else None)


def _step(progress: Progress, position: int, steps: int) -> Progress:
    """The progress of one of the build's statements as progress of the build."""
    return lambda fraction, message: progress(0.9 * (position + fraction) / steps, message)


def _compare_control_totals(con: duckdb.DuckDBPyConnection) -> None:
    staged = con.execute("select count(*), sum(net_amount), sum(quantity) from staged.transactions").fetchall()
    lines = con.execute("select count(*), sum(net_amount), sum(quantity) from gen.order_lines").fetchall()
    marts = con.execute("select sum(line_count), sum(net_amount), sum(quantity) from gen.account_month").fetchall()
    if staged != lines or (lines[0][0] and lines != marts):
        raise StoreDamaged(
            _("The import was not published"),
            _("The totals of the new tables differ from the rows that were read: {staged}, {lines}, {marts}.").format(
                staged=staged[0], lines=lines[0], marts=marts[0]
            ),
            _("Nothing was changed. Please report this with the file that you imported."),
        )


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
