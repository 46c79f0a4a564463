"""The funnel's metrics, each view's own: what became of a cohort, what is open, what moved in the period."""

from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.metrics import change_rate, is_thin, ratio
from measures.pipeline.funnel import Funnel
from pages.parts import metrics
from pages.parts.metrics import Tile


def row(answer: Funnel, years: int) -> None:
    """Draw the tiles of the answer's view; `years` is how long ago the period lies that it is compared with."""
    on = _("on last year") if years == 1 else _("on {n} years before").format(n=format_number(years))
    metrics.row({"cohort": _cohort, "snapshot": _snapshot, "transitions": _transitions}[answer.view](answer, on))


def _cohort(answer: Funnel, on: str) -> list[Tile]:
    """The deals created in the period: how many, won, for how much and in how many days, still open and stuck."""
    total, months = answer.summary.row(0, named=True), answer.by_month
    # Young months have lost deals but not yet won theirs: a line through them would fall whatever happens.
    judged = months.filter("is_mature")
    stuck = _stuck(answer)
    closed, days = total["won"] + total["lost"], total["cycle_days"]
    won = _("{won} of {closed} closed").format(won=format_number(total["won"]), closed=format_number(closed)) if closed else _("none closed yet")
    took = "" if days is None else _("{n} days to win").format(n=format_number(days))
    return [
        Tile("deals_created", total["created"], label=_("Created"), history=months["created"].to_list()),
        Tile("win_rate", total["win_rate"], beside=won, history=judged["win_rate"].drop_nulls().to_list()),
        Tile("won_value", total["won_value"], beside=took, history=judged["won_value"].to_list()),
        Tile(
            "open_value",
            total["open_value"],
            beside=ngettext("{n} deal stuck", "{n} deals stuck", stuck).format(n=format_number(stuck)),
            history=months["open_value"].to_list(),
        ),
        _speed(answer, on),
    ]


def _snapshot(answer: Funnel, on: str) -> list[Tile]:
    """What is open at the period's end, and how much of it has waited too long."""
    now, before = _spans(answer)
    stuck = _stuck(answer)
    share = ratio(stuck, now["open"])
    return [
        _counted("open_deals", now["open"], before["open"], on),
        _counted("open_value", now["open_value"], before["open_value"], on),
        Tile("stuck_deals", stuck, beside="" if share is None else _("{share} of the open ones").format(share=format_percent(share, 0))),
        _speed(answer, on),
    ]


def _transitions(answer: Funnel, on: str) -> list[Tile]:
    """What came in and what closed in the period, against the same one a year (or more) earlier."""
    now, before = _spans(answer)
    worth = _("worth {value}").format(value=format_money_compact(now["won_value"]))
    return [
        _counted("deals_created", now["created"], before["created"], on),
        Tile("won_deals", now["won"], change_rate(now["won"], before["won"], before["won"]), beside=worth),
        _rate(now, before, on),
        Tile("cycle_days", now["cycle_days"], *_moved(now["cycle_days"], before["cycle_days"], before["won"], "")),
        _speed(answer, on),
    ]


def _counted(name: str, value: float, before: float | None, on: str) -> Tile:
    return Tile(name, value, *_moved(value, before, before, on))


def _rate(now: dict[str, float | None], before: dict[str, float | None], on: str) -> Tile:
    """The win rate and the points that it moved, where enough deals had closed."""
    closed = None if before["won"] is None else before["won"] + before["lost"]
    if None in (now["win_rate"], before["win_rate"]) or is_thin(closed):
        return Tile("win_rate", now["win_rate"], beside=_few(closed))
    return Tile("win_rate", now["win_rate"], now["win_rate"] - before["win_rate"], beside=on)


def _speed(answer: Funnel, on: str) -> Tile:
    """The velocity against that of a year earlier, which rests on the deals that were won then."""
    now, before = answer.velocity["value_per_day"].item(), answer.velocity_change["effect_per_day"].sum()
    earlier = now - before if answer.velocity_change.height else None
    change, beside = _moved(now, earlier, _spans(answer)[1]["won"], on)
    return Tile("velocity", now, change, label=_("Velocity a day"), beside=beside)


def _moved(value: float | None, before: float | None, deals: float | None, on: str) -> tuple[float | None, str]:
    """The change from what rests on so many deals, and what stands beside it: how few these are where they are too few."""
    change = change_rate(value, before, deals)
    return change, on if change is not None else _few(deals)


def _few(deals: float | None) -> str:
    return ngettext("n/a: {n} deal before", "n/a: {n} deals before", int(deals)).format(n=format_number(deals)) if is_thin(deals) else ""


def _stuck(answer: Funnel) -> int:
    return int(answer.stages["stuck"].fill_null(0).sum())


def _spans(answer: Funnel) -> tuple[dict[str, float | None], dict[str, float | None]]:
    """The flow now and a year earlier; nothing is known of the latter where the period is open."""
    rows = {row["span"]: row for row in answer.flow.iter_rows(named=True)}
    return rows["now"], rows.get("before", dict.fromkeys(answer.flow.columns))
