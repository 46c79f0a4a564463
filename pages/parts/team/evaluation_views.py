"""The views of the monthly evaluation: scores, months, two people side by side, the week, and what is signed."""

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from charts.findings.team import monthly_evaluation as findings
from charts.matrix import matrix
from charts.team.scorecard import LIMIT, indicator, scorecards
from data.language import _, format_date, format_money_compact, format_month, format_number, format_percent, listed, mark
from measures.team.head_to_head import FIRST, SECOND, duel
from measures.team.monthly_evaluation import MonthlyEvaluation
from measures.team.scorecard import INDICATORS
from pages.parts import answers, choices, cuts, dates, draw, metrics, tables
from pages.parts.escape import plain
from pages.parts.team import evaluation_form
from queries.filters import Filters

VIEWS = {"scores": mark("Scores"), "months": mark("Months"), "duel": mark("Two side by side"), "week": mark("This week"), "sign": mark("Evaluate and sign")}
MONTHS_SHOWN = 15


def metric_row(answer: MonthlyEvaluation) -> None:
    """The median score, and the four indicators of all together."""
    row = answer.summary.row(0, named=True)
    metrics.row(
        [
            metrics.Tile("evaluation_score", row["evaluation_score"], beside=_("{n} people").format(n=format_number(row["scored"]))),
            metrics.Tile("attainment", row["attainment"], beside=_sold(row)),
            metrics.Tile("kept_rate", row["kept_rate"], beside=_of(row["kept"], row["kept_planned"])),
            metrics.Tile("adherence", row["adherence"], beside=_of(row["visits_kept"], row["planned_visits"])),
            metrics.Tile("strike_rate", row["strike_rate"], beside=_("{n} of {all} visits").format(n=format_number(row["strikes"]), all=format_number(row["visits_all"]))),
        ]
    )  # fmt: skip


def _sold(row: dict[str, object]) -> str:
    if not row["target_amount"]:
        return ""
    return _("{sold} of {target}").format(sold=format_money_compact(row["net_sales"]), target=format_money_compact(row["target_amount"]))


def _of(made: float | None, planned: float | None) -> str:
    return _("{n} of {plan} planned").format(n=format_number(made), plan=format_number(planned)) if planned else ""


def show_view(view: str, answer: MonthlyEvaluation, filters: Filters) -> None:
    """Draw the chosen view."""
    if view == "week":
        _week(filters)
        return
    {"scores": _scores, "months": _months, "duel": _duel, "sign": evaluation_form.show}[view](answer)


def _titled(said: str) -> None:
    st.markdown(f"**{plain(said)}**")


def _scores(answer: MonthlyEvaluation) -> None:
    if answer.people["evaluation_score"].count():
        _drawn_scores(answer)
    tables.show(labels.worded(answer.people.drop("month", "region_id"), "proposal"), "scorecards", key="evaluation_people", leads=_leading(answer.people))


def _leading(cards: pl.DataFrame) -> str:
    """The figure to stand beside the names: the score, or where nobody has one the attainment."""
    return "evaluation_score" if cards["evaluation_score"].count() else "attainment"


def _drawn_scores(answer: MonthlyEvaluation) -> None:
    draw.chart(scorecards(answer.people, theme=draw.theme(), finding=findings.sentence(answer)), key="evaluation_scores")
    named = listed([indicator(name) for name in INDICATORS])
    said = _("From the left: {names}. A track ends at 100% of what was agreed; without a bar nothing was asked for, or fewer than five visits say too little.").format(names=named)
    if answer.people.height > LIMIT:
        said += " " + _("The {n} highest scores are drawn; the table has all.").format(n=format_number(LIMIT))
    st.caption(said)


def _months(answer: MonthlyEvaluation) -> None:
    said = findings.months_sentence(answer)
    _titled(said)
    if answer.scorecards["evaluation_score"].count():
        _drawn_months(answer, said)
    cards = answer.scorecards.select("salesperson", "evaluation_score", "month", pl.exclude("salesperson", "evaluation_score", "month", "region_id"))
    tables.show(labels.worded(cards, "proposal"), "scorecards_by_month", key="evaluation_months_table", leads=_leading(answer.scorecards))


def _drawn_months(answer: MonthlyEvaluation, said: str) -> None:
    people = answer.people.head(MONTHS_SHOWN)["salesperson_id"].to_list()
    months = answer.scorecards["month"].unique().sort().to_list()
    cells = answer.scorecards.filter(pl.col("salesperson_id").is_in(people), pl.col("evaluation_score").is_not_null())
    framed = cells.select(
        pl.col("salesperson_id").alias("row"), pl.col("month").cast(pl.String).alias("column"), pl.col("salesperson").alias("row_text"),
        pl.Series("column_text", [format_month(month) for month in cells["month"]], dtype=pl.String), pl.col("evaluation_score").clip(0.0, 1.5).truediv(1.5).alias("heat"),
        pl.Series("text", [format_percent(score, 0) for score in cells["evaluation_score"]], dtype=pl.String),
        pl.Series("note", ["" for _score in cells["payout"]], dtype=pl.String),
    )  # fmt: skip
    titles = (("row_text", _("Salesperson")), ("column_text", _("Month")), ("text", labels.metric("evaluation_score")))
    order = (people, [str(month) for month in months])
    draw.chart(matrix(framed, order=order, heading="", titles=titles, theme=draw.theme(), finding=said), key="evaluation_months")
    st.caption(_("The people with the highest scores of the chosen month, at most {n}; the table has all.").format(n=format_number(MONTHS_SHOWN)))


def _duel(answer: MonthlyEvaluation) -> None:
    names = choices.told_apart(answer.people.select("salesperson_id", "salesperson").rows())
    if len(names) < 2:
        st.info(_("Two people are needed; this month and region have fewer."))
        return
    ids = list(names)
    left, right = st.columns(2)
    first = left.selectbox(_("First"), ids, index=0, key="evaluation_first", format_func=lambda key: names.get(key, key))
    second = right.selectbox(_("Second"), ids, index=1, key="evaluation_second", format_func=lambda key: names.get(key, key))
    rows = duel(answer.people, first, second)
    said = findings.duel_sentence(rows, names[first], names[second])
    _titled(said)
    pair = answer.people.filter(pl.col("salesperson_id").is_in([first, second]))
    if pair["evaluation_score"].count():
        draw.chart(scorecards(pair, theme=draw.theme(), finding=said), key="evaluation_duel")
    leads = {FIRST: names[first], SECOND: names[second]}
    told = rows.with_columns(
        pl.Series("indicator", [indicator(name) for name in rows["indicator"]], dtype=pl.String),
        pl.Series("leader", [leads.get(code, _("Level")) if code else None for code in rows["leader"]], dtype=pl.String),
        pl.Series("is_sure", [None if sure is None else _("Yes") if sure else _("No") for sure in rows["is_sure"]], dtype=pl.String),
    )
    tables.show(told, "side_by_side", key="evaluation_duel_table",
                columns={"first": st.column_config.NumberColumn(names[first], format="percent"), "second": st.column_config.NumberColumn(names[second], format="percent")})  # fmt: skip


def _week(filters: Filters) -> None:
    chosen = cuts.choose("team_week", ("week_behind",), columns=3)
    answer = answers.get("team_week", filters, chosen)
    about = answer.team.row(0, named=True)
    said = findings.week_sentence(answer)
    _titled(said)
    if answer.week.is_empty():
        return
    st.caption(dates.both(_("From {first} to {last}").format(first=format_date(about["from_day"]), last=format_date(about["as_of"])),
                          _("{share} of the month's weekdays are gone").format(share=format_percent(about["expected_rate"], 0))))  # fmt: skip
    asked = answer.week.filter(pl.col("planned_visits") > 0).head(LIMIT).with_columns(expected=pl.col("planned_visits") * pl.col("expected_rate"))
    if asked.height:
        figure = bars(asked, name="salesperson", key="salesperson_id", value="month_visits", metric="visits_made", comparison="expected", theme=draw.theme(), finding=said, limit=LIMIT)
        draw.chart(figure, key="evaluation_week")
        if answer.week.height > LIMIT:
            st.caption(_("The {n} furthest behind are drawn; the table has all.").format(n=format_number(LIMIT)))
    tables.show(labels.worded(answer.week, "week_verdict"), "team_week", key="evaluation_week_table", leads="visit_pace")
