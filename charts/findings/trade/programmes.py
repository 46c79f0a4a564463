"""Programmes in a sentence: what paid back, what did not, and what cannot be told; always as what went together, never as cause."""

import polars as pl

from charts import labels
from charts.cached import cached
from data.language import _, format_change, format_money_compact, format_number, format_percent, listed, ngettext
from measures.trade.programme_effects import INSUFFICIENT
from measures.trade.programmes import Programmes
from measures.trade.relationship_spending import RelationshipSpending


@cached
def sentence(answer: Programmes) -> str:
    """What the period's programmes cost and which of them paid back, as plain text in the reader's language."""
    row = answer.summary.row(0, named=True)
    count = ngettext("{n} programme", "{n} programmes", row["programmes"]).format(n=format_number(row["programmes"]))
    judged = row["programmes"] - row["insufficient"]
    if not judged:
        return _("Of {programmes} none can be judged yet: too few accounts took part, or too little time has passed").format(programmes=count)
    if not row["pays_back"] + row["loses"] + row["unclear"]:
        return _seen(answer, count)
    parts = [
        text.format(n=format_number(row[name]))
        for name, text in (
            ("pays_back", ngettext("{n} paid back", "{n} paid back", row["pays_back"])), ("loses", ngettext("{n} did not pay back", "{n} did not pay back", row["loses"])),
            ("unclear", ngettext("{n} cannot be told from chance", "{n} cannot be told from chance", row["unclear"])),
        ) if row[name]
    ]  # fmt: skip
    said = _("Of {programmes} for {money}, {parts}").format(programmes=count, money=format_money_compact(row["cost_here"]), parts=listed(parts))
    best = answer.kinds.filter(pl.col("payback_low") >= 1).sort("payback", descending=True)
    if best.height:
        top = best.row(0, named=True)
        said += _("; {kind} brought {payback} of margin for each unit of cost").format(kind=labels.label(top["kind"]).lower(), payback=format_number(top["payback"], 1))
    return said


def _seen(answer: Programmes, count: str) -> str:
    judged = answer.programmes.filter(pl.col("status") != INSUFFICIENT)
    more = judged.filter(pl.col("uplift_low") > 0).height
    if not more:
        return _("Of {programmes} none shows surely that your accounts bought more than naturally").format(programmes=count)
    return ngettext(
        "After {n} of {programmes} your accounts surely bought more than naturally",
        "After {n} of {programmes} your accounts surely bought more than naturally",
        more,
    ).format(n=format_number(more), programmes=count)


def cuts_sentence(answer: Programmes) -> str:
    """What could be saved."""
    rows = answer.cuts
    if rows.is_empty():
        return _("No programme has to be questioned")
    sure = rows.filter(pl.col("why") == "less_than_cost")["cost_here"].sum()
    said = ngettext("{n} programme for {money} can be questioned", "{n} programmes for {money} can be questioned", rows.height).format(
        n=format_number(rows.height), money=format_money_compact(rows["cost_here"].sum())
    )
    return said + (_("; {money} of it brought more sales, but less margin than it cost").format(money=format_money_compact(sure)) if sure else "")


def life_sentence(kind: str, curve: pl.DataFrame, lasting: int | None) -> str:
    """How strong the effect of a kind is in its first month, and how long it lasts."""
    first = curve.filter(pl.col("offset") == 0)
    if first.is_empty() or first["uplift_rate"].item() is None:
        return _("{kind}: nothing can be said yet").format(kind=labels.label(kind))
    rate = format_change(first["uplift_rate"].item())
    if not lasting:
        return _("{kind}: {rate} in the first month, which cannot be told from natural sales").format(kind=labels.label(kind), rate=rate)
    text = ngettext("{kind}: {rate} in the first month, gone after {n} month", "{kind}: {rate} in the first month, gone after {n} months", lasting)
    return text.format(kind=labels.label(kind), rate=rate, n=format_number(lasting))


def touches_sentence(answer: Programmes) -> str:
    """How often people spoke with the guests afterwards."""
    rows = answer.touches
    during, after = (rows.filter(pl.col("phase") == phase)["accounts"].sum() for phase in ("during", "after"))
    weakest = rows.group_by("kind").agg(
        pl.col("accounts").filter(pl.col("phase") == "during").sum().alias("during"), pl.col("accounts").filter(pl.col("phase") == "after").sum().alias("after")
    ).filter(pl.col("during") > 0).with_columns(rate=pl.col("after") / pl.col("during")).sort("rate", "kind")  # fmt: skip
    if not during or weakest.is_empty():
        return _("No activity names a programme while it ran")
    said = _("For {n} accounts reached, {m} were spoken with afterwards").format(n=format_number(during), m=format_number(after))
    row = weakest.row(0, named=True)
    return said + _("; least often for “{kind}”: {rate}").format(kind=labels.label(row["kind"]).lower(), rate=format_percent(row["rate"], 0))


def relationship_sentence(answer: RelationshipSpending) -> str:
    """What accounts with events did against those without, and what a visit goes with."""
    row = answer.relationship_summary.row(0, named=True)
    if not row["accounts"] or row["change_rate"] is None or row["other_change"] is None:
        return _("Nothing was spent on being together with accounts in these twelve months")
    said = _("{n} accounts got {money} of events and changed by {own}, the others without any by {other}").format(
        n=format_number(row["accounts"]),
        money=format_money_compact(row["spending"]),
        own=format_change(row["change_rate"]),
        other=format_change(row["other_change"]),
    )
    return said + "".join(_work(effect) for effect in answer.work_effects.filter(pl.col("status") == "ok").iter_rows(named=True))


def _work(effect: dict[str, object]) -> str:
    is_sure = effect["slope_low"] > 0 or effect["slope_high"] < 0
    texts = {
        ("visits", True): _("; a visit went with {rate} in the next month"), ("visits", False): _("; visits cannot be told from chance"),
        ("events", True): _("; an event went with {rate} in the next month"), ("events", False): _("; events cannot be told from chance"),
    }  # fmt: skip
    return texts[(effect["work"], is_sure)].format(rate=format_change(effect["slope_rate"]))
