"""The prospects' secondary views: chances and how they turned out, steps, strategies, rubric, open deals."""

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from charts.findings.pipeline.prospects import belief, obstacles
from charts.pipeline import prospect_words
from charts.pipeline.calibration import calibration
from charts.pipeline.steps import steps as step_bars
from data.language import _, format_compact, format_money_compact, format_number, format_percent, ngettext
from measures.pipeline.prospect_actions import ACTIONS, KIND, OURS, QUADRANTS
from measures.pipeline.prospects import Prospects
from pages.parts import draw, links, tables, tabs, worklist
from pages.parts.escape import plain
from pages.parts.folded import folded
from pages.parts.pipeline import prospect_detail, prospect_map

PLAY = worklist.Play(KIND, "prospect_work", ACTIONS, prospect_words.quadrant)
BY_STEP = (
    "account", "next_step", "steps_done", "file_age_days", "is_stale", "quadrant", "expected_contribution", "has_decision_maker", "last_touch_on",
    "last_answer_on", "region", "salesperson", "account_id",
)  # fmt: skip
OF_CLASSES = (
    "class", "stated_rate", "realised_rate", "realised_lo", "realised_hi", "won", "n", "status", "prospects", "expected_contribution", "from_rate", "prior",
)  # fmt: skip
OF_DEALS = (
    "account", "value", "probability", "chance_lo", "chance_hi", "class", "status", "sentence", "stage", "created_on", "expected_close_on", "salesperson", "region",
    "rubric_score", "opportunity_id", "account_id",
)  # fmt: skip
OF_PLAY = (
    "account", "obstacle", "probability", "expected_contribution", "delay_cost", "next_step", "has_decision_maker", "last_answer_on", "open_value", "salesperson", "account_id",
)  # fmt: skip


def chances(answer: Prospects) -> None:
    """What was stated against what came true: the calibration chart, and the classes."""
    total, said = answer.summary.row(0, named=True), belief(answer)
    st.markdown(f"**{plain(said)}**")
    st.caption(_learnt(total))
    if not answer.calibration.is_empty():
        draw.chart(calibration(answer.calibration, theme=draw.theme(), finding=said), key="prospects_calibration")
        st.caption(_("Each deal counts with the chance that would have been stated when it was rated, from what had closed by then; open deals are not judged. "
                     "Bars: 95% intervals. Dashed: the rising curve nearest to the outcomes, a check only."))  # fmt: skip
    shown = labels.worded(answer.classes, "status", writer=prospect_words.judgement).rename({"lo": "realised_lo", "hi": "realised_hi"})
    tables.show(shown.select(OF_CLASSES), "prospect_classes", key="prospects_classes")
    if not answer.record.is_empty():
        tables.show_folded(_("Deal by deal"), labels.worded(answer.record, "method", writer=prospect_words.method), "prospect_record", key="prospects_record")


def _learnt(total: dict[str, object]) -> str:
    """From what chances are learnt, and what limits them."""
    told = _("{method}, from {n} closed deals, {won} of them won ({pool}).").format(
        method=prospect_words.method(total["method"]),
        n=format_number(total["closed"]),
        won=format_number(total["won"]),
        pool=prospect_words.pool(total["learnt_from"]),
    )
    if total["brier"] is not None:
        told = _("{told} Brier score {score}, of the base rate alone {base}; 0 is perfect.").format(
            told=told, score=format_number(total["brier"], 3), base=format_number(total["brier_base"], 3)
        )
    if not total["undated_scores"]:
        return told
    late = ngettext("{n} score has no date and is taken as known from the beginning.", "{n} scores have no date and are taken as known from the beginning.", total["undated_scores"])
    return f"{told} {late.format(n=format_number(total['undated_scores']))}"


def steps(answer: Prospects) -> None:
    """The six steps: how many have done each, who waits for it; and the prospects by their next step."""
    total = answer.summary.row(0, named=True)
    most = answer.step_totals.sort("expected_contribution", descending=True).row(0, named=True)
    text = _("The most waits for “{name}”: {money} a year; {stale} of {n} files are stale")
    if not most["expected_contribution"]:
        text = _("What the prospects may bring is not known, so no step stands out; {stale} of {n} files are stale")
    said = text.format(
        name=prospect_words.step(most["step"]),
        money=format_money_compact(most["expected_contribution"]),
        stale=format_number(total["stale"]),
        n=format_number(total["prospects"]),
    )
    st.markdown(f"**{plain(said)}**")
    picked = draw.chart(step_bars(answer.step_totals, total["prospects"], theme=draw.theme(), finding=said), key="prospects_steps")
    step = picked[0]["step"] if picked else None
    rows = answer.prospects if step is None else answer.prospects.filter(pl.col("next_step") == step)
    if step is not None:
        st.caption(_("Those whose next step is “{step}”; click its bar again to see all").format(step=plain(prospect_words.step(step))))
    chosen = tables.show(prospect_map.in_words(rows.select(BY_STEP)), "prospect_steps", key=f"prospects_steps_{step}", pick=True)
    if chosen is not None:
        prospect_detail.open_one(rows["account_id"][chosen])
    folded(_("What shows that a step is done (ours; the source only names the steps)"), "prospects_evidence", lambda: _evidence(answer.step_totals["step"]))


def _evidence(steps: pl.Series) -> None:
    told = [f"- **{plain(prospect_words.step(code))}**: {plain(_(prospect_words.STEP_EVIDENCE[code]))}" for code in steps]
    st.markdown("\n".join([*told, "", plain(_("People set what the data don't see, in the view of one prospect."))]))


def strategies(answer: Prospects) -> None:
    """Each quadrant's play and sums, what keeps its prospects, and the worklist."""
    quadrant = tabs.choose(_("Quadrant"), {code: prospect_words.quadrant(code) for code in QUADRANTS}, key="prospect_work_quadrant", name="strategy")
    sums = answer.quadrants.filter(pl.col("quadrant") == quadrant).row(0, named=True)
    source = _("Ours: the source is silent here.") if quadrant in OURS else _("Source 003.")
    st.markdown(f"{plain(prospect_words.play(quadrant))} _{plain(source)}_")
    st.caption(
        ngettext(
            "{n} prospect, {money} a year; a month's delay costs {delay}; stale files: {stale}",
            "{n} prospects, {money} a year; a month's delay costs {delay}; stale files: {stale}", sums["accounts"],
        ).format(
            n=format_number(sums["accounts"]), money=format_money_compact(sums["expected_contribution"]), delay=format_money_compact(sums["delay_cost"]),
            stale=format_number(sums["stale"]),
        ).replace("$", "\\$")
    )  # fmt: skip
    inside = answer.prospects.filter(pl.col("quadrant") == quadrant)
    _obstacles(answer.obstacles.filter(pl.col("quadrant") == quadrant))
    if not inside.is_empty():
        chosen = tables.show(prospect_map.in_words(inside.select(OF_PLAY)), f"prospects_{quadrant}", key=f"prospects_play_{quadrant}", pick=True, leads="expected_contribution")
        if chosen is not None:
            prospect_detail.open_one(inside["account_id"][chosen])
    worklist.show(PLAY, quadrant, answer.prospects)


def _obstacles(rows: pl.DataFrame) -> None:
    """Why the quadrant's prospects have not signed, by what they may bring."""
    if rows["obstacle"].null_count() == rows.height:
        return
    said = obstacles(rows)
    named = rows.with_columns(pl.col("obstacle").fill_null(_("Not known")))
    st.markdown(f"**{plain(said)}**")
    st.caption(_("The last reason for which a deal with the prospect was lost, or what people wrote since."))
    draw.chart(
        bars(
            named,
            name="obstacle",
            key="obstacle",
            value="expected_contribution",
            metric="expected_contribution",
            comparison=None,
            theme=draw.theme(),
            finding=said,
        ),
        key="prospects_obstacles",
    )


def rubric(answer: Prospects) -> None:
    """The indicators with their weights, and beside them what the closed deals say of each; the scores that people wrote over."""
    st.caption(_("Weights are relative to their sum. They make the score; from enough closed deals on, chances come from weights learnt from the deals, which stand beside them."))
    tables.show(labels.worded(answer.indicators, "indicator", writer=prospect_words.indicator), "rubric", key="prospects_rubric")
    if answer.overrides.is_empty():
        st.write(_("Nobody has written over a score. Choose “One prospect” to do so, with a reason."))
        return
    named = answer.overrides.join(answer.prospects.select("account_id", "account"), on="account_id", how="inner", maintain_order="left")
    shown = labels.worded(named, "indicator", writer=prospect_words.indicator)
    tables.show(shown.select("account_id", "account", "indicator", "own_score", "reason", "written_by", "written_on"), "overrides", key="prospects_overrides")


def deals(answer: Prospects, rows: pl.DataFrame) -> None:
    """The largest open deals with the chance of their account and what drives it; a chosen row opens the account."""
    if rows.is_empty():
        st.write(_("No deal is open in this selection."))
        return
    total = answer.summary.row(0, named=True)
    st.caption(_whose_chance(total))
    rated = rows.filter(pl.col("status") == "rated")
    only = rated.height > 0 and st.toggle(_("Only deals with rated accounts"), key="prospects_rated_deals", value=total["rated_closed"] > 0)
    rows = rated if only else rows
    shown = labels.worded(labels.worded(rows, "stage"), "status").rename({"lo": "chance_lo", "hi": "chance_hi"})
    chosen = tables.show(shown.select(OF_DEALS), "prospect_deals", key=f"prospects_deals_{only}", pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def _whose_chance(total: dict[str, object]) -> str:
    """Whose chance a deal has, and what that is where nobody rated the account."""
    rate = format_percent(total["unrated_rate"], 0)
    if not total["unrated_closed"]:
        return _("A deal has the chance of its account. Where nobody rated the account, {rate} is assumed: no deal without a rating has closed.").format(rate=rate)
    return _(
        "A deal has the chance of its account. Where nobody rated the account, it is {rate}: from the closed deals without a rating ({won} of {n} won) "
        "and {weight} more assumed at {prior}."
    ).format(
        rate=rate, won=format_number(total["unrated_won"]), n=format_number(total["unrated_closed"]), weight=format_compact(total["class_prior_deals"]),
        prior=format_percent(total["prior_win_rate"], 0),
    )  # fmt: skip
