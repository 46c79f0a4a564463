"""The answers by name: what each needs and which thresholds it takes."""

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property

import polars as pl

from data.errors import BadRequest
from data.language import _, mark
from data.records import Record
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask


@dataclass(frozen=True)
class AnswerKind:
    """One page's question.

    `section` is the folder of measures/ that the answer's module lies in, empty where it lies in none. `title` is a message to
    translate. measures/<section>/<name>.py has `answer(ask, filters, cuts)` → a frozen dataclass whose polars frames are the answer's
    tables, and `THRESHOLDS`, the names of the thresholds that it takes.
    """

    section: str
    name: str
    title: str

    @cached_property
    def _module(self) -> object:
        return importlib.import_module(".".join(filter(None, ("measures", self.section, self.name))))

    def load(self) -> object:
        """The answer's module; it is imported when it is first needed."""
        return self._module

    @property
    def thresholds(self) -> tuple[str, ...]:
        """Names of the thresholds that the answer takes."""
        return self._module.THRESHOLDS

    @property
    def answer(self) -> Callable[[Ask, Filters, Cuts], object]:
        """The function that answers."""
        return self._module.answer

    @property
    def parts(self) -> tuple["AnswerKind", ...]:
        """Answers that belong to this one but that a page asks apart, when their view is open; the shell prints them with it."""
        return tuple(kind(name) for name in getattr(self._module, "PARTS", ()))

    @property
    def record_kind(self) -> str | None:
        """The kind of the journal's records that belong to the answer; None where nobody writes any."""
        return getattr(self._module, "RECORDS", None)

    @property
    def with_records(self) -> Callable[[object, Iterable[Record], Cuts], object]:
        """The same answer with what people wrote: `with_records(answer, records, cuts)`."""
        return self._module.with_records

    @property
    def noted(self) -> Callable[[object, Iterable[Record], Cuts], object] | None:
        """The answer with what people wrote from its ground at once: `noted(ground, records, cuts)`; None where it takes the answer without it."""
        return getattr(self._module, "noted", None)

    @property
    def ground(self) -> Callable[[Ask, Filters, Cuts], object] | None:
        """What the answer rests on whatever its quick thresholds say: `ground(ask, filters, cuts)`; None where it has no such part.

        A page keeps it, so that moving a quick threshold costs `from_ground` only.
        """
        return getattr(self._module, "ground", None)

    @property
    def from_ground(self) -> Callable[[object, Cuts], object]:
        """The answer from its ground and all cuts."""
        return self._module.from_ground

    @property
    def quick_thresholds(self) -> tuple[str, ...]:
        """The thresholds that the ground does not depend on."""
        return self._module.QUICK_THRESHOLDS


_KINDS = (
    AnswerKind("", "overview", mark("How do sales stand against last year and target?")),
    AnswerKind("customers", "value_pyramid", mark("Which accounts carry the value?")),
    AnswerKind("customers", "value_bridge", mark("What moved net sales since the compared period?")),
    AnswerKind("customers", "value_classes", mark("Which accounts are most valuable, which can grow, which cost more than they bring?")),
    AnswerKind("customers", "lifetime_value", mark("What is each outlet still worth?")),
    AnswerKind("customers", "portfolio_quadrants", mark("Which accounts to consolidate, recover, promote or liquidate?")),
    AnswerKind("customers", "agreement", mark("Do the classifications agree, and which strategy wins?")),
    AnswerKind("customers", "quadrant_settlement", mark("What does each account bring and take in a year?")),
    AnswerKind("customers", "loyalty", mark("Do accounts buy again, need more and stay longer?")),
    AnswerKind("customers", "loyalty_years", mark("Do accounts need more from year to year?")),
    AnswerKind("customers", "segment_profile", mark("How do whole segments behave?")),
    AnswerKind("customers", "share_of_wallet", mark("What part of each account's purchases do we hold?")),
    AnswerKind("customers", "coverage", mark("How many people do the accounts need, and who has too much to do?")),
    AnswerKind("customers", "early_warnings", mark("Whom to call before they are gone?")),
    AnswerKind("pipeline", "funnel", mark("Where do deals stop?")),
    AnswerKind("pipeline", "funnel_cohorts", mark("Which months' deals went on?")),
    AnswerKind("pipeline", "funnel_deals", mark("Which deals are behind the stages, and which are stuck?")),
    AnswerKind("pipeline", "funnel_losses", mark("Why are deals lost?")),
    AnswerKind("pipeline", "contradicting_deals", mark("Which deals' events contradict each other?")),
    AnswerKind("pipeline", "deal_sources", mark("Where do deals come from?")),
    AnswerKind("pipeline", "life_cycle", mark("Who comes, who comes back, and who goes?")),
    AnswerKind("pipeline", "life_leads", mark("Which leads are protected, which have cooled, and which woke again?")),
    AnswerKind("pipeline", "life_hand_overs", mark("Is anything lost when an account's person changes?")),
    AnswerKind("pipeline", "life_openings", mark("Which deals open a customer, which renew one, which come by referral?")),
    AnswerKind("pipeline", "account_stages", mark("Where does each account stand in its life cycle?")),
    AnswerKind("pipeline", "pipeline_forecast", mark("What will the open deals bring?")),
    AnswerKind("pipeline", "prospects", mark("Which prospects to break through with, and how likely are they to sign?")),
    AnswerKind("pipeline", "prospect_deals", mark("How likely are the largest open deals to be won?")),
    AnswerKind("pipeline", "white_space", mark("Where are customers and products that we do not sell to yet?")),
    AnswerKind("pipeline", "white_space_products", mark("What do peers buy that an account does not?")),
    AnswerKind("pipeline", "white_space_sources", mark("Which sources of leads are worth their work?")),
    AnswerKind("pipeline", "white_space_launches", mark("Which new products open new customers?")),
    AnswerKind("seasons", "seasonality", mark("When are peak and off-season?")),
    AnswerKind("accounts", "account_seasons", mark("When does each account have its peak?")),
    AnswerKind("seasons", "season_mix", mark("Which products suffer in the off-season, and which stay?")),
    AnswerKind("seasons", "off_season_targets", mark("What must each distributor sell in the off-season?")),
    AnswerKind("seasons", "peak_forecast", mark("What will the next peak sell, and how sure is that?")),
    AnswerKind("seasons", "launch_readiness", mark("Are the new products distributed before the peak begins?")),
    AnswerKind("seasons", "winter_work", mark("What became of the off-season's work in the peak?")),
    AnswerKind("trade", "weak_varieties", mark("Which varieties are weak, and is it the beer or the distributors?")),
    AnswerKind("seasons", "pace", mark("Will the target be reached?")),
    AnswerKind("trade", "products", mark("Which products carry the portfolio, and how is each to be delivered?")),
    AnswerKind("trade", "rebates", mark("What do rebates cost, and who is near a tier?")),
    AnswerKind("trade", "programmes", mark("What did programmes cost, and what was sold more than naturally?")),
    AnswerKind("trade", "relationship_spending", mark("Does being together with customers pay, or is it visits?")),
    AnswerKind("trade", "price_volume_mix", mark("What of the change of net sales is price, volume, mix, products, accounts?")),
    AnswerKind("team", "development_plan", mark("What was planned to be won, what was done, and what is worth winning next?")),
    AnswerKind("team", "monthly_evaluation", mark("How did each salesperson's month go, and what follows from it?")),
    AnswerKind("team", "team_week", mark("What did each salesperson do in the last week, and how far is the month's plan?")),
    AnswerKind("accounts", "account", mark("Who is this account?")),
    AnswerKind("accounts", "account_market", mark("What does an account buy elsewhere, what not, and how far are its rebates?")),
    AnswerKind("", "data_quality", mark("Can the numbers be trusted?")),
)

ANSWERS: dict[str, AnswerKind] = {kind.name: kind for kind in _KINDS}
"""Every answer by its name."""


def kind(name: str) -> AnswerKind:
    """The answer of that name. Raises BadRequest with the names that exist."""
    if name not in ANSWERS:
        raise BadRequest(
            _("There is no answer {name}").format(name=name), _("The answers are: {names}.").format(names=", ".join(ANSWERS))
        )
    return ANSWERS[name]


def tables(answer: object) -> dict[str, pl.DataFrame]:
    """The answer's frames by name, in the order of its fields, or of its TABLES where it makes them when they are read."""
    names = getattr(answer, "TABLES", None) or [field.name for field in fields(answer)]
    values = {name: getattr(answer, name) for name in names}
    return {name: value for name, value in values.items() if isinstance(value, pl.DataFrame)}


def answered(asked: AnswerKind, ask: Ask, filters: Filters, cuts: Cuts, records: Callable[[str], Iterable[Record]]) -> object:
    """The answer with what people wrote; `records` gives the journal's records of a kind, `cuts` may have more than its thresholds."""
    own = cuts.only(asked.thresholds)
    found = asked.answer(ask, filters, own)
    return asked.with_records(found, _of_seen_people(records(asked.record_kind), ask), own) if asked.record_kind else found


def complete(
    asked: AnswerKind, ask: Ask, filters: Filters, cuts: Cuts, records: Callable[[str], Iterable[Record]]
) -> dict[str, pl.DataFrame]:
    """The tables of the answer and of its parts; `cuts` has the thresholds of all of them (`all_thresholds`).

    `records` gives the journal's records of a kind.
    """
    return with_parts(asked, answered(asked, ask, filters, cuts, records), ask, filters, cuts, records)


def with_parts(
    asked: AnswerKind, answer: object, ask: Ask, filters: Filters, cuts: Cuts, records: Callable[[str], Iterable[Record]]
) -> dict[str, pl.DataFrame]:
    """The answer's tables and those of its parts, which are asked for here; the rest as `answered` takes it."""
    found = tables(answer)
    for part in asked.parts:
        found |= tables(answered(part, ask, filters, cuts, records))
    return found


def _of_seen_people(records: Iterable[Record], ask: Ask) -> list[Record]:
    """The records; where the owner is nobody whom the viewer sees, only that there is one (`another_region`, as in the queries)."""
    found = list(records)
    if not any(record.content.get("owner") for record in found):
        return found
    seen = {None, *ask("store/salespeople", Filters())["salesperson_id"]}
    return [record if record.content.get("owner") in seen else replace(record, content=record.content | {"owner": "another_region"}) for record in found]


def all_thresholds(asked: AnswerKind) -> tuple[str, ...]:
    """Names of the thresholds that the answer or one of its parts takes, each once."""
    return tuple(dict.fromkeys((*asked.thresholds, *(name for part in asked.parts for name in part.thresholds))))
