"""The outcome of a worker to files and back: plain values as JSON, frames as Parquet."""

from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import polars as pl

from data.imports.result import FileResult, ImportResult, Preview, Question, Reading, Recognised
from data.intake.group import Group

MONTHS, REJECTED = "months.parquet", "rejected_rows.parquet"


def encode(outcome: tuple[Group, ...] | Preview | ImportResult, folder: Path) -> dict[str, Any]:
    """The outcome as JSON values; its frames are written into the folder."""
    if isinstance(outcome, tuple):
        return {"groups": [asdict(group) for group in outcome]}
    if isinstance(outcome, Preview):
        for table, frame in outcome.frames.items():
            frame.write_parquet(folder / f"{table}.parquet")
        if outcome.rejected is not None:
            outcome.rejected.write_parquet(folder / REJECTED)
        return {"preview": _plain(outcome, "frames", "rejected") | {"tables": list(outcome.frames)}}
    if outcome.months is not None:
        outcome.months.write_parquet(folder / MONTHS)
    return {"result": _plain(outcome, "months")}


def _plain(outcome: Preview | ImportResult, *frames: str) -> dict[str, Any]:
    # Not asdict of the whole: it would copy the frames.
    held = {field.name: getattr(outcome, field.name) for field in fields(outcome) if field.name not in frames}
    for name in ("files", "recognised", "questions"):
        held[name] = [asdict(entry) for entry in held[name]]
    return held


def decode(held: dict[str, Any], folder: Path) -> tuple[Group, ...] | Preview | ImportResult:
    """The outcome of JSON values and the frames in the folder."""
    if "groups" in held:
        return tuple(_group(entry) for entry in held["groups"])
    if "preview" in held:
        entry = held["preview"]
        tables = entry.pop("tables")
        return Preview({table: pl.read_parquet(folder / f"{table}.parquet") for table in tables}, **_typed(entry), rejected=_frame(folder / REJECTED))
    return ImportResult(**_typed(held["result"]), months=_frame(folder / MONTHS))


def _frame(path: Path) -> pl.DataFrame | None:
    return pl.read_parquet(path) if path.exists() else None


def _group(entry: dict[str, Any]) -> Group:
    return Group(tuple(entry["files"]), tuple(entry["header"]), tuple(tuple(row) for row in entry["sample"]))


def _typed(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {
        "files": tuple(FileResult(**file) for file in entry["files"]),
        "recognised": tuple(Recognised(**found) for found in entry["recognised"]),
        "questions": tuple(_question(asked) for asked in entry["questions"]),
        "notices": tuple(entry["notices"]),
        "reasons": tuple(tuple(reason) for reason in entry["reasons"]),
    }


def _question(asked: dict[str, Any]) -> Question:
    return Question(**asked | {"readings": tuple(Reading(**reading) for reading in asked["readings"])})
