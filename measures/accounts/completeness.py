"""How complete an account's file is for where it stands in its life cycle, and what to ask next (coverage.md numbers 3 and 9).

A file fills up with the relationship: who it is and who decides comes first, how it pays with the first order, what it is worth and buys
elsewhere once it buys regularly. A field that its stage doesn't ask for yet counts neither for nor against. Which fields belong to which
stage is our choice.
"""

from collections.abc import Mapping

import polars as pl

from measures.metrics import ratio

FROM_THE_FIRST = (
    "decision_maker", "contact", "reachable", "kind", "region", "city", "channel", "salesperson",
)  # fmt: skip
WITH_THE_FIRST_ORDER = ("credit_limit", "payment_terms_days", "opened_on", "invoices")
WITH_REGULAR_ORDERS = ("reference_value", "competitors", "activity")
PERSONAL = ("birthday", "interests")

SCHEMA = {"field": pl.String, "stage": pl.String, "is_known": pl.Boolean, "is_personal": pl.Boolean, "place": pl.Int64}

PROSPECT, FIRST_ORDER, ACTIVE = "prospect", "first_order", "active"
_PARTS = ((PROSPECT, FROM_THE_FIRST), (FIRST_ORDER, WITH_THE_FIRST_ORDER), (ACTIVE, WITH_REGULAR_ORDERS))
_REACHED = {
    None: 0, "future": 0, PROSPECT: 0, "opportunity": 0, FIRST_ORDER: 1, "lost": 1, "repurchase": 2, ACTIVE: 2, "at_risk": 2, "reactivated": 2,
}  # fmt: skip
"""How many further parts each stage of measures.pipeline.life_stages asks for; what another account supplies has no stage, and orders nothing."""


def file_fields(known: Mapping[str, bool], stage: str | None, *, personal: bool = False) -> pl.DataFrame:
    """The fields that the account's stage asks for, in the order in which to ask, by SCHEMA.

    `known` says of each field whether the file has it; a field that it leaves out cannot be judged and is left out. Personal fields come
    last, and only where `personal` says that the viewer may see them: for others they are nobody's business, and no question to ask.
    """
    parts = _PARTS[: _REACHED[stage] + 1] + (((ACTIVE, PERSONAL),) if personal and _REACHED[stage] == 2 else ())
    wanted = [(field, from_stage) for from_stage, fields in parts for field in fields if field in known]
    rows = [(field, from_stage, known[field], field in PERSONAL, place) for place, (field, from_stage) in enumerate(wanted, start=1)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def filled_rate(fields: pl.DataFrame) -> float | None:
    """The share of the asked-for fields that are known; None where nothing is asked for.

    Personal fields are optional (source 001): they count for nobody, so that a file is as complete for every viewer.
    """
    wanted = fields.filter(~pl.col("is_personal"))
    return ratio(wanted["is_known"].sum(), wanted.height)


def to_ask(fields: pl.DataFrame) -> list[str]:
    """The missing fields that count, the one to ask first in front."""
    return _missing(fields, personal=False)


def optional(fields: pl.DataFrame) -> list[str]:
    """The personal fields that are not known: they may be asked, and need not."""
    return _missing(fields, personal=True)


def _missing(fields: pl.DataFrame, *, personal: bool) -> list[str]:
    return fields.filter(~pl.col("is_known"), pl.col("is_personal") == personal).sort("place")["field"].to_list()


def known_fields(profile: Mapping[str, object], contacts: pl.DataFrame) -> dict[str, bool]:
    """What an account's own answer knows of its file: profile's row and its contacts."""
    of_profile = ("region", "city", "channel", "salesperson", "credit_limit", "payment_terms_days", "opened_on", "reference_value")
    reachable = contacts.filter(pl.col("email").is_not_null() | pl.col("phone").is_not_null())
    return {field: profile[field] is not None for field in of_profile} | {
        "kind": profile["stated_kind"] is not None,
        "decision_maker": "decision maker" in contacts["role"],
        "contact": contacts.height > 0,
        "reachable": reachable.height > 0,
        "invoices": profile["invoices"] > 0,
        "activity": profile["last_activity_on"] is not None,
    }


def known_personal(people: pl.DataFrame) -> dict[str, bool]:
    """Whether somebody's birthday and interests are known: the decision makers', or anybody's where none is known."""
    deciders = people.filter(pl.col("role") == "decision maker")
    asked = deciders if deciders.height else people
    return {field: asked[field].count() > 0 for field in PERSONAL}
