"""python -m data: import, demo, status, undo, backup, restore, verify, users."""

import argparse
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from data.access import REGIONAL_ROLES, ROLES, Viewer
from data.backup import backup, restore, verify
from data.errors import BadRequest, DashboardError
from data.imports import command as import_command
from data.imports import workplace
from data.journal import LOCAL_EMAIL, Journal
from data.language import _
from data.publish_demo import publish_demo
from data.store import Store


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; its exit code: 0 done, 2 refused, 3 an import with rejected rows, 1 a store that does not verify."""
    options = _parser().parse_args(arguments)
    try:
        with workplace.room(Store.at(options.store)):
            return options.run(options)
    except DashboardError as error:
        print(f"{error.title}. {error.message} {error.hint}".strip(), file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="What the store holds.")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    import_command.add_parser(subparsers)
    demo = _command(subparsers, "demo", _demo, "publish the demo brewery")
    demo.add_argument("--lines", type=lambda text: int(text.replace("_", "")), default=250_000, help="order lines (default 250000)")
    demo.add_argument("--seed", type=int, default=7, help="the same seed gives the same brewery")
    _command(subparsers, "status", _status, "say what the store holds")
    _command(subparsers, "undo", _undo, "go back to the generation before")
    _command(subparsers, "backup", _backup, "write the whole store to a file").add_argument("file", type=Path)
    _command(subparsers, "restore", _restore, "bring a backup back").add_argument("file", type=Path)
    _command(subparsers, "verify", _verify, "read everything and compare the totals")
    user = _command(subparsers, "user", _user, "add a user, or list them")
    user.add_argument("email", nargs="?")
    user.add_argument("--name")
    user.add_argument("--role", choices=ROLES, default="lead")
    user.add_argument("--region", action="append", help="a region that a lead or a salesperson sees, with those under it")
    user.add_argument("--remove", action="store_true")
    return parser


def _command(subparsers: argparse._SubParsersAction, name: str, run: object, text: str) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(name, help=text, description=text)
    parser.add_argument("--store", help="the store's folder (default: CARTERA_STORE, else .store/)")
    parser.set_defaults(run=run)
    return parser


def _demo(options: argparse.Namespace) -> int:
    if options.lines < 1:
        print(_("--lines must be at least 1"), file=sys.stderr)
        return 2
    store = Store.at(options.store)
    number = publish_demo(store, options.lines, options.seed)
    print(_("Generation {n}: the demo brewery, {lines} order lines, in {folder}").format(n=number, lines=options.lines, folder=store.root))
    return 0


def _status(options: argparse.Namespace) -> int:
    store = Store.at(options.store)
    reader = store.reader()
    manager = Viewer(LOCAL_EMAIL, "", "manager", None)
    cursor = reader.cursor_for(manager)
    generation = cursor.execute("select as_of, first_sold_on, order_lines, built_at from visible_generation").fetchall()[0]
    print(_("Store: {folder}").format(folder=store.root))
    print(_("Generation {n} of {numbers}, built {built} UTC").format(n=reader.number, numbers=store.numbers(), built=f"{generation[3]:%Y-%m-%d %H:%M}"))
    print(_("Data from {first} through {last}").format(first=generation[1], last=generation[0]))
    print(_("{lines} order lines, {size} MB on disk").format(lines=generation[2], size=round(store.size() / 1e6)))
    for sender, file, table, rows, loaded, rejected in cursor.execute(
        "select sender, file_name, table_name, rows_in, rows_loaded, rows_rejected from visible_sources where rows_in > 0 order by source_key"
    ).fetchall():
        print(f"  {table:18} {loaded:>10} / {rows:<10} {_('rejected')} {rejected:<8} {file} ({sender or ''})")
    return 0


def _undo(options: argparse.Namespace) -> int:
    store = Store.at(options.store)
    number = workplace.undo(store)
    Journal(store.journal_path).record_import(number, "undone", {}, by=LOCAL_EMAIL)
    print(_("Back to generation {n}").format(n=number) if number else _("The store is empty again"))
    return 0


def _backup(options: argparse.Namespace) -> int:
    names = backup(Store.at(options.store), options.file)
    print(_("{file}: {n} files").format(file=options.file, n=len(names)))
    return 0


def _restore(options: argparse.Namespace) -> int:
    print(_("Restored as generation {n}").format(n=restore(Store.at(options.store), options.file)))
    return 0


def _verify(options: argparse.Namespace) -> int:
    found = list(verify(Store.at(options.store)))
    for name, state in found:
        print(f"{name:40} {state}")
    return 0 if all(state == "ok" for _name, state in found) else 1


def _user(options: argparse.Namespace) -> int:
    store = Store.at(options.store)
    journal = Journal(store.journal_path)
    if options.email and options.remove:
        journal.remove_user(options.email, by=LOCAL_EMAIL)
    elif options.email:
        _refuse_no_address(options.email)
        regions = None if options.region is None else tuple(options.region)
        _refuse_boundless(options.role, regions)
        _refuse_unknown(store, regions or ())
        journal.save_user(Viewer(options.email, options.name or options.email, options.role, regions), by=LOCAL_EMAIL)
    for viewer in journal.users():
        scope = _("everything") if viewer.region_ids is None else ", ".join(viewer.region_ids)
        print(f"{viewer.email:40} {viewer.role:12} {scope}")
    return 0


def _refuse_no_address(email: str) -> None:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise BadRequest(
            _("“{email}” is not an e-mail address").format(email=email),
            _("A user is known by the address that the sign-in gives."),
            _("For example: ana@example.com"),
        )


def _refuse_boundless(role: str, regions: tuple[str, ...] | None) -> None:
    if regions is None and role in REGIONAL_ROLES:
        raise BadRequest(
            _("The regions of a {role} are missing").format(role=role),
            _("Without regions this person would see the whole company."),
            _("Name them: --region REGION. Who sees everything is an executive or a manager."),
        )


def _refuse_unknown(store: Store, regions: tuple[str, ...]) -> None:
    known = store.reader().region_ids() if regions else frozenset()
    unknown = [region for region in regions if region not in known]
    if unknown:
        raise BadRequest(
            _("There is no region {names}").format(names=", ".join(unknown)),
            _("The regions of this store are: {names}.").format(names=", ".join(sorted(known)) or "–"),
        )


if __name__ == "__main__":
    # A reader that closes the pipe early, as `head` does, is no error.
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
