"""What a regional lead wrote at the end of a month about one of their people: what follows, why, and the signature.

The figures are written down with the signature: they stay as they were when it was given, whatever is imported later.
"""

from collections.abc import Iterable
from datetime import date

import polars as pl

from data.records import Record

SIGNED_FIGURES = ("evaluation_score", "payout", "attainment", "kept_rate", "adherence", "strike_rate")
EVALUATION_SCHEMA = {
    "month": pl.Date, "salesperson_id": pl.String, "salesperson": pl.String, "region": pl.String, "decision": pl.String, "proposal": pl.String,
    "is_signed": pl.Boolean, "signed_score": pl.Float64, "evaluation_score": pl.Float64, "signed_payout": pl.Float64, "payout": pl.Float64, "has_moved": pl.Boolean,
    "comment": pl.String, "written_by": pl.String, "written_at": pl.String, "version": pl.Int64, "record_id": pl.Int64,
}  # fmt: skip
LEVEL = 0.0005
"""A score that differs by less is written the same."""


def subject(salesperson_id: str, month: date) -> str:
    """The subject of a person's month in the journal."""
    return f"{salesperson_id} {month:%Y-%m}"


def content(card: dict[str, object], decision: str, comment: str, *, is_signed: bool) -> dict[str, object]:
    """What is written down: the decision, why, and the card's figures as they are now."""
    figures = {name: card[name] for name in SIGNED_FIGURES}
    month = card["month"].isoformat()
    return {
        "salesperson_id": card["salesperson_id"], "month": month, "decision": decision, "comment": comment or None, "is_signed": is_signed, "figures": figures,
    }  # fmt: skip


def evaluation_table(records: Iterable[Record], cards: pl.DataFrame) -> pl.DataFrame:
    """EVALUATION_SCHEMA: the open evaluations of the cards' people and months, the latest month first; `has_moved` where the score is another now."""
    known = {subject(card["salesperson_id"], card["month"]): card for card in cards.iter_rows(named=True)}
    rows = [_row(record, known[record.subject]) for record in records if record.is_open and record.subject in known]
    return pl.DataFrame(rows, schema=EVALUATION_SCHEMA, orient="row").sort("month", "salesperson", "salesperson_id", descending=[True, False, False])


def _row(record: Record, card: dict[str, object]) -> tuple:
    written = record.content
    then, now = written["figures"].get("evaluation_score"), card["evaluation_score"]
    moved = (then is None) != (now is None) or (then is not None and abs(then - now) >= LEVEL)
    return (
        card["month"], card["salesperson_id"], card["salesperson"], card["region"], written["decision"], card["proposal"], bool(written["is_signed"]),
        then, now, written["figures"].get("payout"), card["payout"], moved, written.get("comment"), record.written_by, record.written_at, record.version,
        record.record_id,
    )  # fmt: skip
