"""The funnel's metrics, each view's own: what became of a cohort, what is open, what moved in the period."""

from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.metrics import change_rate, ratio
from measures.pipeline.funnel import Funnel
from pages.parts import metrics
from pages.parts.metrics import Tile


def row(answer: Funnel) -> None:
    """Draw the tiles of the answer's view."""
    metrics.row({"cohort": _cohort, "snapshot": _snapshot, "transitions": _transitions}[answer.view](answer))


def _cohort(answer: Funnel) -> list[Tile]:
    """The deals created in the period: how many, won, for how much and in how many days, still open and stuck."""
    total, months = answer.summary.row(0, named=True), answer.by_month
    stuck = _stuck(answer)
    won = _("{won} of {closed} closed").format(won=format_number(total["won"]), closed=format_number(total["won"] + total["lost"]))
    return [
        Tile("deals_created", total["created"], label=_("Created"), history=months["created"].to_list()),
        Tile("win_rate", total["win_rate"], beside=won, history=months["win_rate"].drop_nulls().to_list()),
        Tile("won_value", total["won_value"], beside=_("{n} days to win").format(n=format_number(total["cycle_days"])), history=months["won_value"].to_list()),
        Tile("open_value", total["open_value"], beside=ngettext("{n} deal stuck", "{n} deals stuck", stuck).format(n=format_number(stuck)), history=months["open_value"].to_list()),
        _speed(answer),
    ]


def _snapshot(answer: Funnel) -> list[Tile]:
    """What is open at the period's end, and how much of it has waited too long."""
    now, before = _spans(answer)
    stuck = _stuck(answer)
    share = ratio(stuck, now["open"])
    return [
        _counted("open_deals", now["open"], before["open"]),
        _counted("open_value", now["open_value"], before["open_value"]),
        Tile("stuck_deals", stuck, beside="" if share is None else _("{share} of the open ones").format(share=format_percent(share, 0))),
        _speed(answer),
    ]


def _transitions(answer: Funnel) -> list[Tile]:
    """What came in and what closed in the period, against the same one a year earlier."""
    now, before = _spans(answer)
    points = None if None in (now["win_rate"], before["win_rate"]) else now["win_rate"] - before["win_rate"]
    return [
        _counted("deals_created", now["created"], before["created"]),
        Tile("won_deals", now["won"], change_rate(now["won"], before["won"]), beside=_("worth {value}").format(value=format_money_compact(now["won_value"]))),
        Tile("win_rate", now["win_rate"], points, beside=_("points") if points is not None else ""),
        Tile("cycle_days", now["cycle_days"], change_rate(now["cycle_days"], before["cycle_days"])),
        _speed(answer),
    ]


def _counted(name: str, value: float, before: float | None) -> Tile:
    change = change_rate(value, before)
    return Tile(name, value, change, beside="" if change is None else _("on last year"))


def _speed(answer: Funnel) -> Tile:
    now, before = answer.velocity["value_per_day"].item(), answer.velocity_change["effect_per_day"].sum()
    change = change_rate(now, now - before) if answer.velocity_change.height else None
    return Tile("velocity", now, change, label=_("Velocity a day"), beside="" if change is None else _("on last year"))


def _stuck(answer: Funnel) -> int:
    return int(answer.stages["stuck"].fill_null(0).sum())


def _spans(answer: Funnel) -> tuple[dict[str, float | None], dict[str, float | None]]:
    """The flow now and a year earlier; nothing is known of the latter where the period is open."""
    rows = {row["span"]: row for row in answer.flow.iter_rows(named=True)}
    return rows["now"], rows.get("before", dict.fromkeys(answer.flow.columns))
