"""A target board's workbook on its way back: read safely, checked row by row, compared with what was handed out.

Nothing is guessed: a cell that is no whole number, a row that the board does not have, a row that comes twice are named with what to do,
and then nothing of the file is taken.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.errors import ImportRefused
from data.imports.sheets import to_parquet
from data.language import _

IDS = ("account_id", "product_id")
HIDDEN = "cartera"
MOST = 10**9
Key = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """A cell that the file changes: what was handed out, what the board has now, and what the file wants. `row` is the sheet's own."""

    row: int
    account_id: str
    product_id: str
    month: str
    was: int
    now: int
    wanted: int


@dataclass(frozen=True)
class Problem:
    """A cell or a row that cannot be taken, why, and what to do about it."""

    row: int
    column: str
    found: str
    remedy: str


@dataclass(frozen=True)
class Returned:
    """A file that came back: its changes, or the problems that keep it from being taken."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def read(content: bytes, name: str, board: str, rows: Mapping[Key, tuple[int, ...]], known: frozenset[Key]) -> Returned:
    """The changes of a workbook against the board: `rows` are its targets by account and product, `known` the rows it may have.

    Raises ImportRefused for a file that is no workbook of this board at all.
    """
    sheet, handed_out = _sheets(content, name)
    months = [column for column in handed_out.columns if column not in (*IDS, "board")]
    boards = set(handed_out["board"]) if "board" in handed_out.columns else set()
    if boards != {board}:
        raise _refused(name, _("it was made for the board {told}, this is {board}").format(told=", ".join(sorted(map(str, boards))) or "–", board=board))
    missing = [column for column in (*IDS, *months) if column not in sheet.columns]
    if missing:
        raise _refused(name, _("the columns {names} are missing").format(names=", ".join(missing)))
    before = {(row[0], row[1]): row[2:] for row in handed_out.select(*IDS, *months).iter_rows()}
    return _compared(sheet, months, before, rows, known)


def _sheets(content: bytes, name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "returned.xlsx"
        path.write_bytes(content)
        frames = []
        for sheet in (None, HIDDEN):
            target = Path(folder) / "sheet.parquet"
            above = to_parquet(path, name, target, sheet)
            frames.append(pl.read_parquet(target).with_row_index("sheet_row", offset=above + 2))
    return frames[0], _typed_ids(frames[1].drop("sheet_row"))


def _typed_ids(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col(name).map_elements(_identifier, return_dtype=pl.String) for name in IDS if name in rows.columns)


def _compared(
    sheet: pl.DataFrame, months: list[str], before: dict[Key, tuple], rows: Mapping[Key, tuple[int, ...]], known: frozenset[Key]
) -> Returned:
    changes, problems, seen = [], [], set()
    for record in sheet.iter_rows(named=True):
        row, key = int(record["sheet_row"]), (_identifier(record["account_id"]), _identifier(record["product_id"]))
        cells = [record[month] for month in months]
        if not any(key) and all(cell is None for cell in cells):
            continue
        wrong = _wrong_row(row, key, seen, known)
        problems += wrong
        seen.add(key)
        for at, (month, cell) in enumerate(zip(months, cells, strict=True)):
            units, why = _whole(cell)
            if why:
                problems.append(Problem(row, month, why, _remedy(cell)))
            elif not wrong:
                was, now = int(before.get(key, (0,) * len(months))[at]), int(rows.get(key, (0,) * len(months))[at])
                # What the board has already, others' change or this file's own of before, is no change.
                if units not in (was, now):
                    changes.append(Change(row, *key, month, was, now, units))
    return Returned(tuple(changes), tuple(problems))


def _wrong_row(row: int, key: Key, seen: set[Key], known: frozenset[Key]) -> list[Problem]:
    if key in seen:
        return [Problem(row, "account_id", _("{account} and {product} come twice").format(account=key[0], product=key[1]), _("Take one of the rows out."))]
    if key not in known:
        told = _("{account} with {product} is not on this board").format(account=key[0] or "–", product=key[1] or "–")
        return [Problem(row, "account_id", told, _("Put the id back as it was, or take the row out."))]
    return []


def _whole(cell: object) -> tuple[int, str]:
    """The whole cases of a cell, or why there are none."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return 0, _("the cell is empty")
    try:
        number = float(str(cell).strip().replace(" ", "").replace("\u00a0", ""))
    except ValueError:
        return 0, _("“{value}” is not a number").format(value=str(cell)[:40])
    if number != number or abs(number) > MOST:
        return 0, _("“{value}” is not a possible figure").format(value=f"{number:g}")
    if abs(number - round(number)) > 1e-6:
        return 0, _("{value} is not a whole number of cases").format(value=f"{number:g}")
    return (round(number), "") if number >= 0 else (0, _("{value} is negative").format(value=f"{number:g}"))


def _remedy(cell: object) -> str:
    if cell is None:
        return _("Write 0, or the figure. A formula needs its value: open the file in a spreadsheet program and save it there.")
    return _("Write whole cases, 0 or more, in digits only.")


def _identifier(value: object) -> str:
    """An id as text: a spreadsheet program may have turned 0012 into a number, then it is the number's digits."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _refused(name: str, why: str) -> ImportRefused:
    return ImportRefused(
        _("This is not the workbook of this board"), _("{name}: {why}.").format(name=name, why=why),
        _("Take the workbook from this page again, and change only the blue cells."),
    )  # fmt: skip
