"""The funnel's finding: which stage the smallest share leaves for the next, and what share of the closed ones is won."""

import polars as pl

from charts import labels
from charts.cached import cached
from data.language import _, format_money_compact, format_number, format_percent, listed, ngettext
from measures.metrics import ratio
from measures.pipeline.funnel import Funnel
from measures.pipeline.sales_model import ended_words
from measures.pipeline.stage_order import LOST, WON
from measures.thresholds import Cuts

LEAST = 5
"""Under this many deals, or moves, a stage's conversion is chance."""


@cached
def sentence(answer: Funnel) -> str:
    """What the funnel says, as plain text in the reader's language."""
    if answer.view == "snapshot":
        return _snapshot(answer.stages, answer.flow)
    summary = answer.summary.row(0, named=True) if answer.summary.height else {}
    entered = answer.stages["entered"].fill_null(0).sum()
    if not summary.get("created") and not entered:
        return _("No deal was opened in this selection")
    if answer.view == "transitions":
        moves_out = pl.sum_horizontal("reached_next", "lost_here", "returned")
        stop = _stop(answer.stages, moves_out, has_won=bool(answer.flow["won"].first()))
        said = [part for part in (_moved(answer.flow.row(0, named=True)), stop) if part]
        return _joined(*said) if said else _("Too few moves to say where deals stop")
    stop = _stop(answer.stages, pl.col("entered"), has_won=bool(summary.get("won")))
    return _joined(_won(summary), *([stop] if stop else []))


def _joined(start: str, end: str = "") -> str:
    return _("{start}; {stop}").format(start=start, stop=_lower(end)) if end else start


def _won(summary: dict[str, float]) -> str:
    created = ngettext("{n} deal opened", "{n} deals opened", summary["created"]).format(n=format_number(summary["created"]))
    if summary["win_rate"] is None:
        return _("{created}, none closed yet").format(created=created)
    if not summary["won"]:
        return _all_lost(summary["lost"])
    return _("{rate} of closed deals are won ({won})").format(rate=format_percent(summary["win_rate"], 0), won=_worth(summary["won"], summary["won_value"]))


def _worth(won: int, value: float | None) -> str:
    """How many are won, and for how much where anybody wrote it."""
    count = format_number(won)
    return _("{n}, worth {value}").format(n=count, value=format_money_compact(value)) if value else count


def _all_lost(lost: int) -> str:
    return ngettext("The only closed deal was lost", "All {n} closed deals were lost", lost).format(n=format_number(lost))


def _moved(flow: dict[str, float]) -> str:
    """What the moves of the period came to; nothing where none closed a deal."""
    if flow["win_rate"] is None:
        return ""
    if not flow["won"]:
        return _all_lost(flow["lost"])
    return _("{rate} of the deals that closed in the period are won ({won})").format(
        rate=format_percent(flow["win_rate"], 0), won=_worth(flow["won"], flow["won_value"])
    )


def _judged(answer: Funnel) -> float | None:
    """The share of a cohort's deals old enough to judge that is won; None where none is."""
    first, last = answer.stages.row(0, named=True), answer.stages.row(-1, named=True)
    return ratio(last["mature_entered"], first["mature_entered"])


def _has_young(answer: Funnel) -> bool:
    """Whether some deals of a cohort are too young to judge."""
    first = answer.stages.row(0, named=True) if answer.view == "cohort" and answer.stages.height else None
    return first is not None and first["mature_entered"] < first["entered"]


def maturity(answer: Funnel) -> str:
    """How many of a cohort's deals are too young to judge, and what became of the others; nothing where all are old enough."""
    if not _has_young(answer):
        return ""
    first, rate = answer.stages.row(0, named=True), _judged(answer)
    if rate is None:
        return _("All of them are too young to judge: they may still go on.")
    young, count = format_number(first["entered"] - first["mature_entered"]), format_number(first["entered"])
    if answer.summary["win_rate"].item() is None:
        return _("{n} of {all} are too young to judge; of the others none has closed.").format(n=young, all=count)
    return _("{n} of {all} are too young to judge; of the others {rate} are won.").format(n=young, all=count, rate=format_percent(rate, 0))


def ordered(stages: pl.DataFrame, cuts: Cuts) -> str:
    """Where the settings' order of stages and the deals' own stages differ, as plain text; nothing where they agree or no order is set.

    A stage that no deal ever was in is not drawn, and those that the order leaves out are drawn behind the others.
    """
    ends = ended_words(cuts, WON, LOST)
    wanted = {part.strip().casefold(): part.strip() for part in str(cuts["stage_order"]).split(",") if part.strip() and part.strip().lower() not in ends}
    known = {stage.strip().casefold(): labels.label(stage) for stage in stages["stage"] if stage.strip().lower() not in ends}
    unused = [name for code, name in wanted.items() if code not in known]
    left_out = [name for code, name in known.items() if code not in wanted]
    if not wanted or not (unused or left_out):
        return ""
    texts = (
        (unused, _("The order of the stages names {names}, where no deal ever was.")),
        (left_out, _("The order of the stages leaves out {names}: drawn after the others.")),
    )
    return " ".join(text.format(names=listed(names)) for names, text in texts if names)


def _stop(stages: pl.DataFrame, base: pl.Expr, *, has_won: bool) -> str:
    """The stage where the largest share doesn't go on; `base` counts what its rate is a share of.

    The last stage leads nowhere, and while nothing is won the one before it neither.
    """
    open_end = pl.col("position") < stages["position"].max() - (0 if has_won else 1)
    known = stages.filter(pl.col("conversion_rate").is_not_null(), base >= LEAST, open_end)
    if known.height < 2:
        return ""
    worst = known.sort("conversion_rate", "position").row(0, named=True)
    if worst["conversion_rate"] >= 1:
        return ""
    return _("The hardest step is {stage}, where {rate} go on").format(
        stage=labels.label(worst["stage"]), rate=format_percent(worst["conversion_rate"], 0)
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _snapshot(stages: pl.DataFrame, flow: pl.DataFrame) -> str:
    """How many deals are open, where most of them wait, and how many are in no stage yet."""
    still, count = stages.filter(pl.col("entered") > 0), flow["open"].first()
    if not count:
        return _("No deal is open in this selection")
    unstaged = count - still["entered"].sum()
    said = _open(count, flow["open_value"].first())
    if still.height:
        most = still.filter(pl.col("entered") == pl.col("entered").max())
        said = _where(most.height, count).format(
            open=said, stage=labels.label(most["stage"][0]), m=format_number(still.height), share=format_percent(most["entered"][0] / count, 0)
        )
    return said + ngettext("; {n} is in no stage yet", "; {n} are in no stage yet", unstaged).format(n=format_number(unstaged)) if unstaged else said


def _open(count: int, value: float) -> str:
    """How many deals are open, and for how much where anybody wrote it."""
    if not value:
        return ngettext("{n} deal is open", "{n} deals are open", count).format(n=format_number(count))
    said = ngettext("{n} deal is open, worth {value}", "{n} deals are open, worth {value}", count)
    return said.format(n=format_number(count), value=format_money_compact(value))


def _where(fullest: int, count: int) -> str:
    """Where `count` open deals wait: in the fullest stage, unless several are equally full."""
    if fullest > 1:
        return _("{open}, in {m} stages")
    return ngettext("{open}, in {stage}", "{open}; more wait in {stage} than in any other stage ({share})", count)


def compared(one: Funnel, other: Funnel, names: tuple[str, str]) -> str:
    """Two periods or teams side by side: whose deals are won more often, and what each day yields."""
    said = _rates_beside(one, other, names)
    speeds = [side.velocity["value_per_day"].item() for side in (one, other)]
    if said is None:
        return _("{one} and {other} cannot be compared yet: one of them has closed no deal").format(one=names[0], other=names[1])
    if None in speeds:
        return said
    return _("{said}; a day yields {speed} against {other_speed}").format(
        said=said, speed=format_money_compact(speeds[0]), other_speed=format_money_compact(speeds[1])
    )


def _rates_beside(one: Funnel, other: Funnel, names: tuple[str, str]) -> str | None:
    """Who wins more of the closed deals; of cohorts that are still young, of the deals old enough to judge: losses come before wins."""
    judged = [_judged(side) for side in (one, other)] if _has_young(one) or _has_young(other) else [None]
    closed = [side.summary["win_rate"][0] for side in (one, other)]
    if None not in judged and None not in closed:
        return _("Of the deals old enough to judge, {one} has won {rate}, {other} {other_rate}").format(
            one=names[0], rate=format_percent(judged[0], 0), other=names[1], other_rate=format_percent(judged[1], 0)
        )
    # A cohort is judged by its own deals, the other views by what closed in the period, as their metrics are.
    rates = [(side.summary if side.view == "cohort" else side.flow)["win_rate"][0] for side in (one, other)]
    if None in rates:
        return None
    return _("{one} wins {rate} of its closed deals, {other} {other_rate}").format(
        one=names[0], rate=format_percent(rates[0], 0), other=names[1], other_rate=format_percent(rates[1], 0)
    )
