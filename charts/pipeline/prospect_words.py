"""The reader's words for prospects: quadrants, steps, where a potential comes from, how chances are learnt."""

from collections.abc import Mapping

from charts import labels
from data.language import _, format_number, mark, ngettext
from measures.pipeline.prospect_actions import PLAYS, STRATEGIES
from measures.pipeline.prospect_rubric import indicator_name

STEP_WORDS = {
    "file": mark("On file"), "needs": mark("Needs"), "pack": mark("Tailored pack"), "contact": mark("Answered"), "value": mark("Value shown"),
    "trust": mark("Trust"),
}  # fmt: skip

STEP_EVIDENCE = {
    "file": mark("A person is on record, and where the account is."),
    "needs": mark("It is rated by enough of the rubric, or somebody reported what it buys of others."),
    "pack": mark("A deal was opened: something was made for it."),
    "contact": mark("It answered: a two-way contact."),
    "value": mark("A deal came to the second half of the stages: the offer was put before it."),
    "trust": mark("It came of itself, or a deal came to the last stage or was won."),
}
"""What shows in the data that a step is done."""

_BASES = {
    "reported": mark("reported purchases"), "deals": mark("its open deals"), "similar": mark("similar customers"), "unknown": mark("not known"),
}  # fmt: skip
_METHODS = {"class_rate": mark("Class rate"), "platt": mark("Curve over the score"), "logistic": mark("Weights learnt from deals")}
_POOLS = {"first_deals": mark("first deals"), "all_deals": mark("all deals, renewals included")}
_JUDGEMENTS = {
    "ok": mark("As stated"), "too_high": mark("Stated too high"), "too_low": mark("Stated too low"), "provisional": mark("Too few deals yet"),
    "insufficient": mark("Nothing closed yet"),
}  # fmt: skip


def quadrant(code: str | None) -> str:
    """PI → PI Break through now; a prospect without a quadrant has a dash."""
    return f"{code} {_(STRATEGIES[code])}" if code in STRATEGIES else labels.label(code)


def play(code: str) -> str:
    """What to do with the quadrant's prospects, in a sentence or two."""
    return _(PLAYS[code])


def step(code: str | None) -> str:
    """A step's name; a dash where all are done."""
    return _(STEP_WORDS[code]) if code in STEP_WORDS else labels.label(code)


def seen_in(code: str | None) -> str:
    """The table that shows a step, or that somebody set it."""
    return _("Set by hand") if code == "hand" else labels.label(code)


def indicator(code: str | None) -> str:
    """An indicator of the rubric, with a capital."""
    name = indicator_name(code or "")
    return name[:1].upper() + name[1:]


def basis(code: str | None) -> str:
    """Where a potential comes from."""
    return _(_BASES[code]) if code in _BASES else labels.label(code)


def method(code: str | None) -> str:
    """How chances are learnt."""
    return _(_METHODS[code]) if code in _METHODS else labels.label(code)


def pool(code: str) -> str:
    """From which deals they are learnt, within a sentence."""
    return _(_POOLS[code])


def whose(total: Mapping[str, object], needed: int) -> str:
    """Whether chances are learnt from the chosen sales model's own deals; nothing where none is chosen. `total` is the summary's row."""
    count = total["model_closed"]
    if count is None:
        return ""
    if total["learnt_of"] == "model":
        return _("Chances are learnt from its own {n} closed deals with a rating.").format(n=format_number(count))
    few = ngettext("Only {n} of its closed deals has a rating", "Only {n} of its closed deals have a rating", count).format(n=format_number(count))
    return _("{few}, and a curve takes {needed}: chances are learnt from the deals of all accounts.").format(few=few, needed=format_number(needed))


def judgement(code: str | None) -> str:
    """Whether what was stated of a class came true."""
    return _(_JUDGEMENTS[code]) if code in _JUDGEMENTS else labels.label(code)
