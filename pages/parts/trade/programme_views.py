"""The views of the programmes: pay-back, by kind, how long it lasts, touches, what can be questioned, relationship spending, who took part."""

from collections.abc import Callable

import polars as pl
import streamlit as st

from charts import labels
from charts.findings.trade import programmes as findings
from charts.forest import SIGNED, forest
from charts.matrix import matrix
from charts.trade.effect_months import effect_months
from charts.trade.relationship import relationship
from data.language import NOT_AVAILABLE, _, format_change, format_money_compact, format_number, format_percent, mark, ngettext
from measures.trade.programme_effects import INSUFFICIENT, LOSES, PAYS_BACK, UNCLEAR
from measures.trade.programme_tables import PHASES
from measures.trade.programmes import Programmes
from measures.trade.relationship_spending import RelationshipSpending
from pages.parts import draw, links, metrics, tables, tabs
from pages.parts.escape import plain

VIEWS = {
    "payback": mark("Programmes"), "kinds": mark("By kind"), "life": mark("How long it lasts"), "touches": mark("Before, during, after"),
    "cuts": mark("What to question"), "relationship": mark("Relationship spending"), "participants": mark("Who took part"),
}  # fmt: skip
SHOWN = 20
PAYBACK_RANGE = (-2.0, 5.0)
CODES = ("kind", "programme_stage", "verdict", "status", "baseline")


def metric_row(answer: Programmes) -> None:
    """What was spent, what it brought, what paid back and what did not."""
    row, rows = answer.summary.row(0, named=True), answer.programmes
    known = rows["cost_here"].count()
    paid, lost, unclear = (rows.filter(pl.col("verdict") == verdict)["cost_here"].sum() for verdict in (PAYS_BACK, LOSES, UNCLEAR))
    metrics.row(
        [
            metrics.Tile("programme_cost", row["cost_here"] if known else None, label=_("Cost"), beside=_programmes(known)),
            metrics.Tile("payback", row["payback"], beside=_payback_beside(row)),
            metrics.Tile("programme_cost", paid, label=_("Paid back"), beside=_programmes(row["pays_back"])),
            metrics.Tile("programme_cost", lost, label=_("Did not pay back"), beside=_programmes(row["loses"])),
            metrics.Tile("programme_cost", unclear, label=_("Cannot be told"), beside=_programmes(row["unclear"])),
        ]
    )  # fmt: skip


def _programmes(count: int) -> str:
    return ngettext("{n} programme", "{n} programmes", count).format(n=format_number(count))


def _payback_beside(row: dict[str, object]) -> str:
    if row["payback"] is None:
        return ""
    low, high = (format_number(row[f"extra_margin_{end}"] / row["judged_cost"], 1) for end in ("low", "high"))
    return _("from {low} to {high}").format(low=low, high=high)


def show_view(view: str, answer: Programmes, finding: str, spending: Callable[[], RelationshipSpending]) -> None:
    """Draw the chosen view; `spending` asks for the answer that only one of them needs."""
    if view == "relationship":
        _relationship(spending())
        return
    {"payback": _payback, "kinds": _kinds, "life": _life, "touches": _touches, "cuts": _cuts, "participants": _participants}[view](answer, finding)


def worded(rows: pl.DataFrame) -> pl.DataFrame:
    """The codes of programmes in the reader's words."""
    return labels.worded(rows, *(name for name in CODES if name in rows.columns))


def _payback(answer: Programmes, finding: str) -> None:
    judged = answer.programmes.filter(pl.col("status") != INSUFFICIENT)
    if judged.is_empty():
        st.info(_("No programme of the period can be judged: it needs accounts that took part, accounts that did not, and months before and after."))
    elif judged["payback"].count():
        picked = draw.chart(_payback_chart(judged.filter(pl.col("payback").is_not_null()), "programme_id", "programme", finding), key="programmes_payback")
        _picked(answer, picked)
    else:
        picked = draw.chart(_uplift_chart(judged, finding), key="programmes_uplift")
        _picked(answer, picked)
    if judged.height > SHOWN:
        st.caption(_("The {n} dearest are drawn; the table has all.").format(n=format_number(SHOWN)))
    st.caption(_("What went together, not what caused what: nobody drew lots over who takes part. Ranges say how far chance alone may move a result."))
    tables.show(worded(answer.programmes.drop("no_effect")), "programmes", key="programmes_table", leads="payback")


def _payback_chart(rows: pl.DataFrame, key: str, name: str, finding: str):
    tone = pl.when(pl.col("payback_low") >= 1).then(pl.lit("better")).when(pl.col("payback_high") < 1).then(pl.lit("worse")).otherwise(pl.lit("plain"))
    shown = rows.head(SHOWN)
    texts = [_payback_text(row) for row in shown.iter_rows(named=True)]
    framed = shown.select(
        pl.col(key).alias("key"), pl.col(name).alias("name"), pl.col("payback").alias("value"), pl.col("payback_low").alias("low"), pl.col("payback_high").alias("high"),
        tone.alias("tone"), pl.Series("label", [text[0] for text in texts], dtype=pl.String), pl.Series("short", [text[1] for text in texts], dtype=pl.String),
        pl.Series("detail", [text[2] for text in texts], dtype=pl.String),
    )  # fmt: skip
    lines = ((0.0, _("nothing extra")), (1.0, _("pays back")))
    return forest(framed, title=labels.metric("payback"), lines=lines, domain=PAYBACK_RANGE, theme=draw.theme(), finding=finding)


def _payback_text(row: dict[str, object]) -> tuple[str, str, str]:
    extra, cost, ratio = format_money_compact(row["extra_margin"]), format_money_compact(row["cost_here"]), format_number(row["payback"], 1)
    between = _("from {low} to {high}").format(low=format_number(row["payback_low"], 1), high=format_number(row["payback_high"], 1))
    detail = _("{extra} of extra margin for {cost}: {ratio} ({range})").format(extra=extra, cost=cost, ratio=ratio, range=between)
    return _("{ratio} · {extra} for {cost}").format(ratio=ratio, extra=extra, cost=cost), ratio, detail


def _uplift_chart(rows: pl.DataFrame, finding: str):
    """For who sees a part of the company, whose part of the cost is not known: the uplift itself."""
    tone = pl.when(pl.col("uplift_low") > 0).then(pl.lit("better")).when(pl.col("uplift_high") < 0).then(pl.lit("worse")).otherwise(pl.lit("plain"))
    shown = rows.head(SHOWN)
    rates = [format_change(rate) for rate in shown["uplift_rate"]]
    ends = [f"{format_change(low)} … {format_change(high)}" for low, high in shown.select("uplift_rate_low", "uplift_rate_high").iter_rows()]
    framed = shown.select(
        pl.col("programme_id").alias("key"), pl.col("programme").alias("name"), pl.col("uplift_rate").alias("value"), pl.col("uplift_rate_low").alias("low"),
        pl.col("uplift_rate_high").alias("high"), tone.alias("tone"), pl.Series("label", rates, dtype=pl.String), pl.Series("short", rates, dtype=pl.String),
        pl.Series("detail", ends, dtype=pl.String),
    )  # fmt: skip
    return forest(framed, title=labels.metric("uplift_rate"), lines=((0.0, _("natural sales")),), domain=(-0.75, 1.0), axis_format=SIGNED, theme=draw.theme(), finding=finding)


def _picked(answer: Programmes, picked: dict | None) -> None:
    """One programme in words, and who took part."""
    if not picked:
        return
    row = answer.programmes.filter(pl.col("programme_id") == picked[0]["key"]).row(0, named=True)
    st.markdown(f"**{plain(_in_words(row))}**")
    tables.show(worded(answer.participants.filter(pl.col("programme_id") == row["programme_id"])), "participants", key="programmes_picked")


def _in_words(row: dict[str, object]) -> str:
    said = _("{programme}: {n} accounts, {rate} against natural sales ({low} to {high})").format(
        programme=row["programme"], n=format_number(row["accounts"]), rate=format_change(row["uplift_rate"]), low=format_change(row["uplift_rate_low"]),
        high=format_change(row["uplift_rate_high"]),
    )  # fmt: skip
    if row["after_rate"] is not None:
        said += _("; {rate} in the months after it").format(rate=format_change(row["after_rate"]))
    if row["rest_rate"] is not None:
        said += _("; their other products {rate}").format(rate=format_change(row["rest_rate"]))
    return said


def _kinds(answer: Programmes, finding: str) -> None:
    known = answer.kinds.filter(pl.col("payback").is_not_null())
    if known.height:
        rows = known.with_columns(pl.Series("name", [labels.label(kind) for kind in known["kind"]], dtype=pl.String), pl.col("judged_cost").alias("cost_here"))
        draw.chart(_payback_chart(rows, "kind", "name", finding), key="programmes_kinds")
    tables.show(worded(answer.kinds), "programme_kinds", key="programmes_kind_table", leads="payback")


def _life(answer: Programmes, finding: str) -> None:
    if answer.life.is_empty():
        st.info(_("No programme of the period can be followed month by month."))
        return
    kinds = {kind: labels.label(kind) for kind in answer.life["kind"].unique(maintain_order=True)}
    kind = tabs.choose(_("Kind"), kinds, key="programmes_kind", name="kind", label_visibility="visible")
    curve = answer.life.filter(pl.col("kind") == kind)
    lasting = answer.kinds.filter(pl.col("kind") == kind)["lasting_months"].item()
    said = findings.life_sentence(kind, curve, lasting)
    st.markdown(f"**{plain(said)}**")
    draw.chart(effect_months(curve, theme=draw.theme(), finding=said), key="programmes_life")
    st.caption(_("The months before the start should lie around zero: there the accounts that took part were like the others. Pale columns cannot be told from natural sales."))
    tables.show(worded(curve), "programme_life", key="programmes_life_table")


def _touches(answer: Programmes, finding: str) -> None:
    if answer.touches.is_empty():
        st.info(_("No activity names a programme of the period in its outcome, so that invitations, attendance and follow-ups are not known."))
        return
    said = findings.touches_sentence(answer)
    st.markdown(f"**{plain(said)}**")
    order = answer.touches["programme_id"].unique(maintain_order=True).to_list()[:SHOWN]
    cells = answer.touches.filter(pl.col("programme_id").is_in(order))
    texts = [_touch_text(row) for row in cells.iter_rows(named=True)]
    framed = cells.select(
        pl.col("programme_id").alias("row"), pl.col("phase").alias("column"), pl.col("programme").alias("row_text"), pl.col("answered_rate").alias("heat"),
        pl.Series("column_text", [labels.label(phase) for phase in cells["phase"]], dtype=pl.String), pl.Series("text", texts, dtype=pl.String),
        pl.Series("told", [_touch_note(row) for row in cells.iter_rows(named=True)], dtype=pl.String), pl.lit("").alias("note"),
    )  # fmt: skip
    titles = (("row_text", _("Programme")), ("column_text", _("When")), ("told", _("In words")))
    draw.chart(matrix(framed, order=(order, PHASES), heading="", titles=titles, theme=draw.theme(), finding=said), key="programmes_touches")
    st.caption(_("Accounts touched and the share of touches that were answered, darker where more were."))
    told = labels.worded(answer.touches.select(pl.exclude("kind"), "kind"), "kind", "phase")
    tables.show(told, "programme_touches", key="programmes_touch_table", leads="phase")


def _touch_text(row: dict[str, object]) -> str:
    return f"{format_number(row['accounts'])} · {format_percent(row['answered_rate'], 0)}" if row["touches"] else NOT_AVAILABLE


def _touch_note(row: dict[str, object]) -> str:
    return _("{n} touches at {m} accounts, {a} answered; {o} accounts ordered soon after").format(
        n=format_number(row["touches"]), m=format_number(row["accounts"]), a=format_number(row["answered"]), o=format_number(row["ordered"])
    )


def _cuts(answer: Programmes, finding: str) -> None:
    st.markdown(f"**{plain(findings.cuts_sentence(answer))}**")
    if answer.cuts.height:
        tables.show(labels.worded(answer.cuts, "kind", "why"), "programme_cuts", key="programmes_cuts")
    st.caption(_("Trips and events are also made to hear opinions and to be close: whether somebody asked afterwards stands under “Before, during, after”."))


def _participants(answer: Programmes, finding: str) -> None:
    rows = answer.participants.select("account_id", "account", pl.exclude("account_id", "account"))
    chosen = tables.show(worded(rows), "programme_participants", key="programmes_participants", pick=True)
    if chosen is not None:
        links.open_account(answer.participants["account_id"][chosen])


def _relationship(answer: RelationshipSpending) -> None:
    row = answer.relationship_summary.row(0, named=True)
    said = findings.relationship_sentence(answer)
    st.markdown(f"**{plain(said)}**")
    if answer.relationship.is_empty():
        st.caption(_("It is read from activities of kind “event” and their cost."))
        return
    figure = relationship(
        answer.relationship, answer.relationship_cells, spending_cut=row["spending_cut"], change_cut=row["other_change"], theme=draw.theme(), finding=said
    )
    picked = draw.chart(figure, key="programmes_relationship")
    st.caption(_("Cost of events in twelve months, without trainings, against the change of net sales; the level line is the change of accounts without events."))
    if answer.work_effects.filter(pl.col("status") == "ok").height:
        st.markdown(f"**{_('The month after a visit or an event')}**")
        tables.show(labels.worded(answer.work_effects, "work", "status"), "work_effects", key="programmes_work")
        st.caption(_("Each account and each month of its region has its own level taken out; association, not cause."))
    shown = labels.worded(answer.relationship, "kind", "cell").rename({"spending": "relationship_spending"})
    chosen = tables.show(shown, "relationship_spending", key="programmes_relationship_table", pick=True, leads="change_rate")
    if picked or chosen is not None:
        links.open_account(picked[0]["account_id"] if picked else answer.relationship["account_id"][chosen])
