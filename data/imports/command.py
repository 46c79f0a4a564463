"""`python -m data import` and `python -m data rejects`: the import from a shell.

Exit codes: 0 everything loaded (or already loaded), 3 loaded, but some rows rejected, 2 refused (or every row rejected), the store is untouched.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from data.errors import BadRequest, DashboardError
from data.imports import money, rejects
from data.imports.mapping import Mapping
from data.imports.result import ImportResult, reason_text
from data.imports.run import import_files
from data.journal import LOCAL_EMAIL, Journal
from data.language import _, currency, current, format_money, format_month, format_number, ngettext, use
from data.store import Store

LOADED, REFUSED, SOME_REJECTED = 0, 2, 3
FILES_SHOWN = 20


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add the sub-commands `import` and `rejects`; each sets `run` to a function of the arguments that returns the exit code."""
    load = subparsers.add_parser("import", help=_("load files, folders or zips into the store"))
    load.add_argument("paths", nargs="+", metavar="PATH", help=_("CSV, TSV, TXT, XLSX, Parquet, a folder or a zip of them"))
    load.add_argument("--mapping", metavar="FILE", help=_("a TOML file, or the name of a mapping that comes with it"))
    load.add_argument("--sender", metavar="NAME", help=_("whose files these are: a corrected file replaces its sender's older one"))
    load.add_argument("--store", metavar="DIR", help=_("the store's folder"))
    load.add_argument("--answer", action="append", default=[], metavar="COLUMN=FORMAT", help=_("how an ambiguous column is written"))
    load.add_argument("--progress-json", action="store_true", help=argparse.SUPPRESS)
    load.set_defaults(run=run_import)
    kept = subparsers.add_parser("rejects", help=_("write the rejected rows with their reasons to a CSV file"))
    kept.add_argument("-o", "--output", metavar="FILE", help=_("the CSV file; without it, the standard output"))
    kept.add_argument("--table", metavar="TABLE", help=_("only the rows of one table"))
    kept.add_argument("--store", metavar="DIR", help=_("the store's folder"))
    kept.set_defaults(run=run_rejects)


def run_import(arguments: argparse.Namespace) -> int:
    """Import, tell what happened, return the exit code."""
    tell = _JsonLines() if arguments.progress_json else _Screen()
    try:
        answers = _answers(arguments.answer)
        store = Store.at(arguments.store)
        mapping = arguments.mapping or _saved_mapping(store, arguments.sender)
        result = import_files(arguments.paths, store, mapping, arguments.sender, tell.progress, answers)
        _remember(store, arguments.sender or "", result)
    except DashboardError as error:
        tell.error(error)
        return REFUSED
    tell.result(result)
    return exit_code(result)


def _saved_mapping(store: Store, sender: str | None) -> Mapping | None:
    """The mapping that was saved under the sender's name, if there is just one; of several the files' headings don't tell which."""
    saved = [(name, toml) for whose, name, toml in Journal(store.journal_path).mappings() if sender and whose == sender]
    return Mapping.from_toml(saved[0][1], saved[0][0]) if len(saved) == 1 else None


def _remember(store: Store, sender: str, result: ImportResult) -> None:
    """Write the import into the journal's history; one that changed nothing leaves no line, unless it has rejected rows to mend."""
    if result.outcome != "loaded" and not result.is_all_rejected:
        return
    names = sorted({file.file for file in result.files})
    summary = {"sender": sender, "files": len(names), "names": names[:FILES_SHOWN], "rows_in": result.rows_in}
    summary |= {"rows_loaded": result.rows_loaded, "rows_rejected": result.rows_rejected}
    journal = Journal(store.journal_path)
    journal.record_import(result.generation, result.outcome, summary, by=LOCAL_EMAIL)
    money.keep(journal, result.currency, LOCAL_EMAIL)
    use(current(), str(journal.setting_values().get("currency", currency())))


def exit_code(result: ImportResult) -> int:
    """0 all loaded or already loaded, 3 some rows rejected, 2 refused."""
    if result.outcome == "refused":
        return REFUSED
    return SOME_REJECTED if result.outcome == "loaded" and any(file.rows_rejected for file in result.files) else LOADED


def run_rejects(arguments: argparse.Namespace) -> int:
    """Write the rejected rows, say how many, return the exit code."""
    store = Store.at(arguments.store)
    try:
        if not arguments.output:
            rejects.write(store, sys.stdout, arguments.table)
            return LOADED
        with Path(arguments.output).open("w", encoding="utf-8-sig", newline="") as file:
            rows = rejects.write(store, file, arguments.table)
    except DashboardError as error:
        _Screen().error(error)
        return REFUSED
    print(ngettext("{n} rejected row written to {file}", "{n} rejected rows written to {file}", rows).format(n=format_number(rows), file=arguments.output))
    return LOADED


def _answers(given: list[str]) -> dict[str, str]:
    """The answers as heading → format. Raises BadRequest for one that is not written so."""
    pairs = [tuple(part.strip() for part in text.partition("=")) for text in given]
    for text, (column, _equals, format_) in zip(given, pairs, strict=True):
        if not column or not format_:
            raise BadRequest(
                _("The answer “{text}” says nothing").format(text=text),
                _("An answer is a column and how it is written: --answer COLUMN=FORMAT."),
                _("For example: --answer {example}").format(example="sold_on=DD/MM/YYYY"),
            )
    return {column: format_ for column, _equals, format_ in pairs}


class _JsonLines:
    """One JSON object per line: {"step": "progress", "fraction", "message"}, then {"step": "result" or "error", …}."""

    def progress(self, fraction: float, message: str) -> None:
        print(json.dumps({"step": "progress", "fraction": round(fraction, 4), "message": message}), flush=True)

    def error(self, error: DashboardError) -> None:
        print(json.dumps({"step": "error", "title": error.title, "message": error.message, "hint": error.hint}), flush=True)

    def result(self, result: ImportResult) -> None:
        print(json.dumps({"step": "result", **as_json(result)}, default=str), flush=True)


def as_json(result: ImportResult) -> dict:
    """The result as plain values; `months` as a list of rows."""
    content = {name: value for name, value in vars(result).items() if name not in ("files", "recognised", "questions", "months")}
    for name in ("files", "recognised", "questions"):
        content[name] = [asdict(item) for item in getattr(result, name)]
    content["months"] = result.months.to_dicts() if result.months is not None else []
    return content | {"rows_in": result.rows_in, "rows_loaded": result.rows_loaded, "rows_rejected": result.rows_rejected}


class _Screen:
    """Text for people: progress on the standard error when it is a terminal, the result on the standard output."""

    def progress(self, fraction: float, message: str) -> None:
        if sys.stderr.isatty():
            print(f"\r{fraction:4.0%}  {message[:70]:<70}", end="\n" if fraction >= 1 else "", file=sys.stderr, flush=True)

    def error(self, error: DashboardError) -> None:
        print(f"\n{error.title}\n  {error.message}\n  {error.hint}".rstrip(), file=sys.stderr)

    def result(self, result: ImportResult) -> None:
        lines = [*_question_lines(result), *_file_lines(result), *_reason_lines(result), *_recognised_lines(result)]
        lines += [f"  {notice}" for notice in result.notices]
        print("\n".join([*lines, *_closing_lines(result)]))


def _question_lines(result: ImportResult) -> list[str]:
    if not result.questions:
        return []
    lines = [_("Nothing was imported: some columns can be read in two ways, and only you know which is right.")]
    for question in result.questions:
        lines += [f"  {question.message}", _("  Answer in a mapping file (--mapping FILE):"), *(f"      {line}" for line in question.remedy.split("\n"))]
    return lines


def _file_lines(result: ImportResult) -> list[str]:
    shown = [file for file in result.files if not file.derived]
    lines = [_file_line(file) for file in shown[:FILES_SHOWN]]
    if len(shown) > FILES_SHOWN:
        lines.append(_("  … and {n} more").format(n=format_number(len(shown) - FILES_SHOWN)))
    derived = Counter()
    for file in result.files:
        derived[file.table] += file.rows_loaded if file.derived else 0
    lines += [_("  derived from the lines: {n} {table}").format(n=format_number(n), table=table) for table, n in derived.items() if n]
    if result.files:
        lines.append(_counted(_("All files"), result.rows_in, result.rows_loaded, result.rows_rejected))
    return lines


def _file_line(file) -> str:
    if file.status == "already_loaded":
        return _("{file} → {table}: already loaded").format(file=file.file, table=file.table)
    return _counted(f"{file.file} → {file.table}", file.rows_in, file.rows_loaded, file.rows_rejected)


def _counted(name: str, rows: int, loaded: int, rejected: int) -> str:
    return _("{name}: {rows} rows in = {loaded} loaded + {rejected} rejected").format(
        name=name, rows=format_number(rows), loaded=format_number(loaded), rejected=format_number(rejected)
    )


def _reason_lines(result: ImportResult) -> list[str]:
    if not result.reasons:
        return []
    lines = [_("Rejected, by reason (a row can have several):")]
    lines += [f"  {table}: {format_number(rows)} × {reason_text(code)} [{code}]" for table, code, rows in result.reasons]
    return [*lines, _("  Rows and reasons as CSV, to mend and import again: python -m data rejects -o rejected.csv")]


def _recognised_lines(result: ImportResult) -> list[str]:
    if not result.recognised:
        return []
    lines = [_("Read as:")]
    return lines + [f"  {found.file}, {found.column}: {found.format}   ({found.example} → {found.becomes})" for found in result.recognised]


def _closing_lines(result: ImportResult) -> list[str]:
    if result.outcome == "already_loaded":
        return [_("Already loaded: nothing was changed.")]
    if result.is_all_rejected:
        return [_("Nothing was imported: every row was rejected. The store is as it was.")]
    if result.outcome == "refused":
        return []
    lines = []
    if result.months is not None and result.months.height:
        months = result.months
        before, after = months["before"].sum(), months["after"].sum()
        lines.append(
            _("Net sales {first} – {last}: {before} before, {after} now.").format(
                first=format_month(months["month"].min()),
                last=format_month(months["month"].max()),
                before=format_money(before, 2),
                after=format_money(after, 2),
            )
        )
    return [*lines, _("Published as generation {n}. Undo: python -m data undo").format(n=result.generation)]
