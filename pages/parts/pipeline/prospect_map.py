"""The prospects' map: the chart with its cuts, what is known of the one that was clicked, the prospects behind it."""

import polars as pl
import streamlit as st

from charts import labels
from charts.pipeline import prospect_words
from charts.pipeline.prospects import prospects
from data.language import _, format_number, format_percent, ngettext
from measures.pipeline.prospect_actions import QUADRANTS
from measures.pipeline.prospects import Prospects
from measures.thresholds import Cuts
from pages.parts import draw, metrics, tables, tabs
from pages.parts.pipeline import prospect_detail

SHOWN = (
    "account", "quadrant", "class", "probability", "expected_contribution", "delay_cost", "obstacle", "next_step", "file_age_days", "lo", "hi",
    "region", "salesperson", "potential", "potential_basis", "open_value", "rubric_score", "stated_class", "status", "is_overridden", "sentence",
    "account_id",
)  # fmt: skip


def metric_row(answer: Prospects) -> None:
    """What PI may bring and what waiting costs, who is rated, how far chances can be believed, how old the files are."""
    total = answer.summary.row(0, named=True)
    first = answer.quadrants.row(0, named=True)
    metrics.row(
        [
            metrics.Tile("expected_contribution", first["expected_contribution"], label=prospect_words.quadrant("PI"), beside=_prospects(first["accounts"])),
            metrics.Tile("delay_cost", first["delay_cost"], label=_("Cost of delay"), beside=_("a month, PI")),
            metrics.Tile("rated_share", total["rated"] / total["prospects"], beside=_("{n} of {all}").format(
                n=format_number(total["rated"]), all=format_number(total["prospects"]))),
            metrics.Tile("brier_skill", total["brier_skill"], label=_("Beats base rate"), beside=_("{n} deals judged").format(n=format_number(total["judged"]))),
            metrics.Tile("file_age_days", total["median_file_age"], label=_("Age of the files"), beside=ngettext("{n} stale", "{n} stale", total["stale"]).format(n=format_number(total["stale"]))),
        ]
    )  # fmt: skip


def _prospects(count: int) -> str:
    return ngettext("{n} prospect", "{n} prospects", count).format(n=format_number(count))


def show(answer: Prospects, cuts: Cuts, finding: str, written: list) -> None:
    """The whole view."""
    if not answer.summary["placed"].item():
        st.info(_("Nobody can be placed yet: a place takes a rating and something known of what the prospect may bring. Rate prospects below."))
        prospect_detail.choose(answer, written)
        table(answer.prospects, "prospects_all")
        return
    limits = {name.upper(): float(cuts[f"class_{name}_from"]) for name in "cba"}
    figure = prospects(
        answer.prospects, quadrants=answer.quadrants, intention_cut=float(cuts["intention_cut"]), class_cuts=limits, theme=draw.theme(), finding=finding
    )
    picked = draw.chart(figure, key="prospects")
    under_the_chart(answer, cuts)
    if picked:
        prospect_detail.show(answer, picked[0]["account_id"], written)
    views = {"all": _("All")} | {code: prospect_words.quadrant(code) for code in QUADRANTS} | {"none": _("Not placed")}
    view = tabs.choose(_("Prospects"), views, key="prospects_of", name="prospects")
    wanted = {"all": pl.lit(True), "none": pl.col("quadrant").is_null()}
    table(answer.prospects.filter(wanted.get(view, pl.col("quadrant") == view)), f"prospects_{view}")


def under_the_chart(answer: Prospects, cuts: Cuts) -> None:
    """How contribution is reckoned, what hollow means, who is left out."""
    total = answer.summary.row(0, named=True)
    left = total["prospects"] - total["placed"]
    share, rate = format_percent(cuts["target_wallet"], 0), format_percent(total["margin_rate"], 1)
    if total["contribution_basis"] == "margin":
        told = _("Expected contribution: a year's purchases × {share} of them aimed at × our margin rate of {rate}.").format(share=share, rate=rate)
    else:
        told = _("Too few costs are known, or there is no margin: contribution is measured in net sales, {share} of a year's purchases.").format(share=share)
    lines = [told, _("Hollow: nobody reported what it buys; its open deals, or what similar customers buy from us, stand for what we would sell, and no share is taken of them.")]
    if left:
        lines.append(ngettext("{n} prospect is not placed: not rated, or nothing known of it.", "{n} prospects are not placed: not rated, or nothing known of them.", left).format(n=format_number(left)))
    st.caption(" ".join(lines))
    st.caption(_("Source 003 gives no strategy for PIII and PIV: “take along” and “keep on file” are ours."))


def table(rows: pl.DataFrame, key: str) -> None:
    """Prospects with everything about them; a chosen row is shown as one prospect."""
    chosen = tables.show(in_words(rows.select(SHOWN)), "prospects", key=key, pick=True, leads="expected_contribution")
    if chosen is not None:
        prospect_detail.open_one(rows["account_id"][chosen])


def in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Codes in the reader's words."""
    worded = rows
    for writer, names in (
        (prospect_words.quadrant, ("quadrant",)), (prospect_words.basis, ("potential_basis",)), (prospect_words.step, ("next_step",)), (labels.label, ("status",)),
    ):  # fmt: skip
        worded = labels.worded(worded, *(name for name in names if name in rows.columns), writer=writer)
    return worded.rename({name: new for name, new in (("lo", "chance_lo"), ("hi", "chance_hi")) if name in rows.columns})


